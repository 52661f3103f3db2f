# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far a matrix's rights go."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.reach import Right, reach_of, right_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import own, shipped

from ..permissions.permission_pages import cells, settable


@pytest.mark.parametrize(
    ("permissions", "right"),
    [
        ({"crm": {"contacts": {"view": "all"}}}, Right.READ),
        ({"crm": {"access_customer_and_cancelation": "all"}}, Right.READ),
        ({"contracts": {"contract_visibility": "full"}}, Right.READ),
        ({"service_desk": {"can_view_non_billable_time_entries": True}}, Right.READ),
        ({"crm": {"contacts": {"add": True}}}, Right.WRITE),
        ({"contracts": {"can_modify_contract_internal_costs": True}}, Right.WRITE),
        ({"admin": {"resources_object_permission": {"edit": True}}}, Right.WRITE),
        ({"other": {"can_create_webhooks": True}}, Right.WRITE),
        ({"crm": {"contacts": {"delete": "all"}}}, Right.DELETE),
        ({"admin": {"admin_resources_users_hr": True}}, Right.CONFIGURE),
        ({"web_services_api": {"impersonation_tickets": {"delete": True}}}, Right.IMPERSONATE),
        ({"web_services_api": {"can_login_to_web_services_api": True}}, Right.RUN),
    ],
)
def test_a_right_is_what_it_lets_somebody_do(permissions: dict[str, t.Any], right: Right) -> None:
    (wish,) = parse(permissions, purge=False)
    assert right_of(wish) is right


def test_no_right_of_the_page_that_changes_something_counts_as_reading() -> None:
    reading = {
        (setting.key, column)
        for section, setting in settable()
        for column, cell in cells(setting)
        if right_of(parse({section.key: {setting.key: {column: _any(cell)} if column else _any(cell)}}, purge=False)[0])
        is Right.READ
    }
    assert not {key for key, column in reading if column not in (None, "view")}
    words = ("modify", "edit", "manage", "create", "add", "delete", "publish", "approve")
    assert not {key for key, column in reading if not column and any(word in key.split("_") for word in words)}


def _any(cell: t.Any) -> t.Any:
    if cell.kind is Kind.LIST:
        return cell.values[0] if cell.values else "all"
    return 10 if cell.kind is Kind.NUMBER else True


def test_restrictions_and_wishes_for_nothing_are_no_rights() -> None:
    settings = {"other": {"limit_resource_availability": True}, "crm": {"contacts": {"add": False}}}
    assert not any(reach_of(own({"title": "X", "settings": settings})).rights.values())


def test_what_a_system_level_allows_is_said_beside_the_list() -> None:
    assert (reach_of(shipped("it_glue")).on_top_of, reach_of(shipped("it_glue")).unchanged) == (
        "API User (system) (API-only)",
        True,
    )
    timezest = reach_of(shipped("timezest"))
    assert not timezest.unchanged and timezest.full_permission == ("crm", "projects", "service_desk")
    assert timezest.on_top_of and timezest.rights[Right.DELETE]
    assert reach_of(shipped("cow")).on_top_of is None


def test_beyond_reading_is_what_a_reader_would_not_need() -> None:
    assert [wish.path for wish in reach_of(shipped("cow")).beyond_reading] == [
        "crm.configuration_items_and_subscriptions.edit",
        "admin.admin_configuration_items",
    ]
    assert reach_of(shipped("thread_ticket_report")).beyond_reading == ()
