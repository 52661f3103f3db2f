# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A playbook is killed, with everything it started, between any two of its tasks; the next run finishes it.

Only tasks after which something outside of the run may be different are looked at: between the others nothing changes
that a killed run could leave. Inside the console tasks test_killed_anywhere.py kills at every step and request.
"""

from __future__ import annotations

import dataclasses
import typing as t
from collections import Counter

import pytest

from campaign.ledger import NEXT_RUN, Ledger
from campaign.simulation import Simulation, Snapshot
from campaign.site import Site, Task

PART = "killed anywhere"
LEAVES_NOTHING = (
    "set_fact",
    "assert",
    "debug",
    "fail",
    "meta",
    "include_tasks",
    "import_tasks",
    "include_vars",
    "set_stats",
    "slurp",
    "fleet_check",
    "integration_plan",
    "integration_result",
    "autotask_zone_info",
)
PLAYBOOKS = ["provision", "rotate_secret"]
LEVEL = "Work 365 API User"


def moments(tasks: t.Sequence[Task]) -> list[Task]:
    """The tasks before which something happened that lasts."""
    found, times = [], Counter[str]()
    for before, task in zip(tasks, tasks[1:], strict=False):
        if not before.skipped and before.action.rpartition(".")[2] not in LEAVES_NOTHING:
            name = f"{before.name}, before {task.name}"
            times[name] += 1
            again = f" ({times[name]})" if times[name] > 1 else ""
            found.append(dataclasses.replace(task, name=name + again))
    return found


class Beginning:
    """A tenant at the point where a playbook is run, as often as one wants."""

    def __init__(self, simulation: Simulation, playbook: str) -> None:
        self.site = Site(simulation.tenant(copy_stored="at_once"))
        if playbook != "provision":
            self.site.play("provision")
        self._start = Snapshot(simulation, self.site.target)

    def again(self) -> Site:
        self._start.restore()
        return self.site


def verify(site: Site, settings: dict[str, t.Any], was: str | None) -> None:
    """One level, one user, and the stored credentials are those that work."""
    tenant = site.target.tenant
    assert site.target.custom_levels() == [LEVEL]
    level = tenant.level(LEVEL)
    assert level.active and level.settings == settings, "the level differs from that of an undisturbed run"
    (user,) = tenant.api_users()
    kept = site.kept()["work365"]
    assert user.user_name == kept["user_name"] and user.active and not user.locked
    assert user.secret_is(kept["secret"]), "the stored secret is not the user's"
    assert kept["secret_set"] and "next_secret" not in kept
    assert kept["secret"] != was, "the secret is still the old one"
    assert (site.folder / "handover.md").exists()
    site.refuse_leftovers(kept["secret"], site.target.connection["console_password"])


@pytest.mark.long
@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_a_killed_playbook_is_finished_by_the_next_run(simulation: Simulation, ledger: Ledger, playbook: str) -> None:
    beginning = Beginning(simulation, playbook)
    undisturbed = beginning.site
    was = undisturbed.kept()["work365"]["secret"] if playbook == "rotate_secret" else None
    tasks = undisturbed.tasks_of(playbook)
    settings = undisturbed.target.tenant.level(LEVEL).settings
    verify(undisturbed, settings, was)

    for task in ledger.chosen(PART, f"playbook {playbook}", moments(tasks)):
        with ledger.case(PART, f"playbook {playbook}", f"after {task.name}") as case:
            site = beginning.again()
            was = site.kept()["work365"]["secret"] if playbook == "rotate_secret" else None
            site.killed_before(task, playbook)
            new = site.kept()["work365"] if (site.folder / "kept" / "credentials.yml").exists() else {}
            # A rotation that was killed after its end is over; this is how the guide says to leave its secret alone.
            over = playbook == "rotate_secret" and "next_secret" not in new and new["secret"] != was
            site.play(playbook, *(["--extra-vars", "work365_integration_rotate_older_than=1"] if over else []))
            verify(site, settings, was)
            promised = new.get("next_secret") or new.get("secret", was)
            if promised != was:
                assert site.kept()["work365"]["secret"] == promised, "another secret than the one written down first"
            case.outcome = NEXT_RUN


def verify_taken_out(site: Site, secret: str) -> None:
    """The user is inactive, and what signed in as it is archived, once, and kept nowhere else."""
    (user,) = site.target.tenant.api_users()
    assert not user.active and user.secret_is(secret)
    assert len(list((site.folder / "kept" / "archive").iterdir())) == 1
    assert not site.kept_if_any() and not (site.folder / "handover.md").exists()
    site.refuse_leftovers(secret, site.target.connection["console_password"])


@pytest.mark.long
def test_a_killed_decommissioning_is_finished_by_the_next(simulation: Simulation, ledger: Ledger) -> None:
    beginning = Beginning(simulation, "decommission")
    undisturbed = beginning.site
    secret = undisturbed.kept()["work365"]["secret"]
    tasks = undisturbed.tasks_of("decommission")
    verify_taken_out(undisturbed, secret)
    for task in ledger.chosen(PART, "playbook decommission", moments(tasks)):
        with ledger.case(PART, "playbook decommission", f"after {task.name}") as case:
            site = beginning.again()
            secret = site.kept()["work365"]["secret"]
            site.killed_before(task, "decommission")
            archived = list((site.folder / "kept").glob("archive/*"))
            (user,) = site.target.tenant.api_users()
            assert not (archived and user.active), "put away before the user was inactive"
            site.play("decommission")
            verify_taken_out(site, secret)
            case.outcome = NEXT_RUN


@pytest.mark.long
def test_a_killed_audit_has_changed_nothing(simulation: Simulation, ledger: Ledger) -> None:
    site = Beginning(simulation, "audit").site
    settings, kept = site.target.tenant.level(LEVEL).settings, site.kept()
    for task in ledger.chosen(PART, "playbook audit", moments(site.tasks_of("audit"))):
        with ledger.case(PART, "playbook audit", f"after {task.name}") as case:
            writes = site.target.writes
            site.killed_before(task, "audit")
            site.play("audit")
            assert site.target.writes == writes and site.kept() == kept
            verify(site, settings, was=None)
            case.outcome = NEXT_RUN
