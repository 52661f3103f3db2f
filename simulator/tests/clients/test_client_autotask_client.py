# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PyPI's autotask-client: what its documentation shows, for every entity that it has a model of."""

from __future__ import annotations

import asyncio
import typing as t

import pytest
from client_service import Service

autotask = pytest.importorskip("autotask", reason="installed by 'make clients'")

CLIENT = "autotask-client"


def test_it_reads_creates_and_changes(service: Service, allowed: dict[str, str]) -> None:
    asyncio.run(_work(service))
    assert service.refused().keys() == allowed.keys()


async def _work(service: Service) -> None:
    from autotask.client import AutotaskClient
    from autotask.config import AutotaskConfig

    config = AutotaskConfig(service.user_name, service.secret, service.code, api_url=service.url)
    async with AutotaskClient(config) as client:
        everything: list[dict[str, t.Any]] = [{"op": "exist", "field": "id"}]
        companies = await client.query_all("Companies", everything)
        assert [company["id"] for company in companies] == sorted(company["id"] for company in companies)
        assert len(await client.query_all("Companies", everything, max_records=3)) == 3
        queue = await client.get("Tickets/entityInformation/fields")
        assert "status" in {field["name"] for field in queue["fields"]}
        made = await client.post(
            "Tickets", {"title": "Printer on fire", "companyID": companies[-1]["id"], "status": 1, "priority": 2}
        )
        await client.patch("Tickets", {"id": made["itemId"], "title": "Printer wet"})
        ticket = (await client.get(f"Tickets/{made['itemId']}"))["item"]
        assert ticket["title"] == "Printer wet" and ticket["ticketNumber"]
        note = {"ticketID": made["itemId"], "title": "Note", "description": "It was hot.", "noteType": 1, "publish": 1}
        assert (await client.post(f"Tickets/{made['itemId']}/Notes", note))["itemId"]
