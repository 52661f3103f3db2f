# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A window of the console: what can be seen in it, and what a person can do there by the words they see."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils.console import scripts
from ansible_collections.msp.autotask.plugins.module_utils.console.errors import ConsoleError, LoggedOut, NotSeen
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

POLL_MILLISECONDS = 50

T = t.TypeVar("T")


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
        assert element is not None
        return Seen(self.texts[index], self.frame, element)

    @property
    def elements(self) -> JSHandle:
        return self._reading.get_property("elements")


class Window:
    """One browser window or tab."""

    def __init__(self, page: Page, journal: Journal, landmarks: t.Mapping[str, Landmark]) -> None:
        self.page = page
        self.journal = journal
        self.landmarks = landmarks
        self.alerts: list[str] = []
        page.on("dialog", self._on_dialog)

    # ---- looking

    def look(self) -> list[Look]:
        """Read the visible words of every visible frame."""
        looks = []
        for frame in self._visible_frames():
            try:
                looks.append(Look(frame, frame.evaluate_handle(scripts.VISIBLE_TEXTS)))
            except PlaywrightError:
                # The frame went away or is loading; the next look sees what came.
                continue
        return looks

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
        found: list[Seen] = []

        def there() -> bool:
            nonlocal found
            found = self.matches(landmark)
            return bool(found)

        if not self.wait_until(there, seconds):
            raise self.not_seen(f"{landmark} was not seen", name)
        if len(found) > 1 and not first:
            raise self.not_seen(f"{landmark} was seen {len(found)} times, so it is not clear which one is meant", name)
        return found[0]

    def sees(self, name: str, seconds: float = 0.0) -> bool:
        """Whether the landmark *name* is there, or comes within *seconds*."""
        return bool(self.wait_until(lambda: self.matches(self.landmarks[name]), seconds))

    def wait_until(self, condition: t.Callable[[], T], seconds: float = STEP_SECONDS) -> T | None:
        """Wait until *condition* holds and return its value, or None when time is over."""
        end = self.journal.seconds_left() - self.journal.seconds_left(at_most=seconds)
        while True:
            self.check()
            value = self._unless_loading(condition)
            if value or self.journal.seconds_left() <= end:
                return value or None
            self.pause()

    def pause(self) -> None:
        """Let the browser go on for a moment."""
        with contextlib.suppress(PlaywrightError):
            # The window may close in the meantime, which is what some steps wait for.
            self.page.wait_for_timeout(POLL_MILLISECONDS)

    def check(self) -> None:
        """Stop at once where going on makes no sense: out of time, logged out, no access, an alert."""
        self.journal.check()
        if self.page.is_closed():
            return
        url = self.page.url
        if any("Authentication.mvc/Authenticate" in frame.url for frame in self.page.frames):
            raise LoggedOut(
                f"Autotask logged the session out at this step: {self.journal.current}. Run the task again."
            )
        if "Authorization.mvc/Failure" in url or self._title().startswith("Access Denied"):
            raise ConsoleError(
                f"Autotask denies access at this step: {self.journal.current}. The console account needs the Admin "
                "permission 'Resources/Users (HR)'.",
                "access_denied",
                step=self.journal.current,
            )
        if self.alerts:
            raise ConsoleError(
                f"Autotask showed this message at this step: {self.journal.current}: {' '.join(self.alerts)}",
                "refused",
                step=self.journal.current,
            )

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
            seen=texts[:60],
        )

    # ---- doing

    def click(self, name: str, seconds: float = STEP_SECONDS) -> None:
        """Click the landmark *name*."""
        self.find(name, seconds).element.click(timeout=self.milliseconds())

    def menu_after(self, action: t.Callable[[], None], seconds: float = GLANCE_SECONDS) -> list[Look]:
        """Do *action* and return the words that it brought up: a menu, a list, a message."""
        before = {look.frame: look.elements for look in self.look()}
        action()
        looks: list[Look] = []

        def new_words() -> bool:
            looks[:] = self._look_beyond(before)
            return any(look.texts for look in looks)

        self.wait_until(new_words, seconds)
        return looks

    def choose(self, name: str, action: t.Callable[[], None]) -> bool:
        """Do *action* and click the landmark *name* in the menu it brings up; False if it is not there."""
        found = self.matches(self.landmarks[name], self.menu_after(action))
        if len(found) != 1:
            return False
        found[0].element.click(timeout=self.milliseconds())
        return True

    def opened_by(self, action: t.Callable[[], None], name: str) -> Window:
        """Do *action* and return the window that then shows the landmark *name*: a new one, or this one."""
        context = self.page.context
        known = set(context.pages)
        action()
        windows = {self.page: self}

        def showing() -> Window | None:
            for page in context.pages:
                if page not in known and page not in windows:
                    self.journal.page_loads += 1
                    windows[page] = Window(page, self.journal, self.landmarks)
            return next((window for window in windows.values() if window.sees(name)), None)

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

    def _visible_frames(self) -> t.Iterator[Frame]:
        for frame in [] if self.page.is_closed() else self.page.frames:
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
                continue
        return looks

    def _by_selector(self, selector: str) -> list[Seen]:
        return [
            Seen(selector, frame, element)
            for frame in self._visible_frames()
            for element in frame.query_selector_all(selector)
            if element.is_visible()
        ]

    def _unless_loading(self, condition: t.Callable[[], T]) -> T | None:
        try:
            return condition()
        except PlaywrightError:
            # A page that is changing under the look; the next look will tell.
            return None

    def _title(self) -> str:
        try:
            return self.page.title()
        except PlaywrightError:
            return ""

    def _on_dialog(self, dialog: Dialog) -> None:
        self.alerts.append(dialog.message)
        dialog.dismiss()
