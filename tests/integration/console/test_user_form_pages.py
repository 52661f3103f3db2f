# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small pages of an API user's form, each with one thing that forms are known or feared to do."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.pages import api_user_saving
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm, Secret
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_saving import Answer
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import Tracking
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from static_pages import ADDRESS, Reader, reader, shared_page  # noqa: F401 - fixtures

NAME = "<div><label>Username (Key) <input id=user value=reader1@alder.example></label></div>"
SECRET = "<div><label>Password (Secret) <input id=secret></label></div>"
VENDORS = "<option>Choose...<option>Rewst - Automation<option>Work 365 Sync"


def form_of(reader: Reader, *parts: str) -> ApiUserForm:
    reader.window.page.set_content(f"<body>{NAME}{''.join(parts)}<button>Save &amp; Close</button></body>")
    return ApiUserForm(reader.window)


def level(word: str = "Reader") -> str:
    options = "".join(f"<option{' selected' if one == word else ''}>{one}</option>" for one in ("Reader", "Else"))
    return f"<div><label>Security Level <select id=level>{options}</select></label></div>"


def tracking(chosen: str = "", fixed: bool = False, entry: str = "") -> str:
    """The radio buttons and the list of vendors of the older form, which has three choices."""
    greyed = "disabled" if fixed else ""
    radios = "".join(
        f"<label><input type=radio name=t {greyed} {'checked' if name == chosen else ''}> {name}</label>"
        for name in ("Integration Vendor", "Custom (Internal Integration)", "None")
    )
    options = VENDORS.replace(f"<option>{entry}", f"<option selected>{entry}") if entry else VENDORS
    return (
        f"<div>{radios}</div><div><label>Integration Vendor <select id=vendor {greyed}>{options}</select></label></div>"
    )


WHAT = {
    "an API user": (SECRET, "api user"),
    "an API user that is there": ("<button>Generate Secret</button>", "api user"),
    "a page that costs": (f"{SECRET}<h1>New (Adding a resource may result in additional fees)</h1>", "costs"),
    "a page that costs nothing": (f"{SECRET}<h1>There are no additional fees</h1>", "api user"),
    "a level that is called so": (SECRET + level().replace("Else", "Cost Reader"), "api user"),
    "a level of a list in its label": (f"{SECRET}{level().replace('Else', 'Billing fees manager')}", "api user"),
    "a price": (f"{SECRET}<p>This adds €12.50/month.</p>", "costs"),
    "something else": ("", ""),
}


@pytest.mark.parametrize("name", WHAT)
def test_a_form_is_known_by_its_fields_and_by_what_it_says_of_costs(reader: Reader, name: str) -> None:
    content, what = WHAT[name]
    assert form_of(reader, content).what_it_is() == what


def test_a_persons_form_is_none_of_an_api_user(reader: Reader) -> None:
    form = form_of(reader)
    reader.window.page.set_content(
        "<h2>Credentials</h2><label>Username <input></label> <label>Password <input></label>"
    )
    assert form.what_it_is() == "person"


TRACKED = {
    "chosen": (tracking("Integration Vendor", entry="Work 365 Sync"), Tracking("vendor", "Work 365 Sync")),
    "greyed": (tracking("Integration Vendor", True, "Work 365 Sync"), Tracking("vendor", "Work 365 Sync")),
    "a text": (
        "<div><div>Integration Vendor</div><div>Work 365 Sync</div></div>",
        Tracking("vendor", "Work 365 Sync"),
    ),
    "a text below buttons side by side": (
        "<div>"
        + "".join(
            f"<button aria-pressed={at}>{one}</button>"
            for one, at in (("Integration Vendor", "true"), ("Custom (Internal Integration)", "false"))
        )
        + "</div><div><div>Integration Vendor</div><div>Work 365 Sync</div></div>",
        Tracking("vendor", "Work 365 Sync"),
    ),
    "a list without radio buttons": (
        f"<label>Integration Vendor <select disabled>{VENDORS.replace('>Work', ' selected>Work')}</select></label>",
        Tracking("vendor", "Work 365 Sync"),
    ),
    "none": (tracking("None"), None),
    "nothing chosen": (tracking(), None),
    "not shown": ("", Tracking("unknown")),
}


@pytest.mark.parametrize("name", TRACKED)
def test_whose_a_tracking_identifier_is_shows_however_it_is_drawn(reader: Reader, name: str) -> None:
    content, shown = TRACKED[name]
    assert form_of(reader, content).read().tracking == shown


