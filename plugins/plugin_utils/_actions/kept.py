# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in front of the modules that make API users whose credentials are kept."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible.constants import config
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.console import ConsoleAction, Options
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import KeptUser


class KeptAction(ConsoleAction):
    """Finds users where they are kept."""

    def kept_user(self, given: Options, task_vars: dict[str, t.Any], redactor: Redactor) -> KeptUser:
        """The user that the option C(credentials) speaks of."""
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
