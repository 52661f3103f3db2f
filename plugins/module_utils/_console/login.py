# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in: panel by panel, each credential once, every refusal by its name.

A wrong password brings an account closer to being locked, and the account may be the only administrator. So nothing
here is ever tried twice.
"""

from __future__ import annotations

import email.utils
import hashlib
import re
import time
import typing as t
import urllib.parse
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._addresses import (
    AUTOTASK_DOMAIN,
    host_of,
    is_autotask,
    is_home,
    is_private,
    may_have_secrets,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.account_memory import AccountMemory
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    BrowserFailed,
    Interrupted,
    LoginRefused,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.one_time_codes import OneTimeCodes, one_time_codes
from ansible_collections.msp.autotask.plugins.module_utils._console.window import (
    LOGIN_PAGE,
    STEP_SECONDS,
    PlaywrightError,
    Window,
)

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

CLOCK_SECONDS = 20
"""How far two clocks may be apart before it is worth a word: codes of the neighbouring half minutes are taken, too."""

COUNTED = ("wrong_password", "wrong_code", "locked")
"""Refusals that bring an account closer to being locked, or keep it so."""

T = t.TypeVar("T")

TEXT_BOX = "input[type=text], input[type=email], input[type=tel], input[type=number], input:not([type])"
PASSWORD_BOX = "input[type=password]"

# What the page says when it does not let somebody in. The exact sentences were never seen, so the words that any such
# sentence must have are looked for; the first row that fits counts.
REFUSALS = (
    ("locked", r"\block(ed)?\b", "The account is locked. Unlock it in Autotask before running again."),
    (
        "password_expired",
        r"password (has |is )?(expired|must be changed)|change your password",
        "The account's password has expired. Log in by hand once and set a new one.",
    ),
    (
        "first_login",
        r"create (a |your |new )*password|set up (your )?(two|2|multi)|welcome.*first",
        "This account has never been used. Log in by hand once, set its password and two-factor authentication.",
    ),
    (
        "kaseyaone_required",
        r"(require|must|only).{0,60}kaseyaone|kaseyaone.{0,60}(require|must)",
        "This tenant requires KaseyaOne. Make the account an exception (User Exceptions), or name a session that was "
        "saved by hand in the option 'console_session'.",
    ),
    (
        "wrong_code",
        r"(code|token|passcode).{0,40}(invalid|incorrect|wrong|expired|already|not valid)|"
        r"(invalid|incorrect|wrong).{0,40}(code|token|passcode)",
        "The one-time code was refused. Check 'console_totp_secret' and this machine's clock. A code counts once: "
        "another program may have logged in with the same secret in the same half minute.",
    ),
    (
        "wrong_password",
        r"(invalid|incorrect|wrong|not valid|unable to log|log ?in failed|does not match|not recogni[sz]ed)",
        "The user name or password was refused. It was tried once and will not be tried again, because Autotask locks "
        "accounts. Check 'console_username' and 'console_password'.",
    ),
)


@dataclass(frozen=True)
class Account:
    """Who logs in. The TOTP secret is the one that the authenticator app was given."""

    user_name: str
    password: str | None
    totp_secret: str | None = None

    @property
    def codes(self) -> OneTimeCodes | None:
        """Its one-time codes; BadTotpSecret if none can be made."""
        return one_time_codes(self.totp_secret) if self.totp_secret else None

    @property
    def credentials(self) -> str:
        """What is refused as a whole, if it is refused."""
        return "\0".join((self.password or "", self.totp_secret or ""))

    def identity_at(self, url: str) -> str:
        """Tells whom Autotask counts attempts for. All of its own addresses know the same users."""
        host = host_of(url)
        return "\0".join((AUTOTASK_DOMAIN if is_autotask(host) else host, self.user_name.strip().casefold()))

    def fingerprint_at(self, url: str) -> str:
        """Tells accounts, their credentials and the address they are for apart, without holding them."""
        parts = "\0".join((url, self.user_name, self.password or "", self.totp_secret or ""))
        return hashlib.sha256(parts.encode()).hexdigest()


LANDINGS = ("/AutotaskOnyx/LandingPage", "/Mvc/Framework/Navigation.mvc/Landing")
"""Where logging in leads: today, and in older builds."""


def logged_in(window: Window) -> bool:
    """Whether the window shows the application, and not somebody else's page at such an address."""
    url = window.page.url
    return is_landing(url) and (not window.home or is_home(url, window.home))


