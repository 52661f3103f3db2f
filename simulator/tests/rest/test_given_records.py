# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records that a tenant was given, of any entity, as the API shows them."""

from __future__ import annotations

import typing as t

import pytest
from autotask_simulator.rest.entities import entities
from autotask_simulator.rest.fields import Field, known_fields
from autotask_simulator.rest.loading import load

from .conftest import Api, World

VALUES = {"string": "x", "boolean": True, "datetime": "2026-01-02T03:04:05Z", "decimal": 1.5, "byte[]": "eA=="}


@pytest.fixture(scope="module")
def api() -> Api:
    """Of a user who may read everything."""
    world = World(rest={"latency": False, "threshold": 10**9})
    return world.user_with({"other.can_create_webhooks": True})


def given(field: Field) -> t.Any:
    """Who sees a company sees what belongs to it."""
    return 1001 if field.name == "companyID" else VALUES.get(field.data_type, 1)


# The others cannot be asked for by their id; Resources are the console's own.
READABLE = [
    name for name, each in entities().items() if each.has_get_by_id and known_fields(name) and name != "Resources"
]


@pytest.mark.parametrize("entity", READABLE)
def test_any_entity_is_shown_as_it_was_given(api: Api, entity: str) -> None:
    sent = {field.name: given(field) for field in known_fields(entity).values()}
    [number] = load(api.tenant, entity, [{**sent, "id": 77}])
    answer = api.get(f"{entities()[entity].path}/{number}")
    shown = answer["item"] if "item" in answer else answer["items"][0]
    shown.pop("userDefinedFields", None)
    assert shown == {**sent, "id": 77}


def test_an_attachment_is_among_all_attachments(api: Api) -> None:
    [number] = load(api.tenant, "TicketAttachments", [{"ticketID": 5001, "title": "Log", "data": "SGFsbG8="}])
    assert api.get(f"AttachmentInfo/{number}")["item"]["title"] == "Log"
    [listed] = api.get("Tickets/5001/Attachments")["items"]
    assert (listed["id"], listed["data"]) == (number, None)
