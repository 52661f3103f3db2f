# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs inside the page: readings, each one round trip, none of which changes anything.

They look at structure and visible words, as a person does, because Autotask mixes several generations of markup on its
pages and makes element ids anew on every load. The large ones return C({data, elements}): plain data for Python, and
elements it speaks of, so that the driver can act on exactly what was read.
"""

from __future__ import annotations

_COMMON = r"""
  const clean = text => (text || '').replace(/\p{Cf}/gu, '').replace(/\s+/g, ' ').trim();
  const skipped = 'script, style, noscript, template, option';
  // Before its styles are there, a page shows what they hide.
  const ready = document.readyState !== 'loading'
    && [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet || link.disabled);
  const visible = element =>
    ready && element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length > 0;
  // Whether this frame is to be seen in the page around it; null if that is of another site.
  const shown = (() => {
    if (window === top) return true;
    const frame = window.frameElement;
    return frame && frame.checkVisibility({visibilityProperty: true}) && frame.clientWidth * frame.clientHeight > 0;
  })();
"""

_WORDS = (
    _COMMON
    + r"""
  // Every visible element that has words of its own; *known* leaves out those an earlier reading returned.
  const words = ({known, inside} = {}) => {
    const seen = new Set(known || []);
    const texts = [], elements = [];
    if (shown !== false) for (const element of (inside || document).querySelectorAll(inside ? '*' : 'body *')) {
      // Far more than any page of Autotask has; a page must not choose how much memory we take.
      if (texts.length >= 20000) break;
      if (seen.has(element) || element.matches(skipped)) continue;
      const own = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && clean(node.data));
      const button = element.matches('input[type=button], input[type=submit]');
      const named = !element.childElementCount && (element.getAttribute('aria-label') || element.title);
      if (!own && !button && !named) continue;
      const text = clean(own ? element.textContent : button ? element.value : named);
      if (!text || text.length > 400 || !visible(element)) continue;
      texts.push(text);
      elements.push(element);
    }
    return {texts, elements};
  };
"""
)

VISIBLE_TEXTS = f"where => {{ {_WORDS} return {{shown, texts: words(where).texts}}; }}"

VISIBLE_ELEMENTS = f"() => {{ {_WORDS} return words().elements; }}"

VISIBLE_ELEMENT = (
    f"([where, text, which, count]) => {{ {_WORDS}"
    + r"""
  // Whatever else comes and goes on the page, these words must be there as often as they were.
  const {texts, elements} = words(where);
  const saying = elements.filter((_, index) => texts[index] === text);
  return saying.length === count ? saying[which] : null;
}"""
)

GRID_ROWS = (
    r"""() => {"""
    + _COMMON
    + r"""
  const rows = [...document.querySelectorAll('tr, [role=row]')].filter(row => row.children.length > 1 && visible(row));
  const cells = (row, fact) => [...row.children].map(fact);
  // A tick is drawn: something to see that says nothing. That a cell without one is empty is assumed.
  const ticked = cell => !clean(cell.textContent) && !cell.querySelector('.Unchecked, [aria-checked=false]')
    && [...cell.querySelectorAll('*')].some(visible);
  return {
    data: rows.map(row => ({
      cells: cells(row, cell => clean(cell.textContent)),
      ticks: cells(row, ticked),
      inputs: cells(row, cell => Boolean(cell.querySelector('input[type=text], input:not([type])'))),
    })),
    elements: rows,
  };
}"""
)

STATE = r"""() => {
  const entry = performance.getEntriesByType('navigation')[0];
  // 0 stands for no answer; the browser shows no status of other sites, whose calls are none of Autotask's.
  const failed = performance.getEntriesByType('resource').filter(call =>
    ['fetch', 'xmlhttprequest'].includes(call.initiatorType) && call.name.startsWith(location.origin)
    && (call.responseStatus === 0 || call.responseStatus >= 500));
  return {title: document.title, status: entry ? entry.responseStatus : 200, failed_calls: failed.length};
}"""

COVER = r"""element => {
  // The outermost layer that lies over the middle of the element, if any does.
  element.scrollIntoView({block: 'center'});
  const place = element.getBoundingClientRect();
  let cover = document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2);
  if (!cover || element.contains(cover) || cover.contains(element)) return null;
  while (cover.parentElement && cover.parentElement !== document.body && !cover.parentElement.contains(element))
    cover = cover.parentElement;
  return cover;
}"""

MESSAGE_ABOVE = r"""button => {
  // The message box around an OK button, without its title and the button's own word.
  const clean = text => text.replace(/\s+/g, ' ').trim();
  let box = button;
  while (box.parentElement && box.parentElement !== document.body
    && clean(box.parentElement.innerText).length < clean(button.innerText).length + 12) box = box.parentElement;
  box = box.parentElement || box;
  return clean(box.innerText).replace(/^Message\b/i, '').replace(/\bOK$/i, '').trim();
}"""

TOGGLE_OF_FOLDED_MENU = (
    r"""() => {"""
    + _COMMON
    + r"""
  // A menu without one readable word, and the nearest button around it that has none either.
  const readable = element => [element, ...element.querySelectorAll('*')].some(part => visible(part)
    && [...part.childNodes].some(node => node.nodeType === Node.TEXT_NODE && clean(node.data)));
  const folded = [...document.querySelectorAll('[role=menu]')].find(menu => visible(menu) && !readable(menu));
  for (let around = folded && folded.parentElement; around && around !== document.body; around = around.parentElement) {
    const button = [...around.querySelectorAll('button, [role=button]')].find(one => visible(one) && !readable(one));
    if (button) return button;
  }
  return null;
}"""
)

AROUND_HIDDEN_WORDS = (
    r"""(words) => {"""
    + _COMMON
    + r"""
  // The nearest thing to be seen around the first words of these that are hidden.
  const hidden = [...document.querySelectorAll('body *')].find(element => !visible(element)
    && words.includes(clean(element.textContent).toLowerCase()));
  for (let around = hidden && hidden.parentElement; around && around !== document.body; around = around.parentElement)
    if (visible(around)) return around;
  return null;
}"""
)
