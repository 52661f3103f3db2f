# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A window of the console: what can be seen in it, and what a person can do there by the words they see."""

from __future__ import annotations

import contextlib
import itertools
import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._addresses import host_of, is_home, is_private
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ConsoleError,
    DriverLost,
    LedAway,
    LoggedOut,
    NotSeen,
    OnlyReads,
    Refused,
    Unavailable,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.calls import OpenCalls
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.look import (
    Box,
    Look,
    Seen,
    State,
    is_shown,
    saying,
)
from ansible_collections.msp.autotask.plugins.module_utils._redaction import without_generated
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, same

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.windows.border import Border
    from ansible_collections.msp.autotask.plugins.module_utils._console.windows.guard import Guard
    from playwright.sync_api import Dialog, ElementHandle, Frame, JSHandle, Page

STEP_SECONDS = 30.0
"""How long a page may take to show what a step waits for."""

GLANCE_SECONDS = 1.5
"""How long to wait for something that may or may not come, before another way is tried."""

PRESS_SECONDS = 2.0
"""How long to try a click before looking at what covers the thing."""

BLANK_SECONDS = 12.0
"""How long a page that has come may show nothing at all."""

CLICKED = "click action done"
"""What Playwright logs of a click that was made, although something it waited for afterwards did not come."""

BEGUN = "performing click action"
"""What it logs of one that was begun; a page that is busy meanwhile hears it later, or never."""

TOOK_TOO_LONG = "Timeout"
"""What Playwright says when something lay over what was to be clicked, or it moved, until the click's time was over."""

MENU_ENTRIES = ("copy", "edit", "delete")
"""Landmarks of the menu that a row of a list has."""

WORDS_OF_BOXES = {"yes": "yes", "no": "no", "ok": "ok", "cancel": "cancel", "save": "save_and_close"}
"""Landmarks by which boxes with a message or a question are known."""

LOGIN_PAGE = "Authentication.mvc/Authenticate"

T = t.TypeVar("T")


