# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's integrations in one run of the console: what was done, what was not done twice, and what is never lost."""

from __future__ import annotations

import functools
import subprocess
import sys
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import security_level
from ansible_collections.msp.autotask.plugins.module_utils._run import RUN, Process
from simulated_console import SECRET, VENDOR, Console, Hold, Result
from test_broken_off import VICTIMS, kill

Add = t.Callable[..., Console]

MODULE = "autotask_integrations"
PATIENCE = 600
"""Seconds for a whole run, whatever else the machine does."""

KEYS = ("sync", "verification")

LANDING = ["landing", "home"]
LEVELS = ["admin_category", "security_levels"]
USERS = ["admin_category", "resources"]
WITHOUT_CHANGE = [*LANDING, *LEVELS, "edit_level", *USERS, "edit_api_user", "edit_api_user"]
"""The pages that a person who knows the way would open, too."""

SECOND_LOOK = ["security_levels"], ["resources"]
"""What it costs to look once more, right before saving, whether somebody else has made it."""

FIRST = [
    *LANDING,
    *LEVELS,
    *["edit_level", "edit_level"],
    *SECOND_LOOK[0],
    "edit_level",
    *USERS,
    *["new_api_user", *SECOND_LOOK[1], "edit_api_user"] * 2,
]
"""The base level, its copy, what was stored; the form of each user, and what was stored."""


def integration(name: str = "Reader", vendor: str = VENDOR) -> dict[str, t.Any]:
    """A level, a user of a vendor, and one that proves what the level allows."""
    tracking = [
        {"integration_vendor": vendor},
        {"internal_integration": f"{name} proof", "return_tracking_identifier": True},
    ]
    users = [
        {
            "key": key,
            "user_name": f"{name}{key}1".lower(),
            "first_name": name,
            "last_name": key.capitalize(),
            "email": "alerts@msp.example",
            "secret": f"{SECRET}-{name}-{key}",
            **identifier,
        }
        for key, identifier in zip(KEYS, tracking, strict=True)
    ]
    level = {"name": f"{name} Level", "permissions": {"contracts": {"contracts": {"view": "all"}}}}
    return {"name": name, "security_level": level, "resources": users}


def run(tenant: Console, check: bool = False, **options: t.Any) -> Result:
    return tenant.run(MODULE, check, **{"timeout": PATIENCE, **options})


def done(tenant: Console, **options: t.Any) -> Result:
    """A run that must go well; one that fails has results, too."""
    result = run(tenant, **options)
    assert "failure" not in result, result["msg"]
    return result


def pages(tenant: Console) -> list[str]:
    return [page.removeprefix("page ") for page in tenant.verbs("page")]


def objects(result: Result) -> dict[str, dict[str, t.Any]]:
    """What became of each object that was come to."""
    found = {}
    for each in result["integrations"]:
        if each["security_level"]:
            found[f"{each['name']} level"] = each["security_level"]
        found.update({f"{each['name']} {user['key']}": user for user in each["resources"]})
    return found


def users(tenant: Console) -> list[str]:
    return sorted(user.user_name for user in tenant.tenant.api_users())


@pytest.mark.long
def test_two_integrations_are_made_in_one_run_as_predicted_and_kept(console: Add) -> None:
    tenant = console(people=12)
    wanted = [integration("Reader"), integration("Watcher", "Rewst")]

    predicted = done(tenant, check=True, integrations=wanted)
    assert not tenant.writes and len(tenant.verbs("logged_in")) == 1
    made = done(tenant, integrations=wanted)
    assert [each["name"] for each in made["integrations"]] == ["Reader", "Watcher"]
    assert sorted(tenant.custom_levels()) == ["Reader Level", "Watcher Level"]
    assert users(tenant) == sorted(
        f"{name}{key}1@{tenant.tenant.domain}" for name in ("reader", "watcher") for key in KEYS
    )
    assert all(
        tenant.tenant.api_user(f"{user['user_name']}@{tenant.tenant.domain}").secret_is(user["secret"])
        for each in wanted
        for user in each["resources"]
    )

    seen, real = objects(predicted), objects(made)
    assert list(seen) == list(real)
    for name, found in real.items():
        assert found["created"] and found["changed"]
        assert seen[name].keys() == found.keys()
        assert {what: seen[name][what] for what in ("changed", "created")} == {"changed": True, "created": True}
    levels = [each["security_level"]["diff"] for each in made["integrations"]]
    assert [each["security_level"]["diff"] for each in predicted["integrations"]] == levels

    written = tenant.writes
    again = done(tenant, integrations=wanted)
    assert not again["changed"] and again["diff"] == [] and tenant.writes == written
    assert not any(found["changed"] for found in objects(again).values())


@pytest.mark.long
def test_it_costs_few_pages_and_one_log_in(console: Add) -> None:
    tenant = console(people=12)
    assert done(tenant, integrations=[integration()], console_session=None)["changed"]
    first = pages(tenant)
    assert first == FIRST and len(first) == 13 + 3
    assert not done(tenant, integrations=[integration()], console_session=None)["changed"]
    assert pages(tenant)[len(first) :] == WITHOUT_CHANGE and len(WITHOUT_CHANGE) == 9
    assert len(tenant.verbs("logged_in")) == 2


@pytest.mark.long
def test_differences_are_shown_and_credentials_are_not(console: Add) -> None:
    tenant = console()
    result = run(tenant, integrations=[integration()])
    headers = [diff["before_header"] for diff in result["diff"]]
    assert headers == ["Reader: security_level", "Reader: sync", "Reader: verification"]
    assert result["diff"][0]["after"]["permissions"]["contracts"]["contracts"]["view"] == "all"
    identifier = objects(result)["Reader verification"]["tracking_identifier"]
    assert identifier and result["printed"].count(identifier) == 1
    assert SECRET not in result["printed"]


def test_a_failure_tells_what_was_done_before_it(console: Add) -> None:
    tenant = console()
    wanted = integration()
    wanted["resources"].reverse()
    wanted["resources"][1]["location"] = "Nowhere"
    result = run(tenant, integrations=[wanted])
    failure = result["failure"]
    assert (failure["reason"], failure["integration"], failure["object"]) == ("not_offered", "Reader", "sync")
    assert failure["messages"] == [] and "Nowhere" in result["msg"]
    before = objects(result)
    assert list(before) == ["Reader level", "Reader verification"] and before["Reader level"]["created"]
    (stored,) = tenant.tenant.api_users()
    noted = before["Reader verification"]
    assert noted["secret_set"] and not noted["secret_handed_over"]
    assert noted["resource"]["user_name"] == stored.user_name
    assert noted["tracking_identifier"] == stored.tracking_identifier
    assert result["changed"] and len(result["diff"]) == 2 and SECRET not in result["printed"]


