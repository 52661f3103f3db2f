# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every kind of control is set as a person would, and what did not take effect is a failure."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.reading import plain_number, same_in_kind
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm
from hypothesis import given
from hypothesis import strategies as st
from static_pages import Reader, page_of, reader, section, settings, shared_page  # noqa: F401 - fixtures

TOGGLE = "this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')"
SELECTOR = """<div>View</div><div class="SingleItemSelector2" tabindex="0" onclick="toggle(this)"><div class="ValueContainer"><div class="TargetPreview">None</div>
<div class="SearchBox"><input type="text"></div><div class="SelectionDisplay"><div class="Item" data-item-type="SingleText"><div class="Text"><span>None</span></div></div></div></div>
<div class="ContextOverlayContainer"><div class="ContextOverlay hidden"><div class="GroupHeader" data-item-type="GroupHeader">All</div><div class="ItemList">
<div class="Item" data-index="0"><div class="Text"><span>All</span></div></div><div class="Item" data-index="1"><div class="Text"><span>None</span></div></div></div></div></div></div>
<script>function toggle(one) {
  const item = event.target.closest('.ItemList .Item');
  if (item) for (const at of one.querySelectorAll('.TargetPreview, .SelectionDisplay span')) at.textContent = item.textContent;
  setTimeout(() => one.querySelector('.ContextOverlay').classList.toggle('hidden'), 300);
}</script>"""
PICKER = """<div>Vendor</div><div class="SingleDataSelector2"><div class="SearchBox"><input type="text" oninput="ask(this)"></div><div class="ChipList"></div>
<div class="ContextOverlayContainer"><div class="ContextOverlay"><div class="ItemSet"></div></div></div></div>
<script>function ask(box) { setTimeout(() => {
  const set = document.querySelector('.ItemSet');
  set.innerHTML = box.value ? '<div class="GroupHeader">Vendors</div>' + ['Work 365 - Sync', 'Work 365'].map(word =>
    `<div class="Item"><div class="Text"><span><mark>Work</mark>${word.slice(4)}</span></div></div>`).join('') : '';
  for (const item of set.querySelectorAll('.Item')) item.onclick = () => {
    document.querySelector('.ChipList').innerHTML = `<div class="Chip"><div class="Text">${item.textContent}</div><div class="RemoveButton">x</div></div>`;
    box.value = ''; set.innerHTML = '';
  };
}, 200); }</script>"""
COMBOBOX = """<div id="l">View</div><div role="combobox" tabindex="0" aria-labelledby="l" aria-controls="o" onclick="o.hidden = !o.hidden">None</div>
<script>addEventListener('click', event => { const option = event.target.closest('[role=option]'); if (option) {
  document.querySelector('[role=combobox]').textContent = option.textContent; o.hidden = true; } })</script>
<div id="o" role="listbox" hidden><div role="option">All</div><div role="option">None</div></div>"""
SEARCHED = """<div id="l">View</div><div><div><div id="shown">None</div><div><input id="box" role="combobox" aria-autocomplete="list" aria-labelledby="l" oninput="ask()"></div></div></div>
<div id="menu"></div><script>function ask() {
  menu.innerHTML = ['All', 'None'].filter(word => word.startsWith(box.value)).map(word => `<div role="option" onclick="choose('${word}')">${word}</div>`).join('');
  box.setAttribute('aria-controls', 'menu'); menu.role = 'listbox';
}
function choose(word) { shown.outerHTML = `<div id="shown">${word}</div>`; box.value = menu.innerHTML = menu.role = ''; box.removeAttribute('aria-controls'); }</script>"""
MORE = PICKER.replace(
    "['Work 365 - Sync', 'Work 365']", "['Work A', 'Work B', 'Work 365'].slice(0, set.most ?? 2)"
).replace(
    ".join('') : ''",
    """.join('') + '<a class="more">Show more</a>' : ''; for (const more of set.querySelectorAll('.more'))
  more.onclick = () => { set.most = 3; ask(box); }""",
)
SCROLLED = (
    COMBOBOX.replace('<div role="option">All</div><div role="option">None</div>', "").replace(
        'role="listbox"', 'role="listbox" style="height: 60px; overflow: auto" onscroll="draw()"'
    )
    + """<script>function draw() { const at = Math.floor(o.scrollTop / 20), words = ['None', ...Array.from('abcdefghijk'), 'All'];
  o.innerHTML = `<div style="height: 260px; padding-top: ${at * 20}px; box-sizing: border-box">${words.slice(at, at + 4).map(word =>
    `<div role="option" style="height: 20px">${word}</div>`).join('')}</div>`; } addEventListener('click', draw)</script>"""
)
LATE = "<script>setTimeout(() => document.querySelector('[role=checkbox]').onclick = event => { const box = event.target; box.ariaChecked = box.ariaChecked !== 'true' }, 1000)</script>"

