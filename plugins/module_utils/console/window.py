# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A window of the console: what can be seen in it, and what a person can do there by the words they see."""

from __future__ import annotations

import contextlib
import itertools
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils.console import scripts
from ansible_collections.msp.autotask.plugins.module_utils.console.errors import (
    ConsoleError,
    LoggedOut,
    NotSeen,
    Refused,
    Unavailable,
)
from ansible_collections.msp.autotask.plugins.module_utils.console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils.console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils.permissions.wording import nearest, same

try:
    from playwright.sync_api import Error as PlaywrightError
except ImportError:
    # The modules say so with Ansible's usual message before they get here.
    PlaywrightError = Exception  # type: ignore[assignment, misc]

if t.TYPE_CHECKING:
    from playwright.sync_api import Dialog, ElementHandle, Frame, JSHandle, Page

STEP_SECONDS = 30.0
"""How long a page may take to show what a step waits for."""

GLANCE_SECONDS = 1.5
"""How long to wait for something that may or may not come, before another way is tried."""

PRESS_SECONDS = 2.0
"""How long something may be covered before it is looked at what covers it."""

LOGIN_PAGE = "Authentication.mvc/Authenticate"

T = t.TypeVar("T")


@dataclass(frozen=True)
class State:
    """How a frame's page came to be."""

    title: str = ""
    status: int = 200
    failed_calls: int = 0


@dataclass(frozen=True)
class Seen:
    """Words on a page and the element that says them."""

    text: str
    frame: Frame
    element: ElementHandle


class Look:
    """What one frame showed at one moment."""

    def __init__(self, frame: Frame, reading: JSHandle) -> None:
        self.frame = frame
        self._reading = reading
        self.texts: list[str] = reading.evaluate("reading => reading.data")

    def seen(self, index: int) -> Seen:
        element = self._reading.evaluate_handle("(reading, index) => reading.elements[index]", index).as_element()
        return Seen(self.texts[index], self.frame, t.cast("ElementHandle", element))

    @property
    def elements(self) -> JSHandle:
        return self._reading.get_property("elements")


