# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The published instruction for Work 365, followed by hand on each variant of the simulator.

Steps and words are those of Work 365's article "Setup Integration User & Role in Autotask" and of Autotask's own help;
nothing of the collection is used.
"""

from __future__ import annotations

import os
import typing as t

import pytest
from autotask_simulator.generate import varied_fleet
from autotask_simulator.store import Tenant
from playwright.sync_api import Page, expect
from simulator_person import Form, Person

LEVEL = "Work 365 API User"
BASE = "API User (system) (API-only)"

VARIANTS: dict[str, dict[str, t.Any]] = {
    "today": {},
    "older": {
        "look": "older", "organization": "Company", "editors": "popup", "copy_stored": "on_save",
        "two_factor": False, "none_identifier": True, "asset": "Configuration Item",
    },
    "second markup": {
        "editor_markup": "C", "organization": "Account", "editors": "popup", "section_toggle": "toggle",
        "menu": "icons", "late_ms": 300, "theme": "dark", "in_out_dialog": True, "copy_label": "Copy",
        "copy_stored": "on_save", "two_factor": False,
    },
    "as in the pictures": {
        "editor_markup": "C", "two_factor": False, "drawn_lists": "inside", "list_ms": 500, "pickers": True,
        "chips": True, "profile": "initials", "workforce_management": True, "cooper_copilot": True,
        "level_form": {"frame": "scrolling", "table_rows": "container", "hints": "beneath", "decimals": 4},
    },
    "mixed": {
        "editor_markup": "C", "organization": "Business Unit", "section_links": "older", "expand_all": True,
        "early_access_badge": True, "slow_ms": 100, "people": 70, "labels": "older",
    },
}  # fmt: skip


# Some more that a seed makes up, without what somebody left behind in them.
LEFT_BEHIND = ("domain", "levels", "api_users")
VARIANTS |= {
    f"made up {number}": {key: value for key, value in raw.items() if key not in LEFT_BEHIND}
    for number, raw in enumerate(varied_fleet(int(os.environ.get("SIMULATED_TENANTS", "2")), seed=11)["tenants"])
}


SHORT = ["second markup", "as in the pictures"]
"""The others are marked as long."""


@pytest.mark.parametrize(
    "variant", [pytest.param(name, marks=[] if name in SHORT else [pytest.mark.long]) for name in VARIANTS]
)
def test_the_article_can_be_followed(variant: str, tenant: t.Callable[..., Tenant], page: Page) -> None:
    where = tenant(**VARIANTS[variant])
    person = Person(page, where)
    person.log_in()
    _make_level(person)
    _check_level(where)
    secret = _make_user(person)
    _check_user(where, secret)
    person.log_out()


def _make_level(person: Person) -> None:
    person.open_security_levels()
    menu = person.menu_of(BASE, by_icon=person.options["editors"] == "tab")
    form = Form(person.opened_by(lambda: menu.get_by_text(person.options["copy_label"], exact=True).click()))
    form.type("Name", LEVEL)
    form.tick("Active")

    links = form.page.get_by_text("None" if person.options["section_links"] == "older" else "No Permission", exact=True)
    expect(links.locator("visible=true")).to_have_count(11 + person.options["workforce_management"])
    for link in links.locator("visible=true").all():
        link.click()

    form.unfold("Contracts")
    form.set_cell("Contracts", "Contracts", "View", "All")
    form.set_cell("Contracts", "Contracts", "Add", "Yes")
    form.unfold("CRM")
    form.set_cell("CRM", "Customer & Cancelation", "View", "All")
    form.set_cell("CRM", person.organizations, "Add", "Yes", table=1)
    expect(form.cell("CRM", person.organizations, "View", table=1)).to_have_text("see above")
    form.unfold("Inventory")
    form.set_cell("Inventory", "Products", "View", "All")
    form.unfold("Other")
    form.tick("Not required to change password", within="Other")
    form.unfold("Web Services API")
    form.tick("Can login to Web Services API", within="Web Services API")
    form.save_and_close()
    expect(person.row(f"{LEVEL} (API-only)")).to_be_visible()


def _check_level(where: Tenant) -> None:
    level = where.level(LEVEL)
    assert level.active and level.api_only and not level.system
    assert [each.name for each in where.levels() if not each.system] == [LEVEL], "no left-over copy"
    settings = level.settings
    assert settings["contracts"]["contracts"] == {"view": "All", "add": "Yes"}
    assert settings["contracts"]["contract_visibility"] == "None"
    assert settings["crm"]["access_customer_and_cancelation"] == "All"
    assert settings["crm"]["organizations"]["add"] == "Yes"
    assert settings["service_desk"]["tickets"]["view"] == "Mine", "a list without None stops at its lowest word"
    assert settings["other"]["not_required_to_change_password"] is True
    assert settings["web_services_api"]["can_login_to_web_services_api"] is True
    granted = [key for values in settings.values() for key, value in values.items() if value is True]
    granted = [key for key in granted if key not in where.options["links_skip"]]
    assert sorted(granted) == ["can_login_to_web_services_api", "not_required_to_change_password"]
    assert where.level("API User (system)").settings["contracts"]["contract_visibility"] == "Full", "untouched"


def _make_user(person: Person) -> str:
    person.open_resources(commonly_used=person.options["shell"] == "older")
    person.content.locator(".DropDownButton2").hover()
    new = person.content.get_by_text("New API User", exact=True)
    form = Form(person.opened_by(new.click))
    form.type("First Name", "Work 365")
    form.type("Last Name", "Integration")
    form.type("Email Address", "work365@example.com")
    form.choose("Security Level", LEVEL)
    form.choose("Primary Internal Location", person.options["locations"][0])
    form.press("Generate Key")
    form.press("Generate Secret")
    box = form.field("Password (Secret)").locator("input")
    expect(box).not_to_have_value("")
    secret = box.input_value()
    form.choose("Integration Vendor", "Work 365 Sync")
    form.save_and_close()
    person.filter_names("Integration")
    expect(person.row("Integration, Work 365")).to_be_visible()
    return secret


def _check_user(where: Tenant, secret: str) -> None:
    [user] = where.api_users()
    assert user.secret_is(secret) and len(secret) == 25
    key, _, domain = user.user_name.partition("@")
    assert len(key) == 15 and domain == where.domain
    assert where.level(user.level_id).name == LEVEL
    assert user.tracking == "vendor" and len(user.tracking_identifier) == 27
