# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told of a form: each control once, under its section, group, label and column."""

from __future__ import annotations

CHOICES = r"""
  // Radio buttons that are one setting are a list that offers their words.
  const radios_together = () => Map.groupBy(controls.filter(node => node.control.kind === 'radio'), node => {
    const named = node.control.natives.find(dom => dom.type === 'radio' && dom.name);
    if (named) return `${named.name} ${named.form?.id || ''}`;
    return closest(node, '[role=radiogroup], .RadioButtonGroup, fieldset')
      || [...climb(node.up)].find(at => at.count > 1 && in_node(at).every(one => one.control.kind === 'radio'));
  });
  const in_heading = node => sections.some(section => inside(node, section.row));
  const legend_of = node =>
    [...named_by(node), ...node.kids.filter(kid => is(kid, 'legend')).map(words)].filter(Boolean);
  const make_choice = radios => {
    const around = [...climb(radios[0])].find(at => radios.every(radio => inside(radio, at)));
    // In a table, the columns may be the words, and the row what they are of.
    const cells = radios.map(cell_of), columns = one_by_one(cells.map(cell => cell?.column).filter(Boolean));
    const is_row = columns.length === radios.length && cells.every(cell => cell.row === cells[0].row);
    const words_of = (radio, at) => is_row ? columns[at] : labels_of(radio)[0] || '';
    const members = radios.map((node, at) => ({node: {...node}, word: words_of(node, at)}));
    if (members.some(({word}) => !word)) return;
    const runs = runs_of(around), before = runs.slice(0, runs.findIndex(run => run.control === radios[0]))
      .filter(run => run.says && !label_parts.has(run.says) && !in_heading(run.says));
    const group = closest(radios[0], '[role=radiogroup], fieldset');
    const legend = group && inside(group, around) ? legend_of(group) : [];
    const alone = !is_row && around.count === radios.length && !sections.some(section => inside(section.row, around));
    const node = alone ? around : radios[0], face = radios[0].control.face;
    radios.forEach(radio => { radio.control = null; });
    node.control = {
      kind: 'list', face, natives: [], members,
      labels: is_row ? cells[0].labels : one_by_one([...legend, ...candidates(around, before)]),
      cell: is_row ? {...cells[0], column: null, texts: []} : null,
    };
    controls = controls.filter(one => !radios.includes(one)).concat(node).sort((one, other) => one.order - other.order);
    recount();
  };
  if (wanted.settings) for (const radios of [...radios_together().values()]) if (radios.length > 1) make_choice(radios);
"""

TELLING = r"""
  // The heading of a group of fields: what a fieldset is called, bold words before them, words that are called so, or
  // what their block begins with.
  const strong = part => within(part).find(at => at.text === null && lettered(own_words(at)) && !label_parts.has(at)
    && !explanation(at) && (Number(style(at).fontWeight) >= 600 || is(at, 'caption, legend, h1, h2, h3, h4, h5, h6')));
  const called_so = /label|title|head|caption|legend|group/i;
  const begins = node => !bare_kids(node.up).some(kid => kid.order < node.order && filled(kid));
  const may_head = node => node.text === null && words(node).length <= 60 && !/[.!]$/.test(words(node))
    && !within(node).some(part => label_parts.has(part)) && (begins(node) || called_so.test(name_of(node)));
  const group_of = (node, section) => {
    for (const at of climb(node)) {
      const is_part = section?.parts.includes(at);
      const named = at !== node && !is_part && is(at, 'fieldset, [role=group], [role=radiogroup]') && legend_of(at)[0];
      if (named) return named;
      const before = [...beside(at, -1)].filter(part => !part.count && !unseen(part) && words(part)
        && !label_parts.has(part) && !explanation(part) && !in_heading(part)
        && !(section && inside(section.row, part)) && !(is_part && !section.parts.includes(part)));
      const title = before.map(strong).find(Boolean) || before.find(may_head);
      if (title) return label_text(title);
      if (is_part) return null;
    }
    return null;
  };

  const starred = text => /(^\*|\*\s*:?$|\*\s*\()/.test(text);
  const required = (node, labels) => node.control.natives.some(dom => dom.required || (dom.labels?.length
      && !node_of.get(dom.labels[0])?.up?.count && starred(words(node_of.get(dom.labels[0])?.up || root))))
    || parts_with(node, '[aria-required=true]').length > 0 || labels.some(starred);

  const labels_for = node => node.control.labels?.length ? node.control.labels : labels_of(node);
  const found = controls.map(node => {
    const cell = node.control.cell || cell_of(node);
    return {node, cell, labels: cell ? cell.labels : labels_for(node)};
  });
  // What has no words of its own may have some by its place; in a closed section, nothing has a place yet.
  for (const field of found)
    if (!field.labels.length && (field.cell = by_place(field.node))) field.labels = field.cell.labels;
  const items = found.map(({node, cell, labels}) => {
    const section = section_of(node);
    const group = one_by_one([group_of(cell ? cell.head : node, section), cell?.group]).filter(Boolean).join(' > ');
    const fallback = group && node.control.members ? group : '';
    return {node, cell, section, group: group || null, labels: labels.length ? labels : [fallback]};
  });
  // What a row says without a control, once a row.
  const texts = new Map(items.flatMap(({cell, section, group, labels}) => (cell?.texts || []).map(({part, column}) =>
    [part, {node: part, text: words(part), section, group, labels, cell: {...cell, column}}])));

  // A hidden twin of what is to be seen is there for a narrower window.
  const seen = ({node}) => visible(node.control.face);
  const key_of = ({section, group, labels, cell}) => [section?.row.order, group, labels[0], cell?.column].join('|');
  const seen_keys = new Set(items.filter(seen).map(key_of));
  const seen_sections = new Set(items.filter(seen).map(item => item.section));
  const is_twin = item => !seen(item) && seen_keys.has(key_of(item)) && seen_sections.has(item.section);
  const told = [...items.filter(item => !is_twin(item)), ...texts.values()]
    .sort((one, other) => one.node.order - other.node.order);
  const data = told.map(({node, section, group, labels, cell, text}) => ({
    section: section ? section.heading : null, group, label: labels[0], labels, column: cell?.column ?? null,
    ...(text === undefined ? {...describe(node), required: required(node, labels)} : {
      kind: 'readonly', value: text, offered: null, enabled: false, typed: false, required: false, shown: visible(node),
    }),
  }));
  const unclear = one_by_one(items.filter(item => item.section && !item.labels[0] && !seen(item))
    .map(item => item.section.heading));
"""
