# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a page waits for answers of its server."""

from __future__ import annotations

import time
import typing as t

if t.TYPE_CHECKING:
    from playwright.sync_api import Page, Request

HOPELESS_SECONDS = 10.0
"""After this time a request counts as one that is never meant to end, as pages use to hear of news."""


class Traffic:
    """The requests of a page, from now on."""

    def __init__(self, page: Page) -> None:
        self._open: dict[Request, float] = {}
        self._last = time.monotonic()
        page.on("request", self._begins)
        page.on("requestfinished", self._ends)
        page.on("requestfailed", self._ends)

    def quiet_for(self, seconds: float) -> bool:
        """Whether nothing was asked or answered for *seconds*, and nothing is under way."""
        now = time.monotonic()
        waiting = any(now - since < HOPELESS_SECONDS for since in self._open.values())
        return not waiting and now - self._last >= seconds

    def _begins(self, request: Request) -> None:
        self._last = self._open[request] = time.monotonic()

    def _ends(self, request: Request) -> None:
        self._last = time.monotonic()
        self._open.pop(request, None)
