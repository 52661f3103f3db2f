# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A look at a tenant in one run of the console sees what the modules for one thing see, with fewer pages."""

from __future__ import annotations

import time
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import resource
from simulated_console import BASE, SECRET, VENDOR, Console, Result
from test_integrations import LANDING, LEVELS, USERS, integration

Add = t.Callable[..., Console]

MODULE = "autotask_integrations_info"
PATIENCE = 300

READER, OTHER = "Reader Level", "Other"

OF_A_RUN = {"messages", "diagnostics", "invocation", "warnings", "kept"}
"""What a module tells of its run, not of what it saw."""


def api_users() -> list[dict[str, t.Any]]:
    """The users of an integration, as somebody changed them, and four others."""
    own = [
        {"user_name": "readersync1@x.example", "last_name": "Sync", "vendor": VENDOR},
        {"user_name": "readerverification1@x.example", "last_name": "Somebody", "custom": "Reader proof"},
    ]
    others = [{"user_name": f"other{n}@x.example", "last_name": f"Other {n}", "custom": f"Own {n}"} for n in range(4)]
    levels = [READER, READER, OTHER, OTHER, OTHER, BASE]
    return [{"first_name": "Reader", "level": level, **user} for user, level in zip(own + others, levels, strict=True)]


@pytest.fixture
def tenant(console: Add) -> Console:
    levels = [{"name": READER}, {"name": OTHER}]
    return console(people=12, levels=levels, api_users=api_users())


def look(tenant: Console, *integrations: dict[str, t.Any], **options: t.Any) -> Result:
    return tenant.run(MODULE, **{"integrations": list(integrations), "timeout": PATIENCE, **options})


def pages(tenant: Console) -> list[str]:
    return [page.removeprefix("page ") for page in tenant.verbs("page")]


def seen(answer: dict[str, t.Any]) -> dict[str, t.Any]:
    return {name: value for name, value in answer.items() if name not in {*OF_A_RUN, "printed", "key"}}


EVERYTHING = {"read_users": True, "read_levels_of_users": True}


def test_everything_is_seen_in_one_run_and_nothing_is_opened_twice(tenant: Console) -> None:
    result = look(tenant, integration(), console_session=None, **EVERYTHING)
    opened = ["edit_level", *USERS, *["edit_api_user"] * 6, *LEVELS, "edit_level", "edit_level"]
    assert pages(tenant) == [*LANDING, *LEVELS, *opened]
    assert len(tenant.verbs("logged_in")) == 1 and not tenant.writes
    assert not result["changed"] and "diff" not in result and SECRET not in result["printed"]
    (reader,) = result["integrations"]
    assert reader["security_level"]["changed"] and not reader["security_level"]["created"]
    assert [user["resource"]["user_name"] for user in reader["resources"]] == [
        "readersync1@x.example",
        "readerverification1@x.example",
    ]
    assert len(result["users_read"]["resources"]) == 6
    assert sorted(level["name"] for level in result["levels_read"]) == sorted([READER, OTHER, BASE])


@pytest.mark.long
def test_it_sees_what_the_modules_for_one_thing_see(tenant: Console) -> None:
    wanted = integration()
    together = look(tenant, wanted, list_levels=True, read_levels=[BASE], **EVERYTHING)
    (found,) = together["integrations"]
    level = tenant.run("autotask_security_level", check=True, **wanted["security_level"])
    assert found["security_level"] == seen(level)
    for options, user in zip(wanted["resources"], found["resources"], strict=True):
        given = {name: value for name, value in options.items() if name != "key"}
        alone = tenant.run("autotask_resource", check=True, security_level=READER, **given)
        assert seen(user) == seen(alone)
    assert together["security_levels"] == tenant.run("autotask_security_level_info")["security_levels"]
    users = tenant.run("autotask_resource_info", details=True)["resources"]
    assert together["users_read"] == {"resources": users}
    names = list(dict.fromkeys([BASE, *(user["security_level"] for user in users)]))
    assert [level["name"] for level in together["levels_read"]] == names
    for read in together["levels_read"]:
        alone = tenant.run("autotask_security_level_info", name=read["name"])
        assert read["security_levels"] == alone["security_levels"]
    assert not tenant.writes


