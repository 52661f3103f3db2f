# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in front of the module msp.autotask.session, which documents it: encrypts and keeps what the browser has."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._kept import PUBLIC_KEY
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.console import ConsoleAction, Result
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.session import KeptSession
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread


class ActionModule(ConsoleAction):
    """Looks whether a session can be kept before a person takes the trouble to log in."""

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        options = dict(self._task.args)
        password = options.pop("vault_password", None)
        redactor.add(password)
        if not options.get("path"):
            raise Misread(["path: is missing"])
        kept = KeptSession(str(options["path"]), password, task_vars)
        kept.refuse_if_not_replaceable()
        if self._task.check_mode:
            return {"changed": True, "path": str(kept.path)}
        pair = _handover.new_key_pair()
        result = self.module({**options, PUBLIC_KEY: pair.public}, task_vars)
        if sealed := result.pop("sealed", None):
            kept.keep(_handover.open_sealed(sealed, pair.private).secret)
            result["path"] = str(kept.path)
        return t.cast(Result, redactor.data(result))
