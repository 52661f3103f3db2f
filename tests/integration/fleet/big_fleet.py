# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A large made-up fleet through its life: provision, drift by hand, audit, provision, audit.

It takes minutes per tenant, so it is a command of its own, C(make fleet). The last line sums up, with figures from the
audits, from Ansible's recaps and from what the simulator stores.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import typing as t

from autotask_simulator.generate import varied_fleet
from fleets import Fleet, Run
from simulated_fleet import new_folder


def timed(fleet: Fleet, playbook: str, *options: str) -> Run:
    started = time.monotonic()
    run = fleet.play(playbook, *options)
    failed = sorted(run.hosts("failures"))
    print(f"{playbook:<10} {time.monotonic() - started:7.0f} s  status {run.status}  failed {failed}", flush=True)
    (fleet.folder / f"{time.strftime('%H%M%S')}-{playbook}.log").write_text(run.output, encoding="utf-8")
    return run


def live(fleet: Fleet, tenants: list[str], drift: int, *options: str) -> dict[str, int]:
    first = timed(fleet, "provision", *options)
    drifted = tenants[:: max(1, len(tenants) // drift)][:drift]
    for name in drifted:
        fleet.by_hand(name, "other", "can_create_webhooks", True)
    fleet.mark()
    timed(fleet, "audit", *options)
    found = {entry["tenant"].partition(".")[0] for entry in fleet.report()["tenants"] if entry["status"] == "drift"}
    written = fleet.written()
    # As the report says: those that drifted.
    timed(fleet, "provision", *options, "--limit", ",".join(f"{name}.example" for name in sorted(found)))
    mended = fleet.written()
    timed(fleet, "audit", *options)
    counts = fleet.report()["counts"]
    return {
        "tenants": len(tenants),
        "provisioned": len(tenants) - len(first.hosts("failures")),
        "drifted": len(drifted),
        "found": len(found & set(drifted)),
        "found_elsewhere": len(found - set(drifted)),
        "audit_writes": sum(map(len, written.values())),
        "mended": len(set(mended) & set(drifted)),
        "touched_elsewhere": len(set(mended) - set(drifted)),
        "clean": counts["ok"] + counts["remark"],
        "failed": counts["unread"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Take a made-up fleet through its life.")
    parser.add_argument("--tenants", type=int, default=30)
    parser.add_argument("--drift", type=int, default=5, help="how many of them somebody changes by hand (default: 5)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forks", default="2")
    proof = "prove each level over REST: a second user and one more task for each tenant"
    parser.add_argument("--proof", action=argparse.BooleanOptionalAction, default=True, help=proof)
    given = parser.parse_args()
    # In some of the tenants somebody had made a user by hand, and it is locked.
    variables = {"work365_integration_unlock": True, "work365_integration_verify": given.proof}
    options = ("--forks", given.forks, "--extra-vars", json.dumps(variables))
    tenants: list[dict[str, t.Any]] = varied_fleet(given.tenants, given.seed)["tenants"]
    with Fleet(new_folder("fleet"), tenants) as fleet:
        names = [tenant["domain"].partition(".")[0] for tenant in tenants]
        figures = live(fleet, names, given.drift, *options)
    print("fleet: " + " ".join(f"{name}={figure}" for name, figure in figures.items()))
    wanted = figures["tenants"], figures["drifted"]
    whole = (figures["provisioned"], figures["found"]) == (figures["clean"], figures["mended"]) == wanted
    unwanted = ("found_elsewhere", "audit_writes", "touched_elsewhere", "failed")
    return 0 if whole and not any(figures[name] for name in unwanted) else 1


if __name__ == "__main__":
    sys.exit(main())
