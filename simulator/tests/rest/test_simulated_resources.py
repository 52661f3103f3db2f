# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources: what a verifier reads, and what cannot be written."""

from __future__ import annotations

import typing as t

import pytest

if t.TYPE_CHECKING:
    from .conftest import Api, World


def _own_record(api: Api) -> dict[str, t.Any]:
    (record,) = api.items("Resources", {"op": "eq", "field": "userName", "value": api.user_name.upper()})
    return record


def test_the_recipe_of_verification(world: World) -> None:
    """Find the user by name, see licence and state, and tell the level's name from the pick-list."""
    api = world.user_with({})
    record = _own_record(api)
    assert record["licenseType"] == 7 and record["isActive"] is True
    fields = {field["name"]: field for field in api.get("Resources/entityInformation/fields")["fields"]}
    labels = {value["value"]: value["label"] for value in fields["userType"]["picklistValues"]}
    level = world.tenant.level(world.tenant.api_user(api.user_name).level_id)
    assert labels[str(record["userType"])] == level.name


def test_people_and_api_users_are_listed_alike(world: World) -> None:
    listed = {record["userName"]: record["licenseType"] for record in world.full.items("Resources")}
    assert listed == {person.user_name: person.license_type for person in world.tenant.resources()}


def test_a_record_has_every_field_and_no_secret(api: Api) -> None:
    record = _own_record(api)
    assert len(record) == 36
    assert not {"password", "secret", "securityLevel", "locked"} & set(record)


@pytest.mark.parametrize(("method", "path"), [("POST", "Resources"), ("DELETE", "Resources/29682885")])
def test_resources_can_be_neither_created_nor_deleted(api: Api, method: str, path: str) -> None:
    assert api.call(method, path, {}).status_code == 405


def test_what_may_change(api: Api) -> None:
    record = _own_record(api)
    changes = {"id": record["id"], "firstName": "Changed", "title": "Robot", "isActive": True}
    assert api.write("PATCH", "Resources", changes) == record["id"]
    after = _own_record(api)
    assert (after["firstName"], after["title"]) == ("Changed", "Robot")
    assert {name for name in record if record[name] != after[name]} == {"firstName", "title"}


@pytest.mark.parametrize("field", ["userType", "licenseType", "locationID", "hireDate", "dateFormat"])
def test_read_only_fields_are_refused_or_ignored(make_world: type[World], field: str) -> None:
    value = {"hireDate": "2020-01-01", "dateFormat": "dd/MM/yyyy"}.get(field, 1 if field != "locationID" else 2)
    strict, lax = make_world(rest={"read_only_fields": "refuse"}).full, make_world().full
    body = {"id": _own_record(strict)["id"], field: value}
    assert field in strict.refusal("PATCH", "Resources", body)
    lax.write("PATCH", "Resources", body)
    assert _own_record(lax)[field] == _own_record(strict)[field]


def test_user_names_stay_unique(api: Api) -> None:
    assert "userName" in api.refusal(
        "PATCH", "Resources", {"id": _own_record(api)["id"], "userName": "admin@alder.example"}
    )


def test_updating_needs_the_hr_right(world: World) -> None:
    api = world.user_with({"admin.admin_resources_users_hr": False})
    words = api.refusal("PATCH", "Resources", {"id": _own_record(api)["id"], "title": "x"})
    assert words == "The logged in Resource does not have the adequate permissions to update this entity type."


def test_limited_resource_visibility_shows_only_oneself(world: World) -> None:
    api = world.user_with({"other.limit_resource_availability": True})
    assert [record["userName"] for record in api.items("Resources")] == [api.user_name]
