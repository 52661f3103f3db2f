# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Serves the demo's tenants for people to click through, until Ctrl-C."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

import pyotp
from autotask_simulator.fleet import load_fleet
from simulated_fleet import SimulatedFleet


def show_logins(fleet: SimulatedFleet) -> None:
    for spec in load_fleet(fleet.fleet):
        code = f"   code {pyotp.TOTP(spec.admin.totp_secret).now()}" if spec.two_factor else ""
        print(f"  {spec.company:<26} {spec.admin.user_name:<24} password {spec.admin.password}{code}")


def wait_for_enter() -> None:
    try:
        input("\nEnter shows fresh codes, Ctrl-C ends it. ")
    except EOFError:
        # Nobody is at the keyboard.
        signal.pause()


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder, SimulatedFleet(Path(folder)) as fleet:
        print(f"Simulated Autotask: {fleet.url}\nREST API:           {fleet.url}ATServicesRest/\n")
        try:
            while True:
                show_logins(fleet)
                wait_for_enter()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
