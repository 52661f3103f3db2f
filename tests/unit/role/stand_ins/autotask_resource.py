#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import console_module

OPTIONS = {
    "user_name": {},
    "secret": {"no_log": True},
    "update_secret": {"no_log": False},
    "first_name": {},
    "last_name": {},
    "email": {},
    "security_level": {},
    "security_level_planned": {"type": "bool"},
    "location": {},
    "date_format": {},
    "time_format": {},
    "number_format": {},
    "integration_vendor": {},
    "internal_integration": {},
    "active": {"type": "bool"},
    "unlock": {"type": "bool"},
}

module, journal = console_module("user", OPTIONS)
key = module.params["user_name"].split("@")[0]
exists = journal.knows(key) or key == "handmade"
if module.params["integration_vendor"] == "No such vendor":
    module.fail_json(msg="No such vendor is not in the list.", failure={"reason": "vendor_not_offered"})
if module.params["email"] == "taken@msp.example" and key != "taken":
    found = {"reason": "other_user_name", "user_names": ["taken@tenant.example"]}
    module.fail_json(msg="It exists already.", failure=found)
if not exists and not module.params["secret"]:
    module.fail_json(msg="A secret is needed.", failure={"reason": "user_missing"})
user = {name: module.params[name] for name in ("first_name", "email", "security_level", "active")}
typed = bool(module.params["secret"]) and (not exists or module.params["update_secret"] == "always")
changed = journal.keep(key, user) or typed
journal.may_be_killed("user after")
result = {
    "changed": changed,
    "created": not exists,
    "secret_set": typed,
    "resource": {
        "user_name": f"{key}@tenant.example",
        "location": module.params["location"] or "Headquarters",
        "tracking": {"type": "vendor", "name": module.params["integration_vendor"]},
        "locked": False,
        **user,
    },
    "landmarks": {"user_name": ["Username (Key)"]},
}
if module.params["internal_integration"]:
    result["tracking_identifier"] = "CANARY-TRACKING-IDENTIFIER"
module.exit_json(**result)
