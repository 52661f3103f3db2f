# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Thresholds and threads."""

from __future__ import annotations

import contextlib
import typing as t

import pytest
from autotask_simulator.rest import limits

if t.TYPE_CHECKING:
    from .conftest import Api, World


def test_the_threshold_counts_every_call_itself_included(api: Api) -> None:
    api.get("Companies/0")
    api.get("Contacts/2001")
    assert api.get("ThresholdInformation") == {
        "externalRequestThreshold": 10_000,
        "requestThresholdTimeframe": 60,
        "currentTimeframeRequestCount": 3,
    }


def test_all_integrations_of_a_tenant_share_the_threshold(world: World) -> None:
    other = world.user_with({})
    other.get("Companies/0")
    assert world.full.get("ThresholdInformation")["currentTimeframeRequestCount"] == 2


def test_calls_grow_slower_and_end(make_world: type[World], monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(limits.time, "sleep", waits.append)
    api = make_world(rest={"threshold": 8}).full
    statuses = [api.call("GET", "Companies/0").status_code for _ in range(9)]
    assert statuses == [200] * 8 + [429]
    assert waits == [0.5, 0.5, 1, 1, 1]


def test_the_hour_rolls_on(world: World) -> None:
    world.full.get("Companies/0")
    world.store.change("UPDATE rest_usage SET minute = minute - 60")
    assert world.full.get("ThresholdInformation")["currentTimeframeRequestCount"] == 1


def test_a_reset_store_counts_anew(world: World) -> None:
    world.full.get("Companies/0")
    world.store.clear()
    assert world.store.rows("SELECT * FROM rest_usage") == []


def test_three_threads_per_identifier_and_endpoint(world: World) -> None:
    """A fourth call at once is refused; another endpoint and another identifier are not concerned."""
    other = world.user_with({})
    identifier = world.full.headers["ApiIntegrationCode"]
    with contextlib.ExitStack() as running:
        for _ in range(3):
            running.enter_context(world.surface.limits.thread(world.tenant, identifier, "Companies"))
        refused = world.full.call("GET", "Companies/1001")
        assert refused.status_code == 429
        assert "thread threshold of 3 threads has been exceeded" in str(refused.json)
        assert world.full.call("GET", "Companies/1001/Contacts").status_code == 200, "children are their own endpoint"
        assert other.call("GET", "Companies/1001").status_code == 200
        assert world.client.get("/ATServicesRest/V1.0/ZoneInformation?user=full@alder.example").status_code == 200
    assert world.full.call("GET", "Companies/1001").status_code == 200
