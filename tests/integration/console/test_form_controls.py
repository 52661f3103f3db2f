# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Controls are read by what they are to a person and to assistive technology, and told once."""

from __future__ import annotations

import typing as t

import pytest
from static_pages import Reader, reader, settings, shared_page, told  # noqa: F401 - fixtures

SELECTOR = """<div class="LabelContainer1"><span class="PrimaryText">View</span></div>
<div class="SingleItemSelector2" tabindex="0"><div class="ContentContainer"><div class="ValueContainer">
  <div class="TargetPreview">Mine</div><div class="SearchBox"><input type="text"></div>
  <div class="SelectionDisplay"><div class="Item" data-item-type="{kind}"><div class="Text"><span>{word}</span></div></div></div>
</div><div class="Triangle"></div></div>
<div class="ContextOverlayContainer hidden"><div class="ContextOverlay SingleItemSelectorDropDownOverlay"><div class="ItemSet">
  <div class="GroupHeader" data-item-type="GroupHeader">Often used</div><div class="ItemList">
  <div class="Item" data-item-type="Default" data-index="0"><div class="Text"><span></span></div></div>
  <div class="Item" data-item-type="SingleText" data-index="1"><div class="Text"><span>All</span></div></div>
  <div class="Item" data-item-type="SingleText" data-index="2" data-is-selected="true"><div class="Text"><span>Mine</span></div></div>
</div></div></div></div></div>"""

PICKER = """<div class="LabelContainer1"><span class="PrimaryText">Location</span></div>
<div class="SingleDataSelector2"><div class="ContentContainer"><div class="SearchBox"><div class="Placeholder">Type to search...</div>
<input type="text"></div><div class="ChipList SingleDataSelection">{chips}</div></div>
<div class="Button2 EditorButton2 IconOnly2" tabindex="0"></div></div>"""
CHIP = '<div class="Chip"><div class="Icon"></div><div class="Text">Head</div> <div class="Text">Office</div><div class="RemoveButton">x</div></div>'

