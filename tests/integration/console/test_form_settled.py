# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A form counts when its page has come to rest."""

from __future__ import annotations

import time

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from static_pages import LINKS, Reader, page_of, reader, section, settings, shared_page, told  # noqa: F401 - fixtures

BOX = "<div><label><input type=checkbox> Can export</label></div>"
TICK = "document.querySelector('.content input').checked = true"

# What a page does late, after which its box is on.
LATE = {
    "a value that comes after its control": f"<script>setTimeout(() => {TICK}, 60)</script>",
    "a page that goes on changing": f"<script>let n = 0; const going = setInterval(() => {{ document.title = n; document.body.dataset.n = n++; "
    f"if (n > 12) {{ clearInterval(going); {TICK} }} }}, 50)</script>",
    "an indicator": f"<div class=LoadingSpinner style='width:20px;height:20px'></div><script>setTimeout(() => {{ {TICK}; document.querySelector('.LoadingSpinner').remove() }}, 700)</script>",
    "words": f"<p>Loading...</p><script>setTimeout(() => {{ {TICK}; document.querySelector('p').remove() }}, 700)</script>",
    "told to screen readers": f"<main aria-busy=true>.</main><script>setTimeout(() => {{ {TICK}; document.querySelector('main').remove() }}, 700)</script>",
    "a layer over everything": f"<div class=layer style='position:fixed;inset:0'></div><script>setTimeout(() => {{ {TICK}; document.querySelector('.layer').remove() }}, 700)</script>",
}  # fmt: skip


@pytest.mark.parametrize("name", LATE)
def test_a_reading_waits_for_rest(reader: Reader, name: str) -> None:
    reader.window.page.set_content(page_of(section(BOX, state="open"), LATE[name]))
    assert told(reader.form.settled()) == {"Can export": True}


def test_what_is_still_on_its_way_is_waited_for(reader: Reader) -> None:
    page = reader.window.page
    fetch = f"<script>fetch('http://127.0.0.1/values').then(() => setTimeout(() => {TICK}))</script>"
    with page.context.expect_event("request"):
        page.route(
            "http://127.0.0.1/values",
            lambda route: (time.sleep(0.7), route.fulfill(body="", headers={"Access-Control-Allow-Origin": "*"})),
        )
        page.route(
            "http://127.0.0.1/form",
            lambda route: route.fulfill(body=page_of(section(BOX, state="open"), fetch), content_type="text/html"),
        )
        page.goto("http://127.0.0.1/form")
    try:
        assert told(reader.form.settled()) == {"Can export": True}
    finally:
        page.unroute_all()
        page.goto("about:blank")


def test_sections_are_awaited_and_missed_without_a_failure(reader: Reader) -> None:
    late = "<script>setTimeout(() => { const part = document.querySelector('.section').cloneNode(true); part.querySelector('span').textContent = 'CRM'; document.body.append(part) }, 1200)</script>"
    reader.window.page.set_content(page_of(section(BOX), late))
    assert reader.form.settled(["Contracts"]).headings == ["Contracts"]
    assert reader.form.settled(["CRM", "Contracts"]).headings == ["Contracts", "CRM"]
    assert reader.form.settled(["Projects"], seconds=0.5).headings == ["Contracts", "CRM"]


def test_a_page_that_stays_busy_is_a_failure(reader: Reader) -> None:
    reader.window.page.set_content(page_of(section(BOX), "<p>Loading...</p>"))
    with pytest.raises(ConsoleError, match="Loading...") as failure:
        reader.form.settled(seconds=0.5)
    assert failure.value.reason == "not_at_rest"


RESTFUL = {
    "a clock": "<p id=c></p><script>setInterval(() => { c.textContent = Date.now() }, 30)</script>",
    "an indicator that is not shown": "<div class='LoadingIndicator hidden'>Loading...</div>",
    "a name that means something else": "<div class='loading-dock-permissions'><label><input type=checkbox checked> Dock</label></div>",
    "a number that is turned": "<span class=Spinner2 role=spinbutton tabindex=0 style='display:block;height:20px'></span>",
    "progress that is known": '<div role="progressbar" aria-valuenow="100">Done</div>',
}


@pytest.mark.parametrize("name", RESTFUL)
def test_what_never_rests_does_not_hold_up_for_ever(reader: Reader, name: str) -> None:
    reader.window.page.set_content(page_of(section(BOX), RESTFUL[name]))
    assert told(reader.form.settled(seconds=10))["Can export"] is False


def table_by_place(first: str, second: str) -> str:
    """Columns that stand beside each other, so that only their place tells which cell is in which row."""
    column = (
        "<div style='width:120px'><div style='height:30px'>{}</div>"
        + "<div style='height:30px'><input type=checkbox {}></div>" * 2
        + "</div>"
    )
    names = (
        "<div style='width:120px'><div style='height:30px'>Object</div>"
        + f"<div style='height:30px'>{first}</div><div style='height:30px'>{second}</div></div>"
    )
    return (
        f"<div style='display:flex'>{names}{column.format('View', 'checked', '')}{column.format('Add', '', 'checked')}"
        "</div>"
    )


def told_by_place(first: str, second: str) -> dict[str, bool]:
    return {f"{first} > View": True, f"{second} > View": False, f"{first} > Add": False, f"{second} > Add": True}


def test_columns_of_a_closed_section_that_only_their_place_tells_are_seen_when_it_is_opened(reader: Reader) -> None:
    closed = section(table_by_place("Accounts", "Notes")).replace(
        '<div class="heading">', '<div class="heading" onclick="parentElement.classList.toggle(\'closed\')">'
    )
    reader.window.page.set_content(page_of(closed))
    reading = reader.form.settled()
    assert told(reading) == told_by_place("Accounts", "Notes")
    assert not reading.not_understood
    assert not [field for field in settings(reading) if not field.shown]


def test_the_same_in_tabs_of_which_one_shows(reader: Reader) -> None:
    show = "document.querySelectorAll('.part').forEach(part => { part.hidden = part.id !== this.dataset.part })"
    names = {"CRM": ("Accounts", "Notes"), "Contracts": ("Services", "Bundles"), "Other": ("Surveys", "Widgets")}
    tabs = "".join(f'<div class=TabButton tabindex=0 data-part={name} onclick="{show}">{name}</div>' for name in names)
    parts = "".join(
        f"<div class=part id={name} {'' if name == 'CRM' else 'hidden'}><div class=heading><b>{name}</b> {LINKS}</div>"
        f"{table_by_place(*rows)}</div>"
        for name, rows in names.items()
    )
    reader.window.page.set_content(page_of(f"<div>{tabs}</div>", parts))
    reading = reader.form.settled()
    assert not reading.not_understood
    assert told(reading) == {name: on for rows in names.values() for name, on in told_by_place(*rows).items()}
    hidden = next(field for field in settings(reading) if not field.shown)
    reader.form.set_field(reading, hidden, not hidden.value)
    assert told(reader.form.settled())[f"{hidden.label} > {hidden.column}"] is not hidden.value
