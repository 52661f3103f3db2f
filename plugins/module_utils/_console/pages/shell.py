# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The frame around every page: its menu, the Admin pages behind it, and the way out."""

from __future__ import annotations

import contextlib
import functools
import itertools
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.lists import scripts as grid_scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    LOGIN_PAGE,
    PlaywrightError,
    Window,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import same, without_signs

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

CONTENT_SECONDS = 10.0
"""How long a section that opened may take to show everything in it."""

LOG_OUT_SECONDS = 10.0
"""How long to try to log out; the work is done by then, so not for long."""

MENU_SECONDS = 0.5
"""How long the menu may take to come before the logo is tried; older shells show none until then."""

AWAY_FROM_MENU = (700, 500)
MENU_CORNER = (24, 24)
"""Where the older shell's logo is, whose menu opens when the mouse rests there. It has no words to find it by."""


class Shell:
    """The menu and the Admin category page."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def open_security_levels(self) -> None:
        """Go to Admin > Organization Settings & Users > Resources/Users (HR) > Security Levels."""
        self._open_admin_link("security_levels")

    def open_resources(self) -> None:
        """Go to Admin > Organization Settings & Users > Resources/Users (HR) > Resources/Users."""
        self._open_admin_link("resources_users")

    def log_out(self) -> bool:
        """Log out by the menu of the profile; whether the login page came."""
        self.window.journal.step("Log out")
        ways = itertools.cycle((self._rest_on_hidden_log_out, self._rest_on_profile))
        # Not as windows wait: to them the login page, and a page without access, are failures.
        return bool(
            self.window.journal.wait(lambda: self._is_out_after(next(ways)), self.window.pause, LOG_OUT_SECONDS)
        )

    def _is_out_after(self, reveal: t.Callable[[], None]) -> bool:
        """Press what logs out; a question about the In/Out status may come first, and say the same above the rest."""
        if LOGIN_PAGE in self.window.page.url:
            return True
        with contextlib.suppress(PlaywrightError):
            landmark = self.window.landmarks["log_out"]
            if not self.window.matches(landmark):
                reveal()
            for seen in self.window.matches(landmark)[-1:]:
                self.window.press(seen.element, Intent.OPEN)
        return False

    def _rest_on_hidden_log_out(self) -> None:
        """Let the mouse rest on what is around the entry, if the page has it already."""
        words = [text.casefold() for text in self.window.landmarks["log_out"].texts]
        around = self.window.page.evaluate_handle(scripts.AROUND_HIDDEN_WORDS, words).as_element()
        if around:
            around.hover(timeout=self.window.milliseconds(GLANCE_SECONDS))

    def _rest_on_profile(self) -> None:
        for profile in self.window.matches(self.window.landmarks["profile"])[:1]:
            profile.element.hover(timeout=self.window.milliseconds(GLANCE_SECONDS))

    def _open_admin_link(self, name: str) -> None:
        self.window.journal.step("Open Admin > Organization Settings & Users")
        self._open_category()
        self.window.journal.step(f"Open {self.window.landmarks[name].words}")
        self._expand("resources_users_hr", until=name)
        self.window.press(self._content(name, "resources_users_hr"), Intent.OPEN)

    def _open_category(self) -> None:
        """Choose the category from the menu, which may lie open, behind Admin, or behind the logo."""
        category = "organization_settings_and_users"
        ways = itertools.cycle((self._press_admin, self._rest_on_logo, self._unfold_menu))
        if not self.window.wait_until(lambda: self._reveals(category, next(ways))):
            raise self.window.not_seen("The menu does not show the Admin category", category)
        # The menu and the tabs of the page may both show it.
        self.window.press(self.window.find(category, first=True).element, Intent.OPEN)
        if not self.window.wait_until(lambda: self._content_matches("resources_users_hr")):
            raise self.window.not_seen("The Admin page does not show its section", "resources_users_hr")

    def _reveals(self, category: str, reveal: t.Callable[[], bool]) -> bool:
        """Whether the category is there, or comes when *reveal* finds something to try; menus can be late."""
        return self.window.sees(category) or (reveal() and self.window.sees(category, GLANCE_SECONDS))

    def _press_admin(self) -> bool:
        if not self.window.sees("admin", MENU_SECONDS):
            return False
        self.window.press(self.window.find("admin", first=True).element, Intent.OPEN)
        return True

    def _rest_on_logo(self) -> bool:
        for place in (AWAY_FROM_MENU, MENU_CORNER):
            self.window.page.mouse.move(*place)
        if not self.window.sees("admin", GLANCE_SECONDS):
            return False
        self.window.find("admin", first=True).element.hover(timeout=self.window.milliseconds())
        return True

    def _unfold_menu(self) -> bool:
        """Unfold a menu that shows icons only, by the button without words beside it."""
        toggle = self.window.page.evaluate_handle(scripts.TOGGLE_OF_FOLDED_MENU).as_element()
        if not toggle:
            return False
        self.window.press(toggle, Intent.OPEN)
        return True

    def _expand(self, section: str, until: str) -> None:
        """Open the section unless it lies open: with all others, by its heading, or by the small toggle beside it."""
        all_at_once = [self._press_expand_all] if self._content_matches("expand_all") else []
        presses = itertools.chain(all_at_once, itertools.cycle((self._press_heading, self._press_toggle)))
        self.window.wait_until(lambda: self._opens(functools.partial(next(presses), section), until))
        if not self._sees_content(until):
            raise self.window.not_seen(
                f"The section {self.window.landmarks[section]} did not show {self.window.landmarks[until]}", until
            )

    def _opens(self, press: t.Callable[[], None], until: str) -> bool:
        """Whether the section lies open, or opens when pressed; what a slow page does late, the next press mends."""
        if self._sees_content(until):
            return True
        if not self.window.words_after(press):
            return False
        # It is open now. Pressed again it would close, whether it holds what is looked for or not.
        self.window.wait_until(lambda: self._sees_content(until), CONTENT_SECONDS)
        return True

    def _press_expand_all(self, section: str) -> None:
        """Open all sections at once where the page can do that: it opens what is closed, and closes nothing."""
        for expand_all in self._content_matches("expand_all")[:1]:
            self.window.press(expand_all, Intent.OPEN)

    def _press_heading(self, section: str) -> None:
        for heading in self._content_matches(section)[:1]:
            self.window.press(heading, Intent.OPEN)

    def _press_toggle(self, section: str) -> None:
        for heading in self._content_matches(section)[:1]:
            toggle = heading.evaluate_handle(
                "heading => heading.previousElementSibling || heading.parentElement.previousElementSibling || heading"
            ).as_element()
            if toggle:
                self.window.press(toggle, Intent.OPEN)

    def _sees_content(self, name: str) -> bool:
        return bool(self._content_matches(name))

    def _content(self, name: str, section: str) -> ElementHandle:
        """The link on the page; of several, the one in the *section*."""
        found: list[ElementHandle] = []

        def just_one() -> ElementHandle | None:
            found[:] = self._content_matches(name)
            headings = self._content_matches(section) if len(found) > 1 else []
            if len(found) == 1 or not headings:
                return found[0] if len(found) == 1 else None
            place = headings[0].evaluate(grid_scripts.NEAREST, found)
            return found[place] if place >= 0 else None

        link = self.window.wait_until(just_one)
        if link is None:
            times = f"was seen {len(found)} times on the Admin page" if found else "was not seen on the Admin page"
            raise self.window.not_seen(f"{self.window.landmarks[name]} {times}", name)
        return link

    def _content_matches(self, name: str) -> list[ElementHandle]:
        """What is called so on the page itself, not in the menu around it, which repeats some of its links.

        A link may hold its description, and a sign that it leads somewhere.
        """
        landmark = self.window.landmarks[name]
        if landmark.selectors:
            return [seen.element for seen in self.window.matches(landmark) if seen.frame.parent_frame]
        found: list[ElementHandle] = []
        frames = list(self.window.visible_frames())
        # Some pages come without a frame of their own.
        for frame in [frame for frame in frames if frame.parent_frame] or frames:
            names: list[str] = frame.evaluate(grid_scripts.HEADING_WORDS)
            wanted = [text for text in names if same(without_signs(text), landmark.words, landmark.texts)]
            handle = frame.evaluate_handle(grid_scripts.NAMED, wanted)
            found += [t.cast("ElementHandle", each.as_element()) for each in handle.get_properties().values()]
            for text in wanted[:1]:
                self.window.journal.found(landmark.words, text)
        return found