SET: dict[str, tuple[str, t.Any]] = {
    "a native box": ("<label><input type=checkbox> Can export</label>", True),
    "a box behind its label": ('<input type="checkbox" id="x" class="sr-only"><label for="x"><i class="dot"></i>Can export</label>', True),
    "a box that is hidden": ('<input type="checkbox" id="x" class="hidden"><label for="x">Can export</label>', True),
    "a switch": (f'<div role="switch" aria-checked="true" tabindex="0" onclick="{TOGGLE}">Can export</div>', False),
    "a box that is neither": (f'<div role="checkbox" aria-checked="mixed" tabindex="0" onclick="{TOGGLE}">Can export</div>', False),
    "a box that listens late": (f'<div role="checkbox" aria-checked="false" tabindex="0">Can export</div>{LATE}', True),
    "a native list": ("<label>View <select><option>All<option selected>None</select></label>", "All"),
    "a drawn list": (SELECTOR, "All"),
    "a picker": (PICKER, "Work 365"),
    "a picker that says that it searches": (PICKER.replace("}, 200)", "}, 900); document.querySelector('.ItemSet').innerHTML = '<div class=\"Item\">Searching...</div>'"), "Work 365"),
    "a picker that shows more when asked": (MORE, "Work 365"),
    "a list that draws what is scrolled to": (SCROLLED, "All"),
    "a list that is drawn anew below the mouse": (
        COMBOBOX + "<script>o.addEventListener('mousedown', () => { o.innerHTML = o.innerHTML }, {once: true})</script>",
        "All",
    ),
    "entries that are explained": (
        COMBOBOX.replace(">All</div>", "><b>All</b><small>whatever they are</small></div>").replace("option.textContent", "option.firstChild.textContent"),
        "All",
    ),
    "a box that nobody can type into, with a list elsewhere": (
        "<label for=x>View</label><input id=x role=combobox aria-haspopup=true aria-autocomplete=list value=None readonly onclick=\"setTimeout(() => { more.innerHTML = '<p onclick=x.value=textContent>All</p>' }, 900)\"><div id=more><br></div>",
        "All",
    ),
    "a number with both kinds of separators": ("<label>Maximum <input inputmode=decimal value=5.00 onblur=\"value = Number(value).toLocaleString('en-US', {minimumFractionDigits: 2})\"></label>", "1200"),
    "a combination box": (COMBOBOX, "All"),
    "a list that shows its choice beside the search box": (SEARCHED, "All"),
    "radio buttons": ("<div>View: <label><input type=radio name=v> All</label> <label><input type=radio name=v checked> None</label></div>", "All"),
    "hidden radio buttons": (
        "<div>View: <input type=radio name=v id=a class=sr-only><label for=a>All</label> <input type=radio name=v id=n class=sr-only checked><label for=n>None</label></div>",
        "All",
    ),
    "a number that comes back with decimals": ("<label>Maximum <input class=DecimalBox2 value=5.00 onblur='this.value = Number(this.value).toFixed(2)'></label>", "7"),
    "a drawn number": (
        '<span id="m">Maximum</span><div role="spinbutton" aria-valuenow="3" aria-labelledby="m" tabindex="0" '
        "onkeydown=\"this.ariaValueNow = Number(this.ariaValueNow) + ({ArrowUp: 1, ArrowDown: -1}[event.key] || 0)\">|</div>",
        "7",
    ),
    "a text": ("<label>Remark <input></label>", "Hello"),
    "a text that can be edited": ('<div>Remark</div><div contenteditable="true">Hello</div>', "Good bye"),
}  # fmt: skip


@pytest.mark.parametrize("name", SET)
def test_what_is_set_is_read_afterwards(reader: Reader, name: str) -> None:
    content, value = SET[name]
    reading = reader.content(f"<div>{content}</div>", "open")
    [field] = settings(reading)
    reader.form.set_field(reading, field, value)
    [after] = settings(reader.form.read())
    assert after.reads(value)


