# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo: provisions three simulated tenants with the real playbook and a real browser, and checks what came of it.

Runs msp.autotask.provision in check mode, then for real, then again. The last line sums up, with figures from Ansible's
own recaps and from what the simulator stores.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import signal
import sys
import time
import typing as t
from pathlib import Path

import stored_state
from autotask_simulator.store import Tenant
from rehearsal.autotask import Autotask, Refused
from rehearsal.work365 import FORBIDDEN, OPERATIONS, NothingFound, misdeeds, rehearse, remember
from simulated_fleet import ROOT, SimulatedFleet, new_folder

MOST_COMPLAINTS = 20

REHEARSED = f"all {len(OPERATIONS)} operations went through, all {len(FORBIDDEN)} forbidden deeds were refused"

Recap = dict[str, dict[str, t.Any]]


@dataclasses.dataclass
class Run:
    """One run of the playbook."""

    title: str
    recap: Recap
    seconds: float

    def hosts(self, *counters: str) -> set[str]:
        """Return the tenants for which Ansible counted any of *counters*."""
        return {host for host, counts in self.recap.items() if any(counts[counter] for counter in counters)}

    @property
    def changed(self) -> set[str]:
        return self.hosts("changed")

    @property
    def failed(self) -> set[str]:
        return self.hosts("failures", "unreachable")

    @property
    def proven(self) -> set[str]:
        return {host for host, counts in self.recap.items() if counts["custom"].get("work365_integration_proven")}


def provision(fleet: SimulatedFleet, title: str, *options: str) -> Run:
    """Run the playbook and show what it says."""
    heading(title)
    recap = fleet.folder / "recap.json"
    recap.unlink(missing_ok=True)
    fleet.environment |= {
        "ANSIBLE_CALLBACK_PLUGINS": str(ROOT / "tools" / "callback_plugins"),
        "ANSIBLE_CALLBACKS_ENABLED": "recap",
        "RECAP_PATH": str(recap),
        "ANSIBLE_STDOUT_CALLBACK": "msp.autotask.fleet",
    }
    started = time.monotonic()
    playbook = ["ansible-playbook", "--inventory", str(ROOT / "tools" / "fleet_inventory.py")]
    fleet.popen([*playbook, "msp.autotask.provision", *options]).wait()
    seconds = time.monotonic() - started
    if not recap.exists():
        raise SystemExit(f"{title}: Ansible did not come to an end.")
    return Run(title, json.loads(recap.read_text(encoding="utf-8")), seconds)


def rehearse_work365(fleet: SimulatedFleet, tenant: Tenant) -> list[str]:
    """Do what Work 365 does, with the credentials that were kept for it; return what went otherwise than it should."""
    kept = fleet.credentials(tenant.domain)["work365"]
    # The identifier of a vendor is known to the vendor; here, to the simulator.
    identifier = tenant.api_user(kept["user_name"]).tracking_identifier
    autotask = Autotask(f"{fleet.url}ATServicesRest/", kept["user_name"], kept["secret"], identifier)
    try:
        memory = remember(autotask)
    except (Refused, NothingFound) as error:
        return [f"Work 365 cannot begin: {error}"]
    refused = [f"Work 365 fails: {outcome}" for outcome in rehearse(autotask, memory) if outcome.refusal is not None]
    return refused + [f"Work 365 was able to {deed}" for deed in misdeeds(autotask, memory)]


def heading(text: str) -> None:
    print(f"\n{'=' * 100}\n{text}\n{'=' * 100}", flush=True)


def demonstrate(fleet: SimulatedFleet, verbosity: list[str]) -> bool:
    """Provision three times, show the summary and tell whether everything was as it should be."""
    tenants = {tenant.domain: tenant for tenant in fleet.store().tenants()}
    check = provision(fleet, "1 of 3: check. What would change? Nothing is written.", "--check", "--diff", *verbosity)
    complaints = [
        f"{domain}: the check wrote something: {event.verb} {event.object}"
        for domain, tenant in tenants.items()
        for event in stored_state.writes(tenant)
    ]
    first = provision(fleet, "2 of 3: for real.", *verbosity)
    second = provision(fleet, "3 of 3: again. Nothing is left to change.", *verbosity)
    runs = [check, first, second]

    permissions = stored_state.granted()
    wrong = {domain: stored_state.mistakes(tenant, permissions) for domain, tenant in tenants.items()}
    complaints += [f"{domain}: {mistake}" for domain, found in wrong.items() for mistake in found]
    verified = {domain for domain in tenants if domain in second.proven and not wrong[domain]}
    failed = set().union(*(run.failed for run in runs))
    heading("Work 365 rehearses what it will do, with the credentials that were handed over")
    for domain in sorted(verified):
        troubles = rehearse_work365(fleet, tenants[domain])
        complaints += [f"{domain}: {trouble}" for trouble in troubles]
        print(f"{domain:<20} {REHEARSED if not troubles else f'{len(troubles)} things went wrong'}", flush=True)

    heading("What came of it")
    for run in runs:
        print(f"{run.title:<62} {run.seconds:6.1f} s   changed {len(run.changed)}   failed {len(run.failed)}")
    for domain, tenant in tenants.items():
        outcome = "as wanted, proven" if domain in verified else "NOT AS WANTED"
        print(f"{domain:<20} {outcome}, {len(tenant.events('page'))} pages opened in all")
    for complaint in complaints[:MOST_COMPLAINTS]:
        print(f"wrong: {complaint}")
    if len(complaints) > MOST_COMPLAINTS:
        print(f"wrong: and {len(complaints) - MOST_COMPLAINTS} more like these")
    print(f"Hand-over sheets: {os.path.relpath(fleet.folder / 'handover')}")
    counts = {
        "tenants": len(tenants),
        "check_changed": len(check.changed),
        "first_changed": len(first.changed),
        "second_changed": len(second.changed),
        "verified": len(verified),
        "failed": len(failed),
    }
    print("demo: " + " ".join(f"{name}={count}" for name, count in counts.items()), flush=True)
    everybody = set(tenants)
    return (
        not complaints and not failed and not second.changed and check.changed == first.changed == verified == everybody
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Provision three simulated Autotask tenants, twice.")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="more from Ansible, like its own -v")
    parser.add_argument("--folder", type=Path, help="where to keep what the run writes (default: below build/demo)")
    arguments = parser.parse_args()
    # A polite kill ends like Ctrl-C: with everything stopped, also where a script started this in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with SimulatedFleet(arguments.folder or new_folder("demo")) as fleet:
            return 0 if demonstrate(fleet, [f"-{'v' * arguments.verbose}"] if arguments.verbose else []) else 1
    except KeyboardInterrupt:
        print("demo: interrupted; everything it started is stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
