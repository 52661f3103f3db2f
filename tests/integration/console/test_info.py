# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that only read."""

from __future__ import annotations

import typing as t

import pytest
from samples import each
from simulated_console import VENDOR, Console

Add = t.Callable[..., Console]


@pytest.mark.parametrize("look", each(["today", "older"], in_make_test=["today"]))
def test_levels_are_listed_and_one_is_read_whole(console: Add, look: str) -> None:
    extra = {"section": "other", "group": "Miscellaneous", "label": "Can use the new thing"}
    levels = [{"name": "Reader"}, {"name": "Idle", "active": False}]
    tenant = console(look=look, levels=levels, extra_settings=[extra], editor_markup="C" if look == "today" else "B")

    listed = tenant.run("autotask_security_level_info")["security_levels"]
    assert {tuple(level.values()) for level in listed} == {
        (level.name, level.system, level.api_only, level.active) for level in tenant.tenant.levels()
    }
    (reader,) = tenant.run("autotask_security_level_info", name="reader (API-only)")["security_levels"]
    assert reader["name"] == "Reader" and "Other > Can use the new thing" in reader["unknown_settings"]
    assert "CRM > Organizations > View" in reader["texts"] and "CRM > Organizations > Add" not in reader["texts"]
    assert reader["settings"]["Contracts"]["Contracts"]["View"] == "All"
    assert not tenant.run("autotask_security_level_info", name="Nobody")["security_levels"]
    assert not reader["not_in_permissions"]
    assert not tenant.level(name="Reader", permissions=reader["permissions"])["changed"]
    assert not tenant.writes


USERS: list[dict[str, t.Any]] = [
    {"user_name": "one1@x.example", "first_name": "Ada", "last_name": "One", "vendor": VENDOR, "level": "Reader"},
    {"user_name": "two2@x.example", "first_name": "Bob", "last_name": "Two", "custom": "Own", "active": False},
]


def test_api_users_are_listed_and_one_is_read_whole(console: Add) -> None:
    tenant = console(people=60, levels=[{"name": "Reader"}], api_users=USERS)
    whole = tenant.run("autotask_resource_info", user_name="two2", name="Bob Two")
    (bob,) = whole["resources"]
    assert bob["user_name"] == "two2@x.example" and bob["tracking"] == {"type": "custom", "name": "Own"}
    assert "Old-secret-1" not in whole["printed"]
    assert tenant.tenant.api_user("two2@x.example").tracking_identifier not in whole["printed"]
    all_of_them = tenant.run("autotask_resource_info", details=True)["resources"]
    assert {(user["user_name"], user["tracking"]["type"]) for user in all_of_them} == {
        ("one1@x.example", "vendor"),
        ("two2@x.example", "custom"),
    }
    assert not tenant.writes


@pytest.mark.long
def test_api_users_are_listed_and_found_by_their_vendor(console: Add) -> None:
    tenant = console(people=60, levels=[{"name": "Reader"}], api_users=USERS)
    listed = tenant.run("autotask_resource_info")["resources"]
    assert {(user["name"], user["security_level"], user["active"]) for user in listed} == {
        ("One, Ada", "Reader", True),
        ("Two, Bob", "API User (system)", False),
    }
    (ada,) = tenant.run("autotask_resource_info", integration_vendor=VENDOR)["resources"]
    assert ada["user_name"] == "one1@x.example"


def test_a_check_tells_by_which_words_it_found_its_way(console: Add) -> None:
    tenant = console(organization="Client", copy_label="Copy")
    found = tenant.level(check=True)["diagnostics"]["landmarks"]
    assert found["organization_settings_and_users"] == ["Client Settings & Users"]
    assert found["copy"] == ["Copy"]
    assert found["level_name"] == ["Name"]
    assert found["new_api_user"] == []
    assert not tenant.writes
