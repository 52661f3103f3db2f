# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was given, in the types that YAML made of it. A module never sees these: Ansible makes text of them first."""

from __future__ import annotations

import datetime
import re
import textwrap
import typing as t

from ansible.module_utils.common.validation import check_type_bool, check_type_dict, check_type_float, check_type_int
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest

Spec = t.Mapping[str, t.Mapping[str, t.Any]]
"""Options as AnsibleModule takes them."""

CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""With halves of characters, which JSON can hold and no file or form."""

UNSEEN = re.compile(r"[\x80-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff]")
"""Not those that scripts and emoji need to join letters."""

LONGEST = 60
"""How many characters of a value a message shows."""

CHECKS: t.Mapping[str, tuple[t.Callable[[t.Any], t.Any], str]] = {
    "bool": (check_type_bool, "a valid boolean; write true or false"),
    "int": (check_type_int, "a number"),
    "float": (check_type_float, "a number"),
    "dict": (check_type_dict, "a dictionary"),
}
"""What Ansible makes a value of such a type with, or fails, and what else it should have been."""


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
        elif value is not None:
            mistakes += _mistyped(value, str(option.get("type", "")), place) or _inside(value, option, place)
    return mistakes


def mistakes_in(given: t.Mapping[str, t.Any], spec: Spec) -> list[str]:
    """The same of options for fields of one line: text of several lines often comes out of a file."""
    mistakes = misread(given, spec)
    return mistakes + [
        f"{name}: holds a line break or another character that cannot be typed; leave it out, for example with '| trim'"
        for name, value in given.items()
        # Around a vault password Ansible leaves blanks out, too.
        if isinstance(value, str) and not name.endswith("vault_password") and CONTROL.search(value)
        if not is_mistaken(name, mistakes)
    ]


def padded(given: t.Mapping[str, t.Any], spec: Spec) -> list[str]:
    """Names with a blank before or after them, or with what nobody sees, which would be other names than are meant."""
    names = {
        name: value
        for option, said in given.items()
        if not spec.get(option, {}).get("no_log")
        for name, value in _lines_of(option, said, spec.get(option, {}))
    }
    blank = "begins or ends with a blank; leave it out, for example with '| trim'"
    unseen = "holds a character that nobody sees, as copies of a web page do; type it anew"
    return [
        f"{name}: {unseen if UNSEEN.search(value) else blank}"
        for name, value in names.items()
        if (value != value.strip() or UNSEEN.search(value)) and not CONTROL.search(value)
    ]


def _lines_of(name: str, value: t.Any, option: t.Mapping[str, t.Any]) -> t.Iterator[tuple[str, str]]:
    """The texts of an option that is one, or a list of them, each by its place."""
    if isinstance(value, list) and option.get("elements") == "str":
        yield from ((f"{name}[{index}]", item) for index, item in enumerate(value) if isinstance(item, str))
    elif isinstance(value, str) and option.get("type") == "str":
        yield name, value


def is_mistaken(name: str, mistakes: t.Iterable[str]) -> bool:
    """Whether one of the *mistakes* is about the option of that *name*."""
    return any(mistake.startswith((f"{name}:", f"{name}.", f"{name}[")) for mistake in mistakes)


def _mistyped(value: t.Any, kind: str, place: str) -> list[str]:
    if kind in ("str", "path"):
        return [] if isinstance(value, str) else [f"{place}: is {_kind(value)}, not text; put it in quotes"]
    if kind == "list":
        # Ansible makes a list of a number, too, and a number of a truth value.
        return [] if isinstance(value, list | str) else [f"{place}: is {_kind(value)}, not a list"]
    if kind not in CHECKS:
        return []
    check, meant = CHECKS[kind]
    try:
        if kind == "bool" or not isinstance(value, bool):
            check(value)
            return []
    except (TypeError, ValueError):
        pass
    if kind == "bool":
        return [f"{place}: {textwrap.shorten(repr(value), LONGEST)} is not {meant}"]
    whole = " that is whole" if isinstance(value, float) else ""
    return [f"{place}: is {_kind(value)}, not {meant}{whole}"]


def _inside(value: t.Any, option: t.Mapping[str, t.Any], place: str) -> list[str]:
    inner = option.get("options")
    if isinstance(inner, t.Mapping) and isinstance(value, t.Mapping):
        return misread(value, inner, f"{place}.")
    kind = "dict" if isinstance(inner, t.Mapping) else str(option.get("elements", ""))
    if kind == "dict" and isinstance(value, str) and option.get("type") == "list":
        return [f"{place}: is text, not a list of dictionaries"]
    mistakes = []
    for index, item in enumerate(value if isinstance(value, list) else []):
        where = f"{place}[{index}]"
        mistakes += _mistyped(item, kind, where)
        if isinstance(inner, t.Mapping) and isinstance(item, t.Mapping):
            mistakes += misread(item, inner, f"{where}.")
    return mistakes


def _unknown(place: str, name: str, spec: Spec) -> str:
    close = nearest(str(name), spec)
    names = f"nearest: {', '.join(close)}" if close else f"the options are: {', '.join(sorted(spec))}"
    return f"{place}: there is no such option; {names}"


def _kind(value: t.Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, datetime.date):
        return "a date"
    kinds = {str: "text", list: "a list", t.Mapping: "a dictionary"}
    return next((words for kind, words in kinds.items() if isinstance(value, kind)), "binary data")


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
