// What a list is made of. list: {columns, filters (a node or nothing for each column), rows: [{key, line, icons, cells}]}; line is a heading of its own above a row.
dimension({"name": "grids", "pages": ["lists"], "varies": "what a list is made of", "usual": 0.25});

const wide = list => list.columns.length + 2;

variation({"name": "first generation", "evidenced": "clone of 2017: headings in a table of their own"}, list => make('div.Grid', {},
  make('div.HeaderContainer', {}, make('table', {}, make('tbody', {},
    make('tr.HeadingRow', {}, make('td.Interaction'), make('td.Command'), list.columns.map(column => make('td.Text.Dynamic', {}, make('div.Standard', {}, make('div.Heading', {}, column))))),
    list.filters && make('tr.FilterRow', {}, make('td.Interaction'), make('td.Command'), list.filters.map(filter => make('td', {}, filter)))))),
  make('div.RowContainer.BodyContainer', {}, make('table', {}, make('tbody', {}, list.rows.map(row => [
    row.line && make('tr.GroupRow', {}, make('td', { colspan: wide(list) }, row.line)),
    make('tr.D', { 'data-row-key': row.key }, make('td.Interaction', {}, make('input', { type: 'checkbox' })), make('td.Command', {}, row.icons), row.cells.map(cell => make('td.Text', {}, cell))),
  ]))))));
variation({"name": "second generation", "evidenced": "markup notes: tr.Display, .ImageSelectionCell, .ContextMenuCell, td.TextCell, tr.Heading"}, list => make('div.Grid2', {},
  make('table', {}, make('tbody', {},
    make('tr.Heading', {}, make('td.ImageSelectionCell', {}, make('div.Container', {}, make('div.Decoration.Icon.CheckBox'))), make('td.ContextMenuCell'), list.columns.map(column => make('td.TextCell', {}, make('div.Label', {}, column)))),
    list.filters && make('tr.FilterRow', {}, make('td.EmptyCell'), make('td.EmptyCell'), list.filters.map(filter => make('td', {}, filter))),
    list.rows.map(row => [
      row.line && make('tr.GroupHeader', {}, make('td', { colspan: wide(list) }, row.line)),
      make('tr.Display', { 'data-row-key': row.key }, make('td.ImageSelectionCell', {}, make('div.Container', {}, make('div.Decoration.Icon.CheckBox'))), make('td.ContextMenuCell', {}, row.icons), row.cells.map(cell => make('td.TextCell', {}, cell))),
    ])))));
variation({"name": "thead and tbody of a list", "assumed": "the plainest HTML"}, list => make('table.Plain.List', {},
  make('thead', {}, make('tr', {}, make('th', {}), list.columns.map(column => make('th', {}, column))), list.filters && make('tr', {}, make('td'), list.filters.map(filter => make('td', {}, filter)))),
  make('tbody', {}, list.rows.map(row => [
    row.line && make('tr', {}, make('th', { colspan: wide(list) - 1 }, row.line)),
    make('tr', { 'data-row-key': row.key }, make('td', {}, row.icons), row.cells.map(cell => make('td', {}, cell))),
  ]))));
variation({"name": "menu at the end of a row", "assumed": "today's tables"}, list => make('table.Plain.List', {},
  make('thead', {}, make('tr', {}, list.columns.map(column => make('th', { scope: 'col' }, column)), make('th', {})), list.filters && make('tr', {}, list.filters.map(filter => make('td', {}, filter)), make('td'))),
  make('tbody', {}, list.rows.map(row => [
    row.line && make('tr', {}, make('th', { colspan: wide(list) - 1, scope: 'rowgroup' }, row.line)),
    make('tr', { 'data-row-key': row.key }, row.cells.map(cell => make('td', {}, cell)), make('td', {}, row.icons)),
  ]))));
variation({"name": "ARIA grid", "assumed": "component libraries"}, list => make('div.AriaTable.Wide', { role: 'grid', 'aria-rowcount': list.rows.length + 1 },
  make('div', { role: 'rowgroup' }, make('div.Row', { role: 'row' }, make('div', { role: 'columnheader' }), list.columns.map(column => make('div', { role: 'columnheader' }, column))),
    list.filters && make('div.Row', { role: 'row' }, make('div', { role: 'gridcell' }), list.filters.map(filter => make('div', { role: 'gridcell' }, filter)))),
  make('div', { role: 'rowgroup' }, list.rows.map(row => [
    row.line && make('div.Row', { role: 'row' }, make('div', { role: 'gridcell' }, row.line)),
    make('div.Row', { role: 'row', 'data-row-key': row.key }, make('div', { role: 'gridcell' }, row.icons), row.cells.map(cell => make('div', { role: 'gridcell' }, cell))),
  ]))));
