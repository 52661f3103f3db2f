# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person logs in, however the tenant wants it. Nothing here types or presses anything, so they may go anywhere."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._addresses import host_of, is_home
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    PlaywrightError,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.console import go, named_failures
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, DeadlinePassed
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.login import is_landing
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.session import SavedSession
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window

if t.TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


MOMENT_SECONDS = 0.5


class NobodyLoggedIn(ConsoleError):
    """The console was not there in time, or the person closed the window."""

    reason = "nobody_logged_in"


def session_of_person(url: str, browser: BrowserSettings, journal: Journal) -> SavedSession:
    """Open a window at *url*, wait until a person has logged in there, and return the session."""
    journal.step("Start a browser with a window")
    with (
        browser_context(browser, None, journal.is_stuck, journal.warn) as context,
        named_failures(context, journal),
    ):
        window = Window(context.new_page(), journal, landmarks({}))
        with _given_up_by_person(context, journal, url):
            go(window, url)
            journal.step("Wait until a person has logged in")
            landing = _landing(context, window, url)
        journal.step("Keep the session")
        return SavedSession(context.storage_state(), landing)


def _landing(context: BrowserContext, window: Window, url: str) -> str:
    """The address of the console, in whichever window it came up."""

    def there() -> str:
        if not context.pages:
            raise _closed()
        return next((page.url for page in context.pages if _shows_console(page, host_of(url))), "")

    # Time that is over ends the wait by itself.
    return window.journal.wait(there, _pause_in(context), float("inf")) or ""


@contextlib.contextmanager
def _given_up_by_person(context: BrowserContext, journal: Journal, url: str) -> t.Iterator[None]:
    """Tell what a person did, where the browser only tells what came of it."""
    try:
        yield
    except DeadlinePassed as error:
        raise NobodyLoggedIn(
            f"Nobody had logged in at {url} after {journal.timeout:g} seconds. Nothing was kept; run again, "
            "with more time in 'timeout' if need be."
        ) from error
    except (ConsoleError, PlaywrightError) as error:
        # What came of it may be heard of before it is.
        _pause_in(context)(MOMENT_SECONDS)
        if context.pages and context.browser and context.browser.is_connected():
            raise
        raise _closed() from error


def _closed() -> NobodyLoggedIn:
    return NobodyLoggedIn("The window was closed before the console was there. Nothing was kept; run again.")


def _shows_console(page: Page, host: str) -> bool:
    return is_landing(page.url) and is_home(page.url, host)


def _pause_in(context: BrowserContext) -> t.Callable[[float], None]:
    """Let the browser go on; the first window may be closed while another one is in use."""

    def pause(seconds: float) -> None:
        with contextlib.suppress(PlaywrightError, IndexError):
            context.pages[0].wait_for_timeout(seconds * 1000)

    return pause
