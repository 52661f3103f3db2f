# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One security level, brought to what is wanted of it."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.console import another_window
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ChangedMeanwhile,
    ConsoleError,
    NotStored,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import (
    SecurityLevelEditor,
    SecurityLevels,
    SecurityLevelState,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import Change, Plan, plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    Control,
    Name,
    Reading,
    changes_between,
    identify,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted, as_permissions

SYSTEM_MARK = "(system)"

Differences = t.Mapping[Name, tuple[t.Any, t.Any]]


@dataclass(frozen=True)
class WantedLevel:
    """What is wanted of a level."""

    name: str
    copy_from: str
    active: bool
    permissions: tuple[Wanted, ...]
    purge: bool = True


@dataclass
class Outcome:
    """What was found, and what was or would be done."""

    changed: bool
    before: dict[str, t.Any]
    after: dict[str, t.Any]
    state: SecurityLevelState | None = None
    plan: Plan = field(default_factory=Plan)
    missing: tuple[Wanted, ...] = ()
    """What was asked for and is nowhere on the page."""
    created: bool = False


def ensure_present(window: Window, wanted: WantedLevel) -> Outcome:
    """Make the level exist with exactly the wanted permissions; in a read-only run, tell what would change."""
    levels = SecurityLevels(window)
    levels.open()
    return _correct(levels, wanted) if levels.find(wanted.name) else _create(levels, wanted)


def ensure_absent(window: Window, name: str) -> Outcome:
    """Make sure that no level has this name; only a custom level that nobody uses can be deleted."""
    levels = SecurityLevels(window)
    levels.open()
    if not levels.find(name):
        return Outcome(changed=False, before={}, after={})
    _refuse_system_level(name, "deleted")
    editor = levels.edit(name)
    state = editor.read()
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
    return Outcome(changed=True, before={"name": state.name}, after={})


def _correct(levels: SecurityLevels, wanted: WantedLevel) -> Outcome:
    """Change an existing level, if it needs it."""
    editor = levels.edit(wanted.name)
    before = editor.read()
    planned = _bring_to(editor, before, wanted)
    after = editor.read()
    _refuse_differences(planned.surprises(after), "set")
    changed = bool(before.permissions.differences(after.permissions)) or before.active != after.active
    was, will_be = _difference(before, after)
    if changed:
        _refuse_system_level(wanted.name, "changed")
    if not changed or levels.window.journal.read_only:
        editor.leave()
    else:
        _refuse_change_meanwhile(levels, before)
        editor.save_and_close(f'the security level "{wanted.name}"')
        after = _stored(levels, wanted, after)
    return Outcome(changed, was, will_be, after, planned.plan, planned.missing())


def _refuse_change_meanwhile(levels: SecurityLevels, before: SecurityLevelState) -> None:
    """Look at the stored level once more, since saving writes every setting of the page, those of others too."""
    with another_window(levels.window) as window:
        others = SecurityLevels(window)
        others.open()
        editor = others.edit(before.name)
        now = editor.read()
        editor.leave()
    differences = before.permissions.differences(now.permissions)
    if differences or now.active != before.active:
        names = ", ".join(map(str, differences)) or "Active"
        raise ChangedMeanwhile(
            f'Somebody else changed the security level "{before.name}" while it was open here: {names}. Nothing was '
            "saved. Run again."
        )


def _create(levels: SecurityLevels, wanted: WantedLevel) -> Outcome:
    """Copy the base level, or go on with a copy that an interrupted run left."""
    predicted = _predict_creation(levels, wanted)
    if levels.window.journal.read_only:
        return predicted
    editor = _unfinished(levels, wanted) or levels.copy(wanted.copy_from)
    before = editor.read()
    editor.set_name(wanted.name)
    planned = _bring_to(editor, before, wanted)
    after = editor.read()
    _refuse_differences(planned.surprises(after), "set")
    editor.save_and_close(f'the new security level "{wanted.name}"')
    levels.drop_twin(wanted.name)
    after = _stored(levels, wanted, after)
    return replace(predicted, state=after, plan=planned.plan, missing=planned.missing())


def _predict_creation(levels: SecurityLevels, wanted: WantedLevel) -> Outcome:
    """Say what a real run would create, and fail where it would.

    Copying may store a record at once, so the base level is opened instead: it shows the same settings and words, which
    is enough to find out whether the wanted ones exist.
    """
    levels.source(wanted.copy_from)
    editor = levels.edit(wanted.copy_from)
    state = editor.read()
    editor.leave()
    # A system level shows its controls greyed out; on the copy they can be set.
    settable = Reading(_as_settable(control) for control in state.permissions)
    planned = _Planned(plan(settable, wanted.permissions), settable)
    return Outcome(True, {}, _new_level(wanted), None, planned.plan, planned.missing(), created=True)


@dataclass(frozen=True)
class _Planned:
    """A plan, and the page that it starts from."""

    plan: Plan
    start: Reading

    def surprises(self, after: SecurityLevelState) -> Differences:
        """Where the page does not read as it should after the plan."""
        return self.plan.surprises(self.start, after.permissions)

    def missing(self) -> tuple[Wanted, ...]:
        """Wishes that this page cannot meet. What it shows as text, it derives from other settings by itself."""
        shown = {(i.setting, i.column) for control in self.start if (i := identify(control))}
        return tuple(wish for wish in self.plan.absent if (wish.setting, wish.column) not in shown)


def _bring_to(editor: SecurityLevelEditor, before: SecurityLevelState, wanted: WantedLevel) -> _Planned:
    """Set everything wanted on the open page, without saving; return what the page should read then."""
    start = before
    if wanted.purge:
        editor.press_no_permission()
        start = editor.read()
    page = start.permissions
    planned = plan(page, wanted.permissions)
    unopened = [change.control for change in planned.changes if _needs_its_words(change)]
    if unopened:
        page = editor.with_words(page, unopened)
        planned = plan(page, wanted.permissions)
    editor.apply(planned.changes)
    if start.active != wanted.active:
        editor.set_active(wanted.active)
    return _Planned(planned, page)


def _needs_its_words(change: Change) -> bool:
    """Whether a list must be opened for the plan: not all lists offer a word for nothing."""
    control = change.control
    return control.kind == "list" and control.offered is None and means_nothing(change.value)


def _unfinished(levels: SecurityLevels, wanted: WantedLevel) -> SecurityLevelEditor | None:
    """The editor of an unnamed copy that was never made active, and so is nobody's."""
    for name in levels.unfinished_copies(wanted.copy_from):
        editor = levels.edit(name)
        if not editor.read().active:
            return editor
        editor.leave()
    return None


def _stored(levels: SecurityLevels, wanted: WantedLevel, saved: SecurityLevelState) -> SecurityLevelState:
    """Open the level again and make sure that it is what was saved."""
    editor = levels.edit(wanted.name)
    stored = editor.read()
    editor.leave()
    _refuse_differences(saved.permissions.differences(stored.permissions), "saved")
    if stored.active != wanted.active:
        raise NotStored(f'The security level "{wanted.name}" was saved, but its Active box reads {stored.active}.')
    return stored


def _refuse_differences(found: Differences, done: str) -> None:
    """Fail if the page does not read as it should; names the controls."""
    differences = {str(name): {"expected": want, "read": got} for name, (want, got) in found.items()}
    if differences:
        lines = [f"{name}: should read {d['expected']!r}, reads {d['read']!r}" for name, d in differences.items()]
        raise NotStored(
            f"What was {done} is not what the page shows. Another administrator may be at work, or Autotask did not "
            f"take it. Run again; if it stays, check by hand:\n" + "\n".join(f"- {line}" for line in lines[:20]),
            differences=differences,
        )


def _difference(before: SecurityLevelState, after: SecurityLevelState) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    """Only what differs, as the two sides of an Ansible diff."""
    was, will_be = changes_between(before.permissions, after.permissions)
    if before.active == after.active:
        return was, will_be
    return {"active": before.active, **was}, {"active": after.active, **will_be}


def _new_level(wanted: WantedLevel) -> dict[str, t.Any]:
    return {
        "name": wanted.name,
        "copied_from": wanted.copy_from,
        "active": wanted.active,
        "permissions": as_permissions(wanted.permissions),
    }


def _refuse_system_level(name: str, done: str) -> None:
    if SYSTEM_MARK in name.casefold():
        raise ConsoleError(
            f'"{name}" is a system level of Autotask and cannot be {done}. Copy it first.', "system_level"
        )


def _as_settable(control: Control) -> Control:
    return control if control.kind == "readonly" else replace(control, enabled=True)
