// What a table of permissions is made of. table: {head, headings, rows: [{label, under, cells}], footnote}; label and cells are nodes.
dimension({"name": "tables", "pages": ["level"], "varies": "what a table of permissions is made of", "usual": 0.2, "mixed": true});

const columns = table => table.headings.length + 1;

variation({"name": "rows of blocks in a container", "evidenced": "clone of 2017"}, table =>
  make('div.Edit_LayoutTable', {},
    make('div.Edit_TableHeaderRow', {}, make('div.Edit_TwoCells.Edit_RightBorder', {}, table.head), table.headings.map(heading => make('div.Edit_OneCells.Edit_RightBorder', {}, heading))),
    make('div.Edit_Tablebody', {}, table.rows.map(row => [
      row.under && make('div.Edit_TableBodyRow.SubHeading', {}, make('div.Edit_TwoCells', {}, row.under)),
      make('div.Edit_TableBodyRow', {}, make('div.Edit_TwoCells.Edit_RightBorder', {}, row.label), row.cells.map(cell => make('div.Edit_OneCells.Edit_RightBorder.Edit_Narrow', {}, cell))),
    ])),
    make('div.Edit_TableBottomRow')));

variation({"name": "rows of blocks", "evidenced": "clone of 2017, first commit"}, table =>
  make('div.Edit_LayoutTable', {},
    make('div.Edit_TableHeaderRow', {}, make('div.Edit_TwoCells.Edit_RightBorder', {}, table.head), table.headings.map(heading => make('div.Edit_OneCells', {}, heading))),
    table.rows.map(row => [
      row.under && make('div.Edit_TableBodyRow.SubHeading', {}, make('div.Edit_TwoCells', {}, row.under)),
      make('div.Edit_TableBodyRow', {}, make('div.Edit_TwoCells.Edit_RightBorder', {}, row.label), row.cells.map(cell => make('div.Edit_OneCells', {}, cell))),
    ])));

variation({"name": "table with a row of headings that are cells", "evidenced": "grids of the second generation: tr.Heading td.TextCell .Label"}, table =>
  make('table.PermissionGrid2', {}, make('tbody', {},
    make('tr.Heading', {}, make('td.TextCell', {}, make('div.Label', {}, table.head)), table.headings.map(heading => make('td.TextCell', {}, make('div.Label', {}, heading)))),
    table.rows.map(row => [
      row.under && make('tr.SubHeading', {}, make('td.TextCell', { colspan: columns(table) }, row.under)),
      make('tr.Display', {}, make('td.TextCell', {}, row.label), row.cells.map(cell => make('td.EditorCell', {}, cell))),
    ]))));

variation({"name": "headings in a table of their own", "evidenced": "grids of the first generation: .HeaderContainer, .BodyContainer"}, table => {
  const width = { style: `width: ${Math.floor(60 / table.headings.length)}%` };
  return make('div.Grid', {},
    make('div.HeaderContainer', {}, make('table', {}, make('tbody', {}, make('tr.HeadingRow', {}, make('td', {}, make('div.Heading', {}, table.head)), table.headings.map(heading => make('td', width, make('div.Heading', {}, heading))))))),
    make('div.RowContainer.BodyContainer', {}, make('table', {}, make('tbody', {}, table.rows.map(row => [
      row.under && make('tr.GroupRow', {}, make('td', { colspan: columns(table) }, row.under)),
      make('tr.D', {}, make('td', {}, row.label), row.cells.map(cell => make('td', width, cell))),
    ])))));
});

variation({"name": "thead and tbody", "assumed": "the plainest HTML"}, table =>
  make('table.Plain', {}, make('thead', {}, make('tr', {}, make('th', {}, table.head), table.headings.map(heading => make('th', {}, heading)))),
    make('tbody', {}, table.rows.map(row => [
      row.under && make('tr', {}, make('th', { colspan: columns(table) }, row.under)),
      make('tr', {}, make('td', {}, row.label), row.cells.map(cell => make('td', {}, cell))),
    ]))));

variation({"name": "a body for each group, row headings with scope", "assumed": "accessible HTML"}, table => {
  const groups = Map.groupBy ? [...Map.groupBy(table.rows, row => row.group).values()] : [table.rows];
  return make('table.Plain', {}, make('thead', {}, make('tr', {}, make('td', {}, table.head), table.headings.map(heading => make('th', { scope: 'col' }, heading)))),
    groups.map(rows => make('tbody', {},
      rows[0].group && make('tr', {}, make('th', { scope: 'rowgroup', colspan: columns(table) }, rows[0].group)),
      rows.map(row => make('tr', {}, make('th', { scope: 'row' }, row.label), row.cells.map(cell => make('td', {}, cell)))))));
});

