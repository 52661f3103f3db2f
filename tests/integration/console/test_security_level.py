# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One security level through its life."""

from __future__ import annotations

import functools
import operator
import typing as t

import pytest
from simulated_console import BASE, Console

NEW_SETTING = {"section": "other", "group": "Miscellaneous", "label": "Can use the new thing"}

Add = t.Callable[..., Console]


def test_a_level_is_created_kept_and_repaired(console: Add) -> None:
    tenant = console()

    predicted = tenant.level(check=True)
    assert predicted["changed"] and predicted["created"] and not tenant.writes
    created = tenant.level()
    assert created["changed"] and created["created"]
    assert created["diff"] == predicted["diff"]
    level = tenant.tenant.level("Reader")
    assert level.active and level.api_only
    assert level.settings["contracts"]["contracts"] == {"view": "All", "add": "No"}
    assert not level.settings["web_services_api"]["can_login_to_web_services_api"]
    assert created["security_level"]["settings"]["Contracts"]["Contracts"]["View"] == "All"
    assert not [warning for warning in created.get("warnings", []) if "does not have" in str(warning)]

    done = tenant.writes
    again = tenant.level(name="Reader (API-only)")
    assert not again["changed"] and again["diff"] == {"before": {}, "after": {}}
    assert tenant.writes == done
    assert len(tenant.verbs("logged_in")) == 1, "one login serves all tasks"

    settings = {**level.settings, "other": {**level.settings["other"], "can_export_grid_data": True}}
    tenant.tenant.update_level(level.id, settings=settings)
    predicted = tenant.level(check=True)
    assert predicted["changed"] and tenant.writes == done
    repaired = tenant.level()
    assert repaired["changed"] and not repaired["created"]
    assert repaired["diff"] == predicted["diff"]
    # In the words of variables, as that of the new level was.
    sides = {
        side: {"permissions": {"other": {"can_export_grid_data": side == "before"}}} for side in ("before", "after")
    }
    assert repaired["diff"] == sides
    (label,) = repaired["changed_settings"]["before"]["Other"]
    assert repaired["changed_settings"]["after"] == {"Other": {label: False}}
    assert tenant.tenant.events("level_saved")[-1].details["changed"] == {"other.can_export_grid_data": [True, False]}


def test_what_is_stored_only_after_its_window_has_closed_is_waited_for(console: Add) -> None:
    tenant = console(variant={"pages": ["level"], "saving": "the window closes before the answer"})
    tenant.arm("slow", "save_level_variant", options={"ms": 5000})
    assert tenant.level()["created"]
    assert not tenant.tenant.store.faults(), "the fault has struck"
    assert tenant.custom_levels() == ["Reader"]


@pytest.mark.long
def test_what_waits_for_another_setting_is_set_with_it(console: Add) -> None:
    tenant = console()
    wanted = {
        "documents_knowledgebase": {"can_access_knowledge_base": True, "can_manage_knowledge_base": True},
        "other": {"can_create_webhooks": True, "maximum_number_of_webhooks": 7},
    }
    assert tenant.level(permissions=wanted)["created"]
    stored = tenant.tenant.level("Reader").settings
    assert stored["documents_knowledgebase"]["can_manage_knowledge_base"]
    assert stored["other"]["can_create_webhooks"] and stored["other"]["maximum_number_of_webhooks"] == 7
    assert not tenant.level(permissions=wanted)["changed"]

    other = {**wanted, "other": {"can_create_webhooks": True, "maximum_number_of_webhooks": 8}}
    predicted = tenant.level(check=True, permissions=other)
    assert predicted["diff"]["after"] == {"permissions": {"other": {"maximum_number_of_webhooks": 8}}}
    assert tenant.level(permissions=other)["diff"] == predicted["diff"]
    assert tenant.level(permissions={})["changed"]
    assert not tenant.tenant.level("Reader").settings["other"]["can_create_webhooks"]


