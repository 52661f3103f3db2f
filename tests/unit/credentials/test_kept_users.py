# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several users in one run of a module: what came of each is noted, whatever became of the others."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials import user as kept_user
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Entry
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import FileStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.rotation import Wish, begin
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import Seal
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import KeptUser
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.users import (
    KeptUsers,
    UsersToLookAt,
    together,
)

Data = dict[str, t.Any]
KEYS = ("cow", "work365", "verification")
WANTED = [
    {"name": "cow", "security_level": {"name": "COW"}, "resources": [{"key": "cow"}]},
    {"name": "work365", "resources": [{"key": "work365"}, {"key": "verification", "take_over": True}]},
]


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    monkeypatch.setattr(kept_user, "SIBLING_SECONDS", 0.1)
    return Keeper(FileStore(tmp_path / "credentials" / "alder.yml"), Seal.of_password("hunter2"), "alder.example")


def users(
    keeper: Keeper, check: bool = False, kind: type[KeptUsers] = KeptUsers, wanted: list[Data] = WANTED, **given: t.Any
) -> KeptUsers:
    def kept_user(given: Data) -> KeptUser:
        return KeptUser(keeper, given["key"], given["key"], take_over=given.get("take_over", False), check=check)

    return kind(wanted, given, kept_user)


def saved(key: str, **more: t.Any) -> Data:
    name = f"{key}1@alder.example"
    return {"key": key, "changed": True, "secret_set": True, "resource": {"user_name": name}, **more}


def answer(done: t.Sequence[str], failed_at: str = "", reason: str = "not_stored", **more: t.Any) -> Data:
    """What the module returns that has *done* the users, and failed at one."""
    found: Data = {"changed": bool(done), "diff": [{"after": key} for key in done]}
    found["integrations"] = [
        {
            "name": each["name"],
            "security_level": {"changed": True},
            "resources": [saved(user["key"]) for user in each["resources"] if user["key"] in done],
        }
        for each in WANTED
    ]
    if failed_at or more or reason != "not_stored":
        place = {"integration": "cow" if failed_at == "cow" else "work365", "object": failed_at} if failed_at else {}
        found |= {"failed": True, "msg": "It failed.", "failure": {"reason": reason, **place, **more}}
    return found


def kept(keeper: Keeper) -> dict[str, Entry]:
    return dict(keeper.read().kept.users)


def names_of(filled: list[Data]) -> dict[str, Data]:
    return {user["key"]: user for each in filled for user in each["resources"]}


def test_each_user_gets_what_is_kept_of_it_and_the_module_nothing_else(keeper: Keeper) -> None:
    filled = names_of(users(keeper).fill_in())
    assert {key: (user["user_name"], user["secret"]) for key, user in filled.items()} == {
        key: (entry.user_name, entry.secret) for key, entry in kept(keeper).items()
    }
    assert set(filled) == set(KEYS) and not any("take_over" in user for user in filled.values())


def test_a_secret_that_was_made_by_hand_is_given_beside_the_integrations(keeper: Keeper) -> None:
    assert names_of(users(keeper, secrets={"cow": "Given-secret-1"}).fill_in())["cow"]["secret"] == "Given-secret-1"
    with pytest.raises(AutotaskError, match="put it in quotes"):
        users(keeper, secrets={"cow": 1234567})


def test_what_is_done_is_noted_and_nothing_secret_is_returned(keeper: Keeper) -> None:
    several = users(keeper)
    several.fill_in()
    result = answer(KEYS)
    result["integrations"][1]["resources"][1]["tracking_identifier"] = "CANARY-IDENTIFIER"
    shown = several.note(result)
    assert all(entry.secret_set for entry in kept(keeper).values())
    assert kept(keeper)["verification"].tracking_identifier == "CANARY-IDENTIFIER"
    assert "CANARY-IDENTIFIER" not in str(shown)
    assert shown["integrations"][1]["resources"][1]["kept"]["has_tracking_identifier"]


def test_a_failure_at_one_user_leaves_the_earlier_noted_and_the_later_put_away(keeper: Keeper) -> None:
    several = users(keeper)
    later = names_of(several.fill_in())["verification"]["secret"]
    shown = several.note(answer(["cow"], "work365", user_name="work3651@alder.example"))
    assert shown["failed"] and shown["integrations"][0]["resources"][0]["kept"]["secret_set"]
    found = kept(keeper)
    assert found["cow"].secret_set
    assert not found["work365"].secret_set, "what may have been saved stays kept"
    assert "verification" not in found
    # Another run may be using it.
    assert names_of(users(keeper).fill_in())["verification"]["secret"] == later


