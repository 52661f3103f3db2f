# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security levels in the simulated console: the list, copying, saving."""

from __future__ import annotations

import typing as t

import pytest
from autotask_simulator.settings_page import page_for
from simulated_tenant import SETUP, Console, Json, Start

LEVEL = f"{SETUP}/SecurityLevel.mvc"
API_USER = 24
DASHBOARD_USER = 21


def copy(console: Console, level_id: int = API_USER) -> Json:
    return console.form(f"{LEVEL}/CopySecurityLevel?securityLevelId={level_id}")


def save(console: Console, form: Json, name: str = "Mine", **changes: t.Any) -> Json:
    """Save what a form shows, with changes by setting key, or KEY.COLUMN for a cell."""
    level = console.tenant.level(form["source"] or form["id"])
    values: Json = {}
    for code, control in page_for(console.tenant.options, level.api_only).controls.items():
        value = control.read(level.settings)
        place = f"{control.key}__{control.column}" if control.column else control.key
        value = changes.pop(place, value)
        values[code] = control.meanings.index(value) if control.kind == "list" else value
    assert not changes, "no such setting"
    return console.post(
        f"{LEVEL}/SaveSecurityLevel", id=form["id"], source=form["source"], name=name, active=True, values=values
    )


def custom_names(console: Console) -> list[str]:
    return [level.name for level in console.tenant.levels() if not level.system]


def test_a_copy_is_stored_at_once_inactive_and_numbered(console: Start) -> None:
    somebody = console(copy_stored="at_once")
    copy(somebody)
    copy(somebody)
    assert custom_names(somebody) == ["Copy (1) of API User (system)", "Copy (2) of API User (system)"]
    made = somebody.tenant.level("Copy (1) of API User (system)")
    assert not made.active and made.api_only
    assert made.settings == somebody.tenant.level(API_USER).settings


def test_a_copy_is_stored_when_it_is_saved(console: Start) -> None:
    somebody = console(copy_stored="on_save")
    form = copy(somebody)
    assert custom_names(somebody) == []
    answer = save(somebody, form, contracts__view="None")
    assert answer["ok"]
    made = somebody.tenant.level("Mine")
    assert made.active and made.settings["contracts"]["contracts"] == {"view": "None", "add": "Yes"}
    assert answer["location"].endswith(f"securityLevelId={made.id}")


def test_some_levels_cannot_be_copied(console: Start) -> None:
    somebody = console()
    page = somebody.get(f"{LEVEL}/CopySecurityLevel?securityLevelId={DASHBOARD_USER}").get_data(as_text=True)
    assert "cannot be copied" in page
    assert custom_names(somebody) == []


@pytest.mark.parametrize("stored", ["at_once", "on_save"])
def test_there_are_at_most_fifty_api_only_levels(console: Start, stored: str) -> None:
    somebody = console(copy_stored=stored, levels=[{"name": f"Level {number}"} for number in range(50)])
    page = somebody.get(f"{LEVEL}/CopySecurityLevel?securityLevelId={API_USER}").get_data(as_text=True)
    assert "more than 50" in page
    full = copy(somebody, 17)
    assert save(somebody, full)["ok"], "levels of people do not count"


def test_system_levels_cannot_be_saved_or_deleted(console: Start) -> None:
    somebody = console()
    before = somebody.tenant.level(API_USER)
    form = somebody.form(f"{LEVEL}/EditSecurityLevel?securityLevelId={API_USER}")
    assert form["readOnly"]
    assert not save(somebody, form, contracts__view="None")["ok"]
    assert not somebody.post(f"{LEVEL}/Delete", key=API_USER)["ok"]
    assert not somebody.post(f"{LEVEL}/Inactivate", key=API_USER)["ok"]
    assert somebody.tenant.level(API_USER) == before


def test_a_level_in_use_cannot_be_deleted(console: Start) -> None:
    user = {"user_name": "key1@alder.example", "level": "Used"}
    somebody = console(levels=[{"name": "Used"}, {"name": "Unused"}], api_users=[user])
    answers = [somebody.post(f"{LEVEL}/Delete", key=somebody.tenant.level(name).id) for name in ("Used", "Unused")]
    assert "assigned" in answers[0]["message"] and answers[1] == {"ok": True}
    assert custom_names(somebody) == ["Used"]


