# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creating, changing and deleting the records of a billing connector."""

from __future__ import annotations

import typing as t

import pytest

if t.TYPE_CHECKING:
    from .conftest import Api, World

MATERIAL, RECURRING_CODE, WORK_TYPE = 29682804, 29682805, 29682801
VENDOR, CUSTOMER, PROSPECT = 174, 1001, 176
RECURRING, BY_THE_HOUR = 3001, 3000

Json = dict[str, t.Any]


def owner(api: Api) -> int:
    return next(person.id for person in api.tenant.resources() if not person.is_api_user)


def company(api: Api, **more: t.Any) -> Json:
    return {
        "companyName": "Orchard Clinic",
        "companyType": 1,
        "phone": "555-0150",
        "ownerResourceID": owner(api),
        **more,
    }


def contract(**more: t.Any) -> Json:
    return {
        "companyID": CUSTOMER,
        "contractName": "Cloud subscriptions",
        "contractType": 7,
        "contractPeriodType": 2,
        "startDate": "2026-02-01",
        "endDate": "2027-01-31",
        "status": 1,
        "timeReportingRequiresStartAndStopTimes": 0,
        **more,
    }


SERVICE = {
    "name": "Mailbox",
    "billingCodeID": RECURRING_CODE,
    "periodType": 2,
    "unitPrice": 6,
    "vendorCompanyID": VENDOR,
}
PRODUCT = {"name": "Refund", "productBillingCodeID": MATERIAL, "isActive": True, "isSerialized": False}
CHARGE = {"name": "Refund", "chargeType": 1, "datePurchased": "2026-03-01", "unitQuantity": 2, "unitPrice": -5.5}
CONTACT = {"firstName": "Ana", "lastName": "Orchard", "isActive": 1}


def test_the_work_of_a_billing_connector_from_product_to_refund(api: Api) -> None:
    service = api.write("POST", "Services", SERVICE)
    customer = api.write("POST", "Companies", company(api))
    person = api.write("POST", f"Companies/{customer}/Contacts", CONTACT)
    agreement = api.write("POST", "Contracts", contract(companyID=customer, contactID=person))
    first = {"contractID": agreement, "serviceID": service, "effectiveDate": "2026-02-01", "unitChange": 10}
    api.write("POST", "ContractServiceAdjustments", first)
    (line,) = api.items("ContractServices", {"op": "eq", "field": "contractID", "value": agreement})
    assert (line["serviceID"], line["unitPrice"]) == (service, 6)
    more = {"contractServiceID": line["id"], "effectiveDate": "2026-04-01", "unitChange": -3}
    api.write("POST", f"Contracts/{agreement}/ServiceAdjustments", more)
    spans = api.items("ContractServiceUnits", {"op": "eq", "field": "contractServiceID", "value": line["id"]})
    assert [(span["startDate"][:10], span["endDate"][:10], span["units"], span["price"]) for span in spans] == [
        ("2026-02-01", "2026-04-01", 10, 60.0),
        ("2026-04-01", "2027-01-31", 7, 42.0),
    ]
    product = api.write("POST", "Products", PRODUCT)
    refund = api.write(
        "POST",
        f"Contracts/{agreement}/Charges",
        {**CHARGE, "productID": product, "contractServiceID": line["id"], "billingCodeID": MATERIAL},
    )
    assert api.get(f"ContractCharges/{refund}")["item"]["billableAmount"] == -11.0


def test_a_new_company_gets_its_primary_location(api: Api) -> None:
    number = api.write("POST", "Companies", company(api, city="Pella"))
    (place,) = api.get(f"Companies/{number}/Locations")["items"]
    assert (place["isPrimary"], place["city"]) == (True, "Pella")


def test_ids_are_never_given_twice_while_the_record_lives(api: Api) -> None:
    first, second = (api.write("POST", "Companies", company(api)) for _ in range(2))
    assert second == first + 1


PLAIN = "Missing Required Field: {}. ; on record number [1]"
REFERENCE = "Value does not exist for the required field {}"
PICK = "Value does not reference an existing entity for {} . "


