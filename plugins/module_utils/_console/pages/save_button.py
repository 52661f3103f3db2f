# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Save & Close, which may stand in the menu beside Save. Save itself is never pressed: nobody knows what it leaves."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.menu_beside import MenuBeside

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.windows.look import Seen
    from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
    from playwright.sync_api import ElementHandle


def is_there(window: Window) -> bool:
    """Whether the window can be saved and closed, which makes it an editor."""
    return window.sees("save_and_close") or (window.sees("save") and bool(_openers(window)))


def find(window: Window) -> ElementHandle:
    """Wait for Save & Close, where need be in the menu that is opened to see."""
    if not window.sees("save_and_close") and window.wait_until(lambda: is_there(window)):
        for opener in _openers(window) if not window.sees("save_and_close") else []:
            window.words_after(functools.partial(window.press, opener, Intent.OPEN))
            if window.sees("save_and_close"):
                break
    # A long form has the same button above and below.
    return window.find(
        "save_and_close", first=len({seen.frame for seen in _saves(window, "save_and_close")}) == 1
    ).element


def _openers(window: Window) -> list[ElementHandle]:
    saves = _saves(window, "save")
    return MenuBeside(window, saves[0].element).openers if len(saves) == 1 else []


def _saves(window: Window, name: str) -> list[Seen]:
    return window.matches(window.landmarks[name])
