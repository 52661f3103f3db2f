// The form of an API user.
const fields = {};
const controls = new Map();
const TRACKING = [['vendor', 'Integration Vendor'], ['custom', 'Custom (Internal Integration)'], ['', 'None']];
let identifier = '';
let made = '';

const text = (name, value, disabled = false) => add(name, { kind: 'text', value, disabled });
const tick = (name, value, disabled = false) => add(name, { kind: 'box', value, disabled });

function list(name, label, entries, id, disabled = false) {
  return add(name, { kind: 'list', words: entries.map(([, word]) => word), ids: entries.map(([one]) => one), value: entries.findIndex(([one]) => one === id), disabled, placeholder: `Choose ${label}` });
}

function add(name, raw) {
  fields[name] = new Control({ code: name, ...raw });
  controls.set(name, fields[name]);
  return fields[name];
}

const star = () => chosen('stars')();
const words = label => chosen('words', label)(label, '');

function field(name, label, required, draw) {
  const control = fields[name];
  const widget = draw ?? (control.kind === 'list' ? chosen('choices', name) : chosen('texts', name));
  return make('div.Field', { 'data-field': name }, chosen('captions', label)(control, words(label), required ? star() : null, widget));
}

const told = (label, said, name = '') => make('div.EditorContainer1', {}, make('div.LabelContainer1', {}, make('div.Text', {}, make('span.PrimaryText', {}, label))), make('div.ReadOnly2', { 'data-told': name }, said));

const button = (label, act) => make('div.Above', {}, press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, picture('M3 8a5 5 0 0 1 9-3M13 8a5 5 0 0 1-9 3'), make('div.Spacer'), make('div.Text2', {}, label), make('div.Spacer')), act));

function general() {
  const choice = chosen('location');
  const place = choice.lacks ? null : field('location_id', 'Primary Internal Location', true, choice.picker ? drawn.choices.SingleDataSelector2 : undefined);
  return { heading: 'General', columns: [
    [field('first_name', 'First Name', true), field('last_name', 'Last Name', true), field('email', 'Email Address', true),
      chosen('labels', 'Active')(fields.active, words('Active')), chosen('labels', 'Locked')(fields.locked, words('Locked'))],
    [field('level_id', 'Security Level', true), field('date_format', 'Date Format'), field('time_format', 'Time Format'), field('number_format', 'Number Format'), place],
  ] };
}

function credentials() {
  return { heading: 'Credentials', columns: [[button('Generate Key', generateKey), keyField()], [button('Generate Secret', generateSecret), secretField()]] };
}

function keyField() {
  const { split } = chosen('key');
  if (!split) return field('user_name', 'Username (Key)', true);
  const behind = split === 'text' ? make('span', {}, `@${model.domain}`) : make('select', {}, make('option', {}, `@${model.domain}`));
  return field('user_name', 'Username (Key)', true, control => make('div.Beside', {}, chosen('texts', 'user_name')(control), behind));
}

async function generateKey() {
  const { late, split, shown } = chosen('key');
  await later(late || 0);
  const answer = await call(model.generateKey, {});
  fields.user_name.set(split ? answer.value.split('@')[0] : shown ? shown(answer.value) : answer.value);
}

function secretField() {
  const how = chosen('secret');
  if ((model.id ? how.onEdit : how.onNew) === 'box') return secretBox();
  return make('div', { 'data-secret': '' }, told('Password (Secret)', 'Click "Generate Secret" for a new password.'));
}

function secretBox() {
  const { type, takes, anew } = chosen('secret');
  fields.secret.takes = takes;
  const box = control => typed(control, make('input.TextBox2', { type: type || 'text', autocomplete: 'off' }), node => node);
  const holder = field('secret', 'Password (Secret)', !model.id, type ? box : undefined);
  if (anew) holder.addEventListener('focusout', () => setTimeout(() => { fields.secret.views = []; holder.replaceChildren(field('secret', 'Password (Secret)', !model.id)); }, 200));
  return holder;
}

async function generateSecret() {
  const answer = await call(model.generateSecret, {});
  const place = document.querySelector('[data-secret]');
  if (place && chosen('secret').onEdit === 'text') {
    made = answer.value;
    place.replaceChildren(told('Password (Secret)', made));
    return;
  }
  if (place) place.replaceWith(secretBox());
  fields.secret.set(answer.value);
}

