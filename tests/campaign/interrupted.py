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
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal

from campaign.processes import MARK, hold, kill_marked


def kill() -> None:
    """End the browser and this module as the kernel would when memory is short: nobody tidies up."""
    kill_marked(os.environ[MARK])
    os.kill(os.getpid(), signal.SIGKILL)


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
    interrupt(int(number), {"kill": kill, "hold": lambda: hold(Path(os.environ[MARK]))}[how])
    sys.argv = [module, file]
    runpy.run_module(module, run_name="__main__")