TABS = f"""<div role=tablist><button role=tab aria-controls=general onclick="general.hidden = false; more.hidden = true">General</button>
<button role=tab aria-controls=more onclick="general.hidden = true; more.hidden = false">Credentials</button></div>
<div role=tabpanel id=general><label>First Name <input></label></div>
<div role=tabpanel id=more hidden><label>Integration Vendor <select disabled>{VENDORS.replace(">Work", " selected>Work")}</select></label></div>"""


def test_whose_it_is_shows_whichever_tab_is_open(reader: Reader) -> None:
    shown = form_of(reader, TABS).bring_to({"first_name": "Ada"})
    assert shown.tracking == Tracking("vendor", "Work 365 Sync") and "tracking" in shown.wishes()


def test_a_vendor_that_is_told_late_is_waited_for_and_the_heading_is_none(reader: Reader) -> None:
    late = "<div><h2>API Tracking Identifier</h2><div><div>Integration Vendor</div><div id=late></div></div></div>"
    script = "<script>setTimeout(() => { late.textContent = 'Work 365 Sync' }, 1500)</script>"
    level = "<label>Security Level <select><option>Reader</select></label>"
    assert form_of(reader, level + late + script).read().tracking == Tracking("vendor", "Work 365 Sync")


def test_a_level_whose_radio_buttons_come_late_is_waited_for(reader: Reader) -> None:
    buttons = "".join(
        f"<label><input type=radio name=level {'checked' * (word == 'Reader')}>{word}</label>"
        for word in ("Else", "Reader")
    )
    late = f"<div>Security Level <span id=late></span></div><script>setTimeout(() => {{ late.innerHTML = `{buttons}` }}, 1500)</script>"
    assert form_of(reader, late).read().security_level == "Reader"
    assert form_of(reader, late).resolve({"security_level": "Else"}) == {"security_level": "Else"}


def test_what_a_form_does_not_tell_is_no_wish(reader: Reader) -> None:
    assert "tracking" not in form_of(reader).read().wishes()


ASKS = """<div id=asks hidden {}>Use this vendor?
<button onclick="asks.hidden = true">Yes</button> <button onclick="asks.hidden = true; vendor.selectedIndex = 0">No</button></div>
<script>vendor.onchange = () => setTimeout(() => {{ asks.hidden = false }}, asks.dataset.late || 0)</script>"""
SETS_LEVEL = "<script>vendor.onchange = () => { level.value = 'Else' }</script>"
SETS_LEVEL_LATE = "<script>vendor.onchange = () => setTimeout(() => { level.value = 'Else' }, 700)</script>"


@pytest.mark.parametrize("at_first", ["", "None", "Custom (Internal Integration)", "Integration Vendor"])
def test_a_vendor_is_chosen_whatever_is_at_first(reader: Reader, at_first: str) -> None:
    wanted = {"tracking": Tracking("vendor", "Work 365 Sync")}
    assert form_of(reader, tracking(at_first)).bring_to(wanted).unlike(wanted) == []


def test_a_list_of_vendors_that_is_shown_late_is_waited_for(reader: Reader) -> None:
    shows = "<script>var more = vendor.closest(`div`); more.hidden = true; document.querySelector('[type=radio]').onchange = () => setTimeout(() => { more.hidden = false }, 900)</script>"
    wanted = {"tracking": Tracking("vendor", "Work 365 Sync")}
    assert form_of(reader, tracking("None"), shows).bring_to(wanted).unlike(wanted) == []


def test_a_list_of_vendors_that_is_freed_late_is_waited_for(reader: Reader) -> None:
    frees = "<script>vendor.disabled = true; document.querySelector('[type=radio]').onchange = () => setTimeout(() => { vendor.disabled = false }, 400)</script>"
    wanted = {"tracking": Tracking("vendor", "Work 365 Sync")}
    assert form_of(reader, tracking("None"), frees).bring_to(wanted).unlike(wanted) == []


DIALOG = "role=dialog style='position: fixed; inset: 40px; background: white'"


@pytest.mark.parametrize("drawn", [DIALOG, "", f"{DIALOG} data-late=600", "data-late=900"])
def test_a_question_after_the_vendor_is_answered(reader: Reader, drawn: str) -> None:
    wanted = {"tracking": Tracking("vendor", "Work 365 Sync")}
    form = form_of(reader, tracking("Integration Vendor"), ASKS.format(drawn))
    assert form.bring_to(wanted).unlike(wanted) == []
    assert reader.window.page.locator("#asks").is_hidden()


