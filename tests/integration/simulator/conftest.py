# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A running simulator and a browser, for tests that use it as a person would."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import typing as t
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "simulator"))

from autotask_simulator.app import create_app  # noqa: E402
from autotask_simulator.fleet import parse_fleet  # noqa: E402
from autotask_simulator.seed import sow  # noqa: E402
from autotask_simulator.server import Server  # noqa: E402
from autotask_simulator.store import Store, Tenant  # noqa: E402

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def simulator() -> Iterator[tuple[Store, str]]:
    store = Store()
    server = Server(create_app(store))
    yield store, server.url
    server.close()


@pytest.fixture
def tenant(simulator: tuple[Store, str]) -> t.Callable[..., Tenant]:
    """Return a function that adds a tenant with these options."""

    def add(**options: t.Any) -> Tenant:
        domain = f"tenant{next(_numbers)}.example"
        sow(simulator[0], parse_fleet({"tenants": [{"domain": domain, **options}]}))
        return simulator[0].tenant(domain)

    return add


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium-headless-shell", "chromium", "google-chrome-stable", "google-chrome")
    executable = os.environ.get("AUTOTASK_BROWSER_EXECUTABLE") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, simulator: tuple[Store, str]) -> Iterator[Page]:
    """A fresh browser window at the simulator's door. Scripts that break fail the test."""
    broken: list[str] = []
    context = browser.new_context(base_url=simulator[1], viewport={"width": 1280, "height": 850})
    context.on("weberror", lambda error: broken.append(str(error.error)))
    context.set_default_timeout(10_000)
    page = context.new_page()
    yield page
    context.close()
    assert not broken
