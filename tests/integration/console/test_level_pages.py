# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small level editors with odd ways: what is not wanted reads as nothing in the end, whatever a press does."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevelEditor
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import (
    WantedLevel,
    bring_to,
    look_at,
)
from playwright.sync_api import Page
from static_pages import page_of, section, shared_page  # noqa: F401 - a fixture

CLEAR = """
const boxes = () => [...document.querySelectorAll('.section input[type=checkbox]')];
const lists = () => [...document.querySelectorAll('.section select')];
const clear = () => {
  boxes().forEach(box => { box.checked = false; });
  lists().forEach(list => { list.selectedIndex = list.length - 1; });
};
"""

QUESTION = """
const ask = then => {
  const box = document.createElement('div');
  box.setAttribute('role', 'dialog');
  box.style = 'position: fixed; inset: 0; background: white; padding: 200px';
  box.innerHTML = '<p>Remove all permissions of this section?</p><button>Yes</button> <button>No</button>';
  const [yes, no] = box.querySelectorAll('button');
  yes.onclick = () => { box.remove(); then(); };
  no.onclick = () => box.remove();
  document.body.append(box);
};
"""

BUSY = """
const later = then => {
  const busy = document.createElement('div');
  busy.setAttribute('aria-busy', 'true');
  busy.textContent = 'Loading...';
  document.body.append(busy);
  setTimeout(() => { busy.remove(); then(); }, 900);
};
"""

# What the link does, in the order of the words in it.
LINKS = {
    "it clears everything": "onLink(clear)",
    "the browser asks": "onLink(() => { if (confirm('Remove all permissions of this section?')) clear(); })",
    "the page asks": "onLink(() => ask(clear))",
    "the page asks a moment later": "onLink(() => setTimeout(() => ask(clear), 60))",
    "its handler comes late": "setTimeout(() => onLink(clear), 1200)",
    "it takes its time": "onLink(() => later(clear))",
    "it clears some": "onLink(() => boxes().slice(0, 2).forEach(box => { box.checked = false; }))",
    "it does nothing": "",
    "it switches something on": "onLink(() => { clear(); boxes().at(-1).checked = true; })",
    "it draws the section anew": (
        "onLink(() => { clear(); document.querySelectorAll('.content').forEach(content => {"
        " boxes().forEach(box => box.toggleAttribute('checked', box.checked));"
        " content.innerHTML = content.innerHTML; }); })"
    ),
}
ON_LINK = """
const onLink = act => document.querySelectorAll('.section a').forEach(link => {
  if (link.textContent === 'No Permission') link.addEventListener('click', act);
});
document.querySelectorAll('.heading span').forEach(heading => heading.addEventListener('click', () =>
  heading.closest('.section').classList.toggle('closed')));
"""

RIGHTS = "".join(f"<p><label><input type=checkbox checked> Right {number}</label></p>" for number in range(5))
VIEW = "<p><label>View things <select><option>All<option>Mine<option>None</select></label></p>"


Open = t.Callable[[str], SecurityLevelEditor]


@pytest.fixture
def editor(shared_page: Page) -> t.Iterator[Open]:  # noqa: F811 - the fixture
    """Return a function that opens a level's editor that looks like this, in a window that answers dialogs."""
    window = Window(shared_page, Journal(timeout=60), landmarks())
    shared_page.on("dialog", window.answer)

    def opened(html: str) -> SecurityLevelEditor:
        shared_page.set_content(html)
        return SecurityLevelEditor(window, {})

    yield opened
    shared_page.remove_listener("dialog", window.answer)


def level(permissions: dict[str, t.Any], **more: t.Any) -> WantedLevel:
    sections = tuple(one for one in CATALOG.sections if one.has_links)
    wishes = tuple(parse(permissions))
    return WantedLevel(
        "Reader", "Base", **{"active": None, "optional_sections": sections, "permissions": wishes} | more
    )


@pytest.mark.parametrize("link", LINKS)
def test_a_press_counts_by_its_effect(editor: Open, link: str) -> None:
    script = f"<script>{{{CLEAR}{QUESTION}{BUSY}{ON_LINK}{LINKS[link]}}}</script>"
    page = editor(page_of(section(RIGHTS + VIEW, "Other")) + script)
    wanted = level({"other": {"by_label": {"Right 3": True}}})
    before = look_at(page, wanted)
    after, _ = bring_to(page, before, wanted)
    assert [control.value for control in after.permissions] == [False, False, False, True, False, "None"]
    shown = page.window.page.evaluate("() => [...document.querySelectorAll('.section input')].map(box => box.checked)")
    assert shown == [False, False, False, True, False]
    said = "Remove all permissions of this section?"
    assert any(said in words for words in page.window.journal.messages) == ("asks" in link)


