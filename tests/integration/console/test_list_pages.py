# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small pages with a list that may be longer than it looks: all of its rows are read, or the failure says why not."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from static_pages import Reader, reader, shared_page  # noqa: F401 - fixtures

NAMES = ["Abbott, Ada", "Bergman, Bo", "Costa, Cy", "Dahl, Dee", "Eriksen, Eli", "Fischer, Flo", "Garcia, Gus"]
SHOWN = NAMES[:4]
HEAD = "<tr><th>Name</th><th>Security Level</th></tr>"
SCRIPT = f"""<script>var every = {NAMES}, some = {SHOWN};
var draw = names => {{ rows.innerHTML = names.map(name => `<tr><td>${{name}}</td><td>Reader</td></tr>`).join('') }};
draw(some)</script>"""
FIRST = f"<table>{HEAD}<tbody id=rows></tbody></table>{SCRIPT}"
EVERY = FIRST.replace("draw(some)<", "draw(every)<")
SWITCH = "<label><input type=checkbox checked onchange='draw(this.checked ? some : every)'> {}</label>"
LETTERS = "".join(
    f"<a href='#' onclick='draw(every.filter(name => name[0] === \"{name[0]}\"))'>{name[0]}</a> " for name in NAMES
)
AGAIN = """<style>.head, .line { display: flex } .head > *, .line > * { width: 200px; height: 20px } .line { position: absolute; left: 0; right: 0 }
#part { height: 90px; overflow: auto; position: relative }</style><div class=head><div>Name</div><div>Security Level</div></div>
<div id=part><div id=room style="height: 420px"></div></div><script>
{ const all = [...Array(14)].map((_, number) => `Reader ${String(number).padStart(2, '0')}`);
const lines = [...Array(7)].map(() => { const line = document.createElement('div'); line.className = 'line';
  line.innerHTML = '<div></div><div>Reader</div>'; room.append(line); return line; });
part.onscroll = () => { const first = Math.floor(part.scrollTop / 30); lines.forEach((_, at) => {
  const number = first + at, line = lines[number % 7]; line.style.top = `${number * 30}px`;
  line.style.display = number < 14 ? 'flex' : 'none'; line.firstChild.textContent = all[number]; }); };
part.onscroll() }</script>"""

