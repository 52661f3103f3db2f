#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import console_module

module, journal = console_module("autotask_resource_info", "users")
vendor, level = {"type": "vendor", "name": "No such vendor"}, "Another level"
crowded = [
    {
        "name": "Before",
        "user_name": "before@crowded.example",
        "active": True,
        "security_level": level,
        "tracking": vendor,
    },
    {
        "name": "Holder",
        "user_name": "holder@crowded.example",
        "active": True,
        "security_level": "Work 365 API User",
        "tracking": None,
    },
]
users = [{"name": key, **user} for key, user in journal.objects().items() if "user_name" in user]
if module.params["console_username"] == "admin@crowded.example":
    users += crowded
module.exit_json(resources=users, **journal.diagnostics(show_inactive=["Show Inactive"]))
