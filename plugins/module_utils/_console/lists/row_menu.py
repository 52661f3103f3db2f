# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The menu that a row of a list has.

A user's preferences may switch right-click off, so the icon comes first. Icons that do not say that they open a menu
may do anything, and are not pressed. Where there is none, the entries may stand in the row.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.lists import menu_scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    MENU_ENTRIES,
    PlaywrightError,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise, without_signs

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
    from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import Row
    from playwright.sync_api import ElementHandle, Frame, JSHandle

MENU_LOOKS = re.compile(
    r"(?<![a-z])(?:context|row|actions?|overflow|drop ?down|pop ?up)[ _-]?menu|kebab|ellipsis|hamburger|meatball"
    r"|drop ?down[ _-]?toggle|more[ _-](?:vert|horiz)|(?<![a-z])(?:three[ _-]?dots|dots[ _-](?:vertical|horizontal))",
    re.IGNORECASE,
)
"""What a picture in a row is called, inside the page, that opens the menu of the row."""

Part = t.Mapping[str, t.Any]
"""Something in a row, as the page tells it."""


class RowMenu:
    """The menu of a row of *grid*."""

    def __init__(self, grid: Grid, row: Row) -> None:
        self.window = grid.window
        self._grid = grid
        self._row = row

    def choose(self, name: str, intent: Intent) -> None:
        """Choose the entry *name*: by the icon that opens the menu, or by right-click."""
        rested = [self._rest_on_row()]
        element, menus = rested[0]
        entry = None if menus else self._entry_in(element, name)
        if entry:
            self.window.press(entry, intent)
            return

        def open_menu() -> None:
            element, menus = rested.pop() if rested else self._rest_on_row()
            if menus:
                self.window.press(menus[0], Intent.OPEN)
            else:
                self.window.press(element, Intent.OPEN, button="right")

        self.window.choose(name, intent, open_menu, self._right_click)

    def _element(self) -> ElementHandle:
        return self._grid.again(self._row).element

    def _rest_on_row(self) -> tuple[ElementHandle, list[ElementHandle]]:
        """Let the mouse rest on the row; its element, and what opens its menu, which may come only then."""
        element = self._element()
        element.hover(timeout=self.window.milliseconds())
        return element, self.window.wait_until(lambda: self._menus(element), GLANCE_SECONDS) or []

    def _right_click(self) -> None:
        try:
            self.window.press(self._element(), Intent.OPEN, button="right")
        except PlaywrightError:
            # The list was loaded anew in between, by the editor that just closed.
            self.window.press(self._element(), Intent.OPEN, button="right")

    def _menus(self, row: ElementHandle) -> list[ElementHandle]:
        """What in a row says that it opens a menu, by its name, role or picture, and has no other name.

        Three lines may be a handle, too, by which a row is dragged.
        """
        found, parts = self._parts(row, "row_menu")

        def opens_menu(part: Part) -> bool:
            if part["drags"]:
                return False
            called = [{**part, "names": [name.partition(" for ")[0] for name in part["names"]]}, part]
            if part["popup"] or any(self._is_called(one, "row_menu") for one in called):
                return True
            looks = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part["looks"])
            inner = [name for index in part["around"] for name in parts[index]["names"]]
            return not part["names"] and not inner and bool(MENU_LOOKS.search(looks))

        return _innermost(found, parts, opens_menu)

    def _entry_in(self, row: ElementHandle, name: str) -> ElementHandle | None:
        """What stands in the row itself as the entry *name*. Only Edit does alone: a Copy may copy its words."""
        entries = {entry: self._buttons(row, entry) for entry in MENU_ENTRIES}
        alone = name != "edit" and sum(map(bool, entries.values())) < 2
        return entries[name][0] if len(entries.get(name, ())) == 1 and not alone else None

    def _buttons(self, row: ElementHandle, name: str) -> list[ElementHandle]:
        found, parts = self._parts(row, name)
        return _innermost(found, parts, lambda part: part["operable"] and self._is_called(part, name))

    def _parts(self, row: ElementHandle, name: str) -> tuple[JSHandle, list[Part]]:
        """What is in a row, some of which may be the landmark *name*."""
        found = row.evaluate_handle(menu_scripts.ROW_MENUS, found_by(self.window.landmarks[name].selectors, row))
        return found, found.evaluate("found => found.data")

    def _is_called(self, part: Part, name: str) -> bool:
        landmark = self.window.landmarks[name]
        wanted = {normalise(text) for text in (landmark.words, *landmark.alternatives)}
        return any({normalise(called), normalise(without_signs(called))} & wanted for called in part["names"])


def _innermost(found: JSHandle, parts: t.Sequence[Part], wanted: t.Callable[[Part], bool]) -> list[ElementHandle]:
    """Those of the *parts* that are *wanted*; of things within each other, the inner ones."""
    those = {index for index, part in enumerate(parts) if wanted(part)}
    innermost = [index for index in sorted(those) if not those & set(parts[index]["around"])]
    handles = [found.evaluate_handle("(found, index) => found.parts[index]", index) for index in innermost]
    return [t.cast("ElementHandle", handle.as_element()) for handle in handles]


def found_by(selectors: t.Iterable[str], place: Frame | ElementHandle) -> list[tuple[str, list[ElementHandle]]]:
    """What a user's selectors find; they may be of Playwright's own, which no script in a page understands."""
    return [(selector, place.query_selector_all(selector)) for selector in selectors]
