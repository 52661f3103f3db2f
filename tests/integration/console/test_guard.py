# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands behind the driver in a run that only looks: what it lets be pressed in a page, and be sent by it."""

from __future__ import annotations

import http.server
import itertools
import random
import threading
import typing as t
import unicodedata

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import OnlyReads
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.form import Form
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import (
    FILTERS,
    LANDMARKS,
    OPENERS,
    WRITERS,
    landmarks,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.border import Border
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.guard import Guard
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise
from playwright.sync_api import BrowserContext, ElementHandle
from simulated_console import Console

Add = t.Callable[..., Console]


@pytest.fixture
def context(shared_playwright: None) -> t.Iterator[BrowserContext]:
    with browser_context(BrowserSettings(), None, lambda: False) as context:
        yield context


def guarded(context: BrowserContext) -> Window:
    """A window of a run that only looks, with its guard, but without its own refusals."""
    journal, words = Journal(timeout=120, read_only=True), landmarks()
    window = Window(context.new_page(), journal, words)
    window.border = Border(context, window, Redactor())
    window.guard = Guard(context, journal, words, window.border)
    window.guard.arm()
    return window


class Heard(http.server.BaseHTTPRequestHandler):
    """Notes what is sent, and shows a form or a list."""

    def do_GET(self) -> None:
        self._answer(t.cast("Site", self.server).html)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        t.cast("Site", self.server).sent.append(body)
        self._answer("{}")

    do_PUT = do_POST  # noqa: N815 - the name is the server's

    def _answer(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_message: object) -> None:
        """Say nothing."""


class Site(http.server.ThreadingHTTPServer):
    html = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Heard)
        self.sent: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


@pytest.fixture
def site() -> t.Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


# ---- what is pressed

NAMED = {
    "button": "<button>{}</button>",
    "link": "<a href='#'>{}</a>",
    "link without address": "<a tabindex=0><span class=Icon></span><span class=Text>{}</span></a>",
    "drawn": "<div class=Button2 tabindex=0><div><span class=Text2>{}</span></div></div>",
    "role": "<div role=button>{}</div>",
    "entry": "<ul role=menu><li role=menuitem><svg width=9 height=9></svg><span>{}</span></li></ul>",
    "input": "<input type=button value='{}'>",
    "labelled": "<button aria-label='{}'><svg width=9 height=9></svg></button>",
    "titled": "<a href='#'><span title='{}'>&#9654;</span></a>",
    "plain": "<div>{}</div>",
    "in a shadow": "<at-shadow></at-shadow><script>document.querySelector('at-shadow').attachShadow({{mode: 'open'}})"
    ".innerHTML = `<button>{}</button>`</script>",
}
UNKNOWN = ("Save", "Save & New", "Apply", "Erase (Redact)", "Deactivate", "Generate Secret", "Archive it", "Workflow")
OPENED = {
    "a toggle": "<div class=Toggle2 tabindex=0 data-press></div>",
    "a section that folds": "<button aria-expanded=false data-press>Something new</button>",
    "a heading": "<div class=Heading2><div class=Text2 data-press>Something new</div></div>",
    "a heading of an odd kind": "<h3 data-press>Something new</h3>",
    "a heading beside its links": "<div><b data-press>Something new</b> <a>Full</a> | <a>None</a></div>",
    "the menu of a row": "<table><tr><td class=ContextMenuCell><div class='Button ContextMenu' data-press></table>",
    "a tab": "<span role=tab data-press>Something new</span>",
    "a list that is drawn": "<div class=SingleItemSelector2 tabindex=0><div class=Text2 data-press>None</div></div>",
    "a list": "<select data-press><option>None<option>All</select>",
    "a menu": "<button aria-haspopup=menu data-press>Tools</button>",
    "New, which says that it opens a menu": "<button aria-haspopup=menu data-press>+ New</button>",
    "the half of a button that drops down": "<div class=DropDownButton2><a>New</a><b tabindex=0 data-press></b></div>",
    "the box of a filter": "<div>Show Inactive <div class=Checkbox2><div class=TabIndexHack tabindex=0 data-press>"
    "</div></div></div>",
    "the number of a page": "<a href='#' data-press>2</a>",
}
KEPT_SHUT = {
    "a box": "<input type=checkbox data-press>",
    "a drawn box": "<div class=Checkbox2><div class='TabIndexHack Unchecked' tabindex=0 data-press></div></div>",
    "its label": "<label data-press><input type=checkbox> Can export Grid Data</label>",
    "a radio button": "<div class=RadioButton><div class=TabIndexHack tabindex=0 data-press></div></div>",
    "what a list offers": "<button>Save & Close</button><div role=listbox><div role=option data-press>All</div></div>",
    "what an older list offers": "<div class=ContextOverlay><div class=Item2 data-press>All</div></div>"
    "<div class=Button2>Save & Close</div>",
    "a picture beside New": "<div class=ToolBarItem><a>New</a><b tabindex=0 data-press></b></div>",
    "an icon": "<button data-press><svg width=9 height=9></svg></button>",
    "the tick of a row": "<table><tr><td class=ImageSelectionCell><div class='Decoration Icon CheckBox' data-press>",
    "what opens a menu that copies": "<button aria-haspopup=menu data-press>Copy</button>",
    "New, half of which opens a menu": "<button class=SplitButton aria-haspopup=menu data-press>New</button>",
    "New": "<button data-press>+ New</button>",
    "a setting that is called as a filter": "<label data-press><input type=checkbox>Active</label><a>Save & Close</a>",
    "a setting that folds": "<div role=checkbox aria-checked=false tabindex=0 data-press>Can export</div>",
}
SIZE = "<style>* { min-width: 9px; min-height: 9px } [data-press] { display: inline-block }</style>"
COUNTS = """<script>document.addEventListener('click', event => {
  if (event.target !== document.body) document.title += 'x'; });</script>"""


