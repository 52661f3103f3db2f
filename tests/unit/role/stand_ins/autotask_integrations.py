#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import (
    Failed,
    ensure_level,
    ensure_user,
    journal_of,
    log_in,
    stand_in,
)

module = stand_in("autotask_integrations")
journal = journal_of(module)
wanted = module.params["integrations"]
objects = [(each["name"], "security_level", each["security_level"]) for each in wanted if each["security_level"]]
objects += [(each["name"], user["key"], user) for each in wanted for user in each["resources"]]
done = {each["name"]: {"name": each["name"], "security_level": None, "resources": []} for each in wanted}
differences = []
for name, key, params in objects:
    is_level = key == "security_level"
    journal.note("level" if is_level else "user", {**module.params, **params})
    log_in(module)
    try:
        result = (ensure_level if is_level else ensure_user)(journal, params)
    except Failed as failed:
        failed.told["failure"].update(integration=name, object=key)
        module.fail_json(integrations=list(done.values()), changed=bool(differences), diff=differences, **failed.told)
    differences += [result["diff"]] if result["changed"] else []
    if is_level:
        done[name]["security_level"] = result
    else:
        done[name]["resources"].append({"key": key, **result})
module.exit_json(integrations=list(done.values()), changed=bool(differences), diff=differences)