function tracking() {
  const fixed = Boolean(model.user && model.user.tracking);
  const shown = fixed ? chosen('tracking of a user that exists') : { radios: true, list: true };
  const vendor = shown.list ? field('vendor_id', 'Integration Vendor', !fixed) : told('Integration Vendor', fields.vendor_id.word, 'vendor_id');
  const name = shown.list ? field('tracking_name', 'Internal Integration Name', !fixed) : told('Internal Integration Name', fields.tracking_name.value);
  const parts = { vendor: make('div', {}, vendor), custom: make('div', {}, name, make('div', { 'data-identifier': '' }, model.user?.tracking === 'custom' ? told('Tracking Identifier', model.user.tracking_identifier) : null)) };
  const show = () => Object.entries(parts).forEach(([kind, part]) => { part.hidden = kindOfTracking() !== kind; });
  fields.tracking.views.push(show);
  show();
  const explanation = fixed ? null : make('div.Explanation', {}, 'API version 1.6 & later require the use of an API tracking identifier. Once assigned, this cannot be changed.');
  return { heading: 'API Tracking Identifier', columns: [[explanation, shown.radios ? chosen('radios').draw(fields.tracking) : null, parts.vendor, parts.custom]] };
}

const kindOfTracking = () => fields.tracking.ids[fields.tracking.value];

function business() {
  const lists = ['Not Associated', 'Associated'].map(caption => make('div', {}, make('div.Caption', {}, caption), make('select', { multiple: true, size: 4 }, caption === 'Associated' ? [] : [make('option', {}, 'General > IT Services'), make('option', {}, 'General > Software Development')])));
  const arrows = make('div.Arrows', {}, make('div.Button2', { tabindex: 0 }, picture('M3 8h9M9 4l4 4-4 4')), make('div.Button2', { tabindex: 0 }, picture('M13 8H4M7 4L3 8l4 4')));
  return { heading: 'Line of Business', columns: [[make('div.Explanation', {}, 'A line of business can be used to grant access or prevent access to data associated with Contracts, Tickets, Projects, etc.'),
    make('div.Columns', {}, lists[0], arrows, lists[1]), chosen('labels', 'unassigned')(fields.sees_unassigned, ['Resource can view items with no assigned Line of Business'])]] };
}

function fill() {
  const { user } = model;
  const fixed = Boolean(user && user.tracking);
  const [place, vendor, key] = [chosen('location'), chosen('vendor'), chosen('key')];
  const kinds = TRACKING.slice(0, chosen('radios').kinds);
  const first = { last: kinds.at(-1)[0], nothing: null }[chosen('tracking at first')] ?? chosen('tracking at first');
  const name = user?.user_name ?? '';
  text('first_name', user?.first_name ?? '');
  text('last_name', user?.last_name ?? '');
  text('email', user?.email ?? '');
  tick('active', user?.active ?? true);
  tick('locked', user?.locked ?? false);
  list('level_id', 'Security Level', model.levels, user?.level_id);
  list('date_format', 'Date Format', model.dates, user?.date_format ?? model.dates[0][0]);
  list('time_format', 'Time Format', model.times, user?.time_format ?? model.times[0][0]);
  list('number_format', 'Number Format', model.numbers, user?.number_format ?? model.numbers[0][0]);
  list('location_id', 'Location', model.locations, user?.location_id ?? (place.lacks || place.first ? model.locations[0][0] : undefined));
  text('user_name', key.split ? name.split('@')[0] : key.shown ? key.shown(name) : name).takes = key.takes;
  text('secret', '');
  list('tracking', '', kinds, fixed ? user.tracking : user ? 'nothing' : first, fixed);
  list('vendor_id', 'Integration Vendor', model.vendors, fixed ? user.vendor_id : vendor.first ? model.vendors[0][0] : undefined, fixed);
  text('tracking_name', user?.tracking_name ?? '', fixed);
  tick('sees_unassigned', user?.sees_unassigned ?? true, true);
}

