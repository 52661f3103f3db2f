# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lower bound: what the role does in the console, written straight for one page, with no checks.

It knows every selector beforehand, trusts every click and reads nothing back. C(first) copies the level, sets it and
makes both users; C(again) opens the same three editors and reads their controls. A program of its own, so that it pays
for Python, Playwright's driver and the browser as anybody's script would. Its job comes as JSON on stdin.
"""

from __future__ import annotations

import json
import sys
import time
import typing as t

from playwright.sync_api import FrameLocator, Locator, Page, sync_playwright

LEVEL = "Work 365 API User"
VALUES = "[...document.querySelectorAll('input, select')].map(c => c.type === 'checkbox' ? c.checked : c.value)"


def log_in(page: Page, job: dict[str, t.Any]) -> None:
    page.goto(job["url"])
    page.locator("input[name=UserName]").fill(job["user_name"])
    page.get_by_text("Continue", exact=True).locator("visible=true").click()
    page.locator("input[name=Password]").fill(job["password"])
    page.get_by_text("Log In", exact=True).last.click()
    page.wait_for_url("**/LandingPage*")


def open_list(page: Page, name: str) -> FrameLocator:
    category = page.get_by_role("menuitem", name="Organization Settings & Users", exact=True)
    if not category.is_visible():
        page.get_by_role("menuitem", name="Admin", exact=True).click()
    category.click()
    content = page.frame_locator("main iframe")
    link = content.get_by_text(name, exact=True)
    content.locator(".Section").first.wait_for()
    if not link.is_visible():
        content.locator(".Section", has_text="Resources/Users (HR)").locator(".Heading").first.click()
    link.click()
    return content


def opened(page: Page, click: Locator) -> Page:
    with page.context.expect_page() as window:
        click.click()
    return window.value


def from_menu(page: Page, content: FrameLocator, row: str, entry: str) -> Page:
    content.locator(f"tr:has(> td:text-is({json.dumps(row)}))").click(button="right")
    return opened(page, content.locator(".RowMenu").get_by_text(entry, exact=True))


def save(window: Page) -> None:
    with window.expect_event("close"):
        window.get_by_text("Save & Close", exact=True).click()


def make_level(page: Page, job: dict[str, t.Any]) -> None:
    window = from_menu(page, open_list(page, "Security Levels"), job["base"], "Copy Security Level")
    window.get_by_label("Name", exact=True).fill(LEVEL)
    window.get_by_label("Active", exact=True).check()
    for link in window.get_by_text("No Permission", exact=True).all():
        link.click()
    for heading in job["headings"]:
        window.locator(f".Section:has(> .Heading > .Text:text-is({json.dumps(heading)})) .Toggle").first.click()
    for code, value in job["settings"]:
        control = window.locator(f'[data-eii="{code}"]')
        control.check() if value is True else control.select_option(label=value)
    save(window)


def make_user(page: Page, job: dict[str, t.Any], user: dict[str, str]) -> None:
    content = open_list(page, "Resources/Users")
    content.locator(".DropDownButton2").hover()
    window = opened(page, content.get_by_text("New API User", exact=True))

    def field(label: str) -> Locator:
        return window.locator(f".EditorContainer1:has(.PrimaryText:text-is({json.dumps(label)}))")

    def choose(label: str, word: str) -> None:
        field(label).locator(".SingleItemSelector2").click()
        window.locator(".SelectorOverlay .Item2").get_by_text(word, exact=True).click()

    for label in ("First Name", "Last Name", "Email Address", "Username (Key)", "Password (Secret)"):
        field(label).locator("input").fill(user[label])
    choose("Security Level", LEVEL)
    choose("Primary Internal Location", job["location"])
    if "vendor" in user:
        choose("Integration Vendor", user["vendor"])
    else:
        window.get_by_text("Custom (Internal Integration)", exact=True).click()
        field("Internal Integration Name").locator("input").fill(user["integration"])
    save(window)


def read(page: Page, list_name: str, row: str, entry: str) -> list[t.Any]:
    window = from_menu(page, open_list(page, list_name), row, entry)
    window.get_by_text("Save & Close", exact=True).wait_for()
    values = window.evaluate(VALUES)
    window.close()
    return t.cast("list[t.Any]", values)


def main() -> None:
    job = json.load(sys.stdin)
    started = time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=job["browser"], chromium_sandbox=False)
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        log_in(page, job)
        if job["kind"] == "first":
            make_level(page, job)
            for user in job["users"]:
                make_user(page, job, user)
        else:
            read(page, "Security Levels", f"{LEVEL} (API-only)", "Edit")
            for user in job["users"]:
                read(page, "Resources/Users", f"{user['Last Name']}, {user['First Name']}", "Edit Resource")
        browser.close()
    print(f"{time.monotonic() - started:.3f}")


if __name__ == "__main__":
    main()
