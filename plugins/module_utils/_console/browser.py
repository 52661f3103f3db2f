# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The browser: found on this machine or reached over the network, and gone again when the work is done."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import threading
import traceback
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.workspace import workspace

PLAYWRIGHT_IMPORT_ERROR: str | None = None
try:
    from playwright.sync_api import Error as PlaywrightError
    from playwright.sync_api import sync_playwright
except ImportError:
    PLAYWRIGHT_IMPORT_ERROR = traceback.format_exc()

    class PlaywrightError(Exception):  # type: ignore[no-redef]
        """Stands in for Playwright's, so that a module gets as far as saying that Playwright is missing."""


if t.TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright, StorageState, ViewportSize

EXECUTABLES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Browsers looked for, the quickest to start first; the first has no window and serves headless runs only."""

ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Autotask opens its editors by window.open.
    "--disable-popup-blocking",
)

WINDOW: t.Final[ViewportSize] = {"width": 1440, "height": 900}

SECRET_VARIABLE = re.compile("PASS|SECRET|TOKEN|CREDENTIAL|PRIVATE|KEY|INTEGRATION_CODE|ENDPOINT", re.IGNORECASE)
"""Environment variables that hold secrets by their names: this collection's, Ansible's, the scheduler's. No browser
needs them."""

SECONDS_BETWEEN_GLANCES = 1.0
"""How often is seen to it that the browser still answers."""

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
"""Environment variables that say where a window can be shown."""


@dataclass(frozen=True)
class BrowserSettings:
    """Which browser to use."""

    executable: str | None = None
    endpoint: str | None = None
    headless: bool = True


@contextlib.contextmanager
def browser_context(
    settings: BrowserSettings, storage_state: StorageState | None, is_stuck: t.Callable[[], bool]
) -> t.Iterator[BrowserContext]:
    """Yield an empty browser context (or one with a saved session), and leave nothing running afterwards.

    When *is_stuck* says so the browser is ended from outside, since some of its calls know no time-out.
    """
    for name in filter(SECRET_VARIABLE.search, list(os.environ)):
        del os.environ[name]
    with workspace(), sync_playwright() as playwright, _ended_when(is_stuck):
        browser = _browser(playwright, settings)
        try:
            yield _context(browser, settings, storage_state)
        finally:
            with contextlib.suppress(PlaywrightError):
                browser.close()


@contextlib.contextmanager
def _ended_when(is_stuck: t.Callable[[], bool]) -> t.Iterator[None]:
    over = threading.Event()

    def watch() -> None:
        while not over.wait(SECONDS_BETWEEN_GLANCES):
            if is_stuck():
                _end_children()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _end_children() -> None:
    """End Playwright's driver, and its browser with it; every call that waits for them fails then."""
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGTERM)


def _browser(playwright: Playwright, settings: BrowserSettings) -> Browser:
    executable = settings.executable or _installed(settings.headless)
    try:
        if settings.endpoint:
            return _remote(playwright, settings.endpoint)
        if not os.access(executable or playwright.chromium.executable_path, os.X_OK):
            # Playwright would find out, too, but leave folders behind.
            raise _no_browser(settings, "there is no such program")
        return playwright.chromium.launch(executable_path=executable, headless=settings.headless, args=list(ARGUMENTS))
    except PlaywrightError as error:
        raise _no_browser(settings, str(error).splitlines()[0]) from error


def _context(browser: Browser, settings: BrowserSettings, storage_state: StorageState | None) -> BrowserContext:
    try:
        return browser.new_context(storage_state=storage_state, viewport=WINDOW)
    except PlaywrightError as error:
        why = str(error).splitlines()[0]
        if storage_state is None or not browser.is_connected():
            raise _no_browser(settings, why) from error
        raise ConsoleError(
            f"The browser could not take up the session in 'console_session': {why}. Delete that file or save it anew.",
            "session_not_usable",
        ) from error


def _no_browser(settings: BrowserSettings, why: str) -> ConsoleError:
    if settings.endpoint:
        what = "use the browser at 'browser_endpoint'"
        advice = "Check the address, and that a browser with a DevTools port or a Playwright server listens there."
    elif not settings.headless and not any(map(os.environ.get, DISPLAYS)):
        what = f"start {settings.executable or 'a browser'} with a window"
        advice = "There is no display here; leave 'browser_headless' at true."
    else:
        what = f"start {settings.executable or 'a browser'}"
        advice = (
            "Install Chromium, chromium-headless-shell or Google Chrome, or run 'playwright install chromium'; or name "
            "one in the option 'browser_executable'."
        )
    return ConsoleError(f"Could not {what}: {why}. {advice}", "no_browser")


def _remote(playwright: Playwright, endpoint: str) -> Browser:
    """Connect to a running browser by the DevTools protocol; other C(ws) addresses are Playwright servers."""
    if endpoint.startswith(("ws://", "wss://")) and "/devtools/" not in endpoint:
        return playwright.chromium.connect(endpoint)
    return playwright.chromium.connect_over_cdp(endpoint)


def _installed(headless: bool) -> str | None:
    """The path of an installed browser; None leaves it to the one that Playwright downloads."""
    names = EXECUTABLES if headless else EXECUTABLES[1:]
    return next((path for path in map(shutil.which, names) if path), None)
