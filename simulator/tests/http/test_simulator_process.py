# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
import typing as t
from pathlib import Path

import pytest
import requests
from autotask_simulator.server import Server
from autotask_simulator.store import Store
from flask import Flask

COMMAND = (sys.executable, "-m", "autotask_simulator")


@contextlib.contextmanager
def started(*options: str | Path) -> t.Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([*COMMAND, *map(str, options)], stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def refused(*options: str | Path) -> str:
    done = subprocess.run([*COMMAND, *map(str, options)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    return done.stderr


def told(process: subprocess.Popen[str]) -> dict[str, t.Any]:
    assert process.stdout
    return t.cast(dict[str, t.Any], json.loads(process.stdout.readline()))


def test_it_starts_soon_with_a_hundred_tenants_and_stops_when_told(tmp_path: Path) -> None:
    state, ready = tmp_path / "state.sqlite", tmp_path / "ready.json"
    with started("--tenants", "100", "--state", state, "--control-port", "0", "--ready-file", ready) as process:
        addresses = told(process)
        # Of the processor, as the machine may have other things to do: less than 2 seconds when it has none.
        user, system = map(int, Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")[2].split()[11:13])
        assert (user + system) / os.sysconf("SC_CLK_TCK") < 5
        assert json.loads(ready.read_text()) == addresses
        assert addresses["pid"] == process.pid and addresses["state"] == str(state)
        page = requests.get(addresses["url"], timeout=10)
        assert page.url.endswith("/Mvc/Framework/Authentication.mvc/Authenticate")
        api = f"{addresses['url']}ATServicesRest/"
        zone = requests.get(f"{api}V1.0/ZoneInformation?user=admin@alder.example", timeout=10)
        assert zone.json()["url"] == api
        assert requests.get(f"{addresses['url']}faults", timeout=10).status_code == 404, "control has its own door"
        assert len(requests.get(f"{addresses['control_url']}tenants", timeout=10).json()) == 100
        assert len(Store(state).tenants()) == 100, "readable from outside while it runs"


def test_a_bad_fleet_file_is_refused_before_anything_starts(tmp_path: Path) -> None:
    fleet = tmp_path / "fleet.yml"
    fleet.write_text("tenants:\n  - {domain: a.example, shel: older}\n")
    assert refused("--fleet", fleet) == f"error: {fleet}: tenants[0]: unknown key 'shel'; did you mean shell?\n"


def test_it_ends_in_order_however_often_it_is_told() -> None:
    """S20. 'timeout 8 make simulator' left it running once: both pass the signal on."""
    with started("--control-port", "0") as process:
        told(process)
        while process.poll() is None:
            process.send_signal(signal.SIGTERM)
    assert process.returncode == 0


def test_the_end_of_a_server_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loop runs in another thread, which now and then found its socket closed and said so at length."""
    said: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", said.append)
    app = Flask(__name__)
    for moment in range(80):
        server = Server(app)
        time.sleep(moment % 5 / 2000)
        server.close()
    time.sleep(0.2)
    assert said == []


@pytest.mark.parametrize("options", [[], ["--tls"]], ids=["http", "https"])
def test_a_stranger_can_make_the_first_call_that_is_shown(options: list[str]) -> None:
    with started("--demo", *options) as process:
        assert process.stdout
        shown = ""
        while "\n  curl " not in shown:
            shown += process.stdout.readline()
        [command] = re.findall(r"\n  (curl .*)\n", shown)
        assert re.search(r"log in +admin@demo.example +password Let-me-in-1", shown)
        assert re.search(r"code +\d{6} now; for your authenticator: [A-Z2-7]{32}", shown)
        answer = json.loads(subprocess.check_output([*shlex.split(command), "--silent", "--fail"]))
        assert answer["item"]["companyName"] == "Demo Managed IT"


def test_https_is_served_with_the_certificate_of_the_run_and_breaks_off_like_http(tmp_path: Path) -> None:
    """S18. Clients with fixed https addresses (AutotaskAPI for PowerShell, autotask-client) need it."""
    with started("--tls", "--control-port", "0") as process:
        addresses = told(process)
        assert addresses["url"].startswith("https://")
        zone = f"{addresses['url']}ATServicesRest/V1.0/ZoneInformation?user=api@demo.example"
        # Given with each request: the environment's REQUESTS_CA_BUNDLE wins over the session's.
        trust: dict[str, t.Any] = {"timeout": 10, "verify": addresses["certificate"]}
        with requests.Session() as session:
            assert session.get(zone, **trust).json()["url"] == f"{addresses['url']}ATServicesRest/"
            fault = {"kind": "reset", "surface": "rest", "page": "ZoneInformation"}
            requests.post(f"{addresses['control_url']}faults", json=fault, timeout=10).raise_for_status()
            with pytest.raises(requests.ConnectionError):
                session.get(zone, **trust)
            assert session.get(zone, **trust).status_code == 200
    assert not Path(addresses["certificate"]).exists(), "it goes with the run"


def test_a_certificate_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("none")
    assert "none.pem" in refused("--certificate", tmp_path / "none.pem")
    assert "--key needs --certificate" in refused("--key", tmp_path / "none.pem")


def test_fleet_and_schema_can_be_printed() -> None:
    printed = subprocess.check_output([*COMMAND, "--tenants", "2", "--print-fleet"], text=True)
    assert printed.count("domain:") == 2
    assert "domain: demo.example" in subprocess.check_output([*COMMAND, "--print-fleet"], text=True)
    schema = json.loads(subprocess.check_output([*COMMAND, "--print-schema"]))
    assert schema["properties"]["tenants"]["items"] == {"$ref": "#/$defs/TenantSpec"}
