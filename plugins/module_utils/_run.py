# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether anybody still waits for what a module does.

Nobody tells a module that Ansible gave it up. After a kill, the worker and a shell between it and the module live on,
so the parent's id tells nothing. Hence the action plugins pass on which process ansible-playbook is, and modules look.
"""

from __future__ import annotations

import contextlib
import os
import platform
import select
import subprocess
import typing as t
from dataclasses import asdict, dataclass
from pathlib import Path

RUN = "_run"
"""The module option by which an action plugin says which ansible-playbook it is of."""

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """A process, told from others that had or will have its id, on the machine whose processes it is among."""

    pid: int
    started: str
    place: str

    @classmethod
    def now(cls, pid: int) -> Process | None:
        """The process that has this id now; None if there is none."""
        state, started = _state_and_start(pid)
        return cls(pid, started, _place()) if started and not _has_ended(state) else None

    @classmethod
    def from_data(cls, data: t.Mapping[str, t.Any]) -> Process:
        return cls(int(data["pid"]), str(data["started"]), str(data["place"]))

    def as_data(self) -> dict[str, t.Any]:
        return asdict(self)

    @property
    def is_there(self) -> bool:
        """Whether it still runs, as far as can be seen from here: not at all from another machine or container."""
        if self.place != _place():
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            # Another user's, after 'become'; where /proc hides those, its start is not to be seen either.
            pass
        state, started = _state_and_start(self.pid)
        return not _has_ended(state) and started in (self.started, "")


def has_reader(descriptor: int) -> bool:
    """Whether somebody still reads what is written to *descriptor*. Ansible lets go of a task after its C(timeout)."""
    poll = select.poll()
    poll.register(descriptor, 0)
    return not poll.poll(0)


def _state_and_start(pid: int) -> tuple[str, str]:
    """The state of a process in one letter, and when it started, in whatever unit; both empty if neither is known."""
    if (PROC / "self" / "stat").exists():
        with contextlib.suppress(OSError, IndexError):
            # proc(5): the name before these, in brackets, may hold anything.
            fields = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
            return fields[0], fields[19]
        return "", ""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    command = ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)]
    with contextlib.suppress(OSError):
        # There is no AnsibleModule here, whose run_command it could be.
        # pylint: disable-next=ansible-bad-function
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
        state, _blank, started = said.strip().partition(" ")
        return state[:1], started.strip()
    return "", ""


def _has_ended(state: str) -> bool:
    """Whether only its entry is left, until its parent takes note."""
    return state in ("Z", "X")


def _place() -> str:
    """Which machine this is since it was started, and which of its tables of processes is seen here."""
    with contextlib.suppress(OSError):
        boot = (PROC / "sys" / "kernel" / "random" / "boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {(PROC / 'self' / 'ns' / 'pid').stat().st_ino}"
    return platform.node()