def test_a_level_is_inactivated_and_activated(console: Start) -> None:
    somebody = console(levels=[{"name": "Mine"}])
    number = somebody.tenant.level("Mine").id
    assert somebody.post(f"{LEVEL}/Inactivate", key=number)["ok"]
    assert not somebody.tenant.level("Mine").active
    assert not somebody.post(f"{LEVEL}/Inactivate", key=number)["ok"]
    assert somebody.post(f"{LEVEL}/Activate", key=number)["ok"]
    assert somebody.tenant.level("Mine").active


@pytest.mark.parametrize(
    ("number", "stored"), [("", None), ("0", None), ("many", None), ("5", 5), (5, 5)],
)  # fmt: skip
def test_webhooks_need_their_number(console: Start, number: str | int, stored: int | None) -> None:
    somebody = console()
    answer = save(somebody, copy(somebody), can_create_webhooks=True, maximum_number_of_webhooks=number)
    assert answer["ok"] == (stored is not None)
    if stored:
        assert somebody.tenant.level("Mine").settings["other"]["maximum_number_of_webhooks"] == stored
    else:
        assert list(answer["errors"].values())[0] in ("Required", "The value must be greater than 0.")


def test_a_level_needs_a_name(console: Start) -> None:
    somebody = console()
    assert list(save(somebody, copy(somebody), name="  ")["errors"].values()) == ["Required"]


def test_what_depends_on_a_cleared_box_is_cleared(console: Start) -> None:
    somebody = console()
    save(somebody, copy(somebody), can_access_knowledge_base=False, report_category_time_and_expenses=False)
    settings = somebody.tenant.level("Mine").settings
    assert settings["documents_knowledgebase"]["can_manage_knowledge_base"] is False
    assert settings["timesheet"]["can_access_time_off_and_payroll_reports"] is False


def test_internal_cost_is_lost_in_a_copy_by_somebody_without_it(console: Start) -> None:
    somebody = console(admin={"internal_cost": False})
    save(somebody, copy(somebody), can_view_internal_cost_on_resource_page=True)
    assert somebody.tenant.level("Mine").settings["other"]["can_view_internal_cost_on_resource_page"] is False
    keeper = console()
    save(keeper, copy(keeper))
    assert keeper.tenant.level("Mine").settings["other"]["can_view_internal_cost_on_resource_page"] is True


def test_the_login_box_cannot_be_set_again_where_people_use_the_level(console: Start) -> None:
    somebody = console(levels=[{"name": "Admins", "copy_from": "System Administrator (system)"}, {"name": "Api"}])
    for name, locked in (("Admins", True), ("Api", False)):
        level = somebody.tenant.level(name)
        address = f"{LEVEL}/EditSecurityLevel?securityLevelId={level.id}"
        save(somebody, somebody.form(address), name=name, can_login_to_web_services_api=False)
        fields = page_for(somebody.tenant.options, level.api_only).controls
        box = next(code for code, control in fields.items() if control.key == "can_login_to_web_services_api")
        assert somebody.form(address)["controls"][box]["locked"] is locked


def test_a_save_says_in_the_event_log_what_changed(console: Start) -> None:
    somebody = console()
    save(somebody, copy(somebody), contracts__view="Organizations")
    details = somebody.tenant.events("level_saved")[0].details
    assert details["changed"]["contracts.contracts.view"] == ["All", "Organizations"]
    assert details["changed"]["name"] == ["Copy (1) of API User (system)", "Mine"]
    assert somebody.verbs() == ["logged_in", "level_copied", "level_opened", "level_saved"]


def test_another_language(console: Start) -> None:
    somebody = console(language="German", editor_markup="C", copy_stored="on_save")
    answer = somebody.get(f"{LEVEL}/SecurityLevelListRows").json
    assert answer and answer["menus"]["24"][1]["label"] == "Sicherheitsstufe kopieren"
    page = somebody.get(f"{LEVEL}/CopySecurityLevel?securityLevelId=24").get_data(as_text=True)
    assert ">Keine Rechte<" in page and ">No Permission<" not in page and '"Alle", "Eigene", "Keine"' in page


def test_the_list_shows_the_suffix_and_the_menu(console: Start) -> None:
    somebody = console(copy_label="Copy")
    answer = somebody.get(f"{LEVEL}/SecurityLevelListRows").json
    assert (
        answer
        and "API User (system) (API-only)" in answer["html"]
        and "Full Access (system) (API" not in answer["html"]
    )
    assert [item["label"] for item in answer["menus"]["24"]] == ["Edit", "Copy", "Activate", "Inactivate", "Delete"]
    assert [item["disabled"] for item in answer["menus"]["21"]] == [False, True, False, False, False]
