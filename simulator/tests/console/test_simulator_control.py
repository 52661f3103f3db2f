# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a test can give a simulated tenant, in its fleet file and while it runs, and read of it afterwards."""

from __future__ import annotations

import json
import re
import typing as t

import pytest
from autotask_simulator.app import create_app
from autotask_simulator.control import create_control_app
from autotask_simulator.fleet import FleetError, parse_fleet
from autotask_simulator.seed import sow
from autotask_simulator.store import Store
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

TENANT = "/tenants/alder.example"
USER = {"user_name": "sync@alder.example", "secret": "Its-secret-1", "integration_code": "ITS0CODE"}
HEADERS = {"UserName": "sync@alder.example", "Secret": "Its-secret-1", "ApiIntegrationCode": "ITS0CODE"}
CANARY = "Canary-7f3a"


class Simulator:
    def __init__(self, **options: t.Any) -> None:
        fleet = parse_fleet({"tenants": [{"domain": "alder.example", "api_users": [USER], **options}]})
        self.store = Store()
        sow(self.store, fleet)
        self.tenant = self.store.tenant("alder.example")
        self.control: FlaskClient = create_control_app(self.store, fleet).test_client()
        self.client: FlaskClient = create_app(self.store).test_client()

    def call(self, method: str, path: str, headers: t.Mapping[str, str] = HEADERS, **request: t.Any) -> TestResponse:
        return self.client.open(f"/ATServicesRest/V1.0/{path}", method=method, headers=headers, **request)

    def item(self, path: str) -> t.Any:
        return t.cast(dict[str, t.Any], self.call("GET", path).json)["item"]


def test_a_given_integration_code_is_the_one_that_counts() -> None:
    """S5. It can be chosen in the fleet file and later, and asked for: a client is configured with it."""
    simulator = Simulator()
    assert simulator.call("GET", "Companies/0").status_code == 200
    assert simulator.call("GET", "Companies/0", {**HEADERS, "ApiIntegrationCode": "OTHER"}).status_code == 401
    changed = simulator.control.patch(f"{TENANT}/api_users/sync@alder.example", json={"integration_code": "NEW"})
    assert changed.json == {**HEADERS, "ApiIntegrationCode": "NEW"}
    assert simulator.call("GET", "Companies/0").status_code == 401
    assert simulator.call("GET", "Companies/0", t.cast(dict[str, str], changed.json)).status_code == 200


def test_a_vendors_user_can_have_a_code_of_its_own() -> None:
    simulator = Simulator(api_users=[{**USER, "vendor": "Work 365 Sync"}])
    assert simulator.call("GET", "Companies/0").status_code == 200
    assert simulator.tenant.api_users()[0].tracking == "vendor"


def test_users_are_added_locked_and_let_in_again_while_it_runs() -> None:
    simulator = Simulator()
    made = simulator.control.post(f"{TENANT}/api_users", json={"user_name": "two@alder.example", "custom": "Two"})
    headers = t.cast(dict[str, str], made.json)
    assert made.status_code == 201 and simulator.call("GET", "Companies/0", headers).status_code == 200
    name = f"{TENANT}/api_users/two@alder.example"
    for locked, status in ((True, 401), (False, 200)):
        simulator.control.patch(name, json={"locked": locked})
        assert simulator.call("GET", "Companies/0", headers).status_code == status


@pytest.mark.parametrize(
    ("method", "path", "body", "told"),
    [
        (
            "POST",
            "/api_users",
            {"user_name": "sync@alder.example"},
            "there is an API user 'sync@alder.example' already",
        ),
        ("POST", "/api_users", {"user_nam": "x"}, "did you mean user_name"),
        ("POST", "/api_users", {}, "user_name: is missing"),
        ("POST", "/api_users", {"user_name": "x@alder.example", "vendor": "Nobody"}, "Nobody"),
        ("PATCH", "/api_users/sync@alder.example", {"email": "x"}, "email cannot be changed here"),
        ("PATCH", "/api_users/sync@alder.example", {"locked": "yes"}, "locked: should be a valid boolean"),
        ("PATCH", "/api_users/nobody@alder.example", {"locked": True}, "no API user 'nobody@alder.example'"),
        ("PATCH", "", {"slow_m": 5}, "did you mean slow_ms"),
        ("PATCH", "", {"slow_ms": "5"}, "slow_ms: should be a valid integer"),
        ("PATCH", "", {"people": 5}, "people cannot be changed while it runs"),
        ("POST", "/records/Company", {}, "did you mean Companies"),
        ("POST", "/records/Companies", {"compnyName": "x"}, "did you mean companyName"),
        ("POST", "/records/Companies", [{"companyType": "x"}], "Companies.companyType"),
        ("POST", "/records/Companies", ["x"], "a record of Companies is a mapping"),
        ("POST", "/records/Resources", {}, "people"),
        ("DELETE", "/records/Companies/77", None, "no record 77"),
        ("GET", "/records/Nothing", None, "no entity 'Nothing'"),
    ],
)
def test_what_the_control_api_is_asked_wrongly_is_told(method: str, path: str, body: t.Any, told: str) -> None:
    answer = Simulator().control.open(f"{TENANT}{path}", method=method, json=body)
    assert answer.status_code in (400, 404)
    assert told in t.cast(dict[str, str], answer.json)["error"]


