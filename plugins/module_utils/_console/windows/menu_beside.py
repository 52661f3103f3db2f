# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A button that has a menu beside it: New above a list, Save in an editor. One half does, the other half opens."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.lists import menu_scripts
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
    from playwright.sync_api import ElementHandle

DROPS_DOWN = re.compile(r"(?<![a-z])(?:menu|drop[ _-]?down|caret|chevron[ _-]?down)(?![a-z])", re.IGNORECASE)
"""What a part without words or names is called, inside the page, that opens a menu."""


class MenuBeside:
    """What opens the menu of the button that says *words*, the nearest first."""

    def __init__(self, window: Window, words: ElementHandle) -> None:
        self._landmark = window.landmarks["new_menu"]
        self._beside = words.evaluate_handle(menu_scripts.MENU_BESIDE)
        parts: list[dict[str, t.Any]] = self._beside.evaluate("beside => beside.data")
        self.openers = [self._element(index) for index, part in enumerate(parts) if self._opens_menu(part)]
        self.is_the_button = bool(self._beside.evaluate("beside => beside.opens && !beside.splits"))
        """Whether the button itself says that it opens a menu; one of two halves may say so of the other."""

    def _opens_menu(self, part: dict[str, t.Any]) -> bool:
        """Whether a part says that it opens a menu. What has another name or other words does what these say."""
        if part["popup"]:
            return True
        called = [name for name in (*part["names"], part["said"]) if name]
        if called:
            return all(same(name, self._landmark.words, (*self._landmark.alternatives,)) for name in called)
        looks = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part["looks"])
        return part["expands"] or part["half"] or bool(DROPS_DOWN.search(looks))

    def _element(self, index: int) -> ElementHandle:
        found = self._beside.evaluate_handle("(beside, index) => beside.parts[index]", index)
        return t.cast("ElementHandle", found.as_element())