@pytest.mark.long
def test_a_fault_of_our_own_tells_it_too(console: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = console()

    def fails(*_given: t.Any) -> t.NoReturn:
        raise ValueError("no such thing")

    monkeypatch.setattr("ansible_collections.msp.autotask.plugins.module_utils._reconcile.resource.ensure_in", fails)
    result = run(tenant, integrations=[integration()])
    assert result["failure"]["reason"] == "internal_error" and list(objects(result)) == ["Reader level"]


@pytest.mark.long
def test_an_object_is_begun_again_by_itself(console: Add, hold: Hold) -> None:
    """What was written to the level does not keep the user from it, and the level is not made again."""
    tenant = console()
    tenant.arm("slow", "new_api_user")
    process = tenant.start(MODULE, integrations=[integration()], timeout=PATIENCE)
    assert hold.reached.wait(240)
    kill(process.pid, VICTIMS["browser_lost"])
    hold.let_go.set()
    result = tenant.result(process)
    assert all(found["created"] for found in objects(result).values())
    assert sum(step.startswith("Begin again") for step in result.steps) == 1
    assert tenant.writes.count("level_copied") == 1 and tenant.custom_levels() == ["Reader Level"]
    assert len(users(tenant)) == 2 and len(tenant.verbs("logged_in")) == 1


@pytest.mark.long
def test_an_object_that_was_written_to_is_not_begun_again(console: Add, hold: Hold) -> None:
    tenant = console()
    tenant.arm("slow", "save_api_user")
    process = tenant.start(MODULE, integrations=[integration()], timeout=PATIENCE)
    assert hold.reached.wait(240)
    kill(process.pid, VICTIMS["browser_lost"])
    hold.let_go.set()
    result = tenant.result(process)
    assert result["failure"]["reason"] == "browser_lost" and result["failure"]["object"] == "sync"
    assert list(objects(result)) == ["Reader level"]


Happening = t.Callable[[t.Any], None]


@pytest.fixture
def after_the_level(monkeypatch: pytest.MonkeyPatch) -> t.Callable[[Happening], None]:
    """Return a function that lets something happen to the journal of a run once its first level is done."""

    def arrange(happening: Happening) -> None:
        ensure_in = security_level.ensure_in

        @functools.wraps(ensure_in)
        def and_then(levels: t.Any, wanted: t.Any) -> security_level.Outcome:
            outcome = ensure_in(levels, wanted)
            happening(levels.window.journal)
            return outcome

        monkeypatch.setattr(security_level, "ensure_in", and_then)

    return arrange


def assert_stopped_after_the_level(tenant: Console, result: Result, reason: str) -> None:
    failure = result["failure"]
    assert (failure["reason"], failure["object"]) == (reason, "sync")
    assert list(objects(result)) == ["Reader level"] and not users(tenant)


@pytest.mark.long
def test_the_deadline_is_for_the_whole_run(console: Add, after_the_level: t.Callable[[Happening], None]) -> None:
    tenant = console()
    after_the_level(lambda journal: setattr(journal, "_deadline", 0.0))
    result = run(tenant, integrations=[integration()])
    assert_stopped_after_the_level(tenant, result, "deadline_passed")


@pytest.mark.long
def test_a_lost_run_ends_between_two_objects(console: Add, after_the_level: t.Callable[[Happening], None]) -> None:
    tenant = console()
    playbook = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    known = Process.now(playbook.pid)
    assert known

    def ends(_journal: t.Any) -> None:
        playbook.kill()
        playbook.communicate()

    after_the_level(ends)
    result = run(tenant, integrations=[integration()], **{RUN: known.as_data()})
    assert_stopped_after_the_level(tenant, result, "run_is_over")


@pytest.mark.long
def test_levels_and_users_are_managed_alone_too(console: Add) -> None:
    """A user may name a level of another integration, or one that nobody manages here."""
    tenant = console(levels=[{"name": "Own"}])
    level, people = integration(), integration("Watcher")
    del level["resources"], people["security_level"]
    people["resources"] = [
        {**people["resources"][0], "security_level": "Own"},
        {**people["resources"][1], "security_level": "Reader Level"},
    ]
    predicted = done(tenant, check=True, integrations=[people, level])
    assert list(objects(predicted)) == ["Watcher sync", "Watcher verification", "Reader level"]
    made = done(tenant, integrations=[people, level])
    assert [found["resource"]["security_level"] for found in made["integrations"][0]["resources"]] == [
        "Own",
        "Reader Level",
    ]
    assert made["integrations"][0]["security_level"] is None and made["integrations"][1]["resources"] == []


def changed(**changes: t.Any) -> list[dict[str, t.Any]]:
    wanted = integration()
    wanted["resources"][1].update(changes)
    return [wanted]


@pytest.mark.long
@pytest.mark.parametrize(
    ("wanted", "reason", "where"),
    [
        (changed(key="sync"), "invalid_option", None),
        (changed(key="security_level"), "invalid_option", None),
        (changed(user_name="readersync1"), "invalid_option", None),
        ([integration(), integration()], "invalid_option", None),
        (changed(secret="Correct-Horse-9\n"), "malformed_secret", "verification"),
        ([{**integration(), "security_level": {"name": "A", "permissions": {"contract": {}}}}], None, "security_level"),
    ],
)
def test_what_cannot_be_meant_is_told_before_a_browser_starts(
    console: Add, wanted: list[dict[str, t.Any]], reason: str | None, where: str | None
) -> None:
    tenant = console()
    failure = run(tenant, integrations=wanted)["failure"]
    assert failure["reason"] == (reason or "invalid_permissions") and failure.get("object") == where
    assert not tenant.verbs("page")
