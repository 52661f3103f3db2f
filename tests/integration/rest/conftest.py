# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants whose API users are examined, over real HTTP and without a browser."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, Credentials
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Settings, Transport
from autotask_simulator.records import Resource
from autotask_simulator.store import Tenant
from autotask_simulator.testing import RunningSimulator
from rehearsal.granting import settings_for
from rehearsal.role import Values, wanted

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


@pytest.fixture(scope="session")
def subject(simulator: RunningSimulator) -> t.Callable[..., Subject]:
    """Return a function that adds a tenant with an API user who has what the role's matrix grants."""

    def add(**spec: t.Any) -> Subject:
        domain = simulator.next_domain()
        user = {"user_name": f"work365@{domain}", "level": LEVEL, "secret": SECRET, "custom": "Rehearsal"}
        tenant = simulator.add(domain, levels=[{"name": LEVEL}], api_users=[user], **spec)
        made = Subject(tenant, f"{simulator.url}ATServicesRest/", tenant.api_user(user["user_name"]))
        made.grant()
        return made

    return add
