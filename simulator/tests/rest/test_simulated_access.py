# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From settings to access: the rules, and that every call obeys them."""

from __future__ import annotations

import typing as t

import pytest
from autotask_simulator.rest.access import rule_of, rules, setting
from autotask_simulator.rest.entities import ACTIONS, entities

if t.TYPE_CHECKING:
    from .conftest import World

NOBODY = dict.fromkeys(ACTIONS, "None")


def test_every_entity_has_a_rule_for_all_it_can() -> None:
    for entity in entities().values():
        assert {action for action in ACTIONS if entity.can(action)} <= rule_of(entity.name).conditions.keys(), entity


def test_every_rule_is_used_and_says_where_it_comes_from() -> None:
    assert {rule_of(name).name for name in entities()} == {rule.name for rule in rules()}
    assert all(rule.source and rule.confidence for rule in rules())


def test_every_setting_a_rule_names_is_on_the_page(world: World) -> None:
    level = world.tenant.level("API User (system)")
    for rule in rules():
        for path in rule.paths:
            assert setting(level, path) is not None, path


def access(query: str, create: str, update: str, delete: str = "None") -> dict[str, str]:
    return {"query": query, "create": create, "update": update, "delete": delete}


@pytest.mark.parametrize(
    ("entity", "settings", "expected"),
    [
        ("Contracts", {}, access("All", "All", "All")),
        ("Contracts", {"contracts.contract_visibility": "Limited"}, NOBODY),
        ("Contracts", {"contracts.contracts.view": "Organizations"}, access("Restricted", "All", "All")),
        ("Contracts", {"contracts.contracts.view": "None"}, access("None", "All", "All")),
        ("Contracts", {"contracts.contracts.add": "No"}, access("All", "None", "All")),
        ("ContractServices", {"contracts.contract_visibility": "None"}, NOBODY),
        ("ContractServiceUnits", {}, access("All", "None", "None")),
        ("ContractServiceAdjustments", {}, access("None", "All", "None")),
        ("ContractServiceAdjustments", {"contracts.contract_visibility": "None"}, NOBODY),
        ("ContractCharges", {}, access("All", "All", "All", "All")),
        ("Services", {"admin.admin_products_services_inventory": False}, access("All", "None", "None")),
        ("Products", {"inventory.products.view": "None"}, NOBODY),
        ("Products", {"inventory.products.add": "No"}, access("All", "None", "All")),
        ("Products", {"inventory.products.add": "No", "inventory.products.edit": "No"}, access("All", "None", "None")),
        ("Products", {"admin.admin_products_services_inventory": False}, access("All", "All", "All")),
        (
            "Products",
            {
                "admin.admin_products_services_inventory": False,
                "inventory.inventory_items.view": "None",
                "inventory.inventory_locations.view": "None",
            },
            NOBODY,
        ),
        ("Companies", {"crm.organizations.add": "No"}, access("All", "None", "All")),
        ("Companies", {"crm.organizations.edit": "No"}, access("All", "All", "None")),
        ("Companies", {"crm.access_vendors_and_partners": "None"}, access("All", "All", "All")),
        ("Contacts", {"crm.contacts.add": "No"}, access("All", "None", "All", "All")),
        ("Contacts", {"crm.contacts.delete": "None"}, access("All", "All", "All")),
        ("Resources", {}, access("All", "None", "All")),
        ("Resources", {"admin.admin_resources_users_hr": False}, access("All", "None", "None")),
        ("Resources", {"other.limit_resource_availability": True}, access("Restricted", "None", "All")),
        ("BillingCodes", {}, access("All", "None", "None")),
        ("CompanyWebhooks", {}, NOBODY),
        ("CompanyWebhooks", {"other.can_create_webhooks": True}, access("All", "All", "All", "All")),
        ("Tickets", {"service_desk.tickets.view": "Mine"}, access("Restricted", "All", "All")),
        ("TimeEntries", {}, access("All", "Restricted", "Restricted", "Restricted")),
    ],
)
def test_access_follows_the_settings(
    world: World, entity: str, settings: dict[str, t.Any], expected: dict[str, str]
) -> None:
    assert world.user_with(settings).access(entity) == expected


def test_no_companies_without_any_class_of_them(world: World) -> None:
    classes = ("access_customer_and_cancelation", "access_vendors_and_partners", "access_prospects_leads_and_dead")
    assert world.user_with({f"crm.{name}": "None" for name in classes}).access("Companies") == NOBODY
    assert world.user_with({f"crm.{name}": "Mine" for name in classes}).access("Companies")["query"] == "Restricted"


def test_services_query_can_need_the_admin_right(make_world: type[World]) -> None:
    world = make_world(rest={"services_query": "admin"})
    assert world.user_with({"admin.admin_products_services_inventory": False}).access("Services") == NOBODY


def test_a_page_without_the_resources_row_lets_resources_be_read(world: World) -> None:
    api = world.user_with({"admin.resources_object_permission.view": "None"})
    assert api.access("Resources")["query"] == "None"
    level = world.tenant.level(world.tenant.api_user(api.user_name).level_id)
    del level.settings["admin"]["resources_object_permission"]
    world.tenant.update_level(level.id, settings=level.settings)
    assert api.access("Resources")["query"] == "All"


def test_none_really_blocks_with_the_recorded_words(world: World) -> None:
    """What entityInformation says is what happens, for every entity and action, as somebody without any grant."""
    api = world.user_with({}, base="Minimal Access (system)")
    assert api.call("GET", "Companies/0").status_code == 401, "this level has no API login"
    api = world.user_with({"web_services_api.can_login_to_web_services_api": True}, base="Minimal Access (system)")
    words = "The logged in Resource does not have the adequate permissions to {} this entity type."
    for entity in entities().values():
        granted = api.access(entity.path)
        if entity.has_query and granted["query"] == "None":
            assert api.refusal("POST", f"{entity.path}/query", {"filter": []}) == words.format("query")
        base = f"{entity.parent}/1/{entity.child}" if entity.parent else entity.path
        methods = entity.child_methods if entity.parent else entity.root_methods
        for method, action, path in (
            ("POST", "create", base),
            ("PATCH", "update", base),
            ("PUT", "update", base),
            ("DELETE", "delete", f"{base}/1"),
        ):
            if method in methods and granted[action] == "None":
                assert api.refusal(method, path, {}) == words.format(action)


def test_impersonation_is_refused_for_reads_api_users_and_without_the_grant(world: World) -> None:
    people = [person for person in world.tenant.resources() if not person.is_api_user]
    person, api_user = str(people[0].id), str(world.tenant.api_user(world.full.user_name).id)
    body = {"id": 1001, "phone": "555-0199"}
    allowed = world.user_with({"web_services_api.impersonation_organizations": {"edit": True}})
    world.tenant.update_level(
        people[0].level_id,
        settings={
            **world.tenant.level(people[0].level_id).settings,
            "web_services_api": {"allow_impersonation_of_resources": True},
        },
    )
    assert "permissions to query" in allowed.refusal("GET", "Companies/0", ImpersonationResourceId=person)
    assert allowed.call("PATCH", "Companies", body, ImpersonationResourceId=person).status_code == 200
    assert "permissions to update" in allowed.refusal("PATCH", "Companies", body, ImpersonationResourceId=api_user)
    without = world.user_with({"web_services_api.impersonation_organizations": {"edit": False}})
    assert "permissions to update" in without.refusal("PATCH", "Companies", body, ImpersonationResourceId=person)
