# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A fleet that is audited night by night: what is drift, what was agreed on, and who is missed."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from .site import Outcome, Site

SLICES = Path(__file__).parents[3] / "playbooks" / "examples" / "awx" / "audit-of-slices.yml"
HOLDER = {
    "what": "Other API users > holder@crowded.example has the level",
    "found": "active",
    "why": "It moves to a level of its own",
    "by": "the owner of the fleet",
    "until": "2999-12-31",
    "tenants": ["crowded"],
}


def report(run: Outcome) -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", json.loads(run.files["audit/audit.json"].text))


def tenant(run: Outcome, name: str) -> dict[str, t.Any]:
    return next(t.cast("dict[str, t.Any]", one) for one in report(run)["tenants"] if one["tenant"] == name)


def drifts(run: Outcome, name: str) -> list[str]:
    return [found["id"] for found in tenant(run, name)["findings"] if found["severity"] == "drift"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.add("alder", verify=True)
    site.add("crowded", vendor="Crowded vendor", verify=True)
    assert site.provision().status == 0
    return site


def test_what_deviates_is_red_until_it_is_written_down_or_accepted(site: Site) -> None:
    # Who has the level, the fields of the verification user, and one that nobody needs any more.
    site.hosts["alder"]["work365_integration_verify_first_name"] = "Another"
    del site.hosts["crowded"]["work365_integration_verify"]
    first = site.play("audit")
    assert first.status != 0, first.output
    assert drifts(first, "alder") == ["verifier > First name"]
    unneeded = first.kept("crowded")["verification"]["user_name"]
    holder, verifier = drifts(first, "crowded")
    assert holder == "others > holder@crowded.example has the level"
    assert verifier.startswith(f"others > {unneeded}") and verifier.endswith("can sign in")
    assert {name for name in first.files if name.startswith("audit/")} >= {
        f"audit/audit.{x}" for x in ("csv", "html", "xml")
    }
    assert all(call["reads"] for call in first.calls if call["kind"] in ("level", "user"))

    # What was meant is written down, what was agreed on is accepted, and then it is green.
    del site.hosts["alder"]["work365_integration_verify_first_name"]
    site.hosts["crowded"]["work365_integration_verify"] = True
    site.variables["work365_integration_accepted"] = [HOLDER]
    site.hosts["crowded"]["work365_integration_audit_api_users"] = True
    second = site.play("audit")
    assert second.status == 0, second.output
    assert (tenant(second, "crowded")["status"], tenant(second, "alder")["status"]) == ("accepted", "ok")
    assert "as wanted, but for 1 accepted" in second.words
    users = {user["user_name"]: user for user in tenant(second, "crowded")["api_users"]}
    assert users["before@crowded.example"]["vendor"] == "No such vendor"
    assert users["holder@crowded.example"]["not_compared"], "without a tracking identifier nobody knows the vendor"
    assert "Holder" in second.files["audit/audit.html"].text
    assert tenant(second, "alder")["api_users"] == []


@pytest.mark.long
def test_a_tenant_that_is_gone_is_missed_until_somebody_says_that_it_left(site: Site) -> None:
    site.play("audit")
    del site.hosts["crowded"]
    third = site.play("audit")
    assert third.status != 0
    assert "Audited before, and gone from the fleet: crowded." in third.words
    assert report(third)["news"][0].startswith("crowded is gone")


def test_what_slices_found_is_put_together_into_one_report(site: Site) -> None:
    site.hosts["alder"]["work365_integration_verify_first_name"] = "Another"
    site.variables["work365_integration_accepted"] = [HOLDER]
    fleet, parts, whole = site.hosts, site.folder / "parts", site.folder / "whole"
    for name in fleet:
        site.hosts = {name: fleet[name]}
        site.play("audit", "--extra-vars", f"work365_integration_audit_folder={parts / name}")
    site.hosts = fleet
    put_together = ("--extra-vars", f"parts={parts} report={whole}")
    run = site.play(str(SLICES), *put_together)
    assert run.status != 0 and "1 tenants drifted, 0 were not read, 0 are gone" in run.output, run.output
    found = json.loads((whole / "audit.json").read_text(encoding="utf-8"))
    assert {one["tenant"]: one["status"] for one in found["tenants"]} == {"alder": "drift", "crowded": "accepted"}
    assert not run.calls, "it looked for itself"

    (parts / "alder" / "audit.json").rename(parts / "alder.json")
    missing = site.play(str(SLICES), *put_together)
    kept = json.loads((whole / "audit.json").read_text(encoding="utf-8"))
    assert {one["tenant"]: one["status"] for one in kept["tenants"]}["alder"] == "unread", missing.output
    assert missing.status != 0 and "alder was not read: None of the reports" in missing.output
