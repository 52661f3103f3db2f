# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rehearse Work 365 on a simulated tenant: C(python -m rehearsal URL USER_NAME), secrets from the environment."""

from __future__ import annotations

import argparse
import os
import sys

from .autotask import Autotask, NotASimulator, Refused
from .work365 import FORBIDDEN, NothingFound, misdeeds, rehearse, remember


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="rehearsal",
        description="Does what Work 365 does, on a simulated tenant. It writes, so it refuses any other machine.",
        epilog="Takes secret and tracking identifier from AUTOTASK_API_SECRET and AUTOTASK_API_INTEGRATION_CODE.",
    )
    parser.add_argument("api_url", help="like http://127.0.0.1:8080/ATServicesRest/")
    parser.add_argument("user_name", help="the API user's user name (key)")
    arguments = parser.parse_args()
    secrets = [os.environ.get(f"AUTOTASK_API_{name}", "") for name in ("SECRET", "INTEGRATION_CODE")]
    try:
        autotask = Autotask(arguments.api_url, arguments.user_name, *secrets)
        memory = remember(autotask)
    except (NotASimulator, Refused, NothingFound) as error:
        print(f"rehearsal: {error}", file=sys.stderr)
        return 1
    outcomes = rehearse(autotask, memory)
    for outcome in outcomes:
        print(outcome)
    allowed = misdeeds(autotask, memory)
    for name in allowed:
        print(f"  !  was able to {name}")
    failed = sum(outcome.refusal is not None for outcome in outcomes)
    print(f"rehearsal: operations={len(outcomes)} failed={failed} forbidden={len(FORBIDDEN)} allowed={len(allowed)}")
    return 1 if failed or allowed else 0


if __name__ == "__main__":
    sys.exit(main())
