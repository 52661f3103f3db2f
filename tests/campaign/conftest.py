# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator for the campaign, and the ledger of what became of each case."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from campaign.ledger import Ledger
from campaign.simulation import Simulation


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("campaign")
    group.addoption("--full", action="store_true", help="try all cases, not only a sample")
    group.addoption("--share", default="1/1", help="with --full: only this share of the cases, for instance 2/3")
    group.addoption("--cases", default="", help="with --full: only cases whose name has this regular expression")
    group.addoption("--drawing", type=json.loads, help="unseen pages: one tenant's option 'variant', as JSON")
    group.addoption("--results", type=Path, help="file to write what became of the cases to")


@pytest.fixture(scope="session")
def whole_ledger(pytestconfig: pytest.Config) -> t.Iterator[Ledger]:
    ledger = Ledger(*(pytestconfig.getoption(name) for name in ("--full", "--share", "--cases", "--results")))
    yield ledger
    # Once more: after the last case others may have turned out to be none.
    ledger.write()


@pytest.fixture
def ledger(whole_ledger: Ledger) -> t.Iterator[Ledger]:
    """Write cases down; the test fails if one of them broke a promise, or if there was none."""
    before = len(whole_ledger.cases)
    yield whole_ledger
    cases = whole_ledger.cases[before:]
    broken = [f"{case.subject}, {case.where}: {case.outcome}" for case in cases if case.broken]
    assert not broken, "\n".join(broken)
    assert cases or whole_ledger.full, "no case was tried"


@pytest.fixture(scope="session")
def simulation(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Simulation]:
    simulation = Simulation(tmp_path_factory.mktemp("campaign"))
    yield simulation
    simulation.close()


@pytest.fixture(autouse=True)
def undisturbed(simulation: Simulation) -> t.Iterator[None]:
    """Leave no fault for the next test."""
    yield
    simulation.watch(None)
    simulation.gate = None
    simulation.tamper = None
    simulation.store.disarm()
