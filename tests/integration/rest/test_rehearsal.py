# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matrix's regression test: with it Work 365 works; without one of its values exactly its users fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rehearsal.autotask import Autotask, NotASimulator
from rehearsal.granting import controls
from rehearsal.role import matrix, wanted
from rehearsal.work365 import FORBIDDEN, OPERATIONS, NothingFound, misdeeds, rehearse, remember

# The page shows text in this cell, because the access to kinds of organizations decides.
NOT_ON_THE_PAGE = {"crm.contacts.view"}
NEEDED = sorted({path for operation in OPERATIONS for path in operation.needs})


def staged(made):
    """A tenant, Work 365's access to it, and what Work 365 remembers of it."""
    autotask = Autotask(made.url, made.user.user_name, made.user_secret, made.user.tracking_identifier)
    return made, autotask, remember(autotask)


@pytest.fixture(scope="module")
def stage(subject):
    return staged(subject())


def test_with_the_matrix_everything_works_and_no_more(stage):
    made, autotask, memory = stage
    made.grant()
    assert [str(outcome) for outcome in rehearse(autotask, memory) if outcome.refusal] == []
    assert misdeeds(autotask, memory) == []


@pytest.mark.parametrize("path", NEEDED)
def test_without_one_value_exactly_what_needs_it_fails(stage, path):
    made, autotask, memory = stage
    made.grant(without=path)
    outcomes = rehearse(autotask, memory)
    failed = {outcome.operation.number: outcome.refusal for outcome in outcomes if outcome.refusal}
    assert failed.keys() == {operation.number for operation in OPERATIONS if path in operation.needs}
    assert all(is_autotasks_own(refusal) for refusal in failed.values())
    assert misdeeds(autotask, memory) == []


def is_autotasks_own(refusal):
    return isinstance(refusal, NothingFound) or refusal.is_about_rights or refusal.is_about_hidden_records


def test_every_required_value_is_needed_by_something(stage):
    made, *_ = stage
    required = {right.path for right in matrix() if right.necessity == "required"}
    assert required - controls(made.tenant).keys() == NOT_ON_THE_PAGE
    assert required - NOT_ON_THE_PAGE <= set(NEEDED)


def test_a_level_that_only_maps_can_do_all_but_make_and_change_customers_and_products(stage):
    made, autotask, memory = stage
    made.grant(wanted("map_only"))
    failed = {outcome.operation.number for outcome in rehearse(autotask, memory) if outcome.refusal}
    assert failed == {"7", "8", "8b"}
    assert misdeeds(autotask, memory) == []


def test_what_is_forbidden_is_possible_for_a_level_that_allows_it(subject):
    """Otherwise the refusals above would prove nothing."""
    made, autotask, memory = staged(subject())
    level = made.tenant.level("API User (system)")
    made.tenant.update_level(
        made.user.level_id,
        settings=level.settings | {"other": {**level.settings["other"], "can_create_webhooks": True}},
    )
    assert set(misdeeds(autotask, memory)) == set(FORBIDDEN)


def test_it_refuses_to_leave_this_machine():
    with pytest.raises(NotASimulator):
        Autotask("https://webservices.autotask.net/ATServicesRest/", "a", "b", "c")


def test_the_command_says_how_it_went(subject):
    made = subject()
    environment = {
        **os.environ,
        "AUTOTASK_API_SECRET": made.user_secret,
        "AUTOTASK_API_INTEGRATION_CODE": made.user.tracking_identifier,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-m", "rehearsal", made.url, made.user.user_name]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        done.stdout.splitlines()[-1]
        == f"rehearsal: operations={len(OPERATIONS)} failed=0 forbidden={len(FORBIDDEN)} allowed=0"
    )