def test_a_user_that_is_there_already_is_told_with_what_to_do(keeper: Keeper) -> None:
    several = users(keeper)
    several.fill_in()
    shown = several.note(answer(["cow"], "work365", reason="other_user_name", user_names=["taken@alder.example"]))
    assert "take the user over with user_name: taken@alder.example" in shown["msg"]
    assert set(kept(keeper)) == {"cow"}


@pytest.mark.parametrize(("reason", "left"), [("wrong_password", set()), ("internal_error", set(KEYS))])
def test_only_what_was_surely_not_come_to_is_put_away(keeper: Keeper, reason: str, left: set[str]) -> None:
    several = users(keeper)
    several.fill_in()
    several.note(answer([], reason=reason))
    assert set(kept(keeper)) == left


def test_where_one_user_cannot_be_had_nothing_is_made_for_the_others(keeper: Keeper) -> None:
    first = users(keeper)
    first.fill_in()
    first.note(answer(["cow", "work365"], "verification", reason="user_missing"))
    begin(keeper, Wish(("work365",)), check=False)
    with pytest.raises(AutotaskError, match="interrupted"):
        users(keeper).fill_in()
    assert set(kept(keeper)) == {"cow", "work365"}


def test_a_check_makes_nothing(keeper: Keeper) -> None:
    several = users(keeper, check=True)
    several.fill_in()
    several.note(answer(KEYS))
    assert keeper.read().version == ""


def test_of_a_look_one_user_that_cannot_be_had_does_not_keep_the_others_back(keeper: Keeper) -> None:
    first = users(keeper)
    first.fill_in()
    first.note(answer(KEYS))
    before = keeper.read().version
    named = [
        WANTED[0],
        {**WANTED[1], "resources": [{"key": "work365", "user_name": "another"}, {"key": "verification"}]},
    ]
    look = users(keeper, check=True, kind=UsersToLookAt, wanted=named)
    assert set(names_of(look.fill_in())) == {"cow", "verification"}
    found = {"changed": False, "integrations": answer(["cow", "verification"])["integrations"]}
    found["integrations"][0]["resources"][0] |= {"failed": True, "msg": "No form.", "failure": {"reason": "not_seen"}}
    shown = look.note(found)
    seen = names_of(shown["integrations"])
    assert "no second one is made" in seen["work365"]["msg"] and seen["work365"]["failed"]
    assert seen["cow"]["msg"] == "No form." and "failed" not in seen["verification"]
    assert "failed" not in shown and set(shown["kept"]) == {"cow", "verification"}
    assert keeper.read().version == before


def test_a_user_that_a_look_finds_by_another_name_is_told_with_what_to_do(keeper: Keeper) -> None:
    look = users(keeper, check=True, kind=UsersToLookAt)
    look.fill_in()
    failure = {"reason": "other_user_name", "user_names": ["taken@alder.example"]}
    there = {"key": "cow", "failed": True, "msg": "It exists already.", "failure": failure}
    shown = look.note({"integrations": [{"name": "cow", "security_level": None, "resources": [there]}]})
    assert "take the user over with user_name: taken@alder.example" in names_of(shown["integrations"])["cow"]["msg"]
    assert kept(keeper) == {}


def test_the_loser_of_a_race_goes_on_and_tells_of_both_its_runs(keeper: Keeper) -> None:
    loser, winner = users(keeper), users(keeper)
    loser.fill_in()
    winner.fill_in()
    winner.note(answer(["work365"]))
    broken_off = answer(["cow"], "work365", reason="user_in_use")
    assert loser.made_by_a_sibling(broken_off)
    first = loser.note_done(broken_off)
    filled = names_of(loser.fill_in())
    assert {filled[key]["update_secret"] for key in ("cow", "work365")} == {"on_create"}
    again = answer(KEYS)
    for each in again["integrations"]:
        each["resources"] = [{**user, "changed": user["key"] == "verification"} for user in each["resources"]]
    told = together(first, loser.note(again))
    changed = {user["key"]: user["changed"] for each in told["integrations"] for user in each["resources"]}
    assert changed == {"cow": True, "work365": False, "verification": True}
    assert told["changed"] and "failed" not in told and len(told["diff"]) == 1 + len(KEYS)


def test_an_outcome_that_cannot_be_noted_fails_and_the_others_are_noted(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = users(keeper)
    several.fill_in()
    note = Keeper.note

    def note_all_but_one(self: Keeper, changes: Data, new: t.Any = None) -> bool:
        if "cow" in changes:
            raise AutotaskError("The disk is full.", "disk_full")
        return note(self, changes, new)

    monkeypatch.setattr(Keeper, "note", note_all_but_one)
    shown = several.note(answer(KEYS))
    assert shown["failed"] and "could not be noted: The disk is full." in shown["msg"]
    assert kept(keeper)["work365"].secret_set and kept(keeper)["verification"].secret_set
