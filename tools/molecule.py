# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs molecule's scenarios, all or those named, and ends what they leave behind when they are interrupted."""

from __future__ import annotations

import signal
import sys

from simulated_fleet import ROOT, Run, new_folder


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    named = [option for name in sys.argv[1:] for option in ("--scenario-name", name)]
    with Run(new_folder("molecule"), ROOT / "simulator" / "fleets" / "molecule.yml") as run:
        # Molecule would remember in the home directory what an interrupted run had created.
        run.environment["ANSIBLE_HOME"] = str(run.folder / "ansible")
        return run.popen(["molecule", "test", "--report", *(named or ["--all"])], cwd=ROOT).wait()


if __name__ == "__main__":
    sys.exit(main())
