# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole sections as other consoles build them: every setting of one is read with its group, label, column and value."""

from __future__ import annotations

import typing as t

import pytest
from static_pages import Reader, page_of, reader, section, settings, shared_page  # noqa: F401 - fixtures

ON, OFF = "<input type=checkbox checked>", "<input type=checkbox>"


def choice(word: str, words: str = "All Mine None", extra: str = "") -> str:
    options = "".join(f"<option{' selected' if one == word else ''}>{one}</option>" for one in words.split())
    return f"<select {extra}>{options}</select>"


def items(word: str, *words: str) -> str:
    return "".join(
        f"<div class=Item data-item-type=SingleText data-is-selected={str(one == word).lower()}><div class=Text><span>{one}</span></div></div>"
        for one in words
    )


def selector(word: str, shown: str = "") -> str:
    """A list of the second generation with a search box in the list that it opens."""
    kind = "SingleText" if word else "Default"
    return (
        "<div class=SingleItemSelector2 tabindex=0><div class=ContentContainer><div class=ValueContainer>"
        f"<div class=TargetPreview>{word or shown}</div><div class=SelectionDisplay><div class=Item data-item-type={kind}>"
        f"<div class=Text><span>{word or shown}</span></div></div></div></div><div class=Triangle></div></div>"
        "<div class='ContextOverlayContainer hidden'><div class=ContextOverlay><div class=SearchBox><div class=Placeholder>Search</div>"
        f"<input type=text placeholder=Search></div><div class=ItemSet><div class=GroupHeader data-item-type=GroupHeader>Often used</div>"
        f"<div class=ItemList>{items(word, 'All', 'Mine', 'None')}</div></div></div></div></div>"
    )


def chips(*words: str) -> str:
    drawn = "".join(
        f"<div class=Chip><div class=Text>{word}</div><div class=RemoveButton role=button tabindex=0 aria-label=Remove>x</div></div>"
        for word in words
    )
    return (
        f"<div class=MultipleDataSelector2><div class=ContentContainer><div class=ChipList>{drawn}</div><div class=SearchBox>"
        "<div class=Placeholder>Type to search...</div><input type=text></div></div>"
        "<div class='Button2 EditorButton2 IconOnly2' tabindex=0></div></div>"
    )


def switch(on: bool, extra: str = "") -> str:
    return f"<button type=button role=switch aria-checked={str(on).lower()} {extra}><span></span></button>"


Read = dict[tuple[str | None, str, str | None], t.Any]
"""What is to be read: group, label and column, and the value."""

