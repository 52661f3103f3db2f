# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What only a browser shows of the simulated console: windows, dialogs, controls, and faults on demand."""

from __future__ import annotations

import re
import typing as t

import pyotp
import pytest
from autotask_simulator.fleet import DEFAULT_TOTP_SECRET
from autotask_simulator.store import Tenant
from autotask_simulator.testing import RunningSimulator
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect
from simulator_person import Form, Person

Add = t.Callable[..., Tenant]


def _in(page: Page, where: Tenant) -> Person:
    person = Person(page, where)
    person.log_in()
    return person


def test_the_first_panel_has_one_text_box_and_later_ones_follow_in_the_same_document(tenant: Add, page: Page) -> None:
    where = tenant()
    page.goto("/")
    expect(page.get_by_role("textbox")).to_have_count(1)
    document = page.url
    Person(page, where).give(f"admin@{where.domain}", "wrong")
    expect(page.get_by_text("incorrect")).to_be_visible()
    assert page.url == document
    page.locator("input[name=Password]").fill("Let-me-in-1")
    page.get_by_text("Log In", exact=True).last.click()
    person = Person(page, where)
    person.give_code("000000" if pyotp.TOTP(DEFAULT_TOTP_SECRET).now() != "000000" else "111111")
    expect(page.get_by_text("code is incorrect")).to_be_visible()
    assert where.console_user(f"admin@{where.domain}").failed_logins == 2


def test_a_value_without_an_input_event_is_not_seen(tenant: Add, page: Page) -> None:
    page.goto("/")
    page.locator("input[name=UserName]").evaluate("box => { box.value = 'admin@alder.example'; }")
    page.get_by_text("Continue", exact=True).locator("visible=true").click()
    expect(page.get_by_text("Enter your username.")).to_be_visible()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"login": "kaseyaone"}, "requires you to log in with KaseyaOne"),
        ({"login": "sso"}, "Sign in"),
        ({"admin": {"state": "first_login"}}, "Create a password"),
        ({"admin": {"state": "password_expired"}}, "password has expired"),
        ({"admin": {"locked": True}}, "has been locked"),
    ],
)
def test_dead_ends_of_the_login(tenant: Add, page: Page, options: dict[str, t.Any], words: str) -> None:
    where = tenant(**options)
    if "login" in options:
        page.goto("/")
        page.locator("input[name=UserName]").fill(f"admin@{where.domain}")
        page.keyboard.press("Enter")
    else:
        Person(page, where).give(f"admin@{where.domain}", "Let-me-in-1")
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()


def test_the_content_is_in_the_nameless_frame_after_a_decoy(tenant: Add, page: Page) -> None:
    _in(page, tenant(two_factor=False))
    frames = page.locator("iframe")
    expect(frames).to_have_count(2)
    assert "DialogIFrameOverlay" in (frames.nth(0).get_attribute("src") or "")
    assert frames.nth(1).get_attribute("name") is None


def test_the_new_button_itself_makes_a_person_who_costs_a_licence(tenant: Add, page: Page) -> None:
    person = _in(page, tenant(two_factor=False))
    person.open_resources()
    button = person.content.locator(".DropDownButton2").get_by_text("New", exact=True)
    window = person.opened_by(button.click)
    expect(window).to_have_title("Autotask - New Resource")
    expect(window.get_by_text("Generate Key")).to_have_count(0)


