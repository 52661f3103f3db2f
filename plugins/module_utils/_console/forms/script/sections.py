# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sections of a form: by the links that their headings have, by headings that are known, and by structure."""

from __future__ import annotations

SECTIONS = r"""
  const known = Object.fromEntries(Object.entries(wanted.words).map(([name, texts]) =>
    [name, new Set(texts.map(plain).filter(Boolean))]));
  const says = (node, what) => node.text === null && Boolean(own_words(node))
    && known[what].has(plain(own_words(node)));
  const in_control = node => [...climb(node)].some(at => at.control);
  const pressable = node => [...climb(node)].slice(0, 3).some(at =>
    is(at, 'a, button, input, [tabindex], [onclick], [role=button], [role=link]') || style(at).cursor === 'pointer');
  const controls_before = (node, up) => controls.some(control => up.order <= control.order
    && control.order < node.order);

  const level_of = node => Number(/^h([1-6])$/.exec(node.dom.localName)?.[1]
    || (role(node) === 'heading' ? node.dom.getAttribute('aria-level') || 2 : 0));
  const heads = part => {
    const first = first_words(part);
    return first ? [...climb(first)].find(at => at.text === null && level_of(at)) : null;
  };
  // A heading as high as this one, or higher, ends what stands below this one.
  const is_level = (next, row) => {
    const [other, own] = [next, row].map(heads);
    return Boolean(other && own && inside(own, row) && inside(other, next)) && level_of(other) <= level_of(own);
  };

  // A heading's row is what has no controls around it; its section, the smallest block around it that has some, or
  // else what follows it up to the next heading.
  const extent_of = (row, rows) => {
    const lone = node => rows.filter(other => inside(other, node)).length === 1;
    let top = row;
    while (top.up?.up && lone(top.up) && !top.count && !controls_before(row, top.up)) top = top.up;
    const parts = [top];
    if (!top.count) for (const next of beside(top, 1)) {
      const is_its_content = has_link(row) && !parts.some(part => part.count) && !within(next).some(at =>
        says(at, 'none'));
      if (rows.some(other => inside(other, next)) || look_alike(next, top) || is_level(next, row)
        || (begins_another(next, row) && !is_its_content)) break;
      parts.push(next);
    }
    return parts;
  };
  // What has a link that takes its permissions away has some; a group in it may be called as a section elsewhere is.
  const has_link = row => sections.some(section => section.row === row && section.link);
  // The same sort of element, whatever state it is in.
  const states = /^(collapsed|expanded|open|opened|closed|active|selected|disabled|first|last|hidden|shown|readonly)$/i;
  const sort_of = once(({dom}) =>
    `${dom.localName}.${[...dom.classList].filter(name => !states.test(name)).sort().join('.')}`, true);
  const look_alike = (one, other) => one.text === null && other.text === null && other.dom.classList.length > 0
    && sort_of(one) === sort_of(other);
  const first_words = node => within(node).find(at => at.text === null && !in_control(at) && lettered(own_words(at))
    && !says(at, 'beside'));
  // A block of its own heading, or that heading alone, after one that only says something.
  const begins_another = (next, row) => {
    const first = first_words(next);
    return Boolean(first) && says(first, 'headings') && (next.count || plain(words(next)) === plain(own_words(first)))
      && plain(own_words(first)) !== plain(own_words(first_words(row) || row));
  };
  const heading_of = (element, links) => words_but(element, ...within(element).filter(at =>
    links.includes(at) || says(at, 'none') || says(at, 'full') || says(at, 'beside')
      || (at !== element && at.text === null && explanation(at))));

  let sections = [];
  const lay_out = () => { for (const section of sections) section.parts = section.panel ? [section.panel]
    : extent_of(section.row, sections.map(other => other.row)); };
  const section_of = node => sections.find(section => section.parts.some(part => inside(node, part)));
  const add_section = found => {
    sections = [...sections, found].sort((one, other) => one.row.order - other.row.order);
    lay_out();
  };

  // By their links: No Permission, with Full Permission beside it, in a row that has a heading and no controls.
  const link_rows = all.filter(node => says(node, 'none') && !in_control(node) && pressable(node)).flatMap(link => {
    const sure = plain(own_words(link)) === plain(wanted.words.none[0] || '');
    const uncontrolled = [...climb(link)].filter(at => !at.count && at.up);
    const pair = sure ? link : uncontrolled.find(at => within(at).some(other => says(other, 'full')));
    if (!pair) return [];
    const one_link = at => within(at).filter(other => says(other, 'none') && pressable(other)).length === 1;
    for (const row of uncontrolled.filter(at => inside(pair, at) && one_link(at))) {
      const element = within(row).find(at => at.text === null && lettered(own_words(at))
        && !['none', 'full', 'beside'].some(what => says(at, what)));
      if (element) return [{row, link, element, heading: heading_of(element, [link])}];
    }
    // The heading may stand before the row of its links, and this in what it heads.
    for (const at of climb(link)) {
      if (!one_link(at)) return [];
      const element = [...beside(at, -1)].filter(part => !part.count && part.text === null
        && !within(part).some(inner => says(inner, 'full')))
        .map(first_words).find(Boolean);
      if (element) return [{row: element, link, element, heading: heading_of(element, [])}];
    }
    return [];
  });
  const choices = row => within(row.row).filter(at => at.text === null && lettered(own_words(at)) && at !== row.element
    && is(at, 'a, button, [role=button], [tabindex], [onclick]')
      && !['none', 'full', 'beside'].some(what => says(at, what)));
  // A choice of words may look like links; a section's heading offers no third.
  for (const row of link_rows) if (known.headings.has(plain(row.heading))
    || !choices(row).some(at => !inside(row.element, at))) sections.push(row);
  lay_out();
  const sure_ones = sections.filter(section => known.headings.has(plain(section.heading)));
  if (sure_ones.length) {
    const rows = sure_ones.map(section => section.row);
    const covered = section => sure_ones.some(one => one !== section
      && extent_of(one.row, rows).some(part => part.count && inside(section.row, part))
      && !look_alike(section.row, one.row));
    sections = sections.filter(section => sure_ones.includes(section) || !covered(section));
    lay_out();
  }

  // A tab that is called as a section heads its panel.
  for (const panel of all.filter(node => node.count && is(node, '[role=tabpanel], [class*=pane i]'))) {
    const tab = section_of(panel) ? null : tab_of(panel), element = tab && first_words(tab);
    const link = within(panel).find(at => says(at, 'none') && pressable(at)) || null;
    if (element && known.headings.has(plain(words(tab)))) add_section({row: tab, link, element,
      heading: words(tab), panel});
  }

  // By words or structure: a heading that is the first of a block with controls.
  const try_heading = (element, certain = false) => {
    if (section_of(element) || in_control(element) || !lettered(own_words(element) || words(element))) return false;
    let row = element;
    const rows = sections.map(section => section.row);
    while (row.up?.up && !row.up.count && !rows.some(other => inside(other, row.up))
      && first_words(row.up) === first_words(element)) row = row.up;
    const parts = extent_of(row, [...rows, row]);
    const fields = parts.flatMap(part => in_node(part));
    const heading = heading_of(element, []);
    // A label heads one control that has no other words; a heading heads what has words of its own.
    const says_more = parts.some(part => within(part).some(at => at.text !== null && clean(at.text)
      && !inside(at, row) && !in_control(at)));
    if (!fields.length || !heading || heading.length > 80 || (!certain && !says_more)) return false;
    if (parts[0].count && first_words(parts[0]) !== first_words(element)) return false;
    add_section({row, link: null, element, heading, parts});
    return true;
  };
  const elements = all.filter(node => node.text === null);
  for (const element of elements) if (says(element, 'headings')) try_heading(element);

  // What looks like the heading of a section is one.
  const letters = once(node =>
    ['fontSize', 'fontWeight', 'textTransform', 'color'].map(name => style(node)[name]).join(), true);
  const path_of = node => [...climb(node)].slice(0, 3).map(at => is(at, '[class]') ? sort_of(at)
    : at.dom.localName).join('<');
  const look_of_heading = element => `${path_of(element)} ${letters(element)}`;
  const like_headings = take_it => {
    const looks = new Set(sections.map(section => look_of_heading(section.element)));
    for (const element of elements) if (lettered(own_words(element)) && looks.has(look_of_heading(element)))
      take_it(element);
  };
  like_headings(try_heading);
  // Containers that fold, by the names that Autotask's generations give them, and by what tells so to screen readers.
  const containers = elements.filter(node => is(node,
    '.Section, .Section2, .DetailsSection, .CollapsibleSectionContainer') && node.count);
  for (const container of containers) {
    const nested = containers.filter(other => other !== container && inside(other, container));
    if (nested.length < 2 && first_words(container)) try_heading(first_words(container), true);
  }
  for (const node of elements) if (is(node, 'summary, [aria-expanded]') && words(node)
    && !is(node, '[aria-haspopup]')) try_heading(first_words(node) || node);
  for (let level = 1; level <= 6; level += 1) {
    const same = elements.filter(node => level_of(node) === level && words(node) && !section_of(node));
    const deeper = elements.some(node => level_of(node) > level && !section_of(node));
    if (same.length > 1 || !deeper) {
      const rows = [...sections.map(section => section.row), ...same];
      for (const element of same) {
        const parts = extent_of(element, rows);
        if (parts.some(part => part.count)) sections.push({row: element, link: null, element,
          heading: heading_of(element, []), parts});
      }
      sections.sort((one, other) => one.row.order - other.row.order);
      lay_out();
    }
  }
  for (const node of elements) if (is(node, 'legend') && words(node)) try_heading(first_words(node) || node, true);

  // Closed sections that hold nothing yet: what they hold may come once they are opened. Only what folds is one.
  const state_name = /(^|[-_\s])(on|off|checked|unchecked|selected|toggled|enabled)($|[-_\s])/i;
  // A tab turns to a part; a choice that is only drawn as tabs does not.
  const turns_to_parts = tab => {
    const strip = closest(tab, '[role=tablist]') || tab.up, tabs = within(strip).filter(at => is(at, '[role=tab]'));
    return tabs.some(at => naming.has(at) || by_ids(at.dom, 'aria-controls').length)
      || [...climb(strip)].slice(0, 3).flatMap(at => at.up ? at.up.kids : []).some(part =>
        part.text === null && tabs.includes(tab_of(part)));
  };
  const toggles = node => is(node, '[aria-expanded], summary')
    || (!lettered(words(node)) && /^(expand|collapse)\b/i.test(clean(node.dom.getAttribute('aria-label'))))
    || (is(node, '[role=tab]') && turns_to_parts(node))
    || (!lettered(words(node)) && !state_name.test(node.dom.getAttribute('class') || '')
      && /toggle|expand|collaps|chevron|arrow|caret|triangle/i.test(node.dom.getAttribute('class') || ''));
  const is_headed = heading => sections.some(section => plain(section.heading) === plain(heading));
  const take_closed = element => {
    if (in_control(element) || section_of(element) || is_headed(own_words(element)) || !visible(element)) return;
    const row = [...climb(element)].findLast((at, _, path) => path.slice(0, path.indexOf(at) + 1).every(one =>
      !one.count && first_words(one) === element));
    if (row && within(row).some(at => at.text === null && toggles(at))) add_section({row, link: null, element,
      heading: heading_of(element, []), parts: [row]});
  };
  for (const element of elements) if (says(element, 'headings')) take_closed(element);
  like_headings(take_closed);

  const shows = ({row, parts}) => parts.flatMap(within).some(node => !inside(node, row) && !inside(row, node)
    && (node.control ? visible(node.control.face) : node.text !== null && lettered(node.text) && visible(node)));

  // What may open a section: its words, or the toggle beside them; where its heading does not show, what shows
  // elsewhere and is called so, as a tab is, or what opens the part that hides it.
  // A picture that is a link of the section opens nothing.
  const gives_or_takes = node => [...climb(node)].slice(0, 3).some(at =>
    [at.dom.title, at.dom.getAttribute('aria-label')].some(name =>
      ['none', 'full'].some(what => known[what].has(plain(name || '')))));
  const openers_of = ({row, heading}) => {
    if (visible(row)) {
      const parts = within(row).filter(at => at.text === null && at !== row && visible(at));
      return [parts.find(at => clean(at.dom.textContent) === heading && !at.dom.childElementCount) || row,
        parts.find(at => !clean(at.dom.textContent) && !gives_or_takes(at)) || row];
    }
    const called_so = elements.filter(at => plain(words(at)) === plain(heading) && visible(at) && !section_of(at)
      && pressable(at));
    const opener = opener_of(row);
    return [...called_so, ...opener ? [node_of.get(opener)] : []].slice(0, 2);
  };
  const section_parts = new Set(sections.flatMap(section => section.parts));
"""