def shows(window: Window, site: Site, html: str) -> None:
    """Show a page that counts in its title what is pressed on it."""
    site.html = SIZE + COUNTS + html
    window.page.goto(site.url)


def stopped(window: Window) -> bool:
    try:
        window.check()
    except OnlyReads:
        return True
    return False


def press(window: Window, element: ElementHandle, how: str) -> None:
    """Press without asking the window."""
    if how == "mouse":
        element.click(timeout=5000)
    elif how == "key":
        element.focus()
        window.page.keyboard.press("Enter")
    else:
        element.evaluate("element => element.click()")


def openers() -> list[str]:
    return [text for name in (*OPENERS, *FILTERS) for text in LANDMARKS[name].texts] + [
        text for section in CATALOG.sections for text in (section.heading, *section.alternatives)
    ]


def test_what_is_known_to_open_passes_in_whatever_guise(context: BrowserContext, site: Site) -> None:
    window = guarded(context)
    guises = [guise for guise in NAMED.values() if "shadow" not in guise]
    for name, guise in random.Random(1).sample(list(itertools.product(openers(), guises)), 25):
        shows(window, site, guise.format(name.replace("'", "&#39;")))
        target = window.page.locator("body :not(style):not(script)").last
        press(window, t.cast(ElementHandle, target.element_handle()), "mouse")
        assert window.page.title() == "x" and not stopped(window), (name, guise)


def test_whatever_else_has_a_name_is_stopped_in_whatever_guise(context: BrowserContext, site: Site) -> None:
    window = guarded(context)
    names = [text for name in WRITERS for text in LANDMARKS[name].texts] + list(UNKNOWN)
    every = list(itertools.product(names, NAMED.values(), ("mouse", "key", "script")))
    # What the page presses by itself is stopped only where it surely writes, and words by themselves take no keys.
    every = [
        (name, guise, how)
        for name, guise, how in every
        if not (how == "script" and name in ("Deactivate", "Archive it", "Workflow"))
        and not (how == "key" and ("role=menu" in guise or "role=button" in guise or "<div>{}" in guise))
    ]
    for name, guise, how in random.Random(2).sample(every, 40):
        shows(window, site, guise.format(name))
        where = "at-shadow button" if "shadow" in guise else "body :not(style):not(script):not(svg):not(title)"
        target = t.cast(ElementHandle, window.page.locator(where).last.element_handle())
        if how == "key":
            target = t.cast(
                ElementHandle,
                target.evaluate_handle("element => element.closest('a, button, input, [tabindex]')").as_element(),
            )
        press(window, target, how)
        assert window.page.title() == "" and stopped(window), (name, guise, how)