def test_records_of_the_fleet_file_are_there_beside_the_made_up_ones() -> None:
    given_ones = {"Companies": [{"id": 1001, "CompanyName": "Mine", "companyType": 1}, {"companyName": "Also mine"}]}
    simulator = Simulator(records=given_ones)
    assert simulator.item("Companies/1001")["companyName"] == "Mine", "in place of the made-up one of that id"
    assert simulator.item("Companies/1002")["companyName"], "made up"
    names = [
        company["companyName"]
        for company in t.cast(list[t.Any], simulator.control.get(f"{TENANT}/records/Companies").json)
    ]
    assert "Also mine" in names and len(names) == len(set(names))


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ({"Compnies": [{}]}, "did you mean Companies"),
        ({"Companies": [{"companyNam": "x"}]}, "did you mean companyName"),
        ({"Companies": {"id": 1}}, "records.Companies: should be a valid list"),
    ],
)
def test_records_of_the_fleet_file_are_checked(records: t.Any, told: str) -> None:
    with pytest.raises(FleetError, match=re.escape(told)):
        parse_fleet({"tenants": [{"domain": "a.example", "records": records}]})


def test_records_come_and_go_while_it_runs() -> None:
    simulator = Simulator()
    [number] = t.cast(
        dict[str, t.Any], simulator.control.post(f"{TENANT}/records/Tickets", json={"title": "Hot"}).json
    )["ids"]
    assert simulator.item(f"Tickets/{number}")["title"] == "Hot"
    assert simulator.control.delete(f"{TENANT}/records/Tickets/{number}").status_code == 200
    assert simulator.item(f"Tickets/{number}") is None


def test_the_event_log_has_what_was_sent() -> None:
    simulator = Simulator()
    query = {"filter": [{"op": "eq", "field": "id", "value": 0}]}
    simulator.call("POST", "Companies/query", json=query)
    simulator.call("GET", f"Companies/query?Search={json.dumps(query)}")
    simulator.call("GET", "Companies/0")
    simulator.call("POST", "Companies", data="{broken")
    bodies = [event.details.get("body") for event in simulator.tenant.events() if event.surface == "rest"]
    assert bodies == [query, query, None, "(not JSON, 7 characters)"]


PLACES = [
    lambda secret: {"password": secret},
    lambda secret: {"Secret": secret, "companyName": "x"},
    lambda secret: {"userDefinedFields": [{"name": "Password", "value": secret}]},
    lambda secret: {"filter": [{"op": "and", "items": [{"Field": "password", "op": "eq", "Value": secret}]}]},
    lambda secret: {"nested": {"integrationCode": [secret]}, "ApiIntegrationCode": secret, "code": secret},
]


@settings(max_examples=20, deadline=None)
@given(place=st.sampled_from(PLACES), path=st.sampled_from(["Companies", "Companies/query", "Contacts/query"]))
def test_no_secret_of_a_body_is_in_the_event_log(place: t.Callable[[str], t.Any], path: str) -> None:
    simulator = Simulator()
    simulator.call("POST", path, json=place(CANARY))
    simulator.call("GET", f"{path}?search={json.dumps(place(CANARY))}")
    logged = json.dumps([event.details for event in simulator.tenant.events()])
    assert "(hidden)" in logged and CANARY not in logged


def test_the_callers_own_credentials_are_hidden_wherever_they_stand() -> None:
    simulator = Simulator()
    note = f"log in with {HEADERS['Secret']} and {HEADERS['ApiIntegrationCode']}"
    simulator.call("POST", "Companies", json={"companyName": note, note: 1})
    logged = json.dumps([event.details for event in simulator.tenant.events()])
    assert "log in with (hidden) and (hidden)" in logged
    assert HEADERS["Secret"] not in logged and HEADERS["ApiIntegrationCode"] not in logged