@pytest.mark.parametrize("shown", ["box", "text"])
@pytest.mark.parametrize("controls", ["drawn", "native"])
def test_a_user_that_exists_gets_a_new_secret(tenant: Add, page: Page, shown: str, controls: str) -> None:
    form_options = {"secret_on_edit": shown, "controls": controls, "save_check_ms": 3000, "secret_drops": "~"}
    user = {"user_name": "key1@old.example", "vendor": "Rewst - Automation"}
    where = tenant(two_factor=False, user_form=form_options, api_users=[user])
    person = _in(page, where)
    person.open_resources()
    window = person.opened_by(
        lambda: person.menu_of("User, Integration").get_by_text("Edit Resource", exact=True).click()
    )
    secret = window.locator("[data-role=secret]")
    expect(secret.get_by_role("textbox")).to_have_count(0)
    expect(window.locator("body")).to_contain_text("Rewst - Automation")
    window.get_by_text("Generate Secret", exact=True).click()
    save = window.locator(".Button2", has_text="Save & Close")
    expect(save).to_have_class(re.compile("Disabled2"))
    if shown == "box":
        secret.get_by_role("textbox").fill("Ours~Is-better-1")
        # Leaving the box is a change, too.
        secret.get_by_role("textbox").press("Tab")
    else:
        expect(secret.locator(".ReadOnly2")).not_to_contain_text("Click")
    wanted = "OursIs-better-1" if shown == "box" else secret.locator(".ReadOnly2").inner_text()
    expect(save).not_to_have_class(re.compile("Disabled2"))
    with window.expect_event("close"):
        save.locator(".Text2").click()
    assert where.api_users()[0].secret_is(wanted)


def test_inactive_users_hide_until_asked_for(tenant: Add, page: Page) -> None:
    where = tenant(two_factor=False, api_users=[{"user_name": "key1@old.example", "last_name": "Old", "active": False}])
    person = _in(page, where)
    person.open_resources()
    expect(person.row("Old, Integration")).to_have_count(0)
    person.content.get_by_text("Show Inactive").click()
    person.row("Old, Integration").wait_for()
    person.menu_of("Old, Integration").get_by_text("Activate Resource", exact=True).click()
    expect(person.row("Old, Integration").locator(".BooleanCell .Checked")).to_be_visible()
    person.menu_of("Old, Integration").get_by_text("Inactivate Resource", exact=True).click()
    person.content.locator("#ConfirmationDialogNoButton").click()
    assert where.api_users()[0].active
    person.menu_of("Old, Integration").get_by_text("Inactivate Resource", exact=True).click()
    person.content.locator("#ConfirmationDialogYesButton").click()
    expect(person.row("Old, Integration").locator(".BooleanCell .Checked")).to_have_count(0)
    assert not where.api_users()[0].active


EDITORS: dict[str, dict[str, t.Any]] = {
    "first markup": {"editor_markup": "B"},
    "second markup": {"editor_markup": "C"},
    "copy of 2017": {
        "editor_markup": "B",
        "level_form": {"table_rows": "container", "hints": "beneath", "group_headings": "plain", "buttons": "submit"},
    },
    "pages of today": {
        "editor_markup": "C", "drawn_lists": "inside", "list_ms": 300,
        "level_form": {"frame": "scrolling", "table_rows": "container", "hints": "beneath", "decimals": 4},
    },
}  # fmt: skip


@pytest.mark.parametrize("editor", EDITORS)
def test_the_editor(tenant: Add, page: Page, editor: str) -> None:
    costless = {"other": {"can_view_internal_cost_on_resource_page": False}}
    where = tenant(
        two_factor=False, **EDITORS[editor], links_skip=["admin_kaseya_integrations"],
        levels=[{"name": "Mine", "settings": costless}],
        admin={"internal_cost": False}, api_users=[{"user_name": "key1@old.example", "level": "Mine"}],
    )  # fmt: skip
    person = _in(page, where)
    person.open_security_levels()
    form = Form(person.opened_by(lambda: person.menu_of("Mine (API-only)").get_by_text("Edit", exact=True).click()))
    expect(form.section("Other").get_by_text("Can create Webhooks")).to_be_hidden()
    form.section("Other").get_by_text("No Permission").click()
    form.section("Admin").get_by_text("No Permission").click()
    expect(form.section("Other").get_by_text("Can create Webhooks")).to_be_hidden()
    form.unfold("Other")
    form.unfold("Admin")
    assert not form.is_ticked("Can export Grid Data")
    assert form.is_ticked("Kaseya Integrations"), "the link may leave this one alone"

    number = form.field("Maximum number of Webhooks").locator("input")
    expect(number).to_be_disabled()
    form.tick("Can create Webhooks")
    expect(number).to_be_enabled()
    form.press("Save")
    expect(form.page.locator(".ValidationSummary")).to_have_text("Required")
    number.fill("7")

    cost = "Can view Internal Cost section on New/Edit Resource page"
    form.section("Other").get_by_text("Full Permission").click()
    assert form.is_ticked("Can export Grid Data") and not form.is_ticked("Resources with a shared/common Department")
    assert form.is_ticked(cost) is False, "only somebody who has it can give it"
    form.tick("Can add and edit Dashboard widgets/tabs", on=False)
    assert not form.is_ticked("Can manage Shared Dashboard Tabs"), "cleared with what it depends on"
    form.press("Resources")
    expect(form.page.get_by_text("Integration User")).to_be_visible()
    form.press("Save")
    form.page.wait_for_load_state()
    expect(form.page.locator(".TabBar .SelectedState, .TabButton.Active")).to_have_text("General")
    other = where.level("Mine").settings["other"]
    assert other["maximum_number_of_webhooks"] == 7 and other["can_view_internal_cost_on_resource_page"] is False
    form.unfold("Other")
    decimals = where.options["level_form"]["decimals"]
    expect(form.field("Maximum number of Webhooks").locator("input")).to_have_value(f"{7:.{decimals}f}")


