# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tables of settings for random forms, each drawn in a way of its own."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from random_forms import Draw

# ---- tables: (draw, columns, labels of the rows)

Rows = t.Sequence[str]


def _cells(draw: Draw, columns: Rows, label: str, tag: str = "div", name: str = "") -> str:
    return "".join(
        f"<{tag}{name}>{draw.wrapped(draw.control_in(label, column))}</{tag}>" for column in columns
    )  # fmt: skip


def _row(draw: Draw, columns: Rows, label: str, tag: str = "div", name: str = "") -> str:
    return f"<{tag}{name}>{draw.wrapped(draw.said(label), ['span'])}</{tag}>{_cells(draw, columns, label, tag, name)}"


def _head(draw: Draw, word: str) -> str:
    return str(draw.ways["head"](word)) if word else ""


def _heads(draw: Draw, columns: Rows, tag: str = "div", name: str = "", first: str = "Object") -> str:
    return "".join(f"<{tag}{name}>{_head(draw, word)}</{tag}>" for word in (first, *columns))


HEADS: list[t.Callable[[str], str]] = [
    lambda word: word,
    lambda word: word,
    lambda word: f'<a href="#">{word}</a>',
    lambda word: f'<a href="#">{word} <span class=hint>sort</span></a>',
    lambda word: f'<a onclick="1" style="cursor: pointer">{word}</a>',
    lambda word: f"<span>{word}</span> <span class=hint title='What it means'>?</span>",
]


