# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words that belong to a control: by association, inside it, around it, before it, or (for boxes) behind it."""

from __future__ import annotations

LABELS = r"""
  // The runs of text of a part, line by line, each with the element that says it.
  const runs_of = (node, line = {number: 0, top: node}) => {
    if ((node !== line.top && unseen(node)) || (node.silent && !node.control)) return [];
    if (node.text !== null) return clean(node.text) ? [{text: node.text, says: node.up, line: line.number}]
      : [{text: ' ', says: null, line: line.number}];
    if (is(node, 'br')) { line.number += 1; return []; }
    if (node.control) return [{text: '', control: node, line: line.number}];
    if (stacks(node)) line.number += 1;
    const [before, after] = is(node, cell_like) ? [] : drawn_words(node);
    const drawn = text => text ? [{text, says: node, line: line.number}] : [];
    const runs = [...drawn(before), ...node.parts.flatMap(part => runs_of(part, line)), ...drawn(after)];
    if (stacks(node)) line.number += 1;
    return flows(node) ? runs : [{text: ' ', says: null, line: line.number}, ...runs,
      {text: ' ', says: null, line: line.number}];
  };
  // What explains a label is no part of it: smaller letters, a name that says so, a glyph that only stands for
  // something.
  const leads_to_help = node => /^(help|learn more|read more|more info(rmation)?)$/i.test(words(node));
  const explains = (run, top, size) => run.says && ([...climb(run.says, top.up)].some(at => at.dom !== top.dom && (
    explanation(at) || (is(at, 'a') && leads_to_help(at))
    || (!lettered(own_words(at)) && /[^\p{ASCII}]/u.test(own_words(at))) || own_words(at) === '?'))
    || parseFloat(style(run.says).fontSize) < size - 0.5);
  const joined = runs => clean(runs.map((run, at) =>
    (at && runs[at - 1].line !== run.line ? ' ' : '') + run.text).join('')).replace(/(?<=\w)\s*[.·_]{4,}$/, '');
  // From the most specific to the whole text.
  const candidates = (top, runs) => {
    const said = runs.filter(run => run.says);
    if (!said.length) return [];
    const size = Math.max(...said.map(run => parseFloat(style(run.says).fontSize) || 0));
    const unexplained = runs.filter(run => !explains(run, top, size));
    // Where all of it looks like an explanation, it is the label.
    const plainly = unexplained.some(run => run.says) ? unexplained : runs;
    const first = plainly.find(run => run.says).line;
    const line = plainly.filter(run => run.line === first);
    // What follows a dash in a part of its own adds to what stands before it.
    const dash = line.findIndex((run, at) => at && run.says !== line[0].says && /^\s*[-–—:]\s/.test(run.text));
    return [joined(line), joined(runs.filter(run => run.line === first)), joined(plainly), joined(runs),
      ...dash > 0 ? [joined(line.slice(0, dash))] : []];
  };
  const label_texts = once(top => {
    const seen = candidates(top, runs_of(top)).filter(Boolean);
    return [...new Set(seen.length ? seen : [clean(say(top, () => false))].filter(Boolean))];
  });
  const starred = texts => texts.some(text => /(^\*|\*\s*:?$|\*\s*\()/.test(text));

  const label_parts = new Set();
  const is_box = control => ['checkbox', 'radio'].includes(control.control.kind);
  // The heading of a section with links, and these, are no label of what stands in it.
  const in_heading = node => sections.some(({link, row}) => link && (inside(node, row) || inside(row, node)));
  // One name may be a button; several buttons name nothing.
  const offers_choice = part => within(part).filter(at => is(at, 'button') && lettered(words(at))).length > 1;
  const mark = part => { if (!offers_choice(part)) within(part).forEach(at => label_parts.add(at)); return part; };

  // Labels around the control, where only it is to be found: what stands on the right side of it, nearest first.
  const around_it = (control, around) => {
    const runs = runs_of(around).filter(({says}) => !says || !in_heading(says));
    if (!runs.some(run => run.says)) return [];
    const at = runs.findIndex(run => run.control === control);
    const lines = part => Map.groupBy(part.filter(run => run.text), run => run.line);
    const before = [...lines(runs.slice(0, at)).values()].reverse(), after = [...lines(runs.slice(at + 1)).values()];
    const said = side => side.filter(line => line.some(run => run.says));
    // Radio buttons that are one setting have their words behind them, too, where only these share their line.
    const shares = side => side.some(line => line[0].line === runs[at]?.line && line.some(run => run.says));
    const leads = is_box(control) || (control.control.members && shares(after) && !shares(before));
    const names = line => line.some(run => run.says && ![...climb(run.says, around)].some(explanation));
    const first = leads && after.some(names) ? said(after) : said(before).length ? said(before) : said(after);
    const size = Math.max(...first.flat().filter(run => run.says).map(run => parseFloat(style(run.says).fontSize)
      || 0));
    const plainly = first.find(line => line.some(run => run.says && !explains(run, around, size))) || first[0];
    plainly.filter(run => run.says).forEach(run => label_parts.add(run.says));
    return [...candidates(around, plainly), joined(plainly),
      joined(first === said(before) ? first.toReversed().flat() : first.flat()), joined(runs)];
  };

  // Labels among siblings: which side they stand on shows in how words and controls take turns.
  const turns_of = (up, around) => {
    const turns = [];
    // Where lines are broken, a block is a line of its own.
    const broken = up.parts.some(part => is(part, 'br'));
    const is_block = part => broken && stacks(part);
    let line = 0;
    for (const part of up.parts) {
      if (is(part, 'br')) { line += 1; continue; }
      if (is_block(part)) line += 1;
      // What holds several fields, or one with words, has labels of its own.
      const has_labels = part !== around && (part.count > 1 || (part.count && words(part)));
      const kind = has_labels ? 'fields' : part.count ? 'control'
        : !unseen(part) && words(part) ? 'words' : null;
      if (kind) turns.push({part, kind, line});
      if (is_block(part)) line += 1;
    }
    return turns;
  };
  const look_of = node => node.text !== null ? 'text'
    : `${node.dom.localName}.${[...node.dom.classList].sort().join('.')}`;
  const sides = (turns, at) => {
    const side = step => {
      const found = [];
      for (let next = at + step; turns[next]?.kind === 'words' && turns[next].line === turns[at].line;
        next += step) found.push(turns[next].part);
      return found;
    };
    return {before: side(-1), after: side(1)};
  };
  const among_siblings = (control, around) => {
    let turns = turns_of(around.up, around);
    const here = turns.findIndex(turn => turn.part === around);
    if (turns.some(turn => turn.line !== turns[here].line)) {
      const whole = turns.some((turn, at) => turn.kind === 'control' && !sides(turns, at).before.length
        && !sides(turns, at).after.length);
      // Line breaks between a label and its control are no breaks between fields.
      turns = whole ? turns.map(turn => ({...turn, line: 0})) : turns.filter(turn => turn.line === turns[here].line);
    }
    const at = turns.findIndex(turn => turn.part === around);
    const all_sides = turns.flatMap((turn, index) => turn.kind === 'control' ? [sides(turns, index)] : []);
    const mine = sides(turns, at);
    const speak = parts => parts.some(part => !explanation(part));
    const [behind, ahead] = [all_sides.every(side => speak(side.after)), all_sides.every(side => speak(side.before))];
    const firsts = all_sides.map(side => side.before[0]), lasts = all_sides.map(side => side.after[0]);
    const even = parts => new Set(parts.map(look_of)).size === 1;
    let order;
    if (behind && ahead) order = even(firsts) === even(lasts) ? [is_box(control)] : [even(lasts)];
    else if (behind || ahead) order = [behind];
    else order = is_box(control) ? [true, false] : [false];
    for (const after of order) {
      const parts = after ? mine.after : mine.before;
      const found = parts.find(part => !explanation(part)) || parts[0];
      // Words that many controls follow, one after the other, head them all.
      const head_many = !behind && !ahead && turns[after ? at - 1 : at + 1]?.kind === 'control';
      if (found && !head_many && !in_heading(found)) return mark(found);
    }
    return null;
  };

  const by_structure = (control, is_named) => {
    let around = control;
    const speaks = node => node !== control && words(node);
    while (around.up?.count === 1 && !speaks(around)) around = around.up;
    if (speaks(around)) return around_it(control, around);
    while (around.up && !section_parts.has(around)) {
      const found = among_siblings(control, around);
      if (found) return label_texts(found);
      around = around.up;
      // What stands outside is no label of one of several fields, least of all of one that has a name.
      if (words(around) || (is_named && around.count > 1)) return [];
    }
    return [];
  };
  // The parts of a control that bear its name; a button in it, or the list that it opens, bears one of its own.
  const name_bearers = control => [...control.control.natives, control.dom,
    ...[...control.dom.querySelectorAll('[aria-label], [aria-labelledby]')].filter(dom => node_of.has(dom)
      && (kind_of(node_of.get(dom)) || dom.matches('.TabIndexHack')) && !dom.matches('[role=listbox]'))];
  const labels_around = control => [...new Set(name_bearers(control).flatMap(dom => [...(dom.labels || [])]))]
    .map(dom => node_of.get(dom)).filter(Boolean);
  // One that is around several controls has the words of all of them.
  const is_shared = label => label.count > 1;
  const by_label = control => {
    const doms = name_bearers(control), labels = labels_around(control).filter(label => !is_shared(label));
    const named = doms.map(dom => names_of(control, dom)).find(parts => parts.length) || [];
    [...labels, ...named].forEach(mark);
    return [
      ...(named.length === 1 ? label_texts(named[0]) : named.length ? [clean(named.map(words).join(' '))] : []),
      ...labels.flatMap(label_texts),
    ];
  };
  const by_itself = control => is_box(control) ? label_texts(Object.assign({}, control, {control: undefined})) : [];
  const by_name = control => name_bearers(control).map(dom => clean(dom.getAttribute('aria-label') || ''))
    .filter(Boolean);
  const labels_of = control => {
    const found = [...by_label(control), ...by_itself(control)];
    const is_told = found.some(lettered), names = by_name(control);
    const beside_it = is_told || only_by_place(control) ? [] : by_structure(control, names.some(lettered));
    found.push(...names, ...beside_it, ...is_told ? [] : [clean(control.dom.title)]);
    if (!found.some(lettered)) found.push(...labels_around(control).filter(is_shared).flatMap(label_texts));
    return [...new Set(found.some(lettered) ? found.filter(lettered) : found.filter(Boolean))];
  };
"""