def test_a_drawn_list_that_keeps_its_list_inside(tenant: Add, page: Page) -> None:
    where = tenant(two_factor=False, editor_markup="C", drawn_lists="inside", levels=[{"name": "Mine"}])
    person = _in(page, where)
    person.open_security_levels()
    form = Form(person.opened_by(person.row("Mine (API-only)").dblclick))
    cell = form.cell("Contracts", "Contracts", "View").locator(".SingleItemSelector2")
    assert (cell.text_content() or "").startswith("AllAllAllOrganizationsNone"), "shown twice, and the list"
    form.unfold("Contracts")
    expect(cell).to_have_text("All", use_inner_text=True)
    form.set_cell("Contracts", "Contracts", "View", "None")
    expect(cell).to_have_text("None", use_inner_text=True)
    expect(cell.locator("[data-is-selected=true]")).to_have_text("None")
    form.save_and_close()
    assert where.level("Mine").settings["contracts"]["contracts"]["view"] == "None"


def test_what_is_chosen_in_a_picker_can_be_a_chip(tenant: Add, page: Page) -> None:
    person = _in(page, tenant(two_factor=False, pickers=True, chips=True))
    person.open_resources()
    person.content.locator(".DropDownButton2").hover()
    form = Form(person.opened_by(person.content.get_by_text("New API User", exact=True).click))
    vendor = form.field("Integration Vendor")
    expect(vendor.locator("[data-item-type=Default]")).to_have_text("Enter or Choose Integration Vendor")
    vendor.locator("input").press_sequentially("365 sy")
    results = form.page.locator(".ItemSet .Item")
    expect(results).to_have_text(["Work 365 Sync"])
    expect(results.locator("mark")).to_have_text("365 Sy")
    results.click()
    expect(vendor.locator(".Chip > .Text")).to_have_text("Work 365 Sync")
    expect(vendor.locator("input")).to_have_value("")
    vendor.locator(".RemoveButton").click()
    expect(vendor.locator(".Chip")).to_have_count(0)
    vendor.locator(".EditorButton2").click()
    expect(results.nth(10)).to_be_visible()


def test_an_editor_may_come_with_its_sections_open_and_wait_with_its_buttons(tenant: Add, page: Page) -> None:
    options = {"sections_open": True, "save_waits": True}
    where = tenant(two_factor=False, levels=[{"name": "Mine"}], editor_markup="C", level_form=options)
    person = _in(page, where)
    person.open_security_levels()
    form = Form(person.opened_by(person.row("Mine (API-only)").dblclick))
    expect(form.field("Can create Webhooks")).to_be_visible()
    expect(form.page.locator("[data-command=save]")).to_have_class(re.compile("Disabled2"))
    form.press("Save")
    assert not where.events("level_saved")
    form.tick("Active", on=False)
    form.save_and_close()
    assert not where.level("Mine").active


