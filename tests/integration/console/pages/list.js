// A list page that is drawn as its settings say; what is in it, too. It knows nothing of who reads it.
const S = JSON.parse(document.getElementById('settings').textContent);
const at = { page: 0, size: S.size, more: 1, filters: { ...S.left }, inactive: S.inactive, search: S.search || '' };
window.pressed = [];

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}
const drawing = (attributes = {}) => {
  const holder = document.createElement('div');
  holder.innerHTML = '<svg viewBox="0 0 16 16" width="16" height="16"><path d="M2 2h12v12z"/></svg>';
  for (const [name, value] of Object.entries(attributes)) holder.firstChild.setAttribute(name, value);
  return holder.firstChild;
};
const press = (name, action) => event => { window.pressed.push(name); action(event); };

function found() {
  return S.rows.filter(row =>
    (at.inactive === 'all' || (at.inactive === 'inactive') === !row.Active)
    && Object.entries(at.filters).every(([column, text]) => S.matching === 'beginning'
      ? String(row[column]).startsWith(text) : String(row[column]).toLowerCase().includes(text.toLowerCase()))
    && row.Name.toLowerCase().includes(at.search.toLowerCase()));
}
const pages = () => Math.max(1, Math.ceil(found().length / at.size));
function shown() {
  const all = found();
  if (['scroll', 'more'].includes(S.paging)) return all.slice(0, at.size * at.more);
  if (['none', 'virtual'].includes(S.paging)) return all;
  if (S.paging === 'size') return all.slice(0, at.size);
  return all.slice(at.page * at.size, (at.page + 1) * at.size);
}
const later = action => S.late ? setTimeout(action, S.late) : action();

// ---- cells

function tick(yes, style) {
  const styles = {
    drawn: () => make('div', { class: 'Checkbox2' }, make('div', { class: `TabIndexHack ${yes ? 'Checked' : 'Unchecked'} Disabled` })),
    native: () => { const box = make('input', { type: 'checkbox', disabled: '' }); box.checked = yes; return box; },
    aria: () => make('span', { role: 'checkbox', 'aria-checked': String(yes), 'aria-disabled': 'true', class: 'Dot' }),
    words: () => document.createTextNode(yes ? 'Yes' : 'No'),
    glyph: () => yes ? document.createTextNode('✓') : null,
    title: () => yes ? make('div', { class: 'Dot', title: 'Yes' }) : null,
    titles: () => make('div', { class: 'Dot', title: yes ? 'Yes' : 'No' }),
    alt: () => make('img', { alt: yes ? 'Yes' : 'No', width: 12, height: 12, src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }),
    picture: () => yes ? make('i', { class: 'fa fa-check Dot' }) : make('i', { class: 'fa fa-times Dot' }),
    background: () => yes ? make('i', { class: 'Dot', style: 'background-image: url(/i/tick.gif)' }) : null,
    unknown: () => make('i', { class: yes ? 'Dot i17' : 'Dot i18' }),
  };
  return styles[style]();
}
function cell(row, column, tag, attributes) {
  const value = row[column];
  const content = typeof value === 'boolean' ? tick(value, S.ticks) : column === 'Name' && S.avatars
    ? make('span', {}, make('span', { class: 'Avatar' }, value.slice(0, 2).toUpperCase()), make('a', {}, value)) : value;
  return make(tag, attributes, content || null);
}

// ---- structures

