# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in front of the modules: it checks what was given, in its own types, and says whose run it is.

A module sees its options only after Ansible has made text of them.
"""

from __future__ import annotations

import multiprocessing
import os
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._kept import OPENED, RENEWAL, USER
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._run import RUN, Process
from ansible_collections.msp.autotask.plugins.module_utils._steps import STEPS, steps_file_of
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.controller import (
    DiscreetAction,
    Result,
    failed_result,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.documented import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.session import KeptSession
from ansible_collections.msp.autotask.plugins.plugin_utils._given import (
    Misread,
    mistakes_in,
    plain,
    without_empty,
)

Options = dict[str, t.Any]

OWN = "_own"
"""The option with the role's own options. A play's defaults for a module outdo those for a group, but not these."""


class CheckedAction(NormalAction, DiscreetAction):
    """Runs the module of the task's name; C(async), check mode and defaults are Ansible's own matter."""

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        redactor = Redactor()
        with self.given() as options:
            try:
                given = {**options, **options.get(OWN, {})}
                given.pop(OWN, None)
                if mistakes := mistakes_in(given, options_of(self._task.action)):
                    raise Misread(mistakes)
                self._task.args = without_empty(given)
                return self.work(task_vars or {}, redactor)
            except AutotaskError as error:
                return failed_result(error, redactor)

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        """Do what the task is for; whatever is secret in it, the redactor is told."""
        del redactor
        return self.module(self._task.args, task_vars)

    def module(self, options: Options, task_vars: dict[str, t.Any]) -> Result:
        """Run the module with *options*."""
        self._task.args = options
        return t.cast(Result, super().run(None, task_vars))

    def kept_place(self, given: Options, redactor: Redactor) -> Options:
        """The option C(credentials) with all its suboptions, checked."""
        redactor.add(given.get("vault_password"))
        validated = ArgumentSpecValidator(USER).validate(plain(without_empty(given)))
        if validated.error_messages:
            raise Misread([f"credentials: {message}" for message in validated.error_messages])
        return t.cast(Options, validated.validated_parameters)

    def _is_pipelining_enabled(self, module_style: str, wrap_async: bool = False) -> bool:
        """Passwords reach a module through a pipe wherever that is possible, and not in a file."""
        connection = self._connection
        by_pipe = connection.has_pipelining and (not connection.become or connection.become.pipelining)
        if module_style == "new" and by_pipe and not wrap_async:
            return True
        return t.cast(bool, super()._is_pipelining_enabled(module_style, wrap_async))


class ConsoleAction(CheckedAction):
    """As all modules that work in the web console have it."""

    def module(self, options: Options, task_vars: dict[str, t.Any]) -> Result:
        run = Process.now(_ansible_playbook())
        if run is None:
            raise AutotaskError("ansible-playbook has ended, so nothing was begun.", "run_is_over")
        options = {**options, **_opened_session(options, task_vars)}
        steps = steps_file_of(str(task_vars.get("inventory_hostname", "")))
        return super().module({**options, RUN: {**run.as_data(), STEPS: steps}}, task_vars)


def _opened_session(options: Options, task_vars: dict[str, t.Any]) -> Options:
    """The session in the option C(session), opened here, where the vault secrets are."""
    without_password: Options = {"session_vault_password": None} if "session_vault_password" in options else {}
    if not options.get("session"):
        return without_password
    kept = KeptSession(str(options["session"]), options.get("session_vault_password"), task_vars)
    return {**without_password, OPENED: kept.open(), RENEWAL: kept.renewal}


def _ansible_playbook() -> int:
    """The process id of ansible-playbook: of what forked this worker, even if that has died since."""
    parent = multiprocessing.parent_process()
    return parent.pid if parent and parent.pid else os.getpid()
