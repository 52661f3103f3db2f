# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets nothing that is secret go to another host, whatever the pages do.

Every request that may carry what was typed is looked at before it is sent, each step of a redirect too. A window asks
for no page of another host, and nothing that holds a secret goes to one. Other hosts' pictures, scripts and frames
come as ever; nothing is typed there (Window.type). Requests are looked at over the DevTools protocol, since
Playwright's own routing switches the browser's cache off and sees only where a redirect begins.
"""

from __future__ import annotations

import contextlib
import functools
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, LedAway
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
    from playwright.sync_api import BrowserContext, CDPSession, Frame, Page

CARRIERS = ("Document", "XHR", "Fetch", "Ping", "Other")
"""What may carry what was typed, as the DevTools protocol calls it. Scripts, styles and pictures go on unseen."""

Judge = t.Callable[["Page", t.Mapping[str, t.Any]], "ConsoleError | None"]
"""Says why a request that is about to be sent must not be; it is given as the DevTools protocol describes it."""


class Border:
    """Looks at the requests of all windows of a session, from its beginning."""

    def __init__(self, context: BrowserContext, window: Window, redactor: Redactor) -> None:
        self.judges: list[Judge] = [self._refuse_to_take_secrets_away]
        self._context = context
        self._window = window
        """One that knows whose pages are the console's."""
        self._redactor = redactor
        self._codes = Redactor()
        self._led_to: dict[Page, str] = {}
        for page in context.pages:
            self._watch(page)
        context.on("page", self._watch)

    def know(self, code: str) -> None:
        """Remember a code that is about to be typed."""
        self._codes.add(code)

    def led_to(self, page: Page) -> str:
        """Where else the window *page* was led, or was about to be; empty if it never was."""
        return self._led_to.get(page, "")

    def forget(self, page: Page) -> None:
        """Let the window be used again; what is asked for next is another page."""
        self._led_to.pop(page, None)

    def _watch(self, page: Page) -> None:
        page.on("framenavigated", functools.partial(self._note, page))
        self._note(page, page.main_frame)
        with contextlib.suppress(PlaywrightError):
            session = self._context.new_cdp_session(page)
            main = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
            session.on("Fetch.requestPaused", functools.partial(self._decide, session, page, main))
            session.send("Fetch.enable", {"patterns": [{"resourceType": carrier} for carrier in CARRIERS]})

    def _note(self, page: Page, frame: Frame) -> None:
        """Notice what came before anybody looked: a new window may be quicker."""
        if frame == page.main_frame and not self._window.is_ours(frame.url):
            self._led_to[page] = frame.url

    def _decide(self, session: CDPSession, page: Page, main: str, paused: t.Mapping[str, t.Any]) -> None:
        answer = {"requestId": paused["requestId"]}
        url = paused["request"]["url"]
        with contextlib.suppress(PlaywrightError):
            if paused["resourceType"] == "Document" and paused["frameId"] == main and not self._window.is_ours(url):
                self._led_to[page] = url
                # So the page stays where it is, as if nothing had been asked.
                session.send("Fetch.failRequest", {**answer, "errorReason": "Aborted"})
                return
            failure = next(filter(None, (judge(page, paused) for judge in self.judges)), None)
            if failure is None:
                session.send("Fetch.continueRequest", answer)
                return
            self._window.journal.interrupt(failure)
            session.send("Fetch.failRequest", {**answer, "errorReason": "BlockedByClient"})

    def _refuse_to_take_secrets_away(self, _page: Page, paused: t.Mapping[str, t.Any]) -> ConsoleError | None:
        request = paused["request"]
        if self._window.is_ours(request["url"]):
            return None
        # Long ones are not shown; a form of another host's frame is none of ours.
        is_form = paused["resourceType"] == "Document" and request["method"] != "GET"
        carried = request["url"] + request.get("postData", "")
        if is_form or any(form in carried for known in (self._redactor, self._codes) for form in known.forms):
            return LedAway(request["url"], self._window.journal.current)
        return None
