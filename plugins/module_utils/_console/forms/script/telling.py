# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told of a form: each control once, under its section, group, label and column; radio buttons as one list."""

from __future__ import annotations

CHOICES = r"""
  // Radio buttons that are one setting: a list that offers their words.
  const radio_group = '[role=radiogroup], .RadioButtonGroup';
  const radios_by_group = () => Map.groupBy(controls.filter(node => node.control.kind === 'radio'), node => {
    const named = node.control.natives.find(dom => dom.type === 'radio' && dom.name);
    return named ? `${named.name} ${named.form?.id || ''}`
      : closest(node, `${radio_group}, fieldset`)
      || [...climb(node.up)].find(at => at.count > 1 && in_node(at).every(one => one.control.kind === 'radio'));
  });
  const as_choice = radios => {
    const around = radios.length > 1 ? [...climb(radios[0])].find(at => radios.every(radio => inside(radio, at)))
      : closest(radios[0], radio_group);
    const cells = radios.map(cell_of);
    const in_one_row = cells.every(cell => cell && cell.column && cell.row === cells[0].row)
      && new Set(cells.map(cell => cell.column)).size === radios.length;
    const members = radios.map((node, at) => ({node, word: in_one_row ? cells[at].column
      : labels_of(node).find(lettered) || labels_of(node)[0] || ''}));
    if (members.some(({word}) => !word) || new Set(members.map(({word}) => word)).size < members.length) return;
    const alone = in_node(around).length === radios.length && !sections.some(section => inside(section.row, around))
      && !in_one_row;
    const label = runs_of(around).slice(0, runs_of(around).findIndex(run => run.control === radios[0]))
      .filter(run => run.says && !label_parts.has(run.says)
        && !sections.some(section => inside(run.says, section.row)));
    const group = closest(radios[0], '[role=radiogroup], fieldset');
    if (group && inside(group, around)) by_ids(group.dom, 'aria-labelledby').forEach(mark);
    const legend = group && inside(group, around) ? [...by_ids(group.dom, 'aria-labelledby').flatMap(label_texts),
      clean(group.dom.getAttribute('aria-label') || ''),
      ...group.kids.filter(kid => is(kid, 'legend')).flatMap(label_texts)].filter(Boolean) : [];
    const node = alone ? around : radios[0], face = members[0].node.control.face;
    radios.forEach(radio => { radio.control_before = radio.control; radio.control = null; });
    node.control = {kind: 'list', face, natives: [],
      members: members.map(({node: member, word}) => ({node: {...member, control: member.control_before}, word})),
      labels: in_one_row ? cells[0].labels : [...legend, ...label.length ? candidates(around, label) : []],
        cell: in_one_row ? {...cells[0], column: null, texts: []} : null};
    controls = [...controls.filter(one => !radios.includes(one)), node].sort((one, other) => one.order - other.order);
    recount();
  };
  // Elsewhere, a button that is looked for by its own name is a field of its own, but for Yes and No.
  const is_a_word = radio => ['yes', 'no'].some(word => known[word].has(plain(labels_of(radio)[0])))
    || !known.known.has(plain(labels_of(radio)[0]));
  for (const radios of [...radios_by_group().values()])
    if ((radios.length > 1 || closest(radios[0], radio_group)) && (wanted.settings || radios.every(is_a_word)))
      as_choice(radios);
"""