def _native_table(draw: Draw, columns: Rows, rows: Rows) -> str:
    heads = _heads(draw, columns, "th", first="")
    size, plain = len(columns), heads.removeprefix("<th></th>")
    head = draw.one(
        f"<thead><tr>{_heads(draw, columns, 'th')}</tr></thead>",
        f"<tr>{_heads(draw, columns, 'td')}</tr>",
        f"<tr>{heads}</tr>",
        f"<thead><tr><th rowspan=2>Object</th><th colspan={size}>Rights</th></tr><tr>{plain}</tr></thead>",
        f"<thead><tr><th colspan={size + 1}>Rights</th></tr><tr>{heads}</tr></thead>",
    )
    body = "".join(f"<tr>{_row(draw, columns, row, 'td')}</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _headed_twice(draw: Draw, columns: Rows, rows: Rows) -> str:
    """Headings of several columns above those of each, in cells that do not call themselves headings."""
    wide = len(columns) - 1
    many = f"<td></td><td>Reading</td><td colspan={wide}>Writing</td>" if wide > 1 else "<td colspan=3>Rights</td>"
    body = "".join(f"<tr>{_row(draw, columns, row, 'td')}</tr>" for row in rows)
    return f"<table><tr>{many}</tr><tr>{_heads(draw, columns, 'td')}</tr>{body}</table>"


def _headed_anew(draw: Draw, columns: Rows, rows: Rows) -> str:
    """Other headings further down in the same table."""
    half = len(rows) // 2
    body = "".join(f"<tr>{_row(draw, columns, row, 'td')}</tr>" for row in rows[:half])
    others = [f"{column} own" for column in columns]
    more = "".join(f"<tr>{_row(draw, others, row, 'td')}</tr>" for row in rows[half:])
    return f"<table><tr>{_heads(draw, columns, 'th')}</tr>{body}<tr>{_heads(draw, others, 'th')}</tr>{more}</table>"


def _numbered(draw: Draw, columns: Rows, rows: Rows) -> str:
    body = "".join(f"<tr><td>{at}.</td>{_row(draw, columns, row, 'td')}</tr>" for at, row in enumerate(rows, 1))
    return f"<table><tr><th>#</th>{_heads(draw, columns, 'th')}</tr>{body}</table>"


def _for_all(draw: Draw, columns: Rows, rows: Rows) -> str:
    """Boxes for all rows of a column, in its heading."""
    columns = [next(draw.labels) for _ in columns]
    heads = "".join(f"<th>{column} <input type=checkbox {draw.checked(column)}></th>" for column in columns)
    body = "".join(f"<tr>{_row(draw, columns, row, 'td')}</tr>" for row in rows)
    return f"<table><tr><th></th>{heads}</tr>{body}</table>"


def _spanned(draw: Draw, columns: Rows, rows: Rows) -> str:
    """Cells of several columns: a heading over a picture and a name, or names that need two."""
    heads = _heads(draw, columns, "th").removeprefix(f"<th>{_head(draw, 'Object')}</th>")
    head, name = draw.one(
        f"<th colspan=2>{_head(draw, 'Object')}</th>|<td><i class=drawn></i></td><td>",
        f"<th>{_head(draw, 'Object')}</th><th></th>|<td colspan=2>",
        "<td colspan=2></td>|<td></td><th scope=row>",
    ).split("|")
    body = "".join(
        f"<tr>{name}{draw.said(row)}</{name.rpartition('<')[2][:2]}>{_cells(draw, columns, row, 'td')}</tr>"
        for row in rows
    )
    return f"<table><tr>{head}{heads}</tr>{body}</table>"


def _by_headers(draw: Draw, columns: Rows, rows: Rows) -> str:
    names = {column: next(draw.ids) for column in columns}
    head = "".join(f"<th id={names[column]}>{_head(draw, column)}</th>" for column in columns)
    body = ""
    for row in rows:
        own = next(draw.ids)
        # Cells that say where they belong may stand in any order.
        cells = [f"<td headers='{own} {names[column]}'>{draw.control_in(row, column)}</td>" for column in columns]
        draw.chooser.shuffle(cells)
        body += f"<tr><th id={own}>{row}</th>{''.join(cells)}</tr>"
    return f"<table><tr><td></td>{head}</tr>{body}</table>"


def _roles(draw: Draw, columns: Rows, rows: Rows) -> str:
    table, cell = draw.one("table cell", "grid gridcell", "treegrid gridcell").split()
    head = f"<div role=row class=flex>{_heads(draw, columns, 'div', ' role=columnheader')}</div>"
    body = "".join(
        f"<div role=row class=flex><div role=rowheader>{draw.said(row)}</div>{_cells(draw, columns, row, 'div', f' role={cell}')}</div>"
        for row in rows
    )
    return f"<div role={table}><div role=rowgroup>{head}</div><div role=rowgroup>{body}</div></div>"


def _blocks(draw: Draw, columns: Rows, rows: Rows) -> str:
    body = "".join(f"<div class=flex>{_row(draw, columns, row)}</div>" for row in rows)
    head = f"<div class=flex>{_heads(draw, columns)}</div>"
    return draw.one(
        f"<div>{head}{body}</div>",
        f"<div>{head}<div>{body}</div></div>",
        f"<div><div>{head}</div><div><div>{body}</div></div></div>",
    )


def _two_tables(draw: Draw, columns: Rows, rows: Rows) -> str:
    body = "".join(f"<tr>{_row(draw, columns, row, 'td')}</tr>" for row in rows)
    return f"<div><div><table class=fixed><tr>{_heads(draw, columns, 'td')}</tr></table></div><div><table class=fixed><tbody>{body}</tbody></table></div></div>"


def _grid(draw: Draw, columns: Rows, rows: Rows) -> str:
    body = "".join(_row(draw, columns, row) for row in rows)
    return f"<div style='display:grid;grid-template-columns:2fr repeat({len(columns)}, 1fr)'>{_heads(draw, columns)}{body}</div>"


def _lined(draw: Draw, columns: Rows, rows: Rows) -> str:
    """Lines inside the table divide it."""
    body = ""
    for row, line in zip(
        rows, draw.chooser.sample(("Standard", "Advanced", "Internal", "External"), len(rows)), strict=True
    ):
        before = draw.group
        draw.group = f"{before} > {line}" if before else line
        body += f"<tr><td colspan={len(columns) + 1}><b>{line}</b></td></tr><tr>{_row(draw, columns, row, 'td')}</tr>"
        draw.group = before
    return f"<table><tr>{_heads(draw, columns, 'th')}</tr>{body}</table>"


def frozen(draw: Draw, columns: Rows, rows: Rows) -> str:
    """Names and cells in two tables side by side, for what scrolls sideways."""
    high = " style='height:40px'"

    def cell(row: str, column: str) -> str:
        """A list, or words that are told of no setting, as no name stands beside them."""
        return "see above" if row != rows[0] and draw.some(0.2) else draw.list_in(row, column)

    names = "".join(f"<tr{high}><td>{draw.said(row)}</td></tr>" for row in rows)
    cells = "".join(f"<tr{high}>{''.join(f'<td>{cell(row, column)}</td>' for column in columns)}</tr>" for row in rows)
    heads = "".join(f"<td>{_head(draw, column)}</td>" for column in columns)
    return (
        f"<div style='display:flex'><table><tr{high}><td>Object</td></tr>{names}</table>"
        f"<table><tr{high}>{heads}</tr>{cells}</table></div>"
    )


def _placed(draw: Draw, columns: Rows, rows: Rows) -> str:
    """Cells that say where in the grid they lie, in any order."""

    def cell(row: int, column: int, html: str) -> str:
        return f"<div style='grid-row:{row};grid-column:{column}'>{html}</div>"

    cells = [cell(1, x, _head(draw, word)) for x, word in enumerate(("Object", *columns), 1)]
    for y, row in enumerate(rows, 2):
        cells.append(cell(y, 1, draw.said(row)))
        cells += [cell(y, x, draw.control_in(row, column)) for x, column in enumerate(columns, 2)]
    draw.chooser.shuffle(cells)
    return f"<div style='display:grid;grid-template-columns:2fr repeat({len(columns)}, 1fr)'>{''.join(cells)}</div>"


TABLES = [
    _native_table,
    _native_table,
    _spanned,
    _numbered,
    _for_all,
    _headed_twice,
    _headed_anew,
    _by_headers,
    _roles,
    _blocks,
    _blocks,
    _two_tables,
    _grid,
    _lined,
    frozen,
    _placed,
]