def test_the_window_can_tell_whose_database_it_is_and_who_is_there(tenant: Add, page: Page) -> None:
    person = _in(page, tenant(two_factor=False, database="Alder Live", profile="initials"))
    expect(page).to_have_title("Autotask - Alder Live")
    button = page.locator("[data-slot='header:utility-buttons'] .profile button")
    expect(button).to_have_text("AA Alex")
    assert button.get_attribute("title") is None
    person.log_out()


def test_scripts_cannot_do_what_people_do(tenant: Add, page: Page) -> None:
    where = tenant(two_factor=False, levels=[{"name": "Mine"}], editor_markup="C")
    person = _in(page, where)
    person.open_security_levels()
    form = Form(person.opened_by(person.row("Mine (API-only)").dblclick))
    form.field("Name").locator("input").evaluate("box => { box.value = 'Set by a script'; }")
    button = form.page.get_by_text("Save & Close", exact=True)
    button.dispatch_event("click")
    assert not where.events("level_saved")
    form.save_and_close()
    assert where.events("level_saved")[0].object == "Mine"


def test_element_ids_differ_on_every_load(tenant: Add, page: Page) -> None:
    person = _in(page, tenant(two_factor=False))
    person.open_security_levels()
    ids = []
    for _ in range(2):
        window = person.opened_by(person.row("API User (system) (API-only)").dblclick)
        ids.append(window.locator("[id^=z]").evaluate_all("all => all.map(each => each.id)"))
        window.close()
    assert len(ids[0]) > 200 and not set(ids[0]) & set(ids[1])
    assert all(re.fullmatch("z[0-9a-f]{32}", each) for each in ids[0])


def test_a_broken_connection_stays_broken_though_the_browser_asks_twice(
    simulator: RunningSimulator, tenant: Add, page: Page
) -> None:
    where = tenant(two_factor=False)
    _in(page, where)
    simulator.store.arm("reset", domain=where.domain, page="security_levels")
    address = "/Mvc/AdministrationSetup/SecurityLevel.mvc/SecurityLevelList"
    with pytest.raises(PlaywrightError, match="net::ERR_"):
        page.goto(address)
    second = page.context.new_page()
    second.wait_for_timeout(300)
    second.goto(address)
    expect(second.get_by_text("API User (system) (API-only)")).to_be_visible()


def test_faults_that_a_person_sees(simulator: RunningSimulator, tenant: Add, page: Page) -> None:
    where = tenant(two_factor=False, levels=[{"name": "Mine"}])
    person = _in(page, where)

    def arm(kind: str, name: str, **options: t.Any) -> None:
        simulator.store.arm(kind, domain=where.domain, page=name, options=options)

    arm("list_not_loaded", "security_level_rows")
    person.open_users_category()
    person.content.get_by_text("Security Levels", exact=True).click()
    expect(person.content.get_by_text("There are no records.")).to_be_visible()
    arm("popup_blocked", "security_levels")
    person.open_security_levels()
    person.menu_of("Mine (API-only)").get_by_text("Edit", exact=True).click()
    person.content.get_by_text("Allow pop-up windows").wait_for()
    person.content.locator("#AlertDialogOkayButton").click()
    person.open_security_levels()

    arm("guide", "edit_level")
    arm("alert", "edit_level", text="Something changed.")
    arm("save_unanswered", "save_level")
    menu = person.menu_of("Mine (API-only)")
    form = Form(person.opened_by(lambda: menu.get_by_text("Edit", exact=True).click()))
    expect(form.page.get_by_text("Something changed.")).to_be_visible()
    form.page.get_by_role("button", name="Got it").click()
    form.page.locator("#AlertDialogOkayButton").click()
    form.type("Name", "Renamed")
    form.press("Save")
    expect(form.page.get_by_text("could not be reached")).to_be_visible()
    assert where.level("Renamed"), "stored, though nobody said so"

    arm("session_expired", "save_level")
    form.page.locator("#AlertDialogOkayButton").click()
    form.press("Save")
    form.page.wait_for_url("**/Authenticate?ReturnUrl=*")
