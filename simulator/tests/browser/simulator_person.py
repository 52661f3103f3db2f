# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person at the screen: reads labels, clicks what is visible, waits until something can be seen."""

from __future__ import annotations

import json
import re
import typing as t

import pyotp
from autotask_simulator.fleet import DEFAULT_PASSWORD, DEFAULT_TOTP_SECRET
from autotask_simulator.store import Tenant
from autotask_simulator.wording import plural
from playwright.sync_api import FrameLocator, Locator, Page


def quoted(text: str) -> str:
    """A text as selectors want it."""
    return json.dumps(text, ensure_ascii=False)


class Person:
    """Somebody who knows what this tenant calls things and how its menus open."""

    def __init__(self, page: Page, tenant: Tenant) -> None:
        self.page = page
        self.tenant = tenant
        self.options = tenant.options
        self.organization = str(tenant.options["organization"])
        self.organizations = plural(self.organization)

    # -- log in and out

    def give(self, user_name: str, password: str) -> None:
        self.page.goto("/")
        self.page.locator("input[name=UserName]").fill(user_name)
        self.page.get_by_text("Continue", exact=True).locator("visible=true").click()
        self.page.locator("input[name=Password]").fill(password)
        self.page.get_by_text("Log In", exact=True).last.click()

    def give_code(self, code: str) -> None:
        self.page.get_by_text("Two-Factor Authentication", exact=True).wait_for()
        self.page.locator("input:visible").fill(code)
        self.page.get_by_text("Continue", exact=True).locator("visible=true").click()

    def log_in(self) -> None:
        self.give(f"admin@{self.tenant.domain}", DEFAULT_PASSWORD)
        if self.options["two_factor"]:
            self.give_code(pyotp.TOTP(DEFAULT_TOTP_SECRET).now())
        self.page.wait_for_url(re.compile("Landing"))

    def log_out(self) -> None:
        self.page.locator("[data-slot=profile], .o-profile").hover()
        self.page.get_by_text("Log Out", exact=True).first.click()
        if self.options["in_out_dialog"]:
            self.page.locator(".InOutDialog").get_by_text("Log Out").click()
        self.page.wait_for_url("**/Authenticate*")

    # -- find the way

    @property
    def content(self) -> FrameLocator:
        """The page inside the shell."""
        return self.page.frame_locator("main iframe")

    def _menu(self, entry: str) -> None:
        if self.options["shell"] == "older":
            self.page.locator(".o-logo").hover()
            self.page.get_by_text("ADMIN", exact=True).hover()
            self.page.locator(".o-link").get_by_text(entry, exact=True).click()
            return
        link = self.page.get_by_role("menuitem", name=entry, exact=True)
        if not link.is_visible():
            panel = self.page.locator("[data-slot=side-panel]")
            panel.wait_for()
            if "icons" in (panel.get_attribute("class") or ""):
                self.page.get_by_label("Toggle menu").click()
            self.page.get_by_role("menuitem", name="Admin", exact=True).click()
        link.click()

    def open_users_category(self) -> None:
        self._menu(f"{self.organization} Settings & Users")
        section = self.content.locator(".Section", has_text="Resources/Users (HR)")
        place = ".Toggle" if self.options["section_toggle"] == "toggle" else ".Heading >> nth=0"
        if "Collapsed" in (section.get_attribute("class") or ""):
            section.locator(place).click()

    def open_security_levels(self) -> None:
        self.open_users_category()
        self.content.get_by_text("Security Levels", exact=True).click()
        self.row("System Administrator (system)").wait_for()

    def open_resources(self, commonly_used: bool = False) -> None:
        if commonly_used:
            self._menu("Resources (Users)")
        else:
            self.open_users_category()
            self.content.get_by_text("Resources/Users", exact=True).click()
        self.row("Admin, Alex").wait_for()

    # -- lists

    def row(self, name: str) -> Locator:
        return self.content.locator(f"tr:has(> td:text-is({quoted(name)}))")

    def filter_names(self, text: str) -> None:
        """Type into the field under the heading Name, for a long list shows its first rows only."""
        box = self.content.locator(".FilterRow input").first
        box.fill(text)
        box.press("Enter")

    def menu_of(self, name: str, by_icon: bool = False) -> Locator:
        if by_icon:
            self.row(name).locator(".ContextMenu").click()
        else:
            self.row(name).click(button="right")
        return self.content.locator(".RowMenu")

    def opened_by(self, click: t.Callable[[], object]) -> Page:
        """The window that a click opens."""
        with self.page.context.expect_page() as opened:
            click()
        opened.value.locator(".TitleBar").wait_for()
        return opened.value


