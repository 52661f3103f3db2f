# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's API users, read whole. One that a search has opened is not opened again."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Row
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Resources
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_search import identity_of
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Memory


def rows_of(resources: Resources, api_levels: t.Iterable[str]) -> t.Iterator[Row]:
    """The rows of all who have one of the *api_levels*.

    One level's users are to be looked at while the list shows them, before it is asked for those of the next.
    """
    return (row for level in api_levels for row in resources.having(level))


def summary_of(row: Row) -> dict[str, t.Any]:
    """What the list tells of a user."""
    return {"name": row.name, "security_level": row.security_level, "active": row.ticked("Active")}


def whole_user(resources: Resources, row: Row, memory: Memory) -> dict[str, t.Any]:
    """What list and form tell of a user; where no form of an API user opened, only the list."""
    identity = identity_of(row)
    if identity not in memory.users:
        form = resources.edit(row)
        memory.users[identity] = form.read() if form else None
        if form:
            form.leave()
    state = memory.users[identity]
    return {**summary_of(row), **(state.as_data() if state else {})}
