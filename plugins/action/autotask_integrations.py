# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in front of the module msp.autotask.autotask_integrations, which documents it."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.console import Result
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.kept import KeptAction
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.users import KeptUsers, together
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain


class ActionModule(KeptAction):
    """Takes user names and secrets from where they are kept, and notes there what came of each user."""

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        # Ansible's own marks on texts are not to be kept.
        options = t.cast("dict[str, t.Any]", plain(self._task.args))
        credentials = options.pop("credentials", None)
        if credentials is None:
            return self.module(options, task_vars)
        users = KeptUsers(
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
