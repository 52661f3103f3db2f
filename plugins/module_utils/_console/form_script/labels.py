# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words that belong to a control: by association, inside it, around it, before it, or (for boxes) behind it."""

from __future__ import annotations

LABELS = r"""
  // The runs of text of a part, line by line, each with the element that says it.
  const runs_of = (node, at = {line: 0, top: node}) => {
    const space = {text: ' ', says: null, line: at.line};
    if (node.text !== null) return [clean(node.text) ? {...space, text: node.text, says: node.up} : space];
    if (is(node, 'wbr') || node.silent || (node !== at.top && unseen(node))) return [];
    if (is(node, 'br')) at.line += 1;
    if (node.control) return [{text: '', control: node, line: at.line}];
    const gap = () => flows(node) ? [] : [{text: ' ', says: null, line: at.line}];
    const breaks = style(node).display.startsWith('inline') || flows(node) ? 0 : 1;
    at.line += breaks;
    const runs = [...gap(), ...node.parts.flatMap(part => runs_of(part, at)), ...gap()];
    at.line += breaks;
    return runs;
  };
  const size_of = run => parseFloat(style(run.says).fontSize) || 0;
  const largest = runs => Math.max(0, ...runs.filter(run => run.says).map(size_of));
  // What explains a label is no part of it: smaller letters, a name that says so, a glyph that stands for something.
  const glyph = node => own_words(node) === '?'
    || (!lettered(own_words(node)) && /[^\p{ASCII}]/u.test(own_words(node)));
  const explains = (run, top, size) => run.says && (size_of(run) < size - 0.5
    || [...climb(run.says, top.up)].some(at => at.dom !== top.dom && (explanation(at) || glyph(at))));
  const joined = runs => clean(runs.map((run, at) => (runs[at - 1]?.line === run.line ? '' : ' ') + run.text).join(''));
  // From the most specific to the whole text.
  const candidates = (top, runs) => {
    const said = runs.filter(run => run.says), size = largest(said);
    if (!said.length) return [];
    const plainly = runs.filter(run => !explains(run, top, size));
    const first = (plainly.find(run => run.says) || said[0]).line;
    const on_first = run => run.line === first;
    return [joined(plainly.filter(on_first)), joined(runs.filter(on_first)), joined(plainly), joined(runs)];
  };
  const label_texts = once(top => {
    const seen = candidates(top, runs_of(top)).filter(Boolean);
    return one_by_one(seen.length ? seen : [clean(say(top, () => false))].filter(Boolean));
  });
  const named_by = node => [...by_ids(node.dom, 'aria-labelledby').map(words), attribute(node, 'aria-label')];

  const label_parts = new Set();
  const mark = part => { within(part).forEach(at => label_parts.add(at)); return part; };
  const is_box = control => ['checkbox', 'radio'].includes(control.control.kind);

  // Labels around the control, where only it is to be found: what stands on the right side of it, nearest first.
  const around_it = (control, around) => {
    const runs = runs_of(around), here = runs.findIndex(run => run.control === control);
    const lines = part => [...Map.groupBy(part, run => run.line).values()].filter(line => line.some(run => run.says));
    const before = lines(runs.slice(0, here)).reverse(), after = lines(runs.slice(here + 1));
    const side = (is_box(control) && after.length) || !before.length ? after : before;
    const size = largest(side.flat());
    const nearest = side.find(line => line.some(run => run.says && !explains(run, around, size))) || side[0] || [];
    nearest.filter(run => run.says).forEach(run => label_parts.add(run.says));
    const whole = side === before ? side.toReversed() : side;
    return [...candidates(around, nearest), joined(whole.flat()), words(around)];
  };

  // Labels among siblings: which side they stand on shows in how words and controls take turns.
  const turns_of = up => {
    const turns = [];
    let line = 0;
    for (const part of up.parts) {
      if (is(part, 'br')) line += 1;
      const kind = part.count ? 'control' : !unseen(part) && words(part) ? 'words' : null;
      if (kind) turns.push({part, kind, line});
    }
    return turns;
  };
  const sides = (turns, at) => {
    const side = step => {
      const found = [];
      const goes_on = turn => turn?.kind === 'words' && turn.line === turns[at].line;
      for (let next = at + step; goes_on(turns[next]); next += step) found.push(turns[next].part);
      return found;
    };
    return {before: side(-1), after: side(1)};
  };
  const even = parts => new Set(parts.map(part => part.text === null ? sort_of(part) : '')).size === 1;
  const sides_of_labels = (control, all_sides) => {
    const behind = all_sides.every(side => side.after.length), ahead = all_sides.every(side => side.before.length);
    const even_before = even(all_sides.map(side => side.before[0] || root));
    const even_after = even(all_sides.map(side => side.after[0] || root));
    if (behind && ahead) return [even_before === even_after ? is_box(control) : even_after];
    if (behind || ahead) return [behind];
    return is_box(control) ? [true, false] : [false];
  };
  const among_siblings = (control, around) => {
    let turns = turns_of(around.up);
    const mine = turns.find(turn => turn.part === around);
    const mute = at => turns[at].kind === 'control'
      && !sides(turns, at).before.length && !sides(turns, at).after.length;
    // Line breaks part fields, unless they part labels from their controls.
    turns = turns.some((_, at) => mute(at)) ? turns.map(turn => ({...turn, line: 0}))
      : turns.filter(turn => turn.line === mine.line);
    const at = turns.findIndex(turn => turn.part === around);
    const all_sides = turns.flatMap((turn, index) => turn.kind === 'control' ? [sides(turns, index)] : []);
    const order = sides_of_labels(control, all_sides);
    const taking_turns = all_sides.every(side => side.after.length) || all_sides.every(side => side.before.length);
    for (const after of order) {
      const parts = after ? sides(turns, at).after : sides(turns, at).before;
      const found = parts.find(part => !explanation(part)) || parts[0];
      // Words that many controls follow, one after the other, head them all.
      const heads_many = !taking_turns && turns[after ? at - 1 : at + 1]?.kind === 'control';
      if (found && !heads_many) return mark(found);
    }
    return null;
  };
  const by_structure = control => {
    const speaks = node => node !== control && words(node);
    let around = control;
    while (around.up?.count === 1 && !speaks(around)) around = around.up;
    if (speaks(around)) return around_it(control, around);
    while (around.up && !section_parts.has(around)) {
      const found = among_siblings(control, around);
      if (found) return label_texts(found);
      around = around.up;
      // What stands outside is no label of one of several fields.
      if (words(around)) return [];
    }
    return [];
  };

  const by_association = control => {
    const doms = [...control.control.natives, control.dom, ...control.dom.querySelectorAll('[aria-labelledby]')];
    const labels = one_by_one(doms.flatMap(dom => [...(dom.labels || [])]))
      .map(dom => node_of.get(dom)).filter(Boolean);
    const ids = doms.map(dom => by_ids(dom, 'aria-labelledby').filter(part => !inside(control, part)));
    const named = ids.find(parts => parts.length) || [];
    [...labels, ...named].forEach(mark);
    const together = clean(named.map(words).join(' '));
    return [...(named.length === 1 ? label_texts(named[0]) : [together]), ...labels.flatMap(label_texts)];
  };
  const by_itself = control => is_box(control) ? label_texts({...control, control: null}) : [];
  const by_name = control => [...control.control.natives, control.dom, ...control.dom.querySelectorAll('[aria-label]')]
    .map(dom => clean(dom.getAttribute('aria-label')));
  const labels_of = control => {
    const sure = [...by_association(control), ...by_itself(control)];
    const found = sure.some(lettered) ? [...sure, ...by_name(control)]
      : [...by_name(control), ...by_structure(control), clean(control.dom.title)];
    return one_by_one(found.filter(Boolean));
  };
"""
