# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sections of a form: by the links that their headings have, by headings that are known, and by structure."""

from __future__ import annotations

SECTIONS = r"""
  const known = Object.fromEntries(Object.entries(wanted.words).map(([name, texts]) =>
    [name, new Set(texts.map(plain).filter(Boolean))]));
  const says = (node, what) => node.text === null && own_words(node) !== '' && known[what].has(plain(own_words(node)));
  const says_link = node => says(node, 'none') || says(node, 'full') || says(node, 'beside');
  const pressed = 'a, button, input, [tabindex], [onclick], [role=button], [role=link]';
  const pressable = node => [...climb(node)].slice(0, 3).some(at => is(at, pressed) || style(at).cursor === 'pointer');
  // The same sort of element, whatever state it is in.
  const states_of_parts =
    /^(collapsed|expanded|open|opened|closed|active|selected|disabled|first|last|hidden|shown|readonly)$/i;
  const sort_of = node => [node.dom.localName, ...[...node.dom.classList]
    .filter(name => !states_of_parts.test(name)).sort()].join('.');
  const look_alike = (one, other) => is(one, '[class]') && is(other, '[class]') && sort_of(one) === sort_of(other);
  const elements = all.filter(node => node.text === null);
  const first_words = node => within(node).find(at =>
    at.text === null && !in_control(at) && lettered(own_words(at)) && !says(at, 'beside'));
  const heading_of = element => words_but(element, ...within(element).filter(at =>
    says_link(at) || (at !== element && explanation(at))));

  // A heading's row is what has no controls around it; its section, the smallest block around it that has some, or
  // else what follows it up to the next heading.
  const extent_of = (row, rows) => {
    const alone_in = node => !rows.some(other => other !== row && inside(other, node));
    const leads = node => !controls.some(control => node.order <= control.order && control.order < row.order);
    let top = row;
    while (top.up?.up && !top.count && alone_in(top.up) && leads(top.up)) top = top.up;
    const parts = [top];
    if (!top.count) for (const next of beside(top, 1)) {
      if (rows.some(other => inside(other, next)) || look_alike(next, top)) break;
      parts.push(next);
    }
    return parts;
  };
  let sections = [];
  const section_of = node => sections.find(section => section.parts.some(part => inside(node, part)));
  const lay_out = found => {
    sections = found.sort((one, other) => one.row.order - other.row.order);
    const rows = sections.map(section => section.row);
    for (const section of sections) section.parts = extent_of(section.row, rows);
  };

  // By their links: No Permission, with Full Permission beside it, in a row that has a heading and no controls.
  const by_link = link => {
    const bare = [...climb(link)].filter(at => !at.count && at.up);
    const sure = plain(own_words(link)) === plain(wanted.words.none[0] || '');
    const pair = sure ? link : bare.find(at => within(at).some(other => says(other, 'full')));
    if (!pair) return [];
    const one_link = at => within(at).filter(other => says(other, 'none') && pressable(other)).length === 1;
    const heads = at => at.text === null && lettered(own_words(at)) && !says_link(at);
    for (const row of bare.filter(at => inside(pair, at) && one_link(at))) {
      const element = within(row).find(heads);
      if (element) return [{row, link, element, heading: heading_of(element)}];
    }
    // The heading may stand before the row of its links, and this in what it heads.
    for (const at of climb(link)) {
      if (!one_link(at)) return [];
      const before = [...beside(at, -1)].filter(part =>
        !part.count && !within(part).some(inner => says(inner, 'full')));
      const element = before.map(first_words).find(Boolean);
      if (element) return [{row: element, link, element, heading: heading_of(element)}];
    }
    return [];
  };
  const is_known = section => known.headings.has(plain(section.heading));
  // A choice of words may look like links; a section's heading offers no third.
  const offers_more = ({row, element}) => within(row).some(at => at !== element && is(at, pressed)
    && !inside(element, at) && lettered(own_words(at)) && !says_link(at));
  lay_out(elements.filter(node => says(node, 'none') && !in_control(node) && pressable(node)).flatMap(by_link)
    .filter(section => is_known(section) || !offers_more(section)));
  // Nor does such a choice stand in the midst of another section.
  const sure_ones = sections.filter(is_known), sure_rows = sure_ones.map(section => section.row);
  const sure_parts = sure_ones.flatMap(section => extent_of(section.row, sure_rows).filter(part => part.count)
    .map(part => ({part, row: section.row})));
  lay_out(sections.filter(section => is_known(section)
    || !sure_parts.some(({part, row}) => inside(section.row, part) && !look_alike(section.row, row))));

  // By words or structure: a heading that is the first of a block with controls.
  const try_heading = (element, certain = false) => {
    if (section_of(element) || in_control(element)) return;
    const rows = sections.map(section => section.row), first = first_words(element), heading = heading_of(element);
    let row = element;
    const grows = up => up.up && !up.count && first_words(up) === first && !rows.some(other => inside(other, up));
    while (row.up && grows(row.up)) row = row.up;
    const parts = extent_of(row, [...rows, row]);
    const held = parts.flatMap(within).filter(at => !inside(at, row));
    // A label heads one control that has no other words; a heading heads what has words of its own.
    const heads = certain || held.some(at => at.text !== null && clean(at.text) && !in_control(at));
    const leads = !parts[0].count || first_words(parts[0]) === first;
    if (heads && leads && lettered(heading) && heading.length <= 80 && parts.some(part => part.count))
      lay_out([...sections, {row, link: null, element, heading}]);
  };
  for (const element of elements) if (says(element, 'headings')) try_heading(element);

  // What looks like the heading of a section is one.
  const look_of = node => [
    ...[...climb(node)].slice(0, 3).map(sort_of),
    ...['fontSize', 'fontWeight', 'textTransform', 'color'].map(name => style(node)[name]),
  ].join(' ');
  const looks = new Set(sections.map(section => look_of(section.element)));
  for (const element of elements) if (lettered(own_words(element)) && looks.has(look_of(element))) try_heading(element);

  // Containers that fold, by the names that Autotask's generations give them, and by what tells so to screen readers.
  const containers = elements.filter(node => node.count
    && is(node, '.Section, .Section2, .DetailsSection, .CollapsibleSectionContainer'));
  for (const container of containers) {
    const nested = containers.filter(other => other !== container && inside(other, container));
    if (nested.length < 2 && first_words(container)) try_heading(first_words(container), true);
  }
  for (const node of elements)
    if (is(node, 'summary, [aria-expanded]:not([aria-haspopup])') && first_words(node)) try_heading(first_words(node));

  // Headings by their level: the uppermost that comes more than once, since one alone heads the page.
  const level_of = node => Number(/^h([1-6])$/.exec(node.dom.localName)?.[1]
    || (role(node) === 'heading' ? node.dom.getAttribute('aria-level') || 2 : 0));
  for (let level = 1; level <= 6; level += 1) {
    const free = elements.filter(node => level_of(node) >= level && words(node) && !section_of(node));
    const same = free.filter(node => level_of(node) === level);
    if (same.length < 2 && free.length > same.length) continue;
    const rows = [...sections.map(section => section.row), ...same];
    const heading = same.filter(row => extent_of(row, rows).some(part => part.count))
      .map(row => ({row, link: null, element: row, heading: heading_of(row)}));
    lay_out([...sections, ...heading]);
  }
  for (const node of elements) if (is(node, 'legend') && first_words(node)) try_heading(first_words(node), true);
  const section_parts = new Set(sections.flatMap(section => section.parts));
"""
