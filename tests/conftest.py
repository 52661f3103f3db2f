# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One Playwright for all tests that use a browser in their own process, where there can be only one."""

from __future__ import annotations

import typing as t

import pytest
from playwright.sync_api import Playwright, sync_playwright


@pytest.fixture(scope="session")
def playwright() -> t.Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright
