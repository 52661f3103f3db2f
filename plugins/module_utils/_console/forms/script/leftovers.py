# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person could operate in a form, or what hides something, and was not understood."""

from __future__ import annotations

LEFTOVERS = r"""
  const acting = 'a:not([href]), button, summary, input, [tabindex], [onclick], [onmousedown], [onchange], '
    + '[contenteditable], [draggable=true]';
  const acting_roles = [...Object.keys(by_role), 'button', 'option', 'tab', 'treeitem', 'menuitem', 'gridcell',
    'slider', 'scrollbar', 'application'];
  const stateful = '[aria-checked], [aria-pressed], [aria-selected], [aria-valuenow], [contenteditable]';
  const opaque = 'iframe, frame, canvas, object, embed, applet, input[type=file], input[type=image], '
    + 'img[usemap]';
  const closed = node => node.dom.localName.includes('-') && !node.dom.shadowRoot && !node.count
    && (customElements.get(node.dom.localName) || !node.kids.length);
  const sealed = node => is(node, opaque) ? !(is(node, 'iframe, frame') && page_in(node.dom)) : closed(node);
  const points = node => style(node).cursor === 'pointer' && style(node.up).cursor !== 'pointer';
  const tabbable = node => is(node, '[tabindex]') && node.dom.tabIndex >= 0;
  const operable = node => (is(node, acting) && (!is(node, '[tabindex]') || tabbable(node)
    || is(node, 'a, button, input, [onclick]')))
    || acting_roles.includes(role(node)) || Boolean(node.dom.onclick || node.dom.onmousedown) || points(node);
  const helps = node => (is(node, '[role=img], [role=tooltip], [title], [aria-label], [aria-describedby]')
    || explanation(node))
    && !is(node, stateful) && (explanation(node) || ['?', 'i', 'ⓘ', 'ℹ'].includes(words(node))
      || is(node, '[role=img], [role=tooltip]'));
  // The words of a section's links are links beside that section's, and may be a choice anywhere else.
  const beside_link = node => sections.some(({link}) => link && [...climb(link)].some(at => !at.count
    && inside(node, at)));
  const says_known = node => ['none', 'full', 'beside', 'pressed'].some(what =>
    known[what].has(plain(words(node) || own_words(node) || node.dom.title || ''))
      && (what === 'pressed' || beside_link(node)));
  // What opens a menu beside a section's heading, as that of its links; what gives rights comes after it.
  const menu_of_section = (node, section) => is(node, 'a, button, [role=button]') && !is(node, stateful)
    && (is(node, '[aria-haspopup=true], [aria-haspopup=menu]') || wanted.words.menu.includes(words(node)))
    && !controls.some(control => control.order < node.order && section_of(control) === section)
    && !follows_label(node, section);
  // A word that a label stands before is a value, whatever opens the list of it.
  const follows_label = (node, {row}) => lettered(words(node)) && !wanted.words.menu.includes(words(node))
    && !inside(node, row) && [...climb(node)].slice(0, 2).flatMap(at => [...beside(at, -1)]).some(at =>
      lettered(words(at)) && !inside(at, row) && !inside(row, at) && !within(at).some(part => is(part, acting)));
  const folds = (node, section) => toggles(node)
    && !(is(node, '[aria-haspopup=true], [aria-haspopup=menu]') && follows_label(node, section));
  // A link only leads elsewhere, unless it says a state, what changes one, or that there is more.
  const says_state = node => is_state.test(words(node)) && ![...climb(node)].slice(0, 4).some(head_like);
  const is_state = new RegExp('^(on|off|yes|no|all|none|full|((en|dis)able|revoke|(de)?activate|remove)d?'
    + '|(allow|grant)(ed)?|den(y|ied)|edit|change|modify|configure)$', 'i');
  const leads_on = text => known.turns.has(plain(text))
    || /^(show|view|see|load|display)\b.*\b(all|more)\b/i.test(text);
  const link = node => is(node, 'a') && /\p{L}/u.test(words(node)) && !is(node, stateful)
    && !state_name.test(node.dom.getAttribute('class') || '') && !says_state(node)
    && !leads_on(words(node));
  // A turn to nothing, what folds all parts, and the mark of a heading that is a link to it.
  const harmless = node => (known.turns.has(plain(words(node))) && is(node, ':disabled, [aria-disabled=true]'))
    || (/^(expand|collapse) all$/i.test(words(node)) && !is(node, stateful))
    || (is(node, 'a[href^="#"]') && /^[#¶§]$/.test(words(node)));
  // A box that is drawn as a letter, with no control beside it.
  const box_of_letters = node => /^[☐☑☒]$/u.test(own_words(node)) && ![...climb(node)].slice(0, 2).some(at =>
    at.count || only_says.has(at));
  // What has no words beside the box of a list opens or empties that.
  const opens_list = node => !lettered(words(node)) && !is(node, stateful)
    && /^(open|close|select|toggle|expand|show|clear|drop ?down)\b/i.test(clean(node.dom.getAttribute('aria-label')))
    && [...climb(node)].slice(1, 5).some(at => at.count === 1 && in_node(at)[0].control.kind === 'list');
  // What sorts or filters by a column stands in its heading.
  const of_heading = node => !is(node, stateful) && !sealed(node) && !lettered(words(node))
    && [...climb(node)].some(at => column_heads.has(at) && !at.count);
  // The arrows beside a number turn it.
  const turns = node => [...climb(node)].slice(1, 4).some(at => at.count === 1
    && in_node(at)[0].control.kind === 'number') && (/^[▲▼△▽▴▾↑↓+−–-]$/u.test(words(node))
      || /^(up|down|increase|decrease|increment|decrement)$/i.test(clean(node.dom.getAttribute('aria-label'))));

  const faces = new Set(told.flatMap(({node}) => node.control
    ? [node.control.face, ...(node.control.members || []).map(one => node_of.get(one.node.dom))] : []));
  const member_nodes = controls.flatMap(node => (node.control.members || []).map(one => node_of.get(one.node.dom)));
  const understood = node => Boolean(node.count) || in_control(node)
    || [...climb(node)].some(at => faces.has(at) || drops.has(at) || popups.has(at))
    || member_nodes.some(one => inside(one, node) || inside(node, one)) || within(node).some(at => faces.has(at))
      || label_parts.has(node) || label_cells.has(node) || heads_said.has(node) || heads_names(node)
    || sections.some(section => inside(node, section.row) || inside(section.row, node)) || groups_said.has(words(node));
  // What says no more than the heading above the names, with those of the columns behind it, sorts by it, too.
  const heads_names = node => [...climb(node)].slice(0, 5).some(at => !at.count && words(at) === words(node)
    && [...beside(at, 1)].some(other => !other.count && within(other).some(part => heads_said.has(part))));
  const label_cells = new Set(told.flatMap(({cell}) => cell?.label_cell && !offers_choice(cell.label_cell)
    ? within(cell.label_cell) : []));
  const groups_said = new Set(told.flatMap(({group}) => [group, ...(group || '').split(' > ')]).filter(Boolean));
  // What hides a closed section as a whole hides nothing for good; where no control tells it, it is the outermost.
  const closed_by = new Map(sections.map(section => {
    const mine = controls.filter(control => section_of(control) === section);
    return mine.length ? [section, {closed: !mine.some(control => visible(control.control.face)), folds: 0}]
      : [section, {closed: !shows({...section, parts: section.parts.slice(0, 1)}), folds: 1}];
  }));
  const hidden = (node, section) => {
    if (visible(node)) { const {width, height} = place(node); return width * height <= 4 && !node.kids.length; }
    const {closed, folds} = closed_by.get(section) || {};
    return !closed || [...climb(node)].slice(0, -1).filter(at => hides(at) && !at.count
      && !section.parts.some(part => at !== part && inside(part, at))).length > folds;
  };
  const fields_around = told.filter(({section}) => section).map(({node}) => node);
  const form = [...climb(fields_around[0] || root)].find(at => fields_around.every(node => inside(node, at))) || root;
  const floats = node => [...climb(node)].some(at => style(at).position === 'fixed');

  const near_words = node => words(node) || clean(node.dom.getAttribute('aria-label') || node.dom.title || '')
    || [...climb(node)].slice(0, 6).map(at => [...beside(at, 1),
      ...beside(at, -1)].map(words).find(Boolean)).find(Boolean) || '';
  const sort_said = node => role(node) || (is(node, 'input') ? `${node.dom.localName} ${node.dom.type}`
    : node.dom.localName);
  const told_where = (node, section) => {
    const name = near_words(node);
    return `${sort_said(node)}${name ? ` "${name.slice(0, 80)}"` : ''} in ${section ? section.heading : 'the form'}`;
  };
  // A cell that was told as words is no more than that, unless it says otherwise than by its role.
  const only_says = new Set(told.filter(({node}) => !node.control).map(({node}) => node));
  const is_words = node => only_says.has(node) && !is(node, acting) && !points(node);
  const not_understood = [], listed = [];
  for (const node of elements) {
    if (node === root || listed.some(other => inside(node, other))) continue;
    const section = section_of(node);
    if (!section && !(wanted.settings && inside(node, form) && !floats(node))) continue;
    const odd = sealed(node) || (section && box_of_letters(node)) || (section ? operable(node) && !harmless(node)
      && !says_known(node) && !link(node) && !folds(node, section)
      && !menu_of_section(node, section)
      && !helps(node) && !turns(node) && !opens_list(node) && !of_heading(node)
      : is(node, stateful) || Object.keys(by_role).includes(role(node)));
    if (!odd || is_words(node) || understood(node) || hidden(node, section)) continue;
    listed.push(node);
    not_understood.push(told_where(node, section));
  }
  // What stands beside the sections may leave settings out: a search box that keeps a word, a box for some of them
  // only, a list of what to show.
  const narrows = ({node, labels}) => {
    const {kind, value} = held(node), names = [...labels, node.dom.placeholder, node.dom.type].map(clean);
    const says = pattern => names.some(name => pattern.test(name));
    if (kind === 'text') return Boolean(value) && says(/^(search|filter|find|look ?up)\b/i);
    if (kind === 'checkbox') return value !== false && says(/\bonly\b|^hide\b/i);
    return kind === 'list' && value && !everything.test(value) && says(/^(show|view|display|filter)\b/i);
  };
  // Room for more rows than there are is room for those that are drawn once one scrolls.
  const size = value => parseFloat(value) || 0;
  const keeps_room = node => {
    const rows = node.kids.filter(kid => kid.count && style(kid).position === 'absolute').map(style);
    const filled_to = Math.max(...rows.map(({top, height}) => size(top) + size(height)));
    return rows.length > 1 && size(style(node).height) - filled_to > Math.max(20, size(rows[0].height));
  };
  const counts_more = node => Number(node.dom.getAttribute('aria-rowcount')) > grid_of(node).rows.length;
  const draws_part = node => keeps_room(node) || (is(node, '[aria-rowcount]') && counts_more(node));
  for (const node of elements) if (node.count && draws_part(node)) {
    const section = section_of(node);
    if (section) not_understood.push(`rows that are drawn only once one scrolls to them in ${section.heading}`);
  }
  // What is chosen in a list that shows nothing, not even words to fill it, may be drawn elsewhere.
  const shows_nothing = ({dom, control}) => control.kind === 'list' && !control.members
    && !dom.matches(`select, ${selector}, ${picker}`) && held({...node_of.get(dom), control}).value === ''
    && !control.natives.some(native => native.matches('select') || native.placeholder)
    && !parts_with(control.frame || {dom}, '[class*=placeholder i]').length;
  for (const {node, section, labels} of told) {
    if (section && node.control && shows_nothing(node) && !hidden(node, section))
      not_understood.push(`${sort_said(node)} "${labels[0]}" that shows nothing in ${section.heading}`);
    if (section && node.control && !labels[0] && !hidden(node,
      section)) not_understood.push(`${sort_said(node)} without words of its own in ${section.heading}`);
    if (wanted.settings && !section && sections.length && node.control && visible(node.control.face)
      && narrows({node, labels})) not_understood.push(`${sort_said(node)} "${labels[0]}" that may leave settings out`);
    // Among the sections, a setting belongs to one.
    const lost = wanted.settings && !section && sections.length && node.order > sections[0].row.order
      && inside(node, form) && !floats(node);
    if (lost && !hidden(node, null)) not_understood.push(`${sort_said(node)} "${labels[0]}" in no section`);
  }
"""
