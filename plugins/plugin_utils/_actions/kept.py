# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in front of the modules that make, or look at, API users whose credentials are kept."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible.constants import config
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.console import ConsoleAction, Options, Result
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import KeptUser
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.users import KeptUsers, together
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain


class KeptAction(ConsoleAction):
    """Finds users where they are kept."""

    ONLY_READS: t.ClassVar[bool] = False
    """Whether nothing is kept or noted, as in check mode."""

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
            place["rotation"],
            check=self.ONLY_READS or self._task.check_mode,
            handover_folder=self._handover_folder(),
            redactor=redactor,
        )

    def _handover_folder(self) -> Path | None:
        """Where the module can write to, if it runs on this machine."""
        if self._connection.transport != "local" or self._connection.become:
            return None
        return Path(config.get_config_value("ANSIBLE_HOME")) / "msp.autotask"


class KeptIntegrationsAction(KeptAction):
    """Finds all users that the option C(integrations) names."""

    USERS: t.ClassVar[type[KeptUsers]] = KeptUsers

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        # Ansible's own marks on texts are not to be kept.
        options = t.cast(Options, plain(self._task.args))
        credentials = options.pop("credentials", None)
        if credentials is None:
            return self.module(options, task_vars)
        users = self.USERS(
            options["integrations"], credentials, lambda given: self.kept_user(given, task_vars, redactor)
        )

        def run() -> Result:
            return self.module({**options, "integrations": users.fill_in()}, task_vars)

        result = run()
        if users.made_by_a_sibling(result):
            first = users.note_done(result)
            noted = together(first, users.note(run()))
        else:
            noted = users.note(result)
        return t.cast(Result, redactor.data(noted))
