# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run against simulated tenants: the folder it keeps its things in, the simulator, and the end of both.

The folder holds C(simulator.json) (addresses, written by the simulator), C(state.sqlite) (what it stores), and what the
role writes: C(credentials) and C(handover).
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from autotask_simulator.store import Store

ROOT = Path(__file__).resolve().parent.parent
DEMO_FLEET = ROOT / "simulator" / "fleets" / "demo.yml"
FOLDER_VARIABLE = "AUTOTASK_RUN_FOLDER"
FLEET_VARIABLE = "AUTOTASK_FLEET"


class Run:
    """Whatever is started in the C(with) block with popen() ends with the block, and what that started as well."""

    def __init__(self, folder: Path, fleet: Path = DEMO_FLEET) -> None:
        self.folder = folder.resolve()
        self.fleet = fleet
        self.environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            FOLDER_VARIABLE: str(self.folder),
            FLEET_VARIABLE: str(fleet),
            # Otherwise what an interrupted run left there would be remembered, by molecule for instance.
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "WORK365_VAULT_PASSWORD": secrets.token_urlsafe(),
        }

    def __enter__(self) -> t.Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def popen(self, command: t.Sequence[str], **options: t.Any) -> subprocess.Popen[t.Any]:
        """Start *command* as part of the run. Ctrl-C reaches this program only, which then ends what it started."""
        return subprocess.Popen(
            command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True, **options
        )

    def stop(self) -> None:
        """End everything that belongs to the run: politely, then by force."""
        with uninterrupted():
            for number, patience in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)):
                deadline = time.monotonic() + patience
                for pid in self.processes():
                    kill(pid, number)
                while self.processes():
                    if time.monotonic() > deadline:
                        break
                    time.sleep(0.1)

    def processes(self) -> list[int]:
        """Return what is alive of the run. Workers and browsers leave the process group, but keep the environment."""
        mark = f"{FOLDER_VARIABLE}={self.folder}".encode()
        return [pid for pid in pids() if pid != os.getpid() and mark in environment_of(pid)]


class SimulatedFleet(Run):
    """A run with the simulator serving the tenants of *fleet*."""

    def __enter__(self) -> t.Self:
        super().__enter__()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def _start(self) -> None:
        command = [sys.executable, "-m", "autotask_simulator", "--fleet", str(self.fleet)]
        command += ["--state", str(self.folder / "state.sqlite"), "--ready-file", str(self.folder / "simulator.json")]
        self.simulator = self.popen(command, stdout=subprocess.DEVNULL)
        while not (self.folder / "simulator.json").exists():
            if self.simulator.poll() is not None:
                raise SystemExit(f"The simulator ended with status {self.simulator.returncode} before it answered.")
            time.sleep(0.05)

    @property
    def url(self) -> str:
        return str(json.loads((self.folder / "simulator.json").read_text(encoding="utf-8"))["url"])

    def credentials(self, tenant: str) -> dict[str, t.Any]:
        """Open what the role keeps of the users of *tenant*, as 'ansible-vault view' would."""
        vault = VaultLib([("default", VaultSecret(self.environment["WORK365_VAULT_PASSWORD"].encode()))])
        sealed = (self.folder / "credentials" / f"{tenant}.yml").read_bytes()
        return t.cast(dict[str, t.Any], yaml.safe_load(vault.decrypt(sealed))["users"])

    def store(self) -> Store:
        """Open what the simulator stores."""
        return Store(self.folder / "state.sqlite")


def new_folder(kind: str) -> Path:
    """Make a folder of its own for a run below build/, so that runs do not meet."""
    runs = ROOT / "build" / kind
    runs.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=runs, prefix=time.strftime("%Y%m%d-%H%M%S-")))


@contextlib.contextmanager
def uninterrupted() -> t.Iterator[None]:
    """What ends the others must not be ended itself: make and timeout pass the same signal on, each of them."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def pids() -> t.Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def environment_of(pid: int) -> list[bytes]:
    """Return a process's environment; nothing when it has ended (even if nobody has collected it) or is not ours."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def kill(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
