# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.audit_report; the module of that name documents it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.controller import ControllerAction, Result, Spec
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import absolute
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.report_folder import ReportFolder, of_parts

TEMPLATES = Path(__file__).parents[2] / "roles" / "integration" / "templates"


class ActionModule(ControllerAction):
    """Adds this run's results to the folder's report."""

    SPEC: t.ClassVar[Spec] = {
        "folder": {"type": "str", "required": True},
        "results": {"type": "dict"},
        "parts": {"type": "list", "elements": "str"},
        "fleet": {"type": "list", "elements": "str", "default": []},
        "left": {"type": "list", "elements": "str", "default": []},
    }

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        del redactor
        options = self.options()
        known = {"ansible_inventory_sources": task_vars.get("ansible_inventory_sources")}
        folder = ReportFolder(absolute(options["folder"], known), TEMPLATES)
        results = options["results"]
        if results is None:
            results = of_parts([absolute(part, known) for part in options["parts"] or []], options["fleet"])
        report = folder.add(results, options["fleet"], options["left"], check=self._task.check_mode)
        # Only what changes a tenant counts as a change of an audit.
        return {name: report[name] for name in ("counts", "drifts", "missed", "news")}
