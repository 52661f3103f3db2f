# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in front of every console module: it runs it as ever, and says whose run it is and who listens."""

from __future__ import annotations

import multiprocessing
import os
import typing as t

from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible_collections.msp.autotask.plugins.module_utils._run import RUN, Process
from ansible_collections.msp.autotask.plugins.module_utils._steps import STEPS, steps_file_of


class ConsoleAction(NormalAction):
    """Runs the module of the task's name; C(async), check mode and defaults are Ansible's own matter."""

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        run = Process.now(_ansible_playbook())
        if run is None:
            return {
                "failed": True,
                "msg": "ansible-playbook has ended, so nothing was begun.",
                "failure": {"reason": "run_is_over"},
            }
        steps = steps_file_of(str((task_vars or {}).get("inventory_hostname", "")))
        self._task.args = {**self._task.args, RUN: {**run.as_data(), STEPS: steps}}
        return t.cast("dict[str, t.Any]", super().run(tmp, task_vars))


def _ansible_playbook() -> int:
    """The process id of ansible-playbook: of what forked this worker, even if that has died since."""
    parent = multiprocessing.parent_process()
    return parent.pid if parent and parent.pid else os.getpid()