@pytest.mark.parametrize("what", OPENED)
def test_what_opens_something_passes_by_what_it_is(context: BrowserContext, site: Site, what: str) -> None:
    window = guarded(context)
    shows(window, site, OPENED[what])
    press(window, t.cast(ElementHandle, window.page.query_selector("[data-press]")), "mouse")
    assert not stopped(window)
    assert window.page.title() == "x" or what == "a list"


@pytest.mark.parametrize("what", KEPT_SHUT)
def test_what_changes_a_form_is_stopped_by_what_it_is(context: BrowserContext, site: Site, what: str) -> None:
    window = guarded(context)
    shows(window, site, KEPT_SHUT[what])
    press(window, t.cast(ElementHandle, window.page.query_selector("[data-press]")), "mouse")
    assert window.page.title() == "" and stopped(window)


@pytest.mark.parametrize(
    ("html", "passes"),
    [
        ("<form><table><tr><td><input id=at></table></form>", True),
        ("<form><input id=at><button>Save & Close</button></form>", False),
        ("<form><input id=at><button>Delete</button></form>", False),
        ("<input id=at><div class=Button2 tabindex=0>Save & Close</div>", False),
    ],
)
def test_enter_in_a_text_box_asks_a_list_and_saves_no_form(
    context: BrowserContext, site: Site, html: str, passes: bool
) -> None:
    window = guarded(context)
    hears = "for (const type of ['submit', 'keydown']) addEventListener(type, event => { heard.push(type); "
    hears += "if (type === 'submit') event.preventDefault(); })"
    shows(window, site, f"{html}<script>const heard = []; {hears}</script>")
    window.page.press("#at", "Enter")
    assert stopped(window) is not passes
    assert ("submit" in window.page.evaluate("heard")) is passes


def test_windows_and_frames_to_come_are_guarded_too(context: BrowserContext, site: Site) -> None:
    window = guarded(context)
    site.html = "<iframe srcdoc='<button>Delete</button>'></iframe>"
    window.page.goto(site.url)
    with window.page.expect_popup() as opened:
        window.page.evaluate("void window.open('about:blank').document.write('<button>Delete</button>')")
    window.page.evaluate(
        """() => {
            const within = document.body.appendChild(document.createElement('iframe')).contentDocument;
            within.open();
            within.write('<button>Delete</button>');
            within.close();
        }"""
    )
    for page, frame in (
        (window.page, window.page.frames[2]),
        (window.page, window.page.frames[1]),
        (opened.value, opened.value.main_frame),
    ):
        frame.wait_for_selector("button")
        frame.click("button")
        assert stopped(window.like(page))


LETTERS = {"-": "\u2011", "'": "\u2019", " ": "\u00a0", "&": "and"}


def test_the_page_compares_words_as_the_driver_does(context: BrowserContext) -> None:
    """Two programs, one rule."""
    texts = [text for _section, setting in CATALOG.places() for text in (setting.label or "", *setting.alternatives)]
    texts += [text for landmark in LANDMARKS.values() for text in landmark.texts]
    chance = random.Random(3)
    for text in chance.choices(texts, k=300):
        letters = [LETTERS.get(letter, letter) if chance.random() < 0.5 else letter for letter in text]
        texts.append(
            unicodedata.normalize("NFD", "".join(letters)).upper() + chance.choice(["*", " :", " (a hint)", ""])
        )
    window = guarded(context)
    window.page.goto("about:blank")
    normalised = window.page.evaluate("texts => texts.map(window[Symbol.for('msp.autotask.guard')].normalise)", texts)
    assert normalised == [normalise(text) for text in texts]


# ---- what is sent


FORM = """<form method=post action=/store enctype={enctype}>
  <label>Name <input name=level_name value="Contract Reader"></label>
  <label>E-mail Address <input name=email value="alerts@msp.example"></label>
  <label>Contracts <select name=contracts_view><option>All<option>None</select></label>
  <label>Locked <input type=checkbox name=is_locked></label>
  <button name=how value=save>Save & Close</button></form>"""

