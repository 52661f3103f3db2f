# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in front of the module msp.autotask.autotask_access_info, which documents it."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.console import CheckedAction, Result
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import sign_in_options


class ActionModule(CheckedAction):
    """Takes what to sign in with from where it is kept."""

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        options = dict(self._task.args)
        given = options.pop("credentials", None)
        if given is None:
            return self.module(options, task_vars)
        place = self.kept_place(given, redactor)
        keeper = keeper_of(place, task_vars)
        filled = sign_in_options(keeper, place["key"], place["purpose"], options, redactor)
        return t.cast(Result, redactor.data(self.module(filled, task_vars)))
