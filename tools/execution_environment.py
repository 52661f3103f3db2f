# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Builds the execution environment that the guide to AWX describes, and lets it set up the demo's tenants.

Wants a container engine: docker, or what CONTAINER_ENGINE names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import stored_state
from simulated_fleet import ROOT, SimulatedFleet, new_folder

ENGINE = os.environ.get("CONTAINER_ENGINE", "docker")
DEFINITION = ROOT / "playbooks/examples/awx/execution-environment.yml"
IMAGE = "msp-autotask-ee"


def build(folder: Path) -> None:
    (tarball,) = (ROOT / "build/dist").glob("msp-autotask-*.tar.gz")
    for path in (DEFINITION, tarball):
        shutil.copy(path, folder)
    builder = ("ansible-builder", "build", "--file", DEFINITION.name, "--tag", IMAGE, "--container-runtime", ENGINE)
    subprocess.run(builder, cwd=folder, check=True)


def provision(fleet: SimulatedFleet) -> bool:
    """Run the playbook in the container, which sees the simulator and the run's folder; tell whether it succeeded."""
    inventory = str(fleet.folder / "inventory.yml")
    listing = ("--list", "--yaml", "--output", inventory)
    if fleet.popen(["ansible-inventory", "--inventory", str(ROOT / "tools/fleet_inventory.py"), *listing]).wait():
        return False
    # Chromium wants more shared memory than a container has of its own.
    sees = ("--network", "host", "--ipc", "host", "--volume", f"{fleet.folder}:{fleet.folder}")
    has = ("--user", str(os.getuid()), "--env", "WORK365_VAULT_PASSWORD", "--env", f"HOME={fleet.folder}")
    playbook = ("ansible-playbook", "--inventory", inventory, "msp.autotask.provision")
    return fleet.popen([ENGINE, "run", "--rm", *sees, *has, IMAGE, *playbook]).wait() == 0


def main() -> int:
    folder = new_folder("execution-environment")
    build(folder)
    with SimulatedFleet(folder / "run") as fleet:
        succeeded = provision(fleet)
        permissions = stored_state.granted()
        wrong = {tenant.domain: stored_state.mistakes(tenant, permissions) for tenant in fleet.store().tenants()}
    for domain, mistakes in wrong.items():
        print(f"{domain}: {'; '.join(mistakes) or 'as wanted'}")
    return 0 if succeeded and not any(wrong.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
