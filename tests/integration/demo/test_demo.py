# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo itself, as a newcomer runs it, and what happens when somebody stops it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from autotask_simulator.fleet import DEFAULT_PASSWORD, DEFAULT_TOTP_SECRET
from autotask_simulator.store import Store
from simulated_fleet import Run

ROOT = Path(__file__).parents[3]

PATIENCE = 600


def start_demo(folder: Path, *options: str) -> tuple[subprocess.Popen[str], Path]:
    """Start the demo; its output goes to a file."""
    output = folder / "output"
    demo = subprocess.Popen(
        [sys.executable, ROOT / "tools" / "demo.py", "--folder", folder / "run", *options],
        stdin=subprocess.DEVNULL,
        stdout=output.open("w"),
        stderr=subprocess.STDOUT,
        text=True,
    )
    return demo, output


@pytest.mark.long
def test_demo_ends_well_and_shows_no_secret(tmp_path: Path) -> None:
    demo, path = start_demo(tmp_path, "-vvv")
    status = demo.wait(PATIENCE)
    output = path.read_text(encoding="utf-8")
    last = output.splitlines()[-1]
    assert last == "demo: tenants=3 check_changed=3 first_changed=3 second_changed=0 verified=3 failed=0", output[
        -5000:
    ]
    assert status == 0

    folder = tmp_path / "run"
    tenants = Store(folder / "state.sqlite").tenants()
    users = [user for tenant in tenants for user in tenant.api_users()]
    secrets = {user.secret for user in users} | {user.tracking_identifier for user in users}
    assert len(secrets) >= 9
    for secret in {*secrets, DEFAULT_PASSWORD, DEFAULT_TOTP_SECRET} - {""}:
        assert secret not in output
    # The credentials are of no use without the password, which was never written down.
    assert all(path.read_bytes().startswith(b"$ANSIBLE_VAULT;") for path in (folder / "credentials").iterdir())
    assert Run(folder).processes() == []


@pytest.mark.long
def test_ctrl_c_stops_everything_and_a_browser_that_is_at_work(tmp_path: Path) -> None:
    demo, path = start_demo(tmp_path)
    run = Run(tmp_path / "run")
    deadline = time.monotonic() + PATIENCE
    while not any("chrom" in command(pid) for pid in run.processes()):
        assert demo.poll() is None and time.monotonic() < deadline, path.read_text(encoding="utf-8")
        time.sleep(0.2)
    demo.send_signal(signal.SIGINT)
    assert demo.wait(30) == 130
    assert run.processes() == []
    assert "everything it started is stopped" in path.read_text(encoding="utf-8")


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
