# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was given, in the types that YAML made of it. A module never sees these: Ansible makes text of them first."""

from __future__ import annotations

import datetime
import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest

Spec = t.Mapping[str, t.Mapping[str, t.Any]]
"""Options as AnsibleModule takes them."""

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


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
        elif value is not None:
            mistakes += _mistyped(value, str(option.get("type", "")), place)
            if isinstance(value, list):
                kind = str(option.get("elements", ""))
                mistakes += [told for i, item in enumerate(value) for told in _mistyped(item, kind, f"{place}[{i}]")]
    return mistakes


def not_of_one_line(given: t.Mapping[str, t.Any]) -> list[str]:
    """Texts of several lines, which no field takes; one that came out of a file often ends in a line break."""
    return [
        f"{name}: holds a line break or another character that cannot be typed; leave it out, for example with '| trim'"
        for name, value in given.items()
        # Around a vault password Ansible leaves blanks out, too.
        if isinstance(value, str) and not name.endswith("vault_password") and CONTROL.search(value)
    ]


def _mistyped(value: t.Any, kind: str, place: str) -> list[str]:
    if kind in ("str", "path") and not isinstance(value, str):
        return [f"{place}: is {_kind(value)}, not text; put it in quotes"]
    if kind == "int" and isinstance(value, bool):
        return [f"{place}: is {_kind(value)}, not a number"]
    return []


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
    if isinstance(value, datetime.date):
        return "a date"
    return "a list" if isinstance(value, list) else "a dictionary" if isinstance(value, t.Mapping) else "binary data"


def plain(value: t.Any) -> t.Any:
    """*value* without what Ansible notes on texts, such as where they come from."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, t.Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def without_empty(given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """*given* without what was left empty, or is nothing but blanks, which counts as not given."""
    return {name: value for name, value in given.items() if value is not None and not _is_blank(value)}


def _is_blank(value: t.Any) -> bool:
    return isinstance(value, str) and not value.strip()