variation({"name": "rows of blocks, as in the editor", "assumed": "the way of the object tables"}, list => make('div.Edit_LayoutTable.Wide', {},
  make('div.Edit_TableHeaderRow', {}, make('div.IconCell'), list.columns.map(column => make('div.Edit_OneCells', {}, column))),
  list.filters && make('div.Edit_TableHeaderRow', {}, make('div.IconCell'), list.filters.map(filter => make('div.Edit_OneCells', {}, filter))),
  make('div.Edit_Tablebody', {}, list.rows.map(row => [
    row.line && make('div.Edit_TableBodyRow.SubHeading', {}, make('div', {}, row.line)),
    make('div.Edit_TableBodyRow', { 'data-row-key': row.key }, make('div.IconCell', {}, row.icons), row.cells.map(cell => make('div.Edit_OneCells', {}, cell))),
  ]))));
variation({"name": "only the rows that are seen", "assumed": "long lists that scroll keep few rows in the page"}, list => {
  const height = 34;
  const lines = make('div', { style: `position: relative; height: ${list.rows.length * height}px` });
  const body = make('div.Scroller', { role: 'rowgroup', style: 'height: 340px; overflow-y: auto' }, lines);
  const draw = () => {
    const first = Math.floor(body.scrollTop / height);
    lines.replaceChildren(...list.rows.slice(first, first + 12).map((row, index) => make('div.Row', { role: 'row', 'aria-rowindex': first + index + 2, 'data-row-key': row.key, style: `position: absolute; left: 0; right: 0; height: ${height}px; top: ${(first + index) * height}px` },
      make('div', { role: 'gridcell' }, row.icons), row.cells.map(cell => make('div', { role: 'gridcell' }, cell)))));
  };
  body.addEventListener('scroll', draw);
  draw();
  return make('div.AriaTable.Wide', { role: 'grid', 'aria-rowcount': list.rows.length + 1 },
    make('div.Row', { role: 'row' }, make('div', { role: 'columnheader' }), list.columns.map(column => make('div', { role: 'columnheader' }, column))),
    list.filters && make('div.Row', { role: 'row' }, make('div', { role: 'gridcell' }), list.filters.map(filter => make('div', { role: 'gridcell' }, filter))), body);
});

dimension({"name": "lines", "pages": ["lists"], "varies": "lines between the rows", "usual": 0.6});
variation({"name": "no lines", "evidenced": "picture 2020-resources-list-new-menu"}, () => '');
variation({"name": "a letter", "evidenced": "picture of 2018, described in the facts: grouped by letter"}, (row, before) => (before && before.name[0].toUpperCase() === row.name[0].toUpperCase() ? '' : row.name[0].toUpperCase()));
variation({"name": "a heading with a number", "assumed": "grouped by the kind of licence"}, (row, before) => (before && before.license === row.license ? '' : `License Type: ${row.license} (several)`));

dimension({"name": "paging", "pages": ["lists"], "varies": "how a list is turned", "usual": 0.2});
// {size, bar({start, end, total, size, turn})}
const turned = (bar, size = 10) => ({ size, bar });
const counted = page => make('span', {}, page.total ? `${page.start + 1} - ${page.end} of ${page.total}` : '');
const next = page => page.end < page.total && (() => page.turn(page.start + page.size));
const previous = page => page.start > 0 && (() => page.turn(Math.max(page.start - page.size, 0)));
const arrow = (page, node, act) => { if (act) press(node, act); else { node.classList.add('Disabled'); node.setAttribute('aria-disabled', 'true'); } return node; };

variation({"name": "all rows", "evidenced": "few rows; lists have pages of 25, 50 or 100"}, turned(() => null, 9999));
variation({"name": "Previous and Next", "assumed": "that there are pages is known, not how they are turned"}, turned(page => make('div.PagerBar', {}, counted(page),
  previous(page) && arrow(page, make('a.Button', { tabindex: 0 }, make('span.Text', {}, 'Previous')), previous(page)), next(page) && arrow(page, make('a.Button', { tabindex: 0 }, make('span.Text', {}, 'Next')), next(page)))));
variation({"name": "arrows that say what they do", "assumed": "icons with a title on something within"}, turned(page => make('div.PagerBar', {}, counted(page), ' ',
  arrow(page, make('a', { tabindex: 0 }, make('span', { title: 'Go to previous page' }, '◀')), previous(page)), ' ', arrow(page, make('a', { tabindex: 0 }, make('span', { title: 'Go to next page' }, '▶')), next(page)))));
