# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.integration_result; the module of that name documents it."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.controller import ControllerAction, Result, Spec
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.results import failed_with, outcome_of


class ActionModule(ControllerAction):
    """Says what an entry point of a role came to."""

    SPEC: t.ClassVar[Spec] = {
        "plan": {"type": "dict"},
        "answers": {"type": "dict"},
        "failed": {"type": "dict"},
    }

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        del task_vars, redactor
        options = self.options()
        if options["failed"] is not None:
            return {"result": failed_with(options["failed"]).as_data()}
        return outcome_of(options["plan"], options["answers"], self._task.check_mode).as_data()
