# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes down every task that a run comes to, and kills or holds the run before the one it is told."""

from __future__ import annotations

import json
import os
import signal
import typing as t
from pathlib import Path

from ansible.plugins.callback import CallbackBase
from campaign.processes import MARK, hold, kill_marked


class CallbackModule(CallbackBase):
    """The callback."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "campaign_tasks"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._file = Path(os.environ["CAMPAIGN_TASKS"])
        self._kill_before = int(os.environ.get("CAMPAIGN_KILL_BEFORE", "0"))
        self._hold_before = int(os.environ.get("CAMPAIGN_HOLD_BEFORE", "0"))
        self._tasks: list[list[t.Any]] = []

    def v2_playbook_on_task_start(self, task: t.Any, is_conditional: bool) -> None:
        if len(self._tasks) + 1 == self._kill_before:
            kill_marked(os.environ[MARK])
            os.kill(os.getpid(), signal.SIGKILL)
        if len(self._tasks) + 1 == self._hold_before:
            hold(self._file.parent)
        self._tasks.append([task.get_name(), task.action, False])

    def v2_runner_on_skipped(self, result: t.Any) -> None:
        self._tasks[-1][2] = True

    def v2_playbook_on_stats(self, stats: t.Any) -> None:
        self._file.write_text("".join(json.dumps(task) + "\n" for task in self._tasks), encoding="utf-8")
