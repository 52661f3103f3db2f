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
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import (
    HERE,
    LIST,
    ROLES,
    SEVERAL_ROLE,
    WORK365_ROLE,
    Given,
    misnamed_lists,
    not_read,
    role_for,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import Around, TenantPlan
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.planner import IN_A_PLAYBOOK
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.several import SeveralPlanner
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import Tags
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.work365 import Work365Planner


class ActionModule(ControllerAction):
    """Looks at what was given for a tenant, and plans what a run does."""

    SPEC: t.ClassVar[Spec] = {
        "entry_point": {"type": "str", "required": True},
        "role": {"type": "str", "choices": [SEVERAL_ROLE, WORK365_ROLE], "required": True},
    }

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        options = self.options()
        role, entry_point = options["role"], options["entry_point"]
        if self._runs_once() and entry_point != "audit_report" and len(task_vars.get("ansible_play_batch") or ()) > 1:
            raise Misread(
                ["run_once: only one host would be worked on, and the others would get its result; leave it out"]
            )
        mistakes = misnamed_lists(task_vars)
        if IN_A_PLAYBOOK in task_vars:
            role = role_for(role, entry_point, task_vars)
            # Without what the roles say of their options by themselves.
            mistakes += not_read(role, entry_point, task_vars["hostvars"][task_vars["inventory_hostname"]])
        return self._plan(role, entry_point, task_vars, redactor, mistakes).as_data()

    def _runs_once(self) -> bool:
        """Whether one host stands for all; what is said of a task that includes the role is not said of its tasks."""
        part = self._task
        while part is not None:
            if getattr(part, "run_once", False):
                return True
            part = part._parent
        return False

    def _plan(
        self,
        role: str,
        entry_point: str,
        variables: t.Mapping[str, t.Any],
        redactor: Redactor,
        mistakes: t.Sequence[str],
    ) -> TenantPlan:
        around = self._around(entry_point, variables)

        def given_to(role: str, known: t.Mapping[str, t.Any] = variables) -> Given:
            given = Given.of_role(ROLES / role, entry_point)
            given.take(
                known,
                self._templar.copy_with_new_env(available_variables=known).template,
                lambda: self._variables_of(ROLES / role),
            )
            for secret in given.secrets():
                redactor.add(secret)
            return given

        def given_to_work365() -> Given:
            return given_to(WORK365_ROLE, {**self._variables_of(ROLES / WORK365_ROLE), **variables})

        given = given_to(role)
        given.mistakes += mistakes
        if role == WORK365_ROLE:
            return Work365Planner(given, around).plan()
        return SeveralPlanner(given, around, given_to_work365).plan()

    def _variables_of(self, role: Path) -> dict[str, t.Any]:
        """The defaults of a role that is not running."""
        files = sorted((role / "defaults" / "main").glob("*.yml"))
        loaded = [self._loader.load_from_file(str(path), trusted_as_template=True) for path in files]
        return {name: value for variables in loaded for name, value in variables.items()}

    def _around(self, entry_point: str, variables: t.Mapping[str, t.Any]) -> Around:
        names = ("ansible_inventory_sources", *((*HERE, IN_A_PLAYBOOK) if IN_A_PLAYBOOK in variables else ()))
        known = {name: self._templar.template(variables[name]) for name in names if name in variables}
        known |= {LIST: True} if LIST in variables else {}
        return Around(
            host=variables["inventory_hostname"],
            entry_point=entry_point,
            home=Path(constants.config.get_config_value("ANSIBLE_HOME")),
            run_folder=Path(constants.DEFAULT_LOCAL_TMP) / "msp.autotask",
            variables=known,
            tags=self._tags(variables),
            check=self._task.check_mode,
        )

    def _tags(self, variables: t.Mapping[str, t.Any]) -> Tags:
        """This task is one that runs always; what other tags it has, the whole role has."""
        only, skip = (variables.get(f"ansible_{kind}_tags") or [] for kind in ("run", "skip"))
        return Tags(only or ("all",), skip, set(self._task.tags) - {"always"})
