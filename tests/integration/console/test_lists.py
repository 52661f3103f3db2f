# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of every kind, drawn at random: what is listed is what there is, or the failure has a name."""

from __future__ import annotations

import json
import os
import random
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from playwright.sync_api import BrowserContext
from samples import each
from static_pages import ADDRESS

PAGES = Path(__file__).parent / "pages"

Settings = dict[str, t.Any]
Draw = t.Callable[[Settings], Grid]

COLUMNS = ["Name", "Resource ID", "Security Level", "License Type", "System", "Active"]
FIRST = ["Ada", "Bo", "Cy", "Dee", "Eli"]
LAST = ["Abbott", "Bergman", "Costa", "Dahl", "Eriksen", "Fischer", "Garcia"]
LEVELS = ["API User (system)", "Manager", "Reader", "Service Desk User"]
LICENSES = ["API User", "Executive", "Professional"]

CHOICES: dict[str, list[t.Any]] = {
    "structure": ["table", "table-apart", "blocks", "roles"],
    "ticks": [
        "drawn", "native", "aria", "words", "glyph", "title", "titles", "alt", "picture", "background", "unknown",
    ],
    "paging": [
        "none", "words", "title", "all", "label", "alt", "glyph", "numbers", "more", "scroll", "virtual", "size",
    ],
    "count": ["", "of", "showing", "page", "items"],
    "ends": ["hidden", "class", "aria"],
    "state": [
        "none", "label", "drawn", "beside", "pressed", "renamed", "list", "list-two", "chooser", "chooser-two", "tabs",
        "tabs-two", "yes",
    ],
    "counts": [False, True],
    "late": [0, 0, 120],
    "keys": [True, False],
    "icons": [True, False],
    "groups": [True, False],
    "twice": [True, False, False],
    "avatars": [True, False, False],
    "search": [None, "", "Cost"],
    "sorted": [None, "Name"],
    "matching": ["inside", "beginning"],
}  # fmt: skip


def people(chooser: random.Random, count: int) -> list[dict[str, t.Any]]:
    rows = [
        {
            "Name": f"{chooser.choice(LAST)}, {chooser.choice(FIRST)}",
            "Resource ID": str(29682000 + number),
            "Security Level": chooser.choice(LEVELS),
            "License Type": chooser.choice(LICENSES),
            "System": chooser.random() < 0.3,
            "Active": chooser.random() < 0.8,
            "key": number,
        }
        for number in range(count)
    ]
    return sorted(rows, key=lambda row: str(row["Name"]))


def settings(seed: int, **fixed: t.Any) -> Settings:
    chooser = random.Random(seed)
    drawn = {name: chooser.choice(values) for name, values in CHOICES.items()} | fixed
    kinds = [{}, {"Name": "text", "Security Level": "text"}, {"Name": "text", "License Type": "list"}]
    filters = chooser.choice([*kinds, {"Name": "text", "Security Level": "drawn", "License Type": "list"}])
    texts = {"Name": "Bergman", "Security Level": LEVELS[1], "License Type": LICENSES[1]}
    left = {column: texts[column] for column in filters if chooser.random() < 0.2}
    return {
        "columns": COLUMNS,
        "rows": people(chooser, chooser.randrange(2, 45)),
        "size": chooser.choice([5, 10, 25]),
        "filters": filters,
        "left": left,
        "inactive": "all" if drawn["state"] == "none" else "active",
        **drawn,
        **fixed,
    }


@pytest.fixture(scope="module")
def context(playwright: t.Any) -> t.Iterator[BrowserContext]:
    """One browser for all these pages, which need none of each their own."""
    browser = playwright.chromium.launch(
        executable_path=os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"), chromium_sandbox=False
    )
    context = browser.new_context(viewport={"width": 1200, "height": 700})
    context.route(ADDRESS, lambda route: route.fulfill(body="", content_type="text/html"))
    yield context
    browser.close()


@pytest.fixture
def draw(context: BrowserContext) -> t.Iterator[Draw]:
    """Return a function that draws a list, and gives the way to read it."""
    page = context.new_page()
    page.goto(ADDRESS)

    def go(drawn: Settings) -> Grid:
        script, style = ((PAGES / name).read_text(encoding="utf-8") for name in ("list.js", "list.css"))
        data = json.dumps(drawn).replace("<", "\\u003c")
        page.set_content(
            f'<style>{style}</style><div id="page"></div>'
            f'<script type="application/json" id="settings">{data}</script><script>{script}</script>'
        )
        window = Window(page, Journal(timeout=120), landmarks())
        window.landing = ADDRESS
        return Grid(window)

    yield go
    page.close()


def ids(rows: t.Iterable[t.Any]) -> list[str]:
    return sorted(row.cells["Resource ID"] for row in rows)


@pytest.mark.parametrize("seed", each(range(40), [str(seed) for seed in range(10)]))
def test_what_is_listed_is_what_there_is(draw: Draw, seed: int) -> None:
    drawn = settings(seed)
    grid = draw(drawn)
    try:
        rows = grid.whole()
    except ConsoleError as error:
        pytest.fail(f"{error.reason}: {error.message}\n{shape(drawn)}")
    assert ids(rows) == sorted(row["Resource ID"] for row in drawn["rows"]), shape(drawn)
    expected = {row["Resource ID"]: row for row in drawn["rows"]}
    for row in rows:
        there = expected[row.cells["Resource ID"]]
        assert row.name == there["Name"] and row.security_level == there["Security Level"]
        for column in ("System", "Active"):
            tick = row.ticked(column)
            assert tick is None or tick == there[column], (column, shape(drawn))
            assert tick is not None or drawn["ticks"] == "unknown" or not any(r[column] for r in drawn["rows"])
    assert "export" not in grid.window.page.evaluate("window.pressed")


def shape(drawn: Settings) -> str:
    return str({name: value for name, value in drawn.items() if name != "rows"} | {"rows": len(drawn["rows"])})