@pytest.mark.long
def test_unknown_settings_survive_unless_purged(console: Add) -> None:
    tenant = console(extra_settings=[NEW_SETTING], levels=[{"name": "Reader"}])
    level = tenant.tenant.level("Reader")
    key = next(key for key in level.settings["other"] if key.endswith("can_use_the_new_thing"))
    settings = {**level.settings, "other": {**level.settings["other"], key: True}}
    tenant.tenant.update_level(level.id, settings=settings)

    managed = tenant.level(purge_permissions=False, permissions={"contracts": {"contracts": {"add": "none"}}})
    assert managed["changed"]
    assert "Other > Can use the new thing" in managed["unknown_settings"]
    assert "Can use the new thing" in managed["printed"]
    stored = tenant.tenant.level("Reader").settings
    assert stored["other"][key] and stored["contracts"]["contracts"] == {"view": "All", "add": "No"}

    purged = tenant.level()
    assert purged["changed_settings"]["before"]["Other"]["Can use the new thing"] is True
    stored = tenant.tenant.level("Reader").settings
    assert not stored["other"][key] and stored["contracts"]["contracts"]["view"] == "All"


@pytest.mark.long
def test_an_inactive_level_is_activated(console: Add) -> None:
    tenant = console(levels=[{"name": "Reader", "active": False}])
    result = tenant.level(permissions=None, active=True)
    assert result["diff"] == {"before": {"active": False}, "after": {"active": True}}
    assert tenant.tenant.events("level_saved")[-1].details["changed"] == {"active": [False, True]}


@pytest.mark.long
def test_an_unfinished_copy_is_adopted_unless_it_is_in_use(console: Add) -> None:
    used = f"Copy (1) of {BASE}"
    tenant = console(levels=[{"name": used}, {"name": f"Copy (2) of {BASE}", "active": False}])
    assert tenant.level()["created"]
    assert sorted(tenant.custom_levels()) == [used, "Reader"]
    assert "level_copied" not in tenant.writes


@pytest.mark.long
@pytest.mark.parametrize("questions", ["dialog", "native"])
def test_only_an_unused_custom_level_is_deleted(console: Add, questions: str) -> None:
    users = [
        {"user_name": "a1@x.example", "first_name": "Ada", "last_name": "Busy", "level": "Used"},
        {"user_name": "b2@x.example", "first_name": "Bob", "last_name": "Idle", "level": "Used", "active": False},
    ]
    tenant = console(levels=[{"name": "Unused"}, {"name": "Used"}], api_users=users, questions=questions)

    assert tenant.level(name="Unused", state="absent", check=True)["changed"] and not tenant.writes
    assert tenant.level(name="Unused (API-only)", state="absent")["changed"]
    assert tenant.custom_levels() == ["Used"]
    assert not tenant.level(name="Unused", state="absent")["changed"]

    used = tenant.level(name="Used", state="absent")
    assert used["failure"]["reason"] == "in_use" and "Ada Busy" in used["msg"]
    assert used["failure"]["active_users"] == ["Ada Busy"] and used["failure"]["users"] == ["Ada Busy", "Bob Idle"]
    system = tenant.level(name=BASE, state="absent")
    assert system["failure"]["reason"] == "system_level"
    assert tenant.custom_levels() == ["Used"] and tenant.writes == ["level_deleted"]


@pytest.mark.long
def test_levels_are_found_on_every_page_of_the_list(console: Add) -> None:
    tenant = console(page_rows=25, levels=[{"name": f"Level {number:02}"} for number in range(20)])
    listed = tenant.run("autotask_security_level_info")["security_levels"]
    assert len(listed) > 25
    assert sorted(level["name"] for level in listed) == sorted(level.name for level in tenant.tenant.levels())
    # What it is copied from is on the first page, and it itself on the second.
    assert tenant.level(name="Zoning")["created"] and "Zoning" in tenant.custom_levels()


def test_what_somebody_else_saves_meanwhile_is_not_undone(console: Add) -> None:
    tenant = console(editors="named", levels=[{"name": "Reader"}])
    tenant.arm("concurrent_change", "edit_level")
    result = tenant.level(purge_permissions=False, permissions={"contracts": {"contracts": {"add": "none"}}})
    assert result["changed"] and list(result["diff"]["after"]["permissions"]) == ["contracts"]
    ours, theirs = tenant.tenant.events("level_saved")[-1], tenant.tenant.events("level_saved")[0]
    assert theirs.actor != ours.actor and not ours.details["changed"].keys() & theirs.details["changed"].keys()
    ((path, (_, new)),) = theirs.details["changed"].items()
    assert functools.reduce(operator.getitem, path.split("."), tenant.tenant.level("Reader").settings) == new
