# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.fleet_check; the module of that name documents it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._controller_action import ControllerAction, Result, Spec
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet_check import refuse_common_mistakes, tenants_of_run

ROLES = Path(__file__).parents[2] / "roles"


class ActionModule(ControllerAction):
    """Looks at the variables of all tenants."""

    SPEC: t.ClassVar[Spec] = {
        "role": {"type": "str", "default": "work365_integration"},
        "entry_point": {"type": "str", "required": True},
        "tenants": {"type": "list", "elements": "str", "required": True},
        "pattern": {"type": "str", "default": "autotask"},
    }

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        del redactor
        options = self.options()
        tenants = tenants_of_run(
            options["tenants"], task_vars["ansible_play_hosts_all"], options["pattern"], task_vars["groups"]
        )
        role = ROLES / options["role"]
        refuse_common_mistakes(role, options["entry_point"], tenants, task_vars["hostvars"].__getitem__)
        return {"tenants": tenants}
