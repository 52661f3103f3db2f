// The editor of a security level.
const controls = new Map();

function draw(raw) {
  const control = controls.get(raw.code);
  if (control.kind === 'box') return chosen('boxes', control.code)(control);
  return chosen(control.kind === 'list' ? 'choices' : 'numbers', control.code)(control);
}

const labelled = (text, hint = '') => chosen('words', text)(text, hint);

function line({ label, hint, cells: [raw] }) {
  const control = controls.get(raw.code);
  const puzzle = chosen('obstacle');
  if (puzzle && label === PUZZLE) return puzzle(control);
  if (control.kind === 'box') return chosen('labels', label)(control, labelled(label, hint));
  const star = control.kind === 'number' ? make('span.Required', {}, '*') : null;
  return chosen('captions', label)(control, labelled(label, hint), star, draw);
}

function table(group) {
  let under = '';
  const rows = group.lines.map(row => {
    const opens = row.under !== under;
    under = row.under;
    const cells = row.cells.map(cell => (typeof cell === 'string' ? make('div.Edit_ReadonlyPermission', {}, cell) : draw(cell)));
    return { label: make('span', {}, labelled(row.label)), name: row.label, group: row.under, under: opens ? row.under : '', cells, controls: row.cells.map(cell => controls.get(cell.code)) };
  });
  const drawn = chosen('tables', group.title)({ ...group, rows });
  return [drawn, group.footnote && make('div.Edit_TableBottomDescription', {}, group.footnote)];
}

const content = section => section.groups.map(group => chosen('groups', group.title)(group, group.headings.length ? table(group) : group.lines.map(line)));

// What depends on a box that is off is cleared and cannot be set.
function settle() {
  controls.forEach(control => {
    const held = control.requires !== null && !controls.get(control.requires).value;
    if (held && control.value !== control.empty) control.set(control.empty);
    if (control.enabled === (held || control.disabled)) control.enable(!held && !control.disabled);
  });
}

async function follow(section, what) {
  const concerned = section.groups.flatMap(group => group.lines).flatMap(row => row.cells).map(cell => controls.get(cell.code)).filter(control => control && control.links && !control.skipped);
  if (what === 'Full') concerned.filter(control => !control.locked).forEach(control => control.set(control.full));
  else if (await chosen('question')(`Remove all permissions of the section ${section.heading}?`)) await chosen('clearing')(concerned);
  settle();
}

async function begin() {
  const timing = chosen('timing');
  const values = new Map(model.controls.map(raw => [raw.code, raw.value]));
  readyAt = timing.handlers || 0;
  model.controls.forEach(raw => controls.set(raw.code, new Control({ ...raw, value: timing.values ? raw.empty : raw.value })));
  settle();
  const name = new Control({ code: 'name', value: model.name, disabled: model.readOnly });
  const active = new Control({ code: 'active', kind: 'box', value: model.active, disabled: model.readOnly });
  const place = make('div.TabContainer.Active');
  const bar = toolbar(name, active);
  document.body.append(
    make('div.TitleBar', {}, make('div.TitleBarItem.Title', {}, make('span.Text', {}, model.title), make('span.SecondaryText', {}, ` - ${model.name}`))),
    bar, make('div.ValidationSummary', {}, make('span.Text')), tabs(place), place);
  place.append(
    fixed('General Information', [
      chosen('captions', 'Name')(name, ['Name'], make('span.Required', {}, '*'), chosen('texts', 'Name')),
      chosen('labels', 'Active')(active, ['Active']),
      make('div.ReadOnlyField', {}, make('div.Caption', {}, 'License Type'), make('div.Value', {}, model.licenseType)),
    ]),
    fixed('Feature/Section Access', make('div.StandardText', {}, model.modules.join(', '))));

  if (timing.busy) { busy(true); later(timing.busy).then(() => busy(false)); }
  if (timing.sections) await later(timing.sections);
  for (const [number, sections] of (timing.step ? model.sections.map(section => [section]) : [model.sections]).entries()) {
    if (number) await later(timing.step);
    const described = sections.map((section, index) => ({
      heading: section.heading,
      open: chosen('opening')(number + index),
      content: () => content(section),
      links: model.readOnly ? null : arriving(chosen('links')(what => follow(section, what)), timing.links),
    }));
    place.append(...[chosen('sections')(described)].flat(9).filter(Boolean));
  }
  if (timing.values) {
    await later(timing.values);
    values.forEach((value, code) => controls.get(code).set(value));
    settle();
  }
}

// Links that come after their heading.
function arriving(links, ms) {
  if (!links || !ms) return links;
  const holder = make('span.Arriving');
  later(ms).then(() => holder.replaceWith(links));
  return holder;
}

const fixed = (heading, ...content_) => make('div.Section', {}, make('div.Heading', {}, make('span.Text', {}, heading)), make('div.Content', {}, make('div.Large.Column', {}, content_)));

function tabs(place) {
  const grid = make('div.TabContainer', { hidden: true }, make('table', {}, make('tbody', {},
    make('tr', {}, make('th', {}, 'Name'), make('th', {}, 'Active')), model.holders.map(([name, active]) => make('tr', {}, make('td', {}, name), make('td', {}, active ? make('div.CheckMark', { title: 'Yes' }, '✓') : ''))))), model.holders.length ? null : make('div.NoDataMessage', {}, 'There are no records.'));
  const folders = make('div.TabContainer', { hidden: true }, make('div', {}, 'No LiveReports folders have been shared.'));
  const parts = [place, folders, grid];
  const buttons = ['General', 'LiveReports Folders', 'Resources'].map((name, index) => press(make('a.Button.ButtonIcon', { tabindex: 0 }, make('span.Text', {}, name)), () => {
    parts.forEach((part, other) => { part.hidden = other !== index; });
    buttons.forEach((button, other) => button.classList.toggle('SelectedState', other === index));
  }));
  buttons[0].classList.add('SelectedState');
  setTimeout(() => document.body.append(folders, grid));
  return make('div.TabBar', {}, buttons);
}

function toolbar(name, active) {
  const save = closes => async () => {
    if (model.readOnly || bar.matches('.Unchanged')) return;
    const values = Object.fromEntries([...controls.values()].map(control => [control.code, control.value]));
    const post = (wait = 0) => call(`/Variants/SaveSecurityLevel?wait=${wait}`, { id: model.id, source: model.source, name: name.value, active: active.value, values });
    await chosen('saving')({
      post,
      warning: 'Other resources may have this security level.',
      close: async answer => {
        if (answer.ok) { refreshOpener(); if (closes) window.close(); else location.href = answer.location; return; }
        const words = answer.message || Object.values(answer.errors)[0];
        document.querySelector('.ValidationSummary').classList.add('Active');
        document.querySelector('.ValidationSummary > .Text').textContent = words;
        if (answer.message) await dialog(answer.message, 'OK');
      },
    });
  };
  const bar = chosen('toolbar')([['Save', save(false)], ['Save & Close', save(true)], ['Cancel', () => { refreshOpener(); window.close(); }]]);
  if (model.readOnly || chosen('saving').greyed) grey(bar, model.readOnly);
  return bar;
}

document.addEventListener('put', () => settle());
document.addEventListener('DOMContentLoaded', begin);
