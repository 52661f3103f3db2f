# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A look at a tenant in one run of the console: its integrations against what is wanted, and what else is to be seen.

What one look fails at stands in the place of what it would have seen, and the others are taken all the same.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console.console import ConsoleSettings, each_in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.integrations import (
    LEVEL,
    Integrations,
    Place,
    Visit,
    WantedIntegration,
    Work,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_reading import is_known, whole_levels
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_reading import rows_of, whole_user
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name

LEVELS = Place("", "security_levels")
USERS = Place("", "resources")


def place_of_level(name: str) -> Place:
    """Where what was read of a level is, apart from that of any integration."""
    return Place("", f"security level {name}")


@dataclass(frozen=True)
class Asked:
    """What is to be seen besides the integrations."""

    lists_levels: bool = False
    levels: t.Sequence[str] = ()
    """The names of those to read whole."""
    users: bool = False
    """Whether all API users are read."""
    levels_of_users: bool = False
    """Whether the levels that those users have are read whole, too."""
    stops_at_levels: bool = False
    """Whether nothing more is looked at where the level of an integration could not be."""


class Looks(Integrations):
    """One look at a tenant. Its journal must be one that only reads."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = Asked()
        self._works: list[Work] = []
        self.levels: list[str] = []
        """The names of the levels that are read whole, as far as it is known."""
        self.seen: dict[Place, list[dict[str, t.Any]]] = {}
        self.failed: dict[Place, Exception] = {}

    def take(
        self, asked: Asked, wanted: t.Sequence[WantedIntegration], settings: ConsoleSettings, journal: Journal
    ) -> None:
        """See everything, in one console. A failure says at which object it happened."""
        self._asked = asked
        self.levels += dict.fromkeys(asked.levels)
        self.do(wanted, settings, journal)

    def _each(self, settings: ConsoleSettings, journal: Journal) -> None:
        def give_up(failure: Exception) -> None:
            self._give_up(failure)
            journal.allow_anew()

        if self._asked.lists_levels:
            self._works.append(self._list_levels)
        self._works += self._level_works()
        self._works += [functools.partial(self._read_level, name) for name in self.levels]
        self._works += self._user_works()
        if self._asked.users:
            self._works.append(self._read_users)
        each_in_console(settings, journal, self._works, give_up)

    def _give_up(self, failure: Exception) -> None:
        """Note that the object could not be looked at; raises what keeps others from being looked at, too."""
        place = t.cast(Place, self.at)
        if place == LEVELS or (place.object == LEVEL and self._asked.stops_at_levels):
            raise failure
        self.failed[place] = failure
        # What keeps the next browser out of the console is no matter of this one.
        self.at = None

    def _begin(self, place: Place, step: str, window: Window) -> Visit:
        window.journal.allow_anew()
        return super()._begin(place, step, window)

    def _is_planned(self, name: str | None) -> bool:
        """What becomes of a level is said of the level; its users are compared as if it were there."""
        return True

    def _list_levels(self, window: Window) -> None:
        visit = self._begin(LEVELS, "List the security levels", window)
        self.seen[LEVELS] = visit.open_levels().overview()
        self._note_api_levels(visit)

    def _read_level(self, name: str, window: Window) -> None:
        place = place_of_level(name)
        visit = self._begin(place, f'Read the security level "{name}"', window)
        levels = visit.levels if is_known(visit.levels, name) else visit.open_levels()
        self.seen[place] = whole_levels(levels, name)

    def _read_users(self, window: Window) -> None:
        visit = self._begin(USERS, "Read all API users", window)
        if visit.memory.api_levels is None:
            self._note_api_levels(visit)
        resources = visit.open_resources()
        rows = rows_of(resources, visit.memory.api_levels or ())
        self.seen[USERS] = users = [whole_user(resources, row, visit.memory) for row in rows]
        if self._asked.levels_of_users:
            self._go_on_with([user["security_level"] for user in users])

    def _go_on_with(self, levels: t.Iterable[str]) -> None:
        """Let the *levels* be read, too."""
        for name in levels:
            if not any(same_name(name, known) for known in self.levels):
                self.levels.append(name)
                self._works.append(functools.partial(self._read_level, name))
