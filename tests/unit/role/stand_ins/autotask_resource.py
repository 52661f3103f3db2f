#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import console_module

module, journal = console_module("autotask_resource", "user")
key = module.params["user_name"].split("@")[0]
exists = journal.knows(key) or key == "handmade"
if module.params["integration_vendor"] == "No such vendor":
    module.fail_json(msg="No such vendor is not in the list.", failure={"reason": "vendor_not_offered"})
if module.params["email"] == "taken@msp.example" and key != "taken":
    found = {"reason": "other_user_name", "user_names": [f"taken@{journal.tenant}.example"]}
    module.fail_json(msg="It exists already.", failure=found)
if not exists and not module.params["secret"]:
    module.fail_json(msg="A secret is needed.", failure={"reason": "user_missing"})
before = journal.objects().get(key, {})
given = {name: module.params[name] for name in ("first_name", "email", "security_level", "active")}
user = {
    **before,
    "user_name": f"{key}@{journal.tenant}.example",
    **{name: value for name, value in given.items() if value is not None},
}
if exists and module.params["update_secret"] == "if_unused" and before.get("active") is not False:
    module.fail_json(msg=f"The API user {key} is there already.", failure={"reason": "user_in_use", "user_name": key})
typed = bool(module.params["secret"]) and (not exists or module.params["update_secret"] != "on_create")
changed = journal.keep(key, user) or typed
journal.may_be_killed("user after")
result = {
    "changed": changed,
    "created": not exists,
    "secret_set": typed,
    "diff": {
        "before": {name: before.get(name) for name in user if before.get(name) != user[name]},
        "after": {name: value for name, value in user.items() if before.get(name) != value},
    },
    "resource": {
        "user_name": f"{key}@{journal.tenant}.example",
        "location": module.params["location"] or "Headquarters",
        "tracking": {"type": "vendor", "name": module.params["integration_vendor"]},
        "locked": False,
        "security_level": user.get("security_level"),
        **user,
    },
    **journal.diagnostics(user_name=["Username (Key)"]),
}
if module.params["internal_integration"] and module.params["return_tracking_identifier"]:
    result["tracking_identifier"] = "CANARY-TRACKING-IDENTIFIER"
module.exit_json(**result)
