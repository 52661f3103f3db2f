# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The query grammar."""

from __future__ import annotations

import json
import typing as t
from urllib.parse import quote

import pytest

if t.TYPE_CHECKING:
    from .conftest import Api, World


def where(field: str, op: str, value: t.Any = None) -> dict[str, t.Any]:
    return {"op": op, "field": field, "value": value}


def ids(items: list[dict[str, t.Any]]) -> list[int]:
    return [item["id"] for item in items]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (where("id", "eq", 174), [174]),
        (where("id", "noteq", 174), [0, 175, 176]),
        (where("id", "gt", 175), [176]),
        (where("id", "gte", 175), [175, 176]),
        (where("id", "lt", 174), [0]),
        (where("id", "lte", 174), [0, 174]),
        (where("companyName", "beginsWith", "cloud"), [174]),
        (where("companyName", "endsWith", "WHOLESALE"), [175]),
        (where("companyName", "contains", "license"), [174]),
        (where("taxID", "exist"), []),
        (where("taxID", "notExist"), [0, 174, 175, 176]),
        (where("id", "in", [0, 175, 999]), [0, 175]),
        (where("id", "notIn", [0, 175]), [174, 176]),
        (where("isActive", "eq", True), [0, 174, 175, 176]),
        (where("createDate", "gt", "2025-06-01"), [0, 174, 175, 176]),
        (where("createDate", "lt", "2025-06-01T00:00:00Z"), []),
        (where("taxID", "noteq", "x"), []),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_operator(make_world: type[World], method: str, condition: dict[str, t.Any], expected: list[int]) -> None:
    api = make_world(rest={"companies": 0}).full
    body = {"filter": [condition]}
    answer = api.search("Companies", body) if method == "GET" else api.call("POST", "Companies/query", body)
    assert answer.json is not None
    assert ids(answer.json["items"]) == expected


def test_keys_operators_and_fields_ignore_case(api: Api) -> None:
    answer = api.call(
        "POST", "companies/QUERY", {"FILTER": [{"OP": "EQ", "Field": "COMPANYNAME", "VALUE": "meadow prospects"}]}
    )
    assert answer.json is not None and ids(answer.json["items"]) == [176]


def test_conditions_are_anded_and_groups_nest(api: Api) -> None:
    either = {"op": "or", "items": [where("id", "eq", 174), where("id", "eq", 176)]}
    both = {"op": "and", "items": [where("companyType", "eq", 7), either]}
    assert ids(api.items("Companies", either)) == [174, 176]
    assert ids(api.items("Companies", both)) == [174]
    assert ids(api.items("Companies", either, where("companyType", "eq", 3))) == [176]


def test_include_fields_limits_the_keys_and_else_null_is_shown(api: Api) -> None:
    (item,) = api.items("Companies", where("id", "eq", 174), IncludeFields=["ID", "companyname"])
    assert item == {"id": 174, "companyName": "Cloud License Distribution", "userDefinedFields": []}
    (whole,) = api.items("Companies", where("id", "eq", 174))
    assert whole["taxID"] is None
    assert whole["userDefinedFields"] == [{"name": "Account Reference", "value": None}]


def test_user_defined_fields_can_be_included(api: Api) -> None:
    (item,) = api.items("Companies", where("id", "eq", 174), IncludeFields=["id", "Account Reference"])
    assert item == {"id": 174, "userDefinedFields": [{"name": "Account Reference", "value": None}]}


def test_count(api: Api) -> None:
    body = {"filter": [where("companyType", "eq", 7)]}
    answer = api.call("POST", "Companies/query/count", body)
    assert answer.json == {"queryCount": 2}
    assert api.get(f"Companies/query/count?search={quote(json.dumps(body))}") == {"queryCount": 2}


def test_user_defined_fields_can_be_filtered_one_at_a_time(api: Api) -> None:
    api.write("PATCH", "Companies", {"id": 1001, "userDefinedFields": [{"name": "Account Reference", "value": "A-17"}]})
    udf = {"op": "eq", "field": "Account Reference", "value": "a-17", "udf": True}
    assert ids(api.items("Companies", udf)) == [1001]
    assert "Only one" in api.refusal("POST", "Companies/query", {"filter": [udf, udf]})
    assert "Unable to find nope" in api.refusal("POST", "Companies/query", {"filter": [{**udf, "field": "nope"}]})