const [table, block] = [S.structure.startsWith('table'), !S.structure.startsWith('table')];
const tags = block ? { line: 'div', head: 'div', cell: 'div' } : { line: 'tr', head: S.structure === 'table' ? 'th' : 'td', cell: 'td' };
const roles = S.structure === 'roles' ? { line: 'row', head: 'columnheader', cell: 'gridcell' } : {};
const line = (kind, ...cells) => make(tags.line, { role: roles.line, class: kind }, ...cells);
function heading(column) {
  const words = make('span', { class: 'Words' }, column);
  return make(tags.head, { role: roles.head, class: 'Cell' }, words, S.sorted === column ? make('span', { class: 'Sort', title: 'Sorted ascending' }, ' ▲') : null);
}
function head() {
  const icons = S.icons ? [make(tags.head, { role: roles.head, class: 'Cell Small' }), make(tags.head, { role: roles.head, class: 'Cell Small' })] : [];
  return line('Head', ...icons, ...S.columns.map(heading));
}
function filter_row() {
  const kinds = S.filters;
  const boxes = S.columns.map(column => {
    const kind = kinds[column];
    const set = value => { if (value) at.filters[column] = value; else delete at.filters[column]; at.page = 0; at.more = 1; later(draw); };
    let box = null;
    if (kind === 'text') {
      box = make('input', { type: 'text', 'aria-label': column, onkeydown: event => { if (event.key === 'Enter') set(box.value); } });
      box.value = at.filters[column] || '';
    } else if (kind === 'list') {
      const words = ['', ...new Set(S.rows.map(row => row[column]))];
      box = make('select', { onchange: () => set(box.value) }, ...words.map(word => make('option', { title: word }, word)));
      box.value = at.filters[column] || '';
    } else if (kind === 'drawn') {
      const words = ['All', ...new Set(S.rows.map(row => row[column]))];
      box = chooser(at.filters[column] || 'All', words, word => set(word === 'All' ? '' : word));
    }
    return make(tags.cell, { role: roles.cell, class: 'Cell' }, box);
  });
  const icons = S.icons ? [make(tags.cell, { class: 'Cell Small' }), make(tags.cell, { class: 'Cell Small' })] : [];
  return line('Filter', ...icons, ...boxes);
}
function chooser(value, words, choose) {
  const box = make('div', { class: 'SingleItemSelector2', tabindex: 0, onclick: press('chooser', () => {
    document.querySelectorAll('body > .Open').forEach(list => list.remove());
    document.body.append(make('div', { class: 'Open' }, ...words.map(word =>
      make('div', { class: 'Item', onclick: () => { document.querySelector('body > .Open').remove(); choose(word); } }, word))));
  }) }, make('span', { class: 'Text' }, value));
  return box;
}
function body_line(row) {
  const icons = S.icons ? [
    make(tags.cell, { role: roles.cell, class: 'Cell Small' }, make('input', { type: 'checkbox' })),
    make(tags.cell, { role: roles.cell, class: 'Cell Small ContextMenuCell' }, make('div', { class: 'Button ContextMenu' }, drawing())),
  ] : [];
  const made = line('Row', ...icons, ...S.columns.map(column => cell(row, column, tags.cell, { role: roles.cell, class: 'Cell' })));
  if (S.keys) made.dataset.rowKey = row.key;
  return made;
}
function body_lines() {
  const lines = [];
  let letter = '';
  for (const row of shown()) {
    if (S.groups && row.Name[0] !== letter) {
      letter = row.Name[0];
      lines.push(make(tags.line, { class: 'Letter' }, make(tags.cell, { colspan: S.columns.length + (S.icons ? 2 : 0) }, letter)));
    }
    lines.push(body_line(row));
  }
  return lines;
}
function list() {
  const extra = Object.keys(S.filters).length ? [filter_row()] : [];
  const rows = S.paging === 'virtual' ? [] : body_lines();
  const empty = found().length ? null : make('div', { class: 'NoDataMessage' }, 'There are no records.');
  let built;
  if (S.structure === 'table') {
    built = make('table', {}, make('thead', {}, head(), ...extra), make('tbody', { 'data-rows': '' }, ...rows));
  } else if (table) {
    built = make('div', { class: 'Grid2' }, make('div', {}, make('table', {}, make('tbody', {}, head(), ...extra))),
      make('div', { class: 'BodyContainer' }, make('table', {}, make('tbody', { 'data-rows': '' }, ...rows))));
  } else {
    built = make('div', { class: 'List', role: S.structure === 'roles' ? 'grid' : null, 'aria-rowcount': S.structure === 'roles' && S.counted ? found().length + 1 + extra.length : null },
      make('div', { class: 'HeadPart' }, head()), ...extra.length ? [make('div', {}, ...extra)] : [], make('div', { class: 'BodyPart', 'data-rows': '' }, ...rows));
  }
  const scroller = make('div', { class: ['scroll', 'virtual'].includes(S.paging) ? 'Scroller' : '' }, built);
  return make('div', { class: 'Whole' }, scroller, empty);
}