REFUSED = {
    "a box that does nothing": ('<div role="checkbox" aria-checked="false" tabindex="0">Can export</div>', True, "not_taken"),
    "a list that goes back": ("<label>View <select onchange='this.value = \"None\"'><option>All<option selected>None</select></label>", "All", "not_taken"),
    "a word that is greyed": ("<label>View <select><option selected>All<option disabled>None</select></label>", "None", "not_offered"),
    "a word of two groups": ("<label>View <select><optgroup label=Own><option>All</optgroup><optgroup label=Others><option>All<option selected>None</optgroup></select></label>", "All", "not_offered"),
    "an entry that comes twice": (PICKER.replace("'Work 365 - Sync'", "'Work 365'"), "Work 365", "not_unique"),
    "a word that is not on offer": ("<label>View <select><option>All<option selected>None</select></label>", "Mine", "not_offered"),
    "what is greyed": ("<label><input type=checkbox disabled> Can export</label>", True, "disabled"),
    "what nobody sees": ("<div class=hidden><label><input type=checkbox> Can export</label></div><label><input type=checkbox checked> Other</label>", True, "not_shown"),
    "a box that takes letters out": ("<label>Remark <input onblur='this.value = this.value.slice(1)'></label>", "Hello", "not_taken"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_take_is_a_failure(reader: Reader, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form = "ansible_collections.msp.autotask.plugins.module_utils._console.forms.form"
    monkeypatch.setattr(f"{form}.GLANCE_SECONDS", 0.1)
    monkeypatch.setattr(f"{form}.TAKEN_SECONDS", 0.2)
    content, value, reason = REFUSED[name]
    reading = reader.content(f"<div>{content}</div>", "open")
    with pytest.raises(ConsoleError) as failure:
        reader.form.set_field(reading, settings(reading)[0], value)
    assert failure.value.reason == reason
    assert str(settings(reading)[0]) in failure.value.message


def test_a_closed_section_and_what_folds_inside_it_are_opened(reader: Reader) -> None:
    closed = section(
        "<div><div aria-expanded=false tabindex=0 onclick='nextElementSibling.classList.toggle(\"hidden\")'>More</div>"
        "<div class=hidden><label><input type=checkbox> Can export</label></div></div>"
    ).replace('<div class="heading">', '<div class="heading" onclick="parentElement.classList.toggle(\'closed\')">')
    reading = reader.show(page_of(closed))
    [field] = settings(reading)
    assert not field.shown
    reader.form.set_field(reading, field, value=True)
    assert settings(reader.form.read())[0].value is True


def test_what_was_drawn_anew_is_found_again(reader: Reader) -> None:
    redraw = "<div onchange='const on = event.target.checked; setTimeout(() => { this.innerHTML = this.innerHTML; this.querySelector(\"input\").checked = on })'>{}</div>"
    reading = reader.content(redraw.replace("{}", "<label><input type=checkbox> Can export</label>", 1), "open")
    reader.form.set_field(reading, settings(reading)[0], value=True)


@pytest.mark.parametrize("name", ["a native list", "a drawn list", "a combination box", "a text"])
def test_what_is_drawn_anew_before_it_is_used_is_found_again(reader: Reader, name: str) -> None:
    reading = reader.content(f"<div id='at'>{SET[name][0]}</div>", "open")
    reader.window.page.evaluate("at.innerHTML = at.innerHTML")
    reader.form.set_field(reading, settings(reading)[0], SET[name][1])
    assert settings(reader.form.read())[0].value == SET[name][1]


TABS = {
    "by its place": ('<i class="TabButton">General</i><i class="TabButton">More</i>', "", ""),
    "by the name of its tab": ('<i role="tab" id="g">General</i><i role="tab" id="m">More</i>', "", 'aria-labelledby="m"'),
    "by what its tab controls": ('<i role="tab">General</i><i role="tab" aria-controls="p">More</i>', "", 'id="p"'),
    "behind one that is marked": ('<i role="tab">General</i><i role="tab">More</i>', " active", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", TABS)
def test_what_lies_in_another_tab_is_turned_to(reader: Reader, name: str) -> None:
    tabs, state, named = TABS[name]
    turn = """<script>for (const [at, tab] of [...document.querySelectorAll('i')].entries()) tab.onclick = () =>
      document.querySelectorAll('.part').forEach((part, other) => { part.hidden = at !== other })</script>"""
    reader.window.page.set_content(
        f'<body><div>{tabs}</div><div class="part{state}"><label>Name <input></label></div>'
        f'<div class="part" hidden {named}><label>Remark <input></label><p>Generate Secret</p></div>{turn}</body>'
    )
    reading = reader.plain_form.read()
    assert reading.opener_to(reader.window.landmarks["generate_secret"])
    assert not reading.opener_to(reader.window.landmarks["save_and_close"])
    reader.plain_form.set_field(reading, reading.fields[1], "Hello")
    after = reader.plain_form.read()
    assert after.fields[1].value == "Hello"
    assert not after.opener_to(reader.window.landmarks["generate_secret"])


YES_NO = {
    "a box": "<label><input type=checkbox> Active</label>",
    "radio buttons": "<div>Active <span role=radiogroup><label><input type=radio name=a> Yes</label> <label><input type=radio name=a checked> No</label></span></div>",
    "a list": "<label>Active <select><option>Yes<option selected>No</select></label>",
    "a list of states": "<label>Active <select><option>Active<option selected>Inactive</select></label>",
}  # fmt: skip


@pytest.mark.parametrize("name", YES_NO)
def test_a_user_is_made_active_by_whatever_says_so(reader: Reader, name: str) -> None:
    reader.window.page.set_content(
        "<div><label>Username (Key) <input></label></div><div><label><input type=radio name=t> Integration Vendor</label>"
        f"<label><input type=radio name=t> Custom (Internal Integration)</label></div>{YES_NO[name]}"
    )
    form = ApiUserForm(reader.window)
    assert form.read().active is False
    assert form.bring_to({"active": True}).active is True
    assert form.read().tracking is None


def test_the_level_of_a_user_may_be_one_of_some_radio_buttons(reader: Reader) -> None:
    radios = "".join(
        f"<label><input type=radio name=l> {level}</label>" for level in ("API User (system)", "Cost Reader")
    )
    reader.window.page.set_content(
        f"<div><label>Username (Key) <input></label><label>Password (Secret) <input></label></div>"
        f"<div><div>Security Level</div><div>{radios}</div></div>"
    )
    form = ApiUserForm(reader.window)
    assert form.what_it_is() == "api user", "a level called after costs is none"
    assert form.bring_to({"security_level": "Cost Reader"}).security_level == "Cost Reader"


MARKS = {
    "an asterisk": ('<span class="Mark">*</span>', True),
    "drawn by the style sheet": ('<span class="Required Drawn"></span>', True),
    "not drawn": ('<span class="Required"></span>', False),
    "drawn, and not needed": ('<span class="NotRequired Drawn"></span>', False),
    "none": ("", False),
}


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_of_what_is_required_needs_no_words(reader: Reader, name: str) -> None:
    mark, required = MARKS[name]
    reader.window.page.set_content(
        f"<style>.Drawn::after {{ content: '•' }}</style><div><div><label for=a>First Name</label>{mark}</div>"
        "<input id=a></div><div><div><label for=b>Remark</label></div><input id=b></div>"
    )
    assert [field.required for field in reader.plain_form.read().fields] == [required, False]


DOMAINS = {
    "a text": "@alder.example",
    "a list": "<select><option>@birch.example<option selected>@alder.example</select>",
    "a sign, and a list": "@<select><option>birch.example<option selected>alder.example</select>",
    "a sign, and a box that is fixed": "@<input readonly value=alder.example>",
}


@pytest.mark.parametrize("name", DOMAINS)
@pytest.mark.parametrize("hidden", ["", "hidden"])
def test_the_domain_beside_a_user_name_is_told(reader: Reader, name: str, hidden: str) -> None:
    reader.window.page.set_content(
        f"<div {hidden}><div><label for=u>Username (Key)</label><input id=u>{DOMAINS[name]}</div>"
        "<div><label for=p>Email Address</label><input id=p value=a@cedar.example></div></div>"
    )
    form = ApiUserForm(reader.window)
    assert form.domain() == "alder.example"


NUMBERS = {"7.00": "7", "007": "7", "0.50": "0.5", "7": "7", "-3.10": "-3.1", "1,000": "1,000", "": "", "1e3": "1e3"}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_told_without_what_says_nothing(text: str) -> None:
    assert plain_number(text) == NUMBERS[text]


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_numbers_are_compared_as_numbers(number: int, zeros: int) -> None:
    assert same_in_kind("number", f"{number}.{'0' * zeros}", number)
    assert not same_in_kind("number", f"{number}.{'0' * zeros}1", number)