class Window:
    """One browser window or tab."""

    def __init__(self, page: Page, journal: Journal, landmarks: t.Mapping[str, Landmark]) -> None:
        self.page = page
        self.journal = journal
        self.landmarks = landmarks
        self.calls = OpenCalls(page)
        """What the page has asked for and has not got yet."""
        self.landing = ""
        """The address that the console showed after logging in."""
        self.clock_ahead = 0
        """By how many seconds this machine's clock was ahead of the server's when the last page was asked for."""
        self.told: list[str] = []
        """What message boxes of this window said."""
        self.border: Border | None = None
        """What keeps secrets at home."""
        self.also_home: tuple[str, ...] = ()
        """Hosts besides the console's that may be given what is typed."""
        self.guard: Guard | None = None
        """What stands behind the driver in a run that only looks."""
        self.turn: t.ContextManager[object] = contextlib.nullcontext()
        """Held from the second look at what is stored to the reading of what was saved (console.py)."""
        self._blank_since: float | None = None

    @property
    def home(self) -> str:
        """The host that was logged in to; nothing is typed for others."""
        return host_of(self.landing)

    # ---- looking

    def look(self) -> list[Look]:
        """Read the visible words of every visible frame."""
        return self._look_beyond({})

    def texts(self) -> list[str]:
        """All visible words."""
        return [text for look in self.look() for text in look.texts]

    def matches(self, landmark: Landmark, looks: t.Sequence[Look] | None = None) -> list[Seen]:
        """Everything visible that *landmark* may mean: by a user's selector, its usual words, or its other words."""
        chosen = [seen for selector in landmark.selectors for seen in self._by_selector(selector)]
        if chosen:
            self.journal.found(landmark.words, chosen[0].text)
            if self.guard:
                self.guard.know(landmark, [seen.element for seen in chosen])
            return chosen
        found = [look.seen(index) for look, index in saying(landmark, self.look() if looks is None else looks)]
        if found:
            self.journal.found(landmark.words, found[0].text)
        return found

    def find(self, name: str, seconds: float = STEP_SECONDS, first: bool = False) -> Seen:
        """Wait for the landmark *name*; more than one of it is as wrong as none, unless the *first* will do."""
        landmark = self.landmarks[name]
        found = self.wait_until(lambda: self.matches(landmark), seconds)
        if not found:
            raise self.not_seen(f"{landmark} was not seen", name)
        if len(found) > 1 and not first:
            raise self.not_seen(f"{landmark} was seen {len(found)} times, so it is not clear which one is meant", name)
        return found[0]

    def sees(self, name: str, seconds: float = 0.0) -> bool:
        """Whether the landmark *name* is there, or comes within *seconds*."""
        landmark = self.landmarks[name]
        # A selector finds elements; words need no element to be seen.
        look = self.matches if landmark.selectors else lambda landmark: saying(landmark, self.look())
        return bool(self.wait_until(lambda: look(landmark), seconds))

    def wait_until(self, condition: t.Callable[[], T], seconds: float = STEP_SECONDS) -> T | None:
        """Wait until *condition* holds and return its value, or None when time is over.

        While it does not hold, see whether it still can.
        """

        def value() -> T | None:
            value = self._value_of(condition)
            if not value:
                self.check()
            return value

        return self.journal.wait(value, self.pause, seconds)

    def pause(self, seconds: float) -> None:
        """Let the browser go on for a moment."""
        try:
            self.page.wait_for_timeout(seconds * 1000)
        except PlaywrightError as error:
            # The window may have closed, which is what some steps wait for.
            self.journal.heed()
            if not self.page.is_closed():
                raise driver_lost(self.journal) from error

    def check(self) -> None:
        """Stop at once where going on makes no sense: logged out, no access, no answer, a question."""
        self.journal.heed()
        self.stop_if_led_away()
        step = self.journal.current
        states = self._states()
        for frame, state in states:
            if LOGIN_PAGE in frame.url and not self.is_ours(frame.url):
                raise LedAway(frame.url, step)
            if LOGIN_PAGE in frame.url:
                raise LoggedOut(f"Autotask logged the session out at this step: {step}. Run the task again.", step=step)
            if "Authorization.mvc/Failure" in frame.url or "Access Denied" in state.title:
                raise ConsoleError(
                    f"Autotask denies access at this step: {step}. The console account needs the Admin permission "
                    "'Resources/Users (HR)'.",
                    "access_denied",
                    step=step,
                )
        self.check_answers(states)
        for _frame, state in states:
            for name in state.stopped:
                raise only_reads(self.journal, f'press "{without_generated(name)}"')
        self._stop_if_blank(states)
        if any(state.boxes for _frame, state in states):
            self.answer_boxes()

    def check_answers(self, states: t.Sequence[tuple[Frame, State]] | None = None) -> None:
        """Stop if a page did not come, or an error page in its place."""
        for frame, state in self._states() if states is None else states:
            if frame.url.startswith("chrome-error:"):
                what = "did not answer"
            elif state.status >= 500:
                what = f"answered with an error page (status {state.status}: {'; '.join(self.texts()[:5])})"
            else:
                continue
            raise Unavailable(
                f"Autotask {what} at this step: {self.journal.current}. Run again later.", step=self.journal.current
            )

    @property
    def failed_calls(self) -> int:
        """How many calls of the pages' own scripts went wrong, which shows as an empty list or nothing at all."""
        return sum(state.failed_calls for _frame, state in self._states())

    def not_seen(self, what: str, name: str) -> NotSeen:
        """The failure that says what was looked for, what was there instead, and how to help."""
        texts = list(dict.fromkeys(without_generated(text) for text in self.texts() if len(text) < 80))
        close = nearest(self.landmarks[name].words, texts) if name in self.landmarks else []
        hint = f"Nearest on the page: {', '.join(map(repr, close))}. " if close else ""
        return NotSeen(
            f"{what} at this step: {self.journal.current}. {hint}If this tenant words it differently, name that "
            f"wording in the option 'labels' under '{name}'.",
            step=self.journal.current,
            landmark=name,
            seen=texts[:150],
        )

    # ---- doing

    def click(self, name: str, intent: Intent, seconds: float = STEP_SECONDS) -> None:
        """Click the landmark *name*."""
        self.press(self.find(name, seconds).element, intent)

    def press(self, element: ElementHandle, intent: Intent, button: t.Literal["left", "right"] = "left") -> None:
        """Click *element*, with real mouse events; if something lies over it, put that aside first."""
        until = time.monotonic() + STEP_SECONDS
        for attempt in itertools.count():
            # Looked at before each attempt, since whoever waits for the outcome may be gone while something covers it.
            self._refuse_unless_allowed(intent, lambda: f"press {_words_of(element)}")
            try:
                self.click_once(element, button)
                return
            except PlaywrightError as error:
                self.check()
                may_be_free = (
                    TOOK_TOO_LONG in str(error) and time.monotonic() < until and self.journal.seconds_left() > 0
                )
                if attempt and not may_be_free:
                    self._stop_at_what_covers(element)
                    raise
                self.clear_the_way(element)

    def click_once(self, element: ElementHandle, button: t.Literal["left", "right"] = "left") -> None:
        """Click *element* once; what a busy page heard is not a failure, as it may do more about it later."""
        before = element.evaluate(scripts.PRESSES)
        try:
            element.click(button=button, timeout=self.milliseconds(PRESS_SECONDS))
        except PlaywrightError as error:
            if CLICKED not in str(error) and not (BEGUN in str(error) and _is_heard(element, before)):
                raise

    def clear_the_way(self, element: ElementHandle) -> None:
        """Close a message box, or a guided tour that lies over *element*; stop at a question."""
        if self.answer_boxes():
            return
        cover = element.evaluate_handle(scripts.COVER).as_element()
        frame = cover and cover.owner_frame()
        if cover and frame and (found := self.matches(self.landmarks["dismiss"], [Look(frame, inside=cover)])):
            self.journal.told(" ".join(cover.inner_text().split()))
            found[0].element.click(timeout=self.milliseconds())

    def answer_boxes(self) -> bool:
        """Close message boxes and keep what they say; answer questions that are expected. Whether there were any."""
        boxes = [box for frame in self.frames() for box in self._boxes(frame)]
        for box in boxes:
            if not box.asks:
                self.told.append(box.words)
                self.journal.told(box.words)
            elif not self.journal.asked(box.words):
                self.journal.heed()
            self._agree(box)
        return bool(boxes)

    def dismiss_message(self) -> str | None:
        """Close message boxes, if any are open; return what the last one said."""
        before = len(self.told)
        self.answer_boxes()
        return self.told[-1] if len(self.told) > before else None

    def words_after(self, action: t.Callable[[], None], seconds: float = GLANCE_SECONDS) -> list[Look]:
        """Do *action* and return the words that it brought up: a menu, a list, a message."""
        beyond = self.words_beyond()
        action()
        return self.wait_until(beyond, seconds) or []

    def words_beyond(self) -> t.Callable[[], list[Look]]:
        """Remember what is shown now; return a function that looks what is there beyond it."""
        before: dict[Frame, JSHandle] = {}
        for frame in self.frames():
            with contextlib.suppress(PlaywrightError):
                before[frame] = frame.evaluate_handle(scripts.VISIBLE_ELEMENTS)
        return lambda: [look for look in self._look_beyond(before) if look.texts]

    def choose(self, name: str, intent: Intent, *ways: t.Callable[[], None]) -> None:
        """Click the entry *name* of the menu that one of *ways* opens; they take turns, as pages can be slow."""
        turns = itertools.cycle(ways)
        entry = self.wait_until(lambda: self._entry_after(name, next(turns)))
        if entry is None:
            raise self.not_seen(f"No menu with the entry {self.landmarks[name]} opened", name)
        if not self.wait_until(lambda: not entry.element.evaluate(scripts.IS_GREYED), GLANCE_SECONDS):
            raise ConsoleError(f"The entry {self.landmarks[name]} of the menu is greyed out.", "disabled")
        self.press(entry.element, intent)

    def opened_by(
        self, action: t.Callable[[], None], name: str, shows: t.Callable[[Window], bool] | None = None
    ) -> Window:
        """Do *action* and return the window that then shows the landmark *name*: a new one, or this one.

        *shows* tells whether a window has it, where words alone do not (Save & Close in a menu).
        """
        is_there = shows or (lambda window: window.sees(name))
        context = self.page.context
        known = set(context.pages)
        # What was said before is no answer to what is done now.
        self.dismiss_message()
        before, said = len(self.told), len(self.journal.messages)
        action()
        windows = {self.page: self}

        def showing() -> Window | None:
            for page in context.pages:
                if page not in known and page not in windows:
                    windows[page] = self.like(page)
            for window in windows.values():
                window.stop_if_led_away()
            shown = next((window for window in windows.values() if is_there(window)), None)
            if shown is None and (self.told[before:] or any(other.told for other in windows.values() if other != self)):
                raise self._refused()
            return shown

        window = self.wait_until(showing)
        if window is None:
            if self.journal.messages[said:]:
                raise self._refused()
            raise self.not_seen(
                f"No window with {self.landmarks[name]} opened (are pop-ups allowed in this browser?)", name
            )
        return window

    def confirming(self) -> contextlib.AbstractContextManager[None]:
        """Answer questions with yes meanwhile, the browser's own and the page's own, in whichever window."""
        return self.journal.confirming()

    def like(self, page: Page) -> Window:
        """Another window of the same session."""
        window = Window(page, self.journal, self.landmarks)
        window.landing = self.landing
        window.border = self.border
        window.also_home = self.also_home
        window.guard = self.guard
        return window

    def close(self) -> None:
        """Close the window without saving."""
        if not self.page.is_closed():
            self.page.close()

    def select(self, element: ElementHandle, index: int, intent: Intent = Intent.SET) -> None:
        """Set a list that the browser draws to its word number *index*."""
        self._refuse_unless_allowed(intent, lambda: "choose from a list")
        element.select_option(index=index, timeout=self.milliseconds())

    def type(self, element: ElementHandle, text: str, intent: Intent = Intent.SET) -> None:
        """Replace what *element* holds by *text*, unless it is another host's."""
        self._refuse_unless_allowed(intent, lambda: "type into a form")
        self.refuse_elsewhere(element)
        element.fill(text, timeout=self.milliseconds())
        if element.evaluate("element => 'value' in element ? element.value : null") not in (text, None):
            raise ConsoleError(
                f"The page did not take over a text as it was typed at this step: {self.journal.current}. It may be "
                "too long, or hold characters that do not belong there. Nothing was saved.",
                "not_taken",
                step=self.journal.current,
            )

    def is_ours(self, url: str) -> bool:
        """Whether the page at *url* may be the console's; before an address is known, nobody knows."""
        host = host_of(url)
        return not host or not self.home or is_home(url, self.home) or (host in self.also_home and is_private(url))

    def stop_if_led_away(self) -> None:
        """LedAway if this window shows another host's page, or ever was led to one."""
        url = (self.border.led_to(self.page) if self.border else "") or self.page.url
        if not self.is_ours(url):
            raise LedAway(url, self.journal.current)

    def stop_if_gone_on_elsewhere(self) -> None:
        """LedAway if any window of the session shows another host's page: what is missing here may be there."""
        for page in self.page.context.pages:
            self.like(page).stop_if_led_away()

    def refuse_elsewhere(self, element: ElementHandle) -> None:
        """LedAway if what is typed into *element* is seen by another host, or sent to one, as far as the page tells."""
        self.stop_if_led_away()
        for url in (*self._around(element), *element.evaluate(scripts.SENT_TO)):
            if not host_of(url) or not self.is_ours(url):
                raise LedAway(url, self.journal.current)

    def milliseconds(self, at_most: float = STEP_SECONDS) -> float:
        """What is left for one action, as Playwright wants it."""
        return max(1.0, self.journal.seconds_left(at_most) * 1000)

    # ---- inside

    @staticmethod
    def _around(element: ElementHandle) -> t.Iterator[str]:
        """The addresses of the page that an element is on, and of all that it is a frame of."""
        frame = element.owner_frame()
        while frame:
            # A frame that has no address of its own is its parent's.
            if host_of(frame.url) or not frame.parent_frame:
                yield frame.url
            frame = frame.parent_frame

    def _entry_after(self, name: str, action: t.Callable[[], None]) -> Seen | None:
        menu = self.words_after(action)
        found = self.matches(self.landmarks[name], menu)
        self._note_entries(text for look in menu for text in look.texts)
        if len(found) == 1:
            return found[0]
        self.page.keyboard.press("Escape")
        return None

    def _note_entries(self, texts: t.Iterable[str]) -> None:
        """Note what else a menu offers, for those who want to know what a later run will find there."""
        entries = [self.landmarks[name] for name in MENU_ENTRIES]
        for text, landmark in itertools.product(texts, entries):
            if same(text, landmark.words, landmark.texts):
                self.journal.found(landmark.words, text)

    def visible_frames(self) -> t.Iterator[Frame]:
        for frame in self.frames():
            try:
                if frame.parent_frame is None or is_shown(frame, frame.evaluate(scripts.SHOWN)):
                    yield frame
            except PlaywrightError:
                continue

    def _look_beyond(self, before: t.Mapping[Frame, JSHandle]) -> list[Look]:
        looks = []
        for frame in self.frames():
            try:
                looks.append(Look(frame, before.get(frame)))
            except PlaywrightError:
                # The frame went away or is loading; the next look sees what came.
                continue
        return looks

    def _by_selector(self, selector: str) -> list[Seen]:
        return [
            Seen(selector, frame, element)
            for frame in self.visible_frames()
            for element in frame.query_selector_all(selector)
            if element.is_visible()
        ]

    def _value_of(self, condition: t.Callable[[], T]) -> T | None:
        try:
            return condition()
        except PlaywrightError:
            # A page that is changing under the look; the next look will tell.
            return None

    def frames(self) -> list[Frame]:
        """All frames of the window, seen or not."""
        return [] if self.page.is_closed() else self.page.frames

    def _states(self) -> list[tuple[Frame, State]]:
        return [(frame, self._state(frame)) for frame in self.frames()]

    def _stop_at_what_covers(self, element: ElementHandle) -> None:
        """Stop, and tell the words of what still covers *element*; not if they ask to wait."""
        cover = element.evaluate_handle(scripts.COVER).as_element()
        words = " ".join(cover.inner_text().split()) if cover else ""
        waits = any(text.casefold() in words.casefold() for text in self.landmarks["processing"].texts)
        if words and not waits:
            self.journal.asked(words)
            self.journal.heed()

    def _refused(self) -> Refused:
        return Refused(
            f"Autotask showed this message at this step: {self.journal.current}: {self.journal.messages[-1]}",
            step=self.journal.current,
        )

    def _refuse_unless_allowed(self, intent: Intent, what: t.Callable[[], str]) -> None:
        """A run that only looks does nothing but open things; what stores is done for somebody who waits for it."""
        if intent is Intent.STORE:
            self.journal.refuse_if_over()
        if self.journal.read_only and intent is not Intent.OPEN:
            raise only_reads(self.journal, what())

    def _stop_if_blank(self, states: t.Sequence[tuple[Frame, State]]) -> None:
        if not any(state.blank for _frame, state in states):
            self._blank_since = None
            return
        self._blank_since = self._blank_since or time.monotonic()
        if time.monotonic() - self._blank_since > BLANK_SECONDS:
            self.stop_if_gone_on_elsewhere()
            raise Unavailable(
                f"Autotask answered with an empty page at this step: {self.journal.current}. Run again later.",
                step=self.journal.current,
            )

    def _boxes(self, frame: Frame) -> list[Box]:
        try:
            reading = frame.evaluate_handle(scripts.BOXES, self._words_of_boxes)
            data: list[dict[str, t.Any]] = reading.evaluate("reading => reading.data")
            return [
                Box(**facts, agree=t.cast("ElementHandle", element.as_element()))
                for index, facts in enumerate(data)
                for element in [reading.evaluate_handle("(reading, index) => reading.elements[index]", index)]
            ]
        except PlaywrightError:
            # The frame went away or is loading; the next look sees what came.
            return []

    @property
    def _words_of_boxes(self) -> dict[str, list[str]]:
        return {name: [text.lower() for text in self.landmarks[key].texts] for name, key in WORDS_OF_BOXES.items()}

    def _state(self, frame: Frame) -> State:
        try:
            return State(**frame.evaluate(scripts.STATE, self._words_of_boxes))
        except PlaywrightError:
            return State()

    def _agree(self, box: Box) -> None:
        """Press what closes *box*, and wait until it is gone, so that it is answered once."""
        with contextlib.suppress(PlaywrightError):
            self.click_once(box.agree)
            self.journal.wait(lambda: not box.agree.is_visible(), self.pause, GLANCE_SECONDS)

    def answer(self, dialog: Dialog) -> None:
        """Answer a dialog of the browser's own, of whichever window; it would hold everything up."""
        agrees = True
        if dialog.type in ("confirm", "prompt"):
            agrees = self.journal.asked(dialog.message)
        else:
            self.journal.told(dialog.message)
        with contextlib.suppress(PlaywrightError):
            if agrees:
                dialog.accept(dialog.default_value)
            else:
                dialog.dismiss()


def only_reads(journal: Journal, what: str) -> OnlyReads:
    """The failure of a run that may only read, and was about to do *what*."""
    return OnlyReads(
        f"This run may only read, yet it was about to {what} at this step: {journal.current}. Nothing was changed.",
        step=journal.current,
    )


def _is_heard(element: ElementHandle, before: int) -> bool:
    """Whether a press arrived since there were so many *before*; where the page is gone, it did its work."""
    try:
        return bool(element.evaluate(scripts.PRESSES) != before)
    except PlaywrightError:
        return True


def _words_of(element: ElementHandle) -> str:
    with contextlib.suppress(PlaywrightError):
        if words := " ".join((element.text_content() or "").split())[:80]:
            return f'"{without_generated(words)}"'
    return "something without words"


def driver_lost(journal: Journal) -> DriverLost:
    """The failure when nothing is heard of the browser any more, although it was not seen to end."""
    return DriverLost(
        f"Playwright's driver ended at this step: {journal.current}. Run again; if it happens again, "
        "see whether this machine runs out of memory.",
        step=journal.current,
    )