def is_landing(url: str) -> bool:
    """Whether logging in leads to such an address."""
    return any(landing in url.partition("?")[0] for landing in LANDINGS)


class Login:
    """The login page: one document whose panels follow one another."""

    def __init__(self, window: Window, account: Account, url: str, memory: AccountMemory) -> None:
        self.window = window
        self.account = account
        self._memory = memory
        self._host = host_of(url)
        self._on_login_page = False
        self._password_typed = False
        self._read_before: set[str] = set()
        self._first_panel: set[str] = set()

    def run(self) -> None:
        """Go through all panels. Whatever interrupts it, nothing is tried a second time."""
        try:
            self._go_through_panels()
            self._memory.was_let_in()
        except LoginRefused as refusal:
            if refusal.reason in COUNTED:
                self._memory.was_refused(self.account.credentials, refusal.reason)
            raise
        except (Interrupted, PlaywrightError) as interruption:
            if isinstance(interruption, (BrowserFailed, PlaywrightError)) and not self._password_typed:
                raise
            self.window.journal.refuse_if_late()
            said = str(interruption).splitlines()[0]
            raise LoginRefused(
                f"Logging in was interrupted and not tried again. {said}", "login_interrupted"
            ) from interruption

    def _go_through_panels(self) -> None:
        journal = self.window.journal
        journal.step("Log in: enter the user name")
        self._fill(self._box(TEXT_BOX, "user name"), self.account.user_name, "continue")
        self._first_panel = self._read_before
        journal.step("Log in: enter the password")
        box, password = self._box(PASSWORD_BOX, "password"), self._password()
        self._password_typed = True
        self._fill(box, password, "log_in")
        if self._outcome() == "code":
            journal.step("Log in: enter the one-time code")
            self._fill(self._box(TEXT_BOX, "one-time code"), self._code(), "log_in")
            if self._outcome(code_given=True) == "code":
                raise self._refusal("wrong_code", self._said())

    def _fill(self, box: ElementHandle, value: str, button: str) -> None:
        self._read_before = set(self.window.texts())
        box.fill(value, timeout=self.window.milliseconds())
        buttons = self.window.matches(self.window.landmarks[button])
        if len(buttons) == 1:
            buttons[0].element.click(timeout=self.window.milliseconds())
        else:
            box.press("Enter")

    def _box(self, selector: str, what: str) -> ElementHandle:
        """Wait for the panel's one text box."""
        boxes: list[ElementHandle] = []

        def there() -> bool:
            self._stop_if_elsewhere()
            self._stop_if_led_away()
            boxes[:] = [box for box in self.window.page.query_selector_all(selector) if box.is_visible()]
            if len(boxes) != 1:
                self._stop_if_refused()
            return bool(boxes)

        self._wait(there)
        if len(boxes) != 1:
            raise LoginRefused(
                f"The login page should ask for the {what} now, but shows {len(boxes)} boxes and these words: "
                f"{'; '.join(self.window.texts()[:20])}. Nothing more was tried.",
                "login_not_recognised",
            )
        return boxes[0]

    def _outcome(self, code_given: bool = False) -> str:
        """Wait for what follows password or code: the application, the code panel, a refusal, or the first panel."""

        def there() -> str:
            self._stop_if_elsewhere()
            if logged_in(self.window):
                return "in"
            self._stop_if_refused()
            # Its box for the user name must not be taken for one for a code.
            self._stop_if_begun_anew()
            # Looked at once more, because the first panel or the application, which have text boxes too, may have come
            # in between.
            if not code_given and self._asks_for_code() and self._says_news() and not logged_in(self.window):
                return "code"
            return ""

        outcome = self._wait(there)
        if not outcome:
            raise LoginRefused(
                f"The login page did not go on within {STEP_SECONDS:g} seconds and says: {self._said()}. Nothing more "
                "was tried.",
                "login_not_recognised",
            )
        return outcome

    def _wait(self, condition: t.Callable[[], T]) -> T | None:
        """Wait as windows do, but on the page where being logged out is normal."""

        def value() -> T | None:
            self.window.check_answers()
            try:
                return condition()
            except PlaywrightError:
                # Navigation destroyed what was being looked at.
                return None

        return self.window.journal.wait(value, self.window.pause, STEP_SECONDS)

    def _stop_if_begun_anew(self) -> None:
        if self._asks_for_code() and set(self.window.texts()) == self._first_panel:
            raise LoginRefused(
                "Logging in was interrupted and not tried again. The login page began anew, as if the session had "
                "ended at once. Run again.",
                "login_interrupted",
            )

    def _says_news(self) -> bool:
        """Whether the page says anything that the first panel did not."""
        return not set(self.window.texts()) <= self._first_panel

    def _asks_for_code(self) -> bool:
        page = self.window.page
        return any(box.is_visible() for box in page.query_selector_all(TEXT_BOX)) and not any(
            box.is_visible() for box in page.query_selector_all(PASSWORD_BOX)
        )

    def _password(self) -> str:
        if not self.account.password:
            raise LoginRefused(
                "There is no saved session that is still valid, and no 'console_password' to log in with. Give the "
                "password, or save a session by hand and name it in 'console_session'.",
                "password_needed",
            )
        return self.account.password

    def _code(self) -> str:
        codes = self.account.codes
        if codes is None:
            raise LoginRefused(
                "This account needs a one-time code (two-factor authentication), and 'console_totp_secret' is not set. "
                "Give the secret that its authenticator app was set up with.",
                "two_factor_required",
            )
        return self._next_code(codes)

    def _next_code(self, codes: OneTimeCodes) -> str:
        """The first code that nobody has used; it counts as used from now on, whatever becomes of it."""
        wait = self._memory.read().used_until - time.time()
        # A clock that was put back must not let us wait for hours.
        if 0 < wait <= codes.period:
            self.window.journal.step("Log in: wait for the next one-time code, as the last one was used")
            self.window.page.wait_for_timeout((wait + 0.5) * 1000)
        step = codes.step(time.time())
        self._memory.used_code((step + 1) * codes.period)
        return codes.code(step)

    def _stop_if_elsewhere(self) -> None:
        url = self.window.page.url
        if not may_have_secrets(host_of(url), self._host):
            raise self._led_away()
        if not is_private(url):
            raise LoginRefused(
                f"The console led to {url.split('?')[0]}, which is not encrypted. Nothing was typed. Somebody may "
                "be on the way; look into it.",
                "insecure_url",
            )

    def _stop_if_led_away(self) -> None:
        """Between two panels the login page stays where it is."""
        was_here, self._on_login_page = self._on_login_page, LOGIN_PAGE in self.window.page.url
        if was_here and not self._on_login_page:
            raise self._led_away()

    def _led_away(self) -> LoginRefused:
        place = urllib.parse.urlsplit(self.window.page.url)
        return LoginRefused(
            f"Autotask sends this account to {place.hostname}{place.path} to log in (single sign-on). Use an account "
            "that logs in with an Autotask password, or name a session that was saved by hand in the option "
            "'console_session'.",
            "single_sign_on",
        )

    def _stop_if_refused(self) -> None:
        said = self._said()
        for reason, words, _advice in REFUSALS:
            if re.search(words, said, re.IGNORECASE):
                raise self._refusal(reason, said)

    def _said(self) -> str:
        """What the page says since the last answer was given."""
        return "; ".join(text for text in self.window.texts() if text not in self._read_before)

    def _refusal(self, reason: str, said: str) -> LoginRefused:
        advice = next(advice for known, _words, advice in REFUSALS if known == reason)
        clock = self._clock() if reason == "wrong_code" else ""
        return LoginRefused(
            f"Autotask did not let the console account in. {advice}{clock} The page says: {said[:300]}", reason
        )

    def _clock(self) -> str:
        """What to say of this machine's clock, if it is off."""
        date = email.utils.parsedate_tz(self.window.server_date or "")
        ahead = round(time.time() - email.utils.mktime_tz(date)) if date else 0
        if abs(ahead) < CLOCK_SECONDS:
            return ""
        return f" This machine's clock is {abs(ahead)} seconds {'ahead of' if ahead > 0 else 'behind'} Autotask's."
