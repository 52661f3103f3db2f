# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Of all that stands above a list, only what says that it opens a menu is pressed: New itself may cost money."""

from __future__ import annotations

import contextlib
import random

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.new_menu import NewMenu
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from samples import each
from static_pages import ADDRESS, Reader, reader, shared_page  # noqa: F401 - fixtures

PAGE = """<style>#menu {{ position: absolute; background: white; border: 1px solid }}</style><div>{}
<a onclick="pressed('another')" title="Export" style="cursor: pointer">⇩</a></div>
<div id=menu hidden><div onclick="pressed('paid')">New Resource</div><div onclick="pressed('api user')">New API User</div></div>
<table><tr><th>Name</th><th>Security Level</th><th>License Type</th></tr>
<tr><td>Reader, Contract</td><td>API User (system)</td><td>API User</td></tr></table>
<script>window.done = []; window.pressed = what => done.push(what); window.show = () => {{ menu.hidden = false }}</script>"""

MENUS = {
    "two buttons": "<button onclick=\"pressed('paid')\">New Resource</button><button onclick=\"pressed('api user')\">New API User</button>",
    "a menu that opens when rested on": "<button onmouseover=show() onclick=\"pressed('paid')\">New</button>",
    "a filter called as the licence is": (
        "<button onclick=\"pressed('another')\">API User</button><button onclick=\"pressed('paid')\">New</button><button onclick=show()>▼</button>"
    ),
    "an arrow beside": "<button onclick=\"pressed('paid')\">New</button><button onclick=show()>▼</button>",
    "an icon that is a menu": "<button onclick=\"pressed('paid')\">New</button><button aria-haspopup=menu onclick=show()><i></i></button>",
    "a picture in the other half": (
        "<button onclick=\"pressed('paid')\"><img alt='' src='data:,'> New</button><button class=drop-down onclick=show()><i></i></button>"
    ),
    "a picture beside the word, in half of a button that drops down": (
        "<div class=DropDownButton2><div tabindex=0 style='cursor: pointer' onclick=\"pressed('paid')\"><svg width=9 height=9></svg><b>New</b></div>"
        "<div tabindex=0 style='cursor: pointer' onclick=show()><svg width=9 height=9></svg></div></div>"
    ),
    "a picture in a button that calls itself split": (
        "<button class=split-button onclick=\"pressed('paid')\"><svg width=9 height=9></svg><b>New</b></button><button title=Menu onclick=show()></button>"
    ),
    "a link beside": "<button onclick=\"pressed('paid')\">New</button><a href='#' onclick=show()>▼</a>",
    "signs around the word": "<button aria-haspopup=true onclick=show()>+ New...</button>",
    "a part that folds": "<details><summary>New</summary><a href='#' onclick=\"pressed('api user')\">New API User</a></details>",
    "a list of the browser's own": (
        "<select><option>All<option>API User</select><select onchange=\"pressed(value == 'New API User' ? 'api user' : 'paid')\">"
        "<option>New...<option>New Resource<option>New API User</select>"
    ),
    "a list that is called New": (
        "<label>New <select onchange=\"pressed(value == 'API User' ? 'api user' : 'paid')\"><option>--<option>Resource<option>API User</select></label>"
    ),
    "two halves in one part, with a picture of a font": (
        "<div class=split-container aria-haspopup=true><span style='display: flex'><button onclick=\"pressed('paid')\">New</button><i></i>"
        "<button onclick=show()><i>\ue70d</i></button></span></div>"
    ),
    "an arrow behind the word": "<button onclick=show()>New ▼</button>",
}


@pytest.mark.parametrize("name", MENUS)
def test_the_entry_for_an_api_user_is_found_and_nothing_else_pressed(reader: Reader, name: str) -> None:
    page = reader.window.page
    page.set_content(PAGE.format(MENUS[name]))
    NewMenu(Grid(reader.window)).choose_api_user()
    assert page.evaluate("done") == ["api user"]


