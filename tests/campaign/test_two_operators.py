# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two operators work on one tenant: one run stands still before a step while another runs from start to end.

Whatever the step, there is one level and one user in the end, and each run ends well or says by name what it found.
"""

from __future__ import annotations

import pytest
from samples import each
from simulated_console import SECRET

from campaign.jobs import JOBS, Job
from campaign.ledger import NEXT_RUN, WELL, Case, Ledger
from campaign.processes import wait_for
from campaign.simulation import Simulation, Target

PART = "two operators"


def judge(case: Case, target: Target, job: Job, undisturbed: Target) -> None:
    """One of what is wanted must be there; if a run ended in a failure, one more run sets everything right."""
    if job.name.startswith("level"):
        assert "Reader" in target.custom_levels()
    else:
        (user,) = target.tenant.api_users()
        assert user.secret_is(SECRET)
    if case.outcome == WELL:
        job.verify(target, undisturbed)
        return
    again = Target.result(target.start(job.module, **job.options(target)))
    assert "failure" not in again, f"{case.outcome}; and the next run: {again.get('msg')}"
    job.verify(target, undisturbed)
    case.outcome += f", {NEXT_RUN}"


@pytest.mark.parametrize("job", each([job for job in JOBS if not job.with_user], in_make_test=[]))
def test_two_runs_make_one_of_everything(simulation: Simulation, ledger: Ledger, job: Job) -> None:
    undisturbed = job.tenant_for(simulation)
    steps = undisturbed.run(job.module, **job.options(undisturbed)).steps
    for number, step in ledger.chosen(PART, job.name, list(enumerate(steps, start=1))):
        with ledger.case(PART, job.name, f"one stands before step {number}, {step}") as case:
            target = job.tenant_for(simulation)
            # Two people share no session.
            options = {**job.options(target), "console_session": None}
            first = target.held_before(number, job.module, **options)
            wait_for(lambda process=first, one=target: one.held or process.poll() is not None)
            second = Target.result(target.start(job.module, **options))
            target.let_go()
            case.named(Target.result(first))
            if case.outcome == WELL:
                case.named(second)
            judge(case, target, job, undisturbed)
            target.refuse_leftovers()
