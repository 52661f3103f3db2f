# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Labels are what a person takes them to be, whatever explains them or stands around them."""

from __future__ import annotations

import pytest
from static_pages import Reader, reader, settings, shared_page, told  # noqa: F401 - fixtures

BOX = "<input type=checkbox>"
DRAWN = (
    '<div class="Checkbox2" style="display:inline-block"><div class="TabIndexHack Unchecked" tabindex="0"></div></div>'
)

LABELS = {
    "bare text behind": "<div>{box} Can export</div>",
    "bare text before": "<div>Can export {box}</div>",
    "an element behind": "<div>{box}<span>Can export</span></div>",
    "an element before": "<div><span>Can export</span>{box}</div>",
    "wrappers": "<div><p><i>{box}</i></p><p><b>Can export</b></p></div>",
    "an explanation in the label": "<div>{box}<div class=Label><label>Can export</label><div class=SecondaryText>When checked, everything leaves.</div></div></div>",
    "an explanation in small letters": "<div>{box}<div>Can export <span class=small>when checked, everything leaves</span></div></div>",
    "an explanation beneath": "<div>{box} Can export<div class=small>When checked, everything leaves.</div></div>",
    "an explanation beneath in the same block": "<div><div>{box}</div><div>Can export<br><small>It leaves.</small></div></div>",
    "a tooltip": '<div>{box} Can export <span role="tooltip">It leaves</span></div>',
    "a hidden tooltip": '<div>{box} Can export <span class="tip hidden">It leaves</span></div>',
    "a glyph that explains": '<div>{box} Can export <span class="icon" title="It leaves">ⓘ</span></div>',
    "words for screen readers": '<div>{box} Can export <span class="sr-only">(opens a list)</span></div>',
    "soft hyphens": "<div>{box} Can ex&shy;port</div>",
    "zero-width spaces": "<div>{box} Can&#8203; ex&#8203;port</div>",
    "places to break": "<div>{box} Can ex<wbr>port</div>",
    "places to break, on the first of two lines": "<div>{box} Can ex<wbr>port<br>of all<wbr> companies</div>",
    "comments inside": "<div>{box} Can ex<!-- -->port<!-- --></div>",
    "marks of direction": "<div>{box} &#8206;Can export&#8207;</div>",
    "a link that explains": "<div>{box} Can export <a href='/help'>Help</a></div>",
    "letters in several elements": "<div>{box} Can <b>ex</b>port</div>",
}


@pytest.mark.parametrize("box", [BOX, DRAWN], ids=["native", "drawn"])
@pytest.mark.parametrize("name", LABELS)
def test_a_label_is_what_it_says(reader: Reader, name: str, box: str) -> None:
    [field] = settings(reader.content(f"<div>{LABELS[name].format(box=box)}</div>"))
    assert field.label == "Can export"


MANY = {
    "behind, one after the other": "{0} Can add {1} Can edit {2} Can delete",
    "behind, in elements": "{0}<span>Can add</span>{1}<span>Can edit</span>{2}<span>Can delete</span>",
    "before, in elements": "<span>Can add</span>{0}<span>Can edit</span>{1}<span>Can delete</span>{2}",
    "before, with line breaks": "Can add {0}<br>Can edit {1}<br>Can delete {2}",
    "behind, with line breaks and places to break": "{0} Can a<wbr>dd<br>{1} Can e<wbr>dit<br>{2} Can d<wbr>elete",
    "behind, with line breaks": "{0} Can add<br>{1} Can edit<br>{2} Can delete",
    "behind a heading": "<div><b>Rights</b></div>{0}<span>Can add</span>{1}<span>Can edit</span>{2}<span>Can delete</span>",
    "each with an explanation": (
        "<div>{0} Can add<p class=small>It adds.</p></div><div>{1} Can edit<p class=small>It edits.</p></div><div>{2} Can delete</div>"
    ),
    "by id": "<label for=a>Can add</label><label for=b>Can edit</label><label for=c>Can delete</label>"
    "<input type=checkbox id=a><input type=checkbox id=b><input type=checkbox id=c>",
}


@pytest.mark.parametrize("name", MANY)
def test_labels_are_not_mixed_up(reader: Reader, name: str) -> None:
    reading = reader.content(f"<div>{MANY[name].format(BOX, BOX, BOX)}</div>")
    assert [field.label for field in settings(reading)] == ["Can add", "Can edit", "Can delete"]


