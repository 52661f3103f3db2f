# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what a page shows and what is wanted to the changes that make the one the other.

What is wanted of a setting that is not listed is known from the page alone. With purge it is nothing: a box that is
off, a word of none, or the lowest word that the catalog knows of a list without one. Otherwise it is what it read
before.
"""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass, field, replace

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Column, Setting, column_key
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    BOXES_TO_FILL,
    Control,
    Identity,
    Name,
    Reading,
    equal_values,
    identify,
    number_in,
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

GREYED = "is greyed out"
UNKNOWN_KIND = "cannot be cleared, as a setting of its kind has no value that stands for none"


@dataclass(frozen=True)
class Change:
    """Set *control*, which goes by *name*, to *value*."""

    control: Control
    value: bool | str
    name: Name

    @property
    def clears(self) -> bool:
        """Whether it takes a right away, which No Permission may do as well."""
        return reads_as_nothing(replace(self.control, value=self.value))


@dataclass(frozen=True)
class Stuck:
    """A setting that is not wanted, and that its own control does not bring to nothing."""

    control: Control
    name: Name
    why: str


@dataclass(frozen=True)
class Plan:
    """What to do, in this order: a parent is switched on before its child, and off after it."""

    changes: tuple[Change, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    unopened: tuple[Control, ...] = ()
    """Lists that must be opened first, to see what they offer; nothing is planned for them yet."""
    unwanted: tuple[Control, ...] = ()
    """Those of them that are only to be cleared, which No Permission may do without their words."""
    absent: tuple[Wanted, ...] = ()
    """Wishes for settings that a page may lack, and this one does."""
    floors: tuple[Wanted, ...] = ()
    """Wishes of none for lists that offer no none; their lowest word stands for it."""
    unknown: tuple[Control, ...] = ()
    """Controls that the catalog does not know."""

    def apply_to(self, reading: Reading) -> Reading:
        """The page as it should read afterwards."""
        after = reading.with_values({change.control: change.value for change in self.changes})
        return _settled(after, _boxes(change.control for change in self.changes))

    def sections_to_empty(self, reading: Reading) -> tuple[str, ...]:
        """Where pressing No Permission saves steps, or may do what no control of its own can."""
        unwanted = Counter(change.control.section for change in self.changes if change.clears)
        unwanted.update(control.section for control in self.unwanted)
        to_be_changed = {*(change.control for change in self.changes), *self.unwanted}
        lost = Counter(
            control.section
            for control in reading
            if control not in to_be_changed and control.kind != "readonly" and not reads_as_nothing(control)
        )
        stuck = {item.control.section for item in self.stuck}
        sections = dict.fromkeys(control.section for control in reading)
        return tuple(section for section in sections if section in stuck or unwanted[section] > 1 + lost[section])


class CannotPlan(AutotaskError):
    """The page cannot be brought to what is wanted; lists every reason."""

    reason = "permissions_not_possible"

    def __init__(self, problems: t.Sequence[str]) -> None:
        super().__init__(
            "\n".join(["The Security Level page cannot take these permissions:", *(f"- {p}" for p in problems)]),
            problems=list(problems),
        )
        self.problems = tuple(problems)


def plan(reading: Reading, wanted: t.Iterable[Wanted], *, purge: bool = False, before: Reading | None = None) -> Plan:
    """Find the control of each wish and the word that says it; raises CannotPlan with all problems at once.

    With *purge* every setting that is not wished for is cleared. What is neither wished for nor purged is
    brought back to what it read *before*, if that is given.
    """
    return _Planner(reading, list(wanted), purge, before).plan()


def reads_as_nothing(control: Control) -> bool:
    """Whether *control* gives no right, as far as that can be told without opening it."""
    if isinstance(control.value, str):
        if control.kind in BOXES_TO_FILL:
            return not control.value.strip() or number_in(control.value) == 0
        return means_nothing(control.value) or _is_floor(control.value, control)
    return control.value is False


@dataclass
class _Planner:
    reading: Reading
    wanted: list[Wanted]
    purge: bool
    before: Reading | None
    problems: list[str] = field(default_factory=list)
    absent: list[Wanted] = field(default_factory=list)
    floors: list[Wanted] = field(default_factory=list)
    stuck: dict[Control, str] = field(default_factory=dict)
    unopened: list[Control] = field(default_factory=list)
    unwanted: list[Control] = field(default_factory=list)
    targets: dict[Control, bool | str] = field(default_factory=dict)
    wishes: dict[Control, Wanted] = field(default_factory=dict)

    def plan(self) -> Plan:
        for wish in self.wanted:
            for control in self._controls(wish):
                self._aim(wish, control)
        if self.problems:
            raise CannotPlan(self.problems)
        if self.purge:
            self._clear_the_rest()
        if self.before:
            self._keep_the_rest(self.before)
        names = {control: name for name, control in self.reading.named()}
        changes = [
            Change(control, value, names[control])
            for control, value in self.targets.items()
            if not equal_values(control.value, value)
        ]
        return Plan(
            changes=tuple(sorted(changes, key=_turn)),
            stuck=tuple(Stuck(control, names[control], why) for control, why in self.stuck.items()),
            unopened=tuple(self.unopened),
            unwanted=tuple(self.unwanted),
            absent=tuple(self.absent),
            floors=tuple(self.floors),
            unknown=tuple(c for c in self.reading if c.kind != "readonly" and identify(c) is None),
        )

    # ---- what is wished for

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
        self.wishes.setdefault(control, wish)
        try:
            value = self._value(wish, control)
        except NoSuchWord as problem:
            if control.kind != "readonly":
                self._refuse(wish, problem.message)
            elif wish.may_be_absent:
                self._report_absent(wish, control)
            else:
                self._refuse(wish, f"the page shows {control.value!r} as text, so it cannot be set")
            return
        if value is None and control.enabled:
            self.unopened.append(control)
            return
        value = str(wish.value) if value is None else value
        if not equal_values(control.value, value) and not control.enabled and not self._freed(wish):
            if wish.may_be_absent:
                self._report_absent(wish, control)
            else:
                self._refuse(wish, f"the control is greyed out; {_way_to_free(wish)}")
            return
        if not equal_values(self.targets.setdefault(control, value), value):
            self._refuse(wish, f"contradicts {self.wishes[control].path}, which is the same control")

    def _value(self, wish: Wanted, control: Control) -> bool | str | None:
        """What the control must hold; None where a list must be opened to tell."""
        wanted = wish.value
        if control.kind in BOXES_TO_FILL and not isinstance(wanted, bool):
            if control.kind == "text" or str(wanted).isdecimal():
                return str(wanted)
        elif isinstance(wanted, bool | str):
            if control.kind == "checkbox":
                return tick_for(wanted)
            if control.kind == "list":
                return self._word(wish, wanted, control)
            if control.kind == "readonly":
                return word_for(wanted, (str(control.value),))
        raise NoSuchWord(wanted, control.offered or (f"those of a {control.kind}",))

    def _word(self, wish: Wanted, wanted: bool | str, control: Control) -> str | None:
        if control.offered is None:
            return _word_of(wanted, (str(control.value),))
        try:
            return word_for(wanted, control.offered)
        except NoSuchWord:
            if not (wish.cell and wish.cell.floor and means_nothing(wanted)):
                raise
            self.floors.append(wish)
            return word_for(wish.cell.floor, control.offered)

    def _freed(self, wish: Wanted) -> bool:
        """Whether the plan itself switches on what *wish* waits for."""
        return bool(wish.setting and wish.setting.requires and self._switched_on.issuperset(wish.setting.requires))

    @property
    def _switched_on(self) -> set[str]:
        return {wish.setting.key for wish in self.wanted if wish.setting and not means_nothing(wish.value)}

    def _report_absent(self, wish: Wanted, control: Control | None = None) -> None:
        """Absence grants nothing, so it meets a wish of none."""
        if not means_nothing(wish.value) or (control and idea_of(str(control.value)) not in NOTHING | {None}):
            self.absent.append(wish)

    def _refuse(self, wish: Wanted, problem: str) -> None:
        self.problems.append(f"{wish.path}: {problem}")

    # ---- what is not

    def _clear_the_rest(self) -> None:
        for control in self.reading:
            if control not in self.wishes and control.kind != "readonly" and not self._needs_no_clearing(control):
                self._clear(control)

    def _needs_no_clearing(self, control: Control) -> bool:
        """Whether it gives no right whatever it holds, or none while what it depends on is off."""
        setting = _setting_of(control)
        if setting and setting.grants_nothing:
            return True
        if control.kind in BOXES_TO_FILL:
            return not control.enabled or bool(setting and not self._switched_on.issuperset(setting.requires))
        return False

    def _clear(self, control: Control) -> None:
        is_list = control.kind == "list"
        says_nothing = means_nothing(str(control.value)) or (not control.enabled and reads_as_nothing(control))
        if is_list and not control.offered and says_nothing:
            return
        if is_list and control.offered is None:
            if control.enabled:
                self.unopened.append(control)
                self.unwanted.append(control)
            else:
                self.stuck[control] = GREYED
            return
        nothing = _nothing_of(control)
        if nothing is None:
            offered = f": {', '.join(control.offered)}" if control.offered else ""
            self.stuck[control] = f"offers no word for none{offered}" if is_list else UNKNOWN_KIND
        elif equal_values(control.value, nothing) or (control.kind in BOXES_TO_FILL and reads_as_nothing(control)):
            return
        elif control.enabled:
            self.targets[control] = nothing
        elif not self._goes_with_another(control):
            self.stuck[control] = GREYED

    def _goes_with_another(self, control: Control) -> bool:
        """Whether the page itself clears it, as something it depends on is switched off."""
        setting = _setting_of(control)
        going = self.reading.boxes_on() - self._switched_on
        return bool(setting and not going.isdisjoint(setting.requires))

    def _keep_the_rest(self, before: Reading) -> None:
        was = dict(before.named())
        after = self.reading.with_values(self.targets)
        moved = before.boxes_on() ^ after.boxes_on()
        for name, control in self.reading.named():
            setting, old = _setting_of(control), was.get(name)
            managed = control in self.wishes or (self.purge and not (setting and setting.grants_nothing))
            if old is None or managed or control.kind == "readonly" or equal_values(control.value, old.value):
                continue
            if setting and not moved.isdisjoint(setting.requires):
                continue
            # No press brings back what was neither on nor off.
            if old.value is not None:
                self.targets[control] = old.value


def _nothing_of(control: Control) -> bool | str | None:
    """What *control* reads when it gives no right; None if it has no such value."""
    if control.kind == "checkbox":
        return False
    if control.kind in BOXES_TO_FILL:
        return ""
    offered = control.offered or ()
    for word in ("none", _floor_of(control)):
        if word is not None:
            try:
                return word_for(word, offered)
            except NoSuchWord:
                continue
    # A list in which nothing is chosen.
    return "" if control.kind == "list" and "" in (control.value, *offered) else None


def _floor_of(control: Control) -> str | None:
    """The lowest word of a list that is known to offer no none."""
    identity = identify(control)
    cell: Setting | Column | None = identity and identity.setting
    if identity and identity.column:
        cell = identity.setting.column(identity.column)
    return cell.floor if cell else None


def _is_floor(word: str, control: Control) -> bool:
    floor = _floor_of(control)
    return floor is not None and same(word, floor)


def _setting_of(control: Control) -> Setting | None:
    identity = identify(control)
    return identity.setting if identity else None


def _word_of(wanted: bool | str, offered: tuple[str, ...]) -> str | None:
    try:
        return word_for(wanted, offered)
    except NoSuchWord:
        return None


def _catalogued(reading: Reading, wish: Wanted) -> list[Control]:
    setting = wish.setting
    found = [c for c in reading if (i := identify(c)) and i.setting is setting and i.column == wish.column]
    if setting is None or setting.kind == "group" or len(found) == 1 or not setting.group:
        return found
    for heading in (setting.group, *setting.group_alternatives):
        below = [control for control in found if any(same(group, heading) for group in control.groups)]
        if below:
            return below
    return found


def _labelled(reading: Reading, wish: Wanted) -> list[Control]:
    """By label, or by "Group > Label" where the label alone is not enough."""
    here = [control for control in reading.in_section(wish.section) if _same_column(control.column, wish.column)]
    steps = wish.label.split(" > ")
    # A label may have such a mark itself.
    for at in range(len(steps)):
        group, label = " > ".join(steps[:at]), " > ".join(steps[at:])
        found = [c for c in here if _has_label(c, label) and (not group or any(same(g, group) for g in c.groups))]
        if found:
            return found
    return []


def _has_label(control: Control, label: str) -> bool:
    return any(same(text, label) for text in control.labels or (control.label,))


def _same_column(shown: str | None, wanted: str | None) -> bool:
    if wanted is None or shown is None:
        return wanted is None
    return same(shown, wanted) or (column_key(wanted) is not None and column_key(shown) == column_key(wanted))


def _way_to_free(wish: Wanted) -> str:
    parents = [
        ".".join(p.key for p in CATALOG.place_of(key)) for key in (wish.setting.requires if wish.setting else ())
    ]
    return f"switch on {' and '.join(parents)}" if parents else "the collection does not know what it depends on"


def _turn(change: Change) -> tuple[bool, int, int]:
    """Sorting key: first what goes off, children before parents; then what goes on, parents before children."""
    setting = _setting_of(change.control)
    depth = _depth(setting.key) if setting else 0
    goes_on = not change.clears
    return goes_on, depth if goes_on else -depth, change.control.position


def _depth(key: str) -> int:
    setting = CATALOG.place_of(key)[1]
    return 1 + max(map(_depth, setting.requires), default=-1)


def _boxes(controls: t.Iterable[Control]) -> set[str]:
    """The keys of those that are check boxes."""
    settings = [_setting_of(control) for control in controls if control.kind == "checkbox"]
    return {setting.key for setting in settings if setting}


def _depends_on(identity: Identity | None, boxes: set[str]) -> bool:
    return identity is not None and not boxes.isdisjoint(identity.setting.requires)


def _settled(reading: Reading, switched: set[str]) -> Reading:
    """The page clears and greys out what depends on a box that was switched off, and frees it when it goes on."""
    on = reading.boxes_on()

    def settle(control: Control) -> Control:
        identity = identify(control)
        if identity is None or not _depends_on(identity, switched):
            return control
        enabled = on.issuperset(identity.setting.requires)
        value = False if control.kind == "checkbox" and not enabled else control.value
        return replace(control, enabled=enabled, value=value)

    return Reading(settle(control) for control in reading)
