# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant's console, logged in: the way to every page."""

from __future__ import annotations

import contextlib
import email.utils
import hashlib
import re
import time
import typing as t
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._addresses import host_of, is_private
from ansible_collections.msp.autotask.plugins.module_utils._console import evidence
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    PlaywrightError,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    BrowserFailed,
    BrowserLost,
    ConsoleError,
    DeadlinePassed,
    Interrupted,
    LedAway,
    LoggedOut,
    LoginRefused,
    PageCrashed,
    RunIsOver,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in import session
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account_memory import (
    AccountMemory,
    Remembered,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.login import LANDINGS, Login, logged_in
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.turns import Turn, state_folder
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.border import Border
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.guard import Guard
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    Window,
    driver_lost,
)
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._tenant import (
    Tenant,
    refuse_another_than_before,
    refuse_other,
    zone_of,
)

if t.TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, StorageState

STATE_DIR = "~/.ansible/msp.autotask"
"""Where it is remembered what was tried with an account, if nobody says otherwise."""

ENTRY = "https://www.autotask.net"
"""The public address; it leads every account to its own zone."""

LANDING_SECONDS = 60.0
"""Landing pages are known to be slow."""

USER_NAME = re.compile(r"[\w.+-]+@\w[\w-]*(?:\.[\w-]+)+")

R = t.TypeVar("R")


@dataclass(frozen=True)
class ConsoleSettings:
    """How to reach and enter a tenant's console."""

    account: Account
    url: str = ENTRY
    session_path: str | None = None
    kept: session.SavedSession | None = None
    """A session that a person made, which nothing here replaces."""
    renewal: str = ""
    """What to do when that has ended."""
    browser: BrowserSettings = field(default_factory=BrowserSettings)
    labels: t.Mapping[str, t.Sequence[str]] = field(default_factory=dict)
    evidence_dir: str | None = None
    state_dir: str = STATE_DIR
    retry_refused: bool = False
    """Whether credentials that were refused before are tried once more, because a person says so."""
    tenant: str | None = None
    """Which tenant it must be, by its database, the domain of its users or its zone."""
    tenant_file: str | None = None
    """Where the first run notes which tenant it is."""
    redactor: Redactor = field(default_factory=Redactor)
    """Knows what evidence must not show."""

    @property
    def fingerprint(self) -> str:
        """Tells whose session it is, and where: the same account's name may be known at another address, too."""
        return self.account.fingerprint_at(self.url)


def in_console(settings: ConsoleSettings, journal: Journal, work: t.Callable[[Window], R]) -> R:
    """Do *work* in the console, logged in, and leave nothing of the browser behind.

    What breaks off before anything was written is begun once more, from the start, with the session it had.
    """
    (done,) = each_in_console(settings, journal, [work])
    return done


def each_in_console(
    settings: ConsoleSettings,
    journal: Journal,
    works: t.Sequence[t.Callable[[Window], R]],
    give_up: t.Callable[[Exception], R] | None = None,
) -> list[R]:
    """Do all *works* in one console, one after the other; each as a whole, so it alone is begun once more.

    The first that fails ends all. With *give_up*, what that makes of the failure stands for the work, and a new browser
    goes on with the next, unless nobody could: *give_up* raises, the console cannot be entered, or time is over. What
    is put behind the *works* meanwhile is done, too.
    """
    console = _Console(settings, journal)
    done: list[R] = []
    again_at = -1
    while len(done) < len(works):
        # The browser that is gone by now is none of this one's business.
        journal.forget()
        again = again_at == len(done)
        journal.step("Begin again, since nothing was written before the interruption" if again else "Start the browser")
        with (
            # A new browser each time: one whose pages broke off may not even close them.
            _told(journal),
            browser_context(settings.browser, console.storage_state, journal.is_stuck, journal.warn) as context,
            _left_at_the_end(console),
            _given_up(console, journal, works, done, give_up),
            _evidence_of_failure(context, journal, settings),
        ):
            try:
                with named_failures(context, journal):
                    window = console.enter(context)
                    while len(done) < len(works):
                        found = works[len(done)](window)
                        if give_up:
                            # Later, it would be taken for the next one's failure.
                            journal.heed()
                        done.append(found)
                        journal.has_written = False
                        # A question may come up at the very end.
                        journal.heed()
            except Interrupted:
                if again_at == len(done) or journal.has_written:
                    raise
                again_at = len(done)
                console.comes_back = True
    return done


