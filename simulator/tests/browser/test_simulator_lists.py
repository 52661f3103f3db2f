# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person at lists that are turned, and show their menus, in different ways."""

from __future__ import annotations

import typing as t

import pytest
from autotask_simulator.store import Tenant
from playwright.sync_api import FrameLocator, Page, expect
from simulator_person import Person

Add = t.Callable[..., Tenant]

LAST = "tr[data-row-key] >> nth=-1"


def by_sign(content: FrameLocator) -> None:
    content.get_by_title("Go to next page").click()


def by_number(content: FrameLocator) -> None:
    content.locator(".PagerBar").get_by_text("2", exact=True).click()


def by_size(content: FrameLocator) -> None:
    content.get_by_label("Rows per page").select_option("All")


def by_scrolling(content: FrameLocator) -> None:
    for _time in range(4):
        content.locator(LAST).hover()
        content.locator(".BodyContainer").evaluate("list => { list.scrollTop = list.scrollHeight; }")
        content.locator("body").evaluate("() => new Promise(done => setTimeout(done, 150))")


TURNS: dict[str, t.Callable[[FrameLocator], None]] = {
    "words": lambda content: content.get_by_text("Next", exact=True).click(),
    "icon": by_sign,
    "numbers": by_number,
    "more": lambda content: content.get_by_text("Load more").click(),
    "size": by_size,
    "scroll": by_scrolling,
    "virtual": by_scrolling,
}


@pytest.mark.parametrize("turned_by", TURNS)
def test_the_last_name_is_reached(tenant: Add, page: Page, turned_by: str) -> None:
    where = tenant(two_factor=False, people=38, page_rows=20, lists={"turned_by": turned_by, "state": "none"})
    last = max(resource.listed_name for resource in where.resources())
    person = Person(page, where)
    person.log_in()
    person.open_resources()
    expect(person.row(last)).to_have_count(0)
    TURNS[turned_by](person.content)
    expect(person.row(last).first).to_be_visible()


def test_a_list_that_scrolls_loads_rows_until_it_is_full(tenant: Add, page: Page) -> None:
    """Its pages may be shorter than what can be seen; without a scroll bar nobody could ask for more."""
    where = tenant(two_factor=False, people=60, page_rows=4, lists={"turned_by": "scroll", "state": "none"})
    person = Person(page, where)
    person.log_in()
    person.open_resources()
    rows = person.content.locator("tr[data-row-key]")
    expect(rows.nth(8)).to_be_attached()
    person.content.locator("body").evaluate("() => new Promise(done => setTimeout(done, 500))")
    assert person.content.locator(".BodyContainer").evaluate("list => list.scrollHeight > list.clientHeight")
    assert rows.count() < 30, "no more than that"


@pytest.mark.parametrize("new", ["picture", "two_buttons", "menu_button"])
def test_a_new_api_user_is_reached(tenant: Add, page: Page, new: str) -> None:
    person = Person(page, tenant(two_factor=False, lists={"new": new, "right_click": False}))
    person.log_in()
    person.open_resources()
    if new != "two_buttons":
        person.content.locator("[data-role=new-menu]").click()
    window = person.opened_by(lambda: person.content.locator("[data-new=newApiUser]").click())
    expect(window.get_by_text("Credentials", exact=True)).to_be_visible()
