# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A cell's column is found by association, by structure, or by place; never by luck."""

from __future__ import annotations

import pytest
from static_pages import Reader, reader, settings, shared_page, told  # noqa: F401 - fixtures


def list_of(word: str) -> str:
    return (
        "<select>"
        + "".join(f"<option{' selected' if one == word else ''}>{one}" for one in ("All", "Mine", "None"))
        + "</select>"
    )


A, M, N = map(list_of, ("All", "Mine", "None"))
EXPECTED = {
    "Contracts > View": "All", "Contracts > Add": "Mine", "Contracts > Edit": "None",
    "Notes > View": "see above", "Notes > Add": "None", "Notes > Edit": "All",
}  # fmt: skip
ROWS = [("Contracts", A, M, N), ("Notes", "see above", N, A)]
HEAD = ("Object", "View", "Add", "Edit")


def cells(parts: tuple[str, ...], tag: str = "div", name: str = "") -> str:
    mark = f' class="{name}"' if name else ""
    return "".join(f"<{tag}{mark}>{part}</{tag}>" for part in parts)


def rows(tag: str = "div", cell: str = "div", name: str = "row") -> str:
    return "".join(f'<{tag} class="{name}">{cells(row, cell)}</{tag}>' for row in ROWS)


HEADS = f'<div class="head">{cells(HEAD)}</div>'

