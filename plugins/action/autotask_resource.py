# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in front of the module msp.autotask.autotask_resource, which documents it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible.constants import config
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._console_action import ConsoleAction, Result
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain
from ansible_collections.msp.autotask.plugins.plugin_utils._kept_user import KeptUser


class ActionModule(ConsoleAction):
    """Takes user name and secret from where they are kept, and notes there what came of it."""

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        # Ansible's own marks on texts are not to be kept.
        options = t.cast("dict[str, t.Any]", plain(self._task.args))
        user = self._kept_user(options.pop("credentials", None), task_vars, redactor)
        if user is None:
            return self.module(options, task_vars)
        result = self.module(user.fill_in(options), task_vars)
        if user.made_by_a_sibling(result):
            result = self.module(user.fill_in(options), task_vars)
        return t.cast(Result, redactor.data(user.note(result)))

    def _kept_user(
        self, given: dict[str, t.Any] | None, task_vars: dict[str, t.Any], redactor: Redactor
    ) -> KeptUser | None:
        if given is None:
            return None
        place = self.kept_place(given, redactor)
        return KeptUser(
            keeper_of(place, task_vars),
            place["key"],
            place["integration"] or place["key"],
            place["generation"],
            place["purpose"],
            place["take_over"],
            place["named_in"],
            check=self._task.check_mode,
            handover_folder=self._handover_folder(),
            redactor=redactor,
        )

    def _handover_folder(self) -> Path | None:
        """Where the module can write to, if it runs on this machine."""
        if self._connection.transport != "local" or self._connection.become:
            return None
        return Path(config.get_config_value("ANSIBLE_HOME")) / "msp.autotask"
