#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import console_module

module, journal = console_module("autotask_security_level_info", "levels")
name = module.params["name"]
crowded = module.params["console_username"] == "admin@crowded.example"
levels = [{"name": "API User (system)", "system": True, "api_only": True, "active": True}]
levels += [
    {"name": f"Level {n}", "system": False, "api_only": True, "active": True} for n in range(50 if crowded else 2)
]
# Pages choose names.
odd = "Odd | <b>[x](y)\x07"
if module.params["console_username"] == "admin@lived_in.example":
    levels.append({"name": odd, "system": False, "api_only": True, "active": True})
settings = {
    "settings": {"CRM": {"Organizations": {"Add": "Yes"}}, odd: {}},
    "permissions": {"crm": {"organizations": {"add": True}}},
    "not_in_permissions": [],
    "unknown_settings": ["CRM > New", odd],
}
found = [level for level in levels if level["name"] == name][:1] or levels[:1] if name else levels
module.exit_json(
    security_levels=[{**level, **(settings if name else {})} for level in found],
    **journal.diagnostics(security_levels=["Security Levels"], copy=[] if crowded else ["Copy"], delete=[]),
)