class Form:
    """A window with controls of either markup, by their labels."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def section(self, heading: str) -> Locator:
        return self.page.locator(
            f".Section:has(> .Heading > .Text:text-is({quoted(heading)})), "
            f".Section2:has(> .Heading2 > .Text2:text-is({quoted(heading)})), "
            f".Section:has(.HeadingContainer .PrimaryText:text-is({quoted(heading)}))"
        )

    def unfold(self, heading: str) -> None:
        self.section(heading).locator(".Toggle, .Toggle2").first.click()

    def field(self, label: str, within: str = "") -> Locator:
        scope = self.section(within) if within else self.page.locator("body")
        starts = quoted("^" + re.escape(label) + "( [(]|$)")
        marks = {"label": (".EditorContainer", ".Editor.CheckBox"), ".PrimaryText": (".EditorContainer1",)}
        selectors = [f"{box}:has({mark}:text-matches({starts}))" for mark, boxes in marks.items() for box in boxes]
        return scope.locator(", ".join(selectors)).locator("visible=true").first

    def type(self, label: str, text: str) -> None:
        self.field(label).locator("input").fill(text)

    def tick(self, label: str, within: str = "", on: bool = True) -> None:
        if self.is_ticked(label, within) != on:
            self.field(label, within).locator("input[type=checkbox], .TabIndexHack").click()

    def is_ticked(self, label: str, within: str = "") -> bool:
        return _is_on(self.field(label, within).locator("input[type=checkbox], .TabIndexHack"))

    def choose(self, label: str, word: str) -> None:
        self._pick(self.field(label).locator("select, .SingleItemSelector2, .SingleDataSelector2"), word)

    def cell(self, section: str, row: str, column: str, table: int = 0) -> Locator:
        """A cell of a table: by the text of its row's first cell and its column's heading."""
        tables = self.section(section).locator(".Edit_LayoutBlock:has(.Edit_LayoutTable, .PermissionGrid2)")
        grid = tables.nth(table)
        cells = ".Edit_TableHeaderRow > div, tr.Heading td"
        headings = [text.strip() for text in grid.locator(cells).all_text_contents()]
        line = grid.locator(
            f".Edit_TableBodyRow:has(> .First:text-is({quoted(row)})), tr.Display:has(> .First:text-is({quoted(row)}))"
        )
        return line.locator("> div, > td").nth(headings.index(column))

    def set_cell(self, section: str, row: str, column: str, word: str, table: int = 0) -> None:
        self._pick(self.cell(section, row, column, table).locator("select, .SingleItemSelector2"), word)

    def _pick(self, control: Locator, word: str) -> None:
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=word)
            return
        if "SingleDataSelector2" in (control.get_attribute("class") or ""):
            control.locator("input").press_sequentially(word[:5])
        else:
            control.click()
        listed = self.page.locator(".SelectorOverlay .Item2, .ContextOverlay.Active .Item")
        listed.get_by_text(word, exact=True).locator("visible=true").first.click()

    def press(self, text: str) -> None:
        self.page.get_by_text(text, exact=True).locator("visible=true").first.click()

    def save_and_close(self) -> None:
        with self.page.expect_event("close"):
            self.press("Save & Close")


def _is_on(box: Locator) -> bool:
    if box.evaluate("node => node.tagName") == "INPUT":
        return box.is_checked()
    return "Checked" in (box.get_attribute("class") or "").split()
