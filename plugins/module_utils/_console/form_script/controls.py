# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which parts of a page are controls, by what they are to a person and to assistive technology, and what they hold."""

from __future__ import annotations

CONTROLS = r"""
  const native = 'input, select, textarea';
  const by_type = {
    checkbox: 'checkbox', radio: 'radio', password: 'password', number: 'number', range: 'number',
    // Buttons, and what nobody sees.
    hidden: null, button: null, submit: null, reset: null, image: null, file: null,
  };
  const by_role = {
    checkbox: 'checkbox', switch: 'checkbox', menuitemcheckbox: 'checkbox', radio: 'radio', menuitemradio: 'radio',
    combobox: 'list', listbox: 'list', spinbutton: 'number', slider: 'number', textbox: 'text', searchbox: 'text',
  };
  const selector = '.SingleItemSelector2', picker = '.SingleDataSelector2, .MultipleDataSelector2';
  const role = node => attribute(node, 'role').split(' ')[0].toLowerCase();
  const editable = ({dom}) => dom.isContentEditable && !dom.parentElement?.isContentEditable;
  const numeric = node => is(node, '[inputmode=numeric], [inputmode=decimal]')
    || closest(node, '[class*=DecimalBox], [class*=IntegerBox]');
  const kind_of = node => {
    const {dom} = node;
    if (is(node, 'input')) {
      const kind = dom.type in by_type ? by_type[dom.type] : by_role[role(node)] || 'text';
      return kind === 'text' && numeric(node) ? 'number' : kind;
    }
    if (is(node, 'textarea')) return 'text';
    if (is(node, `select, ${selector}, ${picker}, [aria-haspopup=listbox]`)) return 'list';
    if (is(node, '.Checkbox2, [aria-pressed]')) return 'checkbox';
    if (is(node, '.RadioButton') && !dom.querySelector('input')) return 'radio';
    return by_role[role(node)] || (editable(node) ? 'text' : null);
  };

  // The lists that a control opens are no controls of their own.
  const opens = ['aria-controls', 'aria-owns'];
  const popups = new Set(all.filter(node => is(node, '[aria-controls], [aria-owns]') && kind_of(node) === 'list')
    .flatMap(node => opens.flatMap(name => by_ids(node.dom, name))));
  // What a control is made of belongs to it; a box within a box is the same box.
  const made_of = (outer, kind) => ['checkbox', 'radio'].includes(outer) ? outer === kind : true;
  let controls = [];
  const take = (node, outer) => {
    if (popups.has(node)) return;
    const kind = node.text === null ? kind_of(node) : null;
    const taken = kind && !(outer && made_of(outer.control.kind, kind));
    if (taken) {
      node.control = {kind, face: node, natives: is(node, native) ? [node.dom] : []};
      controls.push(node);
    } else if (kind && is(node, native)) outer.control.natives.push(node.dom);
    for (const kid of node.kids) take(kid, taken ? node : outer);
  };
  take(root, null);
  const recount = () => {
    all.forEach(node => { node.count = 0; });
    for (const control of controls) for (const at of climb(control)) at.count += 1;
    forget();
  };
  recount();
  const in_node = node => controls.filter(control => inside(control, node));
  const in_control = node => [...climb(node)].some(at => at.control);

  // A native control behind a drawn one is one control with it, told once: by what is drawn.
  const concealed = node => is(node, native)
    && (unseen(node) || [...climb(node.up)].slice(0, 2).some(at => at.count === 1 && tucked_away(at)));
  const alike = (one, other) => one.control.kind === other.control.kind
    || (['text', 'list'].includes(one.control.kind) && ['list', 'number', 'text'].includes(other.control.kind));
  const dropped = new Set();
  for (const hidden of controls.filter(concealed)) {
    const around = [...climb(hidden.up)].find(at => at.count > 1);
    const others = around ? in_node(around).filter(other => other !== hidden) : [];
    if (others.length === 1 && !is(others[0], native) && alike(hidden, others[0])) {
      others[0].control.natives.push(hidden.dom);
      dropped.add(hidden);
    }
  }
  for (const hidden of dropped) hidden.control = null;
  controls = controls.filter(control => !dropped.has(control));
  recount();

  // What a person presses where only the drawing is to be seen: the label, or what stands beside the control.
  const face_of = node => {
    if (!concealed(node)) return node;
    const label = [...(node.dom.labels || [])].map(dom => node_of.get(dom)).find(part => part && !unseen(part));
    const near = [...climb(node)].slice(0, 3).filter(at => at.count === 1)
      .flatMap(at => [...beside(at, 1), ...beside(at, -1)]).filter(part => part.text === null && !hides(part));
    const drawn = near.find(part => !words(part) || is(part, '[tabindex], [onclick]'));
    return is(node, 'select') ? drawn || near[0] || node : label || drawn || node;
  };
  for (const {control} of controls.map(node => Object.assign(node, {control: {...node.control, face: face_of(node)}})))
    // What a drawn list shows is its value, and no label.
    if (control.kind === 'list') control.face.silent = true;

  const inert = '[aria-disabled=true], [aria-readonly=true], [inert], .Disabled, .Disabled2, .Locked';
  const parts_with = (node, having) =>
    [node.dom, ...node.dom.querySelectorAll(having)].filter(part => part.matches(having));
  const enabled = node => {
    const {kind, natives} = node.control;
    const typed_in = !['checkbox', 'radio', 'list'].includes(kind);
    return !natives.some(dom => dom.matches(':disabled') || (typed_in && dom.readOnly))
      && !closest(node, inert) && (kind === 'list' || !parts_with(node, inert).length);
  };

  // On, off, or neither: what is drawn, what is told to screen readers and what is posted must agree.
  const states = {true: true, false: false};
  const tick = node => {
    const told = ['aria-checked', 'aria-pressed'].flatMap(name =>
      parts_with(node, `[${name}]`).map(part => states[part.getAttribute(name)] ?? null));
    const held = node.control.natives.map(dom => dom.indeterminate ? null : dom.checked);
    const drawn = Object.entries({true: '.Checked, .RadioButtonItem.Selected', false: '.Unchecked',
      neither: '.Indeterminate, .Mixed, .PartiallyChecked'}).flatMap(([state, names]) =>
      is(node, native) ? [] : parts_with(node, names).map(() => states[state] ?? null));
    // What a native box says of itself counts for screen readers, too, unless it says that it is neither.
    const said = is(node, native) ? [...held, ...told.filter(state => state === null)] : [...told, ...held, ...drawn];
    if (!said.length) return is(node, '.RadioButton') ? false : null;
    return said.every(state => state === said[0]) ? said[0] : null;
  };

  // Lists: what is chosen, and what is on offer where the page holds it.
  const one_by_one = texts => [...new Set(texts)];
  const said_by = dom => clean(node_of.has(dom) ? say(node_of.get(dom), unseen) : dom.textContent);
  const nodes_in = (node, having) => [...node.dom.querySelectorAll(having)].map(dom => node_of.get(dom));
  const option_words = option => option.disabled && !option.value ? '' : clean(option.label || option.textContent);
  const choice = dom => ({
    value: [...dom.selectedOptions].map(option_words).join('; '), offered: [...dom.options].map(option_words),
  });
  // An entry that stands for nothing may say so in words, which are no value.
  const item_words = item => item.matches('[data-item-type=Default]') ? ''
    : clean([...item.querySelectorAll('.Text')].map(part => part.textContent).join(' ') || item.textContent);
  const items_in = dom => [...dom.querySelectorAll('.ContextOverlayContainer .Item')]
    .filter(item => !item.matches('[data-item-type=GroupHeader]'));
  const item_list = node => {
    const shown = node.dom.querySelector('.SelectionDisplay .Item, .ItemList .Item[data-is-selected=true]');
    const items = items_in(node.dom);
    return {
      value: shown ? item_words(shown) : words_but(node, ...nodes_in(node, '.ContextOverlayContainer, .Placeholder')),
      offered: items.length ? one_by_one(items.map(item_words)) : null,
    };
  };
  const chips = ({dom}) => {
    const words_of_chip = chip => clean([...chip.querySelectorAll('.Text')].map(said_by).join(' '));
    const chosen = [...dom.querySelectorAll('.Chip')].map(words_of_chip);
    const shows_chips = chosen.length || dom.querySelector('.ChipList');
    return {value: shows_chips ? chosen.join('; ') : clean(dom.querySelector('input')?.value), typed: true};
  };
  const options_of = dom => {
    const parts = [dom, ...dom.querySelectorAll('[aria-controls], [aria-owns]')];
    const lists = [dom, ...parts.flatMap(part => opens.flatMap(name => doms_by_ids(part, name)))];
    return one_by_one(lists.flatMap(list => [...list.querySelectorAll('[role=option]')]));
  };
  const chosen_among = options => options.filter(option =>
    option.matches('[aria-selected=true], [aria-checked=true]')).map(said_by).join('; ');
  const told_list = node => {
    const {natives} = node.control, options = options_of(node.dom);
    const box = natives.find(dom => dom.matches('input')), hidden = natives.find(dom => dom.matches('select'));
    const shown = box ? clean(box.value)
      : words_but(node, ...nodes_in(node, '[role=listbox], [class*=placeholder i]'));
    const face = (role(node) === 'listbox' ? '' : shown) || chosen_among(options);
    const offered = hidden ? choice(hidden).offered : options.length ? one_by_one(options.map(said_by)) : null;
    return {
      value: hidden && !offered.includes(face) ? choice(hidden).value : face,
      offered,
      typed: Boolean(box && !offered && box.matches('[aria-autocomplete=list], [aria-autocomplete=both]')),
    };
  };
  // The entries of a list that lies open.
  const entries_of = ({dom}) => [
    ...items_in(dom).map(item => ({word: item_words(item), dom: item})),
    ...options_of(dom).map(option => ({word: clean(option.textContent), dom: option})),
  ].filter(entry => entry.dom.checkVisibility({visibilityProperty: true}) && entry.dom.getClientRects().length);

  const held_by = {
    checkbox: node => ({value: tick(node)}),
    radio: node => ({value: tick(node)}),
    list: node => is(node, 'select') ? choice(node.dom)
      : is(node, selector) ? item_list(node) : is(node, picker) ? chips(node) : told_list(node),
    number: node => ({
      value: clean(node.control.natives[0]?.value ?? node.dom.getAttribute('aria-valuenow')) || words(node),
    }),
    // What a password box holds is not taken out of the page.
    password: () => ({value: ''}),
    text: node => ({value: node.control.natives[0]?.value ?? clean(node.dom.innerText)}),
  };
  const describe = node => {
    const {kind, face, members} = node.control;
    const held = members ? {
      value: members.filter(({node: one}) => tick(one)).map(({word}) => word).join('; '),
      offered: members.map(({word}) => word),
    } : held_by[kind](node);
    return {
      kind, offered: null, typed: false, ...held, shown: visible(face),
      enabled: members ? members.some(({node: one}) => enabled(one)) : enabled(node),
    };
  };

  // What opens the outermost part that hides a control.
  const opener_of = node => {
    const is_gone = dom => dom.ownerDocument.defaultView.getComputedStyle(dom).display === 'none';
    const hiding = [...climb(node.control.face)].findLast(at => at.text === null && at.up
      && (is_gone(at.dom) || is(at.up, 'details:not([open])')));
    if (!hiding) return null;
    if (is(hiding.up, 'details')) return hiding.up.kids.find(kid => is(kid, 'summary'))?.dom || null;
    const named = all.find(at => is(at, '[aria-controls]') && by_ids(at.dom, 'aria-controls').includes(hiding));
    const before = [...beside(hiding, -1)].flatMap(within);
    const toggle = before.find(at => is(at, '[aria-expanded=false]')) || before.find(at => is(at, '[class*=toggle i]'));
    return (named || toggle)?.dom || null;
  };
"""
