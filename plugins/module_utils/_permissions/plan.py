# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what a page shows and what is wanted to the changes that make the one the other."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import column_key
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    Control,
    Identity,
    Name,
    Reading,
    identify,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import (
    NOTHING,
    NoSuchWord,
    idea_of,
    means_nothing,
    tick_for,
    word_for,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, same, tidy


@dataclass(frozen=True)
class Change:
    """Set *control* to *value*.

    Where the words of a list are not known until it is opened (C(control.offered) is None), *value* is the wish itself;
    C(word_for(value, offered)) then picks the word.
    """

    control: Control
    value: bool | str


@dataclass(frozen=True)
class Plan:
    """What to do, in this order: a parent is switched on before its child, and off after it."""

    changes: tuple[Change, ...] = ()
    absent: tuple[Wanted, ...] = ()
    """Wishes for settings that a page may lack, and this one does."""
    floors: tuple[Wanted, ...] = ()
    """Wishes of none for lists that offer no none; their lowest word stands for it."""
    unknown: tuple[Control, ...] = ()
    """Controls that the catalog does not know."""

    def apply_to(self, reading: Reading) -> Reading:
        """The page as it should read afterwards."""
        after = reading.with_values({change.control: change.value for change in self.changes})
        return _settled(after, self._switched_boxes())

    def surprises(self, before: Reading, after: Reading) -> dict[Name, tuple[t.Any, t.Any]]:
        """Where a page with these changes made is not as planned: what was expected, and what it reads.

        The page itself may move what depends on a box that was switched, if nothing was planned for it.
        """
        changed, switched = {change.control for change in self.changes}, self._switched_boxes()
        planned = {name: control for name, control in before.named() if control in changed}
        moved_by_page = {
            name for name, control in after.named() if name not in planned and _depends_on(identify(control), switched)
        }
        return {
            name: (expected, read)
            for name, (expected, read) in self.apply_to(before).differences(after).items()
            if name not in moved_by_page and not (name in planned and _chosen_late(planned[name], expected, read))
        }

    def _switched_boxes(self) -> set[str]:
        """The keys of the check boxes that are switched on or off."""
        identities = [identify(change.control) for change in self.changes if isinstance(change.value, bool)]
        return {identity.setting.key for identity in identities if identity}


class CannotPlan(AutotaskError):
    """The page cannot be brought to what is wanted; lists every reason."""

    reason = "permissions_not_possible"

    def __init__(self, problems: t.Sequence[str]) -> None:
        super().__init__(
            "\n".join(["The Security Level page cannot take these permissions:", *(f"- {p}" for p in problems)]),
            problems=list(problems),
        )
        self.problems = tuple(problems)


def plan(reading: Reading, wanted: t.Iterable[Wanted]) -> Plan:
    """Find the control of each wish and the word that says it; raises CannotPlan with all problems at once."""
    return _Planner(reading, list(wanted)).plan()


@dataclass
class _Planner:
    reading: Reading
    wanted: list[Wanted]
    problems: list[str] = field(default_factory=list)
    absent: list[Wanted] = field(default_factory=list)
    floors: list[Wanted] = field(default_factory=list)
    targets: dict[Control, tuple[bool | str, Wanted]] = field(default_factory=dict)

    def plan(self) -> Plan:
        for wish in self.wanted:
            for control in self._controls(wish):
                self._aim(wish, control)
        if self.problems:
            raise CannotPlan(self.problems)
        changes = [Change(control, value) for control, (value, _wish) in self.targets.items() if value != control.value]
        return Plan(
            changes=tuple(sorted(changes, key=_turn)),
            absent=tuple(self.absent),
            floors=tuple(self.floors),
            unknown=tuple(c for c in self.reading if c.kind != "readonly" and identify(c) is None),
        )

    def _controls(self, wish: Wanted) -> list[Control]:
        """The one control of *wish* (for a group: all its boxes); none where the page lacks it."""
        found = _catalogued(self.reading, wish) if wish.setting else _labelled(self.reading, wish)
        if not found:
            self._miss(wish)
        elif len(found) > 1 and not (wish.setting and wish.setting.kind == "group"):
            self._refuse(wish, f"the page shows {len(found)} controls with the label {found[0].label!r}")
            return []
        return found

    def _miss(self, wish: Wanted) -> None:
        if wish.may_be_absent:
            self._report_absent(wish)
            return
        here = self.reading.in_section(wish.section)
        if not here:
            self._refuse(wish, f"the page shows no section {wish.section.heading}")
            return
        labels = list(dict.fromkeys(tidy(c.label) for c in here))
        what = f"{wish.label} > {wish.column}" if wish.column else wish.label
        close = nearest(wish.label, labels) or labels[:3]
        self._refuse(wish, f"the page shows no {what!r} in this section; nearest there: {', '.join(map(repr, close))}")

    def _aim(self, wish: Wanted, control: Control) -> None:
        try:
            value = self._value(wish, control)
        except NoSuchWord as problem:
            if control.kind != "readonly":
                self._refuse(wish, problem.message)
            elif wish.may_be_absent:
                self._report_absent(wish, control)
            else:
                self._refuse(wish, f"the page shows {control.value!r} as text there, it cannot be set")
            return
        if value != control.value and not control.enabled and not self._freed(wish):
            if wish.may_be_absent:
                self._report_absent(wish, control)
            else:
                self._refuse(wish, f"the control is greyed out; {_way_to_free(wish)}")
            return
        other_value, other_wish = self.targets.setdefault(control, (value, wish))
        if other_value != value:
            self._refuse(wish, f"contradicts {other_wish.path}, which is the same control")

    def _value(self, wish: Wanted, control: Control) -> bool | str:
        wanted = wish.value
        if control.kind in ("number", "text") and not isinstance(wanted, bool):
            if control.kind == "text" or str(wanted).isdecimal():
                return str(wanted)
        elif isinstance(wanted, bool | str):
            if control.kind == "checkbox":
                return tick_for(wanted)
            if control.kind in ("list", "readonly"):
                return self._word(wish, wanted, control)
        raise NoSuchWord(wanted, control.offered or (f"those of a {control.kind}",))

    def _word(self, wish: Wanted, wanted: bool | str, control: Control) -> str:
        shown = (str(control.value),)
        opened = control.kind == "readonly" or control.offered is not None
        offered = shown if control.kind == "readonly" or control.offered is None else control.offered
        try:
            return word_for(wanted, offered)
        except NoSuchWord:
            if not opened:
                return str(wanted)
            if not (wish.cell and wish.cell.floor and means_nothing(wanted)):
                raise
            self.floors.append(wish)
            return word_for(wish.cell.floor, offered)

    def _freed(self, wish: Wanted) -> bool:
        """Whether the plan itself switches on what *wish* waits for."""
        switched_on = {w.setting.key for w in self.wanted if w.setting and not means_nothing(w.value)}
        return bool(wish.setting and wish.setting.requires and switched_on.issuperset(wish.setting.requires))

    def _report_absent(self, wish: Wanted, control: Control | None = None) -> None:
        """Absence grants nothing, so it meets a wish of none."""
        if not means_nothing(wish.value) or (control and idea_of(str(control.value)) not in NOTHING | {None}):
            self.absent.append(wish)

    def _refuse(self, wish: Wanted, problem: str) -> None:
        self.problems.append(f"{wish.path}: {problem}")


def _catalogued(reading: Reading, wish: Wanted) -> list[Control]:
    setting = wish.setting
    found = [c for c in reading if (i := identify(c)) and i.setting is setting and i.column == wish.column]
    if setting is None or setting.kind == "group" or len(found) == 1 or not setting.group:
        return found
    headings = (setting.group, setting.group_alternatives)
    return [control for control in found if control.group and same(control.group, *headings)] or found


def _labelled(reading: Reading, wish: Wanted) -> list[Control]:
    """By label, or by "Group > Label" where the label alone is not enough."""
    here = [control for control in reading.in_section(wish.section) if _same_column(control.column, wish.column)]
    group, _mark, label = wish.label.partition(" > ")
    return [control for control in here if same(control.label, wish.label)] or [
        control for control in here if control.group and same(control.group, group) and same(control.label, label)
    ]


def _same_column(shown: str | None, wanted: str | None) -> bool:
    if wanted is None or shown is None:
        return wanted is None
    return same(shown, wanted) or (column_key(wanted) is not None and column_key(shown) == column_key(wanted))


def _way_to_free(wish: Wanted) -> str:
    parents = [
        ".".join(p.key for p in CATALOG.place_of(key)) for key in (wish.setting.requires if wish.setting else ())
    ]
    return f"switch on {' and '.join(parents)}" if parents else "what it waits for is not known here"


def _turn(change: Change) -> tuple[bool, int, int]:
    """Sorting key: first what goes off, children before parents; then what goes on, parents before children."""
    identity = identify(change.control)
    depth = _depth(identity.setting.key) if identity else 0
    goes_on = change.value is not False
    return goes_on, depth if goes_on else -depth, change.control.position


def _depth(key: str) -> int:
    setting = CATALOG.place_of(key)[1]
    return 1 + max(map(_depth, setting.requires), default=-1)


def _chosen_late(control: Control, wish: t.Any, read: t.Any) -> bool:
    """Whether *read* is the word for *wish* in a list whose words were not known when the plan was made."""
    if control.kind != "list" or control.offered is not None or not isinstance(read, str):
        return False
    try:
        return word_for(wish, (read,)) == read
    except NoSuchWord:
        return False


def _depends_on(identity: Identity | None, boxes: set[str]) -> bool:
    return identity is not None and not boxes.isdisjoint(identity.setting.requires)


def _settled(reading: Reading, switched: set[str]) -> Reading:
    """The page clears and greys out what depends on a box that was switched off, and frees it when it goes on."""
    on = {i.setting.key for control in reading if control.value is True and (i := identify(control))}

    def settle(control: Control) -> Control:
        identity = identify(control)
        if identity is None or not _depends_on(identity, switched):
            return control
        enabled = on.issuperset(identity.setting.requires)
        value = False if control.kind == "checkbox" and not enabled else control.value
        return replace(control, enabled=enabled, value=value)

    return Reading(settle(control) for control in reading)
