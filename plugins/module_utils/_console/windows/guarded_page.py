# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs inside the pages of a run that only looks, and lets nothing be pressed there but what opens something."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._console.windows.scripts import SAYS_IT_DROPS

NAMES_OF_FIELDS = r"""({data, elements}) => elements.map((element, index) => {
  // By what a request may name the fields of a form that have a label, and what was typed into them.
  const {label, kind, value} = data[index];
  const named = [element, ...element.querySelectorAll('input, select, textarea')];
  const attributes = named.flatMap(one => [one.id, one.getAttribute('name'), ...Object.values(one.dataset)]);
  const text = ['text', 'list'].includes(kind) && String(value).length > 5 ? String(value) : '';
  return {kind, label, names: attributes.filter(name => name && name.length > 3), value: text};
}).filter(field => field.label.trim() && field.kind !== 'readonly')"""

KNOW = "element => window[Symbol.for('msp.autotask.guard')]?.known.push(element)"

STAND_GUARD = (
    r"""known => {"""
    + SAYS_IT_DROPS
    + r"""
  // Stops whatever is about to be pressed here, unless it is known to open something only. Runs before the page's own
  // scripts, and hears of everything first.
  const key = Symbol.for('msp.autotask.guard');
  if (window[key]) return;
  const guard = window[key] = {stopped: [], known: []};

  // As _wording.normalise() does.
  const tidy = text => text.trim().split(/\s+/).join(' ').replace(/^[*: ]+|[*: ]+$/g, '');
  const substitutions = known.substitutions.map(([pattern, replacement]) => [new RegExp(pattern, 'g'), replacement]);
  const reduce = text => {
    const letters = [...text.normalize('NFKC')].map(letter => known.characters[letter] || letter);
    const plain = tidy(letters.join('').toLowerCase());
    return tidy(substitutions.reduce((reduced, [pattern, by]) => reduced.replace(pattern, by), plain)) || plain;
  };
  const normalise = text => {
    for (let reduced; (reduced = reduce(text)) !== text;) text = reduced;
    return text;
  };
  guard.normalise = normalise;

  // What a person would call an element: all its names, since pages give some of them by mistake or for others.
  const button = 'a, button, input, select, textarea, summary, label, option, [onclick], [role=button], '
    + '[role=link], [role=menuitem], [role=tab], [role=option], [role=checkbox], [role=radio], [role=switch], '
    + '[tabindex]:not([tabindex="-1"]), .Button, .Button2';
  // What can be focused may also be a whole page.
  const thing_at = element => {
    const thing = element.closest(button);
    return thing && thing.textContent.length < 200 ? thing : element;
  };
  const own_names = element => {
    const told = (element.getAttribute('aria-labelledby') || '').split(/\s+/).map(id => document.getElementById(id));
    const inside = [...element.querySelectorAll('[title], [aria-label], img[alt]')].slice(0, 20);
    const value = element.matches('input[type=button], input[type=submit], input[type=reset]') ? element.value : '';
    return [...told.map(other => other && other.textContent), value,
      element.matches('select, textarea') ? '' : element.textContent,
      ...[element, ...inside].flatMap(part => ['aria-label', 'title', 'alt'].map(name => part.getAttribute(name)))];
  };
  const between = (inner, outer) => {
    const path = [];
    for (let element = inner; element; element = element.parentElement) {
      path.push(element);
      if (element === outer) return path;
    }
    return path.slice(0, 1);
  };
  const signs = /^[\s\p{Sm}\p{So}\p{Sk}\p{Cf}\p{Co}•·…|›‹»«–—-]+|[\s\p{Sm}\p{So}\p{Sk}\p{Cf}\p{Co}•·…|›‹»«–—-]+$/gu;
  const names_of = path => [...new Set(path.flatMap(own_names).filter(Boolean).map(tidy))]
    .filter(name => name && name.length < 200).flatMap(name => [normalise(name), normalise(name.replace(signs, ''))]);
  const writes = name => known.writers.includes(name)
    || (known.writing.includes(name.split(' ')[0]) && !known.filters.includes(name));

  // What opens something by what it is: menus, tabs, lists, whatever folds; without words, by what it is called.
  const opener = 'select, summary, [role=tab], .TabButton, [role=combobox], [aria-haspopup], [aria-expanded]';
  const folding = /toggle|expand|collapse|arrow|chevron|caret|triangle|menu|drop-?down/i;
  const in_list = '[role=option], [role=listbox], .ContextOverlay, .ItemList, .ItemSet';
  const beside = (element, list) => [element, element.parentElement, element.parentElement?.parentElement].some(
    around => around && around !== document.body && [...around.querySelectorAll('*')].some(other =>
      other.textContent.length < 40 && list.includes(normalise(other.textContent))));
  const edits = () => [...document.querySelectorAll(button)].some(other => other.textContent.length < 40
    && known.saves.includes(normalise(other.textContent)) && other.getClientRects().length);
  const opens = (path, names) => {
    const [target] = path, thing = path[path.length - 1];
    if (path.some(element => element.matches(opener))) return true;
    // What a list offers is a choice in a form, and a filter in a list of rows.
    if (target.closest(in_list)) return Boolean(target.closest('[role=option], .Item, .Item2')) && !edits();
    // A half without words of a button that says that it drops down is called by nothing else.
    if (!names.length) return path.some(element => folding.test(element.getAttribute('class') || ''))
      || Boolean(thing.parentElement && (thing.parentElement.querySelector(':scope > [role=menu]')
        || says_it_drops(thing.parentElement.getAttribute('class'))));
    if (thing.matches(button)) return false;
    return Boolean(target.closest('h1, h2, h3, h4, h5, h6, legend, [role=heading], [class*=Heading], [class*=heading]'))
      || beside(target, known.links);
  };
  // A box is called by the words beside it. In a list of rows it filters, as a number turns to a page.
  const beside_box = element => {
    let around = element.closest('[type=checkbox], [role=checkbox], [role=switch], .Checkbox2, .TabIndexHack');
    while (around && around !== document.body && !around.textContent.trim()) around = around.parentElement;
    return around && around.textContent.length < 200 ? [normalise(around.textContent)] : [];
  };
  const filters = name => known.filters.includes(name) || /^\d{1,4}$/.test(name);
  const passes = (element, trusted) => {
    if (element === document.body || element === document.documentElement) return true;
    if (guard.known.some(known => known.contains(element))) return true;
    // What such a control says is its value, not its name.
    if (element.closest('select, [role=combobox], .SingleItemSelector2, .SingleDataSelector2')
      && !element.closest(in_list)) return true;
    const path = between(element, thing_at(element)), all = names_of(path);
    // New may say itself that it only opens a menu; one half of a button may say so of the other.
    const drops = path.some(part => /^(true|menu)$/.test(part.ariaHasPopup || '')
      && !/split/i.test(part.getAttribute('class') || ''));
    if (all.some(name => writes(name) && !(drops && known.menus.includes(name)))) return false;
    // A sign says nothing where there are words.
    const words = all.filter(name => /[\p{L}\p{N}]/u.test(name)), names = words.length ? words : all;
    // What the page presses by itself is its own affair.
    return !trusted || names.some(name => known.openers.includes(name)) || opens(path, names)
      || ([...names, ...beside_box(element)].some(filters) && !edits());
  };

  const typed = 'textarea, [contenteditable], input:not([type=button]):not([type=submit]):not([type=reset])'
    + ':not([type=checkbox]):not([type=radio]):not([type=image])';
  const let_through = (event, element) => {
    if (event.type === 'submit') {
      const by = event.submitter || element.querySelector('button:not([type=button]), input[type=submit]');
      return by ? passes(by, true) : !edits();
    }
    if (event.type.startsWith('key')) {
      if (!['Enter', ' '].includes(event.key)) return true;
      if (element.matches(typed)) return event.key === ' ' || !edits();
    } else if (event.button === 2 || element.matches(typed)) return true;
    return passes(element, event.isTrusted);
  };
  const judge = event => {
    const [target] = event.composedPath();
    const element = target instanceof Element ? target : target.parentElement || document.documentElement;
    if (let_through(event, element)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!['click', 'keydown', 'submit'].includes(event.type)) return;
    guard.stopped.push(names_of(between(element, thing_at(element)))[0] || element.tagName.toLowerCase());
  };
  const events = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'touchstart',
    'touchend', 'keydown', 'keypress', 'keyup', 'submit'];
  guard.listen = () => events.forEach(type => window.addEventListener(type, judge, true));
  guard.listen();
  // A form that a script sends tells nobody.
  const {submit} = HTMLFormElement.prototype;
  HTMLFormElement.prototype.submit = function () {
    if (this.method === 'post' && edits()) guard.stopped.push('save');
    else submit.call(this);
  };
  // A document that is written anew forgets who listens.
  for (const name of ['open', 'write', 'writeln']) {
    const usual = Document.prototype[name];
    Document.prototype[name] = function (...given) {
      const done = usual.apply(this, given);
      guard.listen();
      return done;
    };
  }
}"""
)
