# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever is sent, the answer is one that the contract names; never a crash."""

from __future__ import annotations

import functools
import json
import typing as t
from urllib.parse import quote

from autotask_simulator.rest.fields import known_fields
from autotask_simulator.rest.routes import route_table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import World

ENTITIES = [
    "Companies",
    "CompanyLocations",
    "Contacts",
    "Contracts",
    "ContractServices",
    "ContractServiceUnits",
    "ContractServiceAdjustments",
    "ContractCharges",
    "Services",
    "Products",
    "ProductVendors",
    "BillingCodes",
    "Countries",
    "Resources",
    "Tickets",
    "TicketNotes",
    "TicketAttachments",
    "TimeEntries",
    "Projects",
    "Tasks",
    "Opportunities",
    "Quotes",
    "QuoteItems",
    "ConfigurationItems",
    "BillingItems",
]
# Every refusal begins with one of these: the recorded texts, and the ones simulator/docs/rest.md marks as assumed.
NAMED = (
    "The logged in Resource does not have the adequate permissions to ",
    "Value does not exist for the required field ",
    "Value does not reference an existing entity for ",
    "Value does not exist for child picklist: ",
    "Missing Required Field: ",
    "String value exceeds maximum length ",
    "Input string '",
    "JSON integer ",
    "Picklist value [",
    "Unable to find ",
    "Conversion failed when converting ",
    "No message. No matching records found.",
    "Attachment could not be found.",
    "Queries are limited to 500 or fewer 'OR' conditions.",
    "Unexpected character encountered while parsing value: ",
    "Could not convert string to ",
    "Value cannot be null. Parameter name: filters",
    "Zone information could not be determined",
    "Reference value on field: ",
    "The reader's MaxDepth of 64 has been exceeded.",
    "maxCountOfRecordsToReturn must be ",
    "Only one user-defined field",
    "The paging information ",
    "The userName is already in use.",
    "A contract charge that has been billed ",
    "endDate must not be before startDate.",
    "contractID must reference ",
    "The contract must be ",
    "effectiveDate must not be ",
    "unitChange would leave ",
    # tickets, tasks and time
    "Data violation: ",
    "contactID is not associated ",
    "The configurationItemID [",
    "The companyLocationID[",
    "The Task ",
    "billingCodeID is a required field when ",
    "departmentID is a required field when ",
    "Only one of ticketID,taskID ",
    "TimeEntries for ",
    "Must have at least one of hoursWorked ",
    "dateWorked is required ",
    "hoursWorked greater than 24 hours ",
    "The specified AssignedResourceID ",
    "The given allocation code ",
    "Resource [",
    "queueID is required",
    "Error updating entity for record number [1].",
)
NAMED_PARTS = (" is not queryable.", " is read-only and cannot be set.", " must be less than or equal to 50 characters")

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.sampled_from([0, 1, 2, 7, 174, 1001, 3000, 3001, 5001, 7001, 29682801, 29682804, 29682805]),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.sampled_from(["2026-03-01", "2026-03-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
field_names = st.one_of(
    st.sampled_from(sorted({field.name for entity in ENTITIES for field in known_fields(entity).values()})),
    st.text(max_size=8),
)
OPERATORS = ("eq", "noteq", "gt", "gte", "lt", "lte", "beginsWith", "endsWith", "contains", "exist", "notExist", "in")
operators = st.one_of(st.sampled_from([*OPERATORS, "notIn", "and", "or"]), st.text(max_size=5))
conditions = st.recursive(
    st.fixed_dictionaries({"op": operators, "field": field_names, "value": values}, optional={"udf": st.booleans()})
    | values,
    lambda inner: st.fixed_dictionaries({"op": st.sampled_from(["and", "or"]), "items": st.lists(inner, max_size=3)}),
    max_leaves=4,
)
queries = st.fixed_dictionaries(
    {"filter": st.lists(conditions, max_size=3) | values},
    optional={"MaxRecords": scalars, "IncludeFields": st.lists(field_names, max_size=3) | values},
)
records = st.dictionaries(field_names, values, max_size=6)
bodies = st.one_of(queries, records, values)


@functools.cache
def the_world() -> World:
    return World(rest={"latency": False, "threshold": 10**9, "companies": 3, "read_only_fields": "ignore"})


def check(answer: t.Any) -> None:
    """Statuses and bodies that the contract names."""
    assert answer.status_code in (200, 401, 404, 405, 500, 501), answer.get_data(as_text=True)
    if answer.status_code == 500:
        assert answer.mimetype == "application/json"
        assert list(answer.json) == ["errors"]
        for text in answer.json["errors"]:
            assert text.startswith(NAMED) or text.endswith(NAMED_PARTS), text
    elif answer.status_code == 404:
        assert answer.mimetype == "text/html"
    elif answer.status_code in (405, 501):
        assert list(answer.json) == ["Message"]
    elif answer.status_code == 401:
        assert answer.data == b""
    else:
        assert isinstance(answer.json, dict)


fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@fuzz
@given(entity=st.sampled_from(ENTITIES), body=queries, method=st.sampled_from(["GET", "POST"]), count=st.booleans())
def test_queries(entity: str, body: t.Any, method: str, count: bool) -> None:
    path = f"{entity}/query{'/count' if count else ''}"
    if method == "GET":
        check(the_world().full.call("GET", f"{path}?search={quote(json.dumps(body))}"))
    else:
        check(the_world().full.call("POST", path, body))


@fuzz
@given(template=st.sampled_from(sorted(route_table())), body=bodies, data=st.data())
def test_every_route_with_any_body(template: str, body: t.Any, data: st.DataObject) -> None:
    path = "/".join(
        str(data.draw(st.sampled_from([0, 1, 174, 1001, 3001, 2**60]))) if part.startswith("{") else part
        for part in template.split("/")
    )
    method = data.draw(st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]))
    check(the_world().full.call(method, f"/ATServicesRest/{path}", body))