LATE_RIGHT = "<label><input type=checkbox checked> Right 7</label>"
LATE_SECTION = (
    f"<div class='section open'><div class=heading><span>Fleet</span></div><div class=content>{LATE_RIGHT}</div></div>"
)
FAR = "<div style='height: 3000px'></div><div id=late style='min-height: 20px'></div>"
ON_SIGHT = """<script>new IntersectionObserver((seen, watch) => { if (seen.some(one => one.isIntersecting)) {
  watch.disconnect(); late.innerHTML = `%s`; } }).observe(late)</script>"""

# What is drawn only once it comes to sight.
FAR_DOWN = {
    "a section": page_of(section(RIGHTS, "Other", state="open"), FAR) + ON_SIGHT % LATE_SECTION,
    "a setting": page_of(section(RIGHTS + FAR, "Other", state="open")) + ON_SIGHT % LATE_RIGHT,
    "a setting in what scrolls by itself": page_of(
        f"<div style='height: 400px; overflow: auto'>{section(RIGHTS + FAR, 'Other', state='open')}</div>"
    ) + ON_SIGHT % LATE_RIGHT,
}  # fmt: skip


@pytest.mark.parametrize("name", FAR_DOWN)
def test_what_is_drawn_once_it_comes_to_sight_is_cleared_with_the_rest(editor: Open, name: str) -> None:
    page, wanted = editor(FAR_DOWN[name]), level({"other": {"by_label": {"Right 3": True}}})
    before = look_at(page, wanted)
    assert len(before.permissions) == 6
    bring_to(page, before, wanted)
    shown = page.window.page.evaluate("() => [...document.querySelectorAll('.section input')].map(box => box.checked)")
    assert shown == [False, False, False, True, False, False]


def test_a_closed_section_that_nobody_knows_is_loaded_and_cleared(editor: Open) -> None:
    closed = "".join(
        f"<div class='section closed'><div class=heading><i class=Toggle tabindex=0>&nbsp;</i><span>{name}</span></div><div class=content></div></div>"
        for name in ("Other", "Fleet Wizards")
    )
    load = """<script>document.querySelectorAll('.section').forEach((part, at) => { part.firstChild.onclick = () => {
      setTimeout(() => { part.lastChild.innerHTML ||= `<label><input type=checkbox checked> Right ${at}</label>`; }, 200);
      part.classList.toggle('closed'); } })</script>"""
    page, wanted = editor(page_of(closed) + load), level({"other": {"by_label": {"Right 0": True}}})
    bring_to(page, look_at(page, wanted), wanted)
    shown = page.window.page.evaluate("() => [...document.querySelectorAll('.section input')].map(box => box.checked)")
    assert shown == [True, False]


def test_everybody_who_has_a_level_is_told_also_beyond_the_first_page(shared_page: Page) -> None:  # noqa: F811
    rows = "".join(
        f"<tr {'hidden' if number > 3 else ''}><td>Resource {number}</td><td>{'✓' if number % 2 else ''}</td></tr>"
        for number in range(1, 8)
    )
    shared_page.set_content(
        page_of()
        + f"<a href='#'>Resources</a><table><tr><th>Name</th><th>Active</th></tr>{rows}</table>"
        + "<p><span id=at>1 - 3 of 7</span> <button onclick='turn()'>Next</button></p><script>"
        + "let page = 0; const turn = () => { page = Math.min(page + 1, 2);"
        + " at.textContent = ['1 - 3', '4 - 6', '7 - 7'][page] + ' of 7';"
        + " const rows = [...document.querySelectorAll('tr')].slice(1);"
        + " rows.forEach((row, at) => { row.hidden = Math.floor(at / 3) !== page; });"
        + " document.querySelector('p button').disabled = page === 2; };</script>"
    )
    editor = SecurityLevelEditor(Window(shared_page, Journal(timeout=60), landmarks()), {})
    assert editor.users() == [(f"Resource {number}", bool(number % 2)) for number in range(1, 8)]
