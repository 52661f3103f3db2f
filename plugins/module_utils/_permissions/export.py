# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what a level has to the option C(permissions) that describes it: applied to the same page, it changes nothing.

A setting is named by its key where the catalog has it, and by its label elsewhere; what gives no right is not listed.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind, Section, Value
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import CannotPlan, plan, reads_as_nothing
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    BOXES_TO_FILL,
    Control,
    Name,
    Reading,
    identify,
    number_in,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import NoSuchWord, idea_of, word_for
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import (
    PermissionMistakes,
    Wanted,
    as_permissions,
    impossible,
    parse,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import tidy


@dataclass(frozen=True)
class Export:
    """The permissions of a level, and what of it they cannot say."""

    permissions: dict[str, t.Any]
    unsaid: tuple[Name, ...] = ()
    """Boxes that are neither on nor off, controls that cannot be told apart, and the like."""


def export(reading: Reading) -> Export:
    """Describe a whole level."""
    on, touched = reading.boxes_on(), _touched(reading, ())
    needed = [control for control in reading if control in touched or _gives_something(control, on)]
    neighbours = {c.section: Reading(n for n in reading if n.section == c.section) for c in needed}
    said: dict[Control, Wanted] = {}
    for control in needed:
        ways = (wish for wish in (_by_key(control), _by_label(control)) if wish)
        met = next((wish for wish in ways if _is_met(neighbours[control.section], control, wish)), None)
        if met:
            said[control] = met
    _name_by_label_what_the_page_would_refuse(said)
    permissions = as_permissions(said.values())
    left = _touched(reading, parse(permissions))
    return Export(
        permissions,
        tuple(
            name for name, control in reading.named() if control in left or (control in needed and control not in said)
        ),
    )


def difference(before: Reading, after: Reading) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    """Only what differs and counts, each side as permissions that can be pasted into variables."""
    was, will_be = before.effective(), after.effective()
    differing = was.differences(will_be)
    return _said_of(was, differing), _said_of(will_be, differing)


def as_exported(wishes: t.Iterable[Wanted]) -> dict[str, t.Any]:
    """Wishes in the words that the export of such a level has."""
    return as_permissions(replace(wish, value=_spoken(wish.value)) for wish in wishes)


def _said_of(reading: Reading, names: t.Collection[Name]) -> dict[str, t.Any]:
    wishes = [
        _by_key(control) or _by_label(control) or _as_shown(name, control)
        for name, control in reading.named()
        if name in names
    ]
    return as_permissions(wishes)


def _as_shown(name: Name, control: Control) -> Wanted:
    """What no permission can say, as the page has it: a difference leaves nothing out."""
    section = Section(key=name.section, heading=name.section, settings=())
    return Wanted(section, None, name.label, name.column, t.cast(Value, control.value))


def _touched(reading: Reading, wishes: t.Iterable[Wanted]) -> set[Control]:
    """What these permissions would change of the level, or ask about."""
    planned = plan(reading, wishes, purge=True)
    return {*(c.control for c in planned.changes), *(s.control for s in planned.stuck), *planned.unopened}


def _gives_something(control: Control, on: set[str]) -> bool:
    identity = identify(control)
    if control.kind == "readonly" or reads_as_nothing(control) or (identity and identity.setting.grants_nothing):
        return False
    if control.kind in BOXES_TO_FILL:
        # While their box is off, numbers limit nothing.
        return control.enabled and (not identity or on.issuperset(identity.setting.requires))
    return True


def _by_key(control: Control) -> Wanted | None:
    """The control in the catalog's keys."""
    identity = identify(control)
    value = _value_of(control)
    if identity is None or value is None or identity.setting.kind is Kind.GROUP:
        return None
    return Wanted(identity.section, identity.setting, str(identity.setting.label), identity.column, value)


def _by_label(control: Control) -> Wanted | None:
    """The control by its label, with its group where that tells it from others."""
    value = _value_of(control)
    if value is None or not tidy(control.label) or not tidy(control.section):
        return None
    known = CATALOG.headed(control.section)
    if known and not known.has_links:
        return None
    section = known or Section(key=control.section, heading=tidy(control.section), settings=())
    label = tidy(f"{control.group} > {control.label}" if control.group else control.label)
    return Wanted(section, None, label, tidy(control.column) if control.column else None, value)


def _value_of(control: Control) -> Value | None:
    """What the control holds as an idea, or else as the page's word; None where no value says it."""
    if control.value is None or isinstance(control.value, bool):
        return control.value
    if control.kind in BOXES_TO_FILL:
        number = number_in(control.value)
        return int(number) if number is not None and number == int(number) else control.value
    idea = idea_of(control.value)
    if idea is None or not _finds(idea, control):
        return tidy(control.value)
    return _spoken(idea)


def _spoken(value: Value) -> Value:
    return {"yes": True, "no": False}.get(str(value).casefold(), value)


def _finds(idea: str, control: Control) -> bool:
    try:
        return word_for(idea, control.offered or (str(control.value),)) == control.value
    except NoSuchWord:
        return False


def _is_met(section: Reading, control: Control, wish: Wanted) -> bool:
    """Whether the wish is a right one, means just this control, and is met by what that holds."""
    try:
        read = parse(as_permissions([wish]), purge=False)
        planned = plan(section, read)
        # What is wished of another control shows when this one's value is another.
        changed = replace(control, value=_another_value(control), enabled=True)
        other = plan(Reading(changed if c is control else c for c in section), read)
    except (CannotPlan, PermissionMistakes):
        return False
    if planned.changes or planned.unopened:
        return False
    meant = [*(change.control for change in other.changes), *other.unopened]
    return [c.position for c in meant] == [control.position]


def _another_value(control: Control) -> bool | str:
    if control.kind == "checkbox":
        return not control.value
    return "" if control.kind in BOXES_TO_FILL else "-"


def _name_by_label_what_the_page_would_refuse(said: dict[Control, Wanted]) -> None:
    """A right whose condition is not met is no mistake of a page that has it; by label it may be written down."""
    while refused := [wish for wish, _why in impossible(list(said.values()), purge=True)]:
        for control, wish in list(said.items()):
            if wish in refused:
                label = _by_label(control)
                if label is None:
                    del said[control]
                else:
                    said[control] = label