@pytest.mark.parametrize(
    ("path", "body", "field", "words"),
    [
        ("Companies", {"companyType": 1, "phone": "1"}, "companyName", PLAIN),
        ("Companies/1001/Contacts", {"firstName": "A", "isActive": 1}, "lastName", PLAIN),
        ("Companies/1001/Locations", {}, "name", PLAIN),
        ("Contracts", {"contractName": "x"}, "companyID", REFERENCE),
        ("Contracts", contract(contractPeriodType=None), "contractPeriodType", PLAIN),
        ("Contracts", contract(status=None), "status", PICK),
        ("Contracts/3001/Charges", {**CHARGE, "unitQuantity": None}, "unitQuantity", PLAIN),
        ("Contracts/3001/Services", {}, "serviceID", REFERENCE),
        ("Services", {**SERVICE, "name": ""}, "name", PLAIN),
        ("Products", {**PRODUCT, "productBillingCodeID": None}, "productBillingCodeID", REFERENCE),
        ("Products/1/Vendors", {"vendorID": VENDOR, "isActive": True}, "isDefault", PLAIN),
        ("ContractServiceAdjustments", {"contractID": RECURRING, "serviceID": 1}, "effectiveDate", PLAIN),
    ],
)
def test_required_fields(api: Api, path: str, body: Json, field: str, words: str) -> None:
    assert api.refusal("POST", path, body) == words.format(field)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("Contracts", contract(contractType=99), "Picklist value [99] does not exist for contractType."),
        ("Services", {**SERVICE, "periodType": 42}, "Picklist value [42] does not exist for periodType."),
        (
            "Contracts",
            contract(companyID=424242),
            "Reference value on field: companyID of type: Company does not exist",
        ),
        ("Services", {**SERVICE, "billingCodeID": WORK_TYPE}, "Reference value on field: billingCodeID"),
        ("Services", {**SERVICE, "vendorCompanyID": CUSTOMER}, "Reference value on field: vendorCompanyID"),
        ("Products", {**PRODUCT, "productBillingCodeID": WORK_TYPE}, "Reference value on field: productBillingCodeID"),
        ("Services", {**SERVICE, "unitPrice": "cheap"}, "Could not convert string to decimal: cheap"),
        ("Services", {**SERVICE, "unitPrice": True}, "Unexpected character encountered while parsing value: t"),
        ("Services", {**SERVICE, "periodType": 1.5}, "Input string '1.5' is not a valid integer."),
        ("Services", {**SERVICE, "periodType": 2**40}, "is too large or small for an Int32."),
        ("Services", {**SERVICE, "isActive": "yes"}, "Could not convert string to boolean: yes"),
        ("Contracts", contract(startDate="soon"), "Could not convert string to DateTime: soon"),
        ("Contracts", contract(endDate="2020-01-01"), "endDate"),
        ("Contracts", contract(companyID=PROSPECT), "Reference value on field: companyID"),
        ("Services", {**SERVICE, "name": "x" * 151}, "String value exceeds maximum length (field:name)."),
        ("Contracts/3000/Services", {"serviceID": 1}, "recurring service contract"),
        ("Services", [], "Unexpected character"),
    ],
)
def test_what_is_refused(api: Api, path: str, body: t.Any, words: str) -> None:
    assert words in api.refusal("POST", path, body)


def test_an_api_user_owns_no_company(api: Api) -> None:
    own = api.tenant.api_user(api.user_name).id
    assert "ownerResourceID" in api.refusal("POST", "Companies", company(api, ownerResourceID=own))


def test_an_api_user_is_on_no_team(api: Api) -> None:
    own = api.tenant.api_user(api.user_name).id
    assert "resourceID" in api.refusal("POST", "Companies/1001/Teams", {"resourceID": own})
    api.write("POST", "Companies/1001/Teams", {"resourceID": owner(api)})


@pytest.mark.parametrize(
    ("adjustment", "words"),
    [
        ({"contractID": BY_THE_HOUR, "serviceID": 1}, "recurring service contract"),
        ({"contractID": RECURRING, "serviceID": 1, "unitChange": -1000}, "negative"),
        ({"contractID": RECURRING, "serviceID": 77}, "serviceID of type: Service"),
        ({"contractID": 77, "serviceID": 1}, "contractID of type: Contract"),
        ({"contractServiceID": 77}, "contractServiceID of type: ContractService"),
        ({"contractID": RECURRING, "serviceID": 1, "effectiveDate": "2025-01-01"}, "before the start"),
    ],
)
def test_adjustments_that_are_refused(api: Api, adjustment: Json, words: str) -> None:
    body = {"effectiveDate": "2026-05-01", "unitChange": 1, **adjustment}
    assert words in api.refusal("POST", "ContractServiceAdjustments", body)