TELLING = r"""
  // The heading of a group of fields: bold words before them, words that are called so, or what their block begins
  // with.
  const strong = part => within(part).find(at => at.text === null && lettered(own_words(at)) && !label_parts.has(at)
    && !explanation(at) && (Number(style(at).fontWeight) >= 600 || is(at, 'caption, legend, h1, h2, h3, h4, h5, h6')));
  const called_so = /label|title|head|caption|legend|group/i;
  // Several words side by side head columns, or are tabs.
  const heads_many = part => within(part).some(at => is(at, `${row_like}, [role=tablist]`)
    && bare_kids(at).filter(words).length > 1);
  const named_group = 'fieldset, [role=group], [role=radiogroup]';
  const name_of_group = at => [...by_ids(at.dom, 'aria-labelledby').map(words),
    clean(at.dom.getAttribute('aria-label') || ''),
    ...at.kids.filter(kid => is(kid, 'legend')).map(words)].find(Boolean);
  const tab_name = once(at => at.text === null && at.up && tab_of(at) ? words(tab_of(at)) : null);
  const group_of = (node, section) => {
    for (const at of climb(node)) {
      const inner = at !== node && !section?.parts.includes(at) && !at.kids.some(kid => is(kid, 'legend')
        && inside(node, kid));
      const named = inner && (is(at, named_group) ? name_of_group(at) : tab_name(at));
      if (named) return named;
      let weak = null;
      for (const before of beside(at, -1)) {
        if (before.count || unseen(before) || !words(before) || label_parts.has(before)
          || explanation(before) || heads_many(before) || within(before).some(part => column_heads.has(part))
          || within(before).some(at => says(at, 'none') || says(at, 'full'))) continue;
        if (section && (inside(section.row, before) || (section.parts.includes(at)
          && !section.parts.includes(before)))) continue;
        const title = strong(before);
        if (title) return label_texts(title)[0];
        const first = !bare_kids(before.up).some(kid => kid.order < before.order && filled(kid));
        const short = words(before).length <= 60 && !/[.!]$/.test(words(before)) && before.text === null
          && stacks(before) && !within(before).some(part => label_parts.has(part));
        if (short && (first || called_so.test(before.dom.getAttribute('class') || ''))) weak ??= label_texts(before)[0];
      }
      if (weak) return weak;
      if (section?.parts.includes(at)) return null;
    }
    return null;
  };

  // A mark without words, drawn by the style sheet.
  const drawn = part => ['::before', '::after'].some(which =>
    !['none', 'normal', '""'].includes(getComputedStyle(part.dom, which).content))
    || style(part).backgroundImage !== 'none';
  const marked_required = node => [...climb(node)].filter(at => at.count === 1).flatMap(within).some(part =>
    part.text === null && !part.count && visible(part) && (words(part) ? draws_star(part)
      : is(part, '[class*=required i]:not([class*=not i])') && drawn(part)));
  const draws_star = part => Boolean(own_words(part)) && ['::before', '::after'].some(which =>
    /^"\s*\*\s*"/.test(getComputedStyle(part.dom, which).content));
  const required = (node, labels) => node.control.natives.some(dom => dom.required)
    || parts_with(node, '[aria-required=true]').some(part => part.matches('[aria-required=true]'))
    || starred(labels) || marked_required(node) || [...(node.control.natives[0]?.labels || [])].some(label => {
      const up = node_of.get(label)?.up;
      return up && !up.count && starred([words(up)]);
    });

  const labels_for = node => node.control.labels?.length ? node.control.labels : labels_of(node);
  // Settings stand in tables below headings of columns; the fields of any other form have a label each.
  const told_fields = controls.map(node => ({node, cell: node.control.cell || (wanted.settings && cell_of(node))}));
  for (const field of told_fields) field.labels = field.cell ? field.cell.labels.filter(Boolean)
    : labels_for(field.node);
  // What has no words of its own may have some by its place; in a closed section, nothing has a place yet.
  for (const field of told_fields) if (!field.labels.length
    && (field.cell = by_place(field.node) || by_name_behind(field.node))) field.labels = field.cell.labels;
  const items = told_fields.map(({node, cell, labels}) => {
    const section = section_of(node);
    // Lines inside a table divide it; two tables may have lines of one name.
    const group = [...new Set([group_of(cell ? cell.head : node, section), cell?.group])].filter(Boolean).join(' > ')
      || null;
    const is_named_by_group = group && node.control.members && !only_by_place(node);
    return {node, cell, section, group, labels: labels.length ? labels : is_named_by_group ? [group] : ['']};
  });
  // What a row says without a control, once a row.
  const texts = new Map();
  for (const {cell, section, group, labels} of items) for (const {part, column} of cell?.texts || [])
    if (!texts.has(part)) texts.set(part, {node: part, text: words(part), section, group, labels, cell: {column}});
  // A hidden twin of what is to be seen is there for a narrower window.
  const key_of = ({section, group, labels, cell}) => [section?.row.order, group, labels[0], cell?.column].join('|');
  // One that holds something else is none: a part for other records, say.
  const value_of = ({node}) => JSON.stringify(held(node).value);
  const shown_keys = new Map(items.filter(({node}) => visible(node.control.face)).map(item => [key_of(item),
    value_of(item)]));
  const for_good = ({node, section}) => !visible(node.control.face)
    && (!section || items.some(other => other.section === section && visible(other.node.control.face)));
  const is_twin = item => for_good(item) && shown_keys.get(key_of(item)) === value_of(item);
  const told = [...items.filter(item => !is_twin(item)), ...texts.values()]
    .sort((one, other) => one.node.order - other.node.order);
  const unclear = [...new Set(items.filter(({node, section, labels}) => section && !labels[0]
    && !visible(node.control.face)).map(({section}) => section.heading))];
  const data = told.map(({node, section, group, labels, cell, text}) => ({
    section: section ? section.heading : null, group, label: labels[0], labels, column: cell?.column ?? null,
    ...(text === undefined ? {...describe(node), required: required(node, labels)}
      : {kind: 'readonly', value: text, offered: null, enabled: false, typed: false, shown: visible(node),
        required: false}),
  }));
"""
