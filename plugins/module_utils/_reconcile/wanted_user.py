# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wanted of an API user, what the work is done with, and what came of it."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import (
    LISTS,
    TEXTS,
    ApiUserState,
    Tracking,
    Wish,
)
from ansible_collections.msp.autotask.plugins.module_utils._handover import Handover


@dataclass(frozen=True)
class WantedUser:
    """What is wanted of a user; None is not managed.

    *user_name* is the whole name, or only the key before its "@".
    """

    user_name: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    security_level: str | None = None
    tracking: Tracking | None = None
    location: str | None = None
    date_format: str | None = None
    time_format: str | None = None
    number_format: str | None = None
    active: bool | None = None
    unlock: bool | None = None
    secret: str | None = None
    replace_secret: bool = False
    refuse_in_use: bool = False
    """Whether *replace_secret* is for a new user or an inactive one only: *secret* was made just now, so that of a user
    that somebody signs in as is another one."""
    allow_another: bool = False
    must_exist: bool = False
    """Whether it is a failure that there is no such user, whatever creating it would take."""
    level_is_planned: bool = False
    """In a read-only run: the level need not exist yet."""

    def fields(self) -> dict[str, Wish]:
        """The fields that are managed, by their names on the form; the user name apart."""
        wanted = {name: getattr(self, name) for name in (*TEXTS, *LISTS, "active", "tracking")}
        boxes = {"locked": False} if self.unlock else {}
        return {name: value for name, value in wanted.items() if value is not None} | boxes


Identity = tuple[t.Any, ...]
"""What tells the rows of one list apart."""


@dataclass
class Memory:
    """What searches learned of a tenant, so that later ones need not look again."""

    users: dict[Identity, ApiUserState | None] = field(default_factory=dict)
    """Whom the rows stand for that were opened; None is nobody who is an API user."""
    api_levels: t.Sequence[str] | None = None
    """The levels for API users only."""


@dataclass(frozen=True)
class Means:
    """What the work is done with, besides the browser."""

    learn: t.Callable[[str], None] = lambda _secret: None
    """Told every secret that turns up, so that nothing shows it."""
    handover: Handover | None = None
    memory: Memory = field(default_factory=Memory)


@dataclass
class Outcome:
    """What was found, and what was or would be done."""

    changed: bool
    before: dict[str, t.Any]
    after: dict[str, t.Any]
    state: ApiUserState | None = None
    created: bool = False
    secret_set: bool = False
    handed_over: bool = False
    """Whether the secret that was set is Autotask's own."""
    tracking_identifier: str | None = None
    others: list[str] = field(default_factory=list)
    """User names of other API users with the same tracking identifier."""