def test_a_repeated_service_only_on_request(api: Api) -> None:
    body = {"contractID": RECURRING, "serviceID": 1, "effectiveDate": "2026-05-01", "unitChange": 1}
    api.write("POST", "ContractServiceAdjustments", body)
    assert len(api.get(f"Contracts/{RECURRING}/Services")["items"]) == 1
    api.write("POST", "ContractServiceAdjustments", {**body, "allowRepeatService": True})
    assert len(api.get(f"Contracts/{RECURRING}/Services")["items"]) == 2


def test_patch_changes_what_is_given_and_put_nulls_the_rest(api: Api) -> None:
    number = api.write("POST", "Services", {**SERVICE, "description": "Mail", "sku": "MB-1"})
    assert api.write("PATCH", "Services", {"ID": number, "Description": "E-mail"}) == number
    changed = api.get(f"Services/{number}")["item"]
    assert (changed["description"], changed["sku"], changed["name"]) == ("E-mail", "MB-1", "Mailbox")
    assert api.write("PUT", "Services", {**SERVICE, "id": number}) == number
    replaced = api.get(f"Services/{number}")["item"]
    assert (replaced["description"], replaced["sku"], replaced["name"]) == (None, None, "Mailbox")
    assert replaced["createDate"] == changed["createDate"], "what is read-only stays"


def test_a_put_must_bring_what_is_required(api: Api) -> None:
    assert (
        api.refusal("PUT", "Services", {"id": 1, "name": "x"})
        == "Missing Required Field: unitPrice. ; on record number [1]"
    )


def test_a_whole_record_read_can_be_put_back(api: Api) -> None:
    record = api.get("Contracts/3001")["item"]
    api.write("PUT", "Contracts", {**record, "description": "As read"})
    after = api.get("Contracts/3001")["item"]
    assert {name for name in record if record[name] != after[name]} == {"description", "lastModifiedDateTime"}


@pytest.mark.parametrize(("method", "body"), [("PATCH", {"id": 424242}), ("PUT", {"id": 424242})])
def test_changing_what_is_not_there(api: Api, method: str, body: Json) -> None:
    assert api.refusal(method, "Services", body).startswith("No message. No matching records found.")


def test_a_change_needs_an_id(api: Api) -> None:
    assert api.refusal("PATCH", "Services", {"name": "x"}) == "Value does not exist for the required field id"


def test_contacts_are_written_below_their_company(api: Api) -> None:
    number = api.write("POST", f"Companies/{CUSTOMER}/Contacts", CONTACT)
    assert api.get(f"Contacts/{number}")["item"]["companyID"] == CUSTOMER
    api.write("PATCH", f"Companies/{CUSTOMER}/Contacts", {"id": number, "title": "Director"})
    assert "No matching" in api.refusal("PATCH", "Companies/1002/Contacts", {"id": number, "title": "x"})
    assert "No matching" in api.refusal("DELETE", f"Companies/1002/Contacts/{number}")
    assert api.write("DELETE", f"Companies/{CUSTOMER}/Contacts/{number}") == number
    assert api.get(f"Contacts/{number}") == {"item": None}
    assert api.call("POST", "Contacts", CONTACT).status_code == 404


def test_deleting_what_is_not_there_has_its_own_words(api: Api) -> None:
    words = (
        "No message. No matching records found. "
        "The logged in Resource may not have the required permissions to delete the data."
    )
    assert api.refusal("DELETE", f"Companies/{CUSTOMER}/Contacts/424242") == words


@pytest.mark.parametrize("entity", ["Companies", "Services", "Products", "Contracts"])
def test_what_cannot_be_deleted(api: Api, entity: str) -> None:
    assert api.call("DELETE", f"{entity}/1").status_code == 405


def test_charges_change_only_while_unbilled(api: Api) -> None:
    charges = api.items("ContractCharges")
    billed = next(charge for charge in charges if charge["isBilled"])
    unbilled = next(charge for charge in charges if not charge["isBilled"])
    path = "Contracts/{contractID}/Charges".format(**billed)
    assert "billed" in api.refusal("PATCH", path, {"id": billed["id"], "unitQuantity": 3})
    assert "billed" in api.refusal("DELETE", f"{path}/{billed['id']}")
    path = "Contracts/{contractID}/Charges".format(**unbilled)
    api.write("PATCH", path, {"id": unbilled["id"], "unitQuantity": 3})
    assert api.get(f"ContractCharges/{unbilled['id']}")["item"]["billableAmount"] == 300.0
    api.write("DELETE", f"{path}/{unbilled['id']}")


