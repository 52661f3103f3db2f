// A list of Admin: security levels, or resources.
const resources = model.which === 'resources';
const filtered = { kind: 'active' };
let all = [];
let start = 0;
let shownRows = 0;
let size = chosen('paging').size;
let place;
let filters;

const columns = () => [...model.columns, ...(resources && chosen('inactive').column ? ['Active'] : [])];

function matching() {
  const typed_ = (filters.row || []).map(node => (node.value ?? '').trim().toLowerCase());
  const search = (filters.search?.value ?? '').trim().toLowerCase();
  const seen = value => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)).toLowerCase();
  return all.filter(row => !resources || columns().includes('Active') || filtered.kind === 'all' || row.active === (filtered.kind === 'active'))
    .filter(row => typed_.every((text, index) => !text || seen(cells(row)[index]).includes(text)))
    .filter(row => !search || cells(row).some(value => seen(value).includes(search)));
}

const cells = row => columns().map(column => row.cells[column] ?? (column === 'Active' ? row.active : ''));

function drawRow(row, before) {
  const open = () => openWindow(row.opens);
  const shown = cells(row).map((value, index) => (typeof value === 'boolean' ? chosen('ticks')(value) : index ? value : chosen('names')(value, open)));
  return { key: row.key, line: chosen('lines')(row, before), icons: chosen('row icons')(event => showMenu(row, event), row), cells: shown };
}

function redraw() {
  const found = matching();
  const paging = chosen('paging');
  const from = paging.grows ? 0 : start;
  const end = Math.min(found.length, paging.grows ? Math.max(shownRows, size) : start + size);
  const rows = found.slice(from, end);
  const page = { start, end, total: found.length, size, turn: to => { start = to; redraw(); }, more: () => { shownRows = end + size; redraw(); }, resize: to => { size = to; start = 0; redraw(); } };
  place.replaceChildren(...[chosen('grids')({ columns: columns(), filters: filters.row, rows: rows.map((row, index) => drawRow(row, rows[index - 1])) }),
    rows.length ? null : make('div.NoDataMessage', {}, 'There are no records.'), paging.bar(page)].flat(Infinity).filter(Boolean));
  redraw.more = end < found.length ? page.more : null;
  moreAtTheEnd();
}

// Where the rows end in sight there is nothing to scroll.
function moreAtTheEnd() {
  if (chosen('paging').scrolls && redraw.more && innerHeight + scrollY >= document.body.scrollHeight - 20) { const { more } = redraw; redraw.more = null; later(300).then(more); }
}

addEventListener('scroll', moreAtTheEnd);

function closeMenus() { document.querySelectorAll('body > .RowMenu').forEach(menu => menu.remove()); }

function showMenu(row, event) {
  event.stopPropagation();
  closeMenus();
  const items = row.menu.map(item => ({ label: item.label, disabled: item.disabled, act: () => { closeMenus(); choose(row, item); } }));
  const at = event.clientX ? { x: event.clientX, y: event.clientY } : event.target.getBoundingClientRect();
  const holder = make('div.RowMenu', {}, chosen('menus')(items));
  document.body.append(holder);
  holder.style.left = `${at.x + scrollX}px`;
  holder.style.top = `${Math.max(Math.min(at.y, innerHeight - 180), 0) + scrollY}px`;
}

async function choose(row, item) {
  if (item.opens) { openWindow(item.opens); return; }
  if (item.question && (await dialog(item.question, 'Yes', 'No')) === 'No') return;
  const answer = await call(item.calls, { key: row.key });
  if (!answer.ok) await dialog(answer.message, 'OK');
  load();
}

const openWindow = url => window.open(url, '_blank', model.popup ? 'width=980,height=780' : undefined);

async function load() {
  all = (await call(`/Variants/rows/${model.which}`)).rows;
  redraw();
}
window.refreshGrid = load;

async function begin() {
  const arrive = chosen('rows arrive');
  const words = index => [...new Set(all.map(row => String(cells(row)[index])))].sort();
  const given = (await call(`/Variants/rows/${model.which}`)).rows;
  all = given;
  filters = chosen('filters')(columns(), () => { start = 0; shownRows = 0; redraw(); }, words);
  const count = kind => all.filter(row => kind === 'all' || row.active === (kind === 'active')).length;
  const state = resources ? chosen('inactive')(kind => { filtered.kind = kind; start = 0; redraw(); }, count) : null;
  const begins = resources ? chosen('new')(() => openWindow(model.paid), () => { document.querySelectorAll('.ContextOverlay.Active').forEach(node => node.classList.remove('Active')); openWindow(model.newUser); }) : null;
  all = [];
  place = make('div.ListPlace');
  document.body.append(make('div.TitleBar', {}, make('div.TitleBarItem.Title', {}, make('span.Text', {}, model.title))),
    make('div.ToolBar', {}, begins, press(make('div.Button2', { tabindex: 0 }, picture('M8 10V2M5 5l3-3 3 3M2 10v4h12v-4'), make('div.Text2', {}, 'Export')), harm('Export')), state, filters.above), place);
  if (arrive.none) place.append(make('div.NoDataMessage', {}, 'There are no records.'));
  if (arrive.busy) busy(true);
  await later(arrive.rows);
  busy(false);
  if (arrive.part) { all = given.slice(0, 5); redraw(); await later(arrive.part); }
  all = given;
  redraw();
}

document.addEventListener('contextmenu', event => {
  const node = event.target.closest('[data-row-key]');
  if (!node || !(chosen('right click') || chosen('row icons').byRightClick)) return;
  event.preventDefault();
  showMenu(all.find(row => String(row.key) === node.dataset.rowKey), event);
});
document.addEventListener('dblclick', event => {
  const node = event.target.closest('[data-row-key]');
  if (node) openWindow(all.find(row => String(row.key) === node.dataset.rowKey).opens);
});
document.addEventListener('click', event => { if (!event.target.closest('.RowMenu')) closeMenus(); });
document.addEventListener('DOMContentLoaded', begin);
