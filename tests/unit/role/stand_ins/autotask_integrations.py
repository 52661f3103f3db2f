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

module = stand_in("autotask_integrations")
journal = journal_of(module)
wanted = module.params["integrations"]
done = Done(wanted)
differences = []
for name, key, params in objects_in(wanted):
    is_level = key == LEVEL
    journal.note("level" if is_level else "user", {**module.params, **params})
    log_in(module)
    try:
        result = (ensure_level if is_level else ensure_user)(journal, params)
    except Failed as failed:
        failed.told["failure"].update(integration=name, object=key)
        module.fail_json(integrations=done.as_data(), changed=bool(differences), diff=differences, **failed.told)
    differences += [result["diff"]] if result["changed"] else []
    done.add(name, key, result)
module.exit_json(integrations=done.as_data(), changed=bool(differences), diff=differences)