# content of a section: what it tells
CONTROLS: dict[str, tuple[str, dict[str, t.Any]]] = {
    "a native box": ("<label><input type=checkbox checked> Can export</label>", {"Can export": True}),
    "a drawn box that is labelled": (
        '<div role="checkbox" aria-checked="true" tabindex="0" aria-labelledby="q"></div><span id="q">Can export</span>',
        {"Can export": True},
    ),
    "a drawn box with its words inside": (
        '<div role="checkbox" aria-checked="false" tabindex="0">Can export</div>',
        {"Can export": False},
    ),
    "a switch": ('<button role="switch" aria-checked="true" aria-label="Can export"></button>', {"Can export": True}),
    "a button that stays pressed": ('<button aria-pressed="false">Can export</button>', {"Can export": False}),
    "an entry of a menu": (
        '<ul role="menu"><li role="menuitemcheckbox" aria-checked="true" tabindex="-1">Can export</li></ul>',
        {"Can export": True},
    ),
    "a box that is neither": (
        '<div role="checkbox" aria-checked="mixed" tabindex="0">Can export</div>',
        {"Can export": None},
    ),
    "a box that does not say": ('<div role="checkbox" tabindex="0">Can export</div>', {"Can export": None}),
    "the second generation's box": (
        '<div class="EditorContainer1"><div class="LabelContainer1"><div class="Text"><span class="PrimaryText">Can export</span></div></div>'
        '<div class="Checkbox2"><div class="TabIndexHack Checked" tabindex="0"></div></div></div>',
        {"Can export": True},
    ),
    "the second generation's box with its label": (
        '<div class="Checkbox2"><div class="TabIndexHack Unchecked" tabindex="0"><svg class="Checkmark"></svg></div>'
        '<div class="LabelContainer1"><span class="PrimaryText">Can export</span></div></div>',
        {"Can export": False},
    ),
    "a native box behind a drawn one": (
        '<div><input type="checkbox" checked style="opacity:0;position:absolute"><span role="checkbox" aria-checked="true" tabindex="0"></span>'
        " Can export</div>",
        {"Can export": True},
    ),
    "a native box and a drawing that disagree": (
        '<div><input type="checkbox" class="sr-only"><span role="checkbox" aria-checked="true" tabindex="0"></span> Can export</div>',
        {"Can export": None},
    ),
    "a native box behind its label": (
        '<input type="checkbox" id="x" checked class="sr-only"><label for="x"><i class="dot"></i>Can export</label>',
        {"Can export": True},
    ),
    "a native list": ("<label>View <select><option>All<option selected>None</select></label>", {"View": "None"}),
    "a native list with a placeholder": (
        '<label>View <select><option value="" disabled selected>Choose...<option>All</select></label>',
        {"View": ""},
    ),
    "a drawn list": (SELECTOR.format(kind="SingleText", word="Mine"), {"View": "Mine"}),
    "a drawn list that nothing is chosen in": (SELECTOR.format(kind="Default", word="Choose a view"), {"View": ""}),
    "a picker": (PICKER.format(chips=CHIP), {"Location": "Head Office"}),
    "an empty picker": (PICKER.format(chips=""), {"Location": ""}),
    "a picker whose label is tied to its search box, before which the chip stands": (
        f'<label for=q>Location</label><div class="SingleDataSelector2"><div class="ChipList">{CHIP}</div>'
        "<div class=SearchBox><input id=q type=text></div></div>",
        {"Location": "Head Office"},
    ),
    "a combination box": (
        '<span id="l">View</span><div role="combobox" tabindex="0" aria-labelledby="l" aria-controls="o" aria-expanded="false">Mine</div>'
        '<ul id="o" role="listbox" class="hidden"><li role="option">All</li><li role="option" aria-selected="true">Mine</li></ul>',
        {"View": "Mine"},
    ),
    "a combination box with a box inside": (
        '<label for="c">View</label><div role="combobox" aria-owns="o2"><input id="c" value="Mine" readonly></div>'
        '<ul id="o2" role="listbox" class="hidden"><li role="option">All</li><li role="option">Mine</li></ul>',
        {"View": "Mine"},
    ),
    "a button that opens a list": (
        '<div>View</div><button aria-haspopup="listbox" aria-expanded="false">Mine</button>',
        {"View": "Mine"},
    ),
    "a list that lies open": (
        '<div id="v">View</div><ul role="listbox" aria-labelledby="v" tabindex="0"><li role="option">All</li>'
        '<li role="option" aria-selected="true">Mine</li></ul>',
        {"View": "Mine"},
    ),
    "a native list behind a drawn one": (
        '<div>View</div><div><select class="hidden"><option>All<option selected>Mine</select>'
        '<div role="combobox" tabindex="0"><span>Mine</span><i></i></div></div>',
        {"View": "Mine"},
    ),
    "a native list behind something that can be pressed": (
        '<div>View</div><div><select class="hidden"><option>All<option selected>Mine</select><div tabindex="0" class="face">Mine</div></div>',
        {"View": "Mine"},
    ),
    "a number": ('<label>Maximum <input type="number" value="50"></label>', {"Maximum": "50"}),
    "a number with decimals": ('<label>Maximum <input class="DecimalBox2" value="7.00"></label>', {"Maximum": "7"}),
    "a drawn number": (
        '<span id="m">Maximum</span><div role="spinbutton" aria-valuenow="12" aria-labelledby="m" tabindex="0">12<button tabindex="-1">+</button></div>',
        {"Maximum": "12"},
    ),
    "a slider": ('<div role="slider" aria-valuenow="3" aria-label="Maximum" tabindex="0"></div>', {"Maximum": "3"}),
    "a text that can be edited": ('<div>Remark</div><div contenteditable="true">Hello</div>', {"Remark": "Hello"}),
    "a text box by its role": (
        '<div id="r">Remark</div><div role="textbox" contenteditable aria-labelledby="r">Hello</div>',
        {"Remark": "Hello"},
    ),
    "radio buttons are one choice": (
        "<fieldset><legend>View</legend><label><input type=radio name=v> Full</label><label><input type=radio name=v checked> Mine</label>"
        "<label><input type=radio name=v> None</label></fieldset>",
        {"View": "Mine"},
    ),
    "radio buttons behind their label": (
        "<div>View: <input type=radio name=v> All <input type=radio name=v checked> Mine <input type=radio name=v> None</div>",
        {"View:": "Mine"},
    ),
    "drawn radio buttons": (
        '<div class="EditorLabelContainer1"><span class="PrimaryText">View</span></div><div class="RadioButtonGroup">'
        '<div class="RadioButton"><div class="TabIndexHack RadioButtonItem" tabindex="0"></div><div class="Text2">Full</div></div>'
        '<div class="RadioButton"><div class="TabIndexHack RadioButtonItem Selected" tabindex="0"></div><div class="Text2">None</div></div></div>',
        {"View": "None"},
    ),
    "a drawn radio button alone": (
        '<div class="EditorLabelContainer1"><span class="PrimaryText">View</span></div><div class="RadioButtonGroup">'
        '<div class="RadioButton"><div class="TabIndexHack RadioButtonItem" tabindex="0"></div><div class="Text2">Full</div></div></div>',
        {"View": ""},
    ),
    "a radio button of a role alone": (
        '<div role="radiogroup" aria-label="View"><div role="radio" aria-checked="true" tabindex="0">None</div></div>',
        {"View": "None"},
    ),
    "radio buttons of a role": (
        '<div role="radiogroup" aria-label="View"><div role="radio" aria-checked="false" tabindex="-1">All</div>'
        '<div role="radio" aria-checked="true" tabindex="0">None</div></div>',
        {"View": "None"},
    ),
}