class _Console:
    """What it takes to enter the console, with one browser after another."""

    def __init__(self, settings: ConsoleSettings, journal: Journal) -> None:
        self._settings = settings
        self._journal = journal
        self._words = landmarks(settings.labels)
        self._saved = settings.kept or session.load(settings.session_path, settings.fingerprint)
        self._saved_by_hand = bool(self._saved and not self._saved.fingerprint)
        self._led_to = ""
        """Where else a saved session led."""
        self._logs_out = False
        """Whether the session is of this run only."""
        self._is_in = False
        """Whether the present browser shows the console."""
        self.comes_back = False
        """Whether the session is still needed when the browser goes."""

    @property
    def storage_state(self) -> StorageState | None:
        """The session, as a browser takes it up."""
        return self._saved.storage_state if self._saved else None

    def enter(self, context: BrowserContext) -> Window:
        """A window of the console, logged in: by the saved session, or else by the account's credentials."""
        self.comes_back = self._is_in = False
        self._context = context
        self._watch(context)
        window = self._window = Window(context.new_page(), self._journal, self._words)
        window.landing = self._settings.url
        window.also_home = self._settings.account.hosts
        border = window.border = Border(context, window, self._settings.redactor)
        # For all windows at once: one that opens may ask before anybody has noticed it.
        context.on("dialog", window.answer)
        if not (self._saved and self._resume(window, self._saved)):
            if self._settings.kept:
                raise self._ended()
            border.forget(window.page)
            window.landing = self._settings.url
            self._log_in(window)
        window.landing = window.page.url
        self._refuse_another_tenant(window)
        if self._journal.read_only:
            window.guard = Guard(context, self._journal, self._words, border)
            window.guard.arm()
        else:
            window.turn = self._turn_of_tenant(window)
        self._is_in = True
        return window

    def outlasts(self, failure: Exception) -> bool:
        """Whether others may do better than what failed."""
        return self._is_in and not isinstance(failure, DeadlinePassed | RunIsOver)

    def leave(self) -> None:
        """Log out, unless others know the session. What goes wrong with that must not hide what was done before."""
        journal = self._journal
        if self.comes_back or not self._logs_out or journal.seconds_left() <= 0:
            return
        with contextlib.suppress(ConsoleError, PlaywrightError):
            if Shell(self._window).log_out():
                return
        journal.warn(
            "The session could not be logged out; Autotask ends it after some hours without activity. No other program "
            "has it. If this tenant words it differently, name its wording in 'labels' under 'profile' and 'log_out'."
        )

    def _watch(self, context: BrowserContext) -> None:
        """Notice at once when a page or the whole browser is gone, which otherwise looks like one that is slow."""
        journal = self._journal

        def crashed(_page: Page) -> None:
            journal.interrupt(
                PageCrashed(
                    f"A page crashed in the browser at this step: {journal.current}. Run again; if it "
                    "happens again, give the machine more memory, or lower Ansible's 'forks'.",
                    step=journal.current,
                )
            )

        context.on("page", lambda page: page.on("crash", crashed))
        if context.browser:
            context.browser.on("disconnected", lambda _browser: journal.interrupt(_browser_lost(journal)))

    def _refuse_another_tenant(self, window: Window) -> None:
        settings = self._settings
        seen = self._tenant_in(window) if settings.tenant or settings.tenant_file else Tenant()
        if settings.tenant:
            refuse_other(settings.tenant, seen)
        if settings.tenant_file:
            refuse_another_than_before(Path(settings.tenant_file), seen, is_named=bool(settings.tenant))

    def _turn_of_tenant(self, window: Window) -> Turn:
        """What keeps runs on this machine from writing to one tenant at once, whoever they log in as."""
        tenant = self._tenant_in(window)
        name = f"{tenant.database or tenant.domains} {host_of(window.page.url)}"
        folder = state_folder(self._settings.state_dir) / "tenants"
        lock = folder / f"{hashlib.sha256(name.encode()).hexdigest()}.lock"
        return Turn(lock, self._journal, window.pause, "another run has written to this tenant")

    def _tenant_in(self, window: Window) -> Tenant:
        """What the page behind the log-in shows of the tenant."""
        window.wait_until(window.page.title, GLANCE_SECONDS)
        # The title was seen in a picture of 2018: high confidence. That the page names who is logged in is assumed.
        _product, _dash, database = window.page.title().partition(" - ")
        users = [self._settings.account.user_name]
        if self._saved_by_hand:
            users = USER_NAME.findall(window.page.content())
        domains = {name.rpartition("@")[2].casefold() for name in users if "@" in name}
        return Tenant(database.strip(), tuple(sorted(domains)), zone_of(window.page.url))

    def _resume(self, window: Window, saved: session.SavedSession) -> bool:
        """Go on with a saved session; False if Autotask has ended it."""
        window.journal.step("Open the console with the saved session")
        landings = (
            [saved.landing] if saved.landing else [urllib.parse.urljoin(self._settings.url, at) for at in LANDINGS]
        )
        for landing in landings:
            try:
                if _lands(window, landing):
                    return True
            except LoggedOut:
                pass
            except LedAway as led:
                # Sent elsewhere to log in, or by somebody on the way.
                self._led_to = led.place
        return False

    def _ended(self) -> LoginRefused:
        shown = urllib.parse.urlsplit(self._window.page.url)
        return LoginRefused(
            f"The session that a person kept for {self._settings.url} has ended: the console leads to "
            f"{self._led_to or f'{shown.hostname}{shown.path}'}. Nothing was typed. {self._settings.renewal}".rstrip(),
            "session_ended",
        )

    def _log_in(self, window: Window) -> None:
        account, url = self._settings.account, self._settings.url
        memory = AccountMemory(self._settings.state_dir, account.identity_at(url))
        with memory.turn(window.journal, window.pause):
            self._refuse_what_was_refused(memory.read())
            window.journal.step("Open the login page")
            login = Login(window, account, url, memory)
            try:
                go(window, url)
                login.run()
            except (LedAway, LoginRefused) as error:
                refusal = login.led_away(error) if isinstance(error, LedAway) else error
                if self._saved_by_hand:
                    refusal.message = f"The session in 'console_session' has ended; save it anew. {refusal.message}"
                raise refusal from None
        self._logs_out = True
        self._saved = session.SavedSession(
            fingerprint=self._settings.fingerprint,
            landing=window.page.url,
            storage_state=self._context.storage_state(),
        )
        if self._settings.session_path and not self._saved_by_hand:
            session.save(self._settings.session_path, self._saved)
            self._logs_out = False

    def _refuse_what_was_refused(self, memory: Remembered) -> None:
        reason = memory.refused(self._settings.account.credentials)
        if reason and not self._settings.retry_refused:
            raise LoginRefused(
                f"Autotask refused exactly these credentials of {self._settings.account.user_name} before ({reason}). "
                "Nothing was typed now, because Autotask locks accounts. Correct them; or, if they are right by now "
                "(account unlocked, clock set), set 'retry_refused' for one run.",
                "refused_before",
            )