variation({"name": "buttons named for assistive technology", "assumed": "component libraries"}, turned(page => {
  const button = (label, path, act) => { const node = make('button', { type: 'button', 'aria-label': label }, picture(path)); node.disabled = !act; return act ? press(node, act) : node; };
  return make('nav', { 'aria-label': 'Pagination' }, button('First page', 'M12 3L7 8l5 5M4 3v10', previous(page) && (() => page.turn(0))), button('Previous page', 'M10 3L5 8l5 5', previous(page)), counted(page), button('Next page', 'M6 3l5 5-5 5', next(page)),
    button('Last page', 'M4 3l5 5-5 5M12 3v10', next(page) && (() => page.turn(Math.floor((page.total - 1) / page.size) * page.size))));
}));
variation({"name": "numbers of pages", "assumed": "usual in lists"}, turned(page => make('div.PagerBar', {}, Array.from({ length: Math.ceil(page.total / page.size) }, (_, number) =>
  (number * page.size === page.start ? make('b', { 'aria-current': 'page' }, String(number + 1)) : press(make('a', { tabindex: 0, href: '#' }, String(number + 1)), () => page.turn(number * page.size)))))));
variation({"name": "a list of pages", "assumed": "usual in lists"}, turned(page => {
  const list = make('select', { 'aria-label': 'Page', onchange: () => page.turn(list.selectedIndex * page.size) }, Array.from({ length: Math.ceil(page.total / page.size) }, (_, number) => make('option', { selected: number * page.size === page.start }, String(number + 1))));
  return make('div.PagerBar', {}, 'Page ', list, ` of ${Math.max(Math.ceil(page.total / page.size), 1)}`);
}));
variation({"name": "rows for each page", "evidenced": "lists have pages of 25, 50 or 100; how that is chosen is assumed"}, turned(page => {
  const list = make('select', { onchange: () => page.resize(Number(list.value)) }, [25, 50, 100].map(size => make('option', { value: size, selected: size === page.size }, String(size))));
  return make('div.PagerBar', {}, counted(page), ' ', make('label', {}, 'Rows per page ', list), next(page) && arrow(page, make('a.Button', { tabindex: 0 }, 'Next'), next(page)), previous(page) && arrow(page, make('a.Button', { tabindex: 0 }, 'Previous'), previous(page)));
}, 25));
variation({"name": "Load more", "assumed": "rows are added to those that are there"}, { size: 10, grows: true, bar: page => make('div.PagerBar', {}, `Showing ${page.end} of ${page.total} `, page.end < page.total && press(make('button', { type: 'button' }, 'Load more'), page.more)) });
variation({"name": "more rows on scrolling", "assumed": "rows are added when the end of the page is reached"}, { size: 10, grows: true, scrolls: true, bar: page => make('div.PagerBar', {}, `${page.end} of ${page.total} records`) });
variation({"name": "a count, and the first rows only", "assumed": "others are found by the filters", "stops": "the list cannot be seen whole, unless filters show the rest"}, turned(page => make('div.PagerBar', {}, page.total > page.end ? `The first ${page.end} of ${page.total} records are shown. Use the filters to find others.` : `${page.total} records`)));

dimension({"name": "filters", "pages": ["lists"], "varies": "how a list is filtered", "usual": 0.3});
// (columns, apply) => {row: nodes for the columns, above: node, start: filters at the start}
const textFilter = apply => { const box = make('input.TextBox2', { type: 'text', onchange: () => apply(), onkeydown: event => event.key === 'Enter' && apply() }); return box; };
variation({"name": "none at all", "assumed": "a short list"}, () => ({}));
variation({"name": "a row of text boxes", "evidenced": "picture 2025-admin-menu-and-new-api-user"}, (columns, apply) => ({ row: columns.map(() => textFilter(apply)) }));
variation({"name": "text boxes and lists", "evidenced": "picture 2020-resources-list-new-menu"}, (columns, apply, words) => ({ row: columns.map((column, index) => {
  if (column === 'Resource ID') return '';
  if (!['Default Department', 'Security Level', 'License Type'].includes(column)) return textFilter(apply);
  const list = make('select', { onchange: () => apply() }, make('option', { value: '' }), words(index).map(word => make('option', {}, word)));
  return list;
}) }));
variation({"name": "a search box above", "assumed": "today's lists"}, (_columns, apply) => { const box = make('input', { type: 'search', placeholder: 'Search', oninput: () => apply() }); return { above: box, search: box }; });
variation({"name": "a filter that was left", "assumed": "filters that are kept for the user"}, (columns, apply) => { const row = columns.map(() => textFilter(apply)); row[0].value = 'm'; return { row }; });

