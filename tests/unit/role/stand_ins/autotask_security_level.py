#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import Failed, console_module, ensure_level, log_in

module, journal = console_module("autotask_security_level", "level")
log_in(module)
if module.params["state"] == "absent":
    users = {name: user for name, user in journal.objects().items() if "active" in user}
    holders = [{"first_name": name, **user} for name, user in users.items()]
    if holders:
        active = [user["first_name"] for user in holders if user["active"]]
        failure = {"reason": "in_use", "users": [user["first_name"] for user in holders], "active_users": active}
        module.fail_json(msg="The level is in use.", failure=failure)
    module.exit_json(changed=False, diff={"before": {}, "after": {}})
try:
    result = ensure_level(journal, module.params)
except Failed as failed:
    module.fail_json(**failed.told)
module.exit_json(**result)
