# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook against the simulator when something goes wrong: killed in the middle, one tenant that refuses."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import typing as t
from pathlib import Path

import pytest
import stored_state
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from simulated_fleet import SimulatedFleet

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.long

PATIENCE = 300
TENANT = "birch.example"


@pytest.fixture
def fleet(tmp_path: Path) -> t.Iterator[SimulatedFleet]:
    with SimulatedFleet(tmp_path / "run") as fleet:
        yield fleet


class Playbook:
    """The provisioning playbook at work; what it says goes to a file."""

    def __init__(self, fleet: SimulatedFleet, *options: str) -> None:
        self._path = fleet.folder / "output"
        inventory = str(ROOT / "tools" / "fleet_inventory.py")
        command = ["ansible-playbook", "--inventory", inventory, "msp.autotask.provision", *options]
        with self._path.open("w", encoding="utf-8") as output:
            self._process = fleet.popen(command, stdout=output, stderr=subprocess.STDOUT)

    @property
    def output(self) -> str:
        return self._path.read_text(encoding="utf-8")

    def wait(self) -> int:
        return self._process.wait(PATIENCE)

    def wait_until(self, happened: t.Callable[[], t.Any]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not happened():
            assert self._process.poll() is None and time.monotonic() < deadline, self.output
            time.sleep(0.02)


def kill_playbook(fleet: SimulatedFleet) -> None:
    """Kill Ansible, the module and the browser, without a chance to tidy up; the simulator goes on."""
    while pids := [pid for pid in fleet.processes() if pid != fleet.simulator.pid]:
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.05)


def kept(fleet: SimulatedFleet) -> dict[str, t.Any]:
    vault = VaultLib([("default", VaultSecret(fleet.environment["WORK365_VAULT_PASSWORD"].encode()))])
    sealed = (fleet.folder / "credentials" / f"{TENANT}.yml").read_text(encoding="utf-8")
    return t.cast("dict[str, t.Any]", yaml.safe_load(vault.decrypt(sealed))["users"])


@pytest.mark.parametrize("moment", ["credentials written", "user saved"])
def test_killed_run_is_finished_by_the_next_with_the_same_credentials(fleet: SimulatedFleet, moment: str) -> None:
    tenant = fleet.store().tenant(TENANT)
    signs = {
        "credentials written": lambda: (fleet.folder / "credentials" / f"{TENANT}.yml").exists(),
        "user saved": lambda: tenant.events("api_user_created"),
    }
    Playbook(fleet, "--limit", TENANT).wait_until(signs[moment])
    kill_playbook(fleet)
    before = kept(fleet)["work365"]
    assert not before["secret_set"]

    again = Playbook(fleet, "--limit", TENANT)
    assert again.wait() == 0, again.output
    after = kept(fleet)["work365"]
    assert (after["secret"], after["secret_set"]) == (before["secret"], True)
    (user,) = (user for user in tenant.api_users() if user.tracking == "vendor")
    assert user.secret_is(after["secret"])
    assert user.user_name == after["user_name"]
    assert stored_state.mistakes(tenant, stored_state.granted()) == []


def test_one_tenant_that_refuses_stops_no_other_and_is_asked_once(fleet: SimulatedFleet) -> None:
    override = fleet.folder / "override.yml"
    wrong = {"work365_integration_console_password": "not the password"}
    override.write_text(yaml.safe_dump({"autotask": {"hosts": {TENANT: wrong}}}), encoding="utf-8")
    playbook = Playbook(fleet, "--inventory", str(override), "--check", "--tags", "security_level")
    assert playbook.wait() != 0
    refused = {tenant.domain: len(tenant.events("login_failed")) for tenant in fleet.store().tenants()}
    assert refused == {"alder.example": 0, TENANT: 1, "cedar.example": 0}
    summary = " ".join(playbook.output.split("Show what became of each tenant")[1].split())
    assert f"{TENANT}: FAILED: " in summary
    assert summary.count("would change security level") == 2
