# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A fixture that adds tenants, and gives the way into them."""

from __future__ import annotations

import contextlib
import time
import typing as t
from pathlib import Path
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers import browser
from autotask_simulator import faults
from autotask_simulator.fleet import DEFAULT_PASSWORD, DEFAULT_TOTP_SECRET
from autotask_simulator.testing import RunningSimulator
from playwright.sync_api import Playwright
from simulated_console import Console, Hold


@pytest.fixture
def shared_playwright(playwright: Playwright, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what runs in this process share its Playwright. Each starts a browser of its own."""
    monkeypatch.setattr(browser, "sync_playwright", lambda: contextlib.nullcontext(playwright))


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[Hold]:
    """What the fault "slow" waits for."""
    hold = Hold()
    monkeypatch.setattr(faults, "time", SimpleNamespace(sleep=hold.sleep, monotonic=time.monotonic))
    yield hold
    hold.let_go.set()


@pytest.fixture
def console(
    simulator: RunningSimulator, shared_playwright: None, tmp_path: Path
) -> t.Iterator[t.Callable[..., Console]]:
    """Return a function that adds a tenant, different in what is named, and gives the way into it."""
    added: list[Console] = []

    def add(**spec: t.Any) -> Console:
        spec = {"two_factor": False, **spec}
        tenant = simulator.add(**spec)
        connection = {
            "console_url": simulator.url,
            "console_username": f"admin@{tenant.domain}",
            "console_password": spec.get("admin", {}).get("password", DEFAULT_PASSWORD),
            "console_totp_secret": DEFAULT_TOTP_SECRET if spec["two_factor"] else None,
            "console_session": str(tmp_path / f"{tenant.domain}.session"),
            "state_dir": str(tmp_path / "state"),
            "timeout": 120,
        }
        added.append(Console(tenant, tmp_path, connection))
        return added[-1]

    yield add
    simulator.store.disarm()
    for one in added:
        assert not one.touched_paid_resources()
