# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.integration_plan; the module of that name documents it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible import constants
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.controller import ControllerAction, Result, Spec
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import Given
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import Around, Plan, Planner
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.several import SeveralPlanner
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import Tags

WORK365_ROLE = "work365_integration"
SEVERAL = "integration"
"""The role for any integrations."""


class ActionModule(ControllerAction):
    """Looks at what was given for a tenant, and plans what a run does."""

    SPEC: t.ClassVar[Spec] = {"entry_point": {"type": "str", "required": True}}

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        entry_point = self.options()["entry_point"]
        given = self._given(Path(task_vars["role_path"]), entry_point, task_vars, redactor)
        return self._plan(given, entry_point, task_vars, redactor).as_data()

    def _plan(self, given: Given, entry_point: str, variables: t.Mapping[str, t.Any], redactor: Redactor) -> Plan:
        around = self._around(entry_point, variables)
        if around.role.name != SEVERAL:
            return Planner(given, around).plan()

        def of_work365() -> Given:
            role = around.role.parent / WORK365_ROLE
            return self._given(role, entry_point, {**self._variables_of(role), **variables}, redactor)

        return SeveralPlanner(given, around, of_work365).plan()

    def _given(self, role: Path, entry_point: str, variables: t.Mapping[str, t.Any], redactor: Redactor) -> Given:
        given = Given.of_role(role, entry_point)
        given.take(variables, self._templar.copy_with_new_env(available_variables=variables).template)
        for secret in given.secrets():
            redactor.add(secret)
        return given

    def _variables_of(self, role: Path) -> dict[str, t.Any]:
        """What a role that is not running says of its own variables."""
        files = [*sorted((role / "defaults" / "main").glob("*.yml")), role / "vars" / "main.yml"]
        loaded = [self._loader.load_from_file(str(path), trusted_as_template=True) for path in files]
        return {name: value for variables in loaded for name, value in variables.items()}

    def _around(self, entry_point: str, variables: t.Mapping[str, t.Any]) -> Around:
        names = (
            "ansible_inventory_sources",
            "ansible_connection",
            "ansible_become",
            "ansible_shell_type",
            "__msp_autotask_here",
        )
        known = {name: self._templar.template(variables[name]) for name in names if name in variables}
        return Around(
            host=variables["inventory_hostname"],
            entry_point=entry_point,
            role=Path(variables["role_path"]),
            home=Path(constants.config.get_config_value("ANSIBLE_HOME")),
            run_folder=Path(constants.DEFAULT_LOCAL_TMP) / "msp.autotask",
            variables=known,
            tags=self._tags(variables),
        )

    def _tags(self, variables: t.Mapping[str, t.Any]) -> Tags:
        """This task is one that runs always; what other tags it has, the whole role has."""
        only, skip = (variables.get(f"ansible_{kind}_tags") or [] for kind in ("run", "skip"))
        return Tags(only or ("all",), skip, set(self._task.tags) - {"always"})