POST = "fetch('/', {{method: 'POST', body: {}}})"
FIELDS = "new FormData(document.forms[0])"
STORES = {
    "submit": "document.forms[0].submit()",
    "fields": POST.format(FIELDS),
    "query": POST.replace("POST", "PUT").format(f"new URLSearchParams({FIELDS})"),
    "json": POST.format(f"JSON.stringify(Object.fromEntries({FIELDS}))"),
    "pairs": POST.format(f"JSON.stringify([...{FIELDS}].map(([name, value]) => ({{name, value}})))"),
    "its own names": POST.format(
        "JSON.stringify({values: {name: 'New', emailAddress: 'a@b', contracts: 0, locked: 1}})"
    ),
    "values": POST.format("'a=Contract+Reader&b=alerts%40msp.example&contracts_view=x'"),
    "one in the other": POST.format(f"new URLSearchParams({{data: JSON.stringify(Object.fromEntries({FIELDS}))}})"),
    "beacon": f"navigator.sendBeacon('/', new URLSearchParams({FIELDS}))",
    "xhr": f"const call = new XMLHttpRequest(); call.open('POST', '/'); call.send({FIELDS})",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('${location.href}', {method: 'POST', mode: 'no-cors', "
    "body: 'level_name=1&email=2&contracts_view=3'})`])))",
}
ASKS = {
    "a list": POST.format("JSON.stringify({filter: {name: 'Con', active: 1}, start: 25})"),
    "a session": POST.format("'keepalive=1'"),
    "what is open": POST.format("JSON.stringify({name: 'Contracts', folded: false})"),
    "what is typed": POST.format("'search=Work'"),
    "nothing": POST.format("null"),
    "with a query": "fetch('/?level_name=1&email=2&contracts_view=3')",
}


def opened(context: BrowserContext, site: Site, enctype: str = "multipart/form-data") -> Window:
    window = guarded(context)
    site.html = FORM.format(enctype=enctype)
    window.page.goto(site.url)
    Form(window).read()
    return window


def calls(window: Window, script: str) -> None:
    """Let something run in the page that the script on guard there does not see."""
    session = window.page.context.new_cdp_session(window.page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
    session.send("Runtime.evaluate", {"expression": script, "contextId": world})
    window.page.wait_for_timeout(300)


@pytest.mark.parametrize("how", STORES)
def test_the_fields_of_the_open_form_are_not_sent(context: BrowserContext, site: Site, how: str) -> None:
    window = opened(context, site)
    calls(window, STORES[how])
    assert not site.sent
    with pytest.raises(OnlyReads, match="send the open form"):
        window.journal.check()


@pytest.mark.parametrize("enctype", ["application/x-www-form-urlencoded", "text/plain"])
def test_forms_are_known_in_whatever_they_are_sent_as(context: BrowserContext, site: Site, enctype: str) -> None:
    window = opened(context, site, enctype)
    calls(window, STORES["submit"])
    assert not site.sent


@pytest.mark.parametrize("target", ["", "_blank"])
def test_a_form_that_a_script_sends_is_stopped_in_the_page(context: BrowserContext, site: Site, target: str) -> None:
    window = opened(context, site)
    window.page.evaluate("target => { const [form] = document.forms; form.target = target; form.submit(); }", target)
    window.page.wait_for_timeout(300)
    assert stopped(window) and not site.sent


@pytest.mark.parametrize("what", ASKS)
def test_what_a_page_asks_for_passes(context: BrowserContext, site: Site, what: str) -> None:
    window = opened(context, site)
    calls(window, ASKS[what])
    window.journal.check()
    assert len(site.sent) == ("?" not in ASKS[what])


def test_a_form_that_was_closed_is_forgotten(context: BrowserContext, site: Site) -> None:
    window = opened(context, site)
    other = window.like(context.new_page())
    window.close()
    other.page.goto(site.url)
    calls(other, STORES["json"])
    other.journal.check()
    assert len(site.sent) == 1
