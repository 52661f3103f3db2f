#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import (
    LEVEL,
    Done,
    Failed,
    ensure_level,
    ensure_user,
    journal_of,
    log_in,
    objects_in,
    stand_in,
)

module = stand_in("autotask_integrations_info")
journal = journal_of(module, only_reads=True)
wanted = module.params["integrations"]
is_crowded = journal.tenant == "crowded"
# Pages choose names.
ODD = "Odd | <b>[x](y)\x07"
LANDMARKS = {
    "security_levels": ["Security Levels"],
    "copy": [] if is_crowded else ["Copy"],
    "delete": [],
    "level_name": ["Name"],
    "user_name": ["Username (Key)"],
    "show_inactive": ["Show Inactive"],
}


def levels():
    names = ["API User (system)", *(f"Level {n}" for n in range(50 if is_crowded else 2))]
    names += [ODD] if journal.tenant == "lived_in" else []
    return [{"name": name, "system": "system" in name, "api_only": True, "active": True} for name in names]


def read_level(name):
    settings = {
        "settings": {"CRM": {"Organizations": {"Add": "Yes"}}, ODD: {}},
        "permissions": {"crm": {"organizations": {"add": True}}},
        "not_in_permissions": [],
        "unknown_settings": ["CRM > New", ODD],
    }
    found = [level for level in levels() if level["name"] == name] or levels()
    return {"name": name, "security_levels": [{**found[0], **settings}]}


def users():
    vendor = {"type": "vendor", "name": "No such vendor"}
    strangers = {"before": ("Another level", vendor), "holder": ("Work 365 API User", None)} if is_crowded else {}
    return [{"name": key, **user} for key, user in journal.objects().items() if "user_name" in user] + [
        {
            "name": key.capitalize(),
            "user_name": f"{key}@crowded.example",
            "active": True,
            "security_level": level,
            "tracking": tracking,
        }
        for key, (level, tracking) in strangers.items()
    ]


log_in(module)
done = Done(wanted)
for name, key, params in objects_in(wanted):
    is_level = key == LEVEL
    journal.note("level" if is_level else "user", {**module.params, **params})
    try:
        result = (ensure_level if is_level else ensure_user)(journal, params)
    except Failed as failed:
        if is_level and module.params["stop_at_levels"]:
            module.fail_json(integrations=done.as_data(), levels_read=[], **failed.told)
        result = {"failed": True, **failed.told}
    done.add(name, key, result)
seen = {"security_levels": levels()} if module.params["list_levels"] else {}
to_read = module.params["read_levels"]
if module.params["read_users"]:
    journal.note("users")
    seen["users_read"] = {"resources": users()}
    if module.params["read_levels_of_users"]:
        to_read = list(dict.fromkeys([*to_read, *(user["security_level"] for user in users())]))
diagnostics = {"diagnostics": {"landmarks": LANDMARKS}} if module.params["diagnostics"] else {}
module.exit_json(integrations=done.as_data(), levels_read=[read_level(name) for name in to_read], **seen, **diagnostics)
