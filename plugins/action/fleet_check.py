# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.fleet_check; the module of that name documents it."""

from __future__ import annotations

import collections
import typing as t

from ansible.utils.vars import load_extra_vars
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.controller import ControllerAction, Result, Spec
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.check import (
    refuse_common_mistakes,
    refuse_unknown_names,
    tenants_of_run,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import HERE, PREFIX, elsewhere

TENANTS = f"{PREFIX}tenants"


class ActionModule(ControllerAction):
    """Looks at the variables of all tenants."""

    SPEC: t.ClassVar[Spec] = {
        "playbook": {"type": "str", "required": True},
        "tenants": {"type": "list", "elements": "str", "required": True},
        "pattern": {"type": "str", "default": "autotask"},
    }

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        del redactor
        options = self.options()
        here = {name: self._templar.template(task_vars[name]) for name in HERE if name in task_vars}
        if mistakes := [*elsewhere(here)]:
            raise Misread(mistakes)
        self._refuse_a_pattern_of_the_inventory(options["tenants"], task_vars)
        tenants = tenants_of_run(
            options["tenants"], task_vars["ansible_play_hosts_all"], options["pattern"], task_vars["groups"]
        )
        variables = self._variables_of(task_vars)
        refuse_common_mistakes(options["playbook"], tenants, variables)
        if options["playbook"] == "decommission":
            refuse_unknown_names(tenants, variables, task_vars["groups"]["all"])
        return {"tenants": tenants}

    def _refuse_a_pattern_of_the_inventory(self, tenants: t.Sequence[str], task_vars: t.Mapping[str, t.Any]) -> None:
        """Ansible knows no host's variables where it reads which hosts a play is for."""
        hosts = [task_vars["inventory_hostname"], *tenants[:1]]
        in_the_inventory = any(TENANTS in task_vars["hostvars"][host] for host in hosts)
        if in_the_inventory and TENANTS not in {*self._play_variables(), *load_extra_vars(self._loader)}:
            raise Misread([f"{TENANTS}: does not count in an inventory; give it with -e, or take it out"])

    def _variables_of(self, task_vars: t.Mapping[str, t.Any]) -> t.Callable[[str], t.Mapping[str, t.Any]]:
        """How to get a tenant's variables: with those of the play, which a playbook that imports this one may set."""
        hostvars = task_vars["hostvars"]
        here = hostvars[task_vars["inventory_hostname"]]
        names = [name for name in task_vars if name.startswith(PREFIX)]
        in_the_play = {*self._play_variables(), *(name for name in names if name not in here)}
        of_the_play = _Templated(
            {name: task_vars[name] for name in names if name in in_the_play}, self._templar.template
        )
        return lambda tenant: collections.ChainMap(of_the_play, hostvars[tenant])

    def _play_variables(self) -> t.Iterable[str]:
        part = self._task
        while part is not None and getattr(part, "_play", None) is None:
            part = part._parent
        return part._play.get_vars() if part is not None else ()


class _Templated(dict[str, t.Any]):
    """Variables that are worked out when somebody looks, so that one that fails is a mistake of its own."""

    def __init__(self, variables: t.Mapping[str, t.Any], template: t.Callable[[t.Any], t.Any]) -> None:
        super().__init__(variables)
        self._template = template

    def __getitem__(self, name: str) -> t.Any:
        return self._template(super().__getitem__(name))
