# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator that runs in the tests' own process: real HTTP, and a store that they fill and read directly."""

from __future__ import annotations

import itertools
import typing as t

from autotask_simulator.app import create_app
from autotask_simulator.fleet import parse_fleet
from autotask_simulator.seed import sow
from autotask_simulator.server import Server
from autotask_simulator.store import Store, Tenant


class RunningSimulator:
    """Starts without tenants."""

    def __init__(self) -> None:
        self.store = Store()
        self.app = create_app(self.store)
        self._server = Server(self.app)
        self.url = self._server.url
        self._numbers = itertools.count(1)

    def next_domain(self) -> str:
        """Return a domain that no tenant has."""
        return f"tenant{next(self._numbers)}.example"

    def add(self, domain: str | None = None, **spec: t.Any) -> Tenant:
        """Add a tenant that is as *spec* says."""
        domain = domain or self.next_domain()
        sow(self.store, parse_fleet({"tenants": [{"domain": domain, **spec}]}))
        return self.store.tenant(domain)

    def close(self) -> None:
        self._server.close()
        self.store.close()