// ---- turning

function turn(to) { at.page = to; later(draw); }
const range = () => {
  const [first, last, total] = [found().length ? at.page * at.size + 1 : 0, Math.min(found().length, (at.page + 1) * at.size), found().length];
  return { of: `${first} - ${last} of ${total}`, showing: `Showing ${first} to ${last} of ${total} entries`, page: `Page ${at.page + 1} of ${pages()}`, items: `${total} items` }[S.count];
};
function pager() {
  const count = S.count && !['scroll', 'more', 'virtual', 'size'].includes(S.paging) ? make('span', { class: 'Count' }, range()) : S.count === 'items' ? make('span', {}, range()) : null;
  const last = at.page >= pages() - 1, first = at.page === 0;
  const button = (name, off, action, ...content) => {
    if (off && S.ends === 'hidden') return null;
    const attributes = { ...name, tabindex: 0, class: `Turn${off && S.ends === 'class' ? ' Disabled' : ''}`, 'aria-disabled': off && S.ends === 'aria' ? 'true' : null };
    return make('a', { ...attributes, onclick: press('turn', () => { if (!off) action(); }) }, ...content);
  };
  const next = () => turn(at.page + 1), back = () => turn(at.page - 1);
  const ways = {
    words: () => [button({}, first, back, 'Previous'), button({}, last, next, 'Next')],
    title: () => [button({}, first, back, make('span', { title: 'Go to previous page' }, '◀')), button({}, last, next, make('span', { title: 'Go to next page' }, '▶'))],
    all: () => [button({ title: 'Go to first page' }, first, () => turn(0), '«'), button({ title: 'Go to previous page' }, first, back, '‹'),
      button({ title: 'Go to next page' }, last, next, '›'), button({ title: 'Go to last page' }, last, () => turn(pages() - 1), '»')],
    label: () => [button({ 'aria-label': 'Previous page' }, first, back, drawing()), button({ 'aria-label': 'Next page' }, last, next, drawing())],
    alt: () => [button({}, first, back, make('img', { alt: 'Previous', width: 9, height: 9 })), button({}, last, next, make('img', { alt: 'Next', width: 9, height: 9 }))],
    glyph: () => [button({}, first, back, '<'), button({}, last, next, '>')],
    numbers: () => Array.from({ length: pages() }, (_, index) => {
      const near = Math.abs(index - at.page) < 3 || index === 0 || index === pages() - 1;
      return !near ? null : index === at.page ? make('span', { class: 'Current' }, index + 1) : make('a', { tabindex: 0, onclick: press('turn', () => turn(index)) }, index + 1);
    }),
  };
  let turners = [];
  if (ways[S.paging]) turners = S.count === 'page' || pages() > 1 || S.ends !== 'hidden' ? ways[S.paging]() : [];
  if (S.paging === 'more' && at.size * at.more < found().length)
    turners = [make('button', { onclick: press('more', () => { at.more++; later(draw); }) }, 'Load more')];
  if (S.paging === 'size') {
    const box = make('select', { onchange: () => { at.size = box.value === 'All' ? 1e6 : Number(box.value); later(draw); } },
      ...[S.size, 2 * S.size, 'All'].map(size => make('option', {}, size)));
    box.value = at.size > 1e5 ? 'All' : String(at.size);
    turners = [make('label', {}, 'Rows per page ', box)];
  }
  return make('div', { class: 'PagerBar' }, count, ...turners);
}

// ---- what hides the inactive

