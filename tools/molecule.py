# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs molecule's scenarios in a folder of their own, and ends what they leave behind when they are interrupted."""

from __future__ import annotations

import signal
import sys

from simulated_fleet import ROOT, Run, new_folder


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Run(new_folder("molecule")) as run:
        return run.popen(["molecule", "test", *(sys.argv[1:] or ["--all", "--report"])], cwd=ROOT).wait()


if __name__ == "__main__":
    sys.exit(main())