def test_a_misspelt_operator_is_ignored_unless_told_otherwise(make_world: type[World]) -> None:
    body = {"filter": [where("id", "equals", 174)]}
    answer = make_world().full.call("POST", "Companies/query", body)
    assert answer.json is not None and len(answer.json["items"]) == 16
    strict = make_world(rest={"unknown_operators": "refuse"}).full
    assert "operator" in strict.refusal("POST", "Companies/query", body)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "Parameter name: filters"),
        ({}, "Parameter name: filters"),
        ({"filter": [where("nope", "eq", 1)]}, "Unable to find nope in the Company Entity."),
        ({"filter": [where("sicCode", "eq", "1")]}, "not queryable"),
        (
            {"filter": [where("id", "eq", "five")]},
            "Conversion failed when converting varchar 'five' to data type int",
        ),
        ({"filter": [where("isActive", "eq", "yes")]}, "Conversion failed when converting varchar 'yes'"),
        ({"filter": [], "MaxRecords": 0}, "maxCountOfRecordsToReturn must be between 1 and 500"),
        ({"filter": [], "MaxRecords": 501}, "maxCountOfRecordsToReturn must be between 1 and 500"),
        ({"filter": [], "MaxRecords": True}, "Unexpected character encountered while parsing value: t"),
        ({"filter": [], "IncludeFields": ["userDefinedFields"]}, "Unable to find userDefinedFields in the Company"),
        ({"filter": [], "IncludeFields": ["nope"]}, "Unable to find nope in the Company Entity."),
        ("true", "Parameter name: filters"),
        ("{'filter'", "Unexpected character encountered while parsing value"),
        ('{"filter": [tru]}', "Unexpected character encountered while parsing value: t"),
        ({"filter": ["id"]}, "Unexpected character encountered while parsing value"),
    ],
)
def test_what_is_refused(api: Api, body: t.Any, words: str) -> None:
    assert words in api.refusal("POST", "Companies/query", body)


def test_at_most_500_or_conditions(api: Api) -> None:
    def any_of(number: int) -> dict[str, t.Any]:
        return {"filter": [{"op": "or", "items": [where("id", "eq", each) for each in range(number)]}]}

    assert api.call("POST", "Companies/query", any_of(500)).status_code == 200
    words = api.refusal("POST", "Companies/query", any_of(501))
    assert words == "Queries are limited to 500 or fewer 'OR' conditions."


def test_nesting_has_an_end(api: Api) -> None:
    body: dict[str, t.Any] = where("id", "eq", 1)
    for _ in range(70):
        body = {"op": "and", "items": [body]}
    assert "MaxDepth" in api.refusal("POST", "Companies/query", {"filter": [body]})
    assert "MaxDepth" in api.refusal("POST", "Companies/query", "[" * 200_000)


def test_a_url_has_a_limit_and_a_body_has_not(api: Api) -> None:
    body = {"filter": [where("companyName", "eq", "x" * 2100)]}
    assert api.search("Companies", body).status_code == 404
    assert api.call("POST", "Companies/query", body).status_code == 200


def test_adjustments_cannot_be_queried(api: Api) -> None:
    assert api.call("POST", "ContractServiceAdjustments/query", {"filter": []}).status_code == 404
    assert api.call("GET", "ContractServiceAdjustments/1").status_code == 404


def test_unknown_id_is_a_null_item(api: Api) -> None:
    assert api.get("Companies/99999999") == {"item": None}
    assert api.get("Companies/0")["item"]["id"] == 0


def test_children_are_read_below_their_parent(api: Api) -> None:
    listing = api.get("Contracts/3001/Services")
    assert ids(listing["items"]) == [3001]
    assert set(listing["pageDetails"]) == {"count", "requestCount", "prevPageUrl", "nextPageUrl"}
    assert api.get("Contracts/3001/Services/3001")["item"]["contractID"] == 3001
    assert api.get("Contracts/3003/Services/3001") == {"item": None}


def test_attachments_below_a_parent_answer_a_list_even_for_one_id(api: Api) -> None:
    assert api.get("Companies/1001/Attachments/5")["items"] == []


def test_dates_are_utc(api: Api) -> None:
    assert api.get("Contracts/3001")["item"]["startDate"] == "2026-01-01T00:00:00Z"
