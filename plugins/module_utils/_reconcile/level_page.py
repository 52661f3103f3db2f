# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The open page of a security level, brought to what is wanted of it.

A press counts by its effect: whatever is pressed or set, the page is read again, and what does not show yet is set by
its own control. Nothing is saved here.
"""

from __future__ import annotations

import contextlib
import typing as t
from collections import defaultdict
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevelState
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Section
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import Change, Plan, plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Name, Reading
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise, same

ROUNDS = 4
"""How often what does not show yet is set again: a box that is neither on nor off may take two presses, what a page
switches by itself another one, and what it does late one more."""

USUAL_SECTIONS = tuple(section for section in CATALOG.sections if section.has_links and not section.optional)
"""Those that every tenant's page is known to have."""

UNSAVED = "Nothing was saved."
REPORT = "Please report it with evidence ('evidence_dir')"

MOST_LINES = 20
"""How many settings a message names."""


@dataclass(frozen=True)
class WantedLevel:
    """What is wanted of a level; what is None is not managed."""

    name: str
    copy_from: str
    active: bool | None
    permissions: tuple[Wanted, ...] | None
    purge: bool = True
    """With permissions given: whether every other setting is cleared."""
    optional_sections: tuple[Section, ...] = ()
    """Sections that this tenant's page may lack, beside those that the catalog knows to be optional."""

    @property
    def wishes(self) -> tuple[Wanted, ...]:
        return self.permissions or ()

    @property
    def clears(self) -> bool:
        """Whether everything that is not wished for is cleared."""
        return self.purge and self.permissions is not None

    @property
    def needed_sections(self) -> tuple[Section, ...]:
        """Those that the page must show, or it cannot be told that they give nothing."""
        return tuple(s for s in USUAL_SECTIONS if s not in self.optional_sections) if self.clears else ()

    @property
    def awaited_sections(self) -> tuple[Section, ...]:
        """Those that are waited for: all that are needed, and those that something is wished of."""
        wished = [wish.section for wish in self.wishes]
        return tuple({section.heading: section for section in (*self.needed_sections, *wished)}.values())

    def active_of(self, state: SecurityLevelState) -> bool | None:
        """Whether it should be active in the end."""
        return state.active if self.active is None else self.active


class Page(t.Protocol):
    """An open editor, as far as it is needed here."""

    def read(self, awaited: t.Sequence[Section] = ()) -> SecurityLevelState: ...

    def confirming(self) -> contextlib.AbstractContextManager[None]: ...

    def press_no_permission(self, headings: t.Iterable[str]) -> None: ...

    def with_words(self, permissions: Reading, lists: t.Sequence[Control]) -> Reading: ...

    def apply(self, changes: t.Sequence[Change]) -> None: ...

    def set_active(self, active: bool) -> None: ...


def look_at(page: Page, wanted: WantedLevel) -> SecurityLevelState:
    """Read the page; fails where it cannot be told what it lacks, if everything not listed is to be taken away."""
    state = page.read(wanted.awaited_sections)
    refuse_unfit(state, wanted)
    return state


def refuse_unfit(state: SecurityLevelState, wanted: WantedLevel) -> None:
    """Fail where a page shows less than must be seen, or what cannot be changed."""
    if wanted.clears:
        refuse_not_understood(state)
        _refuse_sections_of_one_name(state)
        _refuse_missing_sections(state, wanted)
    _refuse_active_that_stays(state, wanted)


def planned_for(
    page: Page, state: SecurityLevelState, wanted: WantedLevel, before: Reading | None = None
) -> tuple[Plan, SecurityLevelState]:
    """The plan for the page, and what it shows with the words of those lists that had to be opened to see."""
    while True:
        planned = plan(state.permissions, wanted.wishes, purge=wanted.clears, before=before)
        if not planned.unopened:
            return planned, state
        state = replace(state, permissions=page.with_words(state.permissions, planned.unopened))


def bring_to(page: Page, before: SecurityLevelState, wanted: WantedLevel) -> tuple[SecurityLevelState, Plan]:
    """Set everything wanted, without saving, until it shows; return what shows, and the plan that is left.

    Raises ConsoleError: C(not_cleared) for what is not wanted and stays, C(not_taken) for what is wanted and does not
    come.
    """
    to_empty = plan(before.permissions, wanted.wishes, purge=wanted.clears).sections_to_empty(before.permissions)
    if to_empty:
        # Nothing is lost by it, so whether it is meant may be asked, at once or a little later.
        with page.confirming():
            page.press_no_permission(to_empty)
            state, planned = _again(page, before, wanted)
    else:
        planned, state = planned_for(page, before, wanted)
    for _round in range(ROUNDS):
        if not planned.changes and state.active == wanted.active_of(state):
            break
        if planned.changes:
            page.apply(planned.changes)
        if state.active != wanted.active_of(state):
            page.set_active(bool(wanted.active))
        state, planned = _again(page, before, wanted)
    refuse_stuck(planned, pressed=True)
    _refuse_what_did_not_come(planned, state, wanted)
    return state, planned


