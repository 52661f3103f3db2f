# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults on demand, and what the event log keeps."""

from __future__ import annotations

import json
import typing as t

import pytest
from autotask_simulator.rest import faults
from autotask_simulator.rest.faults import REST_FAULTS

if t.TYPE_CHECKING:
    from .conftest import World


@pytest.mark.parametrize("kind", REST_FAULTS)
def test_every_kind_strikes(world: World, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is used up, and something is done about it that it has a branch for."""
    done: list[t.Any] = []
    monkeypatch.setattr(faults.time, "sleep", done.append)
    monkeypatch.setattr(faults, "break_connection", lambda: done.append("broken"))
    world.client.application.config["PROPAGATE_EXCEPTIONS"] = True
    undisturbed = world.full.call("GET", "Companies/0")
    world.store.arm(kind, surface="rest")
    struck = world.full.call("GET", "Companies/0")
    assert world.store.faults() == []
    assert done or (struck.status_code, struck.data) != (undisturbed.status_code, undisturbed.data)


@pytest.mark.parametrize("status", [429, 500, 401, 503])
def test_a_status_on_demand_once(world: World, status: int) -> None:
    world.store.arm(f"http_{status}", surface="rest", page="Companies/*")
    assert world.full.call("GET", "Contacts/2001").status_code == 200
    answer = world.full.call("GET", "Companies/0")
    assert answer.status_code == status
    assert answer.data == b"" if status == 401 else list(t.cast(t.Any, answer.json)) == ["errors"]
    assert world.full.call("GET", "Companies/0").status_code == 200


def test_half_of_the_json(world: World) -> None:
    world.store.arm("truncated", surface="rest", page="Companies/query")
    answer = world.full.call("POST", "companies/QUERY/", {"filter": []})
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.data)


def test_html_instead_of_json(world: World) -> None:
    world.store.arm("html", surface="rest", page="ZoneInformation")
    answer = world.client.get("/ATServicesRest/V1.0/ZoneInformation?user=full@alder.example")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")


def test_an_answer_that_is_lost_after_the_work_was_done(world: World) -> None:
    world.store.arm("lost", surface="rest", page="Services")
    before = len(world.full.items("Services"))
    body = {"name": "Mailbox", "billingCodeID": 29682805, "periodType": 2, "unitPrice": 6}
    world.full.call("POST", "Services", body)
    assert len(world.full.items("Services")) == before + 1


def test_faults_of_one_tenant_or_of_the_nth_request(world: World) -> None:
    world.store.arm("http_500", surface="rest", domain="other.example", times=-1)
    world.store.arm("http_429", surface="rest", domain="alder.example", skip=2)
    assert [world.full.call("GET", "Companies/0").status_code for _ in range(4)] == [200, 200, 429, 200]


def test_faults_of_the_console_do_not_concern_the_api(world: World) -> None:
    world.store.arm("http_500", surface="console", times=-1)
    assert world.full.call("GET", "Companies/0").status_code == 200


def test_every_call_is_in_the_event_log(world: World) -> None:
    world.client.get("/ATServicesRest/V1.0/ZoneInformation?user=full@alder.example")
    world.full.call("GET", "companies/0")
    world.full.call("POST", "Phases", {})
    world.full.call("DELETE", "Resources/5")
    world.full.call("PATCH", "contracts/3001/services", {"id": 3001})
    calls = [(event.verb, event.object, event.details) for event in world.tenant.events() if event.surface == "rest"]
    assert calls == [
        ("GET", "ZoneInformation", {}),
        ("GET", "Companies/0", {"status": 200}),
        ("DELETE", "Resources/5", {"status": 405}),
        ("PATCH", "Contracts/3001/Services", {"status": 200, "body": {"id": 3001}}),
    ]
