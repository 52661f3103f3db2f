# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One listing where it can be trusted, each entity by itself where not."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import WrongCredentialsError
from ansible_collections.msp.autotask.plugins.module_utils._rest.survey import listed_as, survey

from .conftest import API, description

SINGULARS = {
    "Companies": "Company",
    "Contracts": "Contract",
    "TimeEntries": "TimeEntry",
    "Taxes": "Tax",
    "Services": "Service",
    "KnowledgeBaseArticles": "KnowledgeBaseArticle",
    "ProductVendors": "ProductVendor",
    "BillingCodes": "BillingCode",
    "PurchaseOrders": "PurchaseOrder",
}
ENTITIES = ["Companies", "Contracts", "TimeEntries"]


def each(service, **levels):
    """Let every entity answer for itself."""
    for entity in ENTITIES:
        service.get(f"{API}{entity}/entityInformation", json={"info": description(SINGULARS[entity], **levels)})


def listing(service, *descriptions):
    service.get(f"{API}EntityInformation", json={"entityDescriptions": [{"info": info} for info in descriptions]})


def asked(service):
    return [call.request.url.removeprefix(API) for call in service.calls][1:]


@pytest.mark.parametrize(("plural", "singular"), SINGULARS.items())
def test_the_listing_is_read_by_singular_names(plural, singular):
    assert listed_as(plural, {singular.lower(): "it", "ticket": "other"}) == "it"
    assert listed_as(plural, {"ticket": "other"}) is None


def test_the_listing_is_used_and_one_sample_compared(service, client):
    listing(service, *(description(SINGULARS[entity], create="Restricted") for entity in ENTITIES))
    each(service, create="Restricted")
    found = survey(client, ENTITIES)
    assert found.listed and not found.unread
    assert {entity: access.levels["create"] for entity, access in found.access.items()} == dict.fromkeys(
        ENTITIES, "restricted"
    )
    assert asked(service) == ["EntityInformation", "Companies/entityInformation"]


def test_a_listing_that_contradicts_an_entity_is_not_believed(service, client):
    listing(service, *(description(SINGULARS[entity], create="All") for entity in ENTITIES))
    each(service, create="None")
    found = survey(client, ENTITIES)
    assert not found.listed
    assert {access.levels["create"] for access in found.access.values()} == {"none"}


def test_what_the_listing_lacks_is_asked_for(service, client):
    listing(service, description("Company"), description("Contract", query=None))
    each(service)
    assert list(survey(client, ENTITIES).access) == ENTITIES
    assert sorted(asked(service)[2:]) == ["Contracts/entityInformation", "TimeEntries/entityInformation"]


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 404},
        {"status": 405, "json": {"Message": "The requested resource does not support http method 'GET'."}},
        {"status": 500, "json": {"errors": ["Something went wrong."]}},
        {"status": 403},
        {"body": "<html>busy</html>"},
        {"json": {"entityDescriptions": None}},
        {"json": {"entityDescriptions": ["?", {"info": 3}, {}]}},
    ],
)
def test_without_a_listing_each_entity_is_asked_for(service, client, answer):
    service.get(f"{API}EntityInformation", **answer)
    each(service)
    found = survey(client, ENTITIES)
    assert list(found.access) == ENTITIES and not found.listed
    assert len(asked(service)) == 1 + len(ENTITIES)


def test_one_entity_that_fails_does_not_hide_the_others(service, client):
    service.get(f"{API}EntityInformation", status=404)
    service.get(f"{API}Companys/entityInformation", status=404)
    service.get(f"{API}Services/entityInformation", json={"info": {"name": "Service"}})
    each(service)
    found = survey(client, ["Companys", "Services", *ENTITIES])
    assert list(found.access) == ENTITIES
    assert {entity: error.reason for entity, error in found.unread.items()} == {
        "Companys": "not_found",
        "Services": "not_autotask",
    }


def test_refused_credentials_end_the_survey(service, client):
    """A user that is locked or switched off in the middle must not be asked for thirty more times."""
    service.get(f"{API}EntityInformation", status=404)
    for number in range(30):
        service.get(f"{API}Thing{number}/entityInformation", status=401)
    with pytest.raises(WrongCredentialsError):
        survey(client, [f"Thing{number}" for number in range(30)])
    assert len(asked(service)) <= 1 + 3
