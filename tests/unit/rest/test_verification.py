# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole proof: how often a user signs in, what it costs, what speaks against it."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import ThresholdError, WrongCredentialsError
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import expectations_of
from ansible_collections.msp.autotask.plugins.module_utils._rest.verification import verify

from .conftest import API, USER, description

FIELDS = {
    "fields": [
        {"name": "userType", "picklistValues": [{"value": "52", "label": "Work 365 API User (API-only)"}]},
        {
            "name": "licenseType",
            "picklistValues": [{"value": "7", "label": "API User"}, {"value": "3", "label": "Pro"}],
        },
        {"name": "email", "picklistValues": None},
    ]
}


def usage(service, used=10, **changes):
    answer = {"externalRequestThreshold": 10000, "requestThresholdTimeframe": 60, "currentTimeframeRequestCount": used}
    service.get(f"{API}ThresholdInformation", json={**answer, **changes})


def refused(service):
    service.get(f"{API}ThresholdInformation", status=401)


def listing(service, *descriptions):
    service.get(f"{API}EntityInformation", json={"entityDescriptions": [{"info": info} for info in descriptions]})
    service.get(f"{API}Companies/entityInformation", json={"info": descriptions[0]})


def record(service, name=USER, license_type=7):
    row = {
        "id": 3,
        "userName": name,
        "isActive": True,
        "licenseType": license_type,
        "userType": 52,
        "email": "a@b.example",
    }
    other = {"id": 2, "userName": "somebody", "licenseType": 3}
    service.post(f"{API}Resources/query", json={"items": [other, row], "pageDetails": {"nextPageUrl": None}})
    service.get(f"{API}Resources/entityInformation/fields", json=FIELDS)


def questions(service):
    return [call.request.url.removeprefix(API) for call in service.calls][1:]


def test_a_proof_costs_six_requests(service, client):
    usage(service)
    listing(service, description("Company"), description("Resource"))
    record(service)
    result = verify(client, [], expectations_of([{"entity": "Companies", "query": "needed"}]), "Work 365 API User")
    assert result["proven"] and result["report"] == [] and result["warnings"] == []
    assert result["requests"] == len(service.calls) == 6
    assert result["user"]["license_type"] == "API User" and result["user"]["active"] is True
    assert result["user"]["security_level"] == "Work 365 API User (API-only)"


def test_a_record_under_the_bare_key_is_found(service, client):
    usage(service)
    listing(service, description("Company"))
    record(service, name="KEY")
    assert verify(client, ["Companies"])["user"]["id"] == 3


def test_somebody_elses_record_is_never_taken_for_the_own(service, client):
    usage(service)
    listing(service, description("Company"))
    record(service, name="key@other.example")
    assert verify(client, ["Companies"])["user"] is None


def test_resources_that_may_not_be_read_are_not_asked_for(service, client):
    usage(service)
    listing(service, description("Company"), description("Resource", query="None"))
    result = verify(client, ["Companies", "Resources"])
    assert result["user"] is None and result["requests"] == 4


def test_another_level_or_license_speaks_against_the_proof(service, client):
    usage(service)
    listing(service, description("Company"))
    record(service, license_type=3)
    result = verify(client, [], expectations_of([{"entity": "Companies", "query": "needed"}]), "Another level")
    assert not result["proven"]
    assert result["report"] == [
        "error: its security level is Work 365 API User (API-only), not Another level.",
        "error: its license type is Pro, not API User.",
    ]


def test_refused_credentials_are_tried_once(service, client, clock):
    refused(service)
    with pytest.raises(WrongCredentialsError):
        verify(client, ["Companies"])
    assert questions(service) == ["ThresholdInformation"] and clock.slept == []


def test_waiting_for_a_new_user_knocks_three_times_at_most(service, client, clock):
    refused(service)
    with pytest.raises(WrongCredentialsError):
        verify(client, ["Companies"], wait=300)
    assert questions(service) == ["ThresholdInformation"] * 3 and clock.slept == [150, 150]


def test_a_new_user_is_taken_as_soon_as_it_is_accepted(service, client, clock):
    refused(service)
    usage(service)
    listing(service, description("Company"))
    record(service)
    result = verify(client, ["Companies"], wait=300)
    assert result["sign_ins"] == 2 and clock.slept == [150]


def test_a_busy_tenant_is_warned_about(service, client):
    usage(service, used=5000)
    listing(service, description("Company"))
    record(service)
    assert "5000 of 10000 requests" in verify(client, ["Companies"])["warnings"][0]


def test_the_last_requests_of_the_hour_are_left_to_others(service, client):
    usage(service, used=9995)
    with pytest.raises(ThresholdError):
        verify(client, ["Companies"])
    assert questions(service) == ["ThresholdInformation"]


@pytest.mark.parametrize("answer", [{"status": 404}, {"status": 500, "json": {"errors": ["no"]}}, {"json": {}}])
def test_a_tenant_that_does_not_tell_its_usage_is_examined_all_the_same(service, client, answer):
    service.get(f"{API}ThresholdInformation", **answer)
    listing(service, description("Company"))
    record(service)
    assert verify(client, ["Companies"])["access"]["Companies"]["query"] == "all"
