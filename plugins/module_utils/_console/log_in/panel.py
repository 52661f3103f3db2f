# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a page of the log-in shows at one moment: boxes, buttons, and what stands where errors stand."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, JSHandle

LONG = 12
"""Letters of what to press that nobody writes into a sentence besides."""

NUMBER = re.compile(r"\d+")

READ = r"""() => {
  // Frameworks draw parts of a page in shadow trees, which selectors and texts leave out.
  const roots = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  const around = element => element.parentElement || element.getRootNode().host;
  const shown = element => {
    const {left, right, bottom, width, height} = element.getBoundingClientRect();
    // What is as small as a point is there for screen readers only, such as a link that skips to the content.
    return element.checkVisibility({checkVisibilityCSS: true}) && width > 1 && height > 1
      && right + scrollX > 0 && bottom + scrollY > 0
      && left + scrollX < Math.max(document.documentElement.scrollWidth, innerWidth);
  };
  // Whether something around an element cuts it off as a whole.
  const is_cut_off = element => {
    const one = element.getBoundingClientRect();
    let position = getComputedStyle(element).position;
    for (let each = around(element); each && each !== document.body && position !== 'fixed'; each = around(each)) {
      const style = getComputedStyle(each), other = each.getBoundingClientRect();
      if (position === 'absolute' && style.position === 'static') continue;
      if (/hidden|clip/.test(style.overflow) && style.display !== 'inline' && (
        Math.min(one.right, other.right) - Math.max(one.left, other.left) < 2
        || Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) < 2)) return true;
      position = style.position;
    }
    return false;
  };
  // Not what is there for programs only, such as a box for a browser to fill. One for a code may lie unseen over
  // places that are drawn for its digits.
  const meant = element => shown(element) && !is_cut_off(element) && !element.closest('[aria-hidden=true]')
    && (element.checkVisibility({checkOpacity: true}) || element.autocomplete === 'one-time-code');
  const find = (selector, is_shown = shown) => roots.flatMap(root => [...root.querySelectorAll(selector)])
    .filter(is_shown);
  // What lies over the page is what is asked now.
  const dialogs = find('dialog[open], [aria-modal=true], [role=dialog], [role=alertdialog]');
  const is_on_top = dialog => {
    const {x, y, width, height} = dialog.getBoundingClientRect();
    return dialog.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  };
  const over = dialogs.filter(is_on_top).at(-1) || dialogs.at(-1);
  const inside = element => {
    for (let each = element; over && each !== over; each = around(each)) if (!each) return false;
    return true;
  };
  const all = (selector, is_shown) => find(selector, is_shown).filter(inside);
  const tidy = text => (text || '').trim().split(/\s+/).join(' ');
  const words = element => tidy(element.innerText || element.value || element.getAttribute('aria-label')
    || element.alt || element.title);
  const lines = text => text.split('\n').map(line => line.trim()).filter(Boolean);

  const clickable = 'button, a, summary, input[type=submit], input[type=button], input[type=image], [role=button], '
    + '[role=link], [role=option], [role=menuitem], [onclick], '
    + '[tabindex]:not([tabindex="-1"]):not(input):not(select):not(textarea)';
  const is_drawn = element => getComputedStyle(element).cursor === 'pointer'
    && getComputedStyle(around(element) || element).cursor !== 'pointer' && !element.matches('label, input, select');
  const buttons = [...new Set([...all(clickable), ...all('div, span, li, td, p').filter(is_drawn)])]
    .filter(element => words(element) && words(element).length < 80 && !element.querySelector(`input, ${clickable}`));
  // Of several that are called the same, each has another name for screen readers.
  const called = buttons.map(words);
  const name_of = element => called.filter(other => other === words(element)).length > 1
    && tidy(element.getAttribute('aria-label')) || words(element);
  // Of a banner, the box around is what speaks of cookies, and not the whole page.
  const in_banner = element => {
    for (let box = around(element), level = 0; box && level < 8; box = around(box), level++) {
      if (box === document.body || box.querySelector('input:not([type=checkbox])')) return false;
      if (/cookie|your privacy|our (\d+ )?partners/i.test(box.innerText || box.shadowRoot?.lastElementChild?.innerText))
        return true;
    }
    return false;
  };
  const radios = all('input[type=radio], [role=radio]', () => true)
    .map(radio => [radio, radio.labels?.[0] || radio.closest('label') || radio]).filter(([, label]) => shown(label))
    .map(([, label]) => ({words: words(label), element: label}));
  const options = all('select').filter(list => list.options.length < 50)
    .flatMap(list => [...list.options].map(option => ({words: tidy(option.text), element: list, is_option: true})));
  const choices = [...radios, ...options].filter(choice => choice.words);

  const wrong = '[role=alert], [aria-live=assertive], [class*=error i], [class*=alert i], [class*=invalid i], '
    + '[class*=danger i], [class*=warning i], [class*=failure i], [id*=error i], [class*=toast i], '
    + '[class*=snackbar i], [role=status]';
  const typed = 'input[type=text], input[type=email], input[type=tel], input[type=number], input:not([type])';
  // An id comes on a line of its own, since many are made by chance.
  const hint = box => [box.name, box.placeholder, box.ariaLabel, box.autocomplete.replace(/^o(n|ff)$/, ''),
    ...[...(box.labels || [])].map(label => words(label).slice(0, 80))].filter(Boolean).join(' ') + '\n' + box.id;
  const there = all(`${typed}, input[type=password]`, meant).filter(box => !box.disabled
    && !box.closest('[role=search]') && !/\bsearch\b/i.test(hint(box)));
  const open = there.filter(box => !(box.readOnly && box.value));
  // A form for something else may stand beside the log-in.
  const presses = form => [...form.elements, ...form.querySelectorAll('a, [role=button]')].map(words).filter(Boolean);
  const is_other = form => form && presses(form).some(text => /^(sign ?up|register|create|subscribe|join|reset|send)\b/i
    .test(text)) && !presses(form).some(text => /^(log ?in|sign ?in|continue|next|verify|submit)\b/i.test(text));
  const of_log_in = open.filter(box => !is_other(box.form));
  const boxes = of_log_in.length ? of_log_in : open;
  // A code may have a box for each digit, or for each half.
  const short = boxes.every(box => box.maxLength > 0 && box.maxLength < 5);
  const room = boxes.reduce((sum, box) => sum + Math.max(box.maxLength, 0), 0);
  const narrow = boxes.every(box => box.maxLength < 2 && box.getBoundingClientRect().width < 90);
  const is_split = boxes.length > 1 && (short && room > 5 && room < 9
    || narrow && boxes.length > 5 && boxes.length < 9);
  // What is typed into a box for a code may be covered, too.
  const is_for_code = box => /one-time-code|\b(otp|totp|code)\b/i.test(hint(box)) && !/passw/i.test(hint(box));
  const is_covered = box => getComputedStyle(box).webkitTextSecurity !== 'none' && !is_for_code(box);
  const text = boxes.filter(box => is_split || !is_covered(box));
  const password = boxes.filter(box => !text.includes(box));
  const ticks = all('input[type=checkbox], [role=checkbox]', () => true)
    .map(tick => [tick, tick.labels?.[0] || tick.closest('label') || tick]).filter(([, label]) => shown(label));
  const captcha = find('iframe').some(frame => /captcha|challenge/i.test(frame.src + ' ' + frame.title)
    && !/size=invisible/.test(frame.src) && !frame.closest('[class*=badge]'));
  return {data: {
    texts: [...lines(document.body ? document.body.innerText : ''),
      ...roots.slice(1).flatMap(root => [...root.children].flatMap(part => lines(part.innerText || '')))],
    errors: all(wrong).filter(element => !element.querySelector('input:not([type=hidden]), select, textarea')
      && !/info|success|hint/i.test(element.className)).flatMap(element => lines(element.innerText || '')),
    is_split,
    fixed: there.filter(box => box.readOnly && box.value && box.type !== 'password').map(box => box.value),
    hints: text.map(hint),
    invalid: boxes.filter(box => box.getAttribute('aria-invalid') === 'true').length,
    ticks: ticks.length,
    unticked: ticks.filter(([tick]) => !tick.checked && tick.getAttribute('aria-checked') !== 'true')
      .map(([, label]) => words(label)),
    captcha,
    buttons: buttons.map(element => ({words: name_of(element), in_banner: in_banner(element)})),
    choices: choices.map(({words, is_option}) => ({words, is_option: !!is_option})),
  }, elements: [...text, ...password, ...buttons, ...choices.map(choice => choice.element)],
     counts: [text.length, password.length]};
}"""


