# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows page by page, and what travels with each question."""

from __future__ import annotations

import json

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Credentials
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import NotAutotaskError, RestError

from .conftest import API, CODE, SECRET, USER

ACTIVE = [{"op": "eq", "field": "isActive", "value": True}]


def page(service, url, ids, following=None):
    service.post(url, json={"items": [{"id": n} for n in ids], "pageDetails": {"nextPageUrl": following}})


def test_all_pages_are_read_with_the_same_question(service, client):
    page(service, f"{API}Resources/query", [1, 2], f"{API}Resources/query/next?paging=a")
    page(service, f"{API}Resources/query/next?paging=a", [3], f"{API}Resources/query/next?paging=b")
    page(service, f"{API}Resources/query/next?paging=b", [4])
    assert [row["id"] for row in client.query("Resources", ACTIVE, ["userName"])] == [1, 2, 3, 4]
    bodies = [json.loads(call.request.body) for call in service.calls if call.request.method == "POST"]
    assert bodies == [{"MaxRecords": 500, "filter": ACTIVE, "IncludeFields": ["id", "userName"]}] * 3


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/ATServicesRest/V1.0/Resources/query/next?paging=a",
        "http://webservices14.autotask.net/ATServicesRest/V1.0/Resources/query/next?paging=a",
        "https://webservices14.autotask.net/other/query/next?paging=a",
        "/ATServicesRest/V1.0/Resources/query/next",
        17,
    ],
)
def test_a_next_page_elsewhere_is_not_fetched(service, client, following):
    page(service, f"{API}Resources/query", [1], following)
    with pytest.raises(NotAutotaskError, match="another host"):
        list(client.query("Resources", ACTIVE))
    assert len(service.calls) == 2


def test_pages_in_a_circle_end(service, client):
    page(service, f"{API}Resources/query", [1], f"{API}Resources/query/next?paging=a")
    page(service, f"{API}Resources/query/next?paging=a", [2], f"{API}Resources/query/next?paging=a")
    with pytest.raises(NotAutotaskError, match="repeat"):
        list(client.query("Resources", ACTIVE))


def test_every_question_carries_the_three_parts_and_the_zone_is_asked_for_once(service, client):
    service.get(f"{API}Companies/entityInformation", json={"info": {}})
    client.get("Companies/entityInformation")
    client.get("Companies/entityInformation")
    zone, *questions = (call.request for call in service.calls)
    assert "ZoneInformation" in zone.url and len(questions) == 2
    for request in questions:
        sent = {name: request.headers[name].decode() for name in ("UserName", "Secret", "ApiIntegrationCode")}
        assert sent == {"UserName": USER, "Secret": SECRET, "ApiIntegrationCode": CODE}
        assert "Authorization" not in request.headers and "Cookie" not in request.headers


@pytest.mark.parametrize("secret", ["", "abc\n", " abc", "ab\rc", "ab\0c"])
def test_a_secret_that_cannot_be_right_is_never_sent(secret):
    with pytest.raises(RestError) as caught:
        Credentials(USER, secret, CODE)
    assert caught.value.reason == "malformed_credentials"
    assert "api_secret" in str(caught.value) and "abc" not in str(caught.value)


def test_a_secret_may_hold_any_letter(service, client, transport):
    service.get(f"{API}ThresholdInformation", json={})
    credentials = Credentials(USER, "pässwörd€", CODE)
    type(client)(transport, API, credentials)
    assert credentials.headers()["Secret"].decode() == "pässwörd€"
    assert "pässwörd€" not in repr(credentials)
