# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant in one run of the console: what it costs, and several integrations at once.

Pages and log-ins are counted where the simulator stores them.
"""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from fleets import Fleet

FIRST = 13 + 3
"""Thirteen, and the second look right before each of three saves, which another administrator makes necessary."""
UNCHANGED = 9
OF_THE_BASE = 1
"""A preflight reads the level to copy, too."""

REPORTS = {
    "title": "Contract reports",
    "tracking": {"custom": "Contract reports"},
    "settings": {
        "contracts": {"contracts": {"view": "all"}, "contract_visibility": "full"},
        "web_services_api": {"can_login_to_web_services_api": True},
    },
    "expected_access": [{"entity": "Contracts", "query": "needed"}, {"entity": "Tickets", "create": "forbidden"}],
}


@pytest.fixture
def fleet(tmp_path: Path) -> t.Iterator[Fleet]:
    with Fleet(tmp_path / "fleet", [{"domain": "alder.example", "two_factor": False}]) as fleet:
        yield fleet


def count(fleet: Fleet, verb: str) -> int:
    return len([event for event in fleet.tenant("alder").events() if event.verb == verb])


@pytest.mark.long
def test_a_run_opens_few_pages_and_logs_in_once(fleet: Fleet) -> None:
    first = fleet.play("provision", "--diff")
    assert first.status == 0, first.output
    assert "before: work365: security_level" in first.output and "before: work365: verification" in first.output
    assert (count(fleet, "page"), count(fleet, "logged_in")) == (FIRST, 1)
    again = fleet.play("provision")
    assert again.status == 0 and again.hosts("changed") == set(), again.output
    assert (count(fleet, "page") - FIRST, count(fleet, "logged_in")) == (UNCHANGED, 2)
    part = fleet.play("provision", "--tags", "user,handover")
    assert part.status == 0 and part.hosts("changed") == set(), part.output
    assert count(fleet, "page") - FIRST - UNCHANGED < UNCHANGED
    for look, more in (("audit", 0), ("preflight", OF_THE_BASE)):
        before, logged_in = count(fleet, "page"), count(fleet, "logged_in")
        looked = fleet.play(look, work365_integration_preflight_folder=str(fleet.folder / "preflight"))
        assert looked.status == 0, looked.output
        assert (count(fleet, "page") - before, count(fleet, "logged_in") - logged_in) == (UNCHANGED + more, 1)


@pytest.mark.long
def test_work_365_a_vendor_of_the_list_and_ones_own_are_set_up_together(fleet: Fleet) -> None:
    sheets = fleet.folder / "sheets"
    wanted = {
        "autotask_integrations": ["work365", "rewst_least_privilege", REPORTS],
        "integration_handover_folder": str(sheets),
    }
    check = fleet.play("integrations", "--check", **wanted)
    assert check.status == 0 and fleet.written() == {}, check.output
    first = fleet.play("integrations", **wanted)
    assert first.status == 0, first.output
    assert count(fleet, "logged_in") == 2
    levels = {level.name for level in fleet.tenant("alder").levels() if not level.system}
    assert len(levels) == 3 and {"Work 365 API User", "Contract reports API User"} <= levels
    kept = fleet.kept("alder")
    assert set(kept) == {"work365", "verification", "rewst_least_privilege", "contract_reports"}
    for user in kept.values():
        assert fleet.tenant("alder").api_user(user["user_name"]).secret_is(user["secret"])
        assert user["secret"] not in first.output
    named = {path.name for path in sheets.iterdir()}
    assert {"alder.example@rewst_least_privilege.md", "alder.example@contract_reports.md"} <= named
    fleet.mark()
    again = fleet.play("integrations", **wanted)
    assert again.status == 0 and again.hosts("changed") == set() and fleet.written() == {}, again.output
    alone = fleet.play("provision")
    assert alone.status == 0 and alone.hosts("changed") == set() and fleet.written() == {}, alone.output
