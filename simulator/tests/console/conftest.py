# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated tenant and somebody logged in to its console, without a browser and without a network."""

from __future__ import annotations

import typing as t

import pytest
from autotask_simulator.app import create_app
from autotask_simulator.fleet import parse_fleet
from autotask_simulator.seed import sow
from autotask_simulator.store import Store
from simulated_tenant import DOMAIN, Console, Start


@pytest.fixture
def stranger() -> Start:
    """Return a function that starts a simulator with one tenant and gives its console, nobody logged in."""

    def start(**options: t.Any) -> Console:
        store = Store()
        sow(store, parse_fleet({"tenants": [{"domain": DOMAIN, "two_factor": False, **options}]}))
        return Console(create_app(store).test_client(), store.tenant(DOMAIN))

    return start


@pytest.fixture
def console(stranger: Start) -> Start:
    """The same with the administrator logged in."""

    def start(**options: t.Any) -> Console:
        console = stranger(**options)
        assert "location" in console.log_in()
        return console

    return start
