# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs inside the page: readings, each one round trip, none of which changes anything.

They look at structure and visible words, as a person does, because Autotask mixes several generations of markup on its
pages and makes element ids anew on every load. The large ones return C({data, elements}): plain data for Python, and
elements it speaks of, so that the driver can act on exactly what was read.
"""

from __future__ import annotations

COMMON = r"""
  const clean = text => (text || '').replace(/[\p{Cf}\p{Co}]/gu, '').replace(/\s+/g, ' ').trim();
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

SAYS_IT_DROPS = r"""
  // Whether an element's names and classes say that it is a button of which a part drops down.
  const says_it_drops = names => /(drop-?down|split)-?(button|menu|container)/i.test(names);
"""

_WORDS = (
    COMMON
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

SHOWN = f"() => {{ {COMMON} return shown; }}"

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

SCROLL_THROUGH = r"""async () => {
  // Pages may draw a part only once it comes to sight. Scroll through whatever is longer than it was before, and back;
  // whether there was anything.
  const known = window[Symbol.for('msp.autotask.scrolled')] ??= new WeakMap();
  const drawn = () => Promise.race([new Promise(requestAnimationFrame), new Promise(done => setTimeout(done, 100))]);
  const rolls = part => part === document.scrollingElement || /auto|scroll/.test(getComputedStyle(part).overflowY);
  const parts = [document.scrollingElement, ...document.querySelectorAll('body *')].filter(part => part
    && part.scrollHeight > part.clientHeight + 2 && part.clientHeight > 50 && !part.matches('select, textarea')
    && part.scrollHeight > (known.get(part) || 0) && rolls(part));
  for (const part of parts) {
    const before = part.scrollTop;
    known.set(part, part.scrollHeight);
    // A page must not choose how long this takes.
    for (let top = 0, step = 0; top < part.scrollHeight && step < 100; top += part.clientHeight, step += 1) {
      part.scrollTo({top, behavior: 'instant'});
      await drawn();
    }
    part.scrollTo({top: before, behavior: 'instant'});
  }
  return parts.length > 0;
}"""

SCROLL_ON = r"""last => {
  // Scroll the list that this is the last entry of by what it shows; whether it has more.
  let around = last.parentElement;
  while (around && !(around.scrollHeight > around.clientHeight + 2
    && /auto|scroll/.test(getComputedStyle(around).overflowY))) around = around.parentElement;
  if (!around || around === document.scrollingElement) return false;
  const before = around.scrollTop;
  around.scrollTop += around.clientHeight * 0.8;
  return around.scrollTop > before;
}"""

PRESSES = "() => performance.eventCounts.get('mousedown')"
"""How often something was pressed in a document."""

COVER = r"""element => {
  // The outermost layer that lies over the middle of the element, if any does; over what is hidden, nothing lies.
  if (!element.isConnected || !element.getClientRects().length) return null;
  element.scrollIntoView({block: 'center'});
  const place = element.getBoundingClientRect();
  let cover = document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2);
  if (!cover || element.contains(cover) || cover.contains(element)) return null;
  while (cover.parentElement && cover.parentElement !== document.body && !cover.parentElement.contains(element))
    cover = cover.parentElement;
  return cover;
}"""

COMPLAINTS = (
    r"""() => {"""
    + COMMON
    + r"""
  // Errors by what they are to assistive technology, by what pages call them, or by being written in red.
  const errors = '[role=alert], [role=alertdialog], [aria-invalid=true], '
    + ['error', 'invalid', 'validation'].map(name => `[class*=${name} i]`).join(', ');
  const red = element => {
    const [r, g, b] = (getComputedStyle(element).color.match(/[\d.]+/g) || []).map(Number);
    return r > 140 && g < 90 && b < 90;
  };
  const own = element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && clean(node.data));
  // A star marks what is required, whether it is filled in or not.
  return [...document.querySelectorAll('body *')].filter(element => (element.matches(errors)
    || (own(element) && clean(element.textContent).length > 1 && red(element))) && visible(element))
    .slice(0, 200).map(element => `${element.localName} ${clean(element.textContent).slice(0, 400)}`);
}"""
)

TOGGLE_OF_FOLDED_MENU = (
    r"""() => {"""
    + COMMON
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
    + COMMON
    + r"""
  // The nearest thing to be seen around the first words of these that are hidden.
  const hidden = [...document.querySelectorAll('body *')].find(element => !visible(element)
    && words.includes(clean(element.textContent).toLowerCase()));
  for (let around = hidden && hidden.parentElement; around && around !== document.body; around = around.parentElement)
    if (visible(around)) return around;
  return null;
}"""
)

WORDS_BESIDE = (
    r"""(labels) => {"""
    + COMMON
    + r"""
  // What stands as words where other labels have a control: all that is said around a label and by nothing else.
  const control = 'input, select, textarea, .Checkbox2, .RadioButton, .SingleItemSelector2, .SingleDataSelector2, '
    + '[role=checkbox], [role=radio], [role=combobox], [role=textbox]';
  const own = element => clean([...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
    .map(node => node.data).join('')).replace(/[*:\s]+$/, '').toLowerCase();
  const words = (node, but) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node === but || node.matches(skipped) || !visible(node)) return '';
    const said = [...node.childNodes].map(each => words(each, but)).join('');
    return node.localName === 'wbr' ? '' : ` ${said} `;
  };
  const found = [];
  for (const label of document.querySelectorAll('body *')) {
    if (!labels.includes(own(label)) || !visible(label)) continue;
    const beside = around => clean(words(around, label)).replace(/^[*:\s]+/, '');
    let around = label.parentElement;
    while (around && around !== document.body && !beside(around) && !around.querySelector(control))
      around = around.parentElement;
    if (around && around !== document.body && !around.querySelector(control)) found.push(beside(around));
  }
  return found;
}"""
)

WORDS_AROUND = (
    r"""(box) => {"""
    + COMMON
    + r"""
  // The words that share a place with a box and with no other control, but for one that holds a domain.
  const chosen = list => list.selectedOptions[0] ? clean(list.selectedOptions[0].textContent) : '';
  const held = part => part.matches('select') ? chosen(part) : part.matches('input:read-only') ? part.value : '';
  const domain = part => /^@?[\w-]+(\.[\w-]+)+$/.test(held(part));
  const others = around => [...around.querySelectorAll('input, select, textarea')].filter(other =>
    other !== box && !domain(other));
  const up = part => part.parentElement || part.getRootNode().host;
  let around = box;
  while (up(around) && up(around) !== document.body && !others(up(around)).length) around = up(around);
  // Where the box lies in a part that does not show, neither do they.
  const told = element => visible(box) ? visible(element) : !element.matches(skipped);
  return [around, ...around.querySelectorAll('*')].filter(told).flatMap(element => element.matches('select, input')
    ? element !== box && domain(element) ? [`@${held(element).replace(/^@/, '')}`] : []
    : [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => clean(node.data)))
    .filter(Boolean);
}"""
)

MARKED_WRONG = (
    r"""() => {"""
    + COMMON
    + r"""
  // How much of the page is marked as wrong, for eyes or for assistive technology.
  const marks = '[aria-invalid=true], [class*=invalid i], [class*=error i]';
  return [...document.querySelectorAll(marks)].filter(visible).length;
}"""
)

HELD_TEXT = "element => 'value' in element ? element.value : element.innerText"

IS_PART_OF = r"""(words, control) => words.contains(control) || control.contains(words)
  || [...control.labels || []].some(label => label.contains(words) || words.contains(label))"""
"""Whether words are those of a control: around it, within it, or in its label."""

IS_GREYED = r"""element => {
  const button = element.closest('button, input, a, [role=button], [role=menuitem], .Button2, .Button')
    || element;
  return button.matches(':disabled, [aria-disabled=true], [class*=disabled i]')
    || getComputedStyle(button).pointerEvents === 'none';
}"""

BOXES = (
    r"""(words) => {"""
    + COMMON
    + r"""
  // Boxes that lie over the page and have something to press. Of a message one can only take note; a question leaves a
  // choice. What can be saved and closed is an editor, and what stands in a row belongs to a list.
  const word = element => clean(element.matches('input') ? element.value : element.textContent);
  const says = (element, list) => list.includes(word(element).toLowerCase());
  const button = 'button, [role=button], input[type=button], input[type=submit], a, [onclick], .Button2, '
    + '[tabindex]:not([tabindex="-1"])';
  const in_list = 'tr, [role=row], [role=listbox], [role=option], [role=menu], .ContextOverlay, .ItemList, .ItemSet';
  const pressable = element => !element.querySelector(button) && !element.closest(in_list)
    && (element.matches(button) || (!element.childElementCount && getComputedStyle(element).cursor === 'pointer'));
  const over = element => {
    const {position, zIndex} = getComputedStyle(element);
    return ['fixed', 'absolute'].includes(position) && zIndex !== 'auto' && clean(element.innerText).length < 600;
  };
  const box_of = element => {
    const box = element.closest('[role=dialog], [role=alertdialog], [aria-modal=true], dialog[open]');
    for (let at = element; !box && at !== document.body; at = at.parentElement) if (over(at)) return at;
    return box;
  };
  const answers = [...words.yes, ...words.no, ...words.ok, ...words.cancel];
  const candidates = [...document.querySelectorAll('body *')].filter(element =>
    (says(element, answers) || element.closest('[role=alertdialog]')) && pressable(element) && visible(element));
  const data = [], elements = [];
  for (const box of new Set(candidates.map(box_of))) {
    if (!box) continue;
    const all = [...box.querySelectorAll('*')].filter(element =>
      word(element) && pressable(element) && visible(element));
    const one = list => all.find(element => says(element, list));
    const several = new Set(all.map(word)).size > 1;
    const alerts = box.matches('[role=alertdialog]');
    const asks = one(words.yes) || one(words.no) || (several && (one(words.cancel) || alerts));
    const note = one(words.ok) || (!several && alerts && all[0]);
    const agree = one(words.yes) || note || all.find(element => !says(element, [...words.no, ...words.cancel]));
    if (one(words.save) || !(asks ? agree : note)) continue;
    const text = node => node.nodeType === Node.TEXT_NODE ? node.data
      : all.includes(node) || !visible(node) ? '' : [...node.childNodes].map(text).join(' ');
    const said = clean([...box.childNodes].map(text).join(' ')).replace(/^Message\b/i, '').replace(/^\s*[i?!]\s+/, '');
    // Where there is nothing but choices, nothing is asked: it is a list.
    if (!said) continue;
    data.push({words: said, asks: Boolean(asks)});
    elements.push(asks ? agree : note);
  }
  return {data, elements};
}"""
)

STATE = (
    f"words => {{ const boxes = ({BOXES})(words).data.length;"
    + r"""
  const entry = performance.getEntriesByType('navigation')[0];
  // 0 stands for no answer; the browser shows no status of other sites, whose calls are none of Autotask's.
  const failed = performance.getEntriesByType('resource').filter(call =>
    ['fetch', 'xmlhttprequest'].includes(call.initiatorType) && call.name.startsWith(location.origin)
    && (call.responseStatus === 0 || call.responseStatus >= 500));
  // A window's first document, one that is still coming, and a frame that nobody sees may well be empty.
  const seen = () => {
    const frame = window.frameElement;
    if (window === top || !frame) return window === top;
    const {left, top: upper, width, height} = frame.getBoundingClientRect();
    return frame.ownerDocument.elementFromPoint(left + width / 2, upper + height / 2) === frame;
  };
  const blank = document.readyState === 'complete' && location.href !== 'about:blank'
    && !(document.body && document.body.innerText.trim())
    && !document.querySelector('iframe, frame, img, svg, canvas, input, button, select, textarea') && seen();
  const guard = window[Symbol.for('msp.autotask.guard')];
  if (guard) guard.listen();
  return {title: document.title, status: entry ? entry.responseStatus : 200, failed_calls: failed.length, blank, boxes,
    stopped: guard ? guard.stopped : []};
}"""
)

# Where a page's relative addresses lead, and where an element's form is sent.
SENT_TO = """element => {
  const form = element.closest('form'), base = element.ownerDocument.baseURI;
  const action = form && form.getAttribute('action');
  const sent_to = action && !/^javascript:/i.test(action.trim()) ? [new URL(action, base).href] : [];
  return [base, ...sent_to].filter(address => /^https?:/i.test(address));
}"""
