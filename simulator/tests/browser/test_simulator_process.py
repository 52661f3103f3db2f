# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import requests
from autotask_simulator.store import Store

SIMULATOR = Path(__file__).parents[2]


def test_it_starts_soon_with_a_hundred_tenants_and_stops_when_told(tmp_path: Path) -> None:
    state, ready = tmp_path / "state.sqlite", tmp_path / "ready.json"
    command = [sys.executable, "-m", "autotask_simulator", "--tenants", "100", "--state", str(state)]
    begun = time.monotonic()
    process = subprocess.Popen(
        [*command, "--control-port", "0", "--ready-file", str(ready)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SIMULATOR / "src")},
    )
    try:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        elapsed = time.monotonic() - begun
        assert json.loads(ready.read_text()) == told
        assert told["pid"] == process.pid and told["state"] == str(state)
        assert elapsed < 10, "2 seconds on an idle machine"
        page = requests.get(told["url"], timeout=10)
        assert page.url.endswith("/Mvc/Framework/Authentication.mvc/Authenticate")
        zone = requests.get(f"{told['url']}ATServicesRest/V1.0/ZoneInformation?user=admin@alder.example", timeout=10)
        assert zone.json()["url"] == f"{told['url']}ATServicesRest/"
        assert requests.get(f"{told['url']}faults", timeout=10).status_code == 404, "control has its own door"
        assert len(requests.get(f"{told['control_url']}tenants", timeout=10).json()) == 100
        assert len(Store(state).tenants()) == 100, "readable from outside while it runs"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_bad_fleet_file_is_refused_before_anything_starts(tmp_path: Path) -> None:
    fleet = tmp_path / "fleet.yml"
    fleet.write_text("tenants:\n  - {domain: a.example, shel: older}\n")
    done = subprocess.run(
        [sys.executable, "-m", "autotask_simulator", "--fleet", str(fleet)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SIMULATOR / "src")},
    )
    assert done.returncode == 2
    assert done.stderr == f"error: {fleet}: tenants[0]: unknown key 'shel'; did you mean shell?\n"