@contextlib.contextmanager
def another_window(window: Window) -> t.Iterator[Window]:
    """A way into the console that knows nothing of the first.

    An editor that is opened there leaves those of the first alone. Opened from the same page, it might take their
    place: windows are said to be named after their kind.
    """
    another = window.like(window.page.context.new_page())
    try:
        _lands(another, window.landing)
        yield another
    finally:
        another.close()


class _List(t.Protocol):
    """A page that is opened from the menus."""

    window: Window

    def __init__(self, window: Window) -> None: ...

    def open(self) -> None: ...


L = t.TypeVar("L", bound=_List)


@contextlib.contextmanager
def opened_elsewhere(page: L) -> t.Iterator[L]:
    """The same list, opened in another window, so that it shows what is stored by now."""
    with another_window(page.window) as window:
        another = type(page)(window)
        another.open()
        yield another


@contextlib.contextmanager
def _left_at_the_end(console: _Console) -> t.Iterator[_Console]:
    try:
        yield console
    finally:
        console.leave()


@contextlib.contextmanager
def _given_up(
    console: _Console,
    journal: Journal,
    works: t.Sequence[t.Any],
    done: list[R],
    give_up: t.Callable[[Exception], R] | None,
) -> t.Iterator[None]:
    """Let *give_up* stand for the one of *works* that failed, if there is use in going on."""
    try:
        with _told(journal):
            yield
    except Exception as error:
        if give_up is None or not console.outlasts(error):
            raise
        done.append(give_up(error))
        console.comes_back = len(done) < len(works)


