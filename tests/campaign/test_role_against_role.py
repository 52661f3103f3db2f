# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two playbooks work on one tenant: one stands still while the other goes from start to end.

It stands before a task, before a request that writes is carried out, or before the answer to it is sent. The two share
the store of credentials, as two people of one team do, or not, as two slices of a job may. Whatever the moment: one
level, one user, the credentials that are kept are those that work, and nobody was refused at the log-in.
"""

from __future__ import annotations

import itertools
import subprocess
import threading
import typing as t
from dataclasses import dataclass

import pytest

from campaign.ledger import NEXT_RUN, WELL, Ledger
from campaign.processes import wait_for
from campaign.simulation import Request, Simulation
from campaign.site import Site, Task

PART = "role against role"
PLAYBOOKS = ["provision", "rotate_secret", "audit", "decommission"]
LEVEL = "Work 365 API User"
DRIFTED = 2
"""With what status an audit may end where another run changes the tenant meanwhile."""


@dataclass(frozen=True)
class Moment:
    """When the first of the two stands still."""

    where: t.Literal["before task", "before request", "after request"]
    number: int
    name: str
    task: Task | None = None

    def __str__(self) -> str:
        return f"{self.where} {self.number}, {self.name}"


class Door:
    """Lets one request that writes stand still: before it is carried out, or before it is answered."""

    def __init__(self, simulation: Simulation, moment: Moment) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        self._numbers = itertools.count(1)
        self._moment = moment
        if moment.where == "before request":
            simulation.gate = lambda _page: self._stand()
        else:
            simulation.watch(lambda request: self._stand() if request.writes else None)

    def _stand(self) -> None:
        if next(self._numbers) == self._moment.number:
            self.reached.set()
            self.open.wait(300)


def pair(simulation: Simulation, first: str, second: str, shared: bool) -> tuple[Site, Site]:
    """Two operators at the point where they start their playbooks."""
    target = simulation.tenant(copy_stored="at_once")
    one, other = Site(target, "one"), Site(target, "other")
    if {first, second} != {"provision"}:
        one.play("provision")
    if shared or first != "provision":
        other.share_credentials_of(one)
    return one, other


def moments(simulation: Simulation, playbook: str) -> list[Moment]:
    """Every task of a playbook, and every request of it that writes."""
    site, _ = pair(simulation, playbook, playbook, shared=True)
    requests: list[Request] = []
    simulation.watch(lambda request: requests.append(request) if request.writes else None)
    tasks = site.tasks_of(playbook)
    simulation.watch(None)
    found = [Moment("before task", task.number, task.name, task) for task in tasks]
    for number, request in enumerate(requests, start=1):
        found += [Moment(where, number, request.page) for where in ("before request", "after request")]
    return found


def held(
    simulation: Simulation, site: Site, playbook: str, moment: Moment
) -> tuple[subprocess.Popen[str], t.Callable[[], t.Any]]:
    """Start a playbook and wait until it stands still; what lets it go on."""
    if moment.task:
        process = site.held_before(moment.task, playbook)
        wait_for(lambda: site.held or process.poll() is not None)
        return process, site.let_go
    door = Door(simulation, moment)
    process = site.start(playbook)
    wait_for(lambda: door.reached.is_set() or process.poll() is not None)
    return process, door.open.set


def named(status: int, output: str) -> str:
    """How a playbook ended: well, or with words for people."""
    assert "Traceback" not in output and "internal_error" not in output, output[-3000:]
    assert status in (0, DRIFTED), f"status {status}: {output[-2000:]}"
    return WELL if status == 0 else "named failure"


def verify(sites: t.Sequence[Site], taken_out: bool) -> None:
    """One level and one user; whoever keeps credentials of a user that is there keeps those that work."""
    target = sites[0].target
    users = [user for user in target.tenant.api_users() if user.tracking == "vendor"]
    assert len(users) <= 1, f"users: {[user.user_name for user in users]}"
    assert target.custom_levels() in ([LEVEL], [] if taken_out else [LEVEL]), f"levels: {target.custom_levels()}"
    account = target.tenant.console_user(target.connection["console_username"])
    assert not account.locked and not account.failed_logins, "the account has failed log-ins"
    assert not target.touched_paid_resources()
    for site, user in itertools.product(sites, users):
        kept = site.kept_if_any().get("work365", {})
        if user.active and kept.get("user_name") == user.user_name and kept.get("secret_set"):
            secrets = [kept[name] for name in ("secret", "next_secret") if name in kept]
            assert any(map(user.secret_is, secrets)), f"{site.folder.name} keeps another secret than the user's"


@pytest.mark.long
@pytest.mark.parametrize("shared", [True, False], ids=["one store", "no common store"])
@pytest.mark.parametrize("second", PLAYBOOKS)
@pytest.mark.parametrize("first", PLAYBOOKS)
def test_two_playbooks_make_one_of_everything(
    simulation: Simulation, ledger: Ledger, first: str, second: str, shared: bool
) -> None:
    subject = f"{first} stands, {second} goes{'' if shared else ', no common store'}"
    if not shared and {first, second} != {"provision"}:
        pytest.skip("without a store they all know nothing of the user")
    for moment in ledger.chosen(PART, subject, moments(simulation, first)):
        with ledger.case(PART, subject, str(moment)) as case:
            one, other = pair(simulation, first, second, shared)
            standing, let_go = held(simulation, one, first, moment)
            went = other.start(second)
            output, _ = went.communicate(timeout=600)
            ends = [named(went.returncode, output)]
            let_go()
            output, _ = standing.communicate(timeout=600)
            ends.append(named(standing.returncode, output))
            simulation.gate = None
            simulation.watch(None)
            taken_out = "decommission" in (first, second)
            verify([one, other], taken_out)
            if ends != [WELL, WELL]:
                case.outcome = "named failure"
            if not taken_out and shared:
                one.play("provision")
                verify([one, other], taken_out)
                case.outcome += "" if case.outcome == WELL else f", {NEXT_RUN}"
            one.refuse_leftovers()
            other.refuse_leftovers()