def test_what_one_look_fails_at_stands_in_its_place(tenant: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = integration()
    wanted["resources"][0]["location"] = "Nowhere"
    ensure_in = resource.ensure_in

    def fails_at_one(resources: t.Any, user: t.Any, means: t.Any) -> resource.Outcome:
        if user.user_name == "fault":
            raise ValueError("no such thing")
        return ensure_in(resources, user, means)

    monkeypatch.setattr(resource, "ensure_in", fails_at_one)
    wanted["resources"].append({"key": "fault", "user_name": "fault"})
    result = look(tenant, wanted, read_levels=["Nobody"])
    nowhere, verification, fault = result["integrations"][0]["resources"]
    assert nowhere["failed"] and nowhere["failure"]["reason"] == "not_offered" and "Nowhere" in nowhere["msg"]
    assert verification["changed"] and verification["resource"]["last_name"] == "Verification"
    assert fault["failure"] == {"reason": "internal_error"} and "no such thing" in fault["msg"]
    assert result["levels_read"] == [{"name": "Nobody", "security_levels": []}]
    assert len(tenant.verbs("logged_in")) == 1 and not tenant.writes


@pytest.mark.long
def test_what_is_broken_off_is_looked_at_once_more(tenant: Console) -> None:
    tenant.arm("http_500", "edit_api_user")
    result = look(tenant, integration(), **EVERYTHING)
    assert len(result["users_read"]["resources"]) == 6 and not result["integrations"][0]["resources"][0].get("failed")
    assert sum(step.startswith("Begin again") for step in result.steps) == 1
    assert len(tenant.verbs("logged_in")) == 1


@pytest.mark.long
def test_a_password_that_is_refused_is_tried_once(tenant: Console) -> None:
    result = look(tenant, integration(), list_levels=True, console_password="Another-password-1", **EVERYTHING)
    assert result["failure"]["reason"] == "wrong_password" and "object" not in result["failure"]
    assert result["integrations"] == [{"name": "Reader", "security_level": None, "resources": []}]
    assert len(tenant.verbs("login_failed")) == 1


@pytest.mark.long
def test_where_no_level_can_be_listed_nothing_else_is_looked_at(tenant: Console) -> None:
    tenant.arm("http_500", "security_levels", times=2)
    result = look(tenant, integration(), list_levels=True, **EVERYTHING)
    assert (result["failure"]["reason"], result["failure"]["object"]) == ("unavailable", "security_levels")
    assert "security_levels" not in result and "users_read" not in result and pages(tenant).count("resources") == 0


@pytest.mark.long
def test_where_there_is_no_other_level_nothing_else_is_looked_at(tenant: Console) -> None:
    wanted = integration()
    wanted["security_level"] |= {"name": "New", "copy_from": "Nobody"}
    result = look(tenant, wanted, stop_at_levels=True, **EVERYTHING)
    assert (result["failure"]["reason"], result["failure"]["object"]) == ("base_level_missing", "security_level")
    assert "users_read" not in result and pages(tenant).count("resources") == 0


@pytest.mark.long
def test_each_look_has_the_whole_time(tenant: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_in = resource.ensure_in

    def late(resources: t.Any, user: t.Any, means: t.Any) -> resource.Outcome:
        outcome = ensure_in(resources, user, means)
        resources.window.journal._deadline = time.monotonic()
        return outcome

    monkeypatch.setattr(resource, "ensure_in", late)
    result = look(tenant, integration(), **EVERYTHING)
    # Time was over at the end of each, which heeds it no more.
    assert len(result["users_read"]["resources"]) == 6