@contextlib.contextmanager
def _told(journal: Journal) -> t.Iterator[None]:
    """Let a failure tell what Autotask said and what was noticed before it."""
    try:
        yield
    except AutotaskError as error:
        error.details["messages"] = [*journal.messages]
        error.details["warnings"] = [*journal.warnings]
        raise


@contextlib.contextmanager
def _evidence_of_failure(context: BrowserContext, journal: Journal, settings: ConsoleSettings) -> t.Iterator[None]:
    """Keep evidence of whatever goes wrong, where the user wants it; never let that hide what went wrong."""
    try:
        yield
    except Exception as error:
        if settings.evidence_dir:
            told = _keep_evidence(context, journal, error, settings.evidence_dir, settings.redactor)
            if isinstance(error, ConsoleError):
                error.message += f" {told}"
            else:
                error.add_note(told)
        raise


def _keep_evidence(context: BrowserContext, journal: Journal, error: Exception, folder: str, redactor: Redactor) -> str:
    """Keep evidence and say where it is, or why it could not be kept."""
    try:
        place, missing = evidence.keep(context, journal, error, folder, redactor)
    except OSError as why:
        return f"Evidence could not be kept in {folder}: {why.strerror}."
    if isinstance(error, ConsoleError):
        error.details["evidence"] = str(place)
    return f"Evidence: {place}." + "".join(f" It lacks {what}." for what in missing)


@contextlib.contextmanager
def named_failures(context: BrowserContext, journal: Journal) -> t.Iterator[None]:
    """Give the browser's own failures a name and a place."""
    try:
        yield
    except PlaywrightError as error:
        journal.check()
        if context.browser and not context.browser.is_connected():
            raise _browser_lost(journal) from error
        if not _hears(context):
            raise driver_lost(journal) from error
        raise BrowserFailed(
            f"The browser could not do this step: {journal.current}. It says: {str(error).splitlines()[0]}",
            step=journal.current,
        ) from error


def _browser_lost(journal: Journal) -> BrowserLost:
    return BrowserLost(
        f"The browser ended, or the connection to it, at this step: {journal.current}. Run again; if it happens "
        "again, check memory, or the log of a browser that runs elsewhere.",
        step=journal.current,
    )


def _hears(context: BrowserContext) -> bool:
    """Whether the browser still answers."""
    try:
        context.cookies()
    except PlaywrightError:
        return False
    return True


def _lands(window: Window, landing: str) -> bool:
    """Whether the page at *landing* shows the console, and no other host's in its place."""
    window.landing = landing
    go(window, landing)
    return bool(window.wait_until(lambda: logged_in(window), LANDING_SECONDS))


def go(window: Window, url: str) -> None:
    """Open *url*, if nobody can read what is sent there."""
    if not is_private(url):
        raise ConsoleError(
            f"{url.split('?')[0]} is not an encrypted address, so nothing was sent there. Use https in 'console_url'.",
            "insecure_url",
        )
    try:
        response = window.page.goto(url, wait_until="domcontentloaded", timeout=window.milliseconds(LANDING_SECONDS))
        window.clock_ahead = _seconds_after(response.headers.get("date", "")) if response else 0
    except PlaywrightError as error:
        window.journal.refuse_if_late()
        window.stop_if_led_away()
        if "ERR_CERT_" in str(error):
            raise ConsoleError(
                f"The certificate of {host_of(url)} was not accepted: {str(error).splitlines()[0]}. Where a company "
                "proxy re-signs traffic, let the browser trust its authority (the NSS database ~/.pki/nssdb of the "
                "user that runs the playbook); anything else should be looked into. Nothing was typed.",
                "certificate",
            ) from error
        raise ConsoleError(
            f"The console at {url.split('?')[0]} cannot be reached: {str(error).splitlines()[0]}. Check 'console_url' "
            "and the network of the machine that runs the playbook.",
            "not_reachable",
        ) from error


def _seconds_after(date: str) -> int:
    """How long ago *date* was, as HTTP writes it; 0 if it is none."""
    parsed = email.utils.parsedate_tz(date)
    return round(time.time() - email.utils.mktime_tz(parsed)) if parsed else 0
