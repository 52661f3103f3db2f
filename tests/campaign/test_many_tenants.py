# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fifty tenants, all different, two at a time, and in each of them something goes wrong at random.

Bounded: two modules a tenant, one fault each, and one more run where the first did not end well.
"""

from __future__ import annotations

import random
import typing as t
from concurrent.futures import ThreadPoolExecutor

import pytest
from autotask_simulator.faults import CONSOLE_FAULTS
from autotask_simulator.generate import varied_fleet

from campaign.jobs import JOBS, Job
from campaign.ledger import NEXT_RUN, WELL, Ledger
from campaign.simulation import Simulation, Target

PART = "many tenants"
TENANTS = 50
AT_A_TIME = 2
PAGES = ["*level*", "*user*", "*rows", "save_*", "landing", "admin*"]
LEVEL, USER = (next(job for job in JOBS if job.name == name) for name in ("level", "user"))


def arm(target: Target, chance: random.Random) -> str:
    """Arm one fault somewhere on the way, and say which."""
    kind, page, skip = chance.choice(sorted(CONSOLE_FAULTS)), chance.choice(PAGES), chance.randrange(3)
    options = {"ms": 2000} if kind in ("slow", "overlay") else {}
    target.tenant.store.arm(kind, domain=target.tenant.domain, page=page, skip=skip, options=options)
    return f"{kind} on {page} ({skip + 1})"


def work(target: Target, job: Job) -> dict[str, t.Any]:
    return Target.result(target.start(job.module, **job.options(target), timeout=240))


def options_for(target: Target, spec: dict[str, t.Any]) -> dict[str, t.Any]:
    """Where there are several locations, one must be chosen."""
    locations = spec.get("locations") or []
    return {"location": locations[0]} if len(locations) > 1 else {}


def one_tenant(simulation: Simulation, ledger: Ledger, number: int, spec: dict[str, t.Any]) -> None:
    chance = random.Random(number)
    # A code counts once in thirty seconds, and a level or user of that name would not be new.
    without = ("domain", "two_factor", "admin", "login", "levels", "api_users", "slow_ms", "late_ms")
    target = simulation.tenant(**{name: value for name, value in spec.items() if name not in without})
    location = options_for(target, spec)
    for job, options in ((LEVEL, {}), (USER, location)):
        fault = arm(target, chance)
        with ledger.case(PART, job.name, f"tenant {number}, {fault}") as case:
            run = Job(job.name, job.module, lambda one, job=job, more=options: {**job.options(one), **more}, job.verify)
            case.named(work(target, run))
            for left in target.tenant.store.faults():
                if left.domain == target.tenant.domain:
                    target.tenant.store.disarm(left.id)
            if case.outcome != WELL:
                again = work(target, run)
                assert "failure" not in again, f"{case.outcome}; and the next run: {again.get('msg')}"
                case.outcome += f", {NEXT_RUN}"
            if job is LEVEL:
                assert target.custom_levels() == ["Reader"]
                assert target.tenant.level("Reader").settings["contracts"]["contracts"]["view"] == "All"
            else:
                job.verify(target, target)
            target.refuse_leftovers()


@pytest.mark.long
def test_every_tenant_ends_well_or_by_name(simulation: Simulation, ledger: Ledger) -> None:
    fleet = list(enumerate(varied_fleet(TENANTS, seed=8)["tenants"], start=1))
    chosen = ledger.chosen(PART, "level", fleet)
    ledger.possible[PART]["user"] = TENANTS
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        jobs = [pool.submit(one_tenant, simulation, ledger, *one) for one in chosen]
        for job in jobs:
            job.result()