@dataclass(frozen=True)
class Button:
    """Something to press, or to choose."""

    words: str
    element: ElementHandle = field(compare=False)
    in_banner: bool = False
    """Whether it is part of a box that speaks of cookies."""
    is_option: bool = False
    """Whether it is a word of a list that the browser draws."""

    def press(self, milliseconds: float) -> None:
        """Press it, or choose it."""
        if self.is_option:
            self.element.select_option(label=self.words, timeout=milliseconds)
        else:
            self.element.click(timeout=milliseconds)


@dataclass(frozen=True)
class Panel:
    """One look at the page."""

    url: str
    texts: tuple[str, ...]
    errors: tuple[str, ...]
    """What stands where errors stand."""
    is_split: bool
    """Whether there are several boxes for one code."""
    fixed: tuple[str, ...]
    """What boxes hold that cannot be changed."""
    hints: tuple[str, ...]
    """What boxes for text are called, for programs and for people, one for each, with its id on a second line."""
    invalid: int
    """How many boxes say that what they hold is wrong."""
    ticks: int
    unticked: tuple[str, ...]
    """What boxes say that are to be ticked."""
    captcha: bool
    text_boxes: tuple[ElementHandle, ...] = field(compare=False)
    password_boxes: tuple[ElementHandle, ...] = field(compare=False)
    buttons: tuple[Button, ...]
    choices: tuple[Button, ...]
    """Of which one can be chosen, before something is pressed."""

    @property
    def still(self) -> tuple[str, ...]:
        """What it says without its numbers, which a clock changes all the time."""
        return tuple(NUMBER.sub("0", text) for text in self.texts)

    @property
    def boxes(self) -> tuple[int, int]:
        """By how many boxes it is told from other panels."""
        return len(self.text_boxes), len(self.password_boxes)

    def besides_buttons(self, text: str) -> str:
        """What a line says apart from things to press, such as links to terms and help at the foot of a page."""
        rest = text
        for button in sorted(self.buttons, key=lambda button: -len(button.words)):
            text = text.replace(button.words, "")
            # A short word may be a part of another.
            rest = rest.replace(button.words, " ") if len(button.words) > LONG else rest
        return rest if any(map(str.isalnum, text)) else ""

    @classmethod
    def of(cls, frames: t.Sequence[Frame]) -> Panel:
        """Look at a page and its own *frames*; PlaywrightError if it goes away meanwhile."""
        looks = [_look(frame) for frame in frames]

        def joined(name: str) -> tuple[t.Any, ...]:
            return tuple(item for look in looks for item in look[name])

        lines = ("texts", "errors", "fixed", "hints", "unticked")
        parts = ("text_boxes", "password_boxes", "buttons", "choices")
        return cls(
            url=frames[0].url,
            is_split=any(look["is_split"] for look in looks),
            invalid=sum(look["invalid"] for look in looks),
            ticks=sum(look["ticks"] for look in looks),
            captcha=any(look["captcha"] for look in looks),
            **{name: joined(name) for name in (*lines, *parts)},
        )


def _look(frame: Frame) -> dict[str, t.Any]:
    reading = frame.evaluate_handle(READ)
    text, password = reading.evaluate("({counts}) => counts")
    data: dict[str, t.Any] = reading.evaluate("({data}) => data")
    elements = iter(_elements(reading.evaluate_handle("({elements}) => elements")))
    data["text_boxes"] = [next(elements) for _box in range(text)]
    data["password_boxes"] = [next(elements) for _box in range(password)]
    for name in ("buttons", "choices"):
        data[name] = [Button(**told, element=next(elements)) for told in data[name]]
    return data


def _elements(handle: JSHandle) -> list[ElementHandle]:
    return [t.cast("ElementHandle", each.as_element()) for each in handle.get_properties().values()]
