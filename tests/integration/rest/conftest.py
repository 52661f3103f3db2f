# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A running simulator without a browser: real HTTP, and a store that tests fill and read directly."""

from __future__ import annotations

import itertools
import sys
import typing as t
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(TESTS / "simulator"), str(TESTS)]

from ansible_collections.msp.autotask.plugins.module_utils.rest.client import Client, Credentials  # noqa: E402
from ansible_collections.msp.autotask.plugins.module_utils.rest.transport import Settings, Transport  # noqa: E402
from autotask_simulator.app import create_app  # noqa: E402
from autotask_simulator.fleet import parse_fleet  # noqa: E402
from autotask_simulator.records import Resource  # noqa: E402
from autotask_simulator.seed import sow  # noqa: E402
from autotask_simulator.server import Server  # noqa: E402
from autotask_simulator.store import Store, Tenant  # noqa: E402
from rehearsal.granting import settings_for  # noqa: E402
from rehearsal.role import Values, wanted  # noqa: E402

LEVEL = "Work 365 API User"
SECRET = "Secret-of-the-rehearsal-1"


class Subject(t.NamedTuple):
    """A tenant whose API user is examined."""

    tenant: Tenant
    url: str
    user: Resource
    user_secret: str = SECRET

    def client(self, secret: str = SECRET, timeout: float = 30) -> Client:
        credentials = Credentials(self.user.user_name, secret, self.user.tracking_identifier)
        return Client(Transport(Settings(timeout=timeout)), self.url, credentials)

    def grant(self, values: Values | None = None, without: str | None = None) -> None:
        """Give the level what the role asks for, or other *values*, with one of them taken away again."""
        settings = settings_for(self.tenant, values or wanted(), without)
        self.tenant.update_level(self.user.level_id, settings=settings)

    @property
    def present(self) -> Resource:
        """The user as it is now."""
        return self.tenant.resource(self.user.id)


@pytest.fixture(scope="module")
def simulator() -> t.Iterator[tuple[Store, str]]:
    """An empty simulator and its address."""
    store = Store()
    server = Server(create_app(store))
    yield store, f"{server.url}ATServicesRest/"
    server.close()
    store.close()


@pytest.fixture(scope="module")
def subject(simulator: tuple[Store, str]) -> t.Callable[..., Subject]:
    """Return a function that adds a tenant with an API user who has what the role's matrix grants."""
    store, url = simulator
    numbers = itertools.count(1)

    def add(**spec: t.Any) -> Subject:
        domain = f"tenant{next(numbers)}.example"
        user = {"user_name": f"work365@{domain}", "level": LEVEL, "secret": SECRET, "custom": "Rehearsal"}
        sow(
            store,
            parse_fleet({"tenants": [{"domain": domain, "levels": [{"name": LEVEL}], "api_users": [user], **spec}]}),
        )
        tenant = store.tenant(domain)
        found = store.find_api_user(user["user_name"])
        assert found
        made = Subject(tenant, url, found[1])
        made.grant()
        return made

    return add
