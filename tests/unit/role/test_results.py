# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an entry point came to is said of this call alone."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._integration.results import failed_with, outcome_of

PART: dict[str, t.Any] = {
    "key": "work365",
    "title": "Work 365",
    "verify_option": "work365_integration_verify",
    "level": {"name": "Work 365 API User"},
    "verification_key": "verification",
    "prover": "verification",
    "kept": {"work365": {"user_name": "key1@alder.example"}},
    "is_known": True,
    "settings": {"security_level_name": "Work 365 API User"},
}
USER = {"changed": True, "resource": {"user_name": "key1@alder.example", "locked": False}}
SKIPPED = {"skipped": True, "changed": False}


def result(entry_point: str, check: bool = False, part: t.Mapping[str, t.Any] = PART, **answers: t.Any) -> t.Any:
    """Of a tenant that has one integration."""
    plan = {"entry_point": entry_point, "alone": True, "parts": {part["key"]: part}}
    return outcome_of(plan, answers, check).result


def loop(*items: t.Mapping[str, t.Any], **each: t.Any) -> dict[str, t.Any]:
    """What a task with a loop returned of its items, which go by their names or keys."""
    done = [{"ansible_loop_var": "__item", "__item": key, **answer} for key, answer in each.items()]
    return {"results": [*items, *done]}


def console_run(**users: t.Any) -> dict[str, t.Any]:
    """What the run of the console came to; the level is one of the keywords."""
    level = users.pop("level", None)
    resources = [{"key": key, **user} for key, user in users.items()]
    return {"integrations": [{"name": "work365", "security_level": level, "resources": resources}]}


def test_what_was_skipped_proves_nothing() -> None:
    proven = loop(verification={"proven": True, "verdict": "Proven.", "report": []})
    run = console_run(work365=USER)
    assert result("main", run=run, access=proven).proven
    for nothing in ({}, SKIPPED, loop(SKIPPED)):
        assert not result("main", run=run, access=nothing).proven


def test_changes_and_locked_users_are_named() -> None:
    locked = {**USER, "resource": {**USER["resource"], "locked": True}}
    found = result("main", run=console_run(level={"changed": True}, work365=locked))
    assert found.changed and found.user_name == "key1@alder.example"
    assert found.summary.startswith("changed security level, user of work365; LOCKED")
    assert result("main", check=True, run=console_run(work365=USER)).summary == "would change user of work365"
    same = {**USER, "changed": False}
    assert result("main", run=console_run(work365=same)).summary == "ok, nothing to change"


def test_what_was_not_looked_at_is_not_said_to_be_as_wanted() -> None:
    for nothing in ({}, SKIPPED):
        assert result("main", run=nothing).summary.startswith("no level and no user was looked at")


def test_made_inactive_is_said_of_users_that_were_seen() -> None:
    users = loop(
        work365={"changed": True, "resource": {"user_name": "a@b"}}, verification={"changed": False, "resource": None}
    )
    found = result("decommission", retired=users, level=loop(work365={"changed": True}))
    assert found.summary == "made inactive: a@b; level deleted"


def test_a_level_that_somebody_unknown_has_is_a_failure() -> None:
    part = {**PART, "kept": {}, "is_known": False}
    level = loop(work365={"failure": {"users": ["Somebody"], "active_users": ["Somebody"]}})
    found = result("decommission", part=part, retired=SKIPPED, level=level)
    assert found.failed and "name it in work365_integration_user_name" in found.summary
    assert not result("decommission", retired=SKIPPED, level=level).failed


def test_of_several_each_is_named_unless_all_are_alike() -> None:
    parts = {key: {**PART, "key": key, "called": f"alder@{key}", "kept": {}} for key in ("cow", "rewst")}
    plan = {"entry_point": "decommission", "alone": False, "parts": parts}
    gone = {"cow": {"changed": True}, "rewst": {"changed": True}}
    both = outcome_of(plan, {"retired": SKIPPED, "level": loop(**gone)}, check=False).result
    assert both.changed and both.summary == "made inactive: nobody; level deleted"
    gone["rewst"] = {"changed": False}
    one = outcome_of(plan, {"retired": SKIPPED, "level": loop(**gone)}, check=False).result
    assert one.summary == (
        "alder@cow: made inactive: nobody; level deleted; alder@rewst: made inactive: nobody; there is no such level"
    )


def test_a_rotation_says_what_a_person_must_do() -> None:
    both = result("rotate_secret", begun={"due": ["verification", "work365"]})
    assert both.summary == "replaced the secret of verification and work365; type that of work365 into Work 365"
    assert result("rotate_secret", begun={"due": []}).summary == "no secret is due"
    plan = {"entry_point": "rotate_secret", "alone": True, "parts": {}}
    users = {"cow": {"made_here": False, "secret_set": False}, "rewst": {"made_here": True, "secret_set": True}}
    for by_hand, said in {False: "; that of cow was made by hand and stays", True: ""}.items():
        wish = {"users": [{"key": "cow"}, {"key": "rewst"}], "made_by_hand": by_hand}
        told = outcome_of({**plan, "rotation": wish}, {"begun": {"due": [], "users": users}}, check=False).result
        assert told.summary.partition(", but")[0] == f"no secret is due{said}"


def test_why_a_tenant_failed_is_told_in_one_line_with_the_names_of_variables() -> None:
    said = failed_with({"failed": True, "msg": "It was refused.\n  Check 'console_password', not 'other'."})
    assert said.failed and not said.changed
    assert said.reason == "It was refused. Check 'work365_integration_console_password', not 'other'."
    assert said.summary == f"FAILED: {said.reason}"


def test_of_a_loop_the_item_says_why_it_failed() -> None:
    items = [{"changed": True}, {"failed": True, "msg": "No such user."}]
    assert failed_with({"failed": True, "msg": "One or more items failed", "results": items}).reason == "No such user."


def test_a_failure_without_words_points_to_the_task_and_a_long_one_is_cut() -> None:
    assert failed_with({"failed": True}).reason == "see the task above"
    long = failed_with({"failed": True, "msg": "word " * 300}).reason
    assert len(long) <= 500 and long.endswith("word ...")
