# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Our client against the simulated API: the same questions that a live tenant would be asked."""

from __future__ import annotations

import urllib.parse

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import (
    ThresholdError,
    UnknownUserError,
    WrongCredentialsError,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import expectations_of
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Settings, Transport
from ansible_collections.msp.autotask.plugins.module_utils._rest.verification import verify
from ansible_collections.msp.autotask.plugins.module_utils._rest.zone import find_zone
from rehearsal.role import expected_of, wanted

EXPECTED = expectations_of(expected_of(wanted()))
LEVEL = "Work 365 API User"


def facts(findings):
    return [(item["entity"], item["action"], item["access"], item["severity"]) for item in findings]


def test_the_zone_of_a_user_is_found(subject):
    made = subject()
    zone = find_zone(Transport(Settings()), made.url, made.user.user_name)
    assert zone.api_url == made.url and zone.name and zone.web_url
    with pytest.raises(UnknownUserError):
        find_zone(Transport(Settings()), made.url, "nobody@nowhere.example")


def test_the_roles_matrix_is_proven_with_six_requests(subject):
    made = subject()
    result = verify(made.client(), [], EXPECTED, LEVEL)
    assert result["report"] == [] and result["proven"]
    assert result["listed"] and result["requests"] == 6
    assert result["user"]["security_level"].startswith(LEVEL)
    assert result["user"]["license_type"] == "API User" and result["user"]["active"] is True


def test_without_the_listing_each_entity_costs_one_request(subject):
    made = subject()
    made.tenant.store.arm("http_500", surface="rest", domain=made.tenant.domain, page="EntityInformation")
    result = verify(made.client(), [], EXPECTED, LEVEL)
    assert result["proven"] and not result["listed"]
    assert result["requests"] == 5 + len({expectation.entity for expectation in EXPECTED}) == 33


def test_a_proof_changes_nothing(subject):
    made = subject()
    verify(made.client(), [], EXPECTED, LEVEL)
    asked = {(event.verb, event.object) for event in made.tenant.events() if event.surface == "rest"}
    assert ("GET", "EntityInformation") in asked
    assert {what for verb, what in asked if verb != "GET"} == {"Resources/query"}


def test_one_missing_one_too_many_and_one_restricted_are_reported_exactly_so(subject):
    made = subject()
    made.grant(
        {**wanted(), "service_desk.tickets.add": True, "other.limit_resource_availability": True},
        without="inventory.products.add",
    )
    result = verify(made.client(), [], EXPECTED, LEVEL)
    assert facts(result["missing"]) == [("Products", "create", "none", "error")]
    assert facts(result["excess"]) == [("Tickets", "create", "all", "error")]
    assert facts(result["restricted"]) == [("Resources", "query", "restricted", "warning")]
    assert result["unread"] == [] and not result["proven"]
    assert ": 1 missing, 1 too many, 1 restricted (of 56 looked at)." in result["verdict"]


def test_a_level_that_only_maps_is_proven_by_what_is_expected_of_it_then(subject):
    made = subject()
    values = wanted("map_only")
    made.grant(values)
    assert verify(made.client(), [], expectations_of(expected_of(values)), LEVEL)["report"] == []
    missing = facts(verify(made.client(), [], EXPECTED, LEVEL)["missing"])
    assert ("Companies", "create", "none", "error") in missing


def test_resources_of_a_large_tenant_are_read_page_by_page(subject):
    made = subject(people=1200)
    client = made.client()
    rows = list(client.query("Resources", [{"op": "gte", "field": "id", "value": 0}], ["userName"]))
    everybody = [resource.id for resource in made.tenant.resources()]
    assert len(everybody) > 1200
    assert [row["id"] for row in rows] == sorted(everybody)
    assert set(rows[0]) == {"id", "userName"}
    assert client.transport.requests == 1 + 3


def test_a_wrong_secret_is_tried_once(subject):
    made = subject()
    with pytest.raises(WrongCredentialsError):
        verify(made.client("Not-the-secret-1"), [], EXPECTED)
    assert made.present.failed_logins == 1 and not made.present.locked


def test_waiting_never_locks_the_user(subject):
    made = subject(lock_after=4)
    with pytest.raises(WrongCredentialsError):
        verify(made.client("Not-the-secret-1"), [], EXPECTED, wait=1)
    assert made.present.failed_logins == 3 and not made.present.locked
    assert verify(made.client(), [], EXPECTED)["proven"]


@pytest.mark.parametrize("state", [{"locked": True}, {"active": False}])
def test_a_locked_or_inactive_user_is_a_named_failure(subject, state):
    made = subject()
    made.tenant.update_resource(made.user.id, **state)
    with pytest.raises(WrongCredentialsError, match="active and not locked"):
        verify(made.client(), [], EXPECTED)


def test_a_new_user_is_waited_for(subject):
    made = subject(rest={"new_user_delay": 1})
    made.tenant.log("api_user_created", made.user.user_name)
    result = verify(made.client(), [], EXPECTED, wait=4)
    assert result["proven"] and result["sign_ins"] == 2


def test_credentials_go_to_the_zone_and_not_to_the_address_that_was_asked(subject, simulator):
    url = f"{simulator.url}ATServicesRest/"
    zone = url.replace("127.0.0.1", "localhost")
    made = subject(rest={"host": urllib.parse.urlsplit(zone).netloc})
    client = made.client()
    assert client.usage() and client.zone.api_url == zone
    assert not [event for event in made.tenant.events() if event.verb == "api_login_failed"]


@pytest.mark.parametrize("fault", ["reset", "truncated", "http_429", "http_503", "html"])
def test_an_entity_that_answers_badly_once_does_not_spoil_the_proof(subject, fault):
    made = subject()
    made.tenant.store.arm("http_500", surface="rest", domain=made.tenant.domain, page="EntityInformation")
    made.tenant.store.arm(fault, surface="rest", domain=made.tenant.domain, page="Tickets/entityInformation")
    result = verify(made.client(), [], EXPECTED)
    if fault in ("truncated", "html"):
        # Not asked again: nothing says that the next answer would be whole. So it is said what is not known.
        assert [(item["entity"], item["reason"]) for item in result["unread"]] == [("Tickets", "not_autotask")]
        assert not result["proven"]
    else:
        assert result["proven"]


def test_the_hourly_limit_is_minded(subject):
    made = subject(rest={"threshold": 50, "latency": False})
    client = made.client()
    for _ in range(30):
        client.usage()
    with pytest.raises(ThresholdError, match="not begun"):
        verify(made.client(), [], EXPECTED)
    assert "of 50 requests" in verify(made.client(), ["Companies"])["warnings"][0]