function state_bar() {
  const set = value => { at.inactive = value; at.page = 0; at.more = 1; later(draw); };
  const count = value => S.rows.filter(row => value === 'all' || (value === 'active') === row.Active).length;
  const word = value => ({ all: 'All', active: 'Active', inactive: 'Inactive' })[value] + (S.counts ? ` (${count(value)})` : '');
  const on = at.inactive === 'all';
  const flip = () => set(on ? 'active' : 'all');
  const offered = S.state.endsWith('-two') ? ['active', 'inactive'] : ['active', 'inactive', 'all'];
  const bars = {
    none: () => [],
    label: () => { const box = make('input', { type: 'checkbox', onchange: flip }); box.checked = on; return [make('label', {}, box, ' Show Inactive')]; },
    drawn: () => [make('div', { class: 'Inline', onclick: flip }, make('span', {}, 'Show Inactive'), make('div', { class: 'Checkbox2' }, make('div', { class: `TabIndexHack ${on ? 'Checked' : 'Unchecked'}` })))],
    beside: () => [make('span', {}, 'Show Inactive'), make('span', { role: 'switch', 'aria-checked': String(on), class: 'Dot', onclick: flip })],
    pressed: () => [make('button', { 'aria-pressed': String(on), onclick: flip }, 'Show Inactive')],
    renamed: () => [make('button', { onclick: flip }, on ? 'Hide Inactive' : 'Show Inactive')],
    list: () => { const box = make('select', { onchange: () => set(box.value) }, ...offered.map(value => make('option', { value }, word(value)))); box.value = at.inactive; return [box]; },
    chooser: () => [chooser(word(at.inactive), offered.map(word), chosen => set(offered.find(value => word(value) === chosen)))],
    tabs: () => offered.map(value => make('a', { tabindex: 0, class: value === at.inactive ? 'Tab Active' : 'Tab', onclick: press('tab', () => set(value)) }, word(value))),
    yes: () => { const box = make('select', { onchange: () => set(box.value === 'Yes' ? 'all' : 'active') }, make('option', {}, 'No'), make('option', {}, 'Yes')); box.value = on ? 'Yes' : 'No'; return [make('label', {}, 'Show Inactive ', box)]; },
  };
  return make('div', { class: 'Bar' }, ...bars[S.state.replace('-two', '')]());
}
function toolbar() {
  const box = S.search === null ? null : make('input', { type: 'search', placeholder: 'Search', onkeydown: event => { if (event.key === 'Enter') { at.search = box.value; at.page = 0; later(draw); } } });
  if (box) box.value = at.search;
  return make('div', { class: 'Bar' }, make('button', { onclick: press('export', () => {}) }, drawing()), box);
}

// ---- the page

function draw() {
  const place = document.querySelector('.Scroller') ? document.querySelector('.Scroller').scrollTop : 0;
  const twice = S.twice ? [pager()] : [];
  document.getElementById('page').replaceChildren(make('h1', {}, 'Resources'), toolbar(), state_bar(), ...twice, list(), pager());
  const scroller = document.querySelector('.Scroller');
  if (S.paging === 'scroll') {
    scroller.scrollTop = place;
    scroller.addEventListener('scroll', () => {
      if (scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 30 && at.size * at.more < found().length && !draw.waits) {
        draw.waits = true;
        setTimeout(() => { draw.waits = false; at.more++; draw(); }, S.late || 30);
      }
    });
  }
  if (S.paging === 'virtual') virtual(scroller);
}
function virtual(scroller) {
  // Rows of 24 pixels, drawn only around those that are seen.
  const body = scroller.querySelector('[data-rows]'), rows = found(), height = 24;
  const place = () => {
    const from = Math.max(0, Math.floor(scroller.scrollTop / height) - 2), to = Math.min(rows.length, from + Math.ceil(scroller.clientHeight / height) + 4);
    const space = tall => make(tags.line, { class: 'Space', style: `height: ${tall}px` }, make(tags.cell, { style: `height: ${tall}px; padding: 0` }));
    body.replaceChildren(space(from * height), ...rows.slice(from, to).map(body_line), space((rows.length - to) * height));
  };
  place();
  scroller.addEventListener('scroll', () => requestAnimationFrame(place));
}
setTimeout(draw, S.late);
