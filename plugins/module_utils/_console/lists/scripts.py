# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs inside the page of a list. None of it changes anything but where the list is scrolled to.

A list may be a table, a grid by its roles, or nothing but nested blocks; its headings may be a table of their own.
So it is found from the words of one heading: what is below that, in as many parts as the headings, is a row.
"""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._console.windows.scripts import COMMON

PARTS = (
    COMMON
    + r"""
  const box_of = element => element.getBoundingClientRect();
  const laid_out = element => element.getClientRects().length > 0;
  // Words for a screen reader only, of one pixel.
  const clipped = element => (element.offsetWidth <= 1 || element.offsetHeight <= 1)
    && getComputedStyle(element).position === 'absolute';
  const faded = element => getComputedStyle(element).opacity === '0';
  const formats = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
  const wordless = 'script, style, noscript, template, select, option, textarea, input, svg';
  const portrait = /avatar|initials/i;
  const lesser_by_name = /(^|[\s_-])(badge|pill|chip|tag|icons?|glyphicon|fa)([\s_-]|$)/i;
  const badge = /^\s*[•●○◦∙·★☆⚑⚐ⓘℹ🔒▲▼△▽▴▾▵▿▸▹►▷⊞⊟⇅⇵↕]\s*$/u;
  // What a person reads in a part of the page; decorations too, if there is nothing else.
  const read = (node, decorations, but = []) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(wordless) || but.includes(node)) return '';
    if (!decorations && (node.ariaHidden === 'true' || portrait.test(node.className) || badge.test(node.textContent)))
      return '';
    if (node.tagName === 'BR') return ' ';
    if (!visible(node) || clipped(node) || faded(node))
      return getComputedStyle(node).display === 'contents' ? inner(node, decorations, but) : '';
    const words = inner(node, decorations, but);
    return words && getComputedStyle(node).display !== 'inline' ? ` ${words} ` : words;
  };
  const inner = (node, decorations, but) => [...node.childNodes].map(child => read(child, decorations, but)).join('');
  const said = node => {
    const plain = node.textContent;
    if (!node.childElementCount || !/\S/.test(plain)) return clean(plain.replace(formats, ''));
    return clean(inner(node, false).replace(formats, '')) || clean(inner(node, true).replace(formats, ''));
  };
  const own_words = element => {
    let words = '';
    for (let node = element.firstChild; node; node = node.nextSibling)
      if (node.nodeType === Node.TEXT_NODE) words += node.data;
      else if (node.nodeType === Node.ELEMENT_NODE && node.localName !== 'wbr') words += ' ';
    return words && clean(words.replace(formats, ''));
  };
  const naming = '[aria-label], [title], [alt], [aria-labelledby], input, svg';
  // The names that an element has besides its words.
  const given_names = element => {
    if (!element.matches(naming)) return [];
    const title = [...element.children].find(child => child.matches('title'));
    const ids = (element.getAttribute('aria-labelledby') || '').split(/\s+/);
    const named_by = ids.map(id => document.getElementById(id));
    return [element.ariaLabel, element.title, element.getAttribute('alt'), title && title.textContent,
      element.matches('input[type=button], input[type=submit], input[type=image]') && element.value,
      ...named_by.map(part => part && part.textContent)]
      .filter(name => typeof name === 'string').map(name => clean(name.replace(formats, ''))).filter(Boolean);
  };
  const names_of = element => [...new Set([own_words(element), ...given_names(element)].filter(Boolean))];
  const tokens = element => String(element.getAttribute('class') || '');
  const off = element => {
    if (element.matches(':disabled') || getComputedStyle(element).pointerEvents === 'none') return true;
    for (let part = element, level = 0; part && level < 4; part = part.parentElement, level++)
      if (part.ariaDisabled === 'true' || part.hasAttribute('disabled') || part.hasAttribute('inert')
        || /(^|[\s_-])disabled(state|\d)?(\s|$)/i.test(tokens(part))) return true;
    return false;
  };
  const operable = element => element.matches('a, button, input, summary, [role], [onclick], [tabindex]')
    || getComputedStyle(element).cursor === 'pointer';
  const row_like = 'tr, [role=row]';
  const cell_like = 'td, th, [role=gridcell], [role=cell], [role=columnheader], [role=rowheader]';
  // A grid may keep some columns in a container of their own; rows of one number are one row, in several parts.
  const grid_like = '[role=grid], [role=treegrid]';
  const number_of_row = row => row.getAttribute('aria-rowindex') || row.getAttribute('row-index');
  const numbered = new Map();
  const parts_of = row => {
    const grid = row.matches(row_like) && number_of_row(row) && row.closest(grid_like);
    if (!grid) return [row];
    if (!numbered.has(grid)) numbered.set(grid, Map.groupBy([...grid.querySelectorAll(row_like)].filter(other =>
      other.closest(grid_like) === grid), number_of_row));
    const parts = numbered.get(grid).get(number_of_row(row)) || [row];
    return new Set(parts.map(part => part.parentElement)).size === parts.length ? parts : [row];
  };
  const cells_of = row => {
    let cells = parts_of(row).flatMap(part => [...part.querySelectorAll(cell_like)].filter(cell =>
      cell.parentElement.closest(row_like) === part && !part.contains(cell.parentElement.closest(cell_like))));
    if (!cells.length && !row.matches('tr')) {
      let around = row;
      while (around.childElementCount === 1) around = around.firstElementChild;
      cells = [...around.children];
    }
    // In the order in which they are seen.
    const placed = cells.filter(laid_out).map(cell => [box_of(cell).left, cell]);
    return placed.sort(([one], [other]) => one - other).map(([, cell]) => cell);
  };
