# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A year with a small fleet: set up, drift, audits, mending, rotation, the end. One story, told in order."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
from fleets import Fleet, Run

pytestmark = pytest.mark.long

TENANTS: list[dict[str, t.Any]] = [
    {"domain": "alder.example", "two_factor": False},
    {"domain": "birch.example", "two_factor": False, "look": "older", "editors": "popup", "organization": "Company"},
    {"domain": "cedar.example", "two_factor": False},
]
# The tenant in the middle does not let anybody in.
FAILS = {"birch": {"console_password": "not this one"}}


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Fleet]:
    with Fleet(tmp_path_factory.mktemp("fleet"), TENANTS) as fleet:
        fleet.vary(**FAILS, cedar={"enabled": False})
        yield fleet


def status_of(fleet: Fleet) -> dict[str, str]:
    return {entry["tenant"].partition(".")[0]: entry["status"] for entry in fleet.report()["tenants"]}


def test_one_tenant_fails_one_is_off_and_the_others_are_set_up(fleet: Fleet) -> None:
    run = fleet.play("provision")
    assert run.status != 0
    assert run.hosts("failures") == {"birch.example"}
    assert set(fleet.written()) == {"alder"}
    assert "alder.example: changed security level, user of work365, user of verification" in run.words
    assert re.search(r"birch\.example: FAILED: .*password was refused", run.words)
    assert "cedar.example: switched off" in run.words
    # A password that was refused is not tried again.
    assert len(fleet.tenant("birch").events("login_failed")) == 1


def test_an_audit_says_so_and_changes_nothing(fleet: Fleet) -> None:
    fleet.mark()
    run = fleet.play("audit")
    assert status_of(fleet) == {"alder": "ok", "birch": "unread", "cedar": "off"}
    assert run.hosts("failures") == {"birch.example"}
    assert fleet.written() == {}
    assert run.hosts("changed") == set()


def test_drift_is_found_where_it_is_and_nothing_is_changed(fleet: Fleet) -> None:
    fleet.by_hand("alder", "other", "can_create_webhooks", True)
    (user,) = [user for user in fleet.tenant("alder").api_users() if user.tracking == "vendor"]
    fleet.tenant("alder").update_resource(user.id, email="somebody@else.example")
    fleet.mark()
    run = fleet.play("audit", "--limit", "alder.example")
    assert run.hosts("failures") == {"alder.example"}
    assert fleet.written() == {}
    report = fleet.report()
    assert status_of(fleet) == {"alder": "drift", "birch": "unread", "cedar": "off"}
    (news,) = report["drifted"]
    found = {finding["id"].lower(): (finding["found"], finding["wanted"]) for finding in news["findings"]}
    assert found["other > can create webhooks"] == ("checked", "not checked")
    assert found["user > e-mail address"] == ("somebody@else.example", "work365@msp.example")
    assert "access > companywebhooks create" in found
    page = (fleet.folder / "audit" / "audit.html").read_text(encoding="utf-8")
    assert "<title>1 of 3 tenants drifted" in page


def test_provisioning_mends_it_and_the_next_audit_says_so(fleet: Fleet) -> None:
    assert fleet.play("provision", "--limit", "alder.example").status == 0
    run = fleet.play("audit", "--limit", "alder.example")
    assert run.status == 0, run.output
    (news,) = fleet.report()["mended"]
    assert "other > can create webhooks" in {finding["id"].lower() for finding in news["findings"]}
    assert [entry["counts"]["drift"] for entry in fleet.report()["history"]] == [0, 1, 0]


def test_preflight_looks_at_a_tenant_and_changes_nothing(fleet: Fleet) -> None:
    fleet.vary(birch={})
    fleet.mark()
    folder = fleet.folder / "preflight"
    run = fleet.play("preflight", "--limit", "birch.example", work365_integration_preflight_folder=str(folder))
    assert run.status == 0, run.output
    assert fleet.written() == {}
    said = (folder / "birch.example.md").read_text(encoding="utf-8")
    assert "**No.**" not in said
    assert "| What would a run do to the level? | create it |" in said
    assert "Yes: 50 of 50 are left" in said
    assert "| Does the form of an API user take what is wanted? | Yes; tracking identifier: " in said
    assert "| Which location does the user get? | Headquarters" in said
    assert "| organization_settings_and_users | Company Settings & Users |" in said
    assert not (fleet.folder / "credentials" / "birch.example.yml").exists()


def test_lost_credentials_lead_to_no_second_user(fleet: Fleet) -> None:
    file = fleet.folder / "credentials" / "alder.example.yml"
    kept = file.read_bytes()
    file.unlink()
    fleet.mark()
    run = fleet.play("provision", "--limit", "alder.example")
    assert run.hosts("failures") == {"alder.example"}
    assert "is there already" in run.words
    assert "work365_integration_user_name: " in run.words
    assert fleet.written() == {}
    assert fleet.kept("alder") == {}
    file.write_bytes(kept)


def test_rotation_replaces_both_secrets_and_autotask_has_them(fleet: Fleet) -> None:
    before = fleet.kept("alder")
    run = fleet.play("rotate_secret", "--limit", "alder.example")
    assert run.status == 0, run.output
    after = fleet.kept("alder")
    for name in ("work365", "verification"):
        assert after[name]["secret"] != before[name]["secret"]
        assert fleet.tenant("alder").api_user(after[name]["user_name"]).secret_is(after[name]["secret"])
        assert after[name]["secret"] not in run.output
    assert after["work365"]["previous_secret"] == before["work365"]["secret"]


def test_runbook_is_written_and_its_user_proven(fleet: Fleet) -> None:
    folder = fleet.folder / "runbook"
    typed = fleet.kept("alder")["verification"]
    fleet.mark()
    run = fleet.play(
        "runbook",
        "--limit",
        "alder.example",
        work365_integration_runbook_folder=str(folder),
        work365_integration_terms={"organization": "Account"},
        work365_integration_user_name=typed["user_name"],
        work365_integration_secret=typed["secret"],
        work365_integration_tracking_identifier=typed["tracking_identifier"],
    )
    assert run.status == 0, run.output
    assert "Proven for" in run.words
    assert fleet.written() == {}
    for page in map(Path.read_text, folder.iterdir()):
        assert "Account Settings &" in page
        assert typed["secret"] not in page


def test_decommissioning_needs_the_name_and_then_shuts_everything_down(fleet: Fleet) -> None:
    fleet.mark()
    refused = fleet.play("decommission", "--limit", "alder.example")
    assert refused.status != 0
    assert fleet.written() == {}
    run = decommission(fleet)
    assert run.status == 0, run.output
    assert [user.active for user in fleet.tenant("alder").api_users()] == [False, False]
    assert "level kept, it still belongs to" in run.words
    archive = fleet.folder / "credentials" / "archive"
    (archived,) = archive.iterdir()
    assert set(fleet.opened(archived)) == {"work365", "verification"}
    assert not (fleet.folder / "credentials" / "alder.example.yml").exists()


def decommission(fleet: Fleet) -> Run:
    return fleet.play("decommission", "--limit", "alder.example", work365_integration_decommission="alder.example")
