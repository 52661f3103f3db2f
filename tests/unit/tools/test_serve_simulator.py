# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""C(make simulator) says how to use what it serves, and keeps port and state where that is wanted."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import typing as t
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]


@contextlib.contextmanager
def serving(*options: str) -> t.Iterator[list[str]]:
    """Start it, and give what it printed as soon as it has said how to use it."""
    command = [sys.executable, str(ROOT / "tools" / "serve_simulator.py"), *options]
    environment = {**os.environ, "PYTHONPATH": f"{os.environ['PYTHONPATH']}:{ROOT / 'tools'}"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        assert program.stdout
        lines: list[str] = []
        for line in program.stdout:
            lines.append(line.rstrip())
            if {"console", "Then"} <= {words[0] for words in map(str.split, lines) if words}:
                break
        yield lines
        os.killpg(program.pid, signal.SIGINT)
        assert program.wait(30) == 0


def test_an_inventory_is_ready_and_port_and_state_are_kept(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = ["--port", str(port), "--state", str(tmp_path / "state.sqlite")]
    for _time in ("first", "again"):
        with serving(*kept) as lines:
            (command,) = [line for line in lines if "msp.autotask.provision --check --diff" in line]
            path = tmp_path / "inventory.yml"
            assert str(path) in command
            group = yaml.safe_load(path.read_text(encoding="utf-8"))["autotask"]
            assert list(group["hosts"]) == ["alder.example", "birch.example", "cedar.example"]
            url = group["vars"]["work365_integration_console_url"]
            assert f":{port}/" in url
            assert urllib.request.urlopen(url, timeout=30).status == 200
    assert (tmp_path / "state.sqlite").stat().st_size
