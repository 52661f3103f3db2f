# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated settings page: wording, links, what differs between tenants."""

from __future__ import annotations

import json
import typing as t
from dataclasses import asdict

import pytest
from autotask_simulator.fleet import TenantSpec
from autotask_simulator.settings_page import Page, page_for, setting_keys, system_levels
from autotask_simulator.wording import ORGANIZATION_TERMS, plural


def options(**changes: t.Any) -> dict[str, t.Any]:
    return TenantSpec(domain="alder.example", **changes).model_dump(by_alias=True)


def text_of(page: Page) -> str:
    return json.dumps([asdict(section) for section in page.sections])


@pytest.mark.parametrize("term", ORGANIZATION_TERMS)
@pytest.mark.parametrize("labels", ["today", "older"])
def test_the_page_speaks_the_tenants_words_and_stores_standard_ones(term: str, labels: str) -> None:
    page = page_for(options(organization=term, labels=labels), api_only=True)
    assert "<" not in text_of(page), "every placeholder is filled"
    view = next(c for c in page.controls.values() if (c.key, c.column) == ("contracts", "view"))
    assert view.words == ["All", plural(term), "None"]
    assert view.meanings == ["All", "Organizations", "None"]


def test_every_setting_is_on_some_page() -> None:
    active = options(workforce_management=True, cooper_copilot=True)
    shown = {control.key for api_only in (True, False) for control in page_for(active, api_only).controls.values()}
    assert shown == setting_keys()


def test_activations_add_a_section_and_a_box() -> None:
    before, after = page_for(options(), True), page_for(options(workforce_management=True, cooper_copilot=True), True)
    headings = [[section.heading for section in page.sections] for page in (before, after)]
    assert headings[1] == [*headings[0], "Workforce Management"]
    assert "Cooper Copilot" not in text_of(before) and "Cooper Copilot" in text_of(after)


def test_nothing_and_everything() -> None:
    page = page_for(options(), api_only=True)
    nothing, everything = page.filled(full=False), page.filled(full=True)
    assert nothing["service_desk"]["tickets"] == {"view": "Mine", "add": "No", "edit": "No", "delete": "None"}
    assert everything["service_desk"]["tickets"] == {"view": "All", "add": "Yes", "edit": "Yes", "delete": "All"}
    assert "edit" not in everything["contracts"]["contracts"], "a read-only cell has no value"
    assert everything["other"]["limit_resource_availability"] is False, "a restriction is no permission"
    assert everything["other"]["maximum_number_of_webhooks"] == 10
    assert nothing["other"]["maximum_number_of_webhooks"] is None


def test_the_api_user_level_starts_broad_but_without_webhooks_and_impersonation() -> None:
    level = next(level for level in system_levels(options()) if level.name == "API User (system)")
    assert level.settings["contracts"]["contracts"] == {"view": "All", "add": "Yes"}
    assert level.settings["other"]["can_create_webhooks"] is False
    impersonation = [value for key, value in level.settings["web_services_api"].items() if "impersonation" in key]
    assert impersonation and not any(any(row.values()) for row in impersonation)


def test_tenants_have_settings_of_their_own_and_lack_others() -> None:
    extras = [
        {"section": "inventory", "group": "Object Permissions", "label": "Kits",
         "row": {"view": "all_none", "add": "yes_no", "edit": "same_as_add", "delete": "all_none"}},
        {"section": "crm", "group": "Somewhere New", "label": "Can do magic", "list": ["Always", "Never"]},
    ]  # fmt: skip
    page = page_for(options(extra_settings=extras, hidden_settings=["can_access_news_feed"]), api_only=True)
    crm = next(section for section in page.sections if section.key == "crm")
    inventory = next(section for section in page.sections if section.key == "inventory")
    assert crm.groups[-1].title == "Somewhere New"
    assert [line.label for line in inventory.groups[0].lines][-1] == "Kits"
    assert "Can access News Feed" not in text_of(page)
    assert page.filled(full=True)["crm"]["extra_can_do_magic"] == "Always"


def test_impersonation_differs_between_kinds_of_levels() -> None:
    keys = {api_only: {c.key for c in page_for(options(), api_only).controls.values()} for api_only in (True, False)}
    assert "impersonation_tickets" in keys[True] and "allow_impersonation_of_resources" not in keys[True]
    assert "impersonation_tickets" not in keys[False] and "allow_impersonation_of_resources" in keys[False]
