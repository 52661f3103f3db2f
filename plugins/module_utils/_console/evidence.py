# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person needs to see after a failure: a picture and an outline, with no secret or personal data."""

from __future__ import annotations

import json
import tempfile
import time
import typing as t
import urllib.parse
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._redaction import GENERATED, Redactor, without_generated

if t.TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PRIVATE = "input, textarea, tr, [role=row]"
"""What pictures cover and outlines leave out: everything that was typed, and the rows of lists, which name people."""

OUTLINE = r"""(hidden) => [...document.querySelectorAll('body *')]
    .filter(element => !element.closest(hidden) && !element.matches('script, style, option')
      && element.checkVisibility()
      && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .map(element => element.textContent.replace(/\s+/g, ' ').trim()).filter(text => text.length < 200)"""


PICTURE_SECONDS = 15
"""A browser that has just started on a busy machine took more than five."""

MARKED = "data-generated"

MARK = r"""([pattern, mark]) => {
    for (const element of document.querySelectorAll('body *'))
        if ([...element.childNodes].some(node =>
            node.nodeType === Node.TEXT_NODE && new RegExp(pattern).test(node.data))) element.setAttribute(mark, '');
}"""
"""Marks what says something generated itself; the words of neighbours run together in what is around them."""


def keep(
    context: BrowserContext, journal: Journal, error: Exception, folder: str, redactor: Redactor
) -> tuple[Path, list[str]]:
    """Write the evidence of *error* into a new folder below *folder*, for its owner's eyes only.

    Return that folder, and what could not be had of the windows, and why. OSError if nothing can be written there.
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    # Tenants of one fleet may fail in the same second. Such a folder is made with mode 0700.
    place = Path(tempfile.mkdtemp(prefix=time.strftime("%Y%m%dT%H%M%S-"), dir=folder))
    missing: list[str] = []

    def each(what: str, of: t.Callable[[Page], t.Any]) -> t.Iterator[tuple[int, t.Any]]:
        for number, page in enumerate(pages, start=1):
            try:
                yield number, of(page)
            except PlaywrightError as why:
                missing.append(f"{what} {number} ({str(why).splitlines()[0]})")

    pages = [page for page in context.pages if not page.is_closed()]
    if not pages:
        missing.append("the windows, which are gone")
    outline = {
        "reason": getattr(error, "reason", type(error).__name__),
        "step": without_generated(journal.current),
        "steps": [without_generated(step) for step in journal.steps],
        "messages": [without_generated(message) for message in journal.messages],
        "windows": [window for _number, window in each("the words of window", _window)],
    }
    _write(place / "outline.json", (json.dumps(redactor.data(outline), indent=2, ensure_ascii=False) + "\n").encode())
    for number, picture in each("the picture of window", lambda page: _picture(page, redactor)):
        _write(place / f"window-{number}.png", picture)
    return place, missing


def _picture(page: Page, redactor: Redactor) -> bytes:
    for frame in page.frames:
        frame.evaluate(MARK, [GENERATED.pattern, MARKED])
    masks = [frame.locator(f"{PRIVATE}, [{MARKED}]") for frame in page.frames]
    # A page may say back what was typed.
    masks += [frame.get_by_text(secret) for frame in page.frames for secret in redactor.forms]
    return page.screenshot(mask=masks, timeout=PICTURE_SECONDS * 1000)


def _window(page: Page) -> dict[str, t.Any]:
    texts = [text for frame in page.frames for text in frame.evaluate(OUTLINE, PRIVATE)]
    return {
        "address": urllib.parse.urlsplit(page.url)._replace(query="", fragment="").geturl(),
        "title": without_generated(page.title()),
        "words": [without_generated(text) for text in dict.fromkeys(texts)],
    }


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
