# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What pages say and ask in dialogs: kept always, answered when it was to be expected, and else the end of the step."""

from __future__ import annotations

import itertools
import random
import typing as t
from dataclasses import dataclass

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import Refused, UnexpectedQuestion
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from playwright.sync_api import BrowserContext
from simulated_console import Console

Add = t.Callable[..., Console]

WORDS = "The vendor sets a level of its own. Go on"

AROUND = {
    "role": '<div role="dialog">{}</div>',
    "alert": '<div role="alertdialog">{}</div>',
    "modal": '<section aria-modal="true">{}</section>',
    "native": "<dialog open>{}</dialog>",
    "fixed": '<div style="position: fixed; z-index: 9; top: 40px; background: white">{}</div>',
    "absolute": '<div style="position: absolute; z-index: 2; top: 0"><div>{}</div></div>',
    "layers": '<div style="position: fixed; inset: 0; z-index: 5"><div tabindex="-1"><div>{}</div></div></div>',
}
BUTTONS = {
    "button": "<button>{}</button>",
    "input": '<input type="button" value="{}">',
    "link": '<a href="#">{}</a>',
    "drawn": '<div class="Button2" tabindex="0"><div class="Text2">{}</div></div>',
    "role": '<span role="button">{}</span>',
    "hand": '<div style="cursor: pointer">{}</div>',
    "classic": '<a class="Button ButtonIcon" tabindex="0"><span class="Icon"></span><span class="Text">{}</span></a>',
}
ANSWERS = {("Yes", "No"): "Yes", ("OK", "Cancel"): "OK", ("Continue", "Cancel"): "Continue", ("No", "Yes"): "Yes"}
PLAIN = {
    "an editor": '<div role="dialog">Name <input> {save} {cancel}</div>',
    "a tool bar": '<div style="position: fixed; z-index: 3; top: 0">{save} {cancel}</div>',
    "a list": '<div style="position: absolute; z-index: 1"><table><tr><td>Active</td><td><a href="#">Yes</a></td></tr>'
    '<tr><td>Locked</td><td><a href="#">No</a></td></tr></table></div>',
    "a note that goes by itself": '<div role="dialog">Please wait {cancel}</div>',
    "a list that lies open": '<div style="position: absolute; z-index: 60">{yes} {no}</div>',
    "a list of the second generation": '<div class="ContextOverlay" style="position: absolute; z-index: 60">Rights'
    '<div class="Item" style="cursor: pointer">Yes</div><div class="Item" style="cursor: pointer">No</div></div>',
    "hidden": '<div role="dialog" hidden>Really? {yes} {no}</div>',
    "on the page itself": "<p>Would you recommend us? {yes} {no}</p>",
}
BEHIND = "<h1>Security Levels</h1><p>Reader</p><button>Edit</button>"


@dataclass(frozen=True)
class Drawn:
    """A box on a page, and what it is."""

    around: str
    button: str
    answers: tuple[str, ...]

    @property
    def html(self) -> str:
        pressed = "<script>addEventListener('click', event => {"
        pressed += "const box = event.target.closest('#box'); if (!box || event.target.matches('#text')) return;"
        pressed += "document.title += `${event.target.value || event.target.textContent}.`; box.remove(); })</script>"
        buttons = " ".join(BUTTONS[self.button].format(answer) for answer in self.answers)
        box = AROUND[self.around].format(f'<p id="text">{WORDS}</p>{buttons}')
        return f'{BEHIND}<div id="box">{box}</div>{pressed}'


def drawn() -> list[Drawn]:
    every = [Drawn(*parts) for parts in itertools.product(AROUND, BUTTONS, [*ANSWERS, ("OK",)])]
    return random.Random(20).sample(every, 40)


@pytest.fixture
def context(shared_playwright: None) -> t.Iterator[BrowserContext]:
    with browser_context(BrowserSettings(), None, lambda: False) as context:
        yield context


def a_window(context: BrowserContext, read_only: bool = False) -> Window:
    """A window whose dialogs are answered, as the console does it."""
    window = Window(context.new_page(), Journal(timeout=60, read_only=read_only), landmarks())
    context.on("dialog", window.answer)
    return window


def test_boxes_of_the_pages_own_are_told_apart(context: BrowserContext) -> None:
    window = a_window(context)
    for box in drawn():
        window.page.set_content(box.html)
        journal = window.journal = Journal(timeout=60)
        if box.answers == ("OK",):
            window.check()
            assert window.page.title() == "OK.", box
        else:
            with pytest.raises(UnexpectedQuestion, match=WORDS):
                window.check()
            assert window.page.title() == "", box
            with window.confirming():
                window.check()
            assert window.page.title() == f"{ANSWERS[box.answers]}.", box
        assert set(journal.messages) == {WORDS}, box
        assert journal.unasked == ([WORDS] if box.answers == ("OK",) else []), box
        window.check()


