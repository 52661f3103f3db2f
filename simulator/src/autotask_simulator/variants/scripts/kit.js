// What every page here is made of: its choice of variations, elements, controls, presses, dialogs, calls.
'use strict';
const model = JSON.parse(document.getElementById('model').textContent);
const drawn = {};
let present;

// An entry of the registry: its first part is JSON, which the server reads, too (variants/__init__.py).
function dimension(about) { present = drawn[about.name] = {}; }
function variation(about, draw) { present[about.name] = draw; }

// What was chosen of a dimension; where it is mixed, the key says which.
function chosen(name, key = '') {
  const names = model.chosen[name];
  const number = [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  return drawn[name][names[number % names.length]];
}

// make('div.Row.First', { tabindex: 0 }, 'words', another, null)
function make(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split('.');
  const node = document.createElement(tag || 'div');
  if (classes.length) node.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter(child => ![null, undefined, '', false].includes(child)));
  return node;
}

// Ids as Autotask makes them: other ones on every load.
const newId = () => `z${crypto.randomUUID().replaceAll('-', '')}`;
const identified = node => { node.id = node.id || newId(); return node; };
const later = ms => new Promise(resolve => setTimeout(resolve, ms));

function picture(path, attributes = {}) {
  const holder = document.createElement('div');
  holder.innerHTML = `<svg class="Drawing" viewBox="0 0 16 16"><path d="${path}"/></svg>`;
  Object.entries(attributes).forEach(([name, value]) => holder.firstChild.setAttribute(name, value));
  return holder.firstChild;
}

// Something that holds a value: of a box true or false, of a list the place of its word (-1: none), else a text.
class Control {
  constructor(raw) {
    Object.assign(this, raw);
    this.enabled = !raw.disabled;
    this.views = [];
  }

  // `target` is what assistive technology knows of it; `view` draws it anew.
  showing(target, view) {
    this.target = target;
    this.views.push(view);
    view();
  }

  set(value) { this.value = value; this.views.forEach(view => view()); }

  enable(on) { this.enabled = on; this.views.forEach(view => view()); }

  // A person changes it.
  put(value) {
    if (!this.enabled) return;
    this.set(value);
    document.dispatchEvent(new CustomEvent('put', { detail: this }));
  }

  get word() { return this.words[this.value] ?? ''; }
}

// Ties words to a control as the browser or assistive technology knows it.
function tie(control, words) {
  const { target } = control;
  if (target.matches('input, select, textarea, button') && words.matches('label')) words.htmlFor = identified(target).id;
  else if (target.hasAttribute('role') || target.matches('input, select, textarea, button')) target.setAttribute('aria-labelledby', identified(words).id);
  return words;
}

// Presses that count only after a while, on a page whose handlers come late.
let readyAt = 0;
function press(node, action) {
  const act = event => { event.preventDefault(); if (performance.now() >= readyAt) action(event); };
  node.style.cursor = 'pointer';
  node.addEventListener('click', act);
  node.addEventListener('keydown', event => { if (event.target === node && ['Enter', ' '].includes(event.key) && !node.matches('button, input, summary')) act(event); });
  return node;
}

// Questions and messages of the page's own.
function dialog(words, ...buttons) {
  return new Promise(resolve => {
    const overlay = make('div.BackgroundOverlay.Active');
    const box = make('div.Dialog1.Dialog2.Normal.Active', { role: 'dialog' },
      make('div.DialogHeading', {}, make('span.Text', {}, 'Message')),
      make('div.DialogContent', {}, make('div.Message', {}, words)),
      make('div.ButtonContainer', {}, buttons.map(name => press(make('a.Button.ButtonIcon', { tabindex: 0 }, make('span.Text', {}, name)), () => {
        overlay.remove();
        box.remove();
        resolve(name);
      }))));
    document.body.append(overlay, box);
  });
}

function busy(on, words = '') {
  document.querySelectorAll('body > .Waiting').forEach(node => node.remove());
  if (on) {
    document.body.append(make('div.Waiting', {}, make('div.BackgroundOverlay.Active'), make('div.LoadingIndicator.Active', { id: 'LoadingIndicator' }, make('div.Spinner')),
      words ? make('div.DelayNotification.Active', {}, words) : null));
  }
}

async function call(url, data) {
  const response = await fetch(url, {
    method: data ? 'POST' : 'GET',
    keepalive: true,
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
    body: data && JSON.stringify(data),
  });
  if (response.status === 401) { location.href = (await response.json()).location; return new Promise(() => {}); }
  return response.ok ? response.json() : { ok: false, message: 'An unexpected error has occurred. Please try again.' };
}

// Something that must never be pressed was pressed.
const harm = what => () => call('/Variants/harm', { what });

function refreshOpener() {
  try { if (window.opener && window.opener.refreshGrid) window.opener.refreshGrid(); } catch (error) { /* gone */ }
}
