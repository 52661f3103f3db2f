# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sections are known by their links, by headings that are known, and by structure; what is not understood is named."""

from __future__ import annotations

import pytest
from static_pages import LINKS, Reader, page_of, reader, section, settings, shared_page, told  # noqa: F401 - fixtures

BOX = "<div><input type=checkbox> Can {}</div>"
ADD, EDIT = BOX.format("add"), BOX.format("edit")
OLD_LINKS = '<span>Permission: <a href="#">Full</a> | <a href="#">None</a></span>'


def sections_of(reader: Reader, html: str) -> list[tuple[str | None, str]]:
    return [(field.section, field.label) for field in settings(reader.show(html))]


SECTIONS = {
    "both with links": page_of(section(ADD, "CRM"), section(EDIT, "Other")),
    "links as they were": page_of(section(ADD, "CRM", OLD_LINKS), section(EDIT, "Other", OLD_LINKS)),
    "one without links, known": page_of(section(ADD, "CRM"), section(EDIT, "Other", "")),
    "none with links, known": page_of(section(ADD, "CRM", ""), section(EDIT, "Other", "")),
    "links in a row below": page_of(*(section(f"{LINKS}<div>{box}</div>", name, "") for name, box in (("CRM", ADD), ("Other", EDIT)))),
    "flat": page_of(*(f"<h2>{name} {LINKS}</h2><div>{box}</div>" for name, box in (("CRM", ADD), ("Other", EDIT)))),
    "flat, after a section that only says something": page_of(
        "<div class=Section><div class=Heading><b>Feature/Section Access</b></div><p>CRM, Other</p></div>",
        *(f"<h2>{name}</h2><div><b>Rights</b>{box}</div>" for name, box in (("CRM", ADD), ("Other", EDIT))),
    ),
    "flat, in several parts": page_of(f"<h2>CRM {LINKS}</h2><p>About it.</p><div>{ADD}</div>", f"<h2>Other {LINKS}</h2><div>{EDIT}</div>"),
    "tabs beside their panels": page_of(
        "<div role=tablist><button role=tab id=ta>CRM</button><button role=tab id=tb>Other</button></div><div>"
        f"<div role=tabpanel aria-labelledby=ta><p>{LINKS}</p>{ADD}</div><div role=tabpanel aria-labelledby=tb hidden><p>{LINKS}</p>{EDIT}</div></div>"
    ),
    "folded by a tool that has only a name": page_of(
        *(f"<div class=x><div><div class=t>{name}</div><div role=button tabindex=0 aria-label='Collapse panel'><i></i></div></div><div>{LINKS}</div>{box}</div>" for name, box in (("CRM", ADD), ("Other", EDIT)))
    ),
    "folded by the browser": page_of(*(f"<details><summary>{name}</summary>{box}</details>" for name, box in (("CRM", ADD), ("Other", EDIT)))),
    "the second generation": page_of(
        *(
            '<div class="Normal Section"><div class="CollapsibleSectionContainer"><div class="HeadingContainer"><div class="Toggle"></div>'
            f'<div class="Heading"><div class="Left"><div class="Text"><span class="PrimaryText">{name}</span></div></div></div></div>'
            f'<div class="ContentContainer"><div class="Content">{box}</div></div></div></div>'
            for name, box in (("CRM", ADD), ("Other", EDIT))
        )
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SECTIONS)
def test_every_field_has_its_section(reader: Reader, name: str) -> None:
    assert [pair for pair in sections_of(reader, SECTIONS[name]) if pair[1] not in ("Name", "Active")] == [
        ("CRM", "Can add"),
        ("Other", "Can edit"),
    ]


UNKNOWN = {
    "like the others, without links": section(EDIT, "Workforce", ""),
    "folded by the browser": f"<details><summary>Workforce</summary>{EDIT}</details>",
    "folded, told to screen readers": f"<div><button aria-expanded=false aria-controls=w>Workforce</button><div id=w class=hidden>{EDIT}{ADD}</div></div>",
    "with links": section(EDIT, "Workforce"),
    "of another name of class": f'<div class="Section2"><div class="Heading2"><div class="Text2">Workforce</div></div><div>{EDIT}</div></div>',
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_section_that_nobody_knows_is_one(reader: Reader, name: str) -> None:
    found = sections_of(reader, page_of(section(ADD, "CRM"), UNKNOWN[name], section(ADD, "Other")))
    assert ("Workforce", "Can edit") in found and ("CRM", "Can add") in found and ("Other", "Can add") in found


UNLOADED = "<div class=section><div class=heading><i class=Toggle tabindex=0></i><span>{}</span></div><div></div></div>"


def test_a_closed_section_that_holds_nothing_yet_is_one_if_it_folds(reader: Reader) -> None:
    menu = '<nav><a href="/crm">CRM</a><div tabindex=0>Reports</div></nav>'
    reading = reader.show(page_of(menu, UNLOADED.format("Contracts"), UNLOADED.format("Projects"), "<p>Other</p>"))
    assert reading.headings == ["Contracts", "Projects"]
    assert not reading.not_understood


def test_two_sections_of_one_name_are_both_told(reader: Reader) -> None:
    assert reader.show(page_of(section(ADD, "CRM"), section(EDIT, "CRM"))).headings == ["CRM", "CRM"]


def test_words_of_a_choice_are_no_links_of_a_section(reader: Reader) -> None:
    radios = "".join(f"<label><input type=radio name=c> {word}</label>" for word in ("Full", "Limited", "None"))
    buttons = "<div>Visibility</div><div><button>Full</button><button>Limited</button><button>None</button></div>"
    drawn = "<div>Scope</div><select><option>Full<option>None</select>"
    reading = reader.content(f"<div>Choice {radios}</div><div>{ADD}</div>{buttons}<div>{EDIT}</div>{drawn}")
    assert reading.headings == ["Contracts"]
    assert {field.label for field in settings(reading)} == {"Choice", "Can add", "Can edit", "Scope"}
    assert reading.not_understood, "three buttons that hold no state"


def test_a_table_that_has_words_of_sections_is_none(reader: Reader) -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td><select><option>All</select></td><td><select><option>All</select></td></tr>"
        for name in ("CRM", "Projects")
    )
    reading = reader.content(f"<table><tr><td>Object</td><td>View</td><td>Add</td></tr>{rows}</table>")
    assert reading.headings == ["Contracts"]


# What hides something or can be operated, by a part of what is said of it.
ODD = {
    "a drawing": ("<canvas width=40 height=20></canvas>", "canvas"),
    "an object": ("<object width=40 height=20></object>", "object"),
    "another site's frame": ('<iframe src="data:text/html,<input type=checkbox>"></iframe>', "iframe"),
    "something that is pressed": ('<div onclick="1">More rights</div>', "More rights"),
    "something with a stop of the tabulator": ('<div tabindex="0" class="x">More rights</div>', "More rights"),
    "something that looks pressable": ('<div style="cursor:pointer">More rights</div>', "More rights"),
    "a button": ("<button>More rights</button>", "More rights"),
    "a picture that is a box": (
        '<img alt="on" onclick="1" width=12 height=12> <span>More rights</span>',
        "More rights",
    ),
    "an entry of a tree": ('<div role="treeitem" aria-selected="true">More rights</div>', "More rights"),
    "a link that is a switch": ('<a class="switch on" onclick="1">More rights</a>', "More rights"),
    "a file": ("<label>More rights <input type=file></label>", "file"),
    "a closed shadow root": (
        "<at-closed></at-closed><script>customElements.define('at-closed', class extends HTMLElement { connectedCallback() { "
        "this.attachShadow({mode: 'closed'}).innerHTML = '<input type=checkbox> More'; } })</script>",
        "at-closed",
    ),
    "a drawing that is a switch": (
        "<svg class=toggle-on width=20 height=12 style='cursor: pointer'></svg> <span>More rights</span>",
        "More rights",
    ),
    "a list that shows nothing": (
        "<div role=combobox tabindex=0 aria-label='More rights' style='width: 40px; height: 20px'></div>",
        "shows nothing",
    ),
    "a choice that is drawn as tabs": (
        '<div role=tablist aria-label="More rights"><button role=tab aria-selected=true>All</button></div>',
        "tab",
    ),
    "buttons that may be a choice": ("<div>More rights <button>Full</button></div>", "Full"),
    "a value that is changed elsewhere": ("<div>View quotes: <b>All</b> <button>Edit</button></div>", "Edit"),
    "a link that is a state": ("<div>More rights <a href='#'>Enabled</a></div>", "Enabled"),
    "a button that leads to more": ("<button>Load More</button>", "Load More"),
    "a link to more": ("<a href='#'>Show all 24 rights</a>", "Show all 24"),
    "a turn to the next settings": ("<a href='#'>Next</a>", "Next"),
    "rows that come once one scrolls": (
        "<div style='position: relative; height: 900px'>"
        + "".join(
            f"<div style='position: absolute; top: {at * 30}px; height: 30px'><label><input type=checkbox> Right {at}</label></div>"
            for at in (0, 1)
        )
        + "</div>",
        "once one scrolls",
    ),
    "rows that are counted and not there": (
        "<div role=grid aria-rowcount=9><div role=row><b role=columnheader>Object</b><b role=columnheader>View</b></div>"
        "<div role=row><b role=gridcell>Quotes</b><b role=gridcell><input type=checkbox></b></div></div>",
        "once one scrolls",
    ),
    "a picture with places to press": ("<img usemap=#m width=40 height=20><map name=m><area href=#></map>", "img"),
    "a box that is drawn as a letter": ("<p><span>☑</span> More rights</p>", "☑"),
    "a menu that shows a value": (
        "<b>View</b><p><button aria-haspopup=true aria-expanded=false>Mine</button></p>",
        "Mine",
    ),
    "a box without words": ("<div><div><input type=checkbox></div></div>", "checkbox"),
}


@pytest.mark.parametrize("state", ["closed", "open"])
@pytest.mark.parametrize("name", ODD)
def test_what_is_not_understood_is_named_with_its_section(reader: Reader, name: str, state: str) -> None:
    content, said = ODD[name]
    reading = reader.show(
        page_of(section(ADD, "CRM"), section(f"<div>{EDIT}</div><div>{content}</div>", "Other", state=state))
    )
    assert len(reading.not_understood) == 1, reading.not_understood
    assert said in reading.not_understood[0] and "Other" in reading.not_understood[0]


@pytest.mark.parametrize("state", ["closed", "open"])
def test_what_is_not_understood_is_named_in_a_section_that_holds_nothing_else(reader: Reader, state: str) -> None:
    icon = "<i class=check style='cursor: pointer; display: inline-block; width: 12px; height: 12px'></i> Can export"
    reading = reader.content(f"<div>{icon}</div><div class=hidden><button>Template</button></div>", state)
    assert reading.not_understood == ['i "Can export" in Contracts']


NARROWED = {
    "a search box that keeps a word": "<input type=search value=export placeholder='Find a right'>",
    "a box for some of them": "<label><input type=checkbox checked> Show only granted</label>",
    "a list of what to show": "<label>Show <select><option>Basic<option>All</select></label>",
}


@pytest.mark.parametrize("name", NARROWED)
def test_what_may_leave_settings_out_is_named(reader: Reader, name: str) -> None:
    page = page_of(section(ADD, "CRM")).replace(
        '<div class="section', f'<div>{NARROWED[name]}</div><div class="section', 1
    )
    assert len(reader.show(page).not_understood) == 1
    assert not reader.show(
        page.replace("value=export", "").replace(" checked> Show", "> Show").replace("Basic", "All")
    ).not_understood


def test_a_hidden_part_that_holds_something_else_is_no_twin(reader: Reader) -> None:
    parts = "<label>Rights on <select><option>Own<option>All</select></label>{}<div class=hidden>{}</div>"
    switched_on = ADD.replace("checkbox", "checkbox checked")
    assert len(settings(reader.content(parts.format(ADD, ADD), "open"))) == 2
    assert len(settings(reader.content(parts.format(ADD, switched_on), "open"))) == 3


HARMLESS = {
    "a link": '<a href="#">Learn more</a>',
    "a help icon": '<span class="HelpIcon" tabindex="0" title="What it does">?</span>',
    "a tooltip": '<span role="tooltip" tabindex="0">What it does</span>',
    "a label that is pressed": '<label for="p" style="cursor:pointer">Can print</label><input type=checkbox id=p>',
    "a row that is pressed": '<div style="cursor:pointer" onclick="1"><input type=checkbox> Can print</div>',
    "a toggle of a group": '<div><span class="Toggle" tabindex="0"></span><b>Printing</b></div><div><input type=checkbox> Can print</div>',
    "a group that folds": '<div aria-expanded="true" tabindex="0">Printing</div><div><input type=checkbox> Can print</div>',
    "the arrows of a number": '<label for="n">Limit</label><div><input type=number id=n value=3><button type=button aria-label="Up">▲</button></div>',
    "what is hidden for good": '<div class="hidden"><button>Template</button></div>',
    "an empty frame": "<iframe class=hidden></iframe>",
    "turns to nothing": "<button disabled>Previous</button> 1 of 1 <button disabled>Next</button>",
    "what folds all": "<button>Expand All</button> <button>Collapse All</button>",
    "the mark of a heading": "<h4>Printing <a href='#printing'>#</a></h4>",
    "words": "<p>These permissions are additive.</p>",
}  # fmt: skip


@pytest.mark.parametrize("state", ["closed", "open"])
@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_harmless_is_not_named(reader: Reader, name: str, state: str) -> None:
    assert not reader.content(f"<div>{ADD}</div><div>{HARMLESS[name]}</div>", state).not_understood


def test_a_picture_that_gives_rights_opens_nothing(reader: Reader) -> None:
    pictures = [f"<a href='#' title='{name} Permission'><svg width=9 height=9></svg></a>" for name in ("Full", "No")]
    reading = reader.show(page_of(section(ADD, links=" ".join(pictures))))
    assert not any(element.evaluate("element => element.closest('a')") for element in reading.openers("Contracts"))


def test_several_buttons_name_no_list(reader: Reader) -> None:
    lists = "<select multiple size=2><option>One<option>Two</select>"
    html = (
        f"<div><b>Departments</b><div>{lists}<div><button>Add</button><button>Remove</button></div>{lists}</div></div>"
    )
    said = " ".join(reader.content(html, "open").not_understood)
    assert "Add" in said and "Remove" in said


def test_the_heading_of_a_section_is_no_label(reader: Reader) -> None:
    boxes = "<div><input type=checkbox><span></span></div>" * 2
    assert len(reader.content(boxes, "open").not_understood) == 2


def test_a_group_that_is_called_as_a_section_elsewhere_is_a_group_of_the_section_with_links(reader: Reader) -> None:
    groups = f"<div><fieldset><legend>Knowledge Base</legend>{ADD}</fieldset><fieldset><legend>More</legend>{EDIT}</fieldset></div>"
    flat = f"<h2>Documents & Knowledge Base</h2><p>Permission: <a href='#'>Full</a> <a href='#'>None</a></p>{groups}"
    reading = reader.show(page_of(f"<h2>CRM {LINKS}</h2><div>{ADD}</div>", flat))
    assert reading.headings == ["CRM", "Documents & Knowledge Base"]
    assert [field.group for field in settings(reading)][-2:] == ["Knowledge Base", "More"]
