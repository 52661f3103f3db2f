#!/usr/bin/env python3
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Serve simulated tenants, with an inventory of them to run the playbooks on: what C(make simulator) calls."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import yaml
from autotask_simulator.fleet import load_fleet
from fleet_inventory import common_variables, tenant_variables
from simulated_fleet import DEMO_FLEET, ROOT, new_folder

READY = "simulator.json"
PLACES = ("work365_integration_credentials_file", "work365_integration_handover_file")
"""Where these are beside the inventory anyway."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: a free one)")
    parser.add_argument("--state", type=Path, help="SQLite file to keep the tenants in (default: they are forgotten)")
    arguments = parser.parse_args()
    # What was made in tenants that are kept is kept beside them; of those that are not, nothing may be left either.
    folder = arguments.state.resolve().parent if arguments.state else new_folder("simulator")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / READY).unlink(missing_ok=True)
    command = [sys.executable, "-m", "autotask_simulator", "--demo", "--fleet", str(DEMO_FLEET)]
    command += ["--port", str(arguments.port), "--ready-file", str(folder / READY)]
    command += ["--state", str(arguments.state.resolve())] if arguments.state else []
    # Ctrl-C reaches the simulator as well, and ends it in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with subprocess.Popen(command) as simulator:
        signal.signal(signal.SIGTERM, lambda *_: simulator.terminate())
        while simulator.poll() is None and not (folder / READY).exists():
            time.sleep(0.05)
        if simulator.poll() is None:
            inventory = write_inventory(folder)
            print(how_to_use(inventory), flush=True)
        return simulator.wait()


def write_inventory(folder: Path) -> Path:
    hosts = {spec.domain: tenant_variables(spec) for spec in load_fleet(DEMO_FLEET)}
    variables = {name: value for name, value in common_variables(folder).items() if name not in PLACES}
    path = folder / "inventory.yml"
    path.write_text(
        yaml.safe_dump({"autotask": {"hosts": hosts, "vars": variables}}, sort_keys=False), encoding="utf-8"
    )
    return path


def how_to_use(inventory: Path) -> str:
    exports = {
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "build" / "collections"),
        "ANSIBLE_STDOUT_CALLBACK": "msp.autotask.fleet",
        "WORK365_VAULT_PASSWORD": "simulated",
    }
    if browser := os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"):
        exports["AUTOTASK_BROWSER_EXECUTABLE"] = browser
    exported = " ".join(f"{name}={shlex.quote(value)}" for name, value in exports.items())
    ansible = shlex.quote(str(Path(sys.executable).parent / "ansible-playbook"))
    return "\n".join(
        [
            "",
            f"An inventory of these tenants is in {inventory}. In another terminal:",
            "",
            f"  export {exported}",
            f"  {ansible} -i {shlex.quote(str(inventory))} msp.autotask.provision --check --diff",
            "",
            "Then without --check --diff. docs/from-the-demo.md goes on from there.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
