# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is said of one tenant."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.audit_findings import findings_of

from .answers import ADDING, access, api_user, level, ours, user


def one(judged: dict[str, t.Any]) -> dict[str, t.Any]:
    (finding,) = judged["findings"]
    return t.cast("dict[str, t.Any]", finding)


def states(judged: dict[str, t.Any]) -> dict[str, str]:
    return {part["key"]: part["state"] for part in judged["parts"]}


def test_a_tenant_as_wanted_has_no_findings_and_every_part_is_ok() -> None:
    judged = findings_of(level(), user(), access())
    assert judged["findings"] == []
    assert states(judged) == dict.fromkeys(["level", "crm", "other", "user", "access"], "ok")


def test_a_cell_of_a_row_is_named_with_its_column() -> None:
    judged = findings_of(level(ADDING), user(), access())
    assert one(judged) == {
        "id": "crm > Organizations > Add",
        "part": "crm",
        "what": "Organizations > Add",
        "found": "Yes",
        "wanted": "No",
        "direction": "more",
        "severity": "drift",
        "detail": "",
    }
    assert states(judged)["crm"] == "drift"
    assert states(judged)["other"] == "ok"


@pytest.mark.parametrize(
    ("label", "found", "wanted", "direction"),
    [
        ("Can create WebHooks", True, False, "more"),
        ("Can create WebHooks", False, True, "less"),
        # A box that takes rights away.
        ("Limit resource availability to self", True, False, "less"),
        ("Limit resource availability to self", False, True, "more"),
        ("Contract Visibility", "Mine", "All", "other"),
        ("Maximum number of Webhooks", "5", "", "more"),
        ("Gone from the page", None, False, "other"),
    ],
)
def test_it_is_told_whether_more_or_less_is_granted_than_wanted(
    label: str, found: t.Any, wanted: t.Any, direction: str
) -> None:
    assert one(findings_of(level(("Other", label, found, wanted)), user(), access()))["direction"] == direction


def test_a_section_is_known_by_any_of_its_wordings_and_an_unknown_one_by_its_heading() -> None:
    judged = findings_of(level(("Timesheets", "x", True, False), ("Brand new", "y", True, False)), user(), access())
    assert [finding["part"] for finding in judged["findings"]] == ["timesheet", "Brand new"]


def test_a_missing_level_is_one_finding_and_says_nothing_about_sections() -> None:
    judged = findings_of(level(created=True), user(), access())
    assert one(judged)["id"] == "level > Security level"
    assert list(states(judged)) == ["level", "user", "access"]


def test_settings_the_collection_does_not_know_are_told_but_are_no_drift() -> None:
    judged = findings_of(level(unknown=["Other > Can do something new"]), user(), access())
    assert (one(judged)["what"], one(judged)["severity"]) == ("Can do something new", "note")
    assert states(judged)["other"] == "ok"


def test_fields_of_the_user_are_named_as_people_do() -> None:
    changes = {
        "email": ("other@x.example", "right@x.example"),
        "tracking": (None, {"type": "vendor", "name": "Work 365 Sync"}),
    }
    email, tracking = findings_of(level(), user(**changes), access())["findings"]
    assert (email["what"], email["found"], email["wanted"]) == ("E-mail address", "other@x.example", "right@x.example")
    assert (tracking["found"], tracking["wanted"]) == ("nothing", "vendor Work 365 Sync")


def test_a_locked_user_is_a_finding_although_nothing_would_change() -> None:
    assert one(findings_of(level(), user(locked=True), access()))["what"] == "Locked"


def test_no_credentials_mean_that_it_was_not_set_up() -> None:
    assert one(findings_of(level(), None, access()))["found"] == "not set up"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("other_tracking_identifier", "drift"),
        ("user_missing", "drift"),
        ("deadline_passed", "unread"),
        (None, "unread"),
    ],
)
def test_a_user_that_cannot_be_compared_is_drift_only_where_it_is_another_one_or_none(
    reason: str | None, state: str
) -> None:
    failed = {"msg": "First line.\nSecond.", **({"failure": {"reason": reason}} if reason else {})}
    judged = findings_of(level(), failed, access())
    assert states(judged)["user"] == state
    said = [part["reason"] for part in judged["parts"]] + [finding["detail"] for finding in judged["findings"]]
    assert "First line." in said


