# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a page shows: every control of the editor, as read at one moment."""

from __future__ import annotations

import functools
import itertools
import typing as t
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind, Section, Setting, column_key
from ansible_collections.msp.autotask.plugins.module_utils._wording import same, tidy

BOXES_TO_FILL = ("number", "text")
"""Kinds of controls that hold what is typed."""

ControlKind = t.Literal["checkbox", "list", "number", "text", "readonly"]
Nested = dict[str, dict[str, t.Any]]
"""Section heading, then label, then a value or one value per column."""


@dataclass(frozen=True)
class Control:
    """One control, in the page's own words.

    *section* and *group* are the headings above it, *column* is the header of its column in a table. *value* is the
    word shown by a list, what a box holds as it was typed, or on/off; None is a box that is neither. *offered* is None
    while a list has not been opened. *position* counts in page order. *labels* are all texts that may be the label,
    from the most specific to all that stands there; *label* is the first of them.
    """

    section: str
    group: str | None
    label: str
    column: str | None
    kind: ControlKind
    value: bool | str | None
    offered: tuple[str, ...] | None = None
    enabled: bool = True
    position: int = 0
    labels: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Its group, and the parts of that where lines divide a table ("Table > Line")."""
        return (self.group, *self.group.split(" > ")) if self.group else ()


class Name(t.NamedTuple):
    """What a person calls a control: section, label and column, in the page's words."""

    section: str
    label: str
    column: str | None

    def __str__(self) -> str:
        return " > ".join(filter(None, self))


class Identity(t.NamedTuple):
    """A control's place in the catalog."""

    section: Section
    setting: Setting
    column: str | None


@dataclass(frozen=True)
class Reading(Sequence[Control]):
    """All controls of a page."""

    controls: tuple[Control, ...]

    def __init__(self, controls: t.Iterable[Control] = ()) -> None:
        object.__setattr__(self, "controls", tuple(controls))

    @t.overload
    def __getitem__(self, index: int) -> Control: ...

    @t.overload
    def __getitem__(self, index: slice) -> tuple[Control, ...]: ...

    def __getitem__(self, index: int | slice) -> Control | tuple[Control, ...]:
        return self.controls[index]

    def __len__(self) -> int:
        return len(self.controls)

    def in_section(self, section: Section) -> list[Control]:
        return [control for control in self if same(control.section, section.heading, section.alternatives)]

    def named(self) -> list[tuple[Name, Control]]:
        """Each control with its name on the page. No two names are equal."""
        plain = [Name(tidy(c.section), tidy(c.label), tidy(c.column) if c.column else None) for c in self]
        crowded = {(name.section, name.label) for name, count in Counter(plain).items() if count > 1}
        grouped = [
            name._replace(label=f"{tidy(control.group)} > {name.label}")
            if control.group and (name.section, name.label) in crowded
            else name
            for name, control in zip(plain, self, strict=True)
        ]
        return list(zip(_numbered(grouped), self, strict=True))

    def values(self) -> dict[Name, bool | str | None]:
        """Every value by the name of its control."""
        return {name: control.value for name, control in self.named()}

    def as_data(self) -> Nested:
        """Every value, nested as a person reads the page."""
        return _nested(self.values())

    def differences(self, other: Reading) -> dict[Name, tuple[t.Any, t.Any]]:
        """What differs in *other*: the value here and the value there (None where the control is missing).

        Text does not count: the page derives it from the controls.
        """
        here, there = self._settable_values(), other._settable_values()
        return {
            name: (here.get(name), there.get(name))
            for name in here | there
            if name not in here or name not in there or not equal_values(here[name], there[name])
        }

    def effective(self) -> Reading:
        """The reading without numbers whose box is off: whatever they hold, it limits nothing."""
        on = self.boxes_on()
        return Reading(c for c in self if c.kind not in BOXES_TO_FILL or on.issuperset(_needed_by(c)))

    def boxes_on(self) -> set[str]:
        """The keys of the check boxes that are on."""
        return {i.setting.key for control in self if control.value is True and (i := identify(control))}

    def _settable_values(self) -> dict[Name, bool | str | None]:
        return {name: control.value for name, control in self.named() if control.kind != "readonly"}

    def with_values(self, values: t.Mapping[Control, bool | str | None]) -> Reading:
        """The same page with other values in some controls."""
        return Reading(replace(c, value=values[c]) if c in values else c for c in self)


def equal_values(one: bool | str | None, other: bool | str | None) -> bool:
    """Whether two values are equal; boxes for numbers give back 7 as 7.00."""
    if isinstance(one, str) and isinstance(other, str):
        numbers = number_in(one), number_in(other)
        return numbers[0] == numbers[1] if None not in numbers else tidy(one) == tidy(other)
    return one is other


def number_in(text: str) -> Decimal | None:
    """The number that *text* is; None if it is none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def changes_between(before: Reading, after: Reading) -> tuple[Nested, Nested]:
    """Only what differs and counts, nested by section, as the two sides of an Ansible diff."""
    differences = before.effective().differences(after.effective())
    return (
        _nested({name: old for name, (old, _new) in differences.items()}),
        _nested({name: new for name, (_old, new) in differences.items()}),
    )


@functools.lru_cache(maxsize=4096)
def identify(control: Control) -> Identity | None:
    """The catalog's entry for *control*; None when the catalog does not know it."""
    section = next((s for s in CATALOG.sections if same(control.section, s.heading, s.alternatives)), None)
    if section is None:
        return None
    column = column_key(control.column)
    whole_group = [s for s in section.settings if s.kind is Kind.GROUP and _below_its_heading(control, s)]
    by_label = (
        [s for s in section.settings if s.label and same(label, s.label, s.alternatives)]
        for label in control.labels or (control.label,)
    )
    named = whole_group or next(filter(None, by_label), [])
    candidates = [s for s in named if not s.columns or (column and s.column(column))]
    if len(candidates) > 1:
        candidates = [s for s in candidates if _below_its_heading(control, s)]
    if len(candidates) != 1:
        return None
    return Identity(section, candidates[0], column if candidates[0].columns else None)


def _needed_by(control: Control) -> tuple[str, ...]:
    identity = identify(control)
    return identity.setting.requires if identity else ()


def _below_its_heading(control: Control, setting: Setting) -> bool:
    headings = (setting.group, *setting.group_alternatives) if setting.group else ()
    return any(same(group, heading) for group in control.groups for heading in headings)


def _numbered(names: t.Iterable[Name]) -> t.Iterator[Name]:
    """The names, with a number behind the labels of those that come again."""
    taken: set[Name] = set()
    for name in names:
        free, counts = name, itertools.count(2)
        while free in taken:
            free = name._replace(label=f"{name.label} ({next(counts)})")
        taken.add(free)
        yield free


def _nested(values: t.Mapping[Name, t.Any]) -> Nested:
    nested: Nested = {}
    for name, value in values.items():
        lines = nested.setdefault(name.section, {})
        row = lines.get(name.label, {})
        if name.column is None or not isinstance(row, dict):
            lines[name.label if name.column is None else f"{name.label} > {name.column}"] = value
        else:
            lines[name.label] = {**row, name.column: value}
    return nested
