# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The comparison of what is stored with the matrix notices all that is wrong: too much, too little, twice."""

from __future__ import annotations

import copy
import typing as t

import pytest
import stored_state
from autotask_simulator.fleet import parse_fleet
from autotask_simulator.records import Level
from autotask_simulator.seed import sow
from autotask_simulator.settings_page import page_for
from autotask_simulator.store import Store, Tenant

PERMISSIONS = stored_state.granted()


@pytest.fixture(params=["today", "older"])
def tenant(request: pytest.FixtureRequest) -> Tenant:
    """A tenant as the role should leave it."""
    store = Store()
    user = {"level": stored_state.LEVEL}
    spec = {
        "domain": "alder.example",
        "look": request.param,
        "organization": "Company",
        "levels": [{"name": stored_state.LEVEL}],
        "api_users": [
            {**user, "user_name": "one@alder.example", "vendor": stored_state.VENDOR},
            {**user, "user_name": "two@alder.example", "custom": "Work 365 verification"},
        ],
    }
    sow(store, parse_fleet({"tenants": [spec]}))
    (tenant,) = store.tenants()
    tenant.update_level(level_of(tenant).id, settings=wanted_settings(tenant))
    return tenant


def level_of(tenant: Tenant) -> Level:
    return tenant.level(stored_state.LEVEL)


def wanted_settings(tenant: Tenant) -> dict[str, t.Any]:
    settings: dict[str, t.Any] = {}
    for control in page_for(tenant.options, api_only=True).controls.values():
        wanted = stored_state.wanted_of(control, PERMISSIONS)
        control.write(settings, control.empty if wanted is stored_state.LEFT_ALONE else wanted)
    return settings


def test_nothing_is_wrong_with_what_the_role_should_leave(tenant: Tenant) -> None:
    assert stored_state.mistakes(tenant, PERMISSIONS) == []


def test_every_grant_of_the_matrix_is_on_the_page(tenant: Tenant) -> None:
    """Or a setting with a key that the simulator spells otherwise would never be compared."""
    page = page_for(tenant.options, api_only=True)
    places = {(control.section, control.key) for control in page.controls.values()}
    granted = {(section, key) for section, settings in PERMISSIONS.items() for key in settings}
    assert granted <= places


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("other", "can_create_webhooks", True),
        ("contracts", "contract_visibility", "None"),
        ("web_services_api", "can_login_to_web_services_api", False),
        ("crm", "contacts", {"delete": "All"}),
    ],
)
def test_a_setting_too_many_or_too_few_is_noticed(tenant: Tenant, section: str, key: str, value: t.Any) -> None:
    level = level_of(tenant)
    settings = copy.deepcopy(level.settings)
    settings[section][key] = {**settings[section][key], **value} if isinstance(value, dict) else value
    tenant.update_level(level.id, settings=settings)
    (mistake,) = stored_state.mistakes(tenant, PERMISSIONS)
    assert mistake.startswith(f"{section}.{key}")


def test_a_second_level_is_noticed(tenant: Tenant) -> None:
    level = level_of(tenant)
    values = {name: getattr(level, name) for name in level.__dataclass_fields__ if name != "id"}
    tenant.add_level(**{**values, "name": "Copy of API User (system)"})
    assert "custom levels" in stored_state.mistakes(tenant, PERMISSIONS)[0]


@pytest.mark.parametrize(
    "change",
    [{"active": False}, {"locked": True}, {"tracking": "vendor"}, {"level_id": 1}],
    ids=["inactive", "locked", "second user with the vendor", "another level"],
)
def test_a_wrong_user_is_noticed(tenant: Tenant, change: dict[str, t.Any]) -> None:
    tenant.update_resource(tenant.api_user("two@alder.example").id, **change)
    assert stored_state.mistakes(tenant, PERMISSIONS)


def test_another_vendor_is_noticed(tenant: Tenant) -> None:
    other = next(vendor.id for vendor in tenant.vendors() if vendor.label != stored_state.VENDOR)
    tenant.update_resource(tenant.api_user("one@alder.example").id, vendor_id=other)
    assert "tracking identifier" in stored_state.mistakes(tenant, PERMISSIONS)[0]


def test_looking_is_no_write_and_everything_else_is(tenant: Tenant) -> None:
    for verb, thing in (("page", "Admin"), ("GET", "Companies/entityInformation"), ("POST", "Companies/query")):
        tenant.log(verb, thing)
    assert stored_state.writes(tenant) == []
    for verb, thing in (("level_saved", "x"), ("POST", "Companies"), ("something_new", "")):
        tenant.log(verb, thing)
    assert [event.verb for event in stored_state.writes(tenant)] == ["level_saved", "POST", "something_new"]
