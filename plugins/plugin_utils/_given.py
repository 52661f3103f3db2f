# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was given, in the types that YAML made of it. A module never sees these: Ansible makes text of them first."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest

Spec = t.Mapping[str, t.Mapping[str, t.Any]]
"""Options as AnsibleModule takes them."""


class Misread(AutotaskError):
    """Everything that is wrong with what was given, in one message."""

    reason = "invalid_options"

    def __init__(self, mistakes: t.Sequence[str]) -> None:
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        lines = [f"{count} in what was given; nothing was done:", *(f"- {mistake}" for mistake in mistakes)]
        super().__init__("\n".join(lines), mistakes=list(mistakes))


def misread(given: t.Mapping[str, t.Any], spec: Spec, where: str = "") -> list[str]:
    """Everything in *given* that YAML read as something else than its writer meant, or that nobody knows.

    C(01234567) without quotes is a number without its nought, C(12:34:56) one of seconds, C(No) a false. Typed as a
    password each would count as a failed log-in.
    """
    mistakes = []
    for name, value in given.items():
        place = f"{where}{name}"
        option = spec.get(name)
        if option is None:
            mistakes.append(_unknown(place, name, spec))
        elif isinstance(inner := option.get("options"), t.Mapping):
            mistakes += _inside(value, inner, place)
        elif option.get("type") in ("str", "path") and value is not None and not isinstance(value, str):
            mistakes.append(f"{place}: is {_kind(value)}, not text; put it in quotes")
    return mistakes


def _inside(value: t.Any, spec: Spec, place: str) -> list[str]:
    if isinstance(value, t.Mapping):
        return misread(value, spec, f"{place}.")
    if isinstance(value, list):
        inner = [(f"{place}[{index}].", item) for index, item in enumerate(value) if isinstance(item, t.Mapping)]
        return [mistake for where, item in inner for mistake in misread(item, spec, where)]
    return []


def _unknown(place: str, name: str, spec: Spec) -> str:
    close = nearest(str(name), spec)
    names = f"nearest: {', '.join(close)}" if close else f"there are: {', '.join(sorted(spec))}"
    return f"{place}: there is no such option; {names}"


def _kind(value: t.Any) -> str:
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "a dictionary" if isinstance(value, t.Mapping) else "no text"


def plain(value: t.Any) -> t.Any:
    """*value* without what Ansible notes on texts, such as where they come from."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, t.Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def without_empty(given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """*given* without what was left empty, which counts as not given."""
    return {name: value for name, value in given.items() if value is not None and value != ""}