def test_of_a_contract_service_only_price_and_invoice_text_change(make_world: type[World]) -> None:
    api = make_world(rest={"read_only_fields": "refuse"}).full
    api.write("PATCH", "Contracts/3001/Services", {"id": 3001, "unitPrice": 41, "invoiceDescription": "Workplace"})
    for field, value in (("serviceID", 2), ("internalDescription", "x"), ("unitCost", 1)):
        assert field in api.refusal("PATCH", "Contracts/3001/Services", {"id": 3001, field: value})


def test_costs_are_blank_and_ignored_without_the_right_to_see_them(world: World) -> None:
    api = world.user_with({"other.can_view_internal_cost_and_sensitive_data": False})
    assert world.full.get("Services/1")["item"]["unitCost"] == 20
    assert api.get("Services/1")["item"]["unitCost"] is None
    api.write("PATCH", "Services", {"id": 1, "unitCost": 1, "description": "Seen"})
    assert world.full.get("Services/1")["item"]["unitCost"] == 20
    assert world.full.get("Services/1")["item"]["description"] == "Seen"


def test_rows_are_filtered_by_company_class(world: World) -> None:
    api = world.user_with({"crm.access_vendors_and_partners": "None", "crm.access_prospects_leads_and_dead": "Mine"})
    assert {row["companyType"] for row in world.full.items("Companies")} == {1, 3, 7}
    assert {row["companyType"] for row in api.items("Companies")} == {1}
    assert api.get(f"Companies/{VENDOR}") == {"item": None}
    assert "vendorCompanyID" in api.refusal("POST", "Services", SERVICE)
    assert "permissions to create" in api.refusal("POST", "Companies", company(api, companyType=7))


def test_contracts_of_visible_companies_only(world: World) -> None:
    api = world.user_with({"contracts.contracts.view": "Organizations", "crm.access_customer_and_cancelation": "None"})
    assert api.items("Contracts") == []
    assert world.full.items("Contracts") != []


def test_records_survive_in_the_state_file(tmp_path: t.Any, world: World) -> None:
    number = world.full.write("POST", "Services", SERVICE)
    world.store.snapshot(tmp_path / "state.sqlite")
    copy = type(world.store)(tmp_path / "state.sqlite").tenant("alder.example")
    assert [record["name"] for record in copy.records("Services") if record["id"] == number] == ["Mailbox"]


def test_seeds_are_the_same_each_time(make_world: type[World]) -> None:
    entities = ("Companies", "Contacts", "Contracts", "ContractServices", "ContractServiceUnits", "ContractCharges")
    one, two = make_world().full, make_world().full
    for entity in entities:
        assert one.items(entity) == two.items(entity) != []


@pytest.mark.parametrize("field", ["createDate", "creatorResourceID", "colour"])
def test_what_cannot_be_set_on_creation_is_ignored(api: Api, make_world: type[World], field: str) -> None:
    """Live: notes with creatorResourceID and attachments with contentType were taken, unknown names had no effect."""
    value = "2020-01-01" if field == "createDate" else 7
    number = api.write("POST", "Services", {**SERVICE, field: value})
    assert api.get(f"Services/{number}")["item"].get(field) != value
    strict = make_world(rest={"unknown_fields": "refuse"}).full
    assert (
        strict.refusal("POST", "Services", {**SERVICE, "colour": 7}) == "Unable to find colour in the Service Entity."
    )


def test_a_replaced_child_keeps_its_parent(api: Api) -> None:
    """apigrate/autotask-restapi, live tests: a contact is replaced below its company, without naming it."""
    number = api.write("POST", f"Companies/{CUSTOMER}/Contacts", {**CONTACT, "middleInitial": "X"})
    api.write("PUT", f"Companies/{CUSTOMER}/Contacts", {**CONTACT, "id": number, "title": "Commander"})
    after = api.get(f"Contacts/{number}")["item"]
    assert (after["companyID"], after["title"], after["middleInitial"]) == (CUSTOMER, "Commander", None)
