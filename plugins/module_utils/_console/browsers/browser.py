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

from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.environment import quiet_environment
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.workspace import workspace
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._proxy import Proxy

PLAYWRIGHT_IMPORT_ERROR: str | None = None
try:
    # It reads its environment as early as here.
    with quiet_environment():
        from playwright.sync_api import Error as PlaywrightError
        from playwright.sync_api import sync_playwright
except ImportError:
    PLAYWRIGHT_IMPORT_ERROR = traceback.format_exc()

    # To mypy it is the same name twice.
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

LAUNCH_SECONDS = 20.0
"""How long a browser may take to start, before another one is tried."""

LAST_WORDS = 300
"""How much of what a browser said before it ended is told."""

SECONDS_BETWEEN_GLANCES = 1.0
"""How often is seen to it that the browser still answers."""

SECONDS_TO_GIVE_UP = 10.0
"""How long a call may still wait for a driver that is gone."""

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
"""Environment variables that say where a window can be shown."""


@dataclass(frozen=True)
class BrowserSettings:
    """Which browser to use, and which proxy if it is started here."""

    executable: str | None = None
    endpoint: str | None = None
    headless: bool = True
    slow_motion: int = 0
    """Milliseconds to wait before each of its actions, so that a person can follow."""
    proxy: Proxy | None = None
    validate_certs: bool = True
    compiled: str | None = None
    """The folder where Playwright's driver keeps what it compiled, for its next start."""


def _say_nothing(_warning: str) -> None:
    """Stands in for who does not want to be warned."""


@contextlib.contextmanager
def browser_context(
    settings: BrowserSettings,
    storage_state: StorageState | None,
    is_stuck: t.Callable[[], bool],
    warn: t.Callable[[str], None] = _say_nothing,
) -> t.Iterator[BrowserContext]:
    """Yield an empty browser context (or one with a saved session), and leave nothing running afterwards.

    When *is_stuck* says so the browser is ended from outside, since some of its calls know no time-out.
    """
    with (
        quiet_environment(bool(settings.endpoint), settings.compiled),
        workspace(),
        _driver(settings) as playwright,
        _ended_when(is_stuck),
    ):
        browser = _browser(playwright, settings, warn)
        if not settings.validate_certs:
            warn("Certificates are not checked: anyone who intercepts the connection can read the password.")
        try:
            yield _context(browser, settings, storage_state)
        finally:
            with contextlib.suppress(PlaywrightError):
                browser.close()


@contextlib.contextmanager
def _driver(settings: BrowserSettings) -> t.Iterator[Playwright]:
    with contextlib.ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
        # One that ends at once is no failure of Playwright's own kind.
        except Exception as error:
            raise _no_browser(settings, f"Playwright's driver did not start: {_first_line(error)}") from error
        yield playwright


@contextlib.contextmanager
def _ended_when(is_stuck: t.Callable[[], bool]) -> t.Iterator[None]:
    over = threading.Event()

    def watch() -> None:
        while not over.wait(SECONDS_BETWEEN_GLANCES):
            if is_stuck():
                _end_children()
                if not over.wait(SECONDS_TO_GIVE_UP):
                    # Such a call was seen to wait on when Ctrl-C had ended the driver before.
                    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
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


def _browser(playwright: Playwright, settings: BrowserSettings, warn: t.Callable[[str], None]) -> Browser:
    if settings.endpoint:
        try:
            return _remote(playwright, settings.endpoint)
        except PlaywrightError as error:
            raise _no_browser(settings, _first_line(error)) from error
    _refuse_without_window(settings)
    failures = []
    for executable in _candidates(playwright, settings):
        try:
            return _started(playwright, executable, settings, warn)
        except PlaywrightError as error:
            failures.append(f"{executable}: {_last_words(error)}")
    raise _no_browser(settings, "; ".join(failures) or "there is none")


def _refuse_without_window(settings: BrowserSettings) -> None:
    """A headless shell takes no notice of being asked for a window."""
    name = Path(settings.executable or "").name
    if not settings.headless and "headless" in name:
        raise ConsoleError(
            f"{name} has no windows, so nobody could watch it or log in there. Name Chromium or Google Chrome in "
            "'browser_executable', or leave it out.",
            "no_window",
        )


def _candidates(playwright: Playwright, settings: BrowserSettings) -> list[str]:
    """The browsers to try, in their order: the one that was named, or those that are installed."""
    if settings.executable:
        return [settings.executable]
    names = EXECUTABLES if settings.headless else EXECUTABLES[1:]
    installed = [*map(shutil.which, names), playwright.chromium.executable_path]
    return [path for path in dict.fromkeys(installed) if path and os.access(path, os.X_OK)]


def _started(
    playwright: Playwright, executable: str, settings: BrowserSettings, warn: t.Callable[[str], None]
) -> Browser:
    if not os.access(executable, os.X_OK):
        # Playwright would find out, too, but leave folders behind.
        raise PlaywrightError("there is no such program")

    def launch(sandbox: bool) -> Browser:
        return playwright.chromium.launch(
            executable_path=executable,
            headless=settings.headless,
            slow_mo=settings.slow_motion,
            args=list(ARGUMENTS),
            chromium_sandbox=sandbox,
            proxy=settings.proxy.settings if settings.proxy else None,
            timeout=LAUNCH_SECONDS * 1000,
        )

    why = "it has none when root starts it. Let another user run the playbook"
    if os.geteuid() != 0:
        with contextlib.suppress(PlaywrightError):
            return launch(sandbox=True)
        why = "this machine does not allow it one. Let ordinary users have namespaces of their own (user namespaces)"
    browser = launch(sandbox=False)
    warn(f"The browser runs without its sandbox, since {why}.")
    return browser


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _last_words(error: PlaywrightError) -> str:
    """What a browser that did not start said before it ended, in short; if it said nothing, what Playwright says."""
    said = re.findall(r"\[err\] (.+)", str(error))
    return " ".join(" ".join(said).split())[-LAST_WORDS:] or _first_line(error)


def _context(browser: Browser, settings: BrowserSettings, storage_state: StorageState | None) -> BrowserContext:
    try:
        return browser.new_context(
            storage_state=storage_state,
            viewport=WINDOW,
            service_workers="block",
            ignore_https_errors=not settings.validate_certs,
        )
    except PlaywrightError as error:
        why = _first_line(error)
        if storage_state is None or not browser.is_connected():
            raise _no_browser(settings, why) from error
        raise ConsoleError(
            f"The browser could not take up the saved session: {why}. Delete the file in 'console_session', or make "
            "that in 'session' anew (msp.autotask.login).",
            "session_not_usable",
        ) from error


def _no_browser(settings: BrowserSettings, why: str) -> ConsoleError:
    if settings.endpoint:
        what = "use the browser at 'browser_endpoint'"
        advice = "Check the address, and that a browser with a DevTools port or a Playwright server listens there."
    elif not settings.headless and not any(map(os.environ.get, DISPLAYS)):
        what = "start a browser with a window"
        advice = "There is no display here; leave 'browser_headless' at true."
    else:
        what = "start a browser"
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