WHOLE = {
    "more by another word": FIRST + "<a href='#' onclick='draw(every); this.remove()'>See all 7 resources</a>",
    "so many more": FIRST + "<button onclick='draw(every); this.remove()'>+ 3 more</button>",
    "a list of its pages, beside the table": f"<p>Page <select onchange='draw(this.selectedIndex ? every.slice(4) : some)'><option>1<option>2</select> of 2</p>{FIRST}",
    "a list of its pages": f"{FIRST}Page <select onchange='draw(this.selectedIndex ? every.slice(4) : some)'><option>1<option>2</select> of 2",
    "a list of its pages, opened at the last": (
        f"{FIRST.replace('draw(some)<', 'draw(every.slice(4))<')}<select aria-label='Go to page' onchange='draw(this.selectedIndex ? every.slice(4) : some)'>"
        "<option>Page 1 of 2<option selected>Page 2 of 2</select>"
    ),
    "a list of numbers that are no pages": f"<select aria-label=Priority onchange='draw([])'><option>1<option>2<option>3</select>{EVERY}",
    "letters, and all of them": f"{LETTERS}<a href='#' onclick='draw(every)'>All</a>{FIRST}",
    "a box that hides the inactive": SWITCH.format("Hide Inactive") + FIRST,
    "a date": f"<label>Created after <input type=date value=2026-01-01 oninput='draw(this.value ? some : every)'></label>{FIRST}",
    "a saved view": f"<div>Showing a saved view <a href='#' onclick='draw(every); this.parentElement.remove()'>Reset View</a></div>{FIRST}",
    "filters of an earlier visit": f"<div>2 filters applied <button onclick='draw(every); this.parentElement.remove()'>Clear all</button></div>{FIRST}",
    "filters to be taken away one by one": (
        f"{FIRST}<p>Reader <button aria-label='Remove filter' onclick='this.parentElement.remove()'>×</button></p>"
        "<p>API <button aria-label='Remove filter' onclick='draw(every); this.parentElement.remove()'>×</button></p>"
    ),
    "a search box that keeps a word, known by its id": "<input id=gridSearch value=Ab oninput='draw(this.value ? some : every)'>" + FIRST,
    "a search box that keeps a word, called so by nothing": f"<input value='er' oninput='draw(this.value ? [\"{NAMES[1]}\"] : every)'>{FIRST.replace('draw(some)<', f'draw([`{NAMES[1]}`])<')}",
    "a number of something else": f"<p>5 licenses left</p><p>Version 12</p><p>3 of 9 licenses are used</p><p>You have 12 messages</p>{EVERY}",
    "names with a badge, and places to break": EVERY.replace(
        "<td>${name}</td>", "<td>${name.slice(0, 3)}<wbr>${name.slice(3)} <span title=New>•</span></td>"
    ),
    "how many rows are chosen": f"<p>3 / 7</p>{EVERY}",
    "another list of something else": f"<table><tr><th>Name</th><th>Opened</th></tr><tr><td>Ticket 4</td><td>today</td></tr></table>{EVERY}",
    "a line that sums up": FIRST.replace("draw(some)<", "draw(every); rows.innerHTML += '<tr><td>Total: 7</td><td></td></tr>'<"),
    "a group whose sign is turned by the style sheet": (
        f"<table>{HEAD}<tr><td colspan=2><button aria-expanded=false onclick=\"this.ariaExpanded = 'true'; draw(every)\">▸</button> Users</td></tr>"
        f"<tbody id=rows></tbody></table>{SCRIPT.replace('draw(some)<', '<')}"
    ),
    "the next rows by their number": FIRST + "<button onclick='draw(every); this.remove()'>Load next 25</button>",
    "more by what they are": FIRST + "<button onclick='draw(every); this.remove()'>More results</button>",
    "a filter that counts once a button says so": (
        "<select id=at><option>(all)<option selected>Sales</select><button onclick='draw(at.selectedIndex ? some : every)'>Search</button>" + FIRST
    ),
    "tabs for what is enabled, and what is not": (
        f"<div role=tablist><button role=tab aria-selected=true onclick='choose(this, some)'>Enabled</button>"
        f"<button role=tab aria-selected=false onclick='choose(this, every.slice(4))'>Disabled</button></div>{FIRST}"
        "<script>var choose = (tab, names) => { for (const one of document.querySelectorAll('[role=tab]')) one.ariaSelected = one === tab; draw(names) }</script>"
    ),
    "arrows that tell how it is sorted": EVERY.replace("<th>Name", "<th><button>Name ▲</button>"),
    "headings that stand in both of two tables": (
        f"<table style='width: 400px'>{HEAD}</table><table style='width: 400px'><thead style='visibility: collapse'>{HEAD}</thead>"
        f"<tbody id=rows></tbody></table>{SCRIPT.replace('draw(some)<', 'draw(every)<')}"
    ),
    "rows below a row": (
        f"<table role=treegrid><tr role=row><th>Name</th><th>Security Level</th></tr><tbody id=rows></tbody></table>{SCRIPT.replace('draw(some)<', '<')}"
        "<script>var fold = unfolded => { draw(unfolded ? every : every.slice(0, 1)); rows.rows[0].role = 'row'; rows.rows[0].ariaExpanded = unfolded;"
        " rows.rows[0].cells[0].innerHTML = `<button onclick='fold(${!unfolded})'>${unfolded ? '▾' : '▸'}</button> ${every[0]}` }; fold(false)</script>"
    ),
    "a line that counts them": FIRST.replace("draw(some)<", "draw(every); rows.innerHTML += '<tr><td>7 API users</td><td></td></tr>'<"),
    "a sum below another heading": FIRST.replace("draw(some)<", "draw(every); rows.innerHTML += '<tr><td>Total</td><td>7</td></tr>'<"),
    "names that are cut off": EVERY.replace("<td>${name}</td>", "<td title='${name}'>${name.slice(0, 5)}…</td>"),
    "names with a word beside them": EVERY.replace("<td>${name}</td>", "<td><span>${name}</span> <span class='badge new'>New</span></td>"),
    "names with small print beneath": EVERY.replace("<td>${name}</td>", "<td>${name}<div style='font-size: 70%'>Reads contracts</div></td>"),
    "names with initials, and an address": EVERY.replace(
        "<td>${name}</td>", "<td><i>${name[0]}${name.split(' ')[1][0]}</i> <b>${name}</b><div>someone@msp.example</div></td>"
    ),
    "names behind a large icon of a font": EVERY.replace(
        "<td>${name}</td>", "<td><i class=material-icons style='font-size: 24px'>person</i><span>${name}</span></td>"
    ),
    "a box to search in, which can be emptied": f"<div class=filter-tag>Name<button aria-label=Clear>×</button></div>{EVERY}".replace("filter-tag>Name", "filter>"),
    "a view of all": f"<button aria-haspopup=menu>View: All resources ▾</button>{EVERY}",
    "numbers that only names tell": (
        "<button aria-label='Page 1' onclick='draw(some)'>•</button><button aria-label='Page 2' onclick='draw(every.slice(4))'>•</button>"
        + FIRST
    ),
    "groups that are folded at first, with their rows in another part of the table": (
        f"<table>{HEAD}<tr><td colspan=2><b class=Expand style='cursor: pointer' onclick='draw(every); this.remove()'>▸</b> Users</td></tr>"
        f"<tbody id=rows></tbody></table>{SCRIPT.replace('draw(some)<', '<')}"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_all_rows_are_read(reader: Reader, name: str) -> None:
    reader.window.page.set_content(WHOLE[name])
    assert sorted(row.name for row in Grid(reader.window).whole()) == NAMES


def test_rows_that_are_used_again_while_one_scrolls_are_read_in_the_order_that_is_seen(reader: Reader) -> None:
    reader.window.page.set_content(AGAIN)
    assert [row.name for row in Grid(reader.window).whole()] == [f"Reader {number:02}" for number in range(14)]


# What a page shows beside its first rows, by a part of what is said of it.
NOT_WHOLE = {
    "its end in words": (f"{FIRST}<p>Only the first 4 results are shown.</p>", "Only the first 4"),
    "a number in its title": (f"<h2>Resources <i>7</i></h2>{FIRST}", "7 rows"),
    "which page it is": (f"{FIRST}<p>Page 1</p>", "Page 1"),
    "which of the pages it is": (f"{FIRST}<p>1 / 2</p>", "1 / 2"),
    "letters alone": (LETTERS + FIRST, "letter by letter"),
    "a box for the page": (f"{FIRST}<p>Page <input type=number value=1> of 2</p>", "2 pages"),
    "a slider for the page": (f"{FIRST}<input type=range aria-label=Page min=1 max=2 value=1>", "a box turns"),
    "a switch that leaves some out": (SWITCH.format("Only my department") + FIRST, "Only my department"),
    "a filter that is told": (f"<button>Filters (1)</button>{FIRST}", "Filters (1)"),
    "a saved view": (f"<p>Showing a saved view</p>{FIRST}", "saved view"),
    "a tab beside it that has more": (
        f"<div role=tablist><button role=tab aria-selected=true>Ours (4)</button><button role=tab>Everyone (7)</button></div>{FIRST}",
        "Everyone (7)",
    ),
    "a filter to take away": (f"<p>API User <button aria-label='Remove filter'>×</button></p>{FIRST}", "Remove filter"),
    "a number in the title of the window": (f"<title>Resources (7) - Autotask</title>{FIRST}", "7 rows"),
    "a number that each row tells": (FIRST.replace("<tr><td>$", "<tr aria-setsize=7><td>$"), "7 rows"),
    "a number in the name of the table": (FIRST.replace("<table>", "<table aria-label='Resources, 7 rows'>"), "7 rows"),
    "a badge on a tab for all": (f"<div role=tablist><button role=tab aria-selected=true>All <i>7</i></button></div>{FIRST}", "All 7"),
    "a column that says that it is filtered": (FIRST.replace("<th>Name", "<th class=ag-header-cell-filtered>Name"), "filtered"),
    "a filter that can be taken away": (f"<p>Name: e <button aria-label=Remove>×</button></p>{FIRST}", "Name: e"),
    "a filter in a sentence": (f"<p>Name contains 'e'</p>{FIRST}", "contains"),
    "a filter that nobody can reach": (f"<details><summary>More</summary><input placeholder=Search value=e></details>{FIRST}", "could not be removed"),
    "another list of some of the headings": (
        f"<table>{HEAD.replace('</tr>', '<th>Active</th></tr>')}<tr><td>Hale, Hal</td><td>Reader</td><td>✓</td></tr></table>{FIRST}",
        "2 lists",
    ),
    "rows without a name": (FIRST.replace("<td>${name}</td>", "<td></td>"), "no row shows a name"),
    "a small box that can be taken away": (f"<p class=filter-chip>Last 30 days <button aria-label=Clear>✕</button></p>{FIRST}", "Last 30 days"),
    "a view of some": (f"<button aria-haspopup=menu>View: My active resources ▾</button>{FIRST}", "My active"),
    "how many filters there are": (f"<button aria-label=Filters>▽<b>2</b></button>{FIRST}", "Filters"),
    "a heading with a filter that is active": (FIRST.replace("Level<", "Level <i aria-label='Filter Security Level (active)'>▽</i><", 1), "filtered"),
    "that there are more": (f"<p>There are 3 more resources.</p>{FIRST}", "3 more"),
    "which are shown": (f"<p>Showing top 4</p>{FIRST}", "top 4"),
    "another list": (f"{FIRST}<table>{HEAD}<tr><td>Hale, Hal</td><td>Reader</td></tr></table>", "2 lists"),
    "rows that move while one turns": (
        f"{FIRST}<p><b id=at>1 - 4 of 7</b> <button id=next onclick='turn()'>Next</button></p>"
        "<script>var turn = () => { draw(every.slice(3, 6)); at.textContent = '5 - 7 of 7'; next.disabled = true }</script>",
        "7 rows",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_WHOLE)
def test_a_list_that_may_be_longer_is_not_whole(reader: Reader, name: str) -> None:
    content, said = NOT_WHOLE[name]
    reader.window.page.set_content(content)
    with pytest.raises(ConsoleError) as failed:
        Grid(reader.window).whole()
    assert failed.value.reason == "list_not_whole" and said in failed.value.message


MARKS = {
    "one that is faded out": ("✓", "<span style='opacity: 0'>✓</span>", [True, False]),
    "words of a state": ("Enabled", "Disabled", [True, False]),
    "a dash": ("✓", "—", [True, False]),
    "words for a screen reader": (
        "<b style='position: absolute; width: 1px; overflow: hidden'>Yes</b>",
        "",
        [True, False],
    ),
    "the name that a font has for a picture": ("<i>check_box</i>", "<i>check_box_outline_blank</i>", [True, False]),
    "a picture of a collection": ("<svg width=9 height=9><use href='#icon-check'/></svg>", "", [True, False]),
    "one that is struck out": ("yes", "<s>yes</s>", [True, None]),
}


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_that_does_not_count_is_no_yes(reader: Reader, name: str) -> None:
    yes, no, ticks = MARKS[name]
    rows = "".join(f"<tr><td>{one}</td><td>{mark}</td></tr>" for one, mark in zip(NAMES, (yes, no), strict=False))
    reader.window.page.set_content(f"<table><tr><th>Name</th><th>Active</th></tr>{rows}</table>")
    assert [row.ticked("Active") for row in Grid(reader.window).whole()] == ticks


def pinned(*names: str) -> str:
    """A grid whose names stand in a container of their own, and in another order there."""
    lines = [(number, name) for number, name in enumerate(names, 2)]
    left = "".join(
        f"<div role=row aria-rowindex={number} style='order: {number}'><b role=gridcell>{name}</b></div>"
        for number, name in reversed(lines)
    )
    right = "".join(
        f"<div role=row aria-rowindex={number}><b role=gridcell>{'✓' if number % 2 else '&nbsp;'}</b></div>"
        for number, _name in lines
    )
    columns = (
        "<div role=row aria-rowindex=1><b role=columnheader>Name</b></div>",
        "<div role=row aria-rowindex=1><b role=columnheader>Active</b></div>",
    )
    return (
        "<style>.side { display: flex; flex-direction: column; width: 200px } .bar { display: flex }</style>"
        f"<div role=grid aria-rowcount={len(names) + 1}><div class=bar><div class=side>{columns[0]}</div><div class=side>{columns[1]}</div></div>"
        f"<div class=bar><div class=side>{left}</div><div class=side>{right}</div></div></div>"
    )


def test_rows_whose_names_are_pinned_are_whole_rows(reader: Reader) -> None:
    reader.window.page.set_content(pinned(*NAMES))
    rows = Grid(reader.window).whole()
    assert [(row.name, row.ticked("Active")) for row in rows] == [(name, at % 2 == 1) for at, name in enumerate(NAMES)]


@pytest.mark.parametrize("first, left_out", [(0, None), (2, None), (1, 4), (2, 7)])
def test_a_number_that_no_row_has_was_not_seen(reader: Reader, first: int, left_out: int | None) -> None:
    """A group counts as a line, as component libraries do it."""
    group = "<div role=row aria-rowindex={}><b role=gridcell>A</b></div>"
    row = "<div role=row aria-rowindex={}><b role=gridcell>{}</b><b role=gridcell>Reader</b></div>"
    places = [number for number in range(first, first + 9) if number != left_out]
    lines = [group.format(places[0]), *(row.format(*line) for line in zip(places[1:], NAMES, strict=False))]
    heads = "<b role=columnheader>Name</b><b role=columnheader>Security Level</b>"
    reader.window.page.set_content(
        "<style>[role=row] { display: flex } b { width: 300px }</style>"
        f"<div role=grid><div role=row>{heads}</div>{''.join(lines)}</div>"
    )
    if left_out is None:
        assert [found.name for found in Grid(reader.window).whole()] == NAMES
    else:
        with pytest.raises(ConsoleError, match=f"number {left_out} was not seen"):
            Grid(reader.window).whole()


def test_rows_are_numbered_from_page_to_page(reader: Reader) -> None:
    row = "<div role=row aria-rowindex=${at + 2}><b role=gridcell>${every[at]}</b><b role=gridcell>Reader</b></div>"
    heads = "<b role=columnheader>Name</b><b role=columnheader>Security Level</b>"
    reader.window.page.set_content(
        "<style>[role=row] { display: flex } b { width: 300px }</style>"
        f"<div role=grid><div role=row aria-rowindex=1>{heads}</div><div id=rows></div></div>"
        "<select aria-label=Page onchange='draw(this.selectedIndex)'><option>1<option>2</select>"
        f"<script>var every = {NAMES}; var draw = page => {{ rows.innerHTML = (page ? [4, 5, 6] : [0, 1, 2, 3])"
        f".map(at => `{row}`).join('') }}; draw(0)</script>"
    )
    assert [found.name for found in Grid(reader.window).whole()] == NAMES


def test_rows_that_come_by_a_timer_are_waited_for_before_one_is_missed(reader: Reader) -> None:
    page = reader.window.page
    page.reload()
    page.set_content(FIRST + "<script>setTimeout(() => draw(every), 1200)</script>")
    grid = Grid(reader.window)
    # On a slow machine they have come by the first look.
    assert len(grid.whole()) == len(NAMES) or grid.let_rows_come()
    assert [row.name for row in grid.whole()] == NAMES and not grid.let_rows_come()


def test_a_level_is_missing_only_once_all_rows_have_had_the_time(reader: Reader) -> None:
    page = reader.window.page
    page.reload()
    page.set_content(FIRST + "<script>setTimeout(() => draw(every), 1800)</script>")
    levels = SecurityLevels(reader.window)
    assert levels.find(NAMES[-1]) and not levels.find("Nobody")


def test_a_row_that_says_that_it_is_loading_is_waited_for(reader: Reader) -> None:
    late = "draw(some); rows.innerHTML += '<tr><td>Loading…</td><td></td></tr>'; setTimeout(() => draw(every), 900)<"
    reader.window.page.set_content(FIRST.replace("draw(some)<", late))
    assert [row.name for row in Grid(reader.window).whole()] == NAMES
