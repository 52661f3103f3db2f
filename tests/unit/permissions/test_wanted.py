# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option permissions: what is right becomes wishes, what is wrong is said all at once."""

from __future__ import annotations

import typing as t

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import (
    PermissionMistakes,
    as_permissions,
    parse,
)
from hypothesis import given

from .permission_pages import permissions


def wishes(text: str, **options: t.Any) -> dict[str, t.Any]:
    return {wish.path: wish.value for wish in parse(yaml.safe_load(text), **options)}


def mistakes(text: str, **options: t.Any) -> list[str]:
    with pytest.raises(PermissionMistakes) as caught:
        parse(yaml.safe_load(text), **options)
    assert all(f"- {mistake}" in caught.value.message for mistake in caught.value.mistakes)
    return list(caught.value.mistakes)


def test_natural_yaml_is_understood() -> None:
    assert wishes("""
        contracts:
          contracts: {view: ALL, add: yes}
          contract_visibility: Full
          can_approve_and_post: my projects
        service_desk:
          tickets: {view: none}
        other:
          can_create_webhooks: "on"
          maximum_number_of_webhooks: "10"
          by_label:
            Can do something new: true
            Group > Label: all
            New row: {View: all, Edit (Update): false}
        web_services_api:
          impersonation_tickets: {add: true}
    """) == {
        "contracts.contracts.view": "all",
        "contracts.contracts.add": "yes",
        "contracts.contract_visibility": "full",
        "contracts.can_approve_and_post": "my projects",
        "service_desk.tickets.view": "none",
        "other.can_create_webhooks": True,
        "other.maximum_number_of_webhooks": 10,
        'other.by_label["Can do something new"]': True,
        'other.by_label["Group > Label"]': "all",
        'other.by_label["New row"].View': "all",
        'other.by_label["New row"].Edit (Update)': False,
        "web_services_api.impersonation_tickets.add": True,
    }


def test_every_mistake_is_named_with_its_place_and_what_was_meant() -> None:
    assert mistakes("""
        othr: {}
        contracts:
          contract_visibilty: full
          tickets: {view: all}
          contract_visibility: sometimes
          contracts: {view: limited, ad: true}
        inventory:
          products: all
          inventory_items: {edit: true}
        other:
          not_required_to_change_password: mine
          maximum_number_of_webhooks: 0
        timesheet:
          time_off_request_times_optional: true
        general_information:
          active: true
        crm: [organizations]
    """) == [
        "othr: the page has no such section; nearest: other",
        "contracts.contract_visibilty: section Contracts has no such setting; nearest: contract_visibility, contracts",
        "contracts.tickets: section Contracts has no such setting; it belongs to service_desk",
        "contracts.contract_visibility: 'sometimes' is not a value here; give Full, Limited or None",
        "contracts.contracts.view: 'limited' is not a value here; give All, Organizations or None",
        "contracts.contracts.ad: the row has no such column; nearest: add",
        "inventory.products: must be a dictionary, not 'all'",
        "inventory.inventory_items.edit: the page shows this as text, it cannot be set. "
        "Edit follows Add. Inventory products and stocked items; some pages may have one row for all.",
        "other.not_required_to_change_password: 'mine' is not a value for a check box; give true or false",
        "other.maximum_number_of_webhooks: 0 is too small; the minimum is 1",
        "timesheet.time_off_request_times_optional: its label is not published; "
        "use timesheet.by_label with your page's label",
        "general_information: section General Information is not set here. "
        "The module sets the name and whether the level is active by options of their own.",
        "crm: must be a dictionary, not ['organizations']",
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("other: {can_create_webhooks: true}", "needs other.maximum_number_of_webhooks with a number as well"),
        ("other: {maximum_number_of_webhooks: 5}", "needs other.can_create_webhooks: true as well"),
        ("other: {limit_resources_shared_department: true}", "needs other.limit_resource_availability: true as well"),
        (
            "timesheet: {can_access_time_off_and_payroll_reports: true}",
            "needs reports.report_category_time_and_expenses: true as well",
        ),
    ],
)
def test_impossible_combinations_are_named(text: str, mistake: str) -> None:
    assert mistakes(text)[0].endswith(mistake)
    assert parse(yaml.safe_load(text), purge=False), "without purge the page may hold the other half already"


def test_a_contradiction_is_impossible_even_without_purge() -> None:
    text = "documents_knowledgebase: {can_manage_documents: true, can_access_documents: false}"
    assert mistakes(text, purge=False) == [
        "documents_knowledgebase.can_manage_documents: needs documents_knowledgebase.can_access_documents: true as well"
    ]


@pytest.mark.parametrize("value", ["null", "[]", "''", "3.5"])
def test_what_is_no_value_is_refused_everywhere(value: str) -> None:
    places = [
        f"contracts: {{contract_visibility: {value}}}",
        f"other: {{can_create_webhooks: {value}}}",
        f"other: {{maximum_number_of_webhooks: {value}, can_create_webhooks: true}}",
        f"other: {{by_label: {{Something: {value}}}}}",
    ]
    for place in places:
        assert len(mistakes(place, purge=False)) == 1


def test_a_list_that_nobody_has_read_takes_any_word() -> None:
    assert wishes("crm: {dashboard_display: Sales Dashboard}") == {"crm.dashboard_display": "Sales Dashboard"}


@given(permissions())
def test_what_is_printed_parses_to_the_same(given_permissions: dict[str, t.Any]) -> None:
    wanted = parse(given_permissions)
    assert parse(as_permissions(wanted)) == wanted


@given(permissions())
def test_every_value_that_is_given_becomes_one_wish(given_permissions: dict[str, t.Any]) -> None:
    written = [
        f"{section}.{key}{suffix}"
        for section, lines in given_permissions.items()
        for key, value in lines.items()
        for suffix in ([f".{column}" for column in value] if isinstance(value, dict) else [""])
    ]
    assert [wish.path for wish in parse(given_permissions)] == written
