# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a window does on pages that the simulator does not have."""

from __future__ import annotations

import http.server
import threading
import time
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import journal as journal_module
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import RunIsOver
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import PRESS_SECONDS, Window

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

COVER = """<div id="cover" style="position: fixed; inset: 0">Please wait</div>"""
FORM = b'<form action="/saved" method="post"><button onclick="fetch(\'/pressed\')">Save & Close</button></form>'

BUSY = f"""let heard = 0; addEventListener('click', () => heard++); addEventListener('%s', () => {{
  for (const until = performance.now() + {2000 * PRESS_SECONDS}; performance.now() < until;); }}, {{once: true}})"""


class SlowSite(http.server.BaseHTTPRequestHandler):
    """A form that is posted as forms were before scripts did that, and is slow to be saved."""

    def do_GET(self) -> None:
        t.cast("Counting", self.server).asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(FORM)

    def do_POST(self) -> None:
        time.sleep(2 * PRESS_SECONDS)
        self.do_GET()

    def log_message(self, *message: object) -> None:
        """Say nothing."""


class Counting(http.server.ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), SlowSite)
        self.asked: list[str] = []


@pytest.fixture
def site() -> t.Iterator[Counting]:
    with Counting() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.usefixtures("shared_playwright")
def test_what_is_slow_to_answer_is_pressed_once(site: Counting) -> None:
    journal = Journal(timeout=60)
    with browser_context(BrowserSettings(), None, journal.is_stuck) as context:
        window = Window(context.new_page(), journal, landmarks())
        window.page.goto(f"http://127.0.0.1:{site.server_port}/form")
        window.click("save_and_close", Intent.STORE)
        assert window.wait_until(lambda: "/saved" in site.asked)
    assert site.asked.count("/pressed") == 1 and site.asked.count("/saved") == 1


@pytest.mark.parametrize("event", ["mousemove", "mousedown", "mouseup", "click"])
@pytest.mark.usefixtures("shared_playwright")
def test_a_page_that_is_busy_with_a_press_hears_it_once(event: str) -> None:
    journal = Journal(timeout=60)
    with browser_context(BrowserSettings(), None, journal.is_stuck) as context:
        window = Window(context.new_page(), journal, landmarks())
        window.page.set_content(f"<a>Copy</a><script>{BUSY % event}</script>")
        window.press(t.cast("ElementHandle", window.page.query_selector("a")), Intent.SET)
        assert window.wait_until(lambda: window.page.evaluate("heard")) == 1


@pytest.mark.parametrize("is_read", [True, False])
@pytest.mark.usefixtures("shared_playwright")
def test_what_is_covered_is_pressed_only_as_long_as_somebody_waits_for_it(
    site: Counting, monkeypatch: pytest.MonkeyPatch, is_read: bool
) -> None:
    journal = Journal(timeout=60)
    with browser_context(BrowserSettings(), None, journal.is_stuck) as context:
        window = Window(context.new_page(), journal, landmarks())
        window.page.goto(f"http://127.0.0.1:{site.server_port}/form")
        window.page.evaluate(
            "cover => { document.body.insertAdjacentHTML('beforeend', cover); setTimeout(() => "
            "document.getElementById('cover').remove(), 2500) }",
            COVER,
        )
        looks = iter([True])
        monkeypatch.setattr(journal_module, "has_reader", lambda _file: is_read or next(looks, False))
        if is_read:
            window.click("save_and_close", Intent.STORE)
            assert window.wait_until(lambda: "/pressed" in site.asked)
        else:
            with pytest.raises(RunIsOver):
                window.click("save_and_close", Intent.STORE)
            window.pause(1)
            assert "/pressed" not in site.asked
