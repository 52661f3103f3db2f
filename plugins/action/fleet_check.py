# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.fleet_check; the module of that name documents it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible.plugins.action import ActionBase
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet_check import refuse_common_mistakes, tenants_of_run
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain

SPEC: dict[str, dict[str, t.Any]] = {
    "role": {"type": "str", "default": "work365_integration"},
    "entry_point": {"type": "str", "required": True},
    "tenants": {"type": "list", "elements": "str", "required": True},
    "pattern": {"type": "str", "default": "autotask"},
}
ROLES = Path(__file__).parents[2] / "roles"


class ActionModule(ActionBase):
    """Runs on the controller only, whatever the host's connection is."""

    _requires_connection = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        result = t.cast("dict[str, t.Any]", super().run(tmp, task_vars))
        _result, validated = self.validate_argument_spec(SPEC)
        options, variables = plain(validated), task_vars or {}
        try:
            tenants = tenants_of_run(
                options["tenants"], variables["ansible_play_hosts_all"], options["pattern"], variables["groups"]
            )
            refuse_common_mistakes(
                ROLES / options["role"], options["entry_point"], tenants, variables["hostvars"].__getitem__
            )
            result.update(changed=False, tenants=tenants)
        except AutotaskError as error:
            result.update(failed=True, msg=error.message, failure=dict(error.details, reason=error.reason))
        return result
