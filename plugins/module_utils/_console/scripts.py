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
  const clean = text => (text || '').replace(/\s+/g, ' ').trim();
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

FORM_CONTROLS = (
    r"""(words) => {"""
    + _COMMON
    + r"""
  // Native controls, and those that the second generation of pages draws itself without any input element.
  const native = 'input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=image]), select, textarea';
  const picker = '.SingleDataSelector2';
  const drawn = '.Checkbox2, .RadioButton, .SingleItemSelector2, ' + picker;
  const controls = [...document.querySelectorAll(native + ',' + drawn)]
    .filter(control => !control.parentElement.closest(drawn));
  const isControl = new Set(controls);
  const counts = new Map();
  for (const control of controls)
    for (let node = control; node; node = node.parentElement) counts.set(node, (counts.get(node) || 0) + 1);
  const count = node => counts.get(node) || 0;

  // The words of a piece of the page, without those inside controls.
  const text = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || isControl.has(node) || node.matches(skipped)) return '';
    return [...node.childNodes].map(text).join(' ');
  };
  const words_of = node => clean(text(node));
  const words_in = control => clean(visible(control) ? control.innerText : [...control.childNodes].map(text).join(' '));

  // Sections: each has one link that takes all permission away, and a heading beside it.
  const own_words = element =>
    clean([...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join(' '));
  const says = (element, list) => list.includes(own_words(element).toLowerCase());
  const full_beside = element => [element.parentElement, element.parentElement.parentElement].some(around =>
    around && [...around.querySelectorAll('*')].some(other => says(other, words.full)));
  const links = [...document.querySelectorAll('body *')].filter(element =>
    says(element, words.none) && !isControl.has(element.parentElement) && full_beside(element));
  const one_link = node => links.filter(link => node.contains(link)).length === 1;
  const sections = [];
  for (const link of links) {
    let row = link, heading = '';
    while (row.parentElement && !heading && one_link(row.parentElement)) {
      row = row.parentElement;
      heading = [...row.querySelectorAll('*')]
        .filter(part => !says(part, [...words.none, ...words.full, ...words.beside]))
        .map(own_words).find(words => /\p{L}/u.test(words)) || '';
    }
    if (!heading || count(row)) continue;
    let root = row;
    while (root.parentElement && root.parentElement !== document.body && one_link(root.parentElement))
      root = root.parentElement;
    const parts = [root];
    if (!count(root))
      for (let next = root.nextElementSibling; next; next = next.nextElementSibling) {
        if (links.some(other => next.contains(other))) break;
        parts.push(next);
      }
    sections.push({heading, link, row, parts});
  }
  // A level that cannot be changed shows no such links; then a section is what begins with a heading that is known.
  if (!links.length) {
    const first_words = node => [...node.querySelectorAll('*')].map(own_words).find(Boolean);
    for (const element of document.querySelectorAll('body *')) {
      if (!says(element, words.headings) || sections.some(section => section.parts[0].contains(element))) continue;
      const heading = own_words(element);
      let root = element;
      while (root !== document.body && !count(root)) root = root.parentElement;
      if (first_words(root) === heading) sections.push({heading, link: null, row: element, parts: [root]});
    }
  }
  const section_of = node => sections.find(section => section.parts.some(part => part.contains(node)));

  // A cell of a table, whatever it is built of: a row begins with words, and a row of words above it heads its columns.
  const header_above = row => {
    let line = row;
    while (line) {
      for (let before = line.previousElementSibling; before; before = before.previousElementSibling) {
        const cells = [...before.children];
        if (cells.length === row.children.length && !count(before) && cells.slice(1).every(cell => words_of(cell)))
          return before;
      }
      const table = line.closest('table');
      if (!table || line.matches('thead, tbody')) {
        const head = table && table.querySelector('tr');
        return head && head !== row && !count(head) && head.children.length === row.children.length ? head : null;
      }
      line = line.closest('tbody');
      if (!line) return null;
    }
    return null;
  };
  const cell_of = control => {
    for (let cell = control; count(cell) === 1 && cell !== document.body; cell = cell.parentElement) {
      const row = cell.parentElement, first = row.children[0];
      if (sections.some(section => section.parts.includes(row))) return null;
      if (row.children.length < 2 || first === cell || count(first) || !words_of(first)) continue;
      const head = header_above(row);
      if (!head) continue;
      const index = [...row.children].indexOf(cell);
      // With one value a row, the header says nothing that the label does not.
      const column_at = at => row.children.length > 2 ? words_of(head.children[at]) : null;
      return {row, head, column_at, label: words_of(first), column: column_at(index)};
    }
    return null;
  };

  // The words that belong to a control: by association, around it, before it, or (for boxes) behind it.
  const label_parts = new Set();
  const is_box = control => control.matches('input[type=checkbox], input[type=radio], .Checkbox2, .RadioButton');
  const label_of = control => {
    if (control.labels && control.labels.length) {
      control.labels.forEach(label => label_parts.add(label));
      return words_of(control.labels[0]);
    }
    if (is_box(control) && words_in(control)) return words_in(control);
    const named_by = document.getElementById(control.getAttribute('aria-labelledby') || '');
    if (named_by) return words_of(named_by);
    if (control.getAttribute('aria-label')) return clean(control.getAttribute('aria-label'));
    let around = control;
    while (count(around.parentElement) === 1 && !words_of(around)) around = around.parentElement;
    if (words_of(around)) return words_of(around);
    const beside = is_box(control) ? ['nextElementSibling', 'previousElementSibling'] : ['previousElementSibling'];
    for (const side of beside) {
      const part = around[side];
      if (part && !count(part) && words_of(part)) {
        label_parts.add(part);
        return words_of(part);
      }
    }
    return '';
  };

  // The nearest bold words before it that head a group.
  const bold = node => [node, ...node.querySelectorAll('*')].find(part =>
    [...part.childNodes].some(child => child.nodeType === Node.TEXT_NODE && clean(child.data))
    && Number(getComputedStyle(part).fontWeight) >= 600);
  const group_of = (node, section) => {
    for (let at = node; at && at !== document.body; at = at.parentElement) {
      if (section && section.parts.includes(at)) break;
      for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
        if (count(before) || label_parts.has(before) || before.matches(skipped)) continue;
        if (section && section.link && before.contains(section.link)) continue;
        const title = bold(before);
        if (title && !label_parts.has(title)) return clean(title.textContent);
      }
    }
    return null;
  };

  const inert = '[aria-disabled=true], .Disabled, .Disabled2';
  const state = control => [control, ...control.querySelectorAll('*')];
  const on = control => state(control).some(part =>
    part.matches('.Checked, .RadioButtonItem.Selected, [aria-checked=true]'));
  const off = control => control.disabled || control.matches(':disabled')
    || control.closest(inert) || state(control).some(part => part.matches(inert));
  const describe = control => {
    if (control.matches('select')) {
      const word = option => option ? clean(option.textContent) : '';
      return {kind: 'list', value: word(control.selectedOptions[0]), offered: [...control.options].map(word)};
    }
    if (control.matches('.SingleItemSelector2')) return {kind: 'list', value: words_in(control)};
    if (control.matches(picker)) return {kind: 'list', value: clean((control.querySelector('input') || {}).value)};
    if (control.matches('input[type=checkbox]')) return {kind: 'checkbox', value: control.checked};
    if (control.matches('.Checkbox2')) return {kind: 'checkbox', value: on(control)};
    if (control.matches('input[type=radio]')) return {kind: 'radio', value: control.checked};
    if (control.matches('.RadioButton')) return {kind: 'radio', value: on(control)};
    if (control.matches('input[type=password]')) return {kind: 'password', value: ''};
    return {kind: control.matches('input[type=number]') ? 'number' : 'text', value: control.value};
  };

  const places = controls.map(control => {
    const cell = cell_of(control);
    return {control, cell, label: cell ? cell.label : label_of(control)};
  });
  const data = [], elements = [], told = new Set();
  const add = (element, facts) => { data.push(facts); elements.push(element); };
  for (const {control, cell, label} of places) {
    if (told.has(control)) continue;
    const section = section_of(control);
    const where = {
      section: section ? section.heading : null,
      // A table is headed by what stands above its first row, not by the bold lines in it.
      group: group_of(cell ? cell.head : control, section),
      label,
    };
    const tell = (control, column) => {
      told.add(control);
      add(control, {...where, column, offered: null, ...describe(control), enabled: !off(control),
        typed: control.matches(picker)});
    };
    const tell_text = (part, column) => add(part, {...where, column, kind: 'readonly', value: words_of(part),
      offered: null, enabled: false, typed: false});
    if (!cell) tell(control, null);
    else [...cell.row.children].slice(1).forEach((part, index) => {
      const inside = controls.find(other => part.contains(other));
      if (inside) tell(inside, cell.column_at(index + 1));
      else if (words_of(part)) tell_text(part, cell.column_at(index + 1));
    });
  }
  const headings = sections.map(section => section.heading);
  const [links_of, rows_of] = ['link', 'row'].map(part => sections.map(section => section[part]));
  return {data, elements, headings, links: links_of, rows: rows_of};
}"""
)

ANY_VISIBLE = f"(reading, indexes) => {{ {_COMMON} return indexes.some(index => visible(reading.elements[index])); }}"

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

COMPLAINTS = (
    r"""() => {"""
    + _COMMON
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
