# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Action plugins that do all the work themselves, on the controller; the module of their name only documents them."""

from __future__ import annotations

import abc
import contextlib
import typing as t

from ansible.plugins.action import ActionBase
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain

Result = dict[str, t.Any]
Spec = dict[str, dict[str, t.Any]]


class DiscreetAction(ActionBase):
    """Leaves no option in its task: with C(display_args_to_stdout) Ansible shows them to the end, passwords and all."""

    _given: Result | None = None

    @contextlib.contextmanager
    def given(self) -> t.Iterator[Result]:
        """What the task was given, each time anew: with C(until) it runs more than once."""
        self._given = self._given or self._task.args
        self._task.args = {**self._given}
        try:
            yield self._task.args
        finally:
            self._task.args = {}


class ControllerAction(DiscreetAction):
    """Runs on the controller, whatever the host's connection is."""

    _requires_connection = False
    _supports_check_mode = True
    _supports_async = False

    SPEC: t.ClassVar[Spec]

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        redactor = Redactor()
        with self.given():
            result = t.cast(Result, super().run(tmp, task_vars))
            try:
                result.update({"changed": False, **self.work(task_vars or {}, redactor)})
            except AutotaskError as error:
                result.update(failed_result(error, redactor))
        return result

    @abc.abstractmethod
    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        """Do what the task is for; whatever is secret in it, the redactor is told. AutotaskError: it cannot be done."""

    def options(self) -> Result:
        """The task's options, checked, in plain types."""
        _result, validated = self.validate_argument_spec(self.SPEC)
        return t.cast(Result, plain(validated))


def failed_result(error: AutotaskError, redactor: Redactor) -> Result:
    """What a task returns that failed."""
    return {
        "failed": True,
        "msg": redactor.text(error.message),
        "failure": redactor.data({"reason": error.reason, **error.details}),
    }
