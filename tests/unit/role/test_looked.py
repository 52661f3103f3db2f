# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is said of a tenant that could not be looked at whole."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._integration.looked import Looked

AUDIT = {"list_levels": False, "read_levels": [], "read_users": True, "read_levels_of_users": False}
PREFLIGHT = {**AUDIT, "list_levels": True, "read_levels": ["Base"]}

INTEGRATIONS = [
    {"name": "cow", "security_level": {"name": "COW"}, "resources": [{"key": "cow"}]},
    # One that has no level of its own, and no user yet.
    {"name": "rewst", "resources": []},
]
FAILED = {"failed": True, "msg": "Time is over.", "failure": {"reason": "deadline_passed"}}


def looked(asked: dict[str, t.Any], **answer: t.Any) -> Looked:
    return Looked({"look": asked, "integrations": INTEGRATIONS}, answer)


def test_a_failure_stands_for_all_that_was_not_come_to() -> None:
    level = {"changed": False, "created": False}
    done = [{"name": "cow", "security_level": level, "resources": []}, {**INTEGRATIONS[1], "security_level": None}]
    found = looked(AUDIT, **FAILED, integrations=done, levels_read=[])
    assert found.level("cow") == level
    assert {found.user("cow")["msg"], found.users["msg"]} == {"Time is over."}
    assert not found.level("rewst") and not found.user("rewst") and not found.all_levels


def test_where_no_level_can_be_listed_that_is_said_once() -> None:
    found = looked(PREFLIGHT, **FAILED)
    assert found.all_levels["msg"] == "Time is over."
    assert not any([found.level("cow"), found.user("cow"), found.users, found.level_read("Base")])
    later = looked(PREFLIGHT, **FAILED, security_levels=[])
    assert later.all_levels == {"security_levels": []}
    assert later.level_read("Base")["failed"] and later.level("cow")["failed"] and later.users["failed"]


def test_what_failed_for_itself_is_said_of_itself() -> None:
    found = looked(
        PREFLIGHT,
        security_levels=[],
        levels_read=[{"name": "Base", **FAILED}, {"name": "Other", "security_levels": [{"name": "Other"}]}],
        users_read={"resources": []},
        integrations=[{"name": "cow", "security_level": FAILED, "resources": [{"key": "cow", **FAILED}]}],
    )
    assert found.level_read("Base")["failed"] and found.level("cow")["failed"] and found.user("cow")["failed"]
    assert found.levels_read == [{"name": "Other"}] and found.users == {"resources": []}


def test_a_task_that_did_not_run_says_nothing() -> None:
    found = Looked({}, {})
    assert not any([found.all_levels, found.users, found.level("cow"), found.user("cow"), found.landmarks])
