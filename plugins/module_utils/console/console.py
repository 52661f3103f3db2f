# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant's console, logged in: the way to every page."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils.console import evidence, session
from ansible_collections.msp.autotask.plugins.module_utils.console.browser import (
    BrowserSettings,
    PlaywrightError,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils.console.errors import ConsoleError, LoggedOut
from ansible_collections.msp.autotask.plugins.module_utils.console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils.console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils.console.login import Account, Login, logged_in
from ansible_collections.msp.autotask.plugins.module_utils.console.window import Window

if t.TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ENTRY = "https://www.autotask.net"
"""The public address; it leads every account to its own zone."""

LANDING_SECONDS = 60.0
"""Landing pages are known to be slow."""


@dataclass(frozen=True)
class ConsoleSettings:
    """How to reach and enter a tenant's console."""

    account: Account
    url: str = ENTRY
    session_path: str | None = None
    browser: BrowserSettings = field(default_factory=BrowserSettings)
    labels: t.Mapping[str, t.Sequence[str]] = field(default_factory=dict)
    evidence_dir: str | None = None


@contextlib.contextmanager
def open_console(settings: ConsoleSettings, journal: Journal) -> t.Iterator[Window]:
    """Yield the console's window, logged in; nothing of the browser is left afterwards."""
    saved = session.load(settings.session_path, settings.account.fingerprint)
    journal.step("Start the browser")
    with browser_context(settings.browser, saved.storage_state if saved else None) as context:
        with _evidence_of_failure(context, journal, settings.evidence_dir):
            window = Window(context.new_page(), journal, landmarks(settings.labels))
            if not (saved and _resume(window, saved.landing)):
                _log_in(window, settings, saved.totp_step if saved else None)
            yield window
        if not settings.session_path:
            _log_out(context)


@contextlib.contextmanager
def _evidence_of_failure(context: BrowserContext, journal: Journal, folder: str | None) -> t.Iterator[None]:
    """Keep evidence of whatever goes wrong, where the user wants it; never let that hide what went wrong."""
    try:
        yield
    except Exception as error:
        if folder:
            with contextlib.suppress(PlaywrightError, OSError):
                place = evidence.keep(context, journal, error, folder)
                if isinstance(error, ConsoleError):
                    error.message += f" Evidence: {place}."
                    error.details["evidence"] = str(place)
        raise


def _resume(window: Window, landing: str) -> bool:
    """Go on with a saved session; False if Autotask has ended it."""
    window.journal.step("Open the console with the saved session")
    _go(window, landing)
    try:
        return bool(window.wait_until(lambda: logged_in(window), LANDING_SECONDS))
    except LoggedOut:
        return False


def _log_in(window: Window, settings: ConsoleSettings, used_step: int | None) -> None:
    window.journal.step("Open the login page")
    _go(window, settings.url)
    login = Login(window, settings.account, used_step)
    login.run()
    session.save(
        settings.session_path,
        session.SavedSession(
            fingerprint=settings.account.fingerprint,
            landing=window.page.url,
            storage_state=window.page.context.storage_state(),
            totp_step=login.used_step,
        ),
    )


def _log_out(context: BrowserContext) -> None:
    """Forget a session that is not kept."""
    with contextlib.suppress(PlaywrightError):
        context.clear_cookies()


def _go(window: Window, url: str) -> None:
    window.journal.page_loads += 1
    try:
        window.page.goto(url, wait_until="domcontentloaded", timeout=window.milliseconds(LANDING_SECONDS))
    except PlaywrightError as error:
        raise ConsoleError(
            f"The console at {url.split('?')[0]} cannot be reached: {str(error).splitlines()[0]}. Check 'console_url' "
            "and the network of the machine that runs the playbook.",
            "not_reachable",
        ) from error
