# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a page has come to rest: its documents and the network have been quiet for a moment, and nothing is busy."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._addresses import host_of, same_site
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.look import is_shown
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window

if t.TYPE_CHECKING:
    from playwright.sync_api import Frame

QUIET_SECONDS = 0.1
"""How long nothing may have moved."""

RESTLESS_SECONDS = 4.0
"""How long a page may move all the time (a clock, an animation) before that counts as its rest."""

# Sees what moves in a document from its first look on, and what is done there; nothing of the page's own changes.
_LOOK = (
    f"texts => {{ const shown = ({scripts.SHOWN})();"
    + r"""
  const key = Symbol.for('msp.autotask.stillness');
  const watch = window[key] ??= (() => {
    const watch = {moved: performance.now()}, note = () => { watch.moved = performance.now(); };
    new MutationObserver(note).observe(document, {subtree: true, childList: true, characterData: true,
      attributes: true});
    ['pointerdown', 'click', 'keydown', 'input', 'change', 'scroll'].forEach(type =>
      window.addEventListener(type, note, {capture: true, passive: true}));
    return watch;
  })();
  const words = element => element.textContent.replace(/\s+/g, ' ').replace(/…/g, '...').trim();
  const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && [...element.getClientRects()].some(({width, height}) => width * height > 0);
  // What can be operated is no sign of waiting, whatever it is called: a spin button is a number.
  const operable = 'input, select, textarea, button, a, [tabindex]';
  const small = element => element.getElementsByTagName('*').length < 20
    && !element.matches(operable) && !element.querySelector(`${operable}, [role]`);
  const says_so = element => texts.includes(words(element).toLowerCase())
    || /\b(loading|please wait)\b/i.test(words(element));
  const moves = element => element.getAnimations({subtree: true})
    .some(one => one.playState === 'running' && one.effect?.getComputedTiming().iterations === Infinity);
  // By what is told to screen readers and the names that Autotask gives; by a name that says so and what it does; by
  // its words; or by lying over everything without anything to press.
  const known = '[aria-busy=true], [role=progressbar]:not([aria-valuenow]), progress:not([value]), '
    + '.LoadingIndicator.Active, #LoadingIndicator.Active, #BackgroundOverlay.Active, #ProgressBarDialog.Active, '
    + '#DelayNotification.Active';
  const named = '[class*=spinner i], [class*=loading i], [class*=skeleton i], [id*=loading i]';
  const find = (selector, test) => [...document.querySelectorAll(selector)].find(element => test(element)
    && seen(element));
  const covers = () => {
    const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    const layer = top && getComputedStyle(top).position === 'fixed' ? top : null;
    const {width, height} = layer ? layer.getBoundingClientRect() : {width: 0, height: 0};
    return width >= 0.9 * innerWidth && height >= 0.9 * innerHeight && small(layer) ? layer : null;
  };
  const busy = find(known, () => true) || find(named, element => small(element)
    && (!words(element) || says_so(element) || moves(element)))
    || find('body *', element => !element.childElementCount && texts.includes(words(element).toLowerCase()))
      || covers();
  return {
    shown,
    quiet: (performance.now() - watch.moved) / 1000,
    busy: busy ? words(busy).slice(0, 80) || busy.getAttribute('aria-label') || 'that it is busy' : null,
    ready: document.readyState !== 'loading',
  };
}"""
)


class Stillness:
    """One wait until a window has come to rest."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._begun = time.monotonic()
        self.busy = ""
        """What the page says while it is busy."""

    def now(self) -> bool:
        """Whether the window is at rest by now."""
        looks = list(self._looks())
        self.busy = next((look["busy"] for look in looks if look["busy"]), "")
        still = (
            all(look["quiet"] >= QUIET_SECONDS for look in looks) or time.monotonic() - self._begun > RESTLESS_SECONDS
        )
        if not looks or not still or self.busy or not all(look["ready"] for look in looks) or self._window.calls:
            return False
        return self._says_nothing_new()

    def _says_nothing_new(self) -> bool:
        """Whether no message and no question lies over the page; answering one moves it."""
        messages = self._window.journal.messages
        before = len(messages)
        self._window.check()
        return len(messages) == before

    def _is_ours(self, frame: Frame) -> bool:
        """Whether a frame is the console's; what others draw beside it may never rest."""
        host = host_of(frame.url)
        return frame.parent_frame is None or not host or same_site(host, host_of(self._window.page.url))

    def _looks(self) -> t.Iterator[dict[str, t.Any]]:
        """What each frame says that is to be seen; one that goes away meanwhile is none."""
        texts = [text.casefold() for text in self._window.landmarks["processing"].texts]
        for frame in filter(self._is_ours, self._window.frames()):
            look = frame.evaluate(_LOOK, texts)
            if is_shown(frame, look["shown"]):
                yield look
