# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a page of the log-in shows at one moment: boxes, buttons, and what stands where errors stand."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, JSHandle, Page

READ = r"""() => {
  const shown = element => element.checkVisibility({checkVisibilityCSS: true}) && element.getClientRects().length > 0;
  const words = element => (element.innerText || element.value || element.getAttribute('aria-label') || '')
    .trim().split(/\s+/).join(' ');
  const all = selector => [...document.querySelectorAll(selector)].filter(shown);
  const clickable = 'button, a, input[type=submit], input[type=button], [role=button], [role=option], '
    + '[role=menuitem], [onclick], [tabindex]:not([tabindex="-1"]):not(input):not(select):not(textarea)';
  const elements = all(clickable).filter(element => words(element) && words(element).length < 80
    && !element.querySelector('input, ' + clickable));
  // Of a banner, the box around is what speaks of cookies, and not the whole page.
  const in_banner = element => {
    for (let around = element.parentElement, level = 0; around && level < 5; around = around.parentElement, level++) {
      if (around === document.body || around.querySelector('input:not([type=checkbox])')) return false;
      if (/cookie/i.test(around.innerText)) return true;
    }
    return false;
  };
  const wrong = '[role=alert], [aria-live=assertive], [class*=error i], [class*=alert i], [class*=invalid i], '
    + '[class*=danger i], [class*=warning i], [class*=failure i], [id*=error i]';
  const text = 'input[type=text], input[type=email], input[type=tel], input[type=number], input:not([type])';
  const boxes = all(text);
  return {data: {
    url: location.href,
    texts: document.body ? document.body.innerText.split('\n').map(line => line.trim()).filter(Boolean) : [],
    errors: all(wrong).flatMap(element => (element.innerText || '').split('\n').map(line => line.trim()))
      .filter(Boolean),
    text_boxes: boxes.length,
    is_split: boxes.length > 3 && boxes.length < 9 && boxes.every(box => box.maxLength === 1),
    password_boxes: all('input[type=password]').length,
    ticks: all('input[type=checkbox], [role=checkbox]').length,
    captcha: all('iframe').some(frame => /captcha|challenge/i.test(frame.src + ' ' + frame.title)),
    buttons: elements.map(element => ({words: words(element), in_banner: in_banner(element)})),
  }, elements};
}"""


@dataclass(frozen=True)
class Button:
    """Something to press."""

    words: str
    in_banner: bool
    """Whether it is part of a box that speaks of cookies."""
    element: ElementHandle


@dataclass(frozen=True)
class Panel:
    """One look at the page."""

    url: str
    texts: tuple[str, ...]
    errors: tuple[str, ...]
    """What stands where errors stand."""
    text_boxes: int
    is_split: bool
    """Whether there is a box for each digit of a code."""
    password_boxes: int
    ticks: int
    captcha: bool
    buttons: tuple[Button, ...]

    @property
    def boxes(self) -> tuple[int, int]:
        """By how many boxes it is told from other panels."""
        return self.text_boxes, self.password_boxes

    @classmethod
    def of(cls, page: Page) -> Panel:
        """Look at *page*; PlaywrightError if it goes away meanwhile."""
        reading = page.evaluate_handle(READ)
        data: dict[str, t.Any] = reading.evaluate("({data}) => data")
        elements = _elements(reading.evaluate_handle("({elements}) => elements"))
        buttons = tuple(Button(**told, element=one) for told, one in zip(data.pop("buttons"), elements, strict=True))
        texts, errors = tuple(data.pop("texts")), tuple(data.pop("errors"))
        return cls(**data, texts=texts, errors=errors, buttons=buttons)


def _elements(handle: JSHandle) -> list[ElementHandle]:
    return [t.cast("ElementHandle", each.as_element()) for each in handle.get_properties().values()]