STRUCTURES: dict[str, tuple[str, Read]] = {
    "impersonation, with the heading of a group in the first cell of each of its rows": (
        "<table><thead><tr><th colspan=2>Object</th><th>View (Query)</th><th>Add</th><th>Edit (Update)</th></tr></thead>"
        + "".join(
            f"<tr><td rowspan=2 class=group>{group}</td><td>{one}</td><td>{ON}</td><td>{OFF}</td><td>{OFF}</td></tr>"
            f"<tr><td>{two}</td><td>{OFF}</td><td>{ON}</td><td>not applicable</td></tr>"
            for group, one, two in (("CRM", "Notes", "Accounts"), ("Projects", "Notes", "Projects"))
        )
        + "</table>",
        {
            (group, row, column): value
            for group, rows in (("CRM", ("Notes", "Accounts")), ("Projects", ("Notes", "Projects")))
            for row, values in zip(rows, ((True, False, False), (False, True, "not applicable")), strict=True)
            for column, value in zip(("View (Query)", "Add", "Edit (Update)"), values, strict=True)
        },
    ),
    "lists with a search box inside, and chips": (
        f"<div class=EditorContainer1><div class=LabelContainer1><span class=PrimaryText>View</span></div>{selector('Mine')}</div>"
        f"<div class=EditorContainer1><div class=LabelContainer1><span class=PrimaryText>Edit</span></div>{selector('', 'Choose Rights')}</div>"
        f"<div class=EditorContainer1><div class=LabelContainer1><span class=PrimaryText>Queues</span></div>{chips('Triage', 'Billing')}</div>"
        f"<div class=EditorContainer1><div class=LabelContainer1><span class=PrimaryText>Boards</span></div>{chips()}</div>",
        {(None, "View", None): "Mine", (None, "Edit", None): "", (None, "Queues", None): "Triage; Billing", (None, "Boards", None): ""},
    ),
    "tabs in tabs": (
        "<div role=tablist><button role=tab id=t1 aria-controls=p1 aria-selected=true>General</button><button role=tab id=t2 aria-controls=p2>More</button></div>"
        f"<div role=tabpanel id=p1 aria-labelledby=t1><div role=tablist><button role=tab id=t3 aria-controls=p3 aria-selected=true>Quotes</button>"
        f"<button role=tab id=t4 aria-controls=p4>Orders</button></div><div role=tabpanel id=p3 aria-labelledby=t3><label>{ON} Can add</label></div>"
        f"<div role=tabpanel id=p4 aria-labelledby=t4 hidden><label>{OFF} Can edit</label></div></div>"
        f"<div role=tabpanel id=p2 aria-labelledby=t2 hidden><label>{ON} Can delete</label></div>",
        {("Quotes", "Can add", None): True, ("Orders", "Can edit", None): False, ("More", "Can delete", None): True},
    ),
    "a header that stays, in a table of its own, wider than the body": (
        "<div class=wrap><div style='padding-right:16px'><table class=fixed><thead><tr><th scope=col>Object</th><th scope=col><a href='#'>View</a></th><th scope=col><a href='#'>Edit</a></th></tr></thead></table></div>"
        f"<div style='height:90px;overflow:auto'><table class=fixed><thead style='visibility:collapse'><tr><th>Object</th><th>View</th><th>Edit</th></tr></thead>"
        f"<tbody><tr><td>Quotes</td><td>{choice('All')}</td><td>{choice('None')}</td></tr><tr><td>Orders</td><td>{choice('Mine')}</td><td>{choice('All')}</td></tr></tbody></table></div></div>",
        {(None, "Quotes", "View"): "All", (None, "Quotes", "Edit"): "None", (None, "Orders", "View"): "Mine", (None, "Orders", "Edit"): "All"},
    ),
    "radio buttons below legends": (
        "".join(
            f"<fieldset><legend>{legend}</legend><p class=help>What it is for.</p>"
            + "".join(f"<div><input type=radio name=r{number} id=r{number}{word} {'checked' if word == chosen else ''}><label for=r{number}{word}>{word}</label></div>" for word in ("Full", "Limited", "None"))
            + "</fieldset>"
            for number, (legend, chosen) in enumerate((("Quotes", "Limited"), ("Orders", "None"), ("Invoices", "")))
        ),
        {(None, "Quotes", None): "Limited", (None, "Orders", None): "None", (None, "Invoices", None): ""},
    ),
    "a list of definitions": (
        f"<dl><div><dt>Quotes</dt><dd>{choice('Mine')}</dd></div><div><dt>Orders <abbr title='What it is'>?</abbr></dt><dd>{switch(True)}</dd><dd class=help>What they order.</dd></div></dl>"
        f"<dl><dt>Invoices</dt><dd>{choice('None')}</dd><dt>Items</dt><dd>{ON}</dd></dl>",
        {(None, "Quotes", None): "Mine", (None, "Orders", None): True, (None, "Invoices", None): "None", (None, "Items", None): True},
    ),
    "a grid whose rows are no boxes": (
        "<style>.g { display: grid; grid-template-columns: 2fr 1fr 1fr } .c { display: contents }</style><div class=g><div class=c><b>Object</b><b>View</b><b>Edit</b></div>"
        f"<div class=c><span>Quotes</span><span>{choice('All')}</span><span>{ON}</span></div><div class=c><span>Orders</span><span>{choice('None')}</span><span>n/a</span></div></div>",
        {(None, "Quotes", "View"): "All", (None, "Quotes", "Edit"): True, (None, "Orders", "View"): "None", (None, "Orders", "Edit"): "n/a"},
    ),
    "a line that names and explains": (
        f"<div class=row><div id=n1>Can add</div><div>{switch(True, 'aria-labelledby=n1 aria-describedby=d1')}</div></div><div id=d1>Everybody sees it then.</div>"
        f"<div class=row><div id=n2>Can edit</div><div>{switch(False, 'aria-labelledby=n2 aria-describedby=d2')}</div></div><div id=d2>Nobody sees it then.</div>",
        {(None, "Can add", None): True, (None, "Can edit", None): False},
    ),
    "icons with hints between label and control": (
        f"<div><span>Quotes</span> <button type=button class=InfoIcon aria-label='About quotes'>i</button> {choice('Mine')}</div>"
        f"<div><span>Orders</span> <i class='icon-help' title='About orders' tabindex=0></i> {choice('None')}</div>"
        f"<div>{ON} <span>Can add</span> <svg role=img width=9 height=9><title>About adding</title></svg></div>",
        {(None, "Quotes", None): "Mine", (None, "Orders", None): "None", (None, "Can add", None): True},
    ),
    "parts that fold, with a count beside their heading": (
        f"<details open><summary>Quotes <span class=badge>2</span></summary><ul><li><label>{ON} Can add</label></li><li><label>{OFF} Can edit</label></li></ul></details>"
        f"<details><summary>Orders <span class=badge>1</span></summary><ul><li><label>{ON} Can delete</label></li></ul></details>",
        {("Quotes", "Can add", None): True, ("Quotes", "Can edit", None): False, ("Orders", "Can delete", None): True},
    ),
    "numbers with units": (
        "<div class=f><label for=u1>Keep for</label><div><input type=number id=u1 value=30><span class=unit>days</span></div></div>"
        "<div class=f><label for=u2>At most</label><div><span class=unit>$</span><input inputmode=decimal id=u2 value='1200.00'></div></div>"
        "<div class=f><span>Every</span> <input type=number value=5> <span>minutes</span></div>",
        {(None, "Keep for", None): "30", (None, "At most", None): "1200", (None, "Every", None): "5"},
    ),
    "switches with words for their state": (
        "".join(
            f"<div class=s><span>{label}</span><label><button type=button role=switch aria-checked={str(on).lower()} aria-label='{label}'></button><span aria-hidden=true>{'On' if on else 'Off'}</span></label></div>"
            for label, on in (("Can add", True), ("Can edit", False))
        ),
        {(None, "Can add", None): True, (None, "Can edit", None): False},
    ),
    "lists whose active entry is not the chosen one": (
        "<div><span id=l1>View</span><div role=listbox tabindex=0 aria-labelledby=l1 aria-activedescendant=a1><div role=option id=a1>All</div><div role=option id=a2 aria-selected=true>Mine</div></div></div>"
        "<div><span id=l2>Edit</span><div><input role=combobox aria-labelledby=l2 aria-expanded=true aria-controls=x2 aria-activedescendant=b1 value=None><ul role=listbox id=x2>"
        "<li role=option id=b1>All</li><li role=option id=b2 aria-selected=true>None</li></ul></div></div>",
        {(None, "View", None): "Mine", (None, "Edit", None): "None"},
    ),
    "labels below their controls": (
        "".join(
            f"<div style='display:inline-block;text-align:center'><div>{choice(word)}</div><div class=cap>{label}</div></div>"
            for label, word in (("Quotes", "All"), ("Orders", "Mine"), ("Invoices", "None"))
        ),
        {(None, "Quotes", None): "All", (None, "Orders", None): "Mine", (None, "Invoices", None): "None"},
    ),
    "two settings in each row of a table": (
        f"<table><tr><td>Quotes</td><td>{choice('All')}</td><td>Orders</td><td>{choice('Mine')}</td></tr>"
        f"<tr><td>Invoices</td><td>{choice('None')}</td><td>Items</td><td>{ON}</td></tr></table>",
        {(None, "Quotes", None): "All", (None, "Orders", None): "Mine", (None, "Invoices", None): "None", (None, "Items", None): True},
    ),
    "two boxes in each row of a table": (
        f"<table><tr><td>{ON}</td><td>Can add</td><td>{OFF}</td><td>Can edit</td></tr><tr><td>{OFF}</td><td>Can delete</td><td>{ON}</td><td>Can move</td></tr></table>",
        {(None, "Can add", None): True, (None, "Can edit", None): False, (None, "Can delete", None): False, (None, "Can move", None): True},
    ),
    "a table in the cell of a table": (
        f"<table><tr><td width='50%'><table><tr><td>Quotes</td><td>{choice('All')}</td></tr><tr><td>Orders</td><td>{choice('None')}</td></tr></table></td>"
        f"<td><table><tr><th>Object</th><th>View</th><th>Edit</th></tr><tr><td>Items</td><td>{ON}</td><td>{OFF}</td></tr></table></td></tr></table>",
        {(None, "Quotes", None): "All", (None, "Orders", None): "None", (None, "Items", "View"): True, (None, "Items", "Edit"): False},
    ),
    "words that run from right to left": (
        f"<div dir=rtl><div>{ON} &#8207;יכול להוסיף&#8207;</div><div>{OFF} <bdi>יכול לערוך</bdi> &rlm;(API)&lrm;</div></div>",
        {(None, "יכול להוסיף", None): True, (None, "יכול לערוך (API)", None): False},
    ),
    "a row that is slotted into a part of its own": (
        f"<at-row><span slot=name>Quotes</span><span slot=value>{choice('Mine')}</span></at-row><at-row><span slot=value>{choice('None')}</span><span slot=name>Orders</span></at-row>"
        "<script>customElements.get('at-row') || customElements.define('at-row', class extends HTMLElement { connectedCallback() {"
        "this.attachShadow({mode: 'open'}).innerHTML = '<div style=\"display:flex\"><div><slot name=name></slot></div><div><slot name=value></slot></div></div>' } })</script>",
        {(None, "Quotes", None): "Mine", (None, "Orders", None): "None"},
    ),
    "columns turned into rows": (
        f"<table><tr><th></th><th>Quotes</th><th>Orders</th></tr><tr><th>View</th><td>{choice('All')}</td><td>{choice('Mine')}</td></tr><tr><th>Edit</th><td>{choice('None')}</td><td>{ON}</td></tr></table>",
        {(None, "View", "Quotes"): "All", (None, "View", "Orders"): "Mine", (None, "Edit", "Quotes"): "None", (None, "Edit", "Orders"): True},
    ),
    "cards with a heading each": (
        "<div style='display:flex;flex-wrap:wrap'>"
        + "".join(
            f"<div class=card><div class=card-title>{name}</div><div class=card-body><div>{ON}<span>Can add</span></div><div>{OFF}<span>Can edit</span></div></div></div>"
            for name in ("Quotes", "Orders", "Invoices")
        )
        + "</div>",
        {(name, label, None): on for name in ("Quotes", "Orders", "Invoices") for label, on in (("Can add", True), ("Can edit", False))},
    ),
    "a box that opens what it governs": (
        f"<div><label>{ON} Can export</label><div style='margin-left:20px'><label>{OFF} Can export quotes</label><br><label>At most <input type=number value=10></label></div></div>",
        {(None, "Can export", None): True, (None, "Can export quotes", None): False, (None, "At most", None): "10"},
    ),
    "tabs that only look so": (
        "<div class=TabHeadingContainer><div class='TabButton Active' tabindex=0><div class=Text>Quotes</div></div><div class=TabButton tabindex=0><div class=Text>Orders</div></div></div>"
        f"<div class=Panel>{ON} Can add</div><div class='Panel hidden'>{OFF} Can edit</div>",
        {("Quotes", "Can add", None): True, ("Orders", "Can edit", None): False},
    ),
    "boxes for all rows in the headings": (
        f"<table><tr><th></th><th>View {OFF}</th><th>Edit {OFF}</th></tr><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr><tr><td>Orders</td><td>{OFF}</td><td>{ON}</td></tr></table>",
        {(None, "View", None): False, (None, "Edit", None): False, (None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False, (None, "Orders", "View"): False, (None, "Orders", "Edit"): True},
    ),
    "a row of filters below the headings": (
        f"<table><thead><tr><th>Object</th><th>View</th><th>Edit</th></tr><tr><td><input aria-label='Filter objects'></td><td></td><td></td></tr></thead><tbody><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr></tbody></table>",
        {(None, "Filter objects", None): "", (None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False},
    ),
    "a box for all rows of a group": (
        f"<table><tr><th>Object</th><th>View</th><th>Edit</th></tr><tr><td colspan=3><label>{ON} CRM</label></td></tr><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr></table>",
        {(None, "CRM", None): True, ("CRM", "Quotes", "View"): True, ("CRM", "Quotes", "Edit"): False},
    ),
    "a control below several headings": (
        f"<table><tr><th>Object</th><th>View</th><th>Edit</th></tr><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr><tr><td>Orders</td><td colspan=2>{choice('Mine')}</td></tr></table>",
        {(None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False, (None, "Orders", None): "Mine"},
    ),
    "radio buttons that look like one bar": (
        "<div id=q>Quotes</div><div role=radiogroup aria-labelledby=q>"
        + "".join(f"<input type=radio name=q id=q{word} {'checked' if word == 'Mine' else ''} class=sr-only><label for=q{word}>{word}</label>" for word in ("All", "Mine", "None"))
        + "</div>",
        {(None, "Quotes", None): "Mine"},
    ),
    "a list that shows what is chosen beside its search box": (
        "".join(
            f"<div><label id=l{word}>{label}</label><div><div><div><div class={kind}>{word}</div><div><input role=combobox aria-autocomplete=list aria-labelledby=l{word} value=''></div></div><div aria-hidden=true><svg></svg></div></div></div></div>"
            for label, word, kind in (("Quotes", "Mine", "single"), ("Orders", "Select...", "placeholder"))
        ),
        {(None, "Quotes", None): "Mine", (None, "Orders", None): ""},
    ),
    "a list that tells its own value as its name": (
        "<div><label for=s>Quotes</label><select id=s class=sr-only tabindex=-1><option>All<option selected>Mine<option>None</select><span><span role=combobox aria-haspopup=true tabindex=0 aria-labelledby=v>"
        "<span id=v role=textbox aria-readonly=true>Mine</span><b role=presentation></b></span></span></div>",
        {(None, "Quotes", None): "Mine"},
    ),
    "a box beside its number": (
        f"<div><label>{ON} Limit to</label> <input type=number value=5> hours</div>",
        {(None, "Limit to", None): True, (None, "hours", None): "5"},
    ),
    "names before lists that are named for their rights": (
        "".join(
            f"<div class=c><b>{name}</b> <span>View {choice(view)}</span> <span>Edit {choice(edit)}</span></div>"
            for name, view, edit in (("Quotes", "All", "None"), ("Orders", "Mine", "All"))
        ),
        {("Quotes", "View", None): "All", ("Quotes", "Edit", None): "None", ("Orders", "View", None): "Mine", ("Orders", "Edit", None): "All"},
    ),
    "a legend that is a setting": (
        f"<fieldset><legend><label>{ON} Can export</label></legend><label>{OFF} Can export quotes</label></fieldset>",
        {(None, "Can export", None): True, ("Can export", "Can export quotes", None): False},
    ),
    "headings that differ in their second line": (
        f"<table><tr><th>Object</th><th>Edit<br>own</th><th>Edit<br>others</th></tr><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr></table>",
        {(None, "Quotes", "Edit own"): True, (None, "Quotes", "Edit others"): False},
    ),
    "columns of one name below headings of several": (
        f"<table><tr><th rowspan=2>Object</th><th colspan=2>View</th><th colspan=2>Edit</th></tr><tr><th>Own</th><th>All</th><th>Own</th><th>All</th></tr>"
        f"<tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td><td>{OFF}</td><td>{ON}</td></tr></table>",
        {(None, "Quotes", "View > Own"): True, (None, "Quotes", "View > All"): False, (None, "Quotes", "Edit > Own"): False, (None, "Quotes", "Edit > All"): True},
    ),
    "a list with its label and a box that nobody can read inside": (
        "<div class=field role=combobox aria-haspopup=menu aria-expanded=false><div><label for=v>Quotes</label><div><div><span>Mine</span></div><input id=v readonly value='' size=1></div></div></div>",
        {(None, "Quotes", None): "Mine"},
    ),
    "a list whose name is its label and its value": (
        "<at-field><label id=l>Quotes</label><at-select role=combobox tabindex=0 aria-labelledby='l v' aria-haspopup=listbox><div id=v><span>Mine</span></div></at-select></at-field>",
        {(None, "Quotes", None): "Mine"},
    ),
    "headings that are pictures with names": (
        f"<table><tr><th>Object</th><th><i title=View>◉</i></th><th><img alt=Edit width=16 height=16></th></tr><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr>"
        f"<tr><td>Orders</td><td>{OFF}</td><td>{ON}</td></tr></table>",
        {(None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False, (None, "Orders", "View"): False, (None, "Orders", "Edit"): True},
    ),
    "headings that were scrolled apart from their cells": (
        "<div style='width:300px'><div id=hd style='width:300px;overflow:hidden'><table class=fixed style='width:600px'><tr><td>Object</td><td>View</td><td>Add</td><td>Edit</td></tr></table></div>"
        f"<div style='overflow:auto'><table class=fixed style='width:600px'><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td><td>{ON}</td></tr></table></div></div><script>hd.scrollLeft = 150</script>",
        {(None, "Quotes", "View"): True, (None, "Quotes", "Add"): False, (None, "Quotes", "Edit"): True},
    ),
    "headings that are turned, over their neighbours": (
        "<style>.rot th { height: 80px; vertical-align: bottom } .rot div { transform: translate(25px, 0) rotate(-45deg); width: 30px; white-space: nowrap }</style><table class=rot><tr><th>Object</th>"
        f"<th><div>View All</div></th><th><div>Add New</div></th><th><div>Edit Old</div></th></tr><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td><td>{ON}</td></tr></table>",
        {(None, "Quotes", "View All"): True, (None, "Quotes", "Add New"): False, (None, "Quotes", "Edit Old"): True},
    ),
    "headings that sort": (
        f"<table><tr><th><button>Object</button></th><th><button>View ▲</button></th><th><button>Edit</button></th></tr><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr></table>",
        {(None, "Quotes", "View ▲"): True, (None, "Quotes", "Edit"): False},
    ),
    "a cell that only rows have, and nobody sees": (
        f"<table><tr><th>Object</th><th>View</th><th>Edit</th></tr><tr><td style='display:none'>4711</td><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr></table>",
        {(None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False},
    ),
    "stars that are a choice": (
        "<div><span id=s>Quality</span><div role=radiogroup aria-labelledby=s>"
        + "".join(f"<span role=radio tabindex=0 aria-label='{n} stars' aria-checked={str(n == 3).lower()}>★</span>" for n in (1, 2, 3, 4, 5))
        + "</div></div>",
        {(None, "Quality", None): "3 stars"},
    ),
    "two boxes in one label": (
        f"<label>{ON} Can export {OFF} Can add</label>",
        {(None, "Can export", None): True, (None, "Can add", None): False},
    ),
    "names that lead to their lists by dots": (
        f"<div><span>View</span><span>......</span>{choice('Mine')}</div><div><span>Edit</span><span>......</span>{choice('None')}</div>",
        {(None, "View", None): "Mine", (None, "Edit", None): "None"},
    ),
    "a tree of boxes": (
        f"<ul><li>{OFF} CRM<ul><li>{ON} Quotes</li><li>{OFF} Orders</li></ul></li><li>{ON} Projects</li></ul>",
        {(None, "CRM", None): False, (None, "Quotes", None): True, (None, "Orders", None): False, (None, "Projects", None): True},
    ),
    "a box in what folds": (
        f"<details open><summary>{ON} Can export</summary><div><label>{OFF} Can export quotes</label></div></details>",
        {(None, "Can export", None): True, (None, "Can export quotes", None): False},
    ),
    "a slider of two ends": (
        "<div>Hours <div><span role=slider tabindex=0 aria-label='At least' aria-valuenow=3></span><span role=slider tabindex=0 aria-label='At most' aria-valuenow=9></span></div></div>",
        {(None, "At least", None): "3", (None, "At most", None): "9"},
    ),
    "a list of several words": (
        "<label>View <select multiple><option selected>All<option selected>Mine<option>None</select></label>",
        {(None, "View", None): "All; Mine"},
    ),
    "words that two groups of a list have": (
        "<label>View <select><optgroup label=Own><option>None<option>All</optgroup><optgroup label=Others><option>None<option selected>All</optgroup></select></label>",
        {(None, "View", None): "Others > All"},
    ),
    "lists that hold a code behind their words": (
        "".join(
            f"<div><label id=c{word}>{label}</label><div><div tabindex=0 role=combobox aria-haspopup=listbox aria-expanded=false aria-labelledby='c{word} d{word}' id=d{word}>{word}"
            f"<i aria-hidden=true>\ue70d</i></div><input aria-hidden=true tabindex=-1 value={word.lower()} style='position:absolute;opacity:0'></div></div>"
            for label, word in (("View", "Mine"), ("Edit", "None"))
        ),
        {(None, "View", None): "Mine", (None, "Edit", None): "None"},
    ),
    "pictures that a font draws for words": (
        f"<div id=p>View</div><div role=combobox tabindex=0 aria-labelledby=p aria-haspopup=listbox><span>Mine</span><i class=material-icons>arrow_drop_down</i></div>"
        f"<label>{ON}<i class=material-icons>lock</i> Can add</label>",
        {(None, "View", None): "Mine", (None, "Can add", None): True},
    ),
    "a box with a button beside it that opens its list": (
        "<div><div>View</div><div><div><input role=combobox aria-haspopup=listbox aria-expanded=false readonly value=Mine><div role=button aria-label=Select><i></i></div></div></div></div>",
        {(None, "View", None): "Mine"},
    ),
    "a menu of a column in its heading, in a table of its own": (
        "<div><table class=fixed><thead><tr><th>Object</th><th>View <a title='Settings of this column' href='#'><i></i></a></th><th>Edit</th></tr></thead></table></div>"
        f"<div><table class=fixed><tbody><tr><td>Quotes</td><td>{ON}</td><td>{OFF}</td></tr></tbody></table></div>",
        {(None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False},
    ),
    "a list that stands hidden beside its button": (
        "<div class=f><div>View</div><div><button type=button aria-haspopup=listbox aria-expanded=false>Mine</button><ul role=listbox style='display:none'><li role=option>All</li><li role=option>Mine</li></ul></div></div>",
        {(None, "View", None): "Mine"},
    ),
    "other headings further down, in cells that only look so": (
        f"<table><tr><td><b>Object</b></td><td><b>View</b></td></tr><tr><td>Quotes</td><td>{ON}</td></tr><tr><td><b>Item</b></td><td><b>Add</b></td></tr><tr><td>Orders</td><td>{OFF}</td></tr></table>",
        {(None, "Quotes", "View"): True, (None, "Orders", "Add"): False},
    ),
    "other headings further down, among blocks": (
        "".join(
            f"<div class=row><span>Object</span><span>{one}</span><span>{two}</span></div><div class=row><span>{name}</span><span>{ON}</span><span>{OFF}</span></div>"
            for name, one, two in (("Quotes", "View", "Edit"), ("Orders", "Add", "Delete"))
        ),
        {(None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False, (None, "Orders", "Add"): True, (None, "Orders", "Delete"): False},
    ),
    "a grid whose names are pinned in a container of their own": (
        "<div role=grid><div class=row><div><div role=row aria-rowindex=1><b role=columnheader>Object</b></div></div><div><div role=row aria-rowindex=1><b role=columnheader>View</b></div></div></div><div class=row>"
        "<div><div role=row aria-rowindex=2><span role=gridcell>Quotes</span></div><div role=row aria-rowindex=3><span role=gridcell>Orders</span></div></div>"
        f"<div><div role=row aria-rowindex=3><span role=gridcell>{OFF}</span></div><div role=row aria-rowindex=2><span role=gridcell>{ON}</span></div></div></div></div>",
        {(None, "Quotes", "View"): True, (None, "Orders", "View"): False},
    ),
    "headings that the style sheet draws in each cell": (
        f"<style>.drawn::before {{ content: attr(data-of) ': ' }}</style><table><tr><td>Quotes</td><td class=drawn data-of=View>{ON}</td><td class=drawn data-of=Edit>{OFF}</td></tr></table>",
        {(None, "Quotes", "View"): True, (None, "Quotes", "Edit"): False},
    ),
    "a word that the style sheet draws before a label": (
        f"<style>.not::before {{ content: 'Cannot ' }}</style><div><label>{ON} <span class=not>export</span></label></div>",
        {(None, "Cannot export", None): True},
    ),
    "empty boxes that say what they mean": (
        f"<div class=f><label for=e1>Maximum</label><input type=number id=e1 placeholder=Unlimited></div><div class=EditorContainer1><span>Queues</span>{chips().replace('Type to search...', 'All queues')}</div>",
        {(None, "Maximum", None): "Unlimited", (None, "Queues", None): "All queues"},
    ),
    "a number that stands for a word": (
        "<div><span id=v0>Access</span><span role=slider tabindex=0 aria-labelledby=v0 aria-valuenow=0 aria-valuetext='Full access'></span></div>",
        {(None, "Access", None): "Full access"},
    ),
    "a list that shows another word than would be stored": (
        "<div>View</div><div><select class=hidden><option selected>All<option>None</select><div role=combobox tabindex=0>None</div></div>",
        {(None, "View", None): "None; All"},
    ),
    "a sign in a switch": ("<div><button role=switch aria-checked=true aria-label='Can add'>●</button></div>", {(None, "Can add", None): True}),
    "a button that is told to be a box": ("<div><input type=button role=checkbox aria-checked=true> Can add</div>", {(None, "Can add", None): True}),
}  # fmt: skip


@pytest.mark.parametrize("state", ["closed", "open"])
@pytest.mark.parametrize("name", STRUCTURES)
def test_every_setting_is_read(reader: Reader, name: str, state: str) -> None:
    content, expected = STRUCTURES[name]
    reading = reader.content(content, state)
    fields = settings(reading)
    told = {(field.group, field.label, field.column): field.value for field in fields}
    assert not reading.not_understood
    assert len(told) == len(fields)
    assert all(field.reads(expected.get((field.group, field.label, field.column))) for field in fields), told
    assert told.keys() == expected.keys()
