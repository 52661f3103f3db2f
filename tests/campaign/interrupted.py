# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module that is killed before its n-th step, or held there: python -m campaign.interrupted HOW N MODULE FILE.

The driver names each step in its journal before it makes it, so the steps are those of the code, whatever they are.
"""

from __future__ import annotations

import itertools
import os
import runpy
import signal
import sys
import time
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal

from campaign.processes import MARK, kill_marked

HELD = "held"
GO_ON = "go-on"


def kill() -> None:
    """End the browser and this module as the kernel would when memory is short: nobody tidies up."""
    kill_marked(os.environ[MARK])
    os.kill(os.getpid(), signal.SIGKILL)


def hold() -> None:
    """Wait until the test lets this run go on."""
    folder = Path(os.environ[MARK])
    (folder / HELD).touch()
    while not (folder / GO_ON).exists():
        time.sleep(0.05)


def interrupt(number: int, how: t.Callable[[], None]) -> None:
    """Let every journal count its steps and be interrupted before the one with that *number*, from 1."""
    step, numbers = Journal.step, itertools.count(1)

    def counted(journal: Journal, name: str) -> None:
        if next(numbers) == number:
            how()
        step(journal, name)

    # For the whole process, which is there for this alone.
    Journal.step = counted  # type: ignore[method-assign]


if __name__ == "__main__":
    _, how, number, module, file = sys.argv
    interrupt(int(number), {"kill": kill, "hold": hold}[how])
    sys.argv = [module, file]
    runpy.run_module(module, run_name="__main__")
