# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the form of an API user shows, as data, and which values are the same."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._wording import one_side, same_name, same_value

TEXTS = ("first_name", "last_name", "email")

FORMATS = ("date_format", "time_format", "number_format")

LISTS = ("security_level", "location", *FORMATS)

BOXES = ("active", "locked")

# Written so for ansible-test, which knows the other form in annotations only.
Value: t.TypeAlias = "str | bool | None"


@dataclass(frozen=True)
class Tracking:
    """Where a user's API tracking identifier comes from: a vendor of the list, or a name of one's own.

    C(unknown) is what a page does not show of a user that exists.
    """

    kind: t.Literal["vendor", "custom", "unknown"]
    name: str = ""

    def is_of(self, wanted: Tracking, offered: t.Sequence[str] = ()) -> bool:
        """Whether it is the *wanted* one, alone among those on offer; a vendor may be named by a part of its entry."""
        if self.kind != wanted.kind:
            return False
        if self.kind == "custom":
            return same_value(self.name, wanted.name)
        return meant(wanted.name, {self.name, *offered}, *VENDOR) == [self.name]


Wish: t.TypeAlias = "Value | Tracking"


@dataclass(frozen=True)
class ApiUserState:
    """Everything that the form shows of a user, but its secret. None is what a form does not have, or does not tell."""

    user_name: str
    first_name: str | None
    last_name: str | None
    email: str | None
    active: bool | None
    locked: bool | None
    security_level: str | None
    location: str | None
    date_format: str | None
    time_format: str | None
    number_format: str | None
    tracking: Tracking | None

    def as_data(self) -> dict[str, t.Any]:
        data = {name: getattr(self, name) for name in ("user_name", *TEXTS, *BOXES, *LISTS)}
        return {**data, "tracking": self.tracking and {"type": self.tracking.kind, "name": self.tracking.name}}

    def wishes(self) -> dict[str, Wish]:
        """Its fields by their names, but for those that the form does not have or tell."""
        return {name: value for name, value in vars(self).items() if value not in (None, Tracking("unknown"))}

    def unlike(self, wanted: t.Mapping[str, Wish]) -> list[str]:
        """The names of the fields that are not as *wanted*."""
        return [name for name, value in wanted.items() if not agree(name, getattr(self, name), value)]

    def differences(self, wanted: t.Mapping[str, Wish]) -> dict[str, dict[str, t.Any]]:
        """What should be read in these fields and what is, as plain data."""
        return {
            name: {"expected": _plain(wanted[name]), "read": _plain(getattr(self, name))}
            for name in self.unlike(wanted)
        }


def same_user_name(user_name: str, wanted: str) -> bool:
    """Whether *user_name* is the *wanted* one, which may be only the key before its "@"."""
    shown, asked = user_name.casefold(), wanted.casefold()
    return asked == (shown if "@" in asked else shown.partition("@")[0])


def agree(name: str, shown: Wish, wanted: Wish) -> bool:
    """Whether a field reads as Autotask would take *wanted*. Formats differ by case: hh is not HH."""
    if isinstance(wanted, Tracking):
        return isinstance(shown, Tracking) and shown.kind == wanted.kind and same_value(shown.name, wanted.name)
    if not isinstance(wanted, str) or not isinstance(shown, str):
        return shown == wanted
    if name in FORMATS:
        return _exactly(shown, wanted)
    return same_name(shown, wanted) if name == "security_level" else same_value(shown, wanted)


Comparison = t.Callable[[str, str], bool]


def _exactly(word: str, wanted: str) -> bool:
    return word.split() == wanted.split()


def _with_example(word: str, wanted: str) -> bool:
    """Whether an entry is the *wanted* format with an example behind it: "HH:mm (14:30)"."""
    rest = word.removeprefix(wanted)
    return rest != word and bool(re.match(r"\s*[(\[]|\s+[-–—:=]\s", rest))


def _by_letters(word: str, wanted: str) -> bool:
    """Vendors drop or add blanks and hyphens in their own name."""
    letters, sought = ("".join(filter(str.isalnum, text.casefold())) for text in (word, wanted))
    return letters == sought != ""


VENDOR: tuple[Comparison, ...] = (_exactly, same_value, one_side, _by_letters)
"""How an entry of the vendor list, "Vendor - Integration" or just a name, may be named; the surest way first."""

COMPARISONS: t.Mapping[str, tuple[Comparison, ...]] = {
    "integration_vendor": VENDOR,
    "location": (_exactly, same_value, _by_letters),
    "security_level": (_exactly, same_name),
    **dict.fromkeys(FORMATS, (_exactly, same_value, _with_example)),
}


def meant(wanted: str, words: t.Iterable[str], *ways: Comparison) -> list[str]:
    """The entries that *wanted* names by the surest of the *ways* that finds any."""
    among = list(words)
    return next((found for way in ways if (found := [word for word in among if way(word, wanted)])), [])


def _plain(value: Wish) -> t.Any:
    return {"type": value.kind, "name": value.name} if isinstance(value, Tracking) else value