// What depends on something else that was chosen or left.
let vendorBefore;
async function react(control) {
  if (control.takes && control.value !== control.takes(control.value)) control.set(control.takes(control.value));
  if (control === fields.vendor_id && control.value !== vendorBefore) {
    const { ask, level, email } = chosen('vendor');
    if (ask && !(await ask('A tracking identifier cannot be changed once it is saved. Do you want to use this one?'))) { control.set(vendorBefore); return; }
    vendorBefore = control.value;
    if (level && control.value >= 0) fields.level_id.set(0);
    if (email && control.value >= 0) fields.email.set(email);
  }
  if (control === fields.tracking && kindOfTracking() === 'custom' && model.identifierOnSelect && !model.id && !identifier) {
    identifier = (await call(model.generateIdentifier, {})).value;
    document.querySelector('[data-identifier]').replaceChildren(told('Tracking Identifier', identifier));
  }
}

async function begin() {
  const arrival = chosen('arrival');
  fill();
  vendorBefore = fields.vendor_id.value;
  const title = model.id ? 'Edit API User' : 'Add API User';
  const place = make('div.PageContentContainer');
  const bar = toolbar();
  document.body.append(
    make('div.TitleBar', {}, make('div.TitleBarItem.Title', {}, make('span.Text', {}, title), model.id ? make('span.SecondaryText', {}, ` - ${model.user.first_name} ${model.user.last_name}`) : null)),
    bar, make('div.ValidationSummary', {}, make('span.Text')), place);
  if (arrival.busy) { busy(true); later(arrival.busy).then(() => busy(false)); }
  readyAt = performance.now() + (arrival.handlers || 0);
  if (arrival.form) await later(arrival.form);
  const late = {};
  if (arrival.lists) ['level_id', 'vendor_id', 'location_id'].forEach(name => { late[name] = [fields[name].words, fields[name].value]; fields[name].words = []; fields[name].value = -1; });
  const draw = () => place.replaceChildren(...[chosen('form')([general(), credentials(), tracking(), business()])].flat(Infinity));
  draw();
  if (arrival.lists) {
    await later(arrival.lists);
    Object.entries(late).forEach(([name, [given, value]]) => { fields[name].words = given; fields[name].value = value; fields[name].views = []; });
    ['level_id', 'vendor_id', 'location_id'].forEach(name => document.querySelector(`[data-field=${name}]`)?.replaceChildren(...field(name, LABELS[name], name !== 'vendor_id' || !fields.vendor_id.disabled).childNodes));
    document.querySelector('[data-told=vendor_id]')?.replaceChildren(fields.vendor_id.word);
  }
  if (arrival.defaults && !model.id) {
    await later(arrival.defaults);
    fields.date_format.set(0);
    fields.location_id.set(0);
  }
}

const LABELS = { level_id: 'Security Level', vendor_id: 'Integration Vendor', location_id: 'Primary Internal Location' };

function toolbar() {
  const value = control => (control.kind === 'list' ? control.ids[control.value] ?? '' : control.value);
  const save = async () => {
    if (bar.matches('.Unchanged')) return;
    const values = Object.fromEntries(Object.entries(fields).map(([name, control]) => [name, value(control)]));
    if (chosen('key').split) values.user_name += `@${model.domain}`;
    values.secret = values.secret || made;
    const post = (wait = 0) => call(`/Variants/SaveApiUser?wait=${wait}`, { ...values, id: model.id, tracking_identifier: identifier });
    await chosen('saving')({
      post,
      warning: 'This email address is in use by another resource.',
      close: async answer => {
        if (answer.ok) { refreshOpener(); window.close(); return; }
        const said = answer.message || (Object.keys(answer.errors).length > 1 ? `${Object.keys(answer.errors).length} errors` : Object.values(answer.errors)[0]);
        Object.keys(answer.errors || {}).forEach(name => document.querySelector(`[data-field=${name}]`)?.classList.add('Invalid'));
        document.querySelector('.ValidationSummary').classList.add('Active');
        document.querySelector('.ValidationSummary > .Text').textContent = said;
        if (answer.message) await dialog(answer.message, 'OK');
      },
    });
  };
  const erase = model.id ? [['Erase (Redact)', harm('Erase (Redact)')]] : [];
  const bar = chosen('toolbar')([['Save & Close', save], ['Cancel', () => { refreshOpener(); window.close(); }], ...erase]);
  if (chosen('saving').greyed) grey(bar, false);
  return bar;
}

document.addEventListener('put', event => react(event.detail));
document.addEventListener('DOMContentLoaded', begin);
