# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every fault that the simulated console knows, at every request where it can strike, once and from then on.

A run ends well, with everything as it was wanted, or with a failure that has a name; never with a second level or user,
a locked account, or an "ok" for something that is not so. The next run, undisturbed, sets right what is left to do.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

import pytest
from autotask_simulator.faults import BEFORE, CONSOLE_FAULTS, ON_SAVE
from samples import each

from campaign.jobs import JOBS, Job
from campaign.ledger import NEXT_RUN, WELL, Ledger
from campaign.simulation import Request, Simulation, Target

PART = "faults"
TIMES = {"once": 1, "from then on": -1}
OPTIONS: dict[str, dict[str, t.Any]] = {"slow": {"ms": 2500}, "overlay": {"ms": 2500}}
PATIENCE = {"once": 120, "from then on": 40}
"""Seconds that a module is given; what never gets better need not be waited for long."""

WITH_LISTS = ("edit_level", "copy_level", "new_api_user", "edit_api_user")


def can_strike(kind: str, request: Request) -> bool:
    """Whether a fault may strike there; where this says too much, the fault stays armed and is not counted."""
    if kind in BEFORE:
        return True
    if kind in ON_SAVE:
        return request.writes and not request.page.startswith("login")
    if kind == "concurrent_change":
        return request.page.startswith("edit_")
    if kind == "list_not_loaded":
        return request.page.endswith("_rows") or request.page in WITH_LISTS
    return request.document and not request.page.startswith(("login", "entry", "landing"))


@dataclass(frozen=True)
class Fault:
    """A fault and the request that it strikes: the *occurrence*-th of that page, from 0."""

    kind: str
    page: str
    occurrence: int
    times: str

    def __str__(self) -> str:
        return f"{self.kind} {self.times}, {self.page}" + (f" ({self.occurrence + 1})" if self.occurrence else "")


def faults_of(requests: t.Sequence[Request]) -> t.Iterator[Fault]:
    """All faults that an undisturbed run with these requests can meet."""
    met: dict[str, int] = {}
    for request in requests:
        occurrence = met[request.page] = met.get(request.page, -1) + 1
        for kind in CONSOLE_FAULTS:
            if can_strike(kind, request):
                yield from (Fault(kind, request.page, occurrence, times) for times in TIMES)


@pytest.mark.parametrize("job", each(JOBS[:1] + JOBS[2:3], in_make_test=[]))
def test_no_fault_breaks_a_promise(simulation: Simulation, ledger: Ledger, job: Job) -> None:
    undisturbed, requests = job.tenant_for(simulation), list[Request]()
    simulation.watch(requests.append)
    undisturbed.run(job.module, **job.options(undisturbed))
    simulation.watch(None)

    for fault in ledger.chosen(PART, job.name, list(faults_of(requests))):
        target = job.tenant_for(simulation)
        # Without a domain, because nobody is known yet on the login page.
        simulation.store.arm(
            fault.kind,
            page=fault.page,
            skip=fault.occurrence,
            times=TIMES[fault.times],
            options=OPTIONS.get(fault.kind, {}),
        )
        simulation.struck.clear()
        result = Target.result(target.start(job.module, **job.options(target), timeout=PATIENCE[fault.times]))
        simulation.store.disarm()
        if not simulation.struck:
            ledger.cannot_be(PART, job.name, str(fault))
            continue
        with ledger.case(PART, job.name, str(fault)) as case:
            case.named(result)
            target.refuse_leftovers()
            # What another administrator changes after the last look is for the next run to see.
            if case.outcome == WELL and fault.kind != "concurrent_change":
                job.verify(target, undisturbed)
                continue
            again = Target.result(target.start(job.module, **job.options(target)))
            assert "failure" not in again, f"{case.outcome}; and the next run: {again.get('msg')}"
            job.verify(target, undisturbed)
            target.refuse_leftovers()
            case.outcome += f", {NEXT_RUN}"
