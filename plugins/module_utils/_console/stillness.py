# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a page has come to rest: its documents and the network have been quiet for a moment, and nothing is busy."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.window import PlaywrightError, Window

if t.TYPE_CHECKING:
    from playwright.sync_api import Frame, JSHandle

QUIET_SECONDS = 0.1
"""How long nothing may have moved."""

RESTLESS_SECONDS = 4.0
"""How long a page may move all the time (a clock, an animation) before that counts as its rest."""

# Sees what moves in the documents from now on; nothing of the page's own changes.
_WATCH = r"""() => {
  const watch = {moved: performance.now()};
  const observer = new MutationObserver(() => { watch.moved = performance.now(); });
  observer.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  return watch;
}"""

_LOOK = r"""(watch, texts) => {
  const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && [...element.getClientRects()].some(({width, height}) => width * height > 0);
  const known = '[aria-busy=true], [role=progressbar]:not([aria-valuenow]), progress:not([value]), .LoadingIndicator.Active, #LoadingIndicator.Active, '
    + '#BackgroundOverlay.Active, #ProgressBarDialog.Active, #DelayNotification.Active';
  const named = '[class*=spinner i], [class*=loading i], [class*=skeleton i], [id*=loading i]';
  const moves = element => element.getAnimations({subtree: true}).some(one => one.playState === 'running' && one.effect?.getComputedTiming().iterations === Infinity);
  const says = element => texts.includes(element.textContent.replace(/\s+/g, ' ').trim().toLowerCase());
  const busy = [...document.querySelectorAll(known)].find(seen)
    || [...document.querySelectorAll(named)].find(element => seen(element) && !element.querySelector('input, select, textarea') && (moves(element) || says(element) || /\b(loading|please wait)\b/i.test(element.textContent) || !element.textContent.trim()))
    || [...document.querySelectorAll('body *')].find(element => !element.childElementCount && says(element) && seen(element));
  return {
    quiet: (performance.now() - watch.moved) / 1000,
    busy: busy ? busy.textContent.trim().slice(0, 80) || busy.getAttribute('aria-label') || 'that it is busy' : null,
    ready: document.readyState === 'complete' || document.readyState === 'interactive',
  };
}"""


class Stillness:
    """Watches a window from when it is made."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._watches: dict[Frame, JSHandle] = {}
        self._begun = time.monotonic()
        self.busy = ""
        """What the page says while it is busy."""

    def now(self) -> bool:
        """Whether the window is at rest by now."""
        looks = [self._look(frame) for frame in self._window.visible_frames()]
        self.busy = next((look["busy"] for look in looks if look["busy"]), "")
        still = (
            all(look["quiet"] >= QUIET_SECONDS for look in looks) or time.monotonic() - self._begun > RESTLESS_SECONDS
        )
        return (
            bool(looks) and still and not self.busy and all(look["ready"] for look in looks) and not self._window.calls
        )

    def _look(self, frame: Frame) -> dict[str, t.Any]:
        watch = self._watches.get(frame)
        texts = [text.casefold() for text in self._window.landmarks["processing"].texts]
        try:
            if watch is None:
                watch = self._watches[frame] = frame.evaluate_handle(_WATCH)
            return t.cast("dict[str, t.Any]", watch.evaluate(_LOOK, texts))
        except PlaywrightError:
            self._watches.pop(frame, None)
            raise