@pytest.mark.parametrize("what", PLAIN)
def test_what_asks_nothing_is_left_alone(context: BrowserContext, what: str) -> None:
    words = {"save": "Save & Close", "cancel": "Cancel", "yes": "Yes", "no": "No"}
    buttons = {name: f"<button>{word}</button>" for name, word in words.items()}
    window = a_window(context)
    window.page.set_content(BEHIND + PLAIN[what].format(**buttons))
    window.check()
    assert not window.journal.messages and not window.told


NATIVE = {
    "alert('Saved.')": ("Saved.", False),
    "confirm('Go on?')": ("Go on?", True),
    "prompt('Which one?')": ("Which one?", True),
}


@pytest.mark.parametrize("call", NATIVE)
def test_dialogs_of_the_browsers_own_are_told_apart(context: BrowserContext, call: str) -> None:
    words, asks = NATIVE[call]
    window = a_window(context)
    answer = window.page.evaluate(call)
    assert window.journal.messages == [words]
    if asks:
        assert not answer
        with pytest.raises(UnexpectedQuestion, match=words.replace("?", r"\?")):
            window.check()
        with window.confirming():
            assert window.page.evaluate(call) in (True, "")
    window.check()
    assert window.journal.unasked == ([] if asks else [words])


def test_a_question_in_a_window_that_nobody_noticed_ends_the_step(context: BrowserContext) -> None:
    window = a_window(context)
    window.page.evaluate("void window.open('about:blank').eval('setTimeout(() => confirm(`Twice?`))')")
    with pytest.raises(UnexpectedQuestion, match="Twice"):
        window.wait_until(lambda: False, 5)


def test_a_question_of_a_page_that_is_busy_with_the_answer_is_answered_once(context: BrowserContext) -> None:
    window = a_window(context)
    window.page.set_content(BUSY)
    with window.confirming():
        window.answer_boxes()
        window.answer_boxes()
    assert window.page.evaluate("heard") == 1


BUSY = """<div role="dialog">Delete it? <button>Yes</button> <button>No</button></div><script>let heard = 0;
addEventListener('mousedown', () => { for (const until = performance.now() + 4000; performance.now() < until;); });
addEventListener('click', () => { heard++; setTimeout(() => document.querySelector('div').remove(), 500) })</script>"""


def test_nothing_is_agreed_to_by_a_run_that_only_looks(context: BrowserContext) -> None:
    window = a_window(context, read_only=True)
    with window.confirming():
        assert window.page.evaluate("confirm('Delete?')") is False
        with pytest.raises(UnexpectedQuestion):
            window.check()


def test_a_question_in_the_way_is_told_in_its_words(context: BrowserContext) -> None:
    """Even one that nothing but its place tells from the page."""
    layer = (
        "<div style='position: fixed; inset: 0; background: white'>Keep both versions? <b>Both</b> <b>Mine</b></div>"
    )
    window = a_window(context)
    window.journal = Journal(timeout=6)
    window.page.set_content(BEHIND + layer)
    with pytest.raises(UnexpectedQuestion, match="Keep both versions"):
        window.press(window.find("edit").element, Intent.OPEN)


def test_what_is_said_instead_of_opening_a_window_is_the_failure(context: BrowserContext) -> None:
    window = a_window(context)
    window.page.set_content(BEHIND)
    with pytest.raises(Refused, match="You may not"):
        window.opened_by(lambda: window.page.evaluate(f"document.body.innerHTML += `{BOX}`"), "save_and_close")
    assert window.journal.messages == ["You may not edit this."]


BOX = '<div role="dialog">You may not edit this. <button>OK</button></div>'


def test_a_result_has_the_words_of_every_dialog(console: Add) -> None:
    tenant = console(levels=[{"name": "Reader"}])
    for kind, text in (("alert", "Updated at night."), ("native_alert", "Welcome back.")):
        tenant.arm(kind, "security_levels", options={"text": text})
    result = tenant.run("autotask_security_level_info")
    assert sorted(result["messages"]) == ["Updated at night.", "Welcome back."]
    # Ansible prints warnings itself in a process where its controller's code was loaded, and returns them in others.
    assert result["printed"].count("Autotask showed this message") == 2
