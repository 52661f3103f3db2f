# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The processes of one run, told by a mark in their environment that every child inherits.

Parts of a browser hide theirs. What is left of them when the browser is gone is told by its new parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
import typing as t
from pathlib import Path

MARK = "AUTOTASK_CAMPAIGN"
"""Its value is the folder of the run."""

HELD = "held"
GO_ON = "go-on"
"""Files in the folder of a run that stands still, and may go on."""

PR_SET_CHILD_SUBREAPER = 36
"""As in linux/prctl.h."""


def marked(mark: str) -> list[int]:
    """The processes with this mark, but for this one."""
    sought, found = f"{MARK}={mark}".encode(), []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdecimal() and sought in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return [pid for pid in found if pid != os.getpid()]


def kill_marked(mark: str) -> None:
    """Kill all of them at once, whatever they are doing."""
    while pids := marked(mark):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


def adopt_orphans() -> None:
    """Become the parent of whatever loses its own below this process."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "this process cannot adopt orphans")


def parts_of_browsers() -> list[int]:
    """Parts of browsers that go on without them; this process starts none itself."""
    found = []
    children = [int(pid) for thread in Path("/proc/self/task").glob("*/children") for pid in thread.read_text().split()]
    for child in children:
        with contextlib.suppress(OSError):
            name, _, rest = (Path("/proc") / str(child) / "stat").read_text().partition("(")[2].rpartition(")")
            if "chrom" in name and rest.split()[0] == "Z":
                os.waitpid(child, os.WNOHANG)
            elif "chrom" in name:
                found.append(child)
    return found


def wait_for(condition: t.Callable[[], t.Any], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def hold(folder: Path) -> None:
    """Stand still until a test lets this process go on."""
    (folder / HELD).touch()
    while not (folder / GO_ON).exists():
        time.sleep(0.05)