PARENTS = {
    "CompanyLocations": "Companies/1001/Locations",
    "Contacts": "Companies/1001/Contacts",
    "ContractServices": "Contracts/3001/Services",
    "ContractCharges": "Contracts/3001/Charges",
    "ProductVendors": "Products/1/Vendors",
    "TicketNotes": "Tickets/5001/Notes",
    "TicketAttachments": "Tickets/5001/Attachments",
    "Tasks": "Projects/7001/Tasks",
    "QuoteItems": "Quotes/8001/Items",
}
SEEDED = {
    "Companies": 1001,
    "CompanyLocations": 1001,
    "Contacts": 2001,
    "Contracts": 3001,
    "ContractServices": 3001,
    "ContractCharges": 3001,
    "Services": 1,
    "Products": 1,
    "ProductVendors": 1,
    "Countries": 1,
    "Tickets": 5001,
    "TicketNotes": 5501,
    "TimeEntries": 6001,
    "Projects": 7001,
    "Tasks": 7001,
    "Opportunities": 8001,
    "Quotes": 8001,
    "QuoteItems": 8001,
    "ConfigurationItems": 4001,
    "BillingItems": 9001,
}


@fuzz
@given(
    entity=st.sampled_from(sorted({*SEEDED, "ContractServiceAdjustments"})),
    changes=records,
    data=st.data(),
    method=st.sampled_from(["POST", "PATCH", "PUT"]),
)
def test_writes_of_records_that_are_nearly_right(
    entity: str, changes: dict[str, t.Any], data: st.DataObject, method: str
) -> None:
    full = the_world().full
    record = {"contractID": 3001, "serviceID": 1, "effectiveDate": "2026-03-01", "unitChange": 1}
    if entity in SEEDED:
        record = full.get(f"{entity}/{SEEDED[entity]}")["item"] or record
    own = [name for name in record if name != "id"]
    mutated = data.draw(st.dictionaries(st.sampled_from(own), values, max_size=3))
    number = data.draw(st.sampled_from([SEEDED.get(entity, 1), 2**62, -1]))
    check(full.call(method, PARENTS.get(entity, entity), {**record, **mutated, **changes, "id": number}))


@fuzz
@given(
    raw=st.binary(max_size=60),
    query=st.text(max_size=30),
    header=st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=10),
)
def test_raw_bytes_queries_and_headers(raw: bytes, query: str, header: str) -> None:
    full = the_world().full
    check(full.call("POST", "Companies/query", raw))
    check(full.call("GET", f"Companies/query?search={quote(query)}"))
    check(full.call("POST", f"Companies/query/next?paging={quote(query)}", raw))
    check(full.call("GET", f"ZoneInformation?user={quote(query)}"))
    check(full.call("PATCH", "Companies", {"id": 1001}, ImpersonationResourceId=header))


@fuzz
@given(path=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_any_path(path: str) -> None:
    check(the_world().full.call("GET", f"/ATServicesRest/{quote(path)}"))
