# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated API over real HTTP: what only shows with sockets and threads, and how quick it is."""

from __future__ import annotations

import concurrent.futures
import time
import typing as t

import pytest
import requests
from autotask_simulator.app import create_app
from autotask_simulator.fleet import parse_fleet
from autotask_simulator.seed import sow
from autotask_simulator.server import Server
from autotask_simulator.store import Store

TENANTS = 100
SECRET = "Old-secret-1"


class Running(t.NamedTuple):
    store: Store
    url: str

    def headers(self, number: int = 0) -> dict[str, str]:
        user = self.store.tenant(f"tenant{number}.example").api_users()[0]
        return {"UserName": user.user_name, "Secret": SECRET, "ApiIntegrationCode": user.tracking_identifier}

    def get(self, path: str, number: int = 0, timeout: float = 30) -> requests.Response:
        return requests.get(f"{self.url}ATServicesRest/V1.0/{path}", headers=self.headers(number), timeout=timeout)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Running]:
    store = Store(tmp_path_factory.mktemp("state") / "state.sqlite")
    names = [f"tenant{number}.example" for number in range(TENANTS)]
    tenants = [
        {"domain": name, "api_users": [{"user_name": f"api@{name}", "vendor": "Work 365 Sync"}]} for name in names
    ]
    sow(store, parse_fleet({"tenants": tenants}))
    server = Server(create_app(store))
    yield Running(store, server.url)
    server.close()


def test_the_zone_of_each_tenant_leads_to_its_api(running: Running) -> None:
    answer = requests.get(
        f"{running.url}atservicesrest/v1.0/zoneinformation", params={"user": "api@tenant7.example"}, timeout=30
    )
    assert answer.json()["url"] == f"{running.url}ATServicesRest/"
    assert running.get("Companies/0", 7).json()["item"]["companyName"] == "Tenant7 Managed IT"


def test_a_hundred_tenants_are_seeded_when_first_looked_at(running: Running) -> None:
    """A minute would be a fault of design; it takes some seconds on a slow machine."""
    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda number: running.get("Contracts/3001", number).status_code, range(TENANTS)))
    assert statuses == [200] * TENANTS
    assert time.monotonic() - started < 60


def test_three_threads_per_tenant_and_endpoint(running: Running) -> None:
    """A vendor's identifier is the same in every tenant, but one tenant's calls do not hold up another's."""
    assert running.headers(1)["ApiIntegrationCode"] == running.headers(3)["ApiIntegrationCode"]
    running.store.arm("slow", surface="rest", page="Contacts/*", times=-1, options={"ms": 2500})
    try:
        with concurrent.futures.ThreadPoolExecutor(9) as pool:
            statuses = list(pool.map(lambda n: running.get("Contacts/2001", n).status_code, [1] * 6 + [3] * 3))
    finally:
        running.store.disarm()
    assert sorted(statuses[:6]) == [200, 200, 200, 429, 429, 429]
    assert statuses[6:] == [200, 200, 200]
    assert running.get("Contacts/2001", 1).status_code == 200


@pytest.mark.parametrize("kind", ["reset", "lost"])
def test_a_connection_that_breaks(running: Running, kind: str) -> None:
    running.store.arm(kind, surface="rest", page="Companies/*")
    with pytest.raises(requests.ConnectionError):
        running.get("Companies/0")
    assert running.get("Companies/0").status_code == 200


def test_an_answer_that_does_not_come(running: Running) -> None:
    running.store.arm("timeout", surface="rest", page="Companies/*", options={"ms": 900})
    with pytest.raises(requests.ReadTimeout):
        running.get("Companies/0", timeout=0.3)


def test_counters_and_records_survive_a_restart(running: Running) -> None:
    running.get("Companies/0", 2)
    again = Store(running.store.path)
    server = Server(create_app(again))
    try:
        other = Running(again, server.url)
        assert other.get("ThresholdInformation", 2).json()["currentTimeframeRequestCount"] >= 2
        assert other.get("Contracts/3001", 2).json() == running.get("Contracts/3001", 2).json()
    finally:
        server.close()
        again.close()
