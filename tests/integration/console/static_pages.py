# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small pages of their own, and what the driver reads on them."""

from __future__ import annotations

import os
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.form import Form
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.reading import Field, FormReading
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevelEditor
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from playwright.sync_api import Page, Playwright

HEADINGS = SecurityLevelEditor.HEADINGS
ADDRESS = "http://127.0.0.1/static"
"""Where the pages seem to lie: nothing is typed into a page of nobody."""
LINKS = '<a href="#">Full Permission</a> <a href="#">No Permission</a>'

STYLE = """<style>
.hidden, .closed > .content { display: none }
.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0) }
.row, .head { display: flex } .row > *, .head > * { flex: 1; min-width: 80px }
.fixed { table-layout: fixed; width: 100% }
.small { font-size: 10px; color: gray }
</style>"""


def section(content: str, heading: str = "Contracts", links: str = LINKS, state: str = "closed") -> str:
    """A section as the editor has them, closed unless *state* says otherwise."""
    return (
        f'<div class="section {state}"><div class="heading"><span>{heading}</span> {links}</div>'
        f'<div class="content">{content}</div></div>'
    )


def page_of(*sections: str) -> str:
    general = '<label>Name <input value="Reader"></label> <label><input type="checkbox" checked> Active</label>'
    return (
        f"<!doctype html>{STYLE}<body><div>{general}</div>{''.join(sections)}<button>Save &amp; Close</button></body>"
    )


class Reader:
    """A browser window, and the driver's look at what is put into it."""

    def __init__(self, page: Page) -> None:
        if page.url != ADDRESS:
            page.goto(ADDRESS)
        self.window = Window(page, Journal(timeout=600), landmarks())
        self.window.landing = ADDRESS
        self.form = Form(self.window, HEADINGS)
        self.plain_form = Form(self.window)

    def show(self, html: str) -> FormReading:
        """The settings form that a page is."""
        self.window.page.set_content(html)
        return self.form.read()

    def content(self, content: str, state: str = "closed") -> FormReading:
        """A level's editor that has one section with this content."""
        return self.show(page_of(section(content, state=state)))


def settings(reading: FormReading) -> list[Field]:
    """The fields that stand in sections."""
    return [field for field in reading.fields if field.section]


def told(reading: FormReading) -> dict[str, t.Any]:
    """Every setting's value by its name; a name that comes twice shows, since it has its number behind it."""
    values: dict[str, t.Any] = {}
    for field in settings(reading):
        name = " > ".join(filter(None, (field.label, field.column)))
        values[name if name not in values else f"{name} (again)"] = field.value
    return values


@pytest.fixture(scope="session")
def shared_page(playwright: Playwright) -> t.Iterator[Page]:
    """One window for all small pages of a process."""
    executable = os.environ.get("AUTOTASK_BROWSER_EXECUTABLE")
    browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=False)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(ADDRESS, lambda route: route.fulfill(body="", content_type="text/html"))
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    browser.close()


@pytest.fixture
def reader(shared_page: Page) -> Reader:
    return Reader(shared_page)