TABLES = {
    "native": f"<table><tr>{cells(HEAD, 'td')}</tr>{rows('tr', 'td', '')}</table>",
    "native, with a head": f"<table><thead><tr>{cells(HEAD, 'th')}</tr></thead><tbody>{rows('tr', 'td', '')}</tbody></table>",
    "rows beside the headings": f"<div>{HEADS}{rows()}</div>",
    "rows in a container of their own": f"<div>{HEADS}<div class=Body>{rows()}</div></div>",
    "both in containers of their own": f"<div><div class=H><div>{HEADS}</div></div><div class=B><div class=scroll><div>{rows()}</div></div></div></div>",
    "headings in a table of their own": (
        f"<div class=Grid><div><table class=fixed><tr>{cells(HEAD, 'td')}</tr></table></div><div><table class=fixed><tbody>{rows('tr', 'td', '')}</tbody></table></div></div>"
    ),
    "values in a container of their own": (
        f"<div>{HEADS}<div>" + "".join(f"<div class=row><div>{row[0]}</div><div class=row style='flex:3'>{cells(row[1:])}</div></div>" for row in ROWS) + "</div></div>"
    ),
    "cells within cells": (
        f"<div>{HEADS}<div>" + "".join(f"<div class=row>{cells(tuple(f'<p><span>{part}</span></p>' for part in row))}</div>" for row in ROWS) + "</div></div>"
    ),
    "display: table": (
        "<div style='display:table'><div style='display:table-header-group'><div style='display:table-row'>"
        + cells(HEAD) + "</div></div><div style='display:table-row-group'>" + rows() + "</div></div>"
    ),
    "a grid without rows": f"<div style='display:grid;grid-template-columns:2fr repeat(3, 1fr)'>{cells(HEAD)}{''.join(cells(row) for row in ROWS)}</div>",
    "roles": (
        "<div role=table><div role=rowgroup><div role=row>" + cells(HEAD).replace("<div>", "<div role=columnheader>") + "</div></div><div role=rowgroup>"
        + "".join("<div role=row><div role=rowheader>" + row[0] + "</div>" + cells(row[1:]).replace("<div>", "<div role=cell>") + "</div>" for row in ROWS)
        + "</div></div>"
    ),
    "headers by id": (
        "<table><tr><td></td><th id=v>View</th><th id=a>Add</th><th id=e>Edit</th></tr>"
        f"<tr><th id=c scope=row>Contracts</th><td headers='c e'>{N}</td><td headers='c v'>{A}</td><td headers='c a'>{M}</td></tr>"
        f"<tr><th id=n scope=row>Notes</th><td headers='n v'>see above</td><td headers='n a'>{N}</td><td headers='n e'>{A}</td></tr></table>"
    ),
    "labelled by row and column": (
        "<div><span id=v2>View</span><span id=a2>Add</span><span id=e2>Edit</span></div>"
        + "".join(
            f"<p><b id={row[0]}>{row[0]}</b>" + "".join(part.replace("<select", f"<select aria-labelledby='{row[0]} {at}'") for at, part in zip(("v2", "a2", "e2"), row[1:], strict=True)) + "</p>"
            for row in ROWS
        )
    ),
    "a column that spans": (
        f"<table><tr><th rowspan=2>Object</th><th colspan=3>Rights</th></tr><tr><th>View</th><th>Add</th><th>Edit</th></tr>{rows('tr', 'td', '')}</table>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", ["closed", "open"])
@pytest.mark.parametrize("name", TABLES)
def test_every_cell_has_its_column(reader: Reader, name: str, state: str) -> None:
    reading = reader.content(f"<div><b>Object Permissions</b></div>{TABLES[name]}", state)
    expected = {key: value for key, value in EXPECTED.items() if "labelled" not in name or value != "see above"}
    if name == "headers by id":
        assert told(reading) == expected, "they stand in another order"
    else:
        assert list(told(reading).items()) == list(expected.items())
    assert not reading.not_understood
    assert {field.group for field in settings(reading)} <= {"Object Permissions", None}


def test_group_lines_are_the_groups_of_their_rows(reader: Reader) -> None:
    line = "<tr><td colspan=2>{}</td></tr>"
    row = "<tr><td>{}</td><td><input type=checkbox></td></tr>"
    grid = f"<table><tr><th>Object</th><th>View</th></tr>{line.format('CRM')}{row.format('Accounts')}{row.format('Notes')}{line.format('Projects')}{row.format('Notes')}</table>"
    groups = [(field.group, field.label, field.column) for field in settings(reader.content(grid))]
    assert groups == [("CRM", "Accounts", "View"), ("CRM", "Notes", "View"), ("Projects", "Notes", "View")]
    drawn = grid.replace("<td colspan=2>", "<div class=one>").replace("<table>", "<div>").replace("</table>", "</div>")
    for tag in ("tr", "td", "th"):
        drawn = drawn.replace(f"<{tag}>", f"<div class={tag}>").replace(f"</{tag}>", "</div>")
    assert [(field.group, field.label, field.column) for field in settings(reader.content(drawn))] == groups


def test_rows_that_are_turned_around_on_the_screen_go_by_their_place(reader: Reader) -> None:
    turned = TABLES["rows in a container of their own"].replace(
        'class="row"', "class=\"row\" style='flex-direction:row-reverse'"
    )
    reading = reader.content(turned, "open")
    assert told(reading).get("Contracts > View") != "All", "that column stands elsewhere"


def test_a_list_of_texts_is_no_row_of_headings(reader: Reader) -> None:
    texts = "<div class=row><div>Companies</div><div>see above</div><div>not applicable</div><div>None</div></div>"
    reading = reader.content(f"<div>{HEADS}<div>{texts}{rows()}</div></div>")
    assert told(reading) == EXPECTED


def test_columns_are_not_made_up(reader: Reader) -> None:
    reading = reader.content(f"<div><div class=head><div>Object</div><div>View</div></div>{rows()}</div>")
    assert not any(field.column for field in settings(reading) if field.kind == "list")


def test_a_heading_of_two_cells_is_the_column_of_neither(reader: Reader) -> None:
    heads = "<tr><th>Object</th><th>View</th><th colspan=2>Change</th></tr>"
    reading = reader.content(f"<table>{heads}{rows('tr', 'td', '')}</table>")
    assert {field.column for field in settings(reading)} <= {"View", None}


def test_words_among_the_cells_are_no_name_of_a_row_whose_name_stands_in_another_table(reader: Reader) -> None:
    high = " style='height:40px'"
    names = "".join(
        f"<tr{high}><td>{name} <i class=small>More</i></td></tr>" for name in ("Object", "Contracts", "Notes")
    )
    parts = (HEAD[1:], (A, M, N), ("see above", N, A))
    values = "".join(f"<tr{high}>{cells(row, 'td')}</tr>" for row in parts)
    reading = reader.content(f"<div style='display:flex'><table>{names}</table><table>{values}</table></div>", "open")
    assert told(reading) == {name: value for name, value in EXPECTED.items() if value != "see above"}


def test_a_grid_whose_cells_name_their_lines_is_read_by_these(reader: Reader) -> None:
    def column(at: int, parts: tuple[str, ...]) -> str:
        return "".join(f"<div style='grid-row:{y};grid-column:{at}'>{part}</div>" for y, part in enumerate(parts, 1))

    table = "".join(column(at, parts) for at, parts in enumerate(zip(HEAD, *ROWS, strict=True), 1))
    reading = reader.content(f"<div style='display:grid;grid-template-columns:2fr repeat(3, 1fr)'>{table}</div>")
    assert told(reading) == EXPECTED


BEHIND = {
    "a table": ("<table>{}</table>", "<tr>{}</tr>", "<td>{}</td>"),
    "roles": ("<div role=grid>{}</div>", "<div role=row class=row>{}</div>", "<span role=gridcell>{}</span>"),
    "blocks": ("{}", "<div class=row>{}</div>", "<span>{}</span>"),
    "a grid": ("<div style='display: grid; grid-template-columns: 1fr 1fr 1fr'>{}</div>", "{}", "<span>{}</span>"),
}


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("name", BEHIND)
def test_names_of_rows_may_stand_behind_their_controls_or_between_them(reader: Reader, name: str, place: int) -> None:
    table, row, cell = BEHIND[name]
    lines = [["View", "Edit"], [A, N], [M, A]]
    for line, label in zip(lines, ("Object", "Contracts", "Notes"), strict=True):
        line.insert(place, label)
    content = table.format("".join(row.format("".join(map(cell.format, line))) for line in lines))
    assert told(reader.content(content, "open")) == {
        "Contracts > View": "All",
        "Contracts > Edit": "None",
        "Notes > View": "Mine",
        "Notes > Edit": "All",
    }


def test_words_that_are_not_each_rows_own_name_none(reader: Reader) -> None:
    rows = "".join(
        f"<tr><td>{one}</td><td>{word}</td><td>{one}</td></tr>" for one, word in ((A, "never"), (N, "never"))
    )
    reading = reader.content(f"<table><tr><th>View</th><th>Add</th><th>Edit</th></tr>{rows}</table>", "open")
    assert len(reading.not_understood) == 4


DRAWN = "<div class=RadioButton style='display: inline-flex'><div class='RadioButtonItem TabIndexHack{}' tabindex=0 style='width: 9px; height: 9px'></div><div class=Text2>{}</div></div>"
RADIOS = f"<div class=RadioButtonGroup>{DRAWN.format('', 'All')}{DRAWN.format(' Selected', 'None')}</div>"


@pytest.mark.parametrize(
    "control", [RADIOS, "<select><option>All<option selected>None</select>"], ids=["radios", "list"]
)
def test_names_in_a_table_beside_are_read_once_the_section_is_open(reader: Reader, control: str) -> None:
    height = "style='height: 60px'"
    names = "".join(f"<tr {height}><td>{name}</td></tr>" for name in ("Object", "Contracts", "Services"))
    cells = (
        f"<tr {height}><td>View</td><td>Edit</td></tr>" + f"<tr {height}><td>{control}</td><td>{control}</td></tr>" * 2
    )
    content = f"<div style='display: flex'><table>{names}</table><table>{cells}</table></div>"
    assert reader.content(content, "closed").unclear == ["Contracts"]
    assert list(told(reader.content(content, "open"))) == [
        f"{name} > {column}" for name in ("Contracts", "Services") for column in ("View", "Edit")
    ]
