# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module is killed anywhere between start and end; the next run finishes what it began, and nothing is left behind.

Two things divide a run: the steps of the driver's journal, and the requests that reach Autotask. At each step module
and browser are killed together. At each request, carried out but not yet answered, the module is killed alone, and its
browser must end by itself.
"""

from __future__ import annotations

import os
import signal
import subprocess

import pytest
from samples import each

from campaign.jobs import JOBS, Job
from campaign.ledger import NEXT_RUN, Ledger
from campaign.processes import wait_for
from campaign.simulation import Request, Simulation, Target

PART = "killed anywhere"


def killed_after(target: Target, simulation: Simulation, request: Request, job: Job) -> None:
    """Kill the module alone once *request* has been carried out; its browser must follow by itself."""
    running: list[subprocess.Popen[str]] = []

    def watcher(seen: Request) -> None:
        if seen.number == request.number:
            wait_for(lambda: running)
            os.kill(running[0].pid, signal.SIGKILL)

    simulation.watch(watcher)
    running.append(target.start(job.module, **job.options(target)))
    running[0].communicate(timeout=300)
    simulation.watch(None)
    assert running[0].returncode == -signal.SIGKILL, "the run ended before it could be killed"
    wait_for(lambda: not target.processes, 60)


def finish(target: Target, job: Job, undisturbed: Target) -> None:
    job.between(target)
    result = Target.result(target.start(job.module, **job.options(target)))
    assert "failure" not in result, f"the next run failed: {result.get('msg')}"
    job.verify(target, undisturbed)
    target.refuse_leftovers()


@pytest.mark.parametrize("job", each(JOBS, in_make_test=["user"]))
def test_a_killed_run_is_finished_by_the_next(simulation: Simulation, ledger: Ledger, job: Job) -> None:
    undisturbed, requests = job.tenant_for(simulation), list[Request]()
    simulation.watch(requests.append)
    steps = undisturbed.run(job.module, **job.options(undisturbed)).steps
    simulation.watch(None)
    job.verify(undisturbed, undisturbed)

    for number, step in ledger.chosen(PART, job.name, list(enumerate(steps, start=1))):
        with ledger.case(PART, job.name, f"before step {number}, {step}") as case:
            target = job.tenant_for(simulation)
            target.killed_before(number, job.module, **job.options(target))
            finish(target, job, undisturbed)
            case.outcome = NEXT_RUN
    for request in ledger.chosen(PART, job.name, requests, sample=0):
        with ledger.case(PART, job.name, str(request)) as case:
            target = job.tenant_for(simulation)
            killed_after(target, simulation, request, job)
            finish(target, job, undisturbed)
            case.outcome = NEXT_RUN
