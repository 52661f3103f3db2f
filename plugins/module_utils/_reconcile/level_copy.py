# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A copy on its way to become a level: Autotask may store it the moment it is made, under a name of its own.

Whose a copy is cannot be read off it. What can be: an inactive copy that still has Autotask's name for it, that nobody
has, and in which no setting differs from its source, holds nothing of anybody's. That is what an interrupted run
leaves, and what copying anew would give, so it is taken up. Every other one may be somebody's unfinished work: it is
left alone, and told of.
"""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._console.console import named_failures, opened_elsewhere
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, Refused
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import (
    SecurityLevelEditor,
    SecurityLevels,
    SecurityLevelState,
    is_copy_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Reading, identify
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import WantedLevel
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name


@dataclass
class Copy:
    """A copy of a level, open in its editor."""

    levels: SecurityLevels
    wanted: WantedLevel
    base: SecurityLevelState
    known: t.Sequence[str]
    """The levels that there were before it was made."""
    name: str = ""
    """What Autotask calls it; empty until its editor was seen."""
    made_here: bool = True
    """Whether this run made it, and did not take it up."""
    is_named: bool = False
    """Whether it was saved under the wanted name, and so is the level itself."""
    editor: SecurityLevelEditor = field(init=False)

    def open(self) -> None:
        """Make it, or open the one that is taken up, and give it the wanted name; nothing is saved yet."""
        if self.made_here:
            self.editor = self.levels.copy(self.wanted.copy_from)
            self.name = self.editor.rename(self.wanted.name)
        else:
            self.editor = self.levels.edit(self.name)
            self.editor.rename(self.wanted.name)

    def remove(self) -> bool | None:
        """Delete it if this run made it, from a window of its own; whether it is gone, None if nobody could look."""
        if not self.made_here:
            return False
        with contextlib.suppress(AutotaskError, PlaywrightError), opened_elsewhere(self.levels) as levels:
            stored = self._stored_in(levels)
            if stored is None:
                return True
            with contextlib.suppress(Refused):
                levels.delete(stored)
            levels.open()
            return not any(same_name(name, stored) for name in levels.names())
        return None

    def tell(self, error: AutotaskError) -> None:
        """Remove it unless it is the level by now, and say in the failure what became of it."""
        gone = False if self.is_named else self.remove()
        name = self.wanted.name if self.is_named else self.name or f"a copy of {self.wanted.copy_from}"
        if self.is_named:
            said = f'The level "{name}" is there now, as this run has made it.'
        elif gone:
            said = f'The copy that this run had made, "{name}", is not there any more.'
        elif not self.made_here:
            said = f'The level "{name}", an untouched copy that had been taken up for it, is there as it was before.'
        elif gone is None:
            said = f'Whether the copy that this run had made, "{name}", is still there could not be seen.'
        else:
            said = f'The copy that this run had made, "{name}", is still there; delete it by hand.'
        error.message += f" {said}"
        error.details["unfinished_copy"] = {"name": name, "made_here": self.made_here, "gone": gone}

    def _stored_in(self, levels: SecurityLevels) -> str | None:
        """The name by which the list has it; None if it has it not. Fails where that cannot be told."""
        names = levels.names()
        if self.name and any(same_name(name, self.name) for name in self.known):
            raise ConsoleError(f'There was a level named "{self.name}" before.', "not_unique")
        if self.name:
            return next((name for name in names if same_name(name, self.name)), None)
        new = [name for name in names if name not in self.known and is_copy_of(self.wanted.copy_from, name)]
        if len(new) > 1 or (new and _whose(levels, new[0], self.wanted, self.base)):
            raise ConsoleError("Somebody else is copying the same level.", "not_unique")
        return new[0] if new else None


@contextlib.contextmanager
def take_up_copy(levels: SecurityLevels, wanted: WantedLevel, base: SecurityLevelState) -> t.Iterator[Copy]:
    """A copy of the level *base* to go on with. A failure removes it if it was made here, and says what became of it.

    Raises whatever ends the work in between, with C(unfinished_copy) in its details.
    """
    known = levels.names()
    left = _left_by_an_interrupted_run(levels, known, wanted, base)
    copy = Copy(levels, wanted, base, known, name=left or "", made_here=left is None)
    try:
        with named_failures(levels.window.page.context, levels.window.journal):
            copy.open()
            yield copy
    except AutotaskError as error:
        copy.tell(error)
        raise


def _left_by_an_interrupted_run(
    levels: SecurityLevels, names: t.Iterable[str], wanted: WantedLevel, base: SecurityLevelState
) -> str | None:
    """The name of a copy that holds nothing of anybody's, if there is one."""
    journal = levels.window.journal
    for name in [name for name in names if is_copy_of(wanted.copy_from, name)]:
        reason = _whose(levels, name, wanted, base)
        if reason is None:
            journal.warn(
                f'The level "{name}" was taken up: an untouched copy that nobody has, as an interrupted run leaves it.'
            )
            return name
        journal.warn(f'The level "{name}" is a copy without a name of its own. It was left alone: {reason}.')
    return None


def _whose(levels: SecurityLevels, name: str, wanted: WantedLevel, base: SecurityLevelState) -> str | None:
    """What shows that the copy *name* may be somebody's; None if nothing does."""
    editor = levels.edit(name)
    try:
        state = editor.read(wanted.awaited_sections)
        if state.active is not False:
            return "it is active"
        touched = _touched(base, state)
        if touched:
            return f"somebody has changed {touched[0]}"
        users = [user for user, _active in editor.users()]
        return f"{users[0]} has it" if users else None
    finally:
        editor.leave()


def _touched(base: SecurityLevelState, copy: SecurityLevelState) -> list[str]:
    """The settings in which a copy differs from its source."""
    before, after = _values_by_setting(base.permissions), _values_by_setting(copy.permissions)
    return [place[-1] for place in before | after if before.get(place) != after.get(place)]


def _values_by_setting(permissions: Reading) -> dict[tuple[str, ...], t.Any]:
    """Every value, for what the catalog knows by its key, since a system level's page may be divided otherwise.

    What a copy lacks because whoever makes it does not have it is left out.
    """
    values: dict[tuple[str, ...], t.Any] = {}
    for name, control in permissions.named():
        identity = identify(control)
        if identity is None:
            values[name.section, str(name)] = control.value
        elif not identity.setting.held_only and control.kind != "readonly":
            values[identity.setting.key, name.label, name.column or name.label] = control.value
    return values
