# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that say what is looked at in a tenant, what they ask for, and what is told of it."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.options import refuse_empty
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.integration_options import (
    by_integration,
    integration_options,
    results_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.looks import (
    LEVELS,
    USERS,
    Asked,
    Looks,
    Place,
    place_of_level,
)
from ansible_collections.msp.autotask.plugins.module_utils._reporting import failure_of

Params = t.Mapping[str, t.Any]


def look_options() -> dict[str, t.Any]:
    """The argument specification of what is looked at."""
    return {
        **integration_options(),
        "list_levels": {"type": "bool", "default": False},
        "read_levels": {"type": "list", "elements": "str", "default": []},
        "read_users": {"type": "bool", "default": False},
        "read_levels_of_users": {"type": "bool", "default": False},
        "stop_at_levels": {"type": "bool", "default": False},
    }


def asked(params: Params) -> Asked:
    """What the options ask for besides the integrations."""
    for name in params["read_levels"]:
        refuse_empty({"read_levels": name})
    return Asked(
        lists_levels=params["list_levels"],
        levels=params["read_levels"],
        users=params["read_users"],
        levels_of_users=params["read_levels_of_users"],
        stops_at_levels=params["stop_at_levels"],
    )


def looks_result(looks: Looks, integrations: t.Sequence[Params]) -> dict[str, t.Any]:
    """What a module returns of everything that was looked at, also if it fails later."""
    failures = {place: _told_of(error) for place, error in looks.failed.items()}

    def answer(place: Place, what: str) -> dict[str, t.Any] | None:
        return {what: looks.seen[place]} if place in looks.seen else failures.get(place)

    levels = [(name, answer(place_of_level(name), "security_levels")) for name in looks.levels]
    users = answer(USERS, "resources")
    return {
        "changed": False,
        "integrations": by_integration(integrations, {**results_of(looks, integrations), **failures}),
        "levels_read": [{"name": name, **found} for name, found in levels if found],
        **({"security_levels": looks.seen[LEVELS]} if LEVELS in looks.seen else {}),
        **({"users_read": users} if users else {}),
    }


def _told_of(failure: Exception) -> dict[str, t.Any]:
    told = failure_of(failure)
    # Those of the whole run are told once.
    told["failure"].pop("warnings", None)
    return {"failed": True, **told}
