# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What belongs to a row of a list is done with that row, wherever the page shows it; nothing else is pressed."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from static_pages import ADDRESS, Reader, reader, shared_page  # noqa: F401 - fixtures

PAGE = """<style>#menu {{ position: absolute; background: white }}</style>
<table><tr><th></th><th>Name</th></tr><tr class=row><td>{0}</td><td>Ada</td></tr><tr class=row><td>{0}</td><td>Bo</td></tr></table>
<div id=menu hidden><div onclick="did('edit')">Edit</div><div onclick="did('copy')">Copy</div></div>
<script>var done = [], who = '', known = part => {{ who = part.closest('tr').lastChild.textContent }};
var did = what => done.push(`${{what}} ${{who}}`), show = part => {{ known(part); menu.hidden = false }}; {1}</script>"""
ICON = "<button class=icon aria-label='Row menu' onclick='show(this)'>⋮</button>"
ENTRIES = "<a href='#' title=Edit onclick=\"known(this); did('edit')\">✎</a> <a href='#' title=Copy onclick=\"known(this); did('copy')\">⎘</a>"

ROWS = {
    "an icon that shows below the mouse": f"<style>.icon {{ opacity: 0 }} tr:hover .icon {{ opacity: 1 }}</style>{PAGE.format(ICON, '')}",
    "an icon that comes late below the mouse": PAGE.format(
        "",
        "for (const row of document.querySelectorAll('.row')) { row.onmouseleave = () => { row.cells[0].innerHTML = '' };"
        f"row.onmouseenter = () => setTimeout(() => {{ row.cells[0].innerHTML = `{ICON}` }}, 500) }}",
    ),
    "an icon beside a handle to drag the row by": PAGE.format(
        f"<i style='cursor: grab' onclick=\"did('drag')\">☰</i>{ICON}", ""
    ),
    "a word and an arrow": PAGE.format("<a href='#' onclick='show(this)'>Actions ▾</a>", ""),
    "a name that says of what": PAGE.format(
        "<button aria-label='More options for this row' onclick='show(this)'>•</button>", ""
    ),
    "an icon by its class": PAGE.format(
        "<i class=icon-dots-vertical style='display: inline-block; width: 9px; height: 9px' onclick='show(this)'></i>",
        "",
    ),
    "the entries in the row": PAGE.format(ENTRIES, ""),
}


@pytest.mark.parametrize("name", ROWS)
def test_it_is_done_with_the_row(reader: Reader, name: str) -> None:
    reader.window.page.set_content(ROWS[name])
    grid = Grid(reader.window)
    grid.choose(grid.whole()[1], "copy", Intent.STORE)
    assert reader.window.page.evaluate("done") == ["copy Bo"]


@pytest.mark.parametrize("drawn", ["<div aria-disabled=true>Copy</div>", "<button disabled>Copy</button>"])
def test_an_entry_that_is_greyed_is_named(reader: Reader, drawn: str) -> None:
    page = reader.window.page
    page.set_content(PAGE.format(ICON, f"menu.innerHTML = `Edit {drawn}`"))
    grid = Grid(reader.window)
    with pytest.raises(ConsoleError, match="Copy.*greyed out"):
        grid.choose(grid.whole()[1], "copy", Intent.STORE)


def test_a_copy_alone_may_copy_anything(reader: Reader) -> None:
    page = reader.window.page
    page.set_content(PAGE.format(ENTRIES.partition("</a> ")[2], ""))
    window = Window(page, Journal(timeout=6), landmarks())
    window.landing = ADDRESS
    grid = Grid(window)
    with pytest.raises(ConsoleError):
        grid.choose(grid.whole()[1], "copy", Intent.STORE)
    assert page.evaluate("done") == []
