# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The search for an API user by its user name, which no list shows."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Row
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import (
    ApiUserState,
    Wish,
    same_user_name,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Resources
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Identity, Memory, WantedUser

Found = tuple[ApiUserForm, ApiUserState]


@dataclass
class Search:
    """The search for one user by its user name, which lists do not show: rows are opened, each once.

    One that is known to be another user's is not opened again by later searches either.
    """

    resources: Resources
    wanted: WantedUser
    memory: Memory
    seen: set[Identity] = field(default_factory=set)
    """The rows that this search is done with."""
    others: list[ApiUserState] = field(default_factory=list)
    """API users that were looked at and are not the wanted one."""

    def near(self) -> Found | None:
        """Among those of its name, then those who have its security level."""
        return self._among(self._near_rows())

    def everywhere(self) -> Found | None:
        """Among all who have a level for API users."""
        return self._among(row for level in self._api_levels() for row in self.resources.having(level))

    def as_stored(self, state: t.Mapping[str, Wish]) -> Search:
        """A new search, for a user that is stored as *state* says."""
        known = {name: state.get(name) for name in ("user_name", "first_name", "last_name", "security_level")}
        return self.anew(**t.cast("dict[str, t.Any]", known))

    def anew(self, **known: t.Any) -> Search:
        """A new search in the same list, for what is *known* of the user by now."""
        return Search(self.resources, replace(self.wanted, **known), self.memory)

    def has_unopened_rows(self) -> bool:
        """Whether there is a row near that nobody has opened, or that of the wanted user."""
        return any(self._may_be_wanted(identity_of(row)) for row in self._near_rows())

    def _near_rows(self) -> t.Iterator[Row]:
        wanted = self.wanted
        if wanted.last_name:
            yield from self.resources.named(wanted.first_name or "", wanted.last_name)
        if wanted.security_level:
            yield from self.resources.having(wanted.security_level)

    def _api_levels(self) -> t.Sequence[str]:
        if self.memory.api_levels is None:
            levels = SecurityLevels(self.resources.window)
            levels.open()
            self.memory.api_levels = levels.api_only()
            self.resources.open()
        return self.memory.api_levels

    def _among(self, rows: t.Iterable[Row]) -> Found | None:
        for row in rows:
            identity = identity_of(row)
            if identity in self.seen:
                continue
            self.seen.add(identity)
            if self._may_be_wanted(identity) and (form := self._open(row)):
                return form
            if other := self.memory.users[identity]:
                self.others.append(other)
        return None

    def _open(self, row: Row) -> Found | None:
        """Open a row, and leave it again unless it is that of the wanted user."""
        form = self.resources.edit(row)
        state = self.memory.users[identity_of(row)] = form.read() if form else None
        if form is None or state is None:
            return None
        if self._is_wanted(state):
            return form, state
        form.leave()
        return None

    def _may_be_wanted(self, identity: Identity) -> bool:
        if identity not in self.memory.users:
            return True
        state = self.memory.users[identity]
        return state is not None and self._is_wanted(state)

    def _is_wanted(self, state: ApiUserState) -> bool:
        return same_user_name(state.user_name, self.wanted.user_name)


def identity_of(row: Row) -> Identity:
    # Rows that look alike are told apart by their order, as long as there are as many of them.
    return row.looks, row.key, row.nth, row.twins