class Window:
    """One browser window or tab."""

    def __init__(self, page: Page, journal: Journal, landmarks: t.Mapping[str, Landmark]) -> None:
        self.page = page
        self.journal = journal
        self.landmarks = landmarks
        self.confirms = False
        """Whether a question of the browser's own is answered with yes."""

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
            return chosen
        looks = self.look() if looks is None else looks
        for wording in landmark.texts:
            found = [look.seen(index) for look in looks for index, text in enumerate(look.texts) if same(text, wording)]
            if found:
                return found
        return []

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
        return bool(self.wait_until(lambda: self.matches(self.landmarks[name]), seconds))

    def wait_until(self, condition: t.Callable[[], T], seconds: float = STEP_SECONDS) -> T | None:
        """Wait until *condition* holds and return its value, or None when time is over."""
        return self.journal.wait(lambda: self._value_of(condition), self.pause, seconds)

    def pause(self, seconds: float) -> None:
        """Let the browser go on for a moment."""
        with contextlib.suppress(PlaywrightError):
            # The window may close in the meantime, which is what some steps wait for.
            self.page.wait_for_timeout(seconds * 1000)

    def check(self) -> None:
        """Stop at once where going on makes no sense: logged out, no access, no answer."""
        step = self.journal.current
        for frame in self._frames():
            if LOGIN_PAGE in frame.url:
                raise LoggedOut(f"Autotask logged the session out at this step: {step}. Run the task again.", step=step)
            if "Authorization.mvc/Failure" in frame.url or "Access Denied" in self._state(frame).title:
                raise ConsoleError(
                    f"Autotask denies access at this step: {step}. The console account needs the Admin permission "
                    "'Resources/Users (HR)'.",
                    "access_denied",
                    step=step,
                )
        self.check_answers()

    def check_answers(self) -> None:
        """Stop if a page did not come, or an error page in its place."""
        for frame in self._frames():
            status = self._state(frame).status
            if frame.url.startswith("chrome-error:"):
                what = "did not answer"
            elif status >= 500:
                what = f"answered with an error page (status {status}: {'; '.join(self.texts()[:5])})"
            else:
                continue
            raise Unavailable(
                f"Autotask {what} at this step: {self.journal.current}. Run again later.", step=self.journal.current
            )

    @property
    def failed_calls(self) -> int:
        """How many calls of the pages' own scripts went wrong, which shows as an empty list or nothing at all."""
        return sum(self._state(frame).failed_calls for frame in self._frames())

    def not_seen(self, what: str, name: str) -> NotSeen:
        """The failure that says what was looked for, what was there instead, and how to help."""
        texts = list(dict.fromkeys(text for text in self.texts() if len(text) < 80))
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

    def click(self, name: str, seconds: float = STEP_SECONDS) -> None:
        """Click the landmark *name*."""
        self.press(self.find(name, seconds).element)

    def press(self, element: ElementHandle, button: t.Literal["left", "right"] = "left") -> None:
        """Click *element*, with real mouse events; if something lies over it, put that aside first."""
        try:
            element.click(button=button, timeout=self.milliseconds(PRESS_SECONDS))
            return
        except PlaywrightError:
            self.check()
            self.clear_the_way(element)
        element.click(button=button, timeout=self.milliseconds())

    def clear_the_way(self, element: ElementHandle) -> None:
        """Close a message box, or a guided tour that lies over *element*."""
        if self.dismiss_message():
            return
        cover = element.evaluate_handle(scripts.COVER).as_element()
        frame = cover and cover.owner_frame()
        if cover and frame:
            look = Look(frame, cover.evaluate_handle(scripts.WORDS_INSIDE))
            found = self.matches(self.landmarks["dismiss"], [look])
            if found:
                self.journal.messages.append(" ".join(look.texts))
                found[0].element.click(timeout=self.milliseconds())

    def dismiss_message(self) -> str | None:
        """Press OK in a message box, if one is open; return and keep what it said."""
        buttons = self.matches(self.landmarks["ok"])
        if len(buttons) != 1:
            return None
        message = str(buttons[0].element.evaluate(scripts.MESSAGE_ABOVE))
        self.journal.messages.append(message)
        buttons[0].element.click(timeout=self.milliseconds())
        return message

    def words_after(self, action: t.Callable[[], None], seconds: float = GLANCE_SECONDS) -> list[Look]:
        """Do *action* and return the words that it brought up: a menu, a list, a message."""
        before = {look.frame: look.elements for look in self.look()}
        action()

        def new_words() -> list[Look]:
            return [look for look in self._look_beyond(before) if look.texts]

        return self.wait_until(new_words, seconds) or []

    def choose(self, name: str, *ways: t.Callable[[], None]) -> None:
        """Click the entry *name* of the menu that one of *ways* opens; they take turns, as pages can be slow."""
        turns = itertools.cycle(ways)
        entry = self.wait_until(lambda: self._entry_after(name, next(turns)))
        if entry is None:
            raise self.not_seen(f"No menu with the entry {self.landmarks[name]} opened", name)
        self.press(entry.element)

    def opened_by(self, action: t.Callable[[], None], name: str) -> Window:
        """Do *action* and return the window that then shows the landmark *name*: a new one, or this one."""
        context = self.page.context
        known = set(context.pages)
        # What was said before is no answer to what is done now.
        self.dismiss_message()
        action()
        windows = {self.page: self}

        def showing() -> Window | None:
            for page in context.pages:
                if page not in known and page not in windows:
                    windows[page] = Window(page, self.journal, self.landmarks)
            shown = next((window for window in windows.values() if window.sees(name)), None)
            if shown is None and any(window.dismiss_message() for window in windows.values()):
                raise Refused(
                    f"Autotask showed this message at this step: {self.journal.current}: {self.journal.messages[-1]}",
                    step=self.journal.current,
                )
            return shown

        window = self.wait_until(showing)
        if window is None:
            raise self.not_seen(
                f"No window with {self.landmarks[name]} opened (are pop-ups allowed in this browser?)", name
            )
        return window

    def close(self) -> None:
        """Close the window without saving."""
        if not self.page.is_closed():
            self.page.close()

    def milliseconds(self, at_most: float = STEP_SECONDS) -> float:
        """What is left for one action, as Playwright wants it."""
        return max(1.0, self.journal.seconds_left(at_most) * 1000)

    # ---- inside

    def _entry_after(self, name: str, action: t.Callable[[], None]) -> Seen | None:
        found = self.matches(self.landmarks[name], self.words_after(action))
        if len(found) == 1:
            return found[0]
        self.page.keyboard.press("Escape")
        return None

    def _visible_frames(self) -> t.Iterator[Frame]:
        for frame in self._frames():
            try:
                if frame.parent_frame is None or frame.frame_element().is_visible():
                    yield frame
            except PlaywrightError:
                continue

    def _look_beyond(self, before: dict[Frame, JSHandle]) -> list[Look]:
        looks = []
        for frame in self._visible_frames():
            try:
                looks.append(Look(frame, frame.evaluate_handle(scripts.VISIBLE_TEXTS, before.get(frame))))
            except PlaywrightError:
                # The frame went away or is loading; the next look sees what came.
                continue
        return looks

    def _by_selector(self, selector: str) -> list[Seen]:
        return [
            Seen(selector, frame, element)
            for frame in self._visible_frames()
            for element in frame.query_selector_all(selector)
            if element.is_visible()
        ]

    def _value_of(self, condition: t.Callable[[], T]) -> T | None:
        self.check()
        try:
            return condition()
        except PlaywrightError:
            # A page that is changing under the look; the next look will tell.
            return None

    def _frames(self) -> list[Frame]:
        return [] if self.page.is_closed() else self.page.frames

    @staticmethod
    def _state(frame: Frame) -> State:
        try:
            return State(**frame.evaluate(scripts.STATE))
        except PlaywrightError:
            return State()

    def answer(self, dialog: Dialog) -> None:
        """Answer the browser's own dialogs, which would hold everything up."""
        if dialog.type == "alert":
            self.journal.messages.append(dialog.message)
        with contextlib.suppress(PlaywrightError):
            if self.confirms or dialog.type in ("alert", "beforeunload"):
                dialog.accept()
            else:
                dialog.dismiss()