@pytest.mark.parametrize("state", ["closed", "open"])
@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_is_read_once(reader: Reader, name: str, state: str) -> None:
    content, expected = CONTROLS[name]
    reading = reader.content(content, state)
    assert told(reading) == expected
    assert not reading.not_understood
    assert reading.headings == ["Contracts"]


def test_what_a_list_offers_is_read_without_opening_it(reader: Reader) -> None:
    offered = {
        name: settings(reader.content(CONTROLS[name][0]))[0].offered
        for name in CONTROLS
        if "list" in name or "choice" in name or "box" in name
    }
    assert offered["a native list"] == ("All", "None")
    assert offered["a drawn list"] == ("", "All", "Mine")
    assert offered["a combination box"] == offered["a combination box with a box inside"] == ("All", "Mine")
    assert offered["a native list behind a drawn one"] == ("All", "Mine")
    assert offered["a list that lies open"] == ("All", "Mine")
    assert offered["radio buttons are one choice"] == ("Full", "Mine", "None")


def test_a_greyed_list_offers_its_words_but_a_greyed_word_is_not_on_offer(reader: Reader) -> None:
    listed = "<label>View <select {}><option>All<option {}>Mine<option selected>None</select></label>"
    assert settings(reader.content(listed.format("disabled", "")))[0].offered == ("All", "Mine", "None")
    assert settings(reader.content(listed.format("", "disabled")))[0].offered == ("All", "None")


@pytest.mark.parametrize(
    "dead",
    ["<input type=checkbox disabled> Can export", "<fieldset disabled><input type=checkbox> Can export</fieldset>",
     '<div role="checkbox" aria-checked="false" aria-disabled="true">Can export</div>',
     '<div class="Checkbox2 Disabled2"><div class="TabIndexHack Unchecked"></div> Can export</div>',
     '<div class="Checkbox2"><div class="TabIndexHack Unchecked Disabled"></div> Can export</div>',
     '<div inert><input type=checkbox> Can export</div>'],
)  # fmt: skip
def test_what_cannot_be_changed_says_so(reader: Reader, dead: str) -> None:
    [field] = settings(reader.content(f"<div>{dead}</div>"))
    assert not field.enabled and field.label == "Can export"


def test_radio_buttons_stay_single_where_no_settings_are(reader: Reader) -> None:
    reader.show(f"<body>{CONTROLS['drawn radio buttons'][0]}</body>")
    fields = reader.plain_form.read().fields
    assert [(field.kind, field.label, field.value) for field in fields] == [
        ("radio", "Full", False),
        ("radio", "None", True),
    ]


def test_open_shadow_roots_are_read(reader: Reader) -> None:
    script = """<at-box></at-box><script>customElements.define('at-box', class extends HTMLElement { connectedCallback() {
      this.attachShadow({mode: 'open'}).innerHTML = '<label><input type=checkbox checked> <slot></slot>Can export</label>'; } })</script>"""
    reading = reader.content(script)
    assert told(reading) == {"Can export": True} and not reading.not_understood


def test_frames_of_the_same_site_are_read(reader: Reader) -> None:
    reader.content('<iframe srcdoc="<label><input type=checkbox checked> Can export</label>"></iframe>', "open")
    reader.window.page.wait_for_timeout(100)
    reading = reader.form.read()
    assert told(reading) == {"Can export": True} and not reading.not_understood
    reader.form.set_field(reading, settings(reading)[0], False)
    assert told(reader.form.read()) == {"Can export": False}
