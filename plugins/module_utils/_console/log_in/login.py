# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in: panel by panel, each credential once, every refusal by its name.

A wrong password brings an account closer to being locked, and the account may be the only administrator. So nothing
here is ever tried twice.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._addresses import is_private
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    BrowserFailed,
    Interrupted,
    LedAway,
    LoginRefused,
    Unavailable,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account_memory import AccountMemory
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.obstacles import Obstacles, names
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.one_time_codes import OneTimeCodes
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.panel import Button, Panel
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.refusals import COUNTED, advice, refused
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    LOGIN_PAGE,
    STEP_SECONDS,
    TOOK_TOO_LONG,
    PlaywrightError,
    Window,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

CLOCK_SECONDS = 20
"""How far two clocks may be apart before it is worth a word: codes of the neighbouring half minutes are taken, too."""

MOST_PAGES = 10
"""How many pages may follow one another before one that is known."""

# From two public automations of that log-in, one checked live in June 2026: high confidence.
KASEYAONE_FIELDS = {
    "user_name": "#username, input[name=username]",
    "company": "#organizationName, input[name=organizationName]",
}

T = t.TypeVar("T")

LANDINGS = ("/AutotaskOnyx/LandingPage", "/Mvc/Framework/Navigation.mvc/Landing")
"""Where logging in leads: today, and in older builds."""


def logged_in(window: Window) -> bool:
    """Whether the window shows the application, and not somebody else's page at such an address."""
    url = window.page.url
    return is_landing(url) and window.is_ours(url)


def is_landing(url: str) -> bool:
    """Whether logging in leads to such an address."""
    return any(landing in url.partition("?")[0] for landing in LANDINGS)


def _saying(buttons: t.Sequence[Button], texts: t.Sequence[str]) -> list[Button]:
    """The buttons with the first of these *texts* that any has."""
    found = ([button for button in buttons if same(button.words, text)] for text in texts)
    return next(filter(None, found), [])