"""
)

HEADING_WORDS = (
    r"""() => {"""
    + PARTS
    + r"""
  // Short words and names of what is to be seen, among them those of the headings.
  if (shown === false) return [];
  const found = new Set();
  for (const element of document.querySelectorAll('body *')) {
    if (found.size > 5000) break;
    if (element.matches(skipped)) continue;
    for (const name of names_of(element)) if (name.length < 60 && !found.has(name) && visible(element)) found.add(name);
  }
  return [...found];
}"""
)
"""Texts of a frame that may be headings."""

NAMED = (
    r"""(names) => {"""
    + PARTS
    + r"""
  // What is to be seen by one of these names; of things within each other, the inner ones.
  const found = [...document.querySelectorAll('body *')].filter(element => !element.matches(skipped)
    && names_of(element).some(name => names.includes(name)) && visible(element));
  return found.filter(element => !found.some(other => other !== element && element.contains(other)));
}"""
)

NEAREST = """(heading, links) => {
  // Which of the links is in the smallest part of the page that holds the heading, too; -1 if that is not one alone.
  const distance = link => {
    let steps = 0;
    for (let around = heading; around && !around.contains(link); around = around.parentElement) steps += 1;
    return steps;
  };
  const distances = links.map(distance), least = Math.min(...distances);
  return distances.filter(one => one === least).length === 1 ? distances.indexOf(least) : -1;
}"""

LIST = (
    r"""([anchors, named, known]) => {"""
    + PARTS
    + r"""
  if (shown === false) return {data: null};
  const wanted = new Set(anchors);
  const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const typed_in = ['text', 'search', 'email', 'tel', 'url'].map(type => `input[type=${type}]`).join(', ')
    + ', input:not([type]), textarea, [role=searchbox][contenteditable]';
  const drawn_list = '.SingleItemSelector2, [role=combobox]:not(input), [aria-haspopup=listbox]';
  // What may turn or narrow a list from elsewhere than a cell.
  const sets = ['number', 'range', 'date', 'datetime-local', 'month'].map(type => `input[type=${type}]`).join(', ');
  const asks = `${typed_in}, select, ${drawn_list}`;
  const span = cell => cell.colSpan || Number(cell.ariaColSpan) || 1;
  const width = cells => cells.reduce((sum, cell) => sum + span(cell), 0);

  // A row of headings: around an anchor, what is a row by its tag or role, or else has several parts with words.
  const anchored = [...document.querySelectorAll('body *')]
    .filter(element => !element.matches(asks) && names_of(element).some(name => wanted.has(name)) && visible(element));
  const lines_of = anchor => {
    const row = anchor.closest(row_like);
    if (row && cells_of(row).length > 1) return [parts_of(row)[0]];
    const found = [];
    for (let around = anchor.parentElement; around && around !== document.body; around = around.parentElement)
      if (cells_of(around).filter(said).length > 1) found.push(around);
    return found.slice(0, 4);
  };
  const asked = row => parts_of(row).flatMap(part => [...part.querySelectorAll(asks)]).filter(laid_out);
  const is_filter = row => {
    const asking = asked(row);
    return asking.length > 1 || asking.some(element => element.matches(typed_in)) || (asking.length && !said(row));
  };
  const heads = [...new Set(anchored.flatMap(lines_of))];

  const rows_in = (around, head, count) => {
    const end = heads.find(other => follows(head, other) && !head.contains(other) && !is_filter(other));
    const below = element => follows(head, element) && !head.contains(element) && !(end && follows(end, element))
      && element !== end;
    const place = box_of(head);
    const heading_boxes = cells_of(head).map(box_of);
    const sides = heading_boxes.flatMap(box => [box.left, box.right]);
    const seen_width = Math.max(...sides) - Math.min(...sides);
    const alike = element => width(cells_of(element)) === count && box_of(element).width > seen_width / 2;
    const real = [];
    for (const row of around.querySelectorAll(row_like)) {
      if (!below(row) || parts_of(row)[0] !== row || !cells_of(row).length
        || real.some(other => other.contains(row))) continue;
      // What is drawn around a table of rows is none of them, but a row may hold a table: of page numbers, say.
      if (!alike(row) && [...row.querySelectorAll(row_like)].some(alike)) continue;
      real.push(row);
    }
    if (head.matches(row_like) || real.length) return real;
    // Parts that stand below the headings, each where its heading does.
    const above = cells_of(head).map(cell => box_of(cell).left);
    const aligned = element => cells_of(element).every((cell, at) => Math.abs(box_of(cell).left - above[at]) < 40);
    const drawn = [...around.querySelectorAll('*')].filter(element => below(element) && visible(element)
      && box_of(element).top >= place.bottom - 2 && cells_of(element).length > 1 && alike(element) && aligned(element));
    const only = element => element.childElementCount === 1 && drawn.includes(element.firstElementChild);
    const lines = drawn.filter(element => !only(element) && !drawn.some(other => other !== element
      && !only(other) && other.contains(element)));
    // Lines between them that are drawn alike, but in another number of parts.
    const kinds = new Map(lines.map(line => [line.parentElement, line.className]));
    return [...around.querySelectorAll('*')].filter(element => below(element) && visible(element)
      && (lines.includes(element) || kinds.get(element.parentElement) === element.className));
  };

  // What a cell says: what is drawn smaller beside or beneath it (a badge, an explanation) is no part of it.
  const told = cell => {
    const whole = said(cell);
    if (!cell.childElementCount) return whole_name(cell, whole);
    const size = part => parseFloat(getComputedStyle(part).fontSize);
    const worded = [...cell.querySelectorAll('*')].filter(part => own_words(part) && visible(part));
    const beside = worded.filter(part => lesser_by_name.test(tokens(part)) || are_initials(own_words(part), cell)
      || /^\S+@\S+\.\S+$/.test(own_words(part)));
    const largest = Math.max(...[cell, ...worded].filter(part => /\p{L}/u.test(own_words(part) || '')
      && !beside.includes(part)).map(size));
    const lesser = worded.filter(part => (size(part) < largest || beside.includes(part))
      && !/api[- ]only/i.test(own_words(part)));
    const rest = clean(read(cell, false, lesser).replace(formats, ''));
    return whole_name(cell, rest || whole);
  };
  const are_initials = (letters, cell) => /^\p{Lu}{2,3}$/u.test(letters) && [...letters].every(one =>
    said(cell).replace(letters, ' ').split(/[\s,]+/).some(word => word.startsWith(one)));
  // A name that the page cut off, where a title has the whole of it.
  const whole_name = (cell, words) => {
    const [, beginning] = words.match(/^(.*\S)\s*(?:…|\.\.\.)$/) || [];
    if (!beginning) return words;
    return [cell, ...cell.querySelectorAll('*')].flatMap(given_names).find(name => name.length > beginning.length
      && name.startsWith(beginning)) || words;
  };

  // In the order in which they are seen: rows that are used again while one scrolls stand anywhere in the page.
  const as_seen = lines => {
    const tops = new Map(lines.map(line => [line, box_of(line)]));
    const earlier = (one, other) => tops.get(one).top - tops.get(other).top;
    return lines.every(line => tops.get(line).height) ? lines.sort(earlier) : lines;
  };
  let list = null;
  const all_lists = [];
  for (const head of heads) {
    const cells = cells_of(head), count = width(cells);
    const certain = head.matches(row_like) || cells.some(cell => cell.matches('[role=columnheader]'));
    // A table may have its rows in several parts.
    const table = head.parentElement.closest('table, [role=table], [role=grid], [role=treegrid]');
    for (let around = table || head.parentElement; around; around = around.parentElement) {
      const lines = as_seen(rows_in(around, head, count).filter(row => laid_out(row) || cells_of(row).length));
      const rows = lines.filter(row => !is_filter(row)
        && parts_of(row).some(part => /\S/.test(part.textContent)));
      if (!rows.length && around !== document.body) continue;
      const found = {head, cells, count, around, lines, rows, certain};
      all_lists.push(found);
      const known_in = one => one.cells.filter(cell => names_of(cell).concat(said(cell)).some(name =>
        known.includes(name.toLowerCase()))).length;
      const worth = one => [Math.min(one.rows.length, 1), known_in(one), Number(one.certain), one.count];
      const better = !list || worth(found).reduce((sum, value, at) => sum || value - worth(list)[at], 0) > 0;
      if (better) list = found;
      break;
    }
  }
  if (!list) return {data: null};
  const {head, count, around} = list;
  // Another list of the same headings may have the rest.
  const headed = one => one.cells.map(said).filter(Boolean);
  const shares = (one, other) => headed(one).filter(word => headed(other).includes(word)).length;
  const others = all_lists.filter(one => one !== list && one.rows.length
    && shares(one, list) >= Math.min(2, headed(list).length)
    && !one.rows.some(row => list.rows.includes(row)));
  // Without rows, the filters are all there is; what else is on the page is none of the list's.
  const filters = list.rows.length ? list.lines.filter(is_filter) : list.lines.slice(0, 1).filter(is_filter);
  const lines = list.rows.length ? list.lines.filter(line => !is_filter(line)) : [];

  // Which heading a cell belongs to: as it says itself, by its number, or by its place.
  let next = 0;
  const columns = list.cells.map(cell => {
    const first = next;
    next += span(cell);
    return {cell, first, last: next - 1, index: cell.ariaColIndex, box: box_of(cell)};
  });
  const column_of = (cell, at, total) => {
    const ids = (cell.getAttribute('headers') || '').split(/\s+/).filter(Boolean);
    const named = columns.findIndex(column => column.cell.id && ids.includes(column.cell.id));
    if (named >= 0) return named;
    if (cell.ariaColIndex && columns.every(column => column.index))
      return columns.findIndex(column => column.index === cell.ariaColIndex);
    if (total === count) return columns.findIndex(column => column.first <= at && at <= column.last);
    const {left, right} = box_of(cell), middle = (left + right) / 2;
    return columns.findIndex(({box}) => box.left <= middle && middle <= box.right);
  };

  // What says yes or no in a cell: a state, else words or names, else what its picture is called.
  const state_of = part => {
    if (part.matches('input[type=checkbox], input[type=radio]')) return part.indeterminate ? null : part.checked;
    if (part.ariaChecked) return {true: true, false: false}[part.ariaChecked] ?? null;
    if (/(^|\s)(is-)?checked(\s|$)/i.test(tokens(part))) return true;
    if (/(^|\s)(is-)?unchecked(\s|$)/i.test(tokens(part))) return false;
    if (/(^|\s)CheckBox(\s|$)/.test(tokens(part))) return /(^|\s)Selected(\s|$)/.test(tokens(part));
    return undefined;
  };
  const file_of = address =>
    address && !address.includes('data:') ? address.replace(/^.*\/|["')].*$|[?#].*$/g, '') : '';
  const stateful = 'input, [aria-checked], [class*=checked i], .CheckBox';
  const mark_of = (cell, shown_words) => {
    const words = /^[-–—]$/.test(shown_words) ? '' : shown_words;
    // Words that are struck out may mean either.
    if (words && !cell.matches(stateful) && !cell.querySelector(stateful))
      return {words, states: cell.querySelector('s, strike, del') ? [null] : [], names: [], looks: [], empty: false};
    const parts = [cell, ...cell.querySelectorAll('*')]
      .filter(part => part === cell || (visible(part) && !faded(part)) || part.matches('input'));
    const states = [...new Set(parts.map(state_of).filter(state => state !== undefined))];
    if (words) return {words, states, names: [], looks: [], empty: false};
    const style = part => getComputedStyle(part);
    const beside = part => ['::before', '::after'].map(side => getComputedStyle(part, side).content)
      .filter(content => /^"[^"]+"$/.test(content)).map(content => content.slice(1, -1));
    const paints = part => part.matches('img, svg, canvas, object, input') || beside(part).length > 0
      || ['backgroundImage', 'borderTopStyle', 'borderRightStyle'].some(side => style(part)[side] !== 'none')
      || !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style(part).backgroundColor);
    // Of the cell itself, lines and colours say nothing.
    const drawn = parts.filter(part => part === cell
      ? style(cell).backgroundImage.includes('url(') || beside(cell).length : box_of(part).height > 1 && paints(part));
    // What only a screen reader says; the heading once more says nothing.
    const unseen = parts.filter(clipped).map(part => clean(part.textContent))
      .filter(text => text && !list.cells.some(heading => said(heading) === text));
    return {
      words, states, names: [...new Set([...parts.flatMap(given_names), ...drawn.flatMap(beside), ...unseen])],
      looks: [...new Set(drawn.flatMap(part => [part === cell ? '' : tokens(part), file_of(part.getAttribute('src')),
        file_of(style(part).backgroundImage), ...[...part.querySelectorAll('use')].map(use => use.getAttribute('href'))
      ]))].filter(Boolean),
      empty: !drawn.length && !unseen.length,
    };
  };
  const key_of = row => ['data-row-key', 'data-key', 'data-id', 'row-id']
    .map(name => row.getAttribute(name)).find(Boolean) || null;
  // A sign may be turned by the style sheet; what says that it is open is open.
  const says_open = (part, row) => [...row.querySelectorAll('[aria-expanded=true]')].some(open => open.contains(part));
  const folded = row => [row, ...row.querySelectorAll('*')].find(part => visible(part)
    && (part.ariaExpanded === 'false' || (!says_open(part, row) && (/^[+▸▹►▷⊞]$/.test(own_words(part))
      || /(^|\s)(Expand|collapsed)(\s|$)/.test(tokens(part))))));

  const letter = /^(\p{L}|#|\d|\p{L}\s*[-–]\s*\p{L}|0\s*[-–]\s*9)(\s*\(\d+\))?$/u;
  const rows = [], row_elements = [], shut = [], grouping = new Set();
  let blank = 0;
  for (const line of lines) {
    const parts = cells_of(line), total = width(parts);
    const words = parts.map(told);
    const worded = words.filter(Boolean);
    const marks = parts.map((part, index) => mark_of(part, words[index]));
    if (!worded.length) {
      // A line that only keeps room for others is in one part.
      if (parts.length > 1 && box_of(line).height > 4) blank += 1;
      continue;
    }
    const wide = part => span(part) > 1 || parts.length === 1 || box_of(part).width > box_of(head).width / 2;
    const alone = worded.length === 1 && (parts.length < list.cells.length && wide(parts[words.findIndex(Boolean)])
      || letter.test(worded[0]) && marks.every(mark => mark.words || mark.empty));
    if (alone || line.closest('tfoot')) {
      grouping.add(line);
      const toggle = folded(line);
      if (toggle) shut.push(toggle);
      continue;
    }
    // Rows below it are drawn only once it is unfolded.
    const branch = line.ariaExpanded === 'false' && line.closest('[role=treegrid]')
      && [...line.querySelectorAll('*')].map(folded).find(Boolean);
    if (branch) shut.push(branch);
    let at = 0;
    const cells = columns.map(() => []), ticks = columns.map(() => null);
    parts.forEach((part, index) => {
      const column = column_of(part, at, total);
      at += span(part);
      if (column < 0) return;
      const links = [...part.querySelectorAll('a, [role=link], .Link')].filter(link => visible(link) && said(link));
      cells[column].push(links.length === 1 ? told(links[0]) : words[index]);
      if (!ticks[column] || ticks[column].empty) ticks[column] = marks[index];
    });
    rows.push({cells: cells.map(words => words.filter(Boolean).join(' ')), ticks, key: key_of(line)});
    row_elements.push(laid_out(line) ? line : parts.find(said));
  }

  // What stands around the rows: things with names, boxes, and the words that count.
  const inside = new Set([head, ...filters, ...lines.filter(line => !grouping.has(line))]
    .flatMap(parts_of).flatMap(line => [line, ...line.querySelectorAll('*')]));
  const holding = new Set();
  for (const part of [head, ...lines].flatMap(parts_of))
    for (let node = part.parentElement; node && !holding.has(node); node = node.parentElement) holding.add(node);
  const things = [], thing_elements = [], index_of = new Map(), places = new Map();
  const number_of = element => places.get(element) ?? places.set(element, places.size).get(element);
  const boxes = [], box_elements = [];
  const marked = part => (part.ariaCurrent && part.ariaCurrent !== 'false')
    || [part.ariaSelected, part.ariaPressed, part.ariaChecked].includes('true')
    || /(^|\s)(is-)?(active|current|selected|SelectedState)(\s|$)/i.test(tokens(part));
  const current = element => {
    if (marked(element) || marked(element.parentElement)) return true;
    return element.matches('label') && element.control ? Boolean(element.control.checked) : false;
  };
  const add_box = (element, column) => {
    if (!laid_out(element) || box_elements.includes(element) || element.parentElement.closest(drawn_list)) return;
    const labels = [...(element.labels || [])].map(said);
    // Bare words on both sides: Page [1] of 4.
    const bare = [element.previousSibling, element.nextSibling].map(node => node && node.data ? clean(node.data) : '');
    const beside = element.matches('select') ? [bare.filter(Boolean).join(' ')] : [];
    const names = [...given_names(element), element.placeholder, element.name, element.getAttribute('type'), ...labels,
      ...beside,
      ...element.matches(typed_in) ? [tokens(element), element.id, element.role, element.closest('[role]')?.role] : []];
    const facts = {column, names: names.filter(Boolean), disabled: off(element) || !visible(element),
      offered: null, kind: 'text'};
    if (element.matches('select')) {
      const word = option => clean(option ? option.textContent : '');
      const offered = [...element.options].map(word);
      Object.assign(facts, {kind: 'list', value: word(element.selectedOptions[0]), offered});
    } else if (element.matches(drawn_list)) {
      const shows = element.querySelector('.SelectionDisplay') || element;
      const items = [...element.querySelectorAll('.ItemList .Item')].map(item => clean(item.textContent));
      Object.assign(facts, {kind: 'drawn', value: said(shows), offered: items.length ? items : null});
    } else facts.value = element.value ?? element.textContent;
    boxes.push(facts);
    box_elements.push(element);
  };
  for (const row of filters) {
    let at = 0;
    const parts = cells_of(row), total = width(parts);
    for (const part of parts) {
      const column = column_of(part, at, total);
      at += span(part);
      for (const element of [part, ...part.querySelectorAll('*')]) if (element.matches(asks)) add_box(element, column);
    }
  }
  columns.forEach(({cell}, column) =>
    cell.querySelectorAll(asks).forEach(element => add_box(element, column)));

  const chosen = new Map();
  for (const [selector, elements] of named)
    for (const element of elements)
      chosen.set(element, [...chosen.get(element) || [], `css=${selector}`]);
  const turns = /(^|[\s_-])(page|pager|pagination|icon)?[\s_-]?(next|prev(ious)?)([\s_-]|page|button|$)/i;
  for (const element of document.querySelectorAll('body *')) {
    if (things.length > 3000) break;
    if (inside.has(element) || element.matches(skipped)) continue;
    if (element.matches(`${asks}, ${sets}`)) add_box(element, null);
    if (element.matches('select, svg *') || !visible(element)) continue;
    const names = [...names_of(element), ...chosen.get(element) || []];
    const whole = holding.has(element) || element.textContent.length > 500 ? '' : said(element);
    if (whole && whole.length <= 80) names.push(whole);
    if (!names.length && !(!whole && turns.test(tokens(element)))) continue;
    index_of.set(element, things.length);
    let parent = element.parentElement;
    while (parent && !index_of.has(parent)) parent = parent.parentElement;
    things.push({
      names: [...new Set(names)], whole: whole.length <= 80 ? whole : '', looks: tokens(element),
      inside: parent ? index_of.get(parent) : -1,
      around: [element.parentElement, element.parentElement.parentElement].filter(Boolean).map(number_of),
      disabled: off(element), operable: operable(element), current: current(element),
      opens: /^(true|menu|listbox)$/.test(element.ariaHasPopup || '') || /^(combobox|listbox)$/.test(element.role || '')
        || /SingleItemSelector2|DropDown/i.test(tokens(element)),
    });
    thing_elements.push(element);
  }

  const counted = '[aria-rowcount]';
  const grid = head.closest(counted) || around.querySelector(counted) || around.closest(counted);
  const row_count = grid ? Number(grid.getAttribute('aria-rowcount')) : null;
  const is_counted = row => parts_of(row)[0] === row && (row.querySelector('[role=columnheader], th')
    || filters.includes(row));
  const headings_counted = grid ? [...grid.querySelectorAll(row_like)].filter(is_counted).length : 0;
  // Of every line that says its number, be it a heading, a group or a row.
  const table = head.closest(grid_like);
  const numbers = !table ? [] : [...table.querySelectorAll(row_like)]
    .filter(row => row.closest(grid_like) === table && number_of_row(row)).map(row => Number(number_of_row(row)));
  const texts_of = cell => [said(cell), ...[cell, ...cell.querySelectorAll('*')].flatMap(names_of)].filter(Boolean);
  // What a heading shows while its column is filtered.
  const filters_by = part => /(^|[\s_-])filter(ed|-active|-applied|-on)(\s|$)/i.test(tokens(part))
    || given_names(part).some(name => /^filtered\b|\bfilter\b(.*[(,:–-])?\s*(is )?(applied|active|on)\b/i.test(name));
  const filtered = columns.filter(({cell}) => [cell, ...cell.querySelectorAll('*')].some(filters_by));
  return {
    data: {
      filtered: filtered.map(({cell}) => said(cell)), title: document.title,
      headings: list.cells.map(cell => [...new Set(texts_of(cell))]),
      rows, things, boxes, blank, lists: 1 + others.length, shut: shut.length, certain: list.certain,
      // Minus one says that nobody knows how many there are.
      row_count: row_count > 0 ? row_count - headings_counted : row_count,
      set_size: Math.max(0, ...lines.map(line => Number(line.getAttribute('aria-setsize')) || 0)), numbers,
    },
    rows: row_elements, things: thing_elements, boxes: box_elements, shut,
  };
}"""
)
"""One look at the list whose headings say one of the *anchors*: C(data) for Python, and the elements it speaks of."""

SCROLL = (
    r"""(reading, [to, share]) => {"""
    + COMMON
    + r"""
  // Scroll what the rows scroll in: to its beginning, on by a share of what is seen, or to its end.
  const first = reading.rows[0], last = reading.rows[reading.rows.length - 1];
  if (!last || !last.isConnected) return null;
  const rolls = part => part.scrollHeight > part.clientHeight + 2
    && (part === document.scrollingElement || /auto|scroll|overlay/.test(getComputedStyle(part).overflowY));
  let scroller = last.parentElement;
  while (scroller && !rolls(scroller)) scroller = scroller.parentElement;
  const own = Boolean(scroller);
  scroller = scroller || document.scrollingElement;
  const upper = part => part === document.scrollingElement ? 0 : part.getBoundingClientRect().top;
  if (to === 'beginning') scroller.scrollTop = 0;
  if (to === 'on') scroller.scrollTop += Math.max(scroller.clientHeight * share, 20);
  if (to === 'end') {
    // Frames that are as long as what is in them are scrolled from outside.
    last.scrollIntoView({block: 'end', behavior: 'instant'});
    // There may be something below the last row.
    scroller.scrollTop = scroller.scrollHeight;
  }
  const place = element => element.getBoundingClientRect();
  const height = Math.max(place(last).height, 1);
  return {
    scrolls: own, left: scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop,
    // Room below the last row, and above the first, where rows are that are not drawn.
    below: scroller.scrollHeight - scroller.scrollTop - (place(last).bottom - upper(scroller)),
    above: place(first).top - upper(scroller) + scroller.scrollTop, row: height,
  };
}"""
)
"""Scroll, and tell how much is left."""

SWITCH = (
    r"""(words) => {"""
    + PARTS
    + r"""
  // The box, switch or list that belongs to these words, and whether it is on; null if it has no state of its own.
  const kinds = 'input[type=checkbox], [role=checkbox], [role=switch], [aria-checked], [aria-pressed], .Checkbox2, '
    + '.CheckBox, select, .SingleItemSelector2, [role=combobox], [aria-haspopup=listbox]';
  const found = around => {
    const all = [...(around.matches(kinds) ? [around] : []), ...around.querySelectorAll(kinds)];
    return all.filter(one => !all.some(other => other !== one && other.contains(one)));
  };
  let box = words.control || null;
  let around = words;
  for (let level = 0; !box && around && around !== document.body && level < 5; level++, around = around.parentElement) {
    const boxes = found(around);
    if (boxes.length > 1) break;
    box = boxes[0];
  }
  box = box || words.closest(kinds);
  if (!box) return {data: null, box: null};
  if (box.matches('select')) return {data: {kind: 'list', on: null}, box};
  const parts = [box, ...box.querySelectorAll('*')];
  const states = parts.map(part => part.matches('input[type=checkbox]') ? part.checked
    : part.ariaChecked ? part.ariaChecked === 'true' : part.ariaPressed ? part.ariaPressed === 'true'
    : /(^|\s)(is-)?(checked|selected)(\s|$)/i.test(tokens(part)) ? true
    : /(^|\s)(is-)?unchecked(\s|$)/i.test(tokens(part)) || part.matches('.CheckBox') ? false : null);
  const on = states.find(state => state !== null) ?? null;
  return {data: {kind: on === null ? 'drawn' : 'switch', on}, box};
}"""
)
