# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The small programs around the collection."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from simulated_fleet import DEMO_FLEET, ROOT, Run

TOOLS = ROOT / "tools"


def test_inventory_has_a_host_per_tenant_and_what_is_special_about_it(tmp_path: Path) -> None:
    environment = {**os.environ, "AUTOTASK_FLEET": str(DEMO_FLEET), "AUTOTASK_RUN_FOLDER": str(tmp_path)}
    environment["PYTHONPATH"] = str(ROOT / "simulator" / "src")
    (tmp_path / "simulator.json").write_text('{"url": "http://127.0.0.1:4711/"}', encoding="utf-8")
    printed = subprocess.check_output([sys.executable, TOOLS / "fleet_inventory.py", "--list"], env=environment)
    inventory = json.loads(printed)
    hosts = inventory["_meta"]["hostvars"]
    assert inventory["autotask"]["hosts"] == ["alder.example", "birch.example", "cedar.example"] == list(hosts)
    assert inventory["autotask"]["vars"]["work365_integration_api_url"] == "http://127.0.0.1:4711/ATServicesRest/"
    assert "work365_integration_console_totp_secret" in hosts["alder.example"]
    assert "work365_integration_console_totp_secret" not in hosts["birch.example"]
    assert hosts["cedar.example"]["work365_integration_user_name"] == "work365api@cedar.example"


@pytest.mark.parametrize("browser", ["/bin/true", "/does/not/exist"])
def test_browser_that_does_not_start_is_no_browser(browser: str) -> None:
    environment = {**os.environ, "AUTOTASK_BROWSER_EXECUTABLE": browser}
    found = subprocess.run(
        [sys.executable, TOOLS / "browser.py"], env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert found.stdout == ""
    assert "apt-get install chromium-headless-shell" in found.stderr


def test_bootstrap_passes_over_a_python_that_does_not_run() -> None:
    """Version managers leave shims that fail."""
    environment = {**os.environ, "PYTHON": "/bin/false /does/not/exist"}
    made = subprocess.run(
        [TOOLS / "bootstrap.sh"],
        env={**environment, "PATH": "/does/not/exist:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 1
    assert "PYTHON=/path/to/python" in made.stderr


def test_run_ends_with_everything_it_started(tmp_path: Path) -> None:
    """Grandchildren in sessions of their own as well, as Ansible's workers and browsers are."""
    sleeper = "import subprocess, time; subprocess.Popen(['sleep', '600'], start_new_session=True); time.sleep(600)"
    with Run(tmp_path) as run:
        run.popen([sys.executable, "-c", sleeper])
        deadline = time.monotonic() + 20
        while len(run.processes()) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(run.processes()) == 2
    assert run.processes() == []


def test_run_that_is_told_twice_ends_what_it_started_all_the_same(tmp_path: Path) -> None:
    """'timeout 8 make ...' left things running: both pass the signal on, and the second interrupted the clean-up."""
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(2)"
    program = f"""
import signal, subprocess, sys
from pathlib import Path
from simulated_fleet import Run
signal.signal(signal.SIGTERM, signal.default_int_handler)
with Run(Path({str(tmp_path)!r})) as run:
    child = run.popen([sys.executable, "-c", {stubborn!r}], stdout=subprocess.PIPE)
    child.stdout.readline()
    print(flush=True)
    child.wait()
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TOOLS), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    for _time in range(2):
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
    process.wait(20)
    process.stdout.close()
    assert Run(tmp_path).processes() == []