RADIO = "<label><input type=radio name=locked {}>Yes</label><label><input type=radio name=locked {}>No</label>"
SETTINGS = {
    "there before": RADIO.format("", "checked"),
    "greyed": RADIO.format("disabled", "checked disabled"),
    "shown by the choice": f"<div id=more hidden>{RADIO.format('', 'checked')}</div><script>vendor.onchange = () => {{ more.hidden = false }}</script>",
    "words behind it": RADIO.format("", "checked").replace("<label>", "").replace("</label>", " "),
    "drawn": "<div role=radiogroup>"
    + "".join(
        f"<span role=radio tabindex=0 aria-checked={word == 'No'} onclick=\"document.title = 'pressed'\">{word}</span> "
        for word in ("Yes", "No")
    )
    + "</div>",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_yes_that_is_a_setting_is_no_answer(reader: Reader, name: str) -> None:
    wanted = {"tracking": Tracking("vendor", "Work 365 Sync")}
    form = form_of(reader, tracking("Integration Vendor"), f"<div>Locked {SETTINGS[name]}</div>")
    assert form.bring_to(wanted).unlike(wanted) == []
    page = reader.window.page
    assert page.title() != "pressed"
    assert page.locator("[name=locked]").evaluate_all("radios => radios.map(radio => radio.checked)") in (
        [],
        [False, True],
    )


def test_what_another_choice_changes_is_set_again(reader: Reader) -> None:
    wanted: dict[str, t.Any] = {"security_level": "Reader", "tracking": Tracking("vendor", "Work 365 Sync")}
    form = form_of(reader, level(), tracking("Integration Vendor"), SETS_LEVEL)
    assert form.bring_to(wanted).unlike(wanted) == []


def test_what_another_choice_changes_late_is_set_again_before_a_save(reader: Reader) -> None:
    wanted: dict[str, t.Any] = {"security_level": "Reader", "tracking": Tracking("vendor", "Work 365 Sync")}
    form = form_of(reader, level(), tracking("Integration Vendor"), SETS_LEVEL_LATE)
    form.bring_to(wanted)
    assert form.bring_to(wanted, at_last=True).unlike(wanted) == []
    reader.window.page.wait_for_timeout(800)
    assert form.read().security_level == "Reader"


def test_what_a_field_does_late_after_it_was_set_for_the_last_time_is_not_saved(reader: Reader) -> None:
    cuts = (
        "<script>secret.onchange = () => setTimeout(() => { secret.value = secret.value.slice(0, 10) }, 1500)</script>"
    )
    with pytest.raises(ConsoleError) as failed:
        form_of(reader, SECRET, cuts).bring_to({}, Secret("Correct-Horse-9"), at_last=True)
    assert set(failed.value.details["differences"]) == {"secret"}


def test_choices_that_contradict_each_other_are_not_saved(reader: Reader) -> None:
    moves = "<script>level.onchange = () => { vendor.selectedIndex = 0 }; vendor.onchange = () => { level.value = 'Else' }</script>"
    wanted: dict[str, t.Any] = {"security_level": "Reader", "tracking": Tracking("vendor", "Work 365 Sync")}
    with pytest.raises(ConsoleError) as failed:
        form_of(reader, level("Else"), tracking("Integration Vendor"), moves).bring_to(wanted)
    assert failed.value.reason == "not_taken" and failed.value.details["differences"]


def test_a_secret_is_read_back_after_the_box_was_left(reader: Reader) -> None:
    drops = "<script>secret.onblur = () => { secret.value = secret.value.replace('-9', '') }</script>"
    with pytest.raises(ConsoleError) as failed:
        form_of(reader, SECRET, drops).bring_to({}, Secret("Correct-Horse-9"))
    assert set(failed.value.details["differences"]) == {"secret"} and "Correct" not in str(vars(failed.value))
    form = form_of(reader, SECRET)
    form.bring_to({}, Secret("Correct-Horse-9"))
    assert reader.window.page.locator("#secret").input_value() == "Correct-Horse-9"


def test_a_form_without_a_location_is_filled_in_without_one_and_says_so(reader: Reader) -> None:
    form = form_of(reader, SECRET, level())
    assert form.location_at_first() is None
    assert form.resolve({"location": "Head Office", "security_level": "Reader"}) == {"security_level": "Reader"}
    assert any("Primary Internal Location" in warning for warning in reader.window.journal.warnings)


ASKED = {
    "a box": ("<input>", None),
    "words": ("<b>aB3dE5gH7jK9mN1p</b>", "aB3dE5gH7jK9mN1p"),
    "words of a sentence": ("<b>Copy aB3dE5gH7jK9mN1p now.</b>", "aB3dE5gH7jK9mN1p"),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_secret_is_asked_for_where_there_is_no_box(reader: Reader, name: str) -> None:
    drawn, made = ASKED[name]
    press = f"""<button onclick="at.innerHTML = '{drawn}'">Generate Secret</button>"""
    form = form_of(reader, f"<div><div>Password (Secret)</div><div id=at>Click to make a new one.</div></div>{press}")
    learned: list[str] = []
    assert not form.can_type_secret()
    assert form.generate_secret(learned.append) == made and form.can_type_secret() is (made is None)
    assert made is None or made in learned


def test_a_field_that_the_page_demands_is_named(reader: Reader) -> None:
    form = form_of(reader, "<label>Department * <input id=more></label><label>First Name * <input></label>")
    with pytest.raises(ConsoleError, match="'Department'") as failed:
        form.refuse_empty({"first_name"})
    assert failed.value.reason == "required_empty" and failed.value.details["fields"] == ["Department"]
    reader.window.page.fill("#more", "IT")
    form.refuse_empty({"first_name"})


@pytest.mark.parametrize(
    "drawn",
    [
        "<label>Department <select required><option value=''>Select...<option>IT</select></label>",
        "<style>.needed::after { content: '*' }</style><label><span class=needed>Department</span> <input></label>",
    ],
)
def test_what_is_demanded_shows_by_a_list_without_a_choice_and_by_a_star_of_the_style_sheet(
    reader: Reader, drawn: str
) -> None:
    with pytest.raises(ConsoleError, match="'Department'"):
        form_of(reader, drawn).refuse_empty(())


INTO_SHADOW = """const box = user, host = document.createElement('x-box');
box.replaceWith(host); host.attachShadow({mode: 'open'}).append(box)"""


@pytest.mark.parametrize("drawn", ["0", INTO_SHADOW], ids=["plainly", "in a shadow root"])
def test_a_user_name_beside_its_domain_is_one(reader: Reader, drawn: str) -> None:
    form = form_of(reader)
    reader.window.page.set_content(f"<div>{NAME.replace('@alder.example', '')}@alder.example</div>{SECRET}")
    reader.window.page.evaluate(f"() => {{ {drawn} }}")
    assert form.read().user_name == "reader1@alder.example"
    wanted = {"user_name": "reader2@ALDER.example"}
    assert form.bring_to(wanted).unlike(wanted) == []
    assert reader.window.page.locator("#user").input_value() == "reader2"


# What comes of a press of Save & Close, by what the page does then.
ANSWERS = {
    "it closes": ("window.close()", Answer(gone=True)),
    "it says something and closes": (
        "said.textContent = 'Your changes are on their way.'; setTimeout(() => window.close(), 400)",
        Answer(gone=True),
    ),
    "a field is marked": (
        "user.ariaInvalid = 'true'; said.textContent = 'This name is taken.'",
        Answer(refused=True, said=["This name is taken."]),
    ),
    "it only says something": (
        "said.textContent = 'That takes a while.'",
        Answer(said=["That takes a while."]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_words_after_a_save_are_judged_by_what_they_are(
    reader: Reader, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_user_saving, "SAVE_SECONDS", 1.5)
    does, answer = ANSWERS[name]
    opener = reader.window.page
    with opener.expect_popup() as opened:
        opener.evaluate("address => { open(address) }", ADDRESS)
    page = opened.value
    try:
        page.wait_for_load_state()
        greyed = "<script>setTimeout(() => { save.className = 'Button2' }, 500)</script>"
        page.set_content(
            f'<body>{NAME}<p id=said></p><div id=save class="Button2 Disabled2" tabindex=0 onclick="if (this.classList.length < 2) {{ {does} }}">Save &amp; Close</div>{greyed}</body>'
        )
        window = Window(page, Journal(timeout=60), landmarks())
        window.landing = ADDRESS
        form = ApiUserForm(window)
        assert form.save("the user") == answer and form.asked_to_store
    finally:
        page.close()
