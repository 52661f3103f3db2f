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
  const role = node => node.text === null ? (node.dom.getAttribute('role') || '').trim().split(/\s+/)[0].toLowerCase()
    : '';
  const editable = ({dom}) => dom.isContentEditable && !dom.parentElement?.isContentEditable;
  const numeric = node => is(node, '[inputmode=numeric], [inputmode=decimal]')
    || closest(node, '[class*=DecimalBox], [class*=IntegerBox]');
  const kind_of = node => {
    const {dom} = node;
    if (is(node, 'input')) {
      const kind = by_type[dom.type] ?? by_role[role(node)] ?? (dom.type in by_type ? null : 'text');
      return kind === 'text' && numeric(node) ? 'number' : kind;
    }
    if (is(node, 'select')) return 'list';
    if (is(node, `textarea, ${selector}, ${picker}`)) return is(node, 'textarea') ? 'text' : 'list';
    if (is(node, '.Checkbox2') || dom.hasAttribute('aria-pressed')) return 'checkbox';
    if (is(node, '.RadioButton') && !dom.querySelector('input')) return 'radio';
    if (is(node, '[aria-haspopup=listbox]')) return 'list';
    return by_role[role(node)] || (editable(node) ? 'text' : null);
  };

  // The lists that a control opens are no controls of their own.
  const linked = node => ['aria-controls', 'aria-owns'].flatMap(name => by_ids(node.dom, name));
  const popups = new Set(all.filter(node => is(node, '[aria-controls], [aria-owns], [aria-haspopup=listbox]')
    && kind_of(node) === 'list').flatMap(node => linked(node).length ? linked(node)
      : node.up.kids.filter(kid => role(kid) === 'listbox' && kid !== node && hides(kid))));
  // What a control is made of belongs to it; a box within a box is the same box.
  const made_of = (outer, kind) => ['checkbox', 'radio'].includes(outer) ? outer === kind : true;
  let controls = [];
  const take = (node, outer) => {
    const kind = node.text === null && !popups.has(node) ? kind_of(node) : null;
    const taken = kind && !(outer && made_of(outer.control.kind, kind));
    if (taken) {
      node.control = {kind, face: node, natives: is(node, native) ? [node.dom] : []};
      controls.push(node);
    } else if (kind && is(node, native)) outer.control.natives.push(node.dom);
    if (popups.has(node)) return;
    for (const kid of node.kids) take(kid, taken ? node : outer);
  };
  take(root, null);

  const recount = () => {
    all.forEach(node => { node.count = 0; });
    for (const control of controls) for (const at of climb(control)) at.count += 1;
    forget();
  };
  recount();
  const in_node = once(node => controls.filter(control => inside(control, node)));

  // A native control behind a drawn one is one control with it, told once: by what is drawn.
  const concealed = node => is(node, native) && (unseen(node)
    || [...climb(node.up)].slice(0, 2).some(at => at.count === 1 && tucked_away(at)));
  // What has words between has each its own.
  const apart = (one, other) => {
    const [before, after] = one.order < other.order ? [one, other] : [other, one];
    const both = [...climb(before)].find(at => inside(after, at));
    return all.slice(before.last + 1, after.order).some(node => node.text !== null && lettered(clean(node.text))
      && ![...climb(node, both)].some(unseen));
  };
  const drops = new Set();
  for (const hidden of controls.filter(concealed)) {
    const around = [...climb(hidden.up)].find(at => at.count > 1);
    const others = around ? in_node(around).filter(other => other !== hidden) : [];
    const alike = other => other.control.kind === hidden.control.kind
      || (['text', 'list'].includes(hidden.control.kind) && ['list', 'number', 'text'].includes(other.control.kind));
    if (others.length === 1 && !is(others[0], native) && alike(others[0]) && !apart(hidden, others[0])) {
      others[0].control.natives.push(hidden.dom);
      drops.add(hidden);
    }
  }
  for (const hidden of drops) hidden.control = null;
  controls = controls.filter(control => !drops.has(control));
  recount();

  // A native box that nobody sees may lie over what is drawn for it, and takes what is pressed there.
  const positioned = node => style(node).position !== 'static';
  const lies_over = (node, drawing) => style(node).opacity === '0' && !tucked_away(node)
    && style(node).pointerEvents !== 'none' && positioned(node) && (!positioned(drawing)
      || (Number(style(node).zIndex) || 0) > (Number(style(drawing).zIndex) || 0));
  // What a person presses where only the drawing is to be seen: the label, or what stands beside it without words.
  const face_of = node => {
    // Of a drawn box the part that has the keyboard is what is pressed; its words need not be.
    const drawn = is(node, '.Checkbox2, .RadioButton') && node_of.get(node.dom.querySelector('.TabIndexHack'));
    if (!concealed(node)) return drawn || node;
    const labels = [...(node.dom.labels || [])].map(label => node_of.get(label)).filter(Boolean);
    const alone = [...climb(node)].filter(at => at.count === 1);
    const drawings = alone.flatMap(at => [...beside(at, 1), ...beside(at, -1)]).filter(part => part.text === null
      && !part.count && !hides(part));
    const drawing = drawings.find(part => !words(part) || is(part, '[tabindex], [onclick]'));
    if (drawing && lies_over(node, drawing)) return node;
    return drawing || labels.find(label => !unseen(label)) || (is(node, 'select') && drawings[0]) || node;
  };
  for (const {control} of controls.map(node => (Object.assign(node.control, {face: face_of(node)}), node)))
    // What a drawn list shows is its value, and no label.
    if (control.kind === 'list') control.face.silent = true;

  // What a control is called by; that may have its own value in it.
  const names_of = (control, dom = control.dom) => by_ids(dom, 'aria-labelledby').filter(part => !inside(control, part)
    && !inside(part, control));
  // What says the state of a box in words, in it or beside it, is a part of it.
  const states_of = node => {
    const alone = [...climb(node)].filter(at => at === node || at.count === 1).at(-1);
    return [alone, ...[1, -1].flatMap(step => [...beside(node, step)].slice(0, 1))].flatMap(within).filter(at =>
      at.text !== null && /^(on|off|yes|no)$/.test(plain(at.text)));
  };
  for (const node of controls.filter(one => one.control.kind === 'checkbox'))
    for (const text of states_of(node)) text.silent = true;
  // A list's box to search in is empty; where its name is tied to it, what is chosen are the words before it in its
  // frame, or all there if nobody could read anything in it.
  const unreadable = node => concealed(node) || node.dom.readOnly || (visible(node) && place(node).width < 10);
  const frame_of = (node, box) => {
    const names = [...[...box.dom.labels || []].map(label => node_of.get(label)), ...names_of(box)];
    return names.length ? (node === box ? [...climb(node.up)].slice(0, 3) : [node]).filter(at => at.count === 1
      && !names.some(name => inside(at, name) || (node === box && inside(name, at)))).at(-1) : null;
  };
  const said_in = (box, frame) => within(frame).filter(at => at.text !== null && lettered(at.text)
    && (at.order < box.order || unreadable(box)) && ![...climb(at, frame)].some(one => unseen(one)
      || is(one, 'label, [role=listbox], [class*=placeholder i]') || explanation(one)));
  const box_of = node => node_of.get(node.control.natives.find(dom => dom.matches('input')));
  for (const node of controls.filter(one => one.control.kind === 'list' && !is(one, `${selector}, ${picker}`)
    && box_of(one)?.dom.value === '')) {
    node.control.frame = frame_of(node, box_of(node));
    for (const text of node.control.frame ? said_in(box_of(node), node.control.frame) : []) text.silent = true;
  }
  // Looked at anew, as it is drawn anew when something else is chosen.
  const shown_around = (node, offered) => {
    const {frame} = node.control, box = node.control.natives.find(dom => dom.matches('input'));
    const anew = frame && grow(frame.dom, frame.up);
    const shown = anew ? clean(said_in(node_of.get(box), anew).map(at => at.text).join(' ')) : '';
    return !offered || offered.includes(shown) ? shown : '';
  };

  const inert = '[aria-disabled=true], [aria-readonly=true], [inert], .Disabled, .Disabled2, .Locked';
  const parts_with = (node, selector) => [node.dom, ...node.dom.querySelectorAll(selector)].filter(part =>
    part.matches(selector));
  const enabled = node => {
    const {kind, natives} = node.control;
    const typed_in = !['checkbox', 'radio', 'list'].includes(kind);
    return !natives.some(dom => dom.matches(':disabled') || (typed_in && dom.readOnly))
      && !closest(node, inert) && (kind === 'list' || !parts_with(node, inert).length);
  };

  // On, off, or neither: what is drawn, what is told to screen readers and what is posted must agree.
  const tick = node => {
    const attributes = ['aria-checked', 'aria-pressed'].flatMap(name =>
      parts_with(node, `[${name}]`).map(part => ({true: true, false: false})[part.getAttribute(name)] ?? null));
    const natives = node.control.natives.filter(dom => /^(checkbox|radio)$/.test(dom.type)).map(dom =>
      dom.indeterminate ? null : dom.checked);
    const drawn = is(node, native) ? [] : [
      ...parts_with(node, '.Checked, .RadioButtonItem.Selected').map(() => true),
        ...parts_with(node, '.Unchecked').map(() => false),
      ...parts_with(node, '.Indeterminate, .Mixed, .PartiallyChecked').map(() => null)];
    const states = natives.length && is(node, native) ? [...natives, ...attributes.filter(state => state === null)]
      : [...attributes, ...natives, ...drawn];
    if (!states.length) return node.control.kind === 'radio' && is(node, '.RadioButton') ? false : null;
    return states.every(state => state === states[0]) ? states[0] : null;
  };

  // Lists: what is chosen, and what is on offer where the page holds it.
  // What an entry says by now, as it may be used again for another; what explains it is no part of its word.
  const said_by = dom => {
    const tell = (part, up, leave_out) => {
      if (part.nodeType !== 1 || part.matches(unread)) return part.nodeType === 3 ? part.data : '';
      const texts = [...part.childNodes].filter(kid => kid.nodeType === 3).map(kid => ({text: kid.data}));
      const node = {dom: part, up, text: null, count: 0, parts: texts};
      if (up && (unseen(node) || leave_out(node))) return ' ';
      const said = [...parts_of(part)].map(kid => tell(kid, node, leave_out)).join('');
      return flows(node) ? said : ` ${said} `;
    };
    return clean(tell(dom, null, explanation)) || clean(tell(dom, null, () => false));
  };
  const by_words = items => [...new Set(items)];
  const item_text = item =>
    clean([...item.querySelectorAll('.Text')].map(part => part.textContent).join(' ') || item.textContent);
  // Words to fill an empty list; the same words as those of the entry that is chosen are its value.
  const fills_in = item => item.matches('[data-item-type=Default]');
  const item_words = item => fills_in(item) ? '' : item_text(item);
  const asks_only = option => (option.disabled || option.hidden
    || (option.index === 0 && option.parentElement.matches('select[required]:not([multiple])'))) && !option.value;
  const option_words = option => asks_only(option) ? '' : clean(option.label || option.textContent);
  // Words that two of its groups have, with the name of theirs; what is greyed is on offer to nobody.
  const said_by_options = ({options}) => [...options].map(option_words).map((word, at, all_words) =>
    options[at].parentElement.label && all_words.indexOf(word) !== all_words.lastIndexOf(word)
      ? `${options[at].parentElement.label} > ${word}` : word);
  const is_greyed = option => option.disabled || Boolean(option.closest('optgroup')?.disabled);
  const choice = dom => {
    const said = said_by_options(dom);
    return {value: said.filter((_, at) => dom.options[at].selected).join('; '),
      offered: said.filter((_, at) => dom.options[at].selected || !is_greyed(dom.options[at]))};
  };
  const selected_item = ({dom}) => {
    const shown = dom.querySelector('.SelectionDisplay .Item');
    const chosen = dom.querySelector('.ItemList .Item[data-is-selected=true]');
    if (chosen && (!shown || (fills_in(shown) && item_text(shown) === item_text(chosen)))) return item_words(chosen);
    return shown ? item_words(shown) : null;
  };
  const item_list = node => {
    const items = [...node.dom.querySelectorAll('.ContextOverlayContainer .Item')]
      .filter(item => !item.matches('[data-item-type=GroupHeader]'));
    const value = selected_item(node),
      overlay = [...node.dom.querySelectorAll('.ContextOverlayContainer, .Placeholder')].map(dom => node_of.get(dom));
    return {value: value ?? words_but(node, ...overlay), offered: items.length ? by_words(items.map(item_words))
      : null};
  };
  // What fills an empty setting says what it holds, if that is everything.
  const everything = /^(all|any|every\w*|unlimited|no (limit|maximum))\b/i;
  const filled_with = (...texts) => wanted.settings ? texts.map(clean).find(text => everything.test(text)) || '' : '';
  const chips = node => {
    const box = node.dom.querySelector('input'), held = node.dom.querySelector('.ChipList');
    const filler = filled_with(box?.placeholder, node.dom.querySelector('.Placeholder')?.textContent);
    const chosen = [...node.dom.querySelectorAll('.Chip')].map(chip =>
      clean([...chip.querySelectorAll('.Text')].map(said_by).join(' ')));
    return {value: (held || chosen.length ? chosen.join('; ') : clean(box?.value)) || filler, offered: null,
      typed: true};
  };
  const ids_of = (dom, name) => (dom.getAttribute(name) || '').split(/\s+/).filter(Boolean)
    .map(id => dom.getRootNode().getElementById?.(id)).filter(Boolean);
  const options_of = ({dom}) => {
    const parts = [dom, ...dom.querySelectorAll('[aria-controls], [aria-owns]')];
    const lists = [dom, ...parts.flatMap(part => ['aria-controls', 'aria-owns'].flatMap(name => ids_of(part, name)))];
    return [...new Set(lists.flatMap(list => [...list.querySelectorAll('[role=option]')]))];
  };
  // The entries of a list that lies open.
  const entries_of = ({dom}) => [
    ...[...dom.querySelectorAll('.ContextOverlayContainer .Item')].filter(item =>
      !item.matches('[data-item-type=GroupHeader]'))
      .map(item => ({word: item_words(item), dom: item})),
    ...options_of({dom}).map(option => ({word: said_by(option), dom: option})),
  ].filter(one => one.dom.checkVisibility({visibilityProperty: true}) && one.dom.getClientRects().length);
  const told_list = node => {
    const box = node.control.natives.find(dom => dom.matches('input')), options = options_of(node);
    const hidden = node.control.natives.find(dom => dom.matches('select'));
    const chosen = options.filter(option =>
      option.matches('[aria-selected=true], [aria-checked=true]')).map(said_by).join('; ');
    const [popup, drawn] = ['[role=listbox], [class*=placeholder i]', '[aria-hidden=true]'].map(what =>
      [...node.dom.querySelectorAll(what)].map(dom => node_of.get(dom)));
    const says = words_but(node, ...popup, ...drawn) || words_but(node, ...popup);
    const said = by_words(options.map(said_by));
    const offered = hidden ? choice(hidden).offered : said.some(Boolean) ? said : null;
    // What a box holds that nobody sees may be a code for the words that are drawn.
    const shows = box && (box === node.dom || !unseen(node_of.get(box)) || !lettered(says));
    const face = role(node) === 'listbox' ? chosen : (shows ? clean(box.value) || shown_around(node, offered) : says)
      || chosen;
    const stored = hidden ? choice(hidden).value : '', is_shown = !hidden || offered.includes(face);
    // Where what is drawn is not what would be stored, it holds neither.
    const value = is_shown && face && stored && face !== stored ? `${face}; ${stored}` : is_shown ? face : stored;
    return {value: value || filled_with(box?.placeholder), offered,
      typed: Boolean(box && !box.readOnly && !offered && is(node_of.get(box) || node,
        '[aria-autocomplete=list], [aria-autocomplete=both]'))};
  };
  const amount = node => {
    const box = node.control.natives[0], number = clean(box ? box.value : node.dom.getAttribute('aria-valuenow')
      ?? words(node));
    // Words for a number that do not have it in them are what counts: 0 may be all or nothing.
    const marks = [...box?.list?.options || []].filter(mark => mark.value === number).map(mark => mark.label);
    const said = [node.dom.getAttribute('aria-valuetext'), ...marks].map(clean).find(text => /\p{L}/u.test(text)
      && !text.includes(number));
    return said || number || filled_with(box?.placeholder);
  };
  const held = node => {
    const {kind, members} = node.control;
    if (members) return {kind: 'list', value: members.filter(one => tick(one.node)).map(one => one.word).join('; '),
      offered: members.map(one => one.word)};
    if (kind === 'checkbox' || kind === 'radio') return {kind, value: tick(node)};
    if (kind === 'list') return {kind, ...is(node, 'select') ? choice(node.dom) : is(node, selector) ? item_list(node)
      : is(node, picker) ? chips(node) : told_list(node)};
    if (kind === 'number') return {kind, value: amount(node)};
    // What a password box holds is not taken out of the page.
    if (kind === 'password') return {kind, value: ''};
    return {kind, value: node.control.natives.length ? node.control.natives[0].value : clean(node.dom.innerText)};
  };
  // The tab of a part: the one that names it, or the one at its place where there are as many tabs as parts.
  const naming = new Set(all.filter(node => is(node, '[aria-labelledby]')).flatMap(node =>
    by_ids(node.dom, 'aria-labelledby')).filter(node => is(node, '[role=tab]')));
  const tab_of = part => {
    const parts = part.up.kids.filter(kid => kid.text === null && sort_of(kid) === sort_of(part));
    const strips = [...beside(parts[0], -1), ...beside(parts.at(-1), 1)].map(strip => {
      const roles = within(strip).filter(at => is(at, '[role=tab]'));
      const tabs = roles.length ? roles : within(strip).filter(at => is(at, '[class*=tab i]:not([class*=table i])')
        && !at.dom.querySelector('[class*=tab i]'));
      return tabs.filter(tab => !unseen(tab) && !naming.has(tab));
    });
    return by_ids(part.dom, 'aria-labelledby').find(at => naming.has(at))
      || strips.find(tabs => tabs.length > 1 && tabs.length === parts.length)?.[parts.indexOf(part)];
  };
  // What opens the outermost part that hides something.
  const opener_of = node => {
    const hiding = [...climb(node)].filter(at => at.text === null && at.up && (style(at).display === 'none'
      || is(at.up, 'details:not([open])'))).at(-1);
    if (!hiding) return null;
    if (is(hiding.up, 'details')) return hiding.up.kids.find(kid => is(kid, 'summary'))?.dom || null;
    const named = all.find(at => is(at, '[aria-controls]') && by_ids(at.dom, 'aria-controls').includes(hiding))
      || tab_of(hiding);
    const before = [...beside(hiding, -1)].flatMap(part => [part, ...within(part)]);
    return (named || before.find(at => is(at, '[aria-expanded=false]'))
      || before.find(at => is(at, '[class*=toggle i]')))?.dom || null;
  };
  const opener_to = texts => {
    const saying = all.filter(node => node.text === null && texts.map(plain).includes(plain(own_words(node))));
    return saying.some(visible) ? null : saying.map(opener_of).find(Boolean) || null;
  };
  const describe = node => ({offered: null, typed: false, ...held(node), enabled: node.control.members
    ? node.control.members.some(one => enabled(one.node)) : enabled(node), shown: visible(node.control.face)});
"""
