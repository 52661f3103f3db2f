# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a page has asked for and has not got yet."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._addresses import host_of, same_site

if t.TYPE_CHECKING:
    from playwright.sync_api import Page, Request

BACKGROUND_SECONDS = 10.0
"""After so long, a call that is still open is one that the page holds open for news."""

AWAITED = ("document", "fetch", "xhr", "script", "stylesheet")
"""What may still change what a page shows. Pictures, fonts, beacons and streams of events do not."""


class OpenCalls:
    """Counts the open calls of one page to its own site, all its frames included, without standing in their way."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._begun: dict[Request, float] = {}
        page.on("request", self._begin)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)

    def __bool__(self) -> bool:
        """Whether something is on its way that the page waits for."""
        since = time.monotonic() - BACKGROUND_SECONDS
        return any(begun > since for begun in self._begun.values())

    def _begin(self, request: Request) -> None:
        if request.resource_type in AWAITED and same_site(host_of(request.url), host_of(self._page.url)):
            self._begun[request] = time.monotonic()

    def _end(self, request: Request) -> None:
        self._begun.pop(request, None)