dimension({"name": "inactive", "pages": ["lists"], "varies": "how inactive resources are shown", "usual": 0.3});
// (act, count) => node; act(kind): active, inactive, all. column: they are in the list, and a column says which.
variation({"name": "Show Inactive, a box", "evidenced": "picture 2025-admin-menu-and-new-api-user"}, act => {
  const control = new Control({ code: 'inactive', kind: 'box', value: false });
  const tick = drawn.boxes.Checkbox2(control);
  document.addEventListener('put', event => { if (event.detail === control) act(control.value ? 'all' : 'active'); });
  return make('div.ToolBarItem.Left.ShowInactive', {}, tick, make('div.LabelContainer1', {}, make('div.Text', {}, make('span.PrimaryText', {}, 'Show Inactive'))));
});
variation({"name": "Show Inactive, a button that holds a box", "evidenced": "picture 2020-resources-list-new-menu"}, act => {
  const tick = make('div.TabIndexHack.Unchecked', {}, picture('M3 8l4 4 7-9', { class: 'Checkmark' }));
  return press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, make('div.Checkbox2', {}, tick), make('div.Text2', {}, 'Show Inactive')), () => {
    tick.classList.toggle('Checked');
    tick.classList.toggle('Unchecked');
    act(tick.matches('.Checked') ? 'all' : 'active');
  });
});
variation({"name": "a list of states with numbers", "evidenced": "help and a picture of 2018: a state list at the upper right; its words are assumed"}, (act, count) => {
  const list = make('select.DropDownList2', { onchange: () => act(list.value) }, [['active', `Active (${count('active')})`], ['inactive', `Inactive (${count('inactive')})`], ['all', `All (${count('all')})`]].map(([value, word]) => make('option', { value }, word)));
  return make('div.ToolBarItem.Right', {}, list);
});
variation({"name": "Include inactive, a switch", "assumed": "today's way to draw a box"}, act => {
  const control = new Control({ code: 'inactive', kind: 'box', value: false });
  const node = drawn.boxes['ARIA switch'](control);
  document.addEventListener('put', event => { if (event.detail === control) act(control.value ? 'all' : 'active'); });
  return make('div.ToolBarItem', {}, node, tie(control, make('span', {}, 'Include inactive')));
});
variation({"name": "inactive ones are listed, too", "assumed": "with a column for it"}, Object.assign(() => null, { column: true }));

dimension({"name": "ticks", "pages": ["lists"], "varies": "how yes and no are shown in a list", "usual": 0.2});
variation({"name": "a drawn tick", "evidenced": "clone of 2017"}, on => (on ? make('div.CheckMark', { title: 'Yes' }, picture('M3 8l4 4 7-9')) : ''));
variation({"name": "disabled Checkbox2", "evidenced": "markup notes of Autotask Queue Monitor"}, on => make('div.Checkbox2', {}, make(`div.TabIndexHack.Disabled.${on ? 'Checked' : 'Unchecked'}`, {}, picture('M3 8l4 4 7-9', { class: 'Checkmark' }))));
variation({"name": "Yes and No", "assumed": "words"}, on => (on ? 'Yes' : 'No'));
variation({"name": "a glyph", "assumed": "a character"}, on => (on ? '✓' : ''));
variation({"name": "a picture with words", "assumed": "the oldest pages"}, on => make('img', { src: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', width: 12, height: 12, alt: on ? 'Yes' : 'No' }));
variation({"name": "a disabled native box", "assumed": "plain HTML"}, on => make('input', { type: 'checkbox', disabled: true, checked: on }));
variation({"name": "Active and Inactive by colour", "assumed": "today's badges, with words for assistive technology"}, on => make('span', { role: 'img', 'aria-label': on ? 'Yes' : 'No', style: `display: inline-block; width: 10px; height: 10px; border-radius: 5px; background: ${on ? 'green' : '#ccc'}` }));

dimension({"name": "names", "pages": ["lists"], "varies": "what a name in a list is", "usual": 0.4});
variation({"name": "text", "evidenced": "picture 2020-resources-list-new-menu"}, name => name);
variation({"name": "link that opens it", "evidenced": "markup notes: a left click on a .Link cell opens a window"}, (name, open) => press(make('span.Link', { tabindex: 0 }, name), open));
variation({"name": "initials before it", "evidenced": "picture 2025-admin-menu-and-new-api-user"}, name => [make('span.Initials', { 'aria-hidden': 'true' }, name.split(/\W+/).map(word => word[0] ?? '').join('').slice(0, 2).toUpperCase()), ' ', make('span', {}, name)]);
variation({"name": "(API-Only)", "evidenced": "spelling varies in guides"}, name => name.replace('(API-only)', '(API-Only)'));
variation({"name": "cut off, whole in its title", "assumed": "narrow columns"}, name => make('span.Cut', { title: name }, name));
variation({"name": "with a badge", "assumed": "Early Access and the like"}, name => [name, ' ', make('span.Badge', { title: 'New' }, '•')]);
