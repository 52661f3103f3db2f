# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes which tasks ran on which host and how long they took, one JSON line each."""

from __future__ import annotations

import json
import time
import typing as t
from pathlib import Path

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: tasks
type: aggregate
short_description: Write which tasks ran and how long they took
description:
  - Appends one JSON line per task and host with its action, its seconds and whether it was skipped.
options:
  path:
    description: The file to append to.
    required: true
    env:
      - name: TASKS_PATH
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "tasks"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._begun: dict[tuple[str, str], float] = {}

    def v2_runner_on_start(self, host: t.Any, task: t.Any) -> None:
        self._begun[host.name, task._uuid] = time.monotonic()

    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._note(result, "ok")

    def v2_runner_on_skipped(self, result: t.Any) -> None:
        self._note(result, "skipped")

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        self._note(result, "failed")

    def _note(self, result: t.Any, outcome: str) -> None:
        host, task = result._host.name, result._task
        seconds = time.monotonic() - self._begun.get((host, task._uuid), time.monotonic())
        changed = bool(result._result.get("changed"))
        line = {"host": host, "action": task.action, "seconds": seconds, "outcome": outcome, "changed": changed}
        with Path(self.get_option("path")).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
