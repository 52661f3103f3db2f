# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a whole run of the role costs a tenant: pages and log-ins, counted where the simulator stores them."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from fleets import Fleet

FIRST = 13 + 3
"""Thirteen, and the second look right before each of three saves, which another administrator makes necessary."""
UNCHANGED = 9


@pytest.fixture
def fleet(tmp_path: Path) -> t.Iterator[Fleet]:
    with Fleet(tmp_path / "fleet", [{"domain": "alder.example", "two_factor": False}]) as fleet:
        yield fleet


def count(fleet: Fleet, verb: str) -> int:
    return len([event for event in fleet.tenant("alder").events() if event.verb == verb])


def test_a_run_opens_few_pages_and_logs_in_once(fleet: Fleet) -> None:
    first = fleet.play("provision", "--diff")
    assert first.status == 0, first.output
    assert "before: work365: security_level" in first.output and "before: work365: verification" in first.output
    assert (count(fleet, "page"), count(fleet, "logged_in")) == (FIRST, 1)
    again = fleet.play("provision")
    assert again.status == 0 and again.hosts("changed") == set(), again.output
    assert (count(fleet, "page") - FIRST, count(fleet, "logged_in")) == (UNCHANGED, 2)
    part = fleet.play("provision", "--tags", "user,handover")
    assert part.status == 0 and part.hosts("changed") == set(), part.output
    assert count(fleet, "page") - FIRST - UNCHANGED < UNCHANGED
