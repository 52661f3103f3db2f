# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's integrations, each a security level and the API users that have it, brought to what is wanted of them.

First all levels, then all users: each list is opened once. Each level and each user is an object of its own: it is
begun again by itself, and what was done to those before it is known whatever becomes of it.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.console import ConsoleSettings, each_in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Resources
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._handover import Handover
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import resource, security_level
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import WantedLevel
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Means, Memory, WantedUser
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name

LEVEL = "security_level"
"""What an integration's level is called among its objects; users are called by their keys."""

# Written so for ansible-test, which knows the other form in annotations only.
Outcome: t.TypeAlias = "security_level.Outcome | resource.Outcome"
Work: t.TypeAlias = "t.Callable[[Window], None]"


@dataclass(frozen=True)
class WantedResource:
    """One user of an integration; *key* is what the caller calls it."""

    key: str
    user: WantedUser
    handover: Handover | None = None


@dataclass(frozen=True)
class WantedIntegration:
    """What is wanted of an integration; a level that is None is not managed."""

    name: str
    level: WantedLevel | None = None
    resources: tuple[WantedResource, ...] = ()


@dataclass(frozen=True)
class Place:
    """An object by what the caller calls it; one that belongs to no integration has none."""

    integration: str
    object: str

    def __str__(self) -> str:
        return f"{self.integration}: {self.object}"

    def as_data(self) -> dict[str, str]:
        return {**({"integration": self.integration} if self.integration else {}), "object": self.object}


class Visit:
    """The lists of a tenant in one window: that which was opened last lies open for the next object."""

    def __init__(self, window: Window, api_levels: t.Sequence[str] | None) -> None:
        self.window = window
        self.memory = Memory(api_levels=api_levels)
        self.levels = SecurityLevels(window)
        """What is known of the levels, whichever list lies open."""
        self._resources = Resources(window)
        self._open: SecurityLevels | Resources | None = None

    def open_levels(self) -> SecurityLevels:
        self._turn_to(self.levels)
        return self.levels

    def open_resources(self) -> Resources:
        self._turn_to(self._resources)
        return self._resources

    def _turn_to(self, wanted: SecurityLevels | Resources) -> None:
        if self._open is not wanted:
            wanted.open()
            self._open = wanted


class Integrations:
    """One run through the integrations of a tenant, and what was done so far."""

    def __init__(self) -> None:
        self._wanted: t.Sequence[WantedIntegration] = ()
        self._learn: t.Callable[[str], None] = Means.learn
        self._visit: Visit | None = None
        self._api_levels: t.Sequence[str] | None = None
        """The levels for API users only, as the list of levels told."""
        self.done: dict[Place, Outcome] = {}
        """What became of each object, in the order in which they were done."""
        self.at: Place | None = None
        """The object that is being worked at."""

    def do(self, wanted: t.Sequence[WantedIntegration], settings: ConsoleSettings, journal: Journal) -> None:
        """Bring everything to what is *wanted*, in one console. A failure says at which object it happened."""
        self._wanted, self._learn = wanted, settings.redactor.add
        try:
            self._each(settings, journal)
        except AutotaskError as error:
            error.details.update(self.at.as_data() if self.at else {})
            raise

    def _each(self, settings: ConsoleSettings, journal: Journal) -> None:
        each_in_console(settings, journal, [*self._level_works(), *self._user_works()])

    def _level_works(self) -> t.Iterator[Work]:
        for integration in self._wanted:
            if integration.level:
                yield functools.partial(self._do_level, Place(integration.name, LEVEL), integration.level)

    def _user_works(self) -> t.Iterator[Work]:
        for integration in self._wanted:
            for wanted in integration.resources:
                yield functools.partial(self._do_user, Place(integration.name, wanted.key), wanted)

    def _do_level(self, place: Place, wanted: WantedLevel, window: Window) -> None:
        visit = self._begin(place, f'Look at the security level "{wanted.name}" of {place.integration}', window)
        levels = visit.open_levels()
        self.done[place] = security_level.ensure_in(levels, wanted)
        self._note_api_levels(visit)

    def _do_user(self, place: Place, wanted: WantedResource, window: Window) -> None:
        visit = self._begin(place, f"Look at the API user {wanted.key} of {place.integration}", window)
        means = Means(self._learn, wanted.handover, visit.memory)
        user = replace(wanted.user, level_is_planned=self._is_planned(wanted.user.security_level))
        self.done[place] = resource.ensure_in(visit.open_resources(), user, means)

    def _begin(self, place: Place, step: str, window: Window) -> Visit:
        self.at = place
        window.journal.step(step)
        if self._visit is None or self._visit.window is not window:
            self._visit = Visit(window, self._api_levels)
        return self._visit

    def _note_api_levels(self, visit: Visit) -> None:
        self._api_levels = visit.memory.api_levels = visit.open_levels().api_only()

    def _is_planned(self, name: str | None) -> bool:
        """Whether this run makes the level *name* such that users can have it."""
        return any(
            wanted.level and same_name(wanted.level.name, name or "") and self._offers(wanted.level, wanted.name)
            for wanted in self._wanted
        )

    def _offers(self, wanted: WantedLevel, integration: str) -> bool:
        outcome = self.done.get(Place(integration, LEVEL))
        if not isinstance(outcome, security_level.Outcome) or not outcome.changed:
            return False
        return bool(outcome.state.active) if outcome.state else wanted.active is not False
