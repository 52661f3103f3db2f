# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares what the simulator really stores with what the role should have set up.

It asks nothing of the collection's own code: what the matrix grants is written down a second time, by hand, in the
words of the page. As a program it takes the simulator's state file and prints, for each tenant, the mistakes and how
often each kind of write happened.
"""

from __future__ import annotations

import collections
import json
import sys
import typing as t
from pathlib import Path

import yaml
from autotask_simulator.records import Event, Level, Resource
from autotask_simulator.settings_page import Control, page_for
from autotask_simulator.store import Store, Tenant

GRANTED = Path(__file__).resolve().parent.parent / "tests" / "unit" / "permissions" / "granted.yml"
LEVEL = "Work 365 API User"
VENDOR = "Work 365 Sync"

# What nobody asked for, in a control whose words do not say more or less: No Permission leaves it as it is.
LEFT_ALONE = object()

# What looking leaves in the simulator's event log. Everything else is a write.
LOOKING = {
    "GET",
    "api_user_form_opened",
    "api_user_opened",
    "level_opened",
    "logged_in",
    "logged_out",
    "page",
    "rows",
}


def granted() -> dict[str, t.Any]:
    """Return what Work 365 is to be granted: section, setting (and column), word of the page."""
    return t.cast(dict[str, t.Any], yaml.safe_load(GRANTED.read_text(encoding="utf-8")))


def mistakes(tenant: Tenant, permissions: t.Mapping[str, t.Any]) -> list[str]:
    """Say what of *tenant* is not as the role should have left it."""
    return [*level_mistakes(tenant, permissions), *user_mistakes(tenant)]


def level_mistakes(tenant: Tenant, permissions: t.Mapping[str, t.Any]) -> list[str]:
    custom = [level for level in tenant.levels() if not level.system]
    if [level.name for level in custom] != [LEVEL]:
        return [f"the custom levels are {[level.name for level in custom]}, not just {LEVEL!r}"]
    level = custom[0]
    found = [] if level.active else ["the level is inactive"]
    found += [] if level.api_only else ["the level is not API-only"]
    return found + setting_mistakes(tenant, level, permissions)


def setting_mistakes(tenant: Tenant, level: Level, permissions: t.Mapping[str, t.Any]) -> list[str]:
    """Compare every control of the tenant's page, the listed and the unlisted ones."""
    found = []
    for control in page_for(tenant.options, api_only=True).controls.values():
        wanted, stored = wanted_of(control, permissions), control.read(level.settings)
        if wanted is not LEFT_ALONE and wanted != stored:
            place = ".".join(filter(None, (control.section, control.key, control.column)))
            found.append(f"{place} is {stored!r}, not {wanted!r}")
    return found


def wanted_of(control: Control, permissions: t.Mapping[str, t.Any]) -> t.Any:
    """Return what the control should hold: what is granted, else nothing."""
    value = permissions.get(control.section, {}).get(control.key)
    if control.column and isinstance(value, t.Mapping):
        value = value.get(control.column)
    if value is None:
        return LEFT_ALONE if control.unranked else control.empty
    # Pages differ in their words: where one says All, another says Yes.
    return value if control.kind != "list" or value in control.meanings else control.full


def user_mistakes(tenant: Tenant) -> list[str]:
    """There is one user of Work 365 and one that proves its level, and no other with that level."""
    level_ids = {level.id for level in tenant.levels() if level.name == LEVEL}
    users = [user for user in tenant.api_users() if user.level_id in level_ids]
    found = []
    if sorted(user.tracking for user in users) != ["custom", "vendor"]:
        found.append(f"the users with the level are {[(user.user_name, user.tracking) for user in users]}")
    found += [f"{user.user_name} is inactive or locked" for user in users if not user.active or user.locked]
    found += [
        f"the tracking identifier of {user.user_name} is not that of {VENDOR}"
        for user in users
        if user.tracking == "vendor" and vendor_of(tenant, user) != VENDOR
    ]
    return found


def vendor_of(tenant: Tenant, user: Resource) -> str | None:
    return next((vendor.label for vendor in tenant.vendors() if vendor.id == user.vendor_id), None)


def writes(tenant: Tenant) -> list[Event]:
    """Return what happened to the tenant beside looking."""
    return [event for event in tenant.events() if not is_look(event)]


def is_look(event: Event) -> bool:
    # The REST API logs its methods, and queries are posted.
    return event.verb in LOOKING or (event.verb == "POST" and event.object.endswith("/query"))


def main() -> None:
    permissions = granted()
    tenants = Store(sys.argv[1]).tenants()
    report = {
        tenant.domain: {
            "mistakes": mistakes(tenant, permissions),
            "writes": collections.Counter(event.verb for event in writes(tenant)),
        }
        for tenant in tenants
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
