# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.audit_report; the module of that name documents it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible.plugins.action import ActionBase
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import absolute
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain
from ansible_collections.msp.autotask.plugins.plugin_utils._report_folder import ReportFolder

SPEC: dict[str, dict[str, t.Any]] = {
    "folder": {"type": "str", "required": True},
    "results": {"type": "dict", "required": True},
    "fleet": {"type": "list", "elements": "str", "default": []},
    "left": {"type": "list", "elements": "str", "default": []},
}
TEMPLATES = Path(__file__).parents[2] / "roles" / "work365_integration" / "templates"


class ActionModule(ActionBase):
    """Runs on the controller only, whatever the host's connection is."""

    _requires_connection = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        result = t.cast("dict[str, t.Any]", super().run(tmp, task_vars))
        _result, validated = self.validate_argument_spec(SPEC)
        options = plain(validated)
        known = {"ansible_inventory_sources": (task_vars or {}).get("ansible_inventory_sources")}
        try:
            folder = ReportFolder(absolute(options["folder"], known), TEMPLATES)
            report = folder.add(options["results"], options["fleet"], options["left"], check=self._task.check_mode)
        except AutotaskError as error:
            result.update(failed=True, msg=error.message, failure=dict(error.details, reason=error.reason))
            return result
        # Only what changes a tenant counts as a change of an audit.
        result.update(changed=False, **{name: report[name] for name in ("counts", "drifts", "missed", "news")})
        return result
