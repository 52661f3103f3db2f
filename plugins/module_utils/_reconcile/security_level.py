# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One security level, brought to what is wanted of it: looked at, planned, set, looked at again, saved, compared."""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass, field, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.console import opened_elsewhere
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ChangedMeanwhile,
    ConsoleError,
    NotStored,
    Refused,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Row
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import (
    SecurityLevelEditor,
    SecurityLevels,
    SecurityLevelState,
    unknown_settings,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._permissions.export import as_exported, difference
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import CannotPlan, Plan, plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    Control,
    Reading,
    changes_between,
    identify,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_copy import Copy, take_up_copy
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import (
    REPORT,
    UNSAVED,
    WantedLevel,
    bring_to,
    listed,
    look_at,
    planned_for,
    refuse_stuck,
    refuse_unfit,
    unmet,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_reading import look_into
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name

SYSTEM_COLUMN = "System"
"""The heading of the column that ticks the levels of Autotask's own."""

SYSTEM_MARK = "(system)"

STORED_SECONDS = 10.0
"""How long Autotask may take to store what was saved, after the window has closed."""


@dataclass
class Outcome:
    """What was found, and what was or would be done."""

    changed: bool
    before: dict[str, t.Any]
    after: dict[str, t.Any]
    """As a person would write it into variables."""
    state: SecurityLevelState | None = None
    plan: Plan = field(default_factory=Plan)
    missing: tuple[Wanted, ...] = ()
    """What was asked for and is nowhere on the page."""
    created: bool = False
    as_shown: tuple[dict[str, t.Any], dict[str, t.Any]] = field(default_factory=lambda: ({}, {}))
    """What differs before and after, in the page's own words."""


def ensure_present(window: Window, wanted: WantedLevel) -> Outcome:
    """Make the level exist as wanted; in a read-only run, tell what would change."""
    levels = SecurityLevels(window)
    levels.open()
    return ensure_in(levels, wanted)


def ensure_in(levels: SecurityLevels, wanted: WantedLevel) -> Outcome:
    """The same, in a list that lies open, and is left so."""
    row = levels.find(wanted.name)
    return _correct(levels, wanted, row) if row else _create(levels, wanted)


def ensure_absent(window: Window, name: str) -> Outcome:
    """Make sure that no level has this name; only a custom level that nobody uses can be deleted."""
    levels = SecurityLevels(window)
    levels.open()
    row = levels.find(name)
    if row is None:
        return Outcome(changed=False, before={}, after={})
    _refuse_system_level(row, name, "deleted")
    editor = levels.edit(name)
    state = editor.read()
    _refuse_other_level(state, name)
    users = editor.users()
    editor.leave()
    if users:
        names = [user for user, _active in users]
        raise ConsoleError(
            f'The security level "{name}" is in use by {", ".join(names)}. Give them another level first.',
            "in_use",
            users=names,
            active_users=[user for user, active in users if active],
        )
    if not window.journal.read_only:
        levels.delete(name)
        levels.open()
        if levels.find(name):
            raise NotStored(f'Autotask still lists the security level "{name}" after deleting it.')
    return Outcome(changed=True, before={"name": state.name or name}, after={})


# ---- a level that is there


def _correct(levels: SecurityLevels, wanted: WantedLevel, row: Row) -> Outcome:
    """Change an existing level, if it needs it."""
    only_reads = levels.window.journal.read_only
    editor = levels.edit(wanted.name)
    # A value that comes after its control would be read as nothing, and a granted right be missed.
    editor.let_values_come()
    planned, before = _plan_to_correct(editor, wanted, only_reads)
    _refuse_other_level(before, wanted.name)
    if only_reads:
        refuse_stuck(planned, pressed=False)
        levels.remember(wanted.name, before)
    changed = _differs(planned, before, wanted)
    if changed:
        _refuse_system_level(row, wanted.name, "changed")
    if not changed or only_reads:
        editor.leave()
        after = replace(before, permissions=planned.apply_to(before.permissions), active=wanted.active_of(before))
    else:
        page, planned = bring_to(editor, before, wanted)
        with levels.window.turn:
            _refuse_change_meanwhile(levels, wanted, before)
            _refuse_changed_page(editor, wanted, page)
            after = _saved(levels, editor, wanted, page)
    return Outcome(
        changed,
        *_difference(before, after),
        after,
        planned,
        _missing(planned, before),
        as_shown=_difference_as_shown(before, after),
    )


def _plan_to_correct(
    editor: SecurityLevelEditor, wanted: WantedLevel, only_reads: bool
) -> tuple[Plan, SecurityLevelState]:
    """The plan for what the page shows, and what it shows."""
    before = look_at(editor, wanted)
    planned = plan(before.permissions, wanted.wishes, purge=wanted.clears)
    if only_reads or not (planned.changes or planned.stuck):
        # Lists are opened here only if nothing else tells whether there is a change; bring_to opens them itself.
        return planned_for(editor, before, wanted)
    return planned, before


def _differs(planned: Plan, state: SecurityLevelState, wanted: WantedLevel) -> bool:
    return bool(planned.changes or planned.stuck) or state.active != wanted.active_of(state)


def _refuse_change_meanwhile(levels: SecurityLevels, wanted: WantedLevel, before: SecurityLevelState) -> None:
    """Look at the stored level once more: saving writes the whole page, so what others changed would be undone."""
    with opened_elsewhere(levels) as others:
        changed = ["its name, or it was deleted"]
        if others.find(wanted.name):
            editor = others.edit(wanted.name)
            changed = _changes_between(before, look_at(editor, wanted))
            if changed:
                editor.let_values_come()
                changed = _changes_between(before, look_at(editor, wanted))
            editor.leave()
    if changed:
        raise ChangedMeanwhile(
            f'Somebody else changed the security level "{wanted.name}" while it was open here: {", ".join(changed)}. '
            "Nothing was saved. Run again."
        )


def _refuse_changed_page(editor: SecurityLevelEditor, wanted: WantedLevel, page: SecurityLevelState) -> None:
    """Look at the open page once more: what came late, or moved by itself, must not be saved unseen."""
    changed = _changes_between(page, look_at(editor, wanted))
    if changed:
        raise ConsoleError(
            f"The page changed between being set and being saved: {', '.join(changed)}. {UNSAVED} Run again; if it "
            f"stays: {REPORT}.",
            "page_changed",
            settings=changed,
        )


def _changes_between(one: SecurityLevelState, other: SecurityLevelState) -> list[str]:
    """What differs, as a person names it."""
    level = [what for what in ("name", "active") if getattr(one, what) != getattr(other, what)]
    sections = [f"section {heading}" for heading in {*one.headings} ^ {*other.headings}]
    return [*level, *sections, *map(str, one.permissions.differences(other.permissions))]


# ---- a level that is not there


def _create(levels: SecurityLevels, wanted: WantedLevel) -> Outcome:
    """Copy the base level, or go on with a copy that an interrupted run left."""
    if wanted.permissions is None:
        raise ConsoleError(
            f"There is no security level \"{wanted.name}\", and creating it needs 'permissions', as a copy of "
            f'"{wanted.copy_from}" would keep all rights that it has. Give them, or correct the name.',
            "level_missing",
        )
    wanted = replace(wanted, active=True if wanted.active is None else wanted.active)
    base = _base(levels, wanted)
    planned, page = _plan_on_base(levels.window, base, wanted)
    predicted = Outcome(True, {}, _new_level(wanted), None, planned, _missing(planned, page), created=True)
    if levels.window.journal.read_only:
        return predicted
    with take_up_copy(levels, wanted, base) as copy:
        before = look_at(copy.editor, wanted)
        state, planned = bring_to(copy.editor, before, wanted)
        with levels.window.turn:
            if _was_made_meanwhile(levels, wanted, copy.editor):
                return _leave_to_the_other(levels, wanted, copy)
            _refuse_changed_page(copy.editor, wanted, state)
            after = _saved(levels, copy.editor, wanted, state, copy)
    return replace(predicted, state=after, plan=planned, missing=_missing(planned, state))


def _base(levels: SecurityLevels, wanted: WantedLevel) -> SecurityLevelState:
    """What the level to copy shows: its copy will have the same settings and words, which tells what is possible."""
    levels.source(wanted.copy_from)
    of_base = replace(wanted, active=None)
    if levels.window.journal.read_only:
        refuse = functools.partial(refuse_unfit, wanted=of_base)
        return look_into(levels, wanted.copy_from, wanted.awaited_sections, refuse)
    editor = levels.edit(wanted.copy_from)
    base = look_at(editor, of_base)
    _refuse_other_level(base, wanted.copy_from)
    editor.leave()
    return base


def _plan_on_base(window: Window, base: SecurityLevelState, wanted: WantedLevel) -> tuple[Plan, SecurityLevelState]:
    """The plan for a copy of *base*, as far as it can be made without one; fails where it cannot come true."""
    # A system level shows its controls greyed out; on the copy they can be set.
    page = replace(base, permissions=Reading(map(_as_settable, base.permissions)))
    planned = plan(page.permissions, wanted.wishes, purge=wanted.clears)
    refuse_stuck(planned, pressed=False)
    unsure = [control for control in planned.unopened if identify(control) is None]
    if unsure:
        window.journal.warn(
            f"Whether these lists offer a word for none can be seen on the copy only: "
            f"{'; '.join(unknown_settings(unsure))}."
        )
    return planned, page


def _was_made_meanwhile(levels: SecurityLevels, wanted: WantedLevel, editor: SecurityLevelEditor) -> bool:
    """Whether somebody else has made the level since this run looked for it."""
    if editor.window is not levels.window:
        # The list lies open behind the editor, and loading it anew leaves that alone.
        levels.open()
        return levels.find(wanted.name) is not None
    with opened_elsewhere(levels) as others:
        return others.find(wanted.name) is not None


def _leave_to_the_other(levels: SecurityLevels, wanted: WantedLevel, copy: Copy) -> Outcome:
    """Drop the copy, and go on with the level that somebody else has made."""
    copy.editor.leave()
    if copy.remove() is not True:
        levels.window.journal.warn(f'The level "{copy.name}" is a copy that is not needed; delete it by hand.')
    levels.open()
    row = levels.find(wanted.name)
    if row is None:
        raise ChangedMeanwhile(f'Somebody made the security level "{wanted.name}" and removed it again. Run again.')
    return _correct(levels, wanted, row)


# ---- saved, and compared


def _saved(
    levels: SecurityLevels,
    editor: SecurityLevelEditor,
    wanted: WantedLevel,
    page: SecurityLevelState,
    copy: Copy | None = None,
) -> SecurityLevelState:
    """Save the page, and make sure that what is stored is what was wanted."""
    journal = levels.window.journal
    try:
        editor.save_and_close(f'the security level "{wanted.name}"')
    except Refused as refusal:
        # An answer that did not come, or is not one, may hide that it was saved; what is stored tells.
        with opened_elsewhere(levels) as others:
            stored = _stored_as_wanted(others, wanted, page)
        if stored is None:
            raise
        journal.warn(f"{refusal.message} It is stored as wanted all the same.")
        editor.leave()
    if copy:
        copy.is_named = True
        levels.delete_double(wanted.name)
    return _stored(levels, wanted, page)


def _stored(levels: SecurityLevels, wanted: WantedLevel, page: SecurityLevelState) -> SecurityLevelState:
    """Open the level again, until it is what was wanted; fail if it is not in the end."""
    differences: dict[str, dict[str, t.Any]] = {}

    def as_wanted() -> SecurityLevelState | None:
        nonlocal differences
        stored, differences = _reopened(levels, wanted, page)
        return None if differences else stored

    # A window may close before its changes are stored, and a page that was opened by then never shows them.
    stored = levels.window.wait_until(as_wanted, STORED_SECONDS)
    if stored:
        return stored
    lines = [f"{name}: should read {d['expected']!r}, reads {d['read']!r}" for name, d in differences.items()]
    raise NotStored(
        "What was saved is not what the page shows. Another administrator may be at work, or Autotask did not take "
        f"it. Run again; if it happens again, check by hand:\n{listed(lines)}",
        differences=differences,
    )


def _reopened(
    levels: SecurityLevels, wanted: WantedLevel, page: SecurityLevelState
) -> tuple[SecurityLevelState, dict[str, dict[str, t.Any]]]:
    """What the level shows when it is opened, and where that is not what was wanted."""
    editor = levels.edit(wanted.name)
    stored = look_at(editor, wanted)
    differences = _unmet(editor, stored, wanted, page)
    if differences:
        # What is filled in late looks as if it had not been stored.
        editor.let_values_come()
        stored = look_at(editor, wanted)
        differences = _unmet(editor, stored, wanted, page)
    editor.leave()
    return stored, differences


def _unmet(
    editor: SecurityLevelEditor, stored: SecurityLevelState, wanted: WantedLevel, page: SecurityLevelState
) -> dict[str, dict[str, t.Any]]:
    """Where the stored level is not what was wanted or saved, by the names that a person reads."""
    try:
        found = unmet(editor, stored, wanted, page)
    except CannotPlan as error:
        raise NotStored(f"The level was saved, but is not as wanted now. {error.message}") from error
    return {str(name): {"expected": want, "read": got} for name, (want, got) in found.items()}


def _stored_as_wanted(
    levels: SecurityLevels, wanted: WantedLevel, page: SecurityLevelState
) -> SecurityLevelState | None:
    if not levels.find(wanted.name):
        return None
    try:
        return _stored(levels, wanted, page)
    except ConsoleError:
        return None


# ---- what is told of it


def _missing(planned: Plan, state: SecurityLevelState) -> tuple[Wanted, ...]:
    """Wishes that this page cannot meet. What it shows as text, it derives from other settings by itself."""
    shown = {(i.setting, i.column) for control in state.permissions if (i := identify(control))}
    return tuple(wish for wish in planned.absent if (wish.setting, wish.column) not in shown)


def _difference(before: SecurityLevelState, after: SecurityLevelState) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    """Only what differs, as the two sides of an Ansible diff."""
    was, will_be = difference(before.permissions, after.permissions)
    permissions = ({"permissions": was}, {"permissions": will_be}) if was or will_be else ({}, {})
    return _with_active(before, after, *permissions)


def _difference_as_shown(
    before: SecurityLevelState, after: SecurityLevelState
) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    return _with_active(before, after, *changes_between(before.permissions, after.permissions))


def _with_active(
    before: SecurityLevelState, after: SecurityLevelState, was: dict[str, t.Any], will_be: dict[str, t.Any]
) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    if before.active == after.active:
        return was, will_be
    return {"active": before.active, **was}, {"active": after.active, **will_be}


def _new_level(wanted: WantedLevel) -> dict[str, t.Any]:
    return {
        "name": wanted.name,
        "copied_from": wanted.copy_from,
        "active": wanted.active,
        "permissions": as_exported(wanted.wishes),
    }


def _refuse_system_level(row: Row, name: str, done: str) -> None:
    """Fail for a level of Autotask's own: the list ticks those; where it does not show that, their names say so."""
    ticked = row.ticked(SYSTEM_COLUMN)
    if ticked or (ticked is None and SYSTEM_MARK in name.casefold()):
        known = "" if ticked else " (by its name, as the list does not tell)"
        raise ConsoleError(
            f'"{name}" is a system level of Autotask{known} and cannot be {done}. Copy it first.', "system_level"
        )


def _refuse_other_level(state: SecurityLevelState, name: str) -> None:
    """Fail if the editor that was opened for a row is that of another level, as its own box Name tells."""
    if state.name and not same_name(state.name, name):
        raise ConsoleError(
            f'The list shows a security level "{name}", but its editor says that its name is "{state.name}". {UNSAVED} '
            "Look at the list by hand: two levels may be called much the same.",
            "other_level",
            name_shown=state.name,
        )


def _as_settable(control: Control) -> Control:
    return control if control.kind == "readonly" else replace(control, enabled=True)
