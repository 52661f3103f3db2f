# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages of at most 500, in the order of ids, followed by the URL that each page names."""

from __future__ import annotations

import typing as t
from urllib.parse import parse_qs, urlsplit

import pytest

if t.TYPE_CHECKING:
    from .conftest import Api, World

EVERYTHING = {"filter": [{"op": "exist", "field": "id"}]}


@pytest.fixture
def big(make_world: type[World]) -> Api:
    return make_world(people=1200).full


def _page(answer: t.Any) -> tuple[list[int], dict[str, t.Any]]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [item["id"] for item in answer.json["items"]], answer.json["pageDetails"]


def _all_pages(first: t.Any, follow: t.Callable[[str], t.Any]) -> list[list[int]]:
    ids, details = _page(first)
    pages = [ids]
    while details["nextPageUrl"]:
        ids, details = _page(follow(details["nextPageUrl"]))
        pages.append(ids)
    return pages


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_1200_resources_come_in_pages_in_id_order(big: Api, method: str) -> None:
    if method == "GET":
        pages = _all_pages(big.search("Resources", EVERYTHING), lambda url: big.call("GET", url))
    else:
        first = big.call("POST", "Resources/query", EVERYTHING)
        pages = _all_pages(first, lambda url: big.call("POST", url, EVERYTHING))
    assert [len(page) for page in pages] == [500, 500, 202]
    ids = [number for page in pages for number in page]
    assert ids == sorted(set(ids))
    assert len(ids) == len(big.tenant.resources())


def test_page_details_of_the_first_page(big: Api) -> None:
    _, details = _page(big.call("POST", "Resources/query", EVERYTHING))
    assert list(details) == ["count", "requestCount", "prevPageUrl", "nextPageUrl"]
    assert (details["count"], details["requestCount"], details["prevPageUrl"]) == (500, 500, None)


def test_the_last_page_names_no_next_one(api: Api) -> None:
    ids, details = _page(api.call("POST", "Companies/query", EVERYTHING))
    assert details == {"count": len(ids), "requestCount": 500, "prevPageUrl": None, "nextPageUrl": None}


def test_the_url_after_a_get_carries_the_query_and_after_a_post_does_not(big: Api) -> None:
    for answer, carries in (
        (big.search("Resources", EVERYTHING), True),
        (big.call("POST", "Resources/query", EVERYTHING), False),
    ):
        url = urlsplit(_page(answer)[1]["nextPageUrl"])
        assert url.path == "/ATServicesRest/V1.0/Resources/query/next"
        assert ("search" in parse_qs(url.query)) == carries
        assert "paging" in parse_qs(url.query)


def test_the_next_page_after_a_post_must_be_posted_with_the_body(big: Api) -> None:
    url = _page(big.call("POST", "Resources/query", EVERYTHING))[1]["nextPageUrl"]
    refused = big.call("GET", url)
    assert refused.status_code == 405
    assert refused.json == {"Message": "The requested resource does not support http method 'GET'."}
    assert "filters" in big.refusal("POST", url)
    assert len(_page(big.call("POST", url, EVERYTHING))[0]) == 500


def test_one_can_go_back(big: Api) -> None:
    first, details = _page(big.search("Resources", EVERYTHING))
    _, details = _page(big.call("GET", details["nextPageUrl"]))
    again, _ = _page(big.call("GET", details["prevPageUrl"]))
    assert again == first


def test_max_records_is_the_size_of_every_page(api: Api) -> None:
    body = {**EVERYTHING, "MaxRecords": 5}
    pages = _all_pages(api.call("POST", "Companies/query", body), lambda url: api.call("POST", url, body))
    assert [len(page) for page in pages] == [5, 5, 5, 1]
    assert pages[0][0] == 0


def test_paging_needs_the_id_among_the_fields(api: Api) -> None:
    answer = api.call("POST", "Companies/query", {**EVERYTHING, "MaxRecords": 5, "IncludeFields": ["companyName"]})
    assert answer.json is not None and answer.json["pageDetails"]["nextPageUrl"] is None


@pytest.mark.parametrize(
    "paging", ["", "x", "[]", "{}", '{"nextIds":["a"]}', '{"nextIds":[' + ",".join(["1"] * 60) + "]}"]
)
def test_a_damaged_page_url_is_refused(api: Api, paging: str) -> None:
    assert api.refusal("POST", f"Companies/query/next?paging={paging}", EVERYTHING)
