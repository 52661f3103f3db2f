# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One running simulator that all integration tests add tenants to."""

from __future__ import annotations

import typing as t

import pytest
from autotask_simulator.testing import RunningSimulator


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, so that no worker waits for them in the end."""
    items.sort(key=lambda item: "demo" not in item.path.parts)


@pytest.fixture(scope="session")
def simulator() -> t.Iterator[RunningSimulator]:
    simulator = RunningSimulator()
    yield simulator
    simulator.close()
