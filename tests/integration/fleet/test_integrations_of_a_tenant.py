# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant with Work 365, COW and an integration of its own, beside three API users that somebody made by hand."""

from __future__ import annotations

import typing as t

import pytest
from fleets import Fleet, Run
from test_one_console_run import REPORTS

pytestmark = pytest.mark.long

REWST, COW = "Rewst - Automation", "CyberDrain B.V."
BY_HAND = [
    {"user_name": "rewst1@alder.example", "first_name": "Rewst", "vendor": REWST},
    {"user_name": "bridge1@alder.example", "first_name": "Bridge", "custom": "Old bridge", "locked": True},
    {"user_name": "nobody1@alder.example", "first_name": "Nobody", "active": False},
]
ROWS = {"alder.example", "alder.example@cow", "alder.example@contract_reports"}
WANTED = {
    "autotask_integrations": ["work365", "cow", REPORTS],
    "work365_integration_audit_api_users": True,
    "work365_integration_verify": False,
    # The inventory names the first user that is there already, with its secret.
    "work365_integration_user_name": "",
    "work365_integration_secret": "",
}


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Fleet]:
    vendors = [REWST, COW, "Work 365 Sync", "Somebody Else"]
    tenant = {"domain": "alder.example", "two_factor": False, "vendors": vendors, "api_users": BY_HAND}
    with Fleet(tmp_path_factory.mktemp("six"), [tenant]) as fleet:
        yield fleet


def play(fleet: Fleet, playbook: str) -> Run:
    return fleet.play(playbook, integration_handover_folder=str(fleet.folder / "sheets"), **WANTED)


def statuses(fleet: Fleet) -> dict[str, str]:
    return {row["tenant"]: row["status"] for row in fleet.report()["tenants"]}


def test_all_are_provisioned_and_the_second_run_changes_nothing(fleet: Fleet) -> None:
    first = play(fleet, "integrations")
    assert first.status == 0, first.output
    fleet.mark()
    again = play(fleet, "integrations")
    assert again.status == 0 and again.hosts("changed") == set() and fleet.written() == {}, again.output


def test_the_inventory_of_all_six_is_right(fleet: Fleet) -> None:
    audit = play(fleet, "audit")
    assert audit.status == 0 and fleet.written() == {}, audit.output
    assert set(statuses(fleet)) == ROWS and set(statuses(fleet).values()) <= {"ok", "remark"}
    (row,) = [row for row in fleet.report()["tenants"] if row["tenant"] == "alder.example"]
    kept = {user["user_name"]: key for key, user in fleet.kept("alder").items()}
    users = {kept.get(user["user_name"], user["user_name"]): user for user in row["api_users"]}
    assert len(users) == 6
    told = {
        name: (user["matrix"], user["system_level"], user["active"], user["locked"]) for name, user in users.items()
    }
    assert told["work365"] == ("work365", False, True, False)
    assert told["cow"] == ("cow", False, True, False)
    assert told["contract_reports"] == ("Contract reports", False, True, False)
    assert told["bridge1@alder.example"] == (None, True, True, True)
    assert told["nobody1@alder.example"] == (None, True, False, False)
    assert told["rewst1@alder.example"][1:] == (True, True, False)
    assert not any(users[name]["beyond"] for name in ("work365", "cow", "contract_reports"))


def test_drift_is_found_in_the_one_that_has_it(fleet: Fleet) -> None:
    tenant = fleet.tenant("alder")
    for user in fleet.kept("alder").values():
        level = next(one for one in tenant.levels() if one.id == tenant.api_user(user["user_name"]).level_id)
        other = {**level.settings.get("other", {}), "can_create_webhooks": True}
        tenant.update_level(level.id, settings={**level.settings, "other": other})
        fleet.mark()
        audit = play(fleet, "audit")
        assert audit.status != 0 and fleet.written() == {}, audit.output
        drifted = {row for row, status in statuses(fleet).items() if status == "drift"}
        found = [finding["what"] for row in fleet.report()["drifted"] for finding in row["findings"]]
        # The number of Webhooks goes with the box.
        assert found and all("Webhooks" in what for what in found) and len(drifted) == 1, audit.output
        tenant.update_level(level.id, settings=level.settings)
