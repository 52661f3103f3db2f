# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one look at a page shows: its state, what lies over it, and its words."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._wording import same, without_signs

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, JSHandle


@dataclass(frozen=True)
class State:
    """How a frame's page came to be."""

    title: str = ""
    status: int = 200
    failed_calls: int = 0
    blank: bool = False
    boxes: int = 0
    """How many messages and questions lie over it."""
    stopped: t.Sequence[str] = ()
    """What was about to be pressed in a run that only looks, and was stopped."""


@dataclass(frozen=True)
class Box:
    """A box of the page's own that says something or asks something, and what to press to agree."""

    words: str
    asks: bool
    agree: ElementHandle


@dataclass(frozen=True)
class Seen:
    """Words on a page and the element that says them."""

    text: str
    frame: Frame
    element: ElementHandle


class Look:
    """What one frame showed at one moment; only *inside* an element, and beyond the elements *known*, if given."""

    def __init__(self, frame: Frame, known: JSHandle | None = None, inside: ElementHandle | None = None) -> None:
        self.frame = frame
        self._known, self._inside = known, inside
        reading = frame.evaluate(scripts.VISIBLE_TEXTS, self._where)
        self.texts: list[str] = reading["texts"] if is_shown(frame, reading["shown"]) else []

    def seen(self, index: int) -> Seen:
        """The words at *index* with their element. PlaywrightError if there are more or fewer of them by now."""
        text = self.texts[index]
        argument = [self._where, text, self.texts[:index].count(text), self.texts.count(text)]
        element = self.frame.evaluate_handle(scripts.VISIBLE_ELEMENT, argument).as_element()
        if element is None:
            raise PlaywrightError("The page has changed since it was looked at.")
        return Seen(text, self.frame, element)

    @property
    def _where(self) -> dict[str, t.Any]:
        return {"known": self._known, "inside": self._inside}


def is_shown(frame: Frame, told: bool | None) -> bool:
    """Whether *frame* is to be seen, as a script in it has *told*; in a frame of another site none can tell."""
    return frame.frame_element().is_visible() if told is None else told


def saying(landmark: Landmark, looks: t.Sequence[Look]) -> list[tuple[Look, int]]:
    """Where *looks* have the usual words of *landmark*, or else its other words."""
    for wording in landmark.texts:
        found = [(look, index) for look in looks for index, text in enumerate(look.texts) if says(text, wording)]
        if found:
            return found
    return []


def says(text: str, wording: str) -> bool:
    """Whether a text is this wording, whatever signs are drawn beside it."""
    return same(text, wording) or same(without_signs(text), without_signs(wording))
