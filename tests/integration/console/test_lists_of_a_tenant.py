# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lists of tenants that turn, filter and open them differently, and what is reached from them."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Resources
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from autotask_simulator.fleet import DEFAULT_PASSWORD
from autotask_simulator.store import Tenant
from autotask_simulator.testing import RunningSimulator
from integration.console.test_lists import context as context
from playwright.sync_api import BrowserContext
from samples import each

Console = tuple[Window, Tenant]
Open = t.Callable[..., Console]

USER = {"first_name": "Contract", "last_name": "Reader", "active": False, "vendor": "Work 365 Sync"}

KINDS: dict[str, dict[str, t.Any]] = {
    "signs": {"turned_by": "icon", "new": "picture", "row_icons": "among_others", "state": "button"},
    "numbers": {"turned_by": "numbers", "says": "nothing", "state": "two", "letters": True, "right_click": False},
    "more": {"turned_by": "more", "says": "nothing", "state": "chooser", "new": "two_buttons"},
}


@pytest.fixture
def open_console(simulator: RunningSimulator, context: BrowserContext) -> t.Iterator[Open]:
    """Return a function that adds a tenant and logs in to it."""
    added: list[Tenant] = []

    def go(**spec: t.Any) -> Console:
        tenant = simulator.add(two_factor=False, **spec)
        added.append(tenant)
        context.clear_cookies()
        page = context.new_page()
        page.goto(simulator.url)
        for field, text in (("UserName", f"admin@{tenant.domain}"), ("Password", DEFAULT_PASSWORD)):
            page.locator(f"input[name={field}]").fill(text)
            page.keyboard.press("Enter")
        page.wait_for_url("**/*Landing*")
        window = Window(page, Journal(timeout=120), landmarks())
        window.landing = page.url
        return window, tenant

    yield go
    for page in context.pages:
        page.close()
    for tenant in added:
        verbs = [f"{event.verb} {event.object}" for event in tenant.events()]
        assert "page resource_form" not in verbs, "the page of a paid resource was opened"
        assert not [verb for verb in verbs if verb.startswith(("level_deleted", "resource_inactivated"))]


@pytest.mark.parametrize("kind", each(KINDS, in_make_test=["more"]))
def test_what_there_is_is_found_and_can_be_opened(open_console: Open, kind: str) -> None:
    levels = [{"name": f"Level {number:02}", "active": number % 3 > 0} for number in range(14)]
    users = [{"user_name": "key1@old.example", "level": "Level 07", **USER}]
    window, tenant = open_console(levels=levels, api_users=users, people=24, page_rows=9, lists=KINDS[kind])

    page = SecurityLevels(window)
    page.open()
    stored = {level.name: (level.system, level.api_only, level.active) for level in tenant.levels()}
    assert {e["name"]: (e["system"], e["api_only"], e["active"]) for e in page.overview()} == stored
    editor = page.edit("Level 13")
    assert editor.window.page != window.page
    editor.leave()

    resources = Resources(window)
    resources.open()
    (row,) = resources.named("Contract", "Reader")
    assert [other.name for other in resources.having("Level 07")] == [row.name] == ["Reader, Contract"]
    assert not resources.having("Level 08") and row.ticked("Active") is False
    form = resources.edit(row)
    assert form is not None
    form.leave()
    resources.new().leave()