FIELDS = {
    "above": "<div>Can approve</div><div><select><option>All</select></div>",
    "with an explanation between": "<div>Can approve</div><div class=Explanation>You may limit it.</div><div><select><option>All</select></div>",
    "with its group above": "<div><b>Posting</b></div><p>You may limit it.</p><div>Can approve</div><select><option>All</select>",
    "and words behind": "<div>Can approve <select><option>All</select> <span class=small>of the time</span></div>",
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_lists_label_is_nearest(reader: Reader, name: str) -> None:
    [field] = settings(reader.content(f"<div>{FIELDS[name]}</div>"))
    assert "Can approve" in field.labels[:2]


def test_required_marks_are_seen(reader: Reader) -> None:
    marks = ("<label>A <b>*</b> <input></label><label>B <input required></label><label>C <input aria-required=true></label>"
             "<div><label for=d>D</label><span class=Required>*</span></div><div><input id=d></div><label>E <input></label>"
             '<div class="LabelContainer1"><span>F</span><div class="Required hidden">*</div></div><div><input></div>')  # fmt: skip
    fields = settings(reader.content(marks))
    assert [(field.label.strip("* "), field.required) for field in fields] == [
        ("A", True), ("B", True), ("C", True), ("D", True), ("E", False), ("F", False)]  # fmt: skip


GROUPS = {
    "bold": "<div><b>Feature Access</b></div><div>{}</div>",
    "bold, explained": "<div><b>Feature Access</b> <span class=small>for all</span></div><p>You may limit it.</p><div>{}</div>",
    "called so": "<div class=CheckBoxGroupContainer><div class=CheckBoxGroupLabel><div><span class=Label>Feature Access</span></div></div><div>{}</div></div>",
    "a fieldset": "<fieldset><legend>Feature Access</legend><div>{}</div></fieldset>",
    "a role": '<div role="group" aria-label="Feature Access"><div>{}</div></div>',
    "first in its block": "<div><div>Feature Access</div><div>{}</div><div>{}</div></div>",
}


@pytest.mark.parametrize("name", GROUPS)
def test_a_groups_heading_need_not_be_bold(reader: Reader, name: str) -> None:
    before = "<div><b>Before</b></div><div><input type=checkbox> Can add</div>"
    after = "<div class=g2><b>After</b></div><div><input type=checkbox> Can delete</div>"
    group = GROUPS[name].format(*["<input type=checkbox> Can export"] * 2)
    fields = settings(reader.content(f"<div>{before}</div><div>{group}</div><div>{after}</div>"))
    assert [field.group for field in fields] == ["Before", *["Feature Access"] * (len(fields) - 2), "After"]


def test_boxes_with_words_between_them_are_two(reader: Reader) -> None:
    drawn = "<span style='position:relative'><input type=checkbox checked style='position:absolute;opacity:0'><i class=tick></i></span>"
    told_box = "<b role=checkbox tabindex=0 aria-checked=false></b>"
    reading = reader.content(
        f"<fieldset><legend>Surveys</legend><div>{drawn} Can view ratings</div><div>{told_box} Can view scores</div></fieldset>"
    )
    assert told(reading) == {"Can view ratings": True, "Can view scores": False}


def test_a_field_with_words_of_its_own_says_nothing_about_the_lines_around_it(reader: Reader) -> None:
    radios = "<span role=radiogroup><label><input type=radio name={0} checked> Yes</label><label><input type=radio name={0}> No</label></span>"
    lines = f"<div>Surveys</div>{radios.format('a')} Can view ratings<br>{radios.format('b')} Can view scores<br>"
    reading = reader.content(f"{lines}<div><label>Forms <select><option>All</option></select></label></div>")
    assert told(reading) == {"Can view ratings": "Yes", "Can view scores": "Yes", "Forms": "All"}


def test_what_follows_a_dash_in_a_part_of_its_own_adds_to_the_label(reader: Reader) -> None:
    (field,) = settings(
        reader.content("<label><input type=checkbox> Can view ratings<span> - see the help</span></label>")
    )
    assert field.labels == ("Can view ratings - see the help", "Can view ratings")


def test_what_follows_a_dash_adds_to_a_label_in_small_letters_too(reader: Reader) -> None:
    words = "<small><b>Can view ratings</b><span> - see the help</span></small>"
    (field,) = settings(reader.content(f"<div><select><option>All</option></select>{words}</div>"))
    assert "Can view ratings" in field.labels


@pytest.mark.parametrize(
    "named", ["<span role=radiogroup aria-labelledby=q>{}</span>{}", "<fieldset><legend>{1}</legend>{0}</fieldset>"]
)
def test_an_explanation_is_no_part_of_the_label_of_radio_buttons(reader: Reader, named: str) -> None:
    radios = "".join(
        f"<label><input type=radio name=a {state}> {word}</label>" for word, state in (("Yes", "checked"), ("No", ""))
    )
    label = "<span id=q>Can view ratings<div class=Explanation>See the help.</div></span>"
    assert told(reader.content(named.format(radios, label))) == {"Can view ratings": "Yes"}


def test_radio_buttons_with_words_behind_them_are_not_called_as_their_group(reader: Reader) -> None:
    radios = "<span role=radiogroup><label><input type=radio name=a checked> Yes</label><label><input type=radio name=a> No</label></span>"
    reading = reader.content(f"<div><div>Feature Access</div>{radios} Can view ratings<br></div>")
    assert told(reading) == {"Can view ratings": "Yes"}
