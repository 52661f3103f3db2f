#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import console_module

module, journal = console_module("autotask_resource_info", "users")
crowded = module.params["console_username"] == "admin@crowded.example"
users = [{"name": "Somebody", "user_name": "before@crowded.example"}] if crowded else []
module.exit_json(resources=users, **journal.diagnostics(show_inactive=["Show Inactive"]))
