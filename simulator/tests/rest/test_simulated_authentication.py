# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The three headers, and everything that is 401 with an empty body."""

from __future__ import annotations

import typing as t

import pytest

if t.TYPE_CHECKING:
    from .conftest import Api, World


def _status(api: Api, **headers: str) -> int:
    answer = api.call("GET", "Companies/0", **headers)
    assert answer.status_code != 401 or answer.data == b""
    return answer.status_code


def test_three_right_headers_in_any_case(api: Api) -> None:
    headers = {name.lower(): value for name, value in api.headers.items()}
    answer = api.client.get("/ATServicesRest/V1.0/Companies/0", headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["UserName", "Secret", "ApiIntegrationCode"])
@pytest.mark.parametrize("value", ["", "wrong"])
def test_any_wrong_credential_is_401(api: Api, header: str, value: str) -> None:
    assert _status(api, **{header: value}) == 401


def test_people_may_not_call_the_api(api: Api) -> None:
    assert _status(api, UserName="admin@alder.example", Secret="Let-me-in-1") == 401


def test_the_identifier_of_another_user_does_not_match(world: World) -> None:
    other = world.user_with({})
    assert _status(other) == 200
    assert _status(other, ApiIntegrationCode=world.full.headers["ApiIntegrationCode"]) == 401


def test_wrong_integration_code_can_answer_as_it_did_until_2023(make_world: type[World]) -> None:
    api = make_world(rest={"wrong_integration_code": 500}).full
    assert api.refusal("GET", "Companies/0", ApiIntegrationCode="wrong") == "IntegrationCode is invalid"


@pytest.mark.parametrize("state", [{"active": False}, {"locked": True}, {"tracking_identifier": ""}])
def test_users_who_cannot_log_in(world: World, state: dict[str, t.Any]) -> None:
    world.tenant.update_resource(world.tenant.api_user(world.full.user_name).id, **state)
    assert _status(world.full) == 401


def test_a_level_without_login_to_the_web_services_api(world: World) -> None:
    assert _status(world.user_with({"web_services_api.can_login_to_web_services_api": False})) == 401


def test_bad_secrets_lock_the_user_and_a_good_one_resets_the_count(make_world: type[World]) -> None:
    world = make_world(lock_after=3)
    api, tenant = world.full, world.tenant
    _status(api, Secret="wrong")
    _status(api, Secret="wrong")
    assert _status(api) == 200
    for _ in range(2):
        _status(api, Secret="wrong")
    assert not tenant.api_user(api.user_name).locked
    _status(api, Secret="wrong")
    assert tenant.api_user(api.user_name).locked
    assert _status(api) == 401
    assert [event.object for event in tenant.events("api_login_failed")] == ["secret"] * 5 + ["locked"]
    tenant.update_resource(tenant.api_user(api.user_name).id, locked=False, failed_logins=0)
    assert _status(api) == 200


def test_a_wrong_integration_code_does_not_lock(make_world: type[World]) -> None:
    world = make_world(lock_after=2)
    for _ in range(5):
        _status(world.full, ApiIntegrationCode="wrong")
    assert _status(world.full) == 200


def test_a_new_user_is_accepted_after_a_while(make_world: type[World]) -> None:
    world = make_world(rest={"new_user_delay": 300})
    assert _status(world.full) == 200, "a user that was always there"
    world.tenant.log("api_user_created", world.full.user_name)
    assert _status(world.full) == 401
    world.store.change("UPDATE events SET at = '2026-01-01T00:00:00.000+00:00' WHERE verb = 'api_user_created'")
    assert _status(world.full) == 200


def test_secrets_are_not_in_the_event_log(world: World) -> None:
    _status(world.full)
    _status(world.full, Secret="wrong-secret")
    written = str([vars(event) for event in world.tenant.events()])
    assert "Old-secret-1" not in written and "wrong-secret" not in written
