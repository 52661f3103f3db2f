# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cells of tables, whatever they are built of: by association, by structure at any depth, by place on the screen.

Each way gives what is known of a control's cell: the row, what heads the table, the cell with the row's name and the
texts that may be that name, the column, the group of rows, and the cells of the row that hold text only.
"""

from __future__ import annotations

TABLES = r"""
  const cell_like = 'td, th, [role=cell], [role=gridcell], [role=rowheader], [role=columnheader]';
  const row_like = 'tr, [role=row]', table_like = 'table, [role=table], [role=grid], [role=treegrid]';
  const row_head = 'th, [role=rowheader]';
  const head_like = node => is(node, 'thead, [role=columnheader], th:not([scope=row]):not([scope=rowgroup])')
    || /head/i.test(name_of(node));
  const label_text = node => label_texts(node)[0] ?? null;
  const bare_kids = once(node => node.kids.filter(kid => !unseen(kid) && !is(kid, 'br, hr')));
  const filled = node => node.count > 0 || words(node) !== '';
  const texts_in = cells => cells.filter(({part}) => !part.count && words(part));

  // A row's cells, also where some of them stand in a container of their own: from as they stand to all apart.
  const spreads = once(row => {
    let cells = bare_kids(row);
    const holds_cells = cell => cell.text === null && !cell.control && !is(cell, cell_like);
    while (cells.length === 1 && holds_cells(cells[0])) cells = bare_kids(cells[0]);
    const found = [cells];
    const apart = cell => holds_cells(cell) && bare_kids(cell).length > 1 && (cell.count > 1
      || (cell.count ? bare_kids(cell).every(filled) : own_words(cell) === ''));
    while (cells.some(apart) && found.length < 4)
      found.push(cells = cells.flatMap(cell => apart(cell) ? bare_kids(cell) : [cell]));
    return found;
  });
  // A label with one control behind it is a row only among others.
  const repeated = row => [...beside(row, 1), ...beside(row, -1)].some(other => other.count && look_alike(row, other));
  const heads_of = (row, above) => {
    for (const cells of spreads(row)) for (const heads of spreads(above)) {
      const fits = cells.length > 1 && heads.length === cells.length && cells.every(cell => cell.count <= 1)
        && heads.slice(1).every(part => words(part) && !explanation(part));
      const sure = cells.length > 2 || repeated(row) || heads.every(part => is(part, cell_like));
      if (fits && sure) return {cells, heads};
    }
    return null;
  };

  // Where both are to be seen, a column stands below its heading; what counting says must not contradict.
  const in_place = ({cells, heads}) => {
    if (![...cells, ...heads].every(visible)) return heads;
    const spots = heads.map(place);
    if (!spots.every(spot => in_line(spot, spots[0]))) return heads;
    return cells.map((cell, at) => {
      const here = place(cell), above = heads.filter((_, index) => overlap(here, spots[index]) > 0);
      return overlap(here, spots[at]) > 0 ? heads[at] : above.length === 1 ? above[0] : null;
    });
  };
  // Parts that stand side by side are columns, and none of them a row above another.
  const side_by_side = (one, other) => {
    if (visible(one) && visible(other))
      return overlap(place(one), place(other)) <= 0 && in_line(place(one), place(other));
    const {display, flexDirection, flexWrap} = style(one.up);
    const floats = part => style(part).float !== 'none' || ['table-cell', 'inline-block'].includes(style(part).display);
    return (display.endsWith('flex') && flexDirection.startsWith('row') && flexWrap === 'nowrap')
      || (floats(one) && floats(other));
  };

  // All lines above a row in what may be its table, nearest first: what stands before it, and before what holds it.
  const lines_in = part => is(part, row_like) ? [part]
    : [part, ...within(part).filter(at => at !== part && (is(at, row_like) || bare_kids(at).length > 1))].reverse();
  const lines_above = function* (row) {
    const size = Math.max(...spreads(row).map(cells => cells.length));
    const of_size = at => spreads(at).some(cells => cells.length === size && cells.every(cell => cell.count <= 1));
    const same_shape = part => in_node(part).every(control => [...climb(control, part.up)].some(of_size));
    const heads_section = part => sections.some(({row: own}) => inside(own, part) || inside(part, own));
    for (let at = row; at.up && !section_parts.has(at); at = at.up)
      for (const before of beside(at, -1)) {
        if (unseen(before) || heads_section(before) || side_by_side(at, before)) continue;
        if (!before.count) yield* lines_in(before);
        // The rows of another table end this one.
        else if (!same_shape(before)) return;
      }
  };
  const one_text = line => words(line) !== '' && words(line).length <= 60
    && spreads(line).at(-1).filter(filled).length <= 1;
  const table_of = once(row => {
    const found = [], lines = [];
    for (const line of lines_above(row)) {
      const fit = heads_of(row, line);
      if (fit) found.push({...fit, line});
      else if (!found.length && one_text(line)) lines.push(line);
    }
    if (!found.length) return null;
    // A row of texts heads nothing; what does says so, or stands first.
    const says_so = ({line, heads}) => head_like(line) || heads.every(part => head_like(part) || !words(part))
      || [...climb(line.up)].slice(0, 2).some(at => !at.count && head_like(at));
    const head = found.find(says_so) || found.at(-1);
    const group = lines.find(line => line.order > head.line.order);
    return {head: head.line, cells: head.cells, heads: in_place(head), group: group ? words(group) : null};
  });
  const naming = cells => cells.find(cell => is(cell, row_head) && !cell.count && words(cell)) || cells.find(words);
  const in_rows = control => {
    for (const cell of [...climb(control)].slice(0, 8)) {
      const row = cell.up;
      if (!row || section_parts.has(cell)) return null;
      const begins = bare_kids(row).some(kid => kid.order < cell.order && !kid.count && words(kid));
      const table = begins ? table_of(row) : null;
      if (!table) continue;
      const {head, cells, heads, group} = table, first = naming(cells), from = cells.indexOf(first) + 1;
      const at = cells.findIndex(part => inside(control, part));
      if (!first || at < from) continue;
      const column = index => heads[index] ? label_text(heads[index]) : null;
      const texts = texts_in(cells.map((part, index) => ({part, column: column(index)})).slice(from));
      return {row, head, name: first, labels: label_texts(first), column: column(at), group, texts};
    }
    return null;
  };

  // Native tables and those of a role know rows and columns themselves, spans included.
  const number = (cell, name) => Number(cell.dom.getAttribute(name)) || 0;
  const grid_of = once(table => {
    const rows = within(table).filter(node => is(node, row_like) && closest(node, table_like) === table);
    const taken = rows.map(() => []), grid = [];
    const cells_of = row => within(row).filter(at => is(at, cell_like) && closest(at, row_like) === row);
    rows.forEach((row, y) => {
      let x = 0;
      for (const cell of cells_of(row)) {
        while (taken[y][x]) x += 1;
        const from = number(cell, 'aria-colindex') ? number(cell, 'aria-colindex') - 1 : x;
        const wide = cell.dom.colSpan || number(cell, 'aria-colspan') || 1, high = cell.dom.rowSpan || 1;
        const one = {cell, row, y, x: from, wide, high};
        grid.push(one);
        for (const line of taken.slice(y, y + high))
          for (let right = 0; right < wide; right += 1) line[from + right] = one;
        x = from + wide;
      }
    });
    return {rows, grid, at: (y, x) => taken[y]?.[x]};
  });
  const heading_in_grid = ({rows, grid, at}, here) => {
    const free = y => !grid.some(one => one.y === y && one.cell.count);
    const worded = y => grid.filter(one => one.y === y && words(one.cell));
    const above = rows.map((_, y) => here.y - 1 - y).filter(y => y >= 0 && free(y));
    const over = y => {
      const one = at(y, here.x);
      return one?.y === y && words(one.cell) && [1, here.wide].includes(one.wide) ? one.cell : null;
    };
    const heads = above.filter(y => over(y) && worded(y).length > 1);
    const says_so = y => head_like(over(y)) || head_like(rows[y]) || is(rows[y].up, 'thead');
    const y = heads.find(says_so) ?? heads.at(-1) ?? -1;
    const line = above.find(one => one > y && worded(one).length === 1);
    return {head: y < 0 ? null : over(y), line: line === undefined ? null : worded(line)[0].cell};
  };
  const in_grid = control => {
    const cell = closest(control, cell_like), table = cell?.count === 1 && closest(cell, table_like);
    const grid = table && grid_of(table), here = grid && grid.grid.find(one => one.cell === cell);
    if (!here) return null;
    const left = one_by_one(Array.from({length: here.x}, (_, x) => grid.at(here.y, x))
      .filter(one => one && words(one.cell)));
    const own = left.filter(one => one.high === 1), spanning = left.find(one => one.high > 1);
    const name = own.find(one => is(one.cell, row_head) && !one.cell.count) || own[0];
    const {head, line} = heading_in_grid(grid, here);
    if (!name || !head) return null;
    const caption = table.kids.find(kid => is(kid, 'caption'));
    const group = [spanning?.cell, line, caption].filter(Boolean).map(words)[0] ?? null;
    const column = one => { const found = heading_in_grid(grid, one).head; return found && label_text(found); };
    const texts = texts_in(grid.grid.filter(one => one.row === here.row && one.x > name.x)
      .map(one => ({part: one.cell, column: column(one)})));
    const labels = label_texts(name.cell);
    return {row: here.row, head: table, name: name.cell, labels, column: label_text(head), group, texts};
  };

  // By association: ids of the headings of its row and column.
  const associated = control => {
    const cell = closest(control, cell_like);
    const heads = cell?.dom.hasAttribute('headers')
      ? by_ids(cell.dom, 'headers') : by_ids(control.dom, 'aria-labelledby');
    const parts = heads.filter(part => words(part) && !inside(control, part));
    if (parts.length < 2) return null;
    const in_column = part => closest(part, '[role=columnheader], th[scope=col], thead') ? 1 : 0;
    const away = part => [...climb(control)].findIndex(at => inside(part, at));
    const sorted = parts.toSorted((one, other) => in_column(one) - in_column(other) || away(one) - away(other));
    const [name, column] = [sorted[0], sorted.at(-1)];
    const row = [...climb(control)].find(at => inside(name, at));
    const column_of = part =>
      by_ids(part.dom, 'headers').filter(head => !inside(head, row)).map(label_text).at(-1) ?? null;
    const texts = !is(row, row_like) ? []
      : texts_in(within(row).filter(at => is(at, '[headers]')).map(part => ({part, column: column_of(part)})));
    const head = [...climb(column)].find(at => at.up?.count) || row;
    return {row, head, name, labels: label_texts(name), column: label_text(column), group: null, texts};
  };

  // Cells that stand in a grid of the style sheet without rows: so many columns, so many cells a row.
  const tracks = once(node => {
    const {display, gridTemplateColumns} = style(node);
    if (!display.endsWith('grid') || gridTemplateColumns === 'none') return 0;
    const repeat = /repeat\((\d+),\s*((?:[^()]|\([^()]*\))*)\)/g;
    const spelled = gridTemplateColumns.replace(repeat, (_, times, what) => `${what} `.repeat(Number(times)));
    return spelled.replace(/\[[^\]]*\]|\([^()]*\)/g, ' ').trim().split(/\s+/).length;
  });
  const across = node => node.text === null && (style(node).gridColumnStart.startsWith('span')
    || style(node).gridColumnEnd.startsWith('span') || style(node).gridColumnEnd === '-1');
  const rows_of_flat_grid = once(grid => {
    const size = tracks(grid), rows = [];
    let row = [];
    for (const kid of bare_kids(grid)) {
      row.push(kid);
      if (row.length === size || across(kid)) rows.push(row.splice(0));
    }
    return rows;
  });
  const in_flat_grid = control => {
    const cell = [...climb(control)].find(at => at.count === 1 && at.up?.count > 1 && tracks(at.up) > 1);
    if (!cell) return null;
    const rows = rows_of_flat_grid(cell.up), y = rows.findIndex(row => row.includes(cell));
    const cells = rows[y] || [], name = cells[0];
    const heads = rows.slice(0, Math.max(y, 0)).find(row =>
      row.length === tracks(cell.up) && row.every(part => !part.count) && row.slice(1).every(words));
    if (!heads || cells.length !== heads.length || cell === name || name.count || !words(name)) return null;
    const placed = in_place({cells, heads}), column = at => placed[at] ? label_text(placed[at]) : null;
    const line = rows.slice(rows.indexOf(heads) + 1, y).findLast(row => row.length === 1);
    const texts = texts_in(cells.map((part, at) => ({part, column: column(at)})).slice(1));
    return {row: name, head: heads[0], name, labels: label_texts(name), column: column(cells.indexOf(cell)),
      group: line ? words(line[0]) : null, texts};
  };

  // By place on the screen: words to the left of all controls of its line, and the nearest line of words above it.
  const by_place = control => {
    const section = section_of(control);
    if (!section || !visible(control.control.face)) return null;
    const spot = once(node => place(node.control ? node.control.face : node)), here = spot(control);
    const others = controls.filter(other => section_of(other) === section && visible(other.control.face));
    const said = section.parts.flatMap(within).filter(node => node.text !== null && lettered(node.text) && visible(node)
      && !in_control(node) && !inside(node, section.row));
    const first = Math.min(...others.filter(other => in_line(spot(other), here)).map(other => spot(other).left));
    const left = said.filter(node => in_line(spot(node), here) && spot(node).right <= first + 2);
    const among_words = node => !others.some(other => in_line(spot(other), spot(node)))
      && said.some(other => other !== node && in_line(spot(other), spot(node))
        && overlap(spot(other), spot(node)) <= 0);
    const above = said.filter(node =>
      spot(node).bottom <= here.top + 2 && overlap(spot(node), here) > 0 && among_words(node));
    const name = left.toSorted((one, other) => spot(other).right - spot(one).right)[0]?.up;
    const head = above.toSorted((one, other) => spot(other).bottom - spot(one).bottom)[0]?.up;
    return name && head
      ? {row: name, head, name, labels: label_texts(name), column: label_text(head), group: null, texts: []} : null;
  };

  const cell_of = control => associated(control) || in_grid(control) || in_flat_grid(control) || in_rows(control);
"""