class Login:
    """The login page: one document whose panels follow one another."""

    def __init__(self, window: Window, account: Account, url: str, memory: AccountMemory) -> None:
        self.window = window
        self.account = account
        self._memory = memory
        window.landing = url
        self._obstacles = Obstacles(bool(account.totp_secret), account.company, account.user_name)
        self._before: Panel | None = None
        """The panel that was answered last."""
        self._told_before = 0
        """How much dialogs had said until then."""
        self._judged: Panel | None = None
        """The panel that nothing had to be done about, whose words may be a refusal."""
        self._seen_since: tuple[tuple[str, ...], float] = ((), 0.0)
        self._on_login_page = False
        self._password_typed = False
        self._code_typed = False
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
            if TOOK_TOO_LONG in str(interruption) and not self._password_typed:
                raise self._covered() from interruption
            if not self._password_typed and isinstance(interruption, (BrowserFailed, Unavailable, PlaywrightError)):
                raise
            self.window.journal.refuse_if_late()
            said = str(interruption).splitlines()[0]
            raise LoginRefused(
                f"Logging in was interrupted and not tried again. {said}", "login_interrupted"
            ) from interruption

    def _go_through_panels(self) -> None:
        journal = self.window.journal
        if self.account.way == "kaseyaone":
            self._go_to_kaseyaone()
            self._tell_kaseyaone_who()
        else:
            self._tell_who()
        journal.step("Log in: enter the password")
        box, password = self._box("password"), self._password()
        with_code = self._is_code_beside()
        self._password_typed = True
        if with_code:
            self._type(box, password)
        else:
            self._fill(box, password, "log_in")
        if with_code or self._outcome() == "code":
            journal.step("Log in: enter the one-time code")
            self._fill_code()
            self._outcome(code_given=True)

    def _tell_who(self) -> None:
        self.window.journal.step("Log in: enter the user name")
        box = self._box("user name")
        panel = self._panel()
        self._first_panel = set(panel.still)
        if self._is_remembered(panel):
            return
        if panel.password_boxes:
            # Both on one panel: sent now, the password would be empty, and count.
            self._password()
            self._type(box, self.account.user_name)
        else:
            self._fill(box, self.account.user_name, "continue")

    def _is_remembered(self, panel: Panel) -> bool:
        """Whether the page knows whose password it asks for, and says so: this account's and nobody else's."""
        named = names(self.account.user_name, " ".join((*panel.texts, *panel.fixed)))
        return bool(panel.password_boxes) and not panel.text_boxes and (named or self._obstacles.chose_account)

    def _go_to_kaseyaone(self) -> None:
        """The tenant's log-in has a button for it; an address of KaseyaOne's own has the panel at once."""
        self.window.journal.step("Log in: go to KaseyaOne")
        landmark = self.window.landmarks["log_in_with_kaseyaone"]

        def there() -> str:
            if self._field("company") or self._field("user_name"):
                return "panel"
            return "button" if len(self.window.matches(landmark)) == 1 else ""

        if self._wait(there) == "button":
            self._answer(self._panel())
            self.window.matches(landmark)[0].element.click(timeout=self.window.milliseconds())

    def _tell_kaseyaone_who(self) -> None:
        self.window.journal.step("Log in: enter user name and company")
        box = self._wait(lambda: self._field("user_name"))
        if box is None:
            raise self._not_recognised("the user name and the company")
        self._first_panel = set(self._panel().still)
        # A company's own address does not ask for it.
        if company := self._field("company"):
            if not self.account.company:
                raise LoginRefused(
                    "KaseyaOne asks for the company, and 'console_company' is not set. Nothing was typed.",
                    "company_needed",
                )
            self._type(company, self.account.company)
        self._fill(box, self.account.user_name, "continue")

    def _is_code_beside(self) -> bool:
        """Whether the password's panel has a box for the code, too: sent empty, it would count as a wrong one."""
        panel = self._panel()
        is_empty = any(not box.input_value() for box in panel.text_boxes)
        return is_empty and self._obstacles.asks_for_code(panel, self._asked_on(panel))

    def _field(self, name: str) -> ElementHandle | None:
        """The field of KaseyaOne's panel of that *name*, if it is there."""
        found = [box for box in self.window.page.query_selector_all(KASEYAONE_FIELDS[name]) if box.is_visible()]
        return found[0] if len(found) == 1 else None

    def _fill_code(self) -> None:
        """Into its box, or digit by digit where each has a box."""
        self._box("one-time code")
        code, panel = self._code(), self._panel()
        boxes = panel.text_boxes if panel.is_split else self._obstacles.box_for("one-time code", panel)
        self._answer(panel)
        size, rest = divmod(len(code), len(boxes))
        if rest:
            raise self._not_recognised(f"the one-time code of {len(code)} digits")
        self._code_typed = True
        for number, box in enumerate(boxes):
            self._type(box, code[number * size :][:size])
        if not self._goes_on_by_itself(boxes[-1], code[-size:]):
            self._press("log_in", boxes[-1])

    def _goes_on_by_itself(self, box: ElementHandle, digits: str) -> bool:
        """Whether the page sends a whole code itself, as many do; if it is pressed as well, it is sent twice.

        *digits* are those of the last *box*.
        """
        before = self._before

        def outcome() -> str:
            try:
                panel = self._panel()
                as_before = before is None or (panel.boxes == before.boxes and not self._new_errors(panel))
                holds = "".join(filter(str.isdigit, box.input_value())) == digits
                if not (as_before and holds and box.is_visible() and box.is_enabled()):
                    return "gone on"
            except PlaywrightError:
                return "gone on"
            if self.window.calls:
                self._seen_since = ((), 0.0)
            return "stays" if self._stands_still(panel) else ""

        return self.window.journal.wait(outcome, self.window.pause, STEP_SECONDS) == "gone on"

    def _panel(self) -> Panel:
        frames = [*self.window.visible_frames()]
        if not frames:
            raise BrowserFailed(f"The log-in closed its window at this step: {self.window.journal.current}.")
        return Panel.of([frame for frame in frames if frame.parent_frame is None or self.window.is_ours(frame.url)])

    def _fill(self, box: ElementHandle, value: str, button: str) -> None:
        self._answer(self._panel())
        self._type(box, value)
        self._press(button, box)

    def _answer(self, panel: Panel) -> None:
        """Remember what *panel* says, and what dialogs said before, as what comes now is the answer."""
        self._before = panel
        self._told_before = len(self.window.journal.messages)

    def _type(self, box: ElementHandle, value: str) -> None:
        self.window.refuse_elsewhere(box)
        box.fill(value, timeout=self.window.milliseconds())

    def _press(self, button: str, box: ElementHandle) -> None:
        landmark = self.window.landmarks[button]
        chosen = [seen.element for seen in self.window.matches(landmark)] if landmark.selectors else []
        buttons = chosen or [each.element for each in _saying(self._panel().buttons, landmark.texts)]
        if len(buttons) == 1:
            if not buttons[0].is_enabled():
                # Some pages wait for a key; this one changes nothing.
                box.press("End")
            self._click(buttons[0], box)
        else:
            box.press("Enter")

    def _click(self, button: ElementHandle, box: ElementHandle) -> None:
        """Click *button*; if something lies over it, it may be suggestions for *box*, which go when that is left."""
        try:
            self.window.click_once(button)
        except PlaywrightError as error:
            if TOOK_TOO_LONG not in str(error):
                raise
            box.evaluate("box => box.blur()")
            button.click(timeout=self.window.milliseconds())

    def _box(self, what: str) -> ElementHandle:
        """Wait for the panel's one box for that; a code may have several."""
        boxes: list[ElementHandle] = []
        panels: list[Panel] = []

        def there() -> bool:
            self._stop_if_led_away()
            panels[:] = [self._panel()]
            of_password = what == "password" or (what == "user name" and self._is_remembered(panels[0]))
            boxes[:] = panels[0].password_boxes if of_password else self._obstacles.box_for(what, panels[0])
            if len(boxes) != 1:
                self._stop_if_refused()
            return bool(boxes)

        self._wait(there)
        if len(boxes) != 1 and not (boxes and panels[0].is_split):
            raise self._not_recognised(f"the {what}")
        return boxes[0]

    def _covered(self) -> LoginRefused:
        return LoginRefused(
            f"The login page cannot be used at this step: {self.window.journal.current}. Something lies over what is "
            "to be pressed, or it moves all the time. Nothing more was tried. The page says: "
            f"{'; '.join(self._panel().texts)[:300]}",
            "login_not_recognised",
        )

    def _not_recognised(self, what: str) -> LoginRefused:
        return LoginRefused(
            f"The login page should ask for {what} now, but shows {sum(self._panel().boxes)} boxes and these words: "
            f"{'; '.join(self.window.texts()[:20])}. Nothing more was tried.",
            "login_not_recognised",
        )

    def _outcome(self, code_given: bool = False) -> str:
        """Wait for what follows password or code: the application, the code panel, a refusal, or the first panel."""

        def there() -> str:
            if logged_in(self.window):
                return "in"
            self._stop_if_refused()
            # Its box for the user name must not be taken for one for a code.
            self._stop_if_begun_anew()
            # Looked at once more, because the first panel or the application, which have text boxes too, may have come
            # in between.
            if code_given or not self._asks_for_code() or not self._says_news() or logged_in(self.window):
                return ""
            panel = self._panel()
            if self._judged and panel.still != self._judged.still:
                return ""
            return "code" if self._obstacles.asks_for_code(panel, self._asked_on(panel)) else ""

        outcome = self._wait(there)
        if not outcome:
            panel = self._panel()
            is_before = self._before is not None and panel.boxes == self._before.boxes
            if (is_before or self._begun_anew(panel)) and self._said():
                # Whatever it says, it is the answer to what was typed, and a second try would count as well.
                raise self._refusal("login_refused", self._said())
            raise LoginRefused(
                f"The login page did not go on within {STEP_SECONDS:g} seconds. It says: "
                f"{self._said() or 'nothing new'}. Nothing more was tried.",
                "login_not_recognised",
            )
        return outcome

    def _wait(self, condition: t.Callable[[], T]) -> T | None:
        """Wait as windows do, but on the page where being logged out is normal."""

        began: list[tuple[str, ...]] = []
        seen: list[tuple[str, ...]] = []

        def value() -> T | None:
            self.window.check_answers()
            self.window.stop_if_led_away()
            try:
                panel = self._panel()
                seen[:] = [panel.still]
                began[:] = began or seen
                if self._is_passed(panel):
                    return None
                # Another may be there by now, which would have to be passed first.
                self._judged = panel
                return condition()
            except PlaywrightError:
                # Navigation destroyed what was being looked at.
                return None

        for _page in range(MOST_PAGES):
            found = self.window.journal.wait(value, self.window.pause, STEP_SECONDS)
            if found or seen == began:
                return found
            # Another page than at first: each may take its time.
            began[:] = []
        return None

    def _is_passed(self, panel: Panel) -> bool:
        """See to a page that asks for no credential; whether that is what this one is."""
        if is_landing(panel.url):
            return False
        said = self._asked_on(panel)
        button = self._obstacles.way_around(panel, said, self._password_typed)
        if not button and self._stands_still(panel) and not self._refused_words(panel):
            button = self._obstacles.close_news(panel, said, self._password_typed)
        if button:
            self.window.journal.step(f'Log in: press "{button.words}", since nothing is decided by it')
            button.press(self.window.milliseconds())
            if button in panel.choices and (sends := self._obstacles.sends(self._panel())):
                sends.press(self.window.milliseconds())
        return self._obstacles.is_passed(panel)

    def _stands_still(self, panel: Panel) -> bool:
        """Whether the page has been like this for a while: one that is being drawn may lack its boxes yet."""
        if self._seen_since[0] != panel.still:
            self._seen_since = (panel.still, time.monotonic())
        return time.monotonic() - self._seen_since[1] > GLANCE_SECONDS

    def _stop_if_begun_anew(self) -> None:
        if self._asks_for_code() and set(self._panel().still) == self._first_panel:
            raise LoginRefused(
                "Logging in was interrupted and not tried again. The login page began anew, as if the session had "
                "ended at once. Run again.",
                "login_interrupted",
            )

    def _says_news(self) -> bool:
        """Whether the page says anything that the first panel did not."""
        return not set(self._panel().still) <= self._first_panel

    def _asks_for_code(self) -> bool:
        panel, before = self._panel(), self._before
        # Some pages keep the password, and ask for the code below it.
        is_below = before is not None and panel.boxes == (len(before.text_boxes) + 1, len(before.password_boxes))
        if is_below and all(box.input_value() for box in panel.password_boxes):
            return self._obstacles.has_box_for_code(panel)
        return bool(panel.text_boxes) and not panel.password_boxes

    def _password(self) -> str:
        if not self.account.password:
            raise LoginRefused(
                "There is no saved session that is still valid, and no 'console_password' to log in with. Give the "
                "password, or let a person log in (msp.autotask.login, option 'session').",
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
            until = time.monotonic() + wait + 0.5
            self.window.journal.wait(lambda: time.monotonic() > until, self.window.pause, wait + 1)
        step = codes.step(time.time())
        self._memory.used_code((step + 1) * codes.period)
        code = codes.code(step)
        if self.window.border:
            self.window.border.know(code)
        return code

    def _stop_if_led_away(self) -> None:
        """Between two panels the login page stays where it is."""
        was_here, self._on_login_page = self._on_login_page, LOGIN_PAGE in self.window.page.url
        if was_here and not self._on_login_page and not self.account.hosts:
            raise LedAway(self.window.page.url, self.window.journal.current)

    def led_away(self, led: LedAway) -> LoginRefused:
        """The failure for an account that is led elsewhere on its way in."""
        if not is_private(led.url):
            return LoginRefused(
                f"The console led to {led.url.split('?')[0]}, which is not encrypted. Nothing was typed there. "
                "Somebody may be intercepting the connection; look into it.",
                "insecure_url",
            )
        if self._password_typed:
            said = f"{led.message} Somebody may be intercepting the connection; look into it."
            return LoginRefused(said, led.reason)
        return LoginRefused(
            f"Autotask sends this account to {led.place} to log in (single sign-on). Use an account "
            "that logs in with an Autotask password, or let a person log in (msp.autotask.login, option 'session').",
            "single_sign_on",
        )

    def _stop_if_refused(self) -> None:
        panel = self._judged or self._panel()
        said = self._told_as_refusal(panel)
        if reason := refused(said):
            raise self._refusal(reason, said)
        before = self._before
        if before is None or not self._password_typed or panel.boxes != before.boxes or not self._stands_still(panel):
            return
        if panel.invalid > before.invalid:
            raise self._refusal("wrong_code" if self._code_typed else "wrong_password", said)
        if self._new_errors(panel) or self._told():
            raise self._refusal("login_refused", said)

    def _refused_words(self, panel: Panel) -> str | None:
        return refused(self._told_as_refusal(panel))

    def _told_as_refusal(self, panel: Panel) -> str:
        """What stands where errors stand, or came while the same boxes stayed, or fills a page without any.

        A new panel may have such words in its help, which refuse nobody.
        """
        if errors := self._new_errors(panel):
            return "; ".join(errors)
        before = self._before
        is_same = before is not None and panel.boxes == before.boxes
        is_answer = is_same or self._begun_anew(panel) or not any(panel.boxes)
        return "; ".join((*self._told(), *self._new_on(panel))) if is_answer else ""

    def _begun_anew(self, panel: Panel) -> bool:
        """Whether *panel* is the first one again, whatever it says besides."""
        return bool(self._first_panel) and self._first_panel <= set(panel.still)

    def _new_errors(self, panel: Panel) -> list[str]:
        return [text for text in panel.errors if self._before is None or text not in self._before.errors]

    def _new_on(self, panel: Panel) -> list[str]:
        """What *panel* says that the last answered one did not; not looked up later, when another may be there."""
        known = self._before.still if self._before else ()
        return [text for text, still in zip(panel.texts, panel.still, strict=True) if still not in known]

    def _told(self) -> list[str]:
        """What dialogs of the browser's own have said since the last answer was given."""
        return self.window.journal.messages[self._told_before :]

    def _asked_on(self, panel: Panel) -> str:
        """What is new on *panel* apart from what can be pressed there."""
        return "; ".join(filter(None, map(panel.besides_buttons, self._new_on(panel))))

    def _said(self) -> str:
        """What the page says since the last answer was given."""
        return "; ".join((*self._told(), *self._new_on(self._panel())))

    def _refusal(self, reason: str, said: str) -> LoginRefused:
        clock = self._clock() if reason == "wrong_code" else ""
        return LoginRefused(
            f"Autotask refused to log the console account in. {advice(reason)}{clock} The page says: {said[:300]}",
            reason,
        )

    def _clock(self) -> str:
        """What to say of this machine's clock, if it is off."""
        ahead = self.window.clock_ahead
        if abs(ahead) < CLOCK_SECONDS:
            return ""
        return f" This machine's clock is {abs(ahead)} seconds {'ahead of' if ahead > 0 else 'behind'} Autotask's."
