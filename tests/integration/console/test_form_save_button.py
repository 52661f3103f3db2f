# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Save & Close is found where it stands, also in the menu beside Save; what stands beside it is left alone."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.pages import save_button
from static_pages import Reader, reader, shared_page  # noqa: F401 - fixtures

PRESSED = "onclick='window.pressed = (window.pressed || []).concat(this.title || this.textContent)'"
SAVE = f"<button {PRESSED}>Save</button>"
BOTH = f"<button {PRESSED}>Save &amp; Close</button>"
CLOSED = f"<div id=menu style='display:none'>{BOTH}</div>"
OPENS = "document.getElementById('menu').style.display = 'block'"
MADE = f"this.insertAdjacentHTML('afterend', `{BOTH}`)"

BARS = {
    "by itself": BOTH,
    "beside Save": SAVE + BOTH,
    "above a long form, and below it": f"{BOTH}<p>Notes</p>{BOTH}",
    "behind an arrow with a title": f'<div>{SAVE}<a title=More onclick="{OPENS}">▾</a>{CLOSED}</div>',
    "behind an arrow that says so": f'<div>{SAVE}<button aria-haspopup=menu onclick="{OPENS}"><svg width=9 height=9></svg></button>{CLOSED}</div>',
    "behind a name": f'<div>{SAVE}<a class=SaveDropDownButton onclick="{OPENS}"><svg width=9 height=9></svg></a>{CLOSED}</div>',
    "made when the menu opens": f'<div>{SAVE}<button aria-haspopup=true onclick="{MADE}">▾</button></div>',
    "beside Erase": f"<a {PRESSED}>Erase (Redact)</a>{BOTH}<a {PRESSED}>Erase (Redact)</a>",
    "with a neighbour": f'<div>{SAVE}<a title=Export {PRESSED}>⇩</a><a title="Open Menu" onclick="{OPENS}">▾</a>{CLOSED}</div>',
}  # fmt: skip


@pytest.mark.parametrize("name", BARS)
def test_save_and_close_is_found_and_nothing_is_pressed_on_the_way(reader: Reader, name: str) -> None:
    reader.show(f"<!doctype html><body><div class=ToolBar>{BARS[name]}</div></body>")
    assert save_button.is_there(reader.window)
    button = save_button.find(reader.window)
    assert button.is_visible() and button.inner_text() == "Save & Close"
    assert reader.window.page.evaluate("window.pressed || []") == []


@pytest.mark.parametrize("beside", ["", f"<a title=Export {PRESSED}>⇩</a>", f"<i class=icon {PRESSED}>x</i>"])
def test_save_alone_makes_no_editor(reader: Reader, beside: str) -> None:
    reader.show(f"<!doctype html><body><div class=ToolBar><div>{SAVE}{beside}</div></div></body>")
    assert not save_button.is_there(reader.window)
