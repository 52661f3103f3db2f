# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""entityInformation, fields and the listing of all entities."""

from __future__ import annotations

import typing as t

import pytest
from autotask_simulator.rest.entities import by_singular, entities
from autotask_simulator.rest.fields import listed_fields

if t.TYPE_CHECKING:
    from .conftest import Api, World

KEYS = [
    "name",
    "canCreate",
    "canDelete",
    "canQuery",
    "canUpdate",
    "userAccessForCreate",
    "userAccessForDelete",
    "userAccessForQuery",
    "userAccessForUpdate",
    "hasUserDefinedFields",
    "supportsWebhookCallouts",
]


def test_eleven_keys_of_the_right_types_for_every_entity(api: Api) -> None:
    infos = [entry["info"] for entry in api.get("EntityInformation")["entityDescriptions"]]
    assert len(infos) == 232
    for info in infos:
        assert list(info) == KEYS
        for key, value in info.items():
            if key.startswith("userAccess"):
                assert value in ("None", "All", "Restricted")
            elif key != "name":
                assert isinstance(value, bool)


def test_the_listing_equals_the_single_answers(api: Api) -> None:
    listed = {entry["info"]["name"]: entry["info"] for entry in api.get("EntityInformation")["entityDescriptions"]}
    for entity in entities().values():
        assert api.get(f"{entity.path}/entityInformation")["info"] == listed[entity.singular]


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("Companies", "Company"),
        ("Tickets", "Ticket"),
        ("TicketWebhooks", "TicketWebhook"),
        ("BillingCodes", "BillingCode"),
    ],
)
def test_the_name_is_singular(api: Api, entity: str, name: str) -> None:
    assert api.get(f"{entity}/entityInformation")["info"]["name"] == name


def test_children_describe_themselves_below_their_parent_too(api: Api) -> None:
    assert api.get("Contracts/1/Services/entityInformation") == api.get("ContractServices/entityInformation")


def test_can_is_the_same_for_everybody_and_access_is_not(world: World) -> None:
    weak = world.user_with({"contracts.contract_visibility": "None"})
    mine, full = (each.get("Contracts/entityInformation")["info"] for each in (weak, world.full))
    assert [mine[key] for key in KEYS[1:5]] == [full[key] for key in KEYS[1:5]] == [True, False, True, True]
    assert [mine[key] for key in KEYS[5:9]] == ["None", "None", "None", "None"]
    assert [full[key] for key in KEYS[5:9]] == ["All", "None", "All", "All"]


def test_fields_have_the_recorded_form(api: Api) -> None:
    fields = {field["name"]: field for field in api.get("Resources/entityInformation/fields")["fields"]}
    assert len(fields) == 36
    assert fields["userName"] == {
        "name": "userName",
        "dataType": "string",
        "length": 32,
        "isRequired": True,
        "isReadOnly": False,
        "isQueryable": True,
        "isReference": False,
        "referenceEntityType": "",
        "isPickList": False,
        "picklistValues": None,
        "picklistParentValueField": "",
        "isSupportedWebhookField": False,
    }
    assert fields["licenseType"]["isReadOnly"] and fields["licenseType"]["isRequired"]
    assert {
        "value": "7",
        "label": "API User",
        "isDefaultValue": False,
        "sortOrder": 7,
        "parentValue": "",
        "isActive": True,
        "isSystem": True,
    } in fields["licenseType"]["picklistValues"]
    assert not {"password", "securityLevel", "locked"} & {name.lower() for name in fields}


def test_user_type_lists_the_levels_of_the_tenant_by_name(world: World) -> None:
    world.user_with({})
    fields = {field["name"]: field for field in world.full.get("Resources/entityInformation/fields")["fields"]}
    values = {value["label"]: value for value in fields["userType"]["picklistValues"]}
    assert {level.name for level in world.tenant.levels()} == set(values)
    assert values["API User (system)"]["value"] == "24"
    assert values["API User (system)"]["isSystem"] is True
    custom = next(level for level in world.tenant.levels() if not level.system)
    assert values[custom.name]["value"] == str(custom.id)
    assert values[custom.name]["isSystem"] is False


def test_every_pick_list_value_is_text(api: Api) -> None:
    for entity in ("Companies", "Contracts", "ContractCharges", "Services", "Resources"):
        for field in api.get(f"{entity}/entityInformation/fields")["fields"]:
            assert field["dataType"] in (
                "string",
                "integer",
                "long",
                "short",
                "double",
                "decimal",
                "boolean",
                "datetime",
            )
            assert field["length"] == 0 or field["dataType"] == "string"
            assert (field["picklistValues"] is not None) == field["isPickList"]
            for value in field["picklistValues"] or []:
                assert isinstance(value["value"], str) and value["parentValue"] == ""


def test_user_defined_fields_say_type_and_null(api: Api) -> None:
    (field,) = api.get("Companies/entityInformation/userDefinedFields")["fields"]
    assert field["type"] == "string" and "dataType" not in field
    assert field["picklistValues"] is None and field["referenceEntityType"] is None
    assert api.get("Contracts/entityInformation/userDefinedFields") == {"fields": []}


def test_the_one_entity_whose_fields_nobody_published(make_world: type[World]) -> None:
    path = "TimeOffRequests/1/Approve"
    assert [field["name"] for field in make_world().full.get(f"{path}/entityInformation/fields")["fields"]] == ["id"]
    strict = make_world(rest={"unlisted_entities": "refuse"}).full
    assert strict.call("GET", f"{path}/entityInformation/fields").status_code == 501


def test_every_field_of_every_entity_has_a_type_and_is_listed_by_name(api: Api) -> None:
    for entity in entities().values():
        fields = listed_fields(entity.name)
        assert [field.name.lower() for field in fields] == sorted(field.name.lower() for field in fields)
        assert {field.data_type for field in fields} <= {
            "string", "integer", "long", "short", "decimal", "boolean", "datetime", "byte[]",
        }  # fmt: skip
        assert {field.reference for field in fields} - {""} <= set(by_singular()), entity.name
