# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant for clients that other people wrote; 'make clients' installs them."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

import pytest
import yaml
from autotask_simulator.testing import RunningSimulator
from client_service import HERE, Service


@pytest.fixture
def service(simulator: RunningSimulator) -> Service:
    domain = simulator.next_domain()
    user, secret, code = f"client@{domain}", "Of-a-client-1", "CLIENT0CODE"
    users = [{"user_name": user, "secret": secret, "integration_code": code}]
    return Service(simulator.url, simulator.add(domain, api_users=users), user, secret, code)


@pytest.fixture(scope="session")
def node_clients() -> Path:
    """The folder in which npm installed the clients of package.json."""
    if "AUTOTASK_NODE_CLIENTS" not in os.environ:
        pytest.skip("installed by 'make clients'")
    return Path(os.environ["AUTOTASK_NODE_CLIENTS"])


@pytest.fixture
def allowed(request: pytest.FixtureRequest) -> dict[str, str]:
    """What of the client that the test's module is named after may be different, with reasons."""
    differences: dict[str, dict[str, str]] = yaml.safe_load((HERE / "differences.yml").read_text(encoding="utf-8"))
    return differences.get(t.cast(str, request.module.CLIENT), {})