NO_MENUS = {
    "an arrow of what stands beside": (
        "<button onclick=\"pressed('paid')\">New</button><span><button>Export</button><button onclick=\"pressed('another')\">▾</button></span>",
        5,
        "deadline_passed",
    ),
    "a list of licences": (
        "<button onclick=\"pressed('paid')\">New</button><select onchange=\"pressed('another')\"><option>All<option>API User</select>",
        5,
        "deadline_passed",
    ),
    "one button of two halves": (
        "<a class=btn-split role=button aria-haspopup=true onclick=\"pressed('paid')\">New</a>",
        5,
        "deadline_passed",
    ),
    "only what may cost": ("<button onclick=\"pressed('paid')\">New</button>", 5, "deadline_passed"),
    "a menu that is a page": (
        "<button onclick=\"pressed('paid')\">New</button><button aria-haspopup=menu onclick=\"window.open('about:blank')\"><i></i></button>",
        60,
        "wrong_form",
    ),
}


@pytest.mark.parametrize("name", NO_MENUS)
def test_where_there_is_no_menu_nothing_is_made(reader: Reader, name: str) -> None:
    page = reader.window.page
    drawn, seconds, reason = NO_MENUS[name]
    page.set_content(PAGE.format(drawn))
    window = Window(page, Journal(timeout=seconds), landmarks())
    window.landing = ADDRESS
    with pytest.raises(ConsoleError) as failed:
        NewMenu(Grid(window)).choose_api_user()
    assert failed.value.reason == reason
    assert page.evaluate("done") == [] and page.context.pages == [page]


PICTURES = (
    "",
    "<svg width=9 height=9></svg>",
    "<i class=icon></i>",
    "<img alt='' src='data:,' width=9>",
    "<i>\ue70d</i>",
    "<i>+</i>",
)
ARROWS = (
    "▼",
    "<svg width=9 height=9></svg>",
    "<i class=caret style='display: inline-block; width: 9px; height: 9px'></i>",
    "<i>\ue70d</i>",
)
BUTTONS = ("button", "a href='#'", "div tabindex=0", "div role=button tabindex=0", "span style='cursor: pointer'")
LOOKS = ("", "class=Button2", "class=split-button", "class='btn btn-default'")
OPENERS = ("", "aria-haspopup=menu", "aria-expanded=false", "title='New menu'", "class=dropdown-toggle")
AROUND = ("<div>{}</div>", "<div class=DropDownButton2>{}</div>", "<span class=split-button>{}</span>", "<div class=dropdown-container><p>{}</p></div>")  # fmt: skip


def two_halves(seed: int) -> str:
    """A button New of two halves, the first of which costs money."""
    chooser = random.Random(seed)
    button, picture, word = map(chooser.choice, (BUTTONS, PICTURES, ("New", "<b>New</b>", "<p>New</p>")))
    inside = chooser.choice(
        [picture + word, word + picture, f"<span>{picture}</span>{word}", f"<p>{picture}{word}</p>"]
    )
    end = f"</{button.split()[0]}>"
    paid = f"<{button} {chooser.choice(LOOKS)} onclick=\"pressed('paid')\">{inside}{end}"
    return chooser.choice(AROUND).format(
        f"{paid}<{button} {chooser.choice(OPENERS)} onclick=show()>{chooser.choice(ARROWS)}{end}"
    )


@pytest.mark.parametrize("seed", each(range(100), in_make_test=[str(number) for number in range(6)]))
def test_the_half_that_costs_is_never_pressed(reader: Reader, seed: int) -> None:
    page = reader.window.page
    page.set_content(PAGE.format(two_halves(seed)))
    window = Window(page, Journal(timeout=5), landmarks())
    window.landing = ADDRESS
    with contextlib.suppress(ConsoleError):
        NewMenu(Grid(window)).choose_api_user()
    assert page.evaluate("done") in ([], ["api user"])
