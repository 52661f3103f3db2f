# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A playbook run in slices of the inventory, by the commands with which AWX sends a job to another machine."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import time
import typing as t
from dataclasses import dataclass
from pathlib import Path

from benchmark.fleet import ROOT, BenchFleet


@dataclass(frozen=True)
class Slice:
    """What came of a part of the inventory, in numbers of tenants."""

    failed: int
    changed: int
    seconds: float


class Slices:
    """A fleet, cut into so many parts that meet nowhere but in the folder for credentials."""

    def __init__(self, fleet: BenchFleet, number: int) -> None:
        self._fleet = fleet
        self._parts = [fleet.domains[first::number] for first in range(number)]

    def run(self, playbook: str) -> list[Slice]:
        """Run all parts side by side."""
        started = time.monotonic()
        folders = [self._job(playbook, number, part) for number, part in enumerate(self._parts)]
        running = [self._start(folder) for folder in folders]
        return [
            _outcome(folder, part, process.wait(), time.monotonic() - started)
            for folder, part, process in zip(folders, self._parts, running, strict=True)
        ]

    def _job(self, playbook: str, number: int, tenants: t.Sequence[str]) -> Path:
        """Make what a controller sends: project, inventory and command line."""
        folder = self._fleet.folder / f"slice-{playbook}-{number}"
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("project", "inventory", "env"):
            (folder / name).mkdir(parents=True)
        (folder / "project" / "play.yml").write_text(f"- import_playbook: msp.autotask.{playbook}\n", encoding="utf-8")
        shutil.copy(ROOT / "tools" / "fleet_inventory.py", folder / "inventory")
        (folder / "env" / "cmdline").write_text(f"--limit {','.join(tenants)} --forks 2", encoding="utf-8")
        return folder

    def _start(self, folder: Path) -> subprocess.Popen[t.Any]:
        there = folder.with_suffix(".worker")
        sent, work, got = (
            shlex.join(["ansible-runner", *command])
            for command in (
                ["transmit", str(folder), "--playbook", "play.yml"],
                ["worker", "--private-data-dir", str(there)],
                ["process", str(folder)],
            )
        )
        with folder.with_suffix(".log").open("w") as log:
            return self._fleet.popen(
                ["bash", "-o", "pipefail", "-c", f"{sent} | {work} | {got}"], stdout=log, stderr=subprocess.STDOUT
            )


def _outcome(folder: Path, tenants: t.Sequence[str], status: int, seconds: float) -> Slice:
    """Read the statistics that the worker sent back; a job without them failed for all its tenants."""
    found = folder.rglob("job_events/*.json")
    events = [json.loads(path.read_text(encoding="utf-8")) for path in found]
    stats = [event["event_data"] for event in events if event["event"] == "playbook_on_stats"]
    if status or not stats:
        return Slice(len(tenants), 0, seconds)
    failed = {host for key in ("failures", "dark", "rescued") for host in stats[-1].get(key, {})}
    return Slice(len(failed & set(tenants)), len(set(stats[-1]["changed"]) & set(tenants)), seconds)
