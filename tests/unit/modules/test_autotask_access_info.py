# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module autotask_access_info, through its main(). The secret must not come out, whatever happens."""

from __future__ import annotations

import base64
import typing as t
import urllib.parse

import pytest
import requests
from ansible_collections.msp.autotask.plugins.module_utils._rest import verification
from ansible_collections.msp.autotask.plugins.modules.autotask_access_info import main

from ..rest.conftest import API, CODE, SECRET, USER, description, service  # noqa: F401  (fixtures, too)

OPTIONS: dict[str, t.Any] = {"api_user_name": USER, "api_secret": SECRET, "api_integration_code": CODE}
EXPECTED = [
    {"entity": "Companies", "query": "needed", "create": "needed", "update": "needed", "delete": "forbidden"},
    {"entity": "Tickets", "create": "forbidden", "reason": "Tickets are not its business."},
]
SIGN_IN = {"externalRequestThreshold": 10000, "requestThresholdTimeframe": 60, "currentTimeframeRequestCount": 1}


@pytest.fixture
def tenant(service):  # noqa: F811  (a fixture)
    """A user that may read companies, make them with restrictions, not change them, and make tickets."""
    service.get(f"{API}ThresholdInformation", json=SIGN_IN)
    service.get(f"{API}EntityInformation", status=404)
    company = description("Company", query="All", create="Restricted", update="None", delete="None")
    service.get(f"{API}Companies/entityInformation", json={"info": company})
    service.get(f"{API}Tickets/entityInformation", json={"info": description("Ticket", create=1)})
    service.post(f"{API}Resources/query", status=500, json={"errors": ["does not have the adequate permissions"]})
    return service


def secrets_in(text: str) -> list[str]:
    forms = [
        form
        for secret in (SECRET, CODE)
        for form in (secret, urllib.parse.quote(secret, safe=""), base64.b64encode(secret.encode()).decode())
    ]
    return [form for form in forms if form in text]


@pytest.mark.parametrize("check_mode", [False, True])
def test_one_missing_one_too_many_one_restricted(run, tenant, check_mode):
    result, printed = run(main, **OPTIONS, expected=EXPECTED, check_mode=check_mode)
    assert result["changed"] is False and result["proven"] is False
    assert result["access"]["Companies"] == {
        "query": "all",
        "create": "restricted",
        "update": "none",
        "delete": "none",
    }
    assert [(f["entity"], f["action"], f["severity"]) for f in result["missing"]] == [("Companies", "update", "error")]
    assert [(f["entity"], f["action"], f["severity"]) for f in result["excess"]] == [("Tickets", "create", "error")]
    assert [(f["entity"], f["action"], f["severity"]) for f in result["restricted"]] == [
        ("Companies", "create", "warning")
    ]
    assert result["unread"] == [] and result["user"] is None
    assert result["report"][1] == "error: Tickets create: forbidden but granted. Tickets are not its business."
    assert secrets_in(printed) == []


def test_a_mismatch_can_be_made_a_failure_that_still_tells_all(run, tenant):
    result, printed = run(main, **OPTIONS, expected=EXPECTED, fail_on_mismatch=True)
    assert result["failed"] and result["failure"]["reason"] == "not_proven"
    assert result["failure"]["access"]["Companies"]["query"] == "all"
    assert "Tickets create: forbidden but granted" in result["msg"]
    assert secrets_in(printed) == []


def test_without_expectations_access_is_only_read(run, tenant):
    result, _ = run(main, **OPTIONS, entities=["Companies"], fail_on_mismatch=True)
    assert result["access"] == {
        "Companies": {"query": "all", "create": "restricted", "update": "none", "delete": "none"}
    }
    assert result["proven"] is False and result["report"] == []


def test_only_questions_are_sent(run, tenant):
    run(main, **OPTIONS, expected=EXPECTED)
    sent = {(call.request.method, call.request.url.removeprefix(API)) for call in tenant.calls}
    assert {method for method, _ in sent} == {"GET", "POST"}
    assert {path for method, path in sent if method == "POST"} == {"Resources/query"}


def test_refused_credentials_are_a_failure_after_one_attempt(run, service):  # noqa: F811  (a fixture)
    service.get(f"{API}ThresholdInformation", status=401)
    result, printed = run(main, **OPTIONS, expected=EXPECTED)
    assert result["failure"]["reason"] == "wrong_credentials" and "tracking identifier" in result["msg"]
    assert len(service.calls) == 2
    assert secrets_in(printed) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"body": f"<html>{SECRET}</html>"},
        {"status": 500, "json": {"errors": [f"Secret {SECRET} and code {CODE} are odd", urllib.parse.quote(SECRET)]}},
        {"status": 418, "json": {"errors": [base64.b64encode(SECRET.encode()).decode()]}},
        {"body": requests.exceptions.InvalidHeader(f"header value: {SECRET!r}")},
        {"body": ZeroDivisionError(f"Secret: {SECRET}")},
        {"json": {"entityDescriptions": [{"info": {"name": SECRET}}]}},
    ],
)
def test_the_secret_stays_inside_whatever_the_service_says(run, service, fault, monkeypatch):  # noqa: F811  (a fixture)
    monkeypatch.setattr(verification, "MOST_SIGN_INS", 1)
    service.get(f"{API}ThresholdInformation", json=SIGN_IN)
    service.get(f"{API}EntityInformation", status=404)
    service.get(f"{API}Companies/entityInformation", **fault)
    service.post(f"{API}Resources/query", status=500, json={"errors": ["no"]})
    result, printed = run(main, **OPTIONS, entities=["Companies"], timeout=1)
    assert secrets_in(printed) == []
    assert result.get("failed") or result["unread"]


def test_a_secret_with_a_line_break_is_not_sent(run, service):  # noqa: F811  (a fixture)
    result, printed = run(main, **{**OPTIONS, "api_secret": f"{SECRET}\n"}, entities=["Companies"])
    assert result["failure"]["reason"] == "malformed_credentials" and len(service.calls) == 0
    assert secrets_in(printed) == []


def test_contradictions_are_found_before_anything_is_sent(run, service):  # noqa: F811  (a fixture)
    result, _ = run(main, **OPTIONS, expected=[*EXPECTED, {"entity": "Tickets", "create": "needed"}])
    assert result["failure"]["reason"] == "contradiction" and len(service.calls) == 0


def test_something_must_be_asked_for(run):
    result, _ = run(main, **OPTIONS)
    assert "one of the following is required: expected, entities" in result["msg"]


def test_credentials_can_come_from_the_environment(run, tenant, monkeypatch):
    monkeypatch.setenv("AUTOTASK_API_USER_NAME", USER)
    monkeypatch.setenv("AUTOTASK_API_SECRET", SECRET)
    monkeypatch.setenv("AUTOTASK_API_INTEGRATION_CODE", CODE)
    result, printed = run(main, entities=["Companies"])
    assert result["access"]["Companies"]["query"] == "all"
    assert secrets_in(printed) == []
