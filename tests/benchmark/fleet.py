# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated fleet to measure on: equal tenants, the playbook's runs with what they cost, and processes' memory."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from simulated_fleet import SimulatedFleet, pids

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
CONTROLLER_ACTIONS = {
    "assert",
    "debug",
    "fail",
    "include_tasks",
    "meta",
    "set_fact",
    "set_stats",
    "validate_argument_spec",
}
"""Actions that start no module."""
CONSOLE_MODULES = {
    "msp.autotask.autotask_integrations",
    "msp.autotask.autotask_security_level",
    "msp.autotask.autotask_resource",
}
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Play:
    """What a run of ansible-playbook cost."""

    seconds: float
    cpu_seconds: float
    tasks: list[dict[str, t.Any]]

    @property
    def modules(self) -> list[dict[str, t.Any]]:
        """The tasks that started a module."""
        ran = [task for task in self.tasks if task["outcome"] != "skipped"]
        return [task for task in ran if task["action"].rpartition(".")[2] not in CONTROLLER_ACTIONS]

    @property
    def console_modules(self) -> list[dict[str, t.Any]]:
        return [task for task in self.modules if task["action"] in CONSOLE_MODULES]

    @property
    def changed(self) -> int:
        return sum(task["changed"] for task in self.tasks)


class BenchFleet(SimulatedFleet):
    """A number of equal tenants."""

    def __init__(self, folder: Path, tenants: int, **options: t.Any) -> None:
        """*options* are those of a tenant in the simulator's fleet file."""
        folder.mkdir(parents=True, exist_ok=True)
        self.domains = [f"tenant{number}.example" for number in range(1, tenants + 1)]
        fleet = folder / "fleet.yml"
        fleet.write_text(
            yaml.safe_dump({"tenants": [{"domain": d, "two_factor": False, **options} for d in self.domains]})
        )
        super().__init__(folder, fleet)
        self.environment |= {
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "tasks",
            "ANSIBLE_CONFIG": str(ROOT / "tools" / "ansible.cfg"),
            "TASKS_PATH": str(self.folder / "tasks.jsonl"),
        }

    def provision(self, forks: int = 1, limit: str = "all", tags: str = "all", **variables: t.Any) -> Play:
        """Run the playbook; variables are the role's."""
        given = json.dumps({f"work365_integration_{name}": value for name, value in variables.items()})
        inventory = ["--inventory", str(ROOT / "tools" / "fleet_inventory.py")]
        return self.play([*inventory, "--extra-vars", given, "--tags", tags, "msp.autotask.provision"], forks, limit)

    def play(self, arguments: t.Sequence[str], forks: int = 1, limit: str = "all") -> Play:
        tasks = self.folder / "tasks.jsonl"
        tasks.unlink(missing_ok=True)
        started = time.monotonic()
        with (self.folder / "playbook.log").open("a") as log:
            command = ["ansible-playbook", "--forks", str(forks), "--limit", limit, *arguments]
            process = self.popen(command, stdout=log, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"The playbook failed, see {self.folder / 'playbook.log'}")
        lines = [json.loads(line) for line in tasks.read_text(encoding="utf-8").splitlines()]
        return Play(seconds, usage.ru_utime + usage.ru_stime, lines)

    def count(self, verb: str) -> int:
        """How often something happened in all tenants, by the simulator's event log."""
        return sum(len(tenant.events(verb)) for tenant in self.store().tenants())

    def copy_first_tenant(self) -> None:
        """Give all tenants what the first one was provisioned with, in the simulator's store and on our side."""
        first, *others = self.store().tenants()
        vault = VaultLib([("default", VaultSecret(self.environment["WORK365_VAULT_PASSWORD"].encode()))])
        kept = yaml.safe_dump(self.credentials(first.domain))
        sheet = (self.folder / "handover" / f"{first.domain}.md").read_text(encoding="utf-8")
        for tenant in others:
            for level in first.levels():
                if not level.system:
                    values = dict(vars(level))
                    tenant.add_level(values.pop("id"), **values)
            for user in first.api_users():
                values = {name: value for name, value in vars(user).items() if name != "id"}
                tenant.add_resource(**values | {"user_name": user.user_name.replace(first.domain, tenant.domain)})
            credentials = self.folder / "credentials" / f"{tenant.domain}.yml"
            credentials.write_bytes(vault.encrypt(kept.replace(first.domain, tenant.domain)))
            handover = self.folder / "handover" / f"{tenant.domain}.md"
            handover.write_text(sheet.replace(first.domain, tenant.domain), encoding="utf-8")


class Memory:
    """The most that one fork took of memory at any moment in the C(with) block: shared pages are split among users."""

    def __init__(self, fleet: BenchFleet, seconds_between: float = 0.2) -> None:
        self._fleet = fleet
        self._seconds = seconds_between
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.fork_mb = 0.0
        self.with_browser_mb = 0.0

    def __enter__(self) -> t.Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._seconds):
            drivers = [pid for pid in self._fleet.processes() if b"playwright/driver" in _read(pid, "cmdline")]
            if drivers:
                # A module is what started a driver; all that a driver starts is the browser.
                fork = sum(map(_memory, [*drivers, *map(_parent, drivers)])) / len(drivers)
                browser = sum(map(_memory, _descendants(drivers))) / len(drivers)
                self.fork_mb = max(self.fork_mb, fork)
                self.with_browser_mb = max(self.with_browser_mb, fork + browser)


def _descendants(ancestors: t.Sequence[int]) -> set[int]:
    parents = {pid: _parent(pid) for pid in pids()}
    family = set(ancestors)
    while children := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= children
    return family - set(ancestors)


def _parent(pid: int) -> int:
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return int(fields[1]) if fields else 0


def _memory(pid: int) -> float:
    lines = _read(pid, "smaps_rollup").decode().splitlines()
    return next((int(line.split()[1]) * 1024 / MEGABYTE for line in lines if line.startswith("Pss:")), 0.0)


def _read(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""