def _again(page: Page, before: SecurityLevelState, wanted: WantedLevel) -> tuple[SecurityLevelState, Plan]:
    """What the page shows by now, and what is left to do."""
    planned, state = planned_for(page, look_at(page, wanted), wanted, before.permissions)
    return state, planned


def refuse_stuck(planned: Plan, *, pressed: bool) -> None:
    """Fail for settings that are not wanted and cannot be cleared; *pressed* tells what was tried."""
    stuck = planned.stuck
    if not stuck:
        return
    left = "No Permission left it at" if pressed else "it reads"
    lines = [f"{item.name}: {item.why}; {left} {item.control.value!r}" for item in stuck]
    hint = "" if pressed else "What No Permission does to them shows only once it is pressed. "
    raise ConsoleError(
        f"These settings are not in 'permissions', and cannot be cleared. {hint}{UNSAVED} If a value may stay, name "
        f"it in 'permissions', where need be by the setting's label (by_label):\n{listed(lines)}",
        "not_cleared",
        settings=[
            {"setting": str(item.name), "reads": item.control.value, "offers": list(item.control.offered or ())}
            for item in stuck
        ],
    )


def unmet(page: Page, stored: SecurityLevelState, wanted: WantedLevel, saved: SecurityLevelState) -> dict[Name, t.Any]:
    """Where the *stored* level is not what was wanted or what the page showed when it was *saved*, with both values."""
    found = saved.permissions.effective().differences(stored.permissions.effective())
    if not found:
        planned, stored = planned_for(page, stored, wanted, saved.permissions)
        found = {change.name: (change.value, change.control.value) for change in planned.changes}
        found |= {item.name: ("nothing", item.control.value) for item in planned.stuck}
    level = {what: (getattr(saved, what), getattr(stored, what)) for what in ("name", "active")}
    differs = {Name("General Information", what, None): pair for what, pair in level.items() if pair[0] != pair[1]}
    return {**found, **differs}


def refuse_not_understood(state: SecurityLevelState) -> None:
    """Fail if the page has something that may give a right and was not understood."""
    if state.not_understood:
        raise ConsoleError(
            "The page has controls that this collection does not understand, so it is not known what the level "
            f"allows. {UNSAVED} {REPORT}:\n{listed(state.not_understood)}",
            "not_understood",
            not_understood=list(state.not_understood),
        )


def _refuse_sections_of_one_name(state: SecurityLevelState) -> None:
    by_name: dict[str, list[str]] = defaultdict(list)
    for heading in state.headings:
        section = CATALOG.headed(heading)
        by_name[section.key if section else normalise(heading)].append(heading)
    doubled = [" and ".join(map(repr, headings)) for headings in by_name.values() if len(headings) > 1]
    if doubled:
        raise ConsoleError(
            "The page has several sections of the same name, so their settings cannot be told apart: "
            f"{'; '.join(doubled)}. {UNSAVED} {REPORT}.",
            "not_unique",
            sections=doubled,
        )


def _refuse_missing_sections(state: SecurityLevelState, wanted: WantedLevel) -> None:
    settings = {control.section for control in state.permissions}
    missing = [
        s for s in wanted.needed_sections if not any(same(heading, s.heading, s.alternatives) for heading in settings)
    ]
    if missing:
        raise ConsoleError(
            f"The page does not show the settings of {', '.join(s.heading for s in missing)}, so it is not known that "
            f"they are off. {UNSAVED} If this tenant does not have them, accept that by "
            f"'optional_sections: [{', '.join(s.key for s in missing)}]'.",
            "section_missing",
            sections=[section.key for section in missing],
        )


def _refuse_active_that_stays(state: SecurityLevelState, wanted: WantedLevel) -> None:
    if state.active != wanted.active_of(state) and not state.active_can_be_set:
        raise ConsoleError(
            "The box Active of this level is missing or greyed out, so it cannot be set. Leave out 'active', or use "
            "the menu of the list of levels.",
            "disabled",
            field="Active",
        )


def _refuse_what_did_not_come(planned: Plan, state: SecurityLevelState, wanted: WantedLevel) -> None:
    missed = {str(c.name): {"expected": c.value, "read": c.control.value} for c in planned.changes}
    if state.active != wanted.active_of(state):
        missed["Active"] = {"expected": wanted.active, "read": state.active}
    if not missed:
        return
    lines = [f"{name}: should read {d['expected']!r}, reads {d['read']!r}" for name, d in missed.items()]
    only_unwanted = all(change.clears for change in planned.changes) and "Active" not in missed
    message = (
        f"The page does not show what was set, however often it was set. {UNSAVED} Look at it by hand: may the console "
        f"account change these?\n{listed(lines)}"
    )
    if only_unwanted:
        raise ConsoleError(message, "not_cleared", differences=missed)
    raise ConsoleError(message, "not_taken", differences=missed)


def listed(lines: t.Sequence[str]) -> str:
    """The lines of a message, the first of them where there are many."""
    more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return "\n".join(f"- {line}" for line in (*lines[:MOST_LINES], *more))
