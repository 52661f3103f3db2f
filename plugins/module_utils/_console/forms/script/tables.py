# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cells of tables, whatever they are built of: by association, by structure at any depth, by place on screen."""

from __future__ import annotations

TABLES = r"""
  const row_like = 'tr, [role=row]', table_like = 'table, [role=table], [role=grid], [role=treegrid]';
  const head_like = node => is(node, 'thead, [role=columnheader], th:not([scope=row]):not([scope=rowgroup])')
    || /head/i.test(is(node, '[class]') ? node.dom.className : '');
  // What a part says, or what its picture is called.
  const called = once(part => lettered(words(part)) ? words(part) : within(part).filter(at => at.text === null
    && !unseen(at)).map(({dom}) => clean(dom.getAttribute('aria-label') || dom.title || dom.getAttribute('alt')
    || dom.querySelector(':scope > title')?.textContent)).find(lettered) || words(part));
  const filled = node => node.count > 0 || Boolean(words(node));
  const bare_kids = once(node => node.kids.filter(kid => !unseen(kid) && !is(kid, 'br, hr')));

  // A row's cells, also where some of them stand in a container of their own: from as they stand to all apart.
  const spreads = once(row => {
    let cells = bare_kids(row);
    while (cells.length === 1 && cells[0].text === null && !is(cells[0], cell_like)
      && !cells[0].control) cells = bare_kids(cells[0]);
    const found = [cells];
    for (let depth = 0; depth < 3; depth += 1) {
      const apart = cell => !is(cell, cell_like) && !cell.control && bare_kids(cell).length > 1
        && (cell.count > 1 || (!cell.count && !own_words(cell))
          || (cell.count === 1 && bare_kids(cell).every(kid => !filled(kid) || !words(cell) || kid.count
            || words(kid))));
      const next = cells.flatMap(cell => cell.text === null && apart(cell) ? bare_kids(cell) : [cell]);
      if (next.length === cells.length) break;
      found.push(cells = next);
    }
    return found;
  });
  // A label with one control behind it is a row only among others.
  const repeated = row => [...beside(row, 1), ...beside(row, -1)].some(other => look_alike(row, other) && other.count);
  const heads_of = (row, above) => {
    for (const cells of spreads(row)) for (const heads of spreads(above)) {
      const fits = cells.length > 1 && heads.length === cells.length && cells.every(cell => cell.count <= 1)
        && heads.slice(1).every(part => called(part) && !explanation(part) && !is(part, '[role=tab]'));
      if (fits && (cells.length > 2 || heads.every(part => is(part, cell_like)) || repeated(row))) return {cells,
        heads};
    }
    return null;
  };
  // The rows that a part holds, last first; the part itself is one, too.
  const rows_in = part => is(part, row_like) ? [part]
    : [part, ...within(part).filter(at => is(at, row_like) || (at !== part && bare_kids(at).length > 1))].reverse();

  const overlap = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left);
  // Where it lies before anything is scrolled: headings may be scrolled sideways apart from what is below them.
  const unscrolled = node => {
    const {left, right} = place(node);
    let moved = 0;
    for (const {dom} of climb(node.text === null ? node : node.up)) moved += dom.scrollLeft;
    return {left: left + moved, right: right + moved};
  };
  // Where both are to be seen, a column stands below its heading; what counting says must not contradict.
  const in_place = ({cells, heads}) => {
    if (![...cells, ...heads].every(part => visible(part))) return heads;
    const spots = heads.map(place), level = spots.every(spot => Math.abs(spot.top - spots[0].top) < spots[0].height);
    if (!level) return heads;
    return cells.map((cell, at) => {
      const here = place(cell);
      if (overlap(here, spots[at]) > 0 || overlap(unscrolled(cell), unscrolled(heads[at])) > 0) return heads[at];
      const below = heads.filter((_, index) => overlap(here, spots[index]) > 0);
      return below.length === 1 ? below[0] : null;
    });
  };

  // Parts that stand side by side are columns, and none of them a row above another.
  const side_by_side = (one, other) => {
    if (visible(one) && visible(other)) return overlap(place(one), place(other)) <= 0
      && in_line(place(one), place(other));
    const {display, flexDirection, flexWrap} = style(one.up);
    return display.endsWith('flex') && flexDirection.startsWith('row') && flexWrap === 'nowrap'
      || [one, other].every(part => style(part).float !== 'none'
        || ['table-cell', 'inline-block'].includes(style(part).display));
  };
  const in_line = (one, other) => Math.min(one.bottom, other.bottom) - Math.max(one.top,
    other.top) > Math.min(one.height, other.height) / 2;

  // All lines above a row in what may be its table, nearest first: what stands before it, and before what it stands in.
  const lines_above = function* (row, size) {
    const shaped = part => in_node(part).every(control => [...climb(control, part.up)].some(at =>
      at.up && spreads(at).some(cells => cells.length === size && cells.every(cell => cell.count <= 1))));
    for (let at = row; at.up && !section_parts.has(at); at = at.up) {
      for (const before of beside(at, -1)) {
        // A section's heading and its links head no columns.
        if (unseen(before) || sections.some(({row, link}) => inside(row, before) || inside(before, row)
          || (link && inside(link, before)))) continue;
        if (side_by_side(at, before)) continue;
        if (!before.count) yield* rows_in(before).map(line => ({line, top: before}));
        // The rows of another table end this one.
        else if (!shaped(before)) return;
      }
    }
  };
  // Of rows that may be headings, nearest first, the first one that begins as the topmost does or is drawn as that, and
  // the names are not; else the topmost, as what is below it may be a row of texts.
  const drawn_as = part => part && letters(first_words(part) || part);
  const again_or_last = (rows, heads_in, name) => {
    const first = rows.length ? heads_in(rows.at(-1)).filter(words) : [];
    const is_head = heads => words(heads[0]) === words(first[0]) || (name && drawn_as(name) !== drawn_as(first[0])
      && heads.every(head => drawn_as(head) === drawn_as(first[0])));
    return rows.find(row => first.length && heads_in(row).some(words) && is_head(heads_in(row).filter(words)))
      ?? rows.at(-1);
  };
  const one_line = line => {
    const cells = spreads(line).at(-1).filter(filled);
    return cells.length <= 1 && words(line) && words(line).length <= 60;
  };
  const table_of = row => {
    const size = Math.max(...spreads(row).map(cells => cells.length));
    const found = [], lines = [];
    for (const {line, top} of lines_above(row, size)) {
      const fit = heads_of(row, line);
      if (fit) found.push({...fit, line});
      else if (one_line(line) && !found.length) lines.push(line);
    }
    if (!found.length) return null;
    // A row of texts is no heading; what is one says so, or stands first.
    const head = found.find(({line, heads}) => head_like(line) || heads.every(part => head_like(part) || !words(part))
      || [...climb(line)].slice(1, 3).some(at => !at.count && head_like(at)))
      || again_or_last(found, one => one.heads, label_cell(found.at(-1).cells));
    const group = lines.find(line => line.order > head.line.last);
    return {row, head: head.line, cells: head.cells, heads: in_place(head), group: group ? words(group) : null};
  };
  const table_for = once(row => table_of(row));
  const label_cell = cells => {
    const head = cells.find(cell => is(cell, '[role=rowheader], th'));
    return head && !head.count ? head : cells.find(cell => /\p{L}/u.test(words(cell)));
  };
  // A heading's first line, unless another says the same there.
  const first_apart = head => label_texts(head).find(text => ![...beside(head, 1), ...beside(head, -1)].some(other =>
    label_texts(other)[0] === text)) ?? label_texts(head)[0];
  // What says no more than the heading that it stands in sorts by it.
  const heads_said = new Set(), column_heads = new Set();
  const column_name = head => {
    column_heads.add(head);
    within(head).filter(at => words(at) === words(head)).forEach(at => heads_said.add(at));
    return lettered(words(head)) ? first_apart(head) : called(head);
  };
  // The cell of the name where none stands before the controls: of the one column of words, each row another's; what
  // stands behind a name explains it.
  const name_behind = (lines, line) => {
    const names = x => lines.map(cells => cells[x]).map(cell => cell && !cell.count && /\p{L}/u.test(words(cell))
      ? words(cell) : null);
    const found = lines.length < 2 ? [] : [...line.keys()].filter(x => !names(x).includes(null)
      && new Set(names(x)).size === lines.length);
    return found.length === 1 || found[0] > line.findLastIndex(cell => cell?.count) ? line[found[0]] : undefined;
  };
  const named_cell = (table, cell, first) => {
    const at = table.cells.indexOf(cell), labels = first ? label_texts(first) : [];
    return {...table, label_cell: first, labels, at, column: cell !== first && table.heads[at]
      ? column_name(table.heads[at]) : null};
  };

  // Native tables know rows and columns themselves, spans included.
  const left_out = 1000;
  // Rows of one number in several containers are one row, of which some columns are pinned.
  const numbered = row => row.dom.getAttribute('aria-rowindex') || row.dom.getAttribute('row-index') || row;
  const joined_rows = rows => [...Map.groupBy(rows, numbered).values()].flatMap(parts =>
    new Set(parts.map(part => part.up)).size === parts.length ? [parts] : parts.map(part => [part]));
  const grid_of = once(table => {
    const rows = joined_rows(within(table).filter(node => is(node, row_like) && closest(node, table_like) === table)),
      taken = [], grid = [];
    rows.forEach((parts, y) => {
      taken[y] ??= [];
      // A cell that the row leaves out on the screen takes no place there.
      let x = 0, out = left_out;
      for (const {cell, row} of parts.flatMap(row => within(row).filter(at => is(at, cell_like)
        && closest(at, row_like) === row).map(cell => ({cell, row})))) {
        while (taken[y][x]) x += 1;
        const is_out = style(cell).display === 'none';
        const start = Number(cell.dom.getAttribute('aria-colindex'))
          ? Number(cell.dom.getAttribute('aria-colindex')) - 1 : is_out ? out : x;
        const wide = cell.dom.colSpan || Number(cell.dom.getAttribute('aria-colspan')) || 1, high = cell.dom.rowSpan
          || 1;
        grid.push({cell, row, y, x: start, wide, high});
        for (let down = 0; down < high; down += 1) for (let right = 0; right < wide;
          right += 1) (taken[y + down] ??= [])[start + right] = cell;
        if (is_out) out += wide; else x = start + wide;
      }
    });
    return {rows: rows.map(parts => parts[0]), grid, at: (y, x) => taken[y]?.[x]
      && grid.find(one => one.cell === taken[y][x])};
  });
  const in_head = one => head_like(one.cell) || is(one.row.up, 'thead');
  const row_of_grid = (table, here) => {
    const {rows, grid, at} = grid_of(table);
    const cells = [...new Set(Array.from({length: here.x + here.wide}, (_, x) => at(here.y, x)).filter(Boolean))];
    // What stands among the controls is no label, but a cell without one: the names may be in another table. Boxes for
    // all rows of a column or group stand in its heading.
    const settings = grid.filter(one => one.cell.count && one.wide === 1 && !in_head(one));
    const first = Math.min(...settings.map(one => one.x));
    const labels = cells.filter(one => one !== here && words(one.cell) && (is(one.cell, 'th, [role=rowheader]')
      || (!one.cell.count && one.x < first)));
    // A number alone names no row.
    const own = labels.filter(one => one.high === 1 && /\p{L}/u.test(words(one.cell)));
    const label = (own.find(one => is(one.cell, 'th, [role=rowheader]')) || own[0]);
    const span = labels.find(one => one.high > 1);
    const worded = y => grid.filter(one => one.y === y && called(one.cell));
    const free = y => !settings.some(one => one.y === y) && rows[y];
    const above = Array.from({length: here.y}, (_, y) => here.y - 1 - y).filter(free);
    const column_at = y => { const one = at(y, here.x); return one && one.y === y && called(one.cell)
      && one.wide === here.wide ? one : null; };
    const several = above.filter(y => column_at(y) && worded(y).length > 1);
    // Else the first row that has the most of them; what stands above it heads several columns.
    const headings = y => worded(y).filter(one => one.x >= first && one.wide === 1).length;
    const most = Math.max(...several.map(headings));
    const head_y = several.find(y => head_like(column_at(y).cell) || head_like(rows[y]) || is(rows[y].up, 'thead'))
      ?? again_or_last(several.filter(y => headings(y) === most), y => worded(y).map(one => one.cell), label?.cell);
    const line = above.find(y => (head_y === undefined || y > head_y) && worded(y).length === 1);
    const over = head_y === undefined ? null : rows.slice(0, head_y).map((_, y) => at(y, here.x)).findLast(one =>
      one && one.wide > 1 && words(one.cell));
    return {label, head: head_y === undefined ? null : column_at(head_y), over,
      line: span ? span.cell : line === undefined ? null : worded(line)[0].cell};
  };
  const in_a_grid = control => {
    const cell = closest(control, cell_like), table = cell && closest(cell, table_like);
    const here = table && grid_of(table).grid.find(one => one.cell === cell);
    return here && cell.count === 1 ? {table, here, ...row_of_grid(table, here)} : {};
  };
  const named_behind = (table, here) => {
    const {grid, at} = grid_of(table), width = Math.max(...grid.filter(one => one.x < left_out).map(one => one.x + 1));
    const line = y => Array.from({length: width}, (_, x) => at(y, x)?.cell);
    const lines = [...new Set(grid.filter(one => one.cell.count && !in_head(one)).map(one => one.y))].map(line);
    const cell = name_behind(lines, line(here.y));
    return cell && grid.find(one => one.cell === cell);
  };
  const in_grid = (control, behind = false) => {
    const {table, here, label = behind && table && named_behind(table, here), head, over, line} = in_a_grid(control);
    // For narrow windows, the style sheet may draw its heading in each cell.
    const [drawn] = here ? drawn_words(here.cell) : [];
    if (!label || !(head || drawn)) return null;
    const caption = table.kids.find(kid => is(kid, 'caption')), titles = [line, caption].filter(Boolean).map(words);
    return {row: here.row, head: table, label_cell: label.cell, labels: label_texts(label.cell),
      column: drawn ? clean(drawn).replace(/\s*:$/, '') : column_below(head, over), group: titles[0] || null,
      texts: grid_of(table).grid.filter(one => one.y === here.y && one.x > label.x && !one.cell.count
        && words(one.cell) && !unseen(one.cell))
        .map(one => ({part: one.cell, column: column_of(table, one)}))};
  };
  const column_of = (table, one) => {
    const {head, over} = row_of_grid(table, one);
    return head ? column_below(head, over) : null;
  };
  // Columns of one name are told apart by what heads several of them.
  const column_below = (head, over) => {
    const name = column_name(head.cell);
    const again = [...beside(head.cell, 1), ...beside(head.cell, -1)].some(other => column_name(other) === name);
    return over && again ? `${column_name(over.cell)} > ${name}` : name;
  };

  // By association: ids of the headings of its row and column.
  const associated = control => {
    const cell = closest(control, cell_like);
    const ids = cell?.dom.hasAttribute('headers') ? by_ids(cell.dom, 'headers') : names_of(control);
    const parts = ids.filter(part => words(part) && !inside(control, part));
    if (parts.length < 2) return null;
    const near = part => [...climb(control)].findIndex(at => inside(part, at));
    const is_column = part => Boolean(closest(part, '[role=columnheader], th[scope=col], thead'));
    const sorted = parts.map((part, at) => ({part, at})).sort((one, other) =>
      is_column(one.part) - is_column(other.part) || near(one.part) - near(other.part)
        || one.at - other.at).map(({part}) => part);
    const row = [...climb(control)].find(at => inside(sorted[0], at));
    const texts = is(row, row_like) ? within(row).filter(at => is(at, '[headers]') && !at.count
      && words(at)).map(part =>
      ({part, column: by_ids(part.dom, 'headers').filter(head => !inside(head, row)).map(head =>
        column_name(head)).at(-1) ?? null})) : [];
    const head = [...climb(sorted.at(-1))].find(at => at.up?.count) || row;
    return {row, head, label_cell: sorted[0], labels: label_texts(sorted[0]), column: column_name(sorted.at(-1)),
      group: null, texts};
  };

  const lines_like = ({row, cells}) => row.up.kids.filter(other => other === row || (other.count
    && look_alike(row, other)))
    .map(other => spreads(other).find(spread => spread.length === cells.length)).filter(Boolean);
  // By structure: the nearest block around it that begins with words and has a row of headings above.
  const in_rows = (control, behind = false) => {
    let steps = 0;
    for (const cell of climb(control)) {
      const row = cell.up;
      if (!row || section_parts.has(cell) || (steps += 1) > 8) return null;
      const kids = bare_kids(row);
      const may_name = kid => (behind || kid.order < cell.order) && !kid.count && words(kid);
      if (kids.length < 2 || !kids.some(may_name)) continue;
      const table = table_for(row);
      const mine = table?.cells.find(part => inside(control, part));
      if (!mine) continue;
      const name = behind ? name_behind(lines_like(table), table.cells) : label_cell(table.cells);
      const {labels, column, at} = named_cell(table, mine, name);
      if (!name || mine === name || (!behind && table.cells.indexOf(name) >= at)) continue;
      const texts = table.cells.filter((part, index) => index > table.cells.indexOf(name) && !part.count
        && words(part))
        .map(part => ({part, column: named_cell(table, part, name).column}));
      return {row, head: table.head, label_cell: name, labels, column, group: table.group, texts};
    }
    return null;
  };

  // Cells that stand in a grid of the style sheet without rows: so many columns, so many cells a row.
  const tracks = once(node => {
    const {display, gridTemplateColumns} = style(node);
    if (!display.endsWith('grid') || gridTemplateColumns === 'none') return 0;
    const spelled = gridTemplateColumns.replace(/repeat\((\d+),\s*((?:[^()]|\([^()]*\))*)\)/g, (_, times, what) =>
      `${what} `.repeat(Number(times)));
    return spelled.replace(/\[[^\]]*\]/g, ' ').replace(/\([^()]*\)/g, '').trim().split(/\s+/).length;
  });
  const across = node => node.text === null
    && (/^1 \/ -1$|span/.test(`${style(node).gridColumnStart} / ${style(node).gridColumnEnd}`));
  // In which order they stand in the document, or which lines of the grid they name; where neither is plain, null.
  const rows_of_grid = once(node => {
    const size = tracks(node), kids = bare_kids(node), lines = kids.map(kid => kid.text === null
      ? [style(kid).gridRowStart, style(kid).gridColumnStart].map(Number) : [NaN, NaN]);
    const named = lines.map(line => line.some(Number.isInteger));
    if (lines.every(([y, x]) => y > 0 && x > 0)) {
      const rows = [...Map.groupBy(kids.map((kid, at) => ({kid, y: lines[at][0], x: lines[at][1]})), one => one.y)]
        .sort(([one], [other]) => one - other).map(([, row]) => row.sort((one, other) => one.x - other.x));
      return rows.every(row => row.length === 1 || row.every(({x}, at) => x === at + 1))
        ? rows.map(row => row.map(({kid}) => kid)) : null;
    }
    const moved = kids.some((kid, at) => (kid.text === null && style(kid).order !== '0')
      || (named[at] && !across(kid)));
    if (moved || style(node).gridAutoFlow.startsWith('column')) return null;
    const rows = [[]];
    for (const kid of kids) {
      if (across(kid)) { if (rows.at(-1).length) return null; rows.splice(-1, 0, [kid]); continue; }
      rows.at(-1).push(kid);
      if (rows.at(-1).length === size) rows.push([]);
    }
    return rows.filter(row => row.length);
  });
  const cell_of_flat_grid = control =>
    [...climb(control)].find(at => at.up && tracks(at.up) > 1 && at.up.count > 1 && at.count === 1);
  const head_of_flat = (rows, y, size) => rows.slice(0, y).find(above => above.length === size
    && above.every(part => !part.count) && above.slice(1).every(called));
  const in_flat_grid = (control, behind = false) => {
    const cell = cell_of_flat_grid(control);
    if (!cell) return null;
    const size = tracks(cell.up), rows = rows_of_grid(cell.up);
    if (!rows) return null;
    const y = rows.findIndex(row => row.includes(cell)), row = rows[y], at = row.indexOf(cell);
    const head = head_of_flat(rows, y, size);
    const lines = rows.filter(each => each.length === size && each.some(part => part.count));
    const name = behind ? name_behind(lines, row) : row[0];
    if (!head || !name || name.count || !words(name) || name === cell) return null;
    const line = rows.slice(rows.indexOf(head) + 1, y).findLast(above => above.length === 1);
    const heads = in_place({cells: row, heads: head});
    const column = index => heads[index] ? column_name(heads[index]) : null;
    const begins = bare_kids(cell.up)[0] === head[0] ? head[0] : cell.up;
    return {row: row[0], head: begins, label_cell: name, labels: label_texts(name), column: column(at),
      group: line ? words(line[0]) : null,
      texts: row.flatMap((part, index) => index > row.indexOf(name) && !part.count && words(part)
        ? [{part, column: column(index)}] : [])};
  };

  // By place on the screen: words to the left of all controls of its line or table, and the line of words above it.
  const in_sight = (control, section) => {
    const spots = once(node => place(node.control ? node.control.face : node)), here = spots(control);
    const others = controls.filter(other => section_of(other) === section && visible(other.control.face));
    const said = section.parts.flatMap(within).filter(node => node.text !== null && lettered(clean(node.text))
      && visible(node)
      && !in_control(node) && !inside(node, section.row) && ![...climb(node)].slice(0, 3).some(explanation));
    // A name stands before all columns, and what says something in one of them is none.
    const table = closest(control, table_like) || cell_of_flat_grid(control)?.up;
    const first = Math.min(...others.filter(other => in_line(spots(other), here) || (table && inside(other, table)))
      .map(other => spots(other).left));
    const label = said.filter(node => in_line(spots(node), here)
      && spots(node).right <= first + 2).sort((one, other) => spots(other).right - spots(one).right)[0];
    const lines = said.filter(node => spots(node).bottom <= here.top + 2 && overlap(spots(node), here) > 0)
      .sort((one, other) => spots(other).bottom - spots(one).bottom)
      .filter(node => !others.some(other => in_line(spots(other), spots(node)))
        && said.some(other => other !== node && in_line(spots(other), spots(node))
          && overlap(spots(other), spots(node)) <= 0));
    // A table begins with its headings; of what stands elsewhere, the nearest counts.
    const above = lines.findLast(node => table && inside(node, table)) || lines[0];
    const block = node => [...climb(node)].find(at => !flows(at)).dom;
    return label && above ? [label, above].map(block) : null;
  };
  // What is hidden by now, as when another tab was opened, keeps the words that it had while it was to be seen.
  const placed = window[Symbol.for('msp.autotask.places')] ??= new WeakMap();
  const by_place = control => {
    const section = section_of(control);
    if (!section) return null;
    if (visible(control.control.face)) placed.set(control.dom, in_sight(control, section));
    const [label, head] = (placed.get(control.dom) || []).map(dom => node_of.get(dom));
    if (!label || !head) return null;
    // The table begins where both are.
    const table = [...climb(head)].find(at => inside(label, at));
    return {row: label, head: table, label_cell: label, labels: label_texts(label), column: column_name(head),
      group: null, texts: []};
  };

  // A table whose order says nothing: its names stand in another table, or the style sheet puts its cells elsewhere.
  const only_by_place = control => {
    const {label, head} = in_a_grid(control), cell = cell_of_flat_grid(control);
    const rows = cell && rows_of_grid(cell.up), y = rows?.findIndex(row => row.includes(cell));
    return Boolean((head && !label) || (cell && (!rows || (rows[y][0].count && head_of_flat(rows, y,
      tracks(cell.up))))));
  };
  // Names behind the controls or between them, where none was found before them even by their place.
  const by_name_behind = control => placed.has(control.dom) && (in_grid(control, true) || in_flat_grid(control, true)
    || in_rows(control, true)) || null;
  const cell_of = control => associated(control) || in_grid(control) || in_flat_grid(control)
    || (only_by_place(control) ? null : in_rows(control));
"""
