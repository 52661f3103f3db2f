# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The button New of the list of resources, half of which makes a resource that costs money.

So nothing is pressed there that does not say that it opens a menu, or that it makes an API user.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.menu_beside import MenuBeside
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import GLANCE_SECONDS
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise, same

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import Box, GridReading, Thing
    from playwright.sync_api import ElementHandle


class NewMenu:
    """The menu of New, above a list."""

    def __init__(self, grid: Grid) -> None:
        self.window = grid.window
        self._grid = grid

    def choose_api_user(self) -> None:
        """Choose what makes an API user, which may be a button of its own or an entry of a menu."""
        reading = self._grid.at_rest(may_be_empty=True)
        own_button = self._own_button(reading)
        if own_button:
            self.window.press(reading.element("things", own_button.index), Intent.OPEN)
            return
        for box in reading.boxes:
            if (entry := self._entry_of(box)) is not None:
                self.window.select(reading.element("boxes", box.index), entry, Intent.OPEN)
                return
        ways = [self._opens_nothing_else(way) for thing in self._new(reading) for way in self._ways(reading, thing)]
        if not ways:
            raise self.window.not_seen("The list shows no button New, and none for a new API user", "new")
        self.window.choose("new_api_user", Intent.OPEN, *ways)

    def _own_button(self, reading: GridReading) -> Thing | None:
        """What says New API User by itself; that a licence is called API User is no button."""
        landmark, licence = self.window.landmarks["new_api_user"], self.window.landmarks["api_user_license"]
        buttons = [thing for thing in reading.named(landmark) if not thing.says(licence)]
        return buttons[0] if len(buttons) == 1 else None

    def _entry_of(self, box: Box) -> int | None:
        """The entry for an API user in a list that is New itself; in any other, API User may be a licence."""
        landmark, licence, new = (self.window.landmarks[name] for name in ("new_api_user", "api_user_license", "new"))
        entries = [at for at, word in enumerate(box.offered or ()) if same(word, landmark.words, landmark.texts)]
        is_new = any(_is_with_glyphs(name, new.words) for name in (*box.names, box.value))
        for_licences = any(same(box.offered[at], licence.words) for at in entries) if box.offered else True
        return entries[0] if len(entries) == 1 and box.column is None and (is_new or not for_licences) else None

    def _new(self, reading: GridReading) -> list[Thing]:
        """What says New, whatever is drawn beside the word."""
        landmark = self.window.landmarks["new"]
        things = reading.named(landmark) or reading.innermost(
            [thing for thing in reading.things if any(_is_with_glyphs(name, landmark.words) for name in thing.names)]
        )
        return things[:2]

    def _ways(self, reading: GridReading, new: Thing) -> list[t.Callable[[], None]]:
        """What may open the menu, the harmless first: resting on New, then what beside it says that it opens one."""
        words = reading.element("things", new.index)
        menu = MenuBeside(self.window, words)
        presses = list(map(self._press_of, menu.openers))
        if menu.is_the_button or self._ends_in_arrow(new):
            presses.append(self._press_of(words))
        return [lambda: words.hover(timeout=self.window.milliseconds(GLANCE_SECONDS)), *presses]

    def _press_of(self, element: ElementHandle) -> t.Callable[[], None]:
        return lambda: self.window.press(element, Intent.OPEN)

    def _ends_in_arrow(self, new: Thing) -> bool:
        """Whether the word New itself has an arrow behind it, which is then no part of its own."""
        arrows = tuple(text for text in self.window.landmarks["new_menu"].texts if not text.isascii())
        return any(name.endswith(arrows) for name in new.names)

    def _opens_nothing_else(self, way: t.Callable[[], None]) -> t.Callable[[], None]:
        """The *way*, unless it opens a window: what then opened is not the menu, and may cost money."""
        context = self.window.page.context

        def go() -> None:
            known = set(context.pages)
            address = self.window.page.url
            way()
            self.window.wait_until(
                lambda: self.window.sees("new_api_user") or set(context.pages) - known, GLANCE_SECONDS
            )
            opened = set(context.pages) - known
            for page in opened:
                page.close()
            if opened or self.window.page.url.rstrip("#") != address.rstrip("#"):
                raise ConsoleError(
                    "What seemed to open the menu of New opened a page instead. It was closed, and nothing was saved: "
                    "it might create a resource that costs money. Name what opens the menu in the option 'labels' "
                    "under 'new_menu', by its wording or by a selector.",
                    "wrong_form",
                    step=self.window.journal.current,
                )

        return go


def _is_with_glyphs(name: str, words: str) -> bool:
    """Whether the name is these words with signs around them: "+ New", "New ▾", "New..."."""
    return normalise(re.sub(r"^\W+|\W+$", "", name)) == normalise(words)
