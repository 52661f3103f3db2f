# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A browser, for tests that use the simulator as a person would."""

from __future__ import annotations

import os
import shutil
import typing as t
from collections.abc import Iterator

import pytest
from autotask_simulator.store import Tenant
from autotask_simulator.testing import RunningSimulator
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture
def tenant(simulator: RunningSimulator) -> t.Callable[..., Tenant]:
    """Return a function that adds a tenant with these options."""
    return simulator.add


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium-headless-shell", "chromium", "google-chrome-stable", "google-chrome")
    executable = os.environ.get("AUTOTASK_BROWSER_EXECUTABLE") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, simulator: RunningSimulator) -> Iterator[Page]:
    """A fresh browser window at the simulator's door. Scripts that break fail the test."""
    broken: list[str] = []
    context = browser.new_context(base_url=simulator.url, viewport={"width": 1280, "height": 850})
    context.on("weberror", lambda error: broken.append(str(error.error)))
    context.set_default_timeout(10_000)
    page = context.new_page()
    yield page
    context.close()
    assert not broken
