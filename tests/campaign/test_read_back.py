# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is stored is not what was saved, or what a page shows is not what was set: found, and named."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from flask import Response
from samples import each

from campaign.jobs import JOBS, Job
from campaign.ledger import NEXT_RUN, Ledger
from campaign.simulation import Request, Simulation, Target

PART = "read-back"
LEVEL, USER = (next(job for job in JOBS if job.name == name) for name in ("level", "user"))

SNAPS_BACK = """<script>document.addEventListener('change', event => {
  if (event.target.matches('select')) setTimeout(() => { event.target.selectedIndex = event.target.length - 1; }, 20);
}, true)</script>"""
CUTS_SHORT = """<script>document.addEventListener('input', event => {
  event.target.value = event.target.value.slice(0, 5);
}, true)</script>"""


@dataclasses.dataclass(frozen=True)
class Lie:
    """What goes wrong, and what must be said of it."""

    name: str
    job: Job
    reason: str
    says: str
    stored: t.Callable[[Target], None] | None = None
    """What becomes of the object right after it was saved."""
    pages: tuple[str, ...] = ()
    script: str = ""
    """What those pages do meanwhile."""


def other_settings(target: Target) -> None:
    level = target.tenant.level("Reader")
    settings = {
        **level.settings,
        "contracts": {**level.settings["contracts"], "contracts": {"view": "Mine", "add": "No"}},
    }
    target.tenant.update_level(level.id, settings=settings)


def inactive(target: Target) -> None:
    target.tenant.update_level(target.tenant.level("Reader").id, active=False)


def other_mail(target: Target) -> None:
    (user,) = target.tenant.api_users()
    target.tenant.update_resource(user.id, email="somebody@else.example")


LIES = [
    Lie("a level is stored with another setting", LEVEL, "not_stored", "Contracts", stored=other_settings),
    Lie("a level is stored as inactive", LEVEL, "not_stored", "Active", stored=inactive),
    Lie("a list snaps back", LEVEL, "not_stored", "Contracts", pages=("copy_level", "edit_level"), script=SNAPS_BACK),
    Lie("a user is stored with another address", USER, "not_stored", "email", stored=other_mail),
    Lie("a text box cuts texts short", USER, "not_taken", "text", pages=("new_api_user",), script=CUTS_SHORT),
]


@pytest.mark.parametrize("lie", each(LIES, in_make_test=[]))
def test_a_lie_is_found_and_named(simulation: Simulation, ledger: Ledger, lie: Lie) -> None:
    with ledger.case(PART, lie.job.name, lie.name) as case:
        target, undisturbed = lie.job.tenant_for(simulation), lie.job.tenant_for(simulation)

        def after(request: Request) -> None:
            if lie.stored and request.page in ("save_level", "save_api_user"):
                lie.stored(target)

        def tamper(page: str, response: Response) -> Response:
            if page in lie.pages:
                response.set_data(response.get_data(as_text=True).replace("</body>", f"{lie.script}</body>"))
            return response

        simulation.watch(after)
        simulation.tamper = tamper
        result = target.run(lie.job.module, **lie.job.options(target))
        simulation.watch(None)
        simulation.tamper = None
        case.named(result)
        assert result.get("failure", {}).get("reason") == lie.reason, result.get("msg", "it ended well")
        assert lie.says in result["msg"], result["msg"]
        undisturbed.run(lie.job.module, **lie.job.options(undisturbed))
        again = target.run(lie.job.module, **lie.job.options(target))
        assert "failure" not in again, again.get("msg")
        lie.job.verify(target, undisturbed)
        target.refuse_leftovers()
        case.outcome += f", {NEXT_RUN}"