variation({"name": "headers named by id", "assumed": "accessible HTML, where heads have two lines"}, table => {
  const heads = table.headings.map(heading => identified(make('th', {}, heading)));
  return make('table.Plain', {}, make('thead', {},
    make('tr', {}, make('th', { rowspan: 2 }, table.head), make('th', { colspan: heads.length }, 'Permissions')), make('tr', {}, heads)),
    make('tbody', {}, table.rows.map(row => {
      const label = identified(make('th', {}, row.label));
      return [row.under && make('tr', {}, make('td', { colspan: columns(table) }, row.under)),
        make('tr', {}, label, row.cells.map((cell, index) => make('td', { headers: `${label.id} ${heads[index].id}` }, cell)))];
    })));
});

variation({"name": "ARIA table", "assumed": "component libraries"}, table =>
  make('div.AriaTable', { role: 'grid' },
    make('div', { role: 'rowgroup' }, make('div.Row', { role: 'row' }, make('div', { role: 'columnheader' }, table.head), table.headings.map(heading => make('div', { role: 'columnheader' }, heading)))),
    make('div', { role: 'rowgroup' }, table.rows.map(row => [
      row.under && make('div.Row', { role: 'row' }, make('div', { role: 'gridcell', 'aria-colspan': columns(table) }, row.under)),
      make('div.Row', { role: 'row' }, make('div', { role: 'rowheader' }, row.label), row.cells.map(cell => make('div', { role: 'gridcell' }, cell))),
    ]))));

variation({"name": "placed by the style sheet", "assumed": "CSS grid: all cells in one container, in the order of rows"}, table => {
  const grid = make('div.CssGrid', { style: `grid-template-columns: 240px repeat(${table.headings.length}, minmax(100px, max-content))` });
  grid.append(make('div.Head', {}, table.head), ...table.headings.map(heading => make('div.Head', {}, heading)));
  table.rows.forEach(row => {
    if (row.under) grid.append(make('div.Under', { style: 'grid-column: 1 / -1' }, row.under));
    grid.append(make('div', {}, row.label), ...row.cells.map(cell => make('div', {}, cell)));
  });
  return grid;
});

variation({"name": "placed by the style sheet, column by column", "assumed": "CSS grid: a column after another in the document"}, table => {
  const cells = [];
  const put = (row, column, content, kind = '') => cells.push(make(`div${kind}`, { style: `grid-row: ${row}; grid-column: ${column}` }, content));
  const lines = table.rows.flatMap(row => (row.under ? [{ under: row.under }, row] : [row]));
  put(1, 1, table.head, '.Head');
  lines.forEach((line, index) => put(index + 2, line.under && !line.cells ? '1 / -1' : 1, line.cells ? line.label : line.under, line.cells ? '' : '.Under'));
  table.headings.forEach((heading, column) => {
    put(1, column + 2, heading, '.Head');
    lines.forEach((line, index) => { if (line.cells) put(index + 2, column + 2, line.cells[column]); });
  });
  return make('div.CssGrid', { style: `grid-template-columns: 240px repeat(${table.headings.length}, minmax(100px, max-content))` }, cells);
});

variation({"name": "the heading in every cell", "assumed": "layout for narrow screens"}, table =>
  make('div.Cards', {}, table.rows.map(row => [
    row.under && make('div.Under', {}, row.under),
    make('div.CardRow', {}, make('div.RowName', {}, row.label), row.cells.map((cell, index) => make('div.CardCell', {}, make('span.CellLabel', {}, table.headings[index]), cell))),
  ])));

variation({"name": "rows that repeat their headings for assistive technology", "assumed": "each control has a name of its own"}, table =>
  make('table.Plain', {}, make('thead', {}, make('tr', {}, make('th', {}, table.head), table.headings.map(heading => make('th', {}, heading)))),
    make('tbody', {}, table.rows.map(row => [
      row.under && make('tr', {}, make('td', { colspan: columns(table) }, row.under)),
      make('tr', {}, make('td', {}, row.label), row.cells.map((cell, index) => {
        row.controls[index]?.target.setAttribute('aria-label', `${row.name} ${table.headings[index]}`);
        return make('td', {}, cell);
      })),
    ]))));

variation({"name": "frozen first column", "assumed": "grids that scroll sideways: names and cells in two tables side by side"}, table => {
  const height = { style: 'height: 60px' };
  const lines = table.rows.flatMap(row => (row.under ? [{ under: row.under }, row] : [row]));
  return make('div.Frozen', {},
    make('table', {}, make('tbody', {}, make('tr', height, make('td', {}, table.head)), lines.map(line => make('tr', height, make('td', {}, line.cells ? line.label : line.under))))),
    make('table', {}, make('tbody', {}, make('tr', height, table.headings.map(heading => make('td', {}, heading))),
      lines.map(line => make('tr', height, line.cells ? line.cells.map(cell => make('td', {}, cell)) : make('td', { colspan: table.headings.length }))))));
});