def test_access_that_is_wrong_is_drift_and_access_that_is_doubtful_is_a_remark() -> None:
    found = {"entity": "Contacts", "action": "delete", "access": "all", "necessity": "forbidden", "reason": "Why."}
    judged = findings_of(
        level(),
        user(),
        access(
            excess=[{**found, "severity": "error"}], restricted=[{**found, "action": "update", "severity": "warning"}]
        ),
    )
    assert [(f["what"], f["severity"]) for f in judged["findings"]] == [
        ("Contacts delete", "drift"),
        ("Contacts update", "remark"),
    ]
    assert states(judged)["access"] == "drift"


def test_a_proof_that_fails_for_a_reason_of_its_own_is_not_lost() -> None:
    proof = {**access(), "proven": False, "verdict": "Its security level is another one."}
    assert one(findings_of(level(), user(), proof))["detail"] == "Its security level is another one."


def test_nobody_to_ask_with_is_said_and_is_no_fault() -> None:
    judged = findings_of(level(), user(), None)
    assert judged["findings"] == []
    assert states(judged)["access"] == "absent"


VENDOR = {"type": "vendor", "name": "Work 365 Sync"}


def others(*users: dict[str, t.Any], **known: t.Any) -> dict[str, t.Any]:
    return findings_of(level(), user(), access(), users={"resources": list(users)}, ours=ours(**known))


def test_its_own_users_and_those_that_are_named_may_have_the_level() -> None:
    own = [api_user("KEY1@x.example", tracking=VENDOR), api_user("proof1@x.example")]
    judged = others(
        *own, api_user("bi@x.example"), api_user("else@x.example", security_level="Other"), other_holders=("bi",)
    )
    assert judged["findings"] == []
    assert states(judged)["others"] == "ok"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({}, "who@x.example has the level"),
        ({"security_level": "Other", "tracking": VENDOR}, "who@x.example has the tracking identifier of Work 365 Sync"),
        # Once is enough.
        ({"tracking": VENDOR}, "who@x.example has the level"),
    ],
)
@pytest.mark.parametrize(("active", "severity"), [(True, "drift"), (None, "drift"), (False, "note")])
def test_somebody_else_with_the_level_or_the_vendor_is_drift_while_active(
    more: dict[str, t.Any], what: str, active: bool | None, severity: str
) -> None:
    found = one(others(api_user("who@x.example", active=active, **more)))
    assert (found["what"], found["severity"]) == (what, severity)


def test_a_user_whose_form_did_not_open_is_not_passed_over() -> None:
    unopened = {"name": "User, Some", "active": True, "security_level": "Work 365 API User"}
    assert one(others(unopened))["what"] == "User, Some has the level"


def test_a_verification_user_that_nobody_needs_is_drift_while_active() -> None:
    judged = others(api_user("proof1@x.example"), not_wanted=("proof1",))
    assert one(judged)["what"] == "proof1@x.example can sign in"
    assert others(api_user("proof1@x.example", active=False), not_wanted=("proof1",))["findings"] == []


def test_users_that_could_not_be_listed_are_not_read() -> None:
    judged = findings_of(level(), user(), access(), users={"msg": "It took too long."}, ours=ours())
    assert states(judged)["others"] == "unread"


def test_fields_of_the_verification_user_are_findings_of_its_own() -> None:
    judged = findings_of(level(), user(), access(), verifier=user(email=("a@x.example", "b@x.example")))
    assert one(judged)["id"] == "verifier > E-mail address"
    assert (states(judged)["verifier"], states(judged)["user"]) == ("drift", "ok")
