# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person could operate in a form, or what hides something, and was not understood."""

from __future__ import annotations

LEFTOVERS = r"""
  const acting = 'a:not([href]), button, summary, input, [onclick], [onmousedown], [onchange], [contenteditable], '
    + '[draggable=true]';
  const acting_roles = new Set([...Object.keys(by_role), 'button', 'option', 'tab', 'treeitem', 'menuitem', 'scrollbar',
    'application']);
  const stateful = '[aria-checked], [aria-pressed], [aria-selected], [aria-valuenow], [contenteditable]';
  const state_name = /(^|[-_\s])(on|off|checked|unchecked|selected|toggled|enabled)($|[-_\s])/i;
  // What shows nothing of what is in it. A closed shadow root cannot be told from none, so any element of the page's
  // own making that holds nothing to be read may have one.
  const opaque = 'iframe, frame, canvas, object, embed, input[type=file], input[type=image]';
  const closed_root = node => node.dom.localName.includes('-') && !node.dom.shadowRoot && !node.count
    && (!node.kids.length || customElements.get(node.dom.localName));
  const sealed = node => is(node, opaque) ? !(is(node, 'iframe, frame') && page_in(node.dom)) : closed_root(node);
  const operable = node => is(node, acting) || acting_roles.has(role(node)) || node.dom.onclick || node.dom.onmousedown
    || (is(node, '[tabindex]') && node.dom.tabIndex >= 0)
    || (style(node).cursor === 'pointer' && style(node.up).cursor !== 'pointer');

  // What is known to hold nothing: links, what folds and what explains, and whatever belongs to what was read.
  const name_said = node => words(node) || own_words(node) || attribute(node, 'aria-label') || attribute(node, 'title');
  const is_landmark = node => ['none', 'full', 'beside', 'known'].some(what => known[what].has(plain(name_said(node))));
  const is_link = node => is(node, 'a') && lettered(words(node)) && !is(node, stateful)
    && !state_name.test(name_of(node));
  const folds = /toggle|expand|collaps|chevron|arrow|caret|triangle/i;
  const is_toggle = node => is(node, '[aria-expanded], summary')
    || (!lettered(words(node)) && folds.test(name_of(node)));
  const explains_something = node => !is(node, stateful) && (explanation(node) || is(node, '[role=img], [role=tooltip]')
    || ['?', 'i', 'ⓘ', 'ℹ'].includes(words(node)));
  const belonging = new Set(told.flatMap(({node, cell}) => [
    ...(cell?.name ? within(cell.name) : []), ...(node.control ? [node.control.face] : []),
    ...(node.control?.members || []).flatMap(member => [node_of.get(member.node.dom), member.node.control.face]),
  ]).concat(...dropped, ...popups, ...label_parts));
  const groups_said = new Set(told.map(item => item.group?.split(' > ').at(-1)).filter(Boolean));
  const belongs = node => [...climb(node), ...within(node)].some(at => belonging.has(at));
  const understood = node => node.count > 0 || in_control(node) || belongs(node) || in_heading(node)
    || sections.some(section => inside(section.row, node)) || groups_said.has(words(node));

  // What hides a closed section as a whole hides nothing for good.
  const is_closed = once(section => controls.some(control => section_of(control) === section)
    && !controls.some(control => section_of(control) === section && visible(control.control.face)));
  const hidden = (node, section) => {
    if (visible(node)) return !node.kids.length && place(node).width * place(node).height <= 4;
    return !section || !is_closed(section) || [...climb(node)].some(at =>
      section.parts.some(part => inside(at, part)) && hides(at) && !at.count);
  };
  // The form is what all its settings stand in; what floats above it is none of it.
  const fields = told.filter(item => item.section).map(item => item.node);
  const form = [...climb(fields[0] || root)].find(at => fields.every(node => inside(node, at)));
  const floats = node => [...climb(node)].some(at => style(at).position === 'fixed');
  const in_form = node => wanted.settings && inside(node, form) && !floats(node);

  const near_words = node => name_said(node) || [...climb(node)].slice(0, 6).flatMap(at =>
    [...beside(at, 1), ...beside(at, -1)]).map(words).find(Boolean) || '';
  const sort_said = node => role(node) || (is(node, 'input') ? `input ${node.dom.type}` : node.dom.localName);
  const not_understood = [], listed = [];
  const list = (node, section, name) => {
    listed.push(node);
    const quoted = name ? ` "${name.slice(0, 80)}"` : '';
    not_understood.push(`${sort_said(node)}${quoted} in ${section ? section.heading : 'no section'}`);
  };
  for (const node of elements) {
    if (node === root || listed.some(other => inside(node, other))) continue;
    const section = section_of(node);
    const odd = sealed(node) || (section
      ? operable(node) && !is_landmark(node) && !is_link(node) && !is_toggle(node) && !explains_something(node)
      : is(node, stateful) || role(node) in by_role);
    if (odd && (section || in_form(node)) && !understood(node) && !hidden(node, section))
      list(node, section, near_words(node));
  }
  for (const {node, section, labels} of told) {
    if (!node.control || hidden(node.control.face, section)) continue;
    // A control without words, or one among the sections that belongs to none.
    const homeless = !section && sections.length && node.order > sections[0].row.order && in_form(node);
    if (homeless || (section && !labels[0])) list(node, section, labels[0]);
  }
"""
