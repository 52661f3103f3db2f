# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module is told what is kept of its user, and what came of it is noted, however it ended."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._handover import HandedOver
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials import user as kept_user
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked, Entry
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import FileStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper, moment
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.rotation import Wish, begin, finish
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import Seal
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Conflict
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import KeptUser, sign_in_options

KEY = "work365"
Result = dict[str, t.Any]


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(FileStore(tmp_path / "credentials" / "alder.yml"), Seal.of_password("hunter2"), "alder.example")


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_user, "SIBLING_SECONDS", 0.1)


UNTOUCHED = {"update_secret": "on_create", "return_tracking_identifier": True}
"""What the module is told of a user whose secret stays; its identifier is to be kept, too."""


def user(keeper: Keeper, **more: t.Any) -> KeptUser:
    return KeptUser(keeper, KEY, KEY, **more)


def saved(name: str, secret_set: bool = True, **more: t.Any) -> Result:
    return {"changed": True, "secret_set": secret_set, "resource": {"user_name": f"{name}@alder.example"}, **more}


def failed(reason: str, **more: t.Any) -> Result:
    said = {"msg": "It failed.", "exception": "It failed."}
    return {"failed": True, **said, "failure": {"reason": reason, **more}}


def set_up(keeper: Keeper) -> Entry:
    """A user that Autotask has, with the secret that is kept."""
    one = user(keeper)
    one.note(saved(one.fill_in({})["user_name"]))
    return keeper.read().kept.users[KEY]


def test_credentials_are_kept_before_the_module_runs_and_completed_after_it(keeper: Keeper) -> None:
    one = user(keeper)
    options = one.fill_in({"email": "a@msp.example"})
    before = keeper.read().kept.users[KEY]
    assert (options["user_name"], options["secret"]) == (before.user_name, before.secret)
    assert options["update_secret"] == "if_unused" and not before.secret_set
    shown = one.note(saved(before.user_name, tracking_identifier="CANARY-IDENTIFIER"))
    after = keeper.read().kept.users[KEY]
    assert after.secret_set and after.user_name.endswith("@alder.example")
    assert after.tracking_identifier == "CANARY-IDENTIFIER"
    assert "CANARY-IDENTIFIER" not in str(shown) and after.secret not in str(shown)
    assert shown["kept"]["has_tracking_identifier"]


def test_a_settled_user_is_left_alone(keeper: Keeper) -> None:
    kept = set_up(keeper)
    one = user(keeper, handover_folder=Path("/nowhere"))
    assert one.fill_in({}) == {
        "user_name": kept.user_name,
        "secret": kept.secret,
        **UNTOUCHED,
    }


def test_a_killed_run_is_finished_with_the_same_secret(keeper: Keeper) -> None:
    first = user(keeper).fill_in({})
    again = user(keeper).fill_in({})
    assert (again["secret"], again["update_secret"]) == (first["secret"], "always")


def test_a_check_makes_and_notes_nothing(keeper: Keeper) -> None:
    one = user(keeper, check=True)
    one.note(saved(one.fill_in({})["user_name"]))
    assert keeper.read().version == ""


def test_a_mistyped_name_leaves_nothing_behind(keeper: Keeper) -> None:
    one = user(keeper)
    assert one.fill_in({"user_name": "tpyo"}) == {"user_name": "tpyo", **UNTOUCHED}
    one.note(failed("user_missing"))
    assert keeper.read().version == ""
    right = user(keeper)
    right.fill_in({"user_name": "typo"})
    right.note(saved("typo", secret_set=False))
    kept = keeper.read().kept.users[KEY]
    assert (kept.user_name, kept.made_here) == ("typo@alder.example", False)


def test_of_a_user_made_by_hand_the_secret_that_is_given_counts(keeper: Keeper) -> None:
    for secret in ("First-secret-1", "Second-secret-2"):
        one = user(keeper)
        options = one.fill_in({"user_name": "handmade", "secret": secret})
        assert (options["secret"], options["update_secret"]) == (secret, "on_create")
        one.note(saved("handmade", secret_set=False))
        assert keeper.read().kept.users[KEY].secret == secret


def test_a_secret_made_here_is_not_replaced_by_one_that_is_given(keeper: Keeper) -> None:
    set_up(keeper)
    with pytest.raises(AutotaskError, match="rotate_secret"):
        user(keeper).fill_in({"secret": "Other-secret-1"})


def test_a_user_that_is_somebody_elses_is_taken_back(keeper: Keeper) -> None:
    one = user(keeper)
    one.fill_in({})
    shown = one.note(failed("other_user_name", user_names=["taken@alder.example"]))
    assert "take the user over with user_name: taken@alder.example" in shown["msg"]
    assert keeper.read().kept.users == {}


def test_a_user_in_use_elsewhere_keeps_its_secret_and_ours_is_set_aside(keeper: Keeper) -> None:
    secrets = set()
    for _ in range(2):
        one = user(keeper)
        options = one.fill_in({})
        assert options["update_secret"] == "if_unused"
        secrets.add(options["secret"])
        answer = failed("user_in_use", user_name=options["user_name"])
        assert not one.made_by_a_sibling(answer)
        one.note(answer)
        kept = keeper.read().kept
        assert kept.users == {} and len(kept.set_aside) == 1
    assert len(secrets) == 1, "the same one, in case Autotask has it after all"


def test_the_loser_of_a_race_goes_on_with_what_the_winner_kept(keeper: Keeper) -> None:
    loser, winner = user(keeper), user(keeper)
    ours = loser.fill_in({})
    theirs = winner.fill_in({})
    assert ours["secret"] == theirs["secret"]
    winner.note(saved(theirs["user_name"]))
    answer = failed("user_in_use", user_name=ours["user_name"])
    assert loser.made_by_a_sibling(answer)
    again = loser.fill_in({})
    assert (again["secret"], again["update_secret"]) == (ours["secret"], "on_create")
    loser.note(saved(ours["user_name"], secret_set=False))
    assert keeper.read().kept.users[KEY].secret_set


def test_what_may_have_been_saved_stays_kept_with_its_whole_name(keeper: Keeper) -> None:
    one = user(keeper)
    options = one.fill_in({})
    one.note(failed("not_stored", user_name=f"{options['user_name']}@alder.example"))
    kept = keeper.read().kept.users[KEY]
    assert (kept.secret, kept.secret_set) == (options["secret"], False)
    assert kept.user_name.endswith("@alder.example")


def test_a_user_that_nobody_else_uses_gets_a_secret_that_is_kept_first(keeper: Keeper) -> None:
    one = user(keeper, take_over=True)
    options = one.fill_in({"user_name": "verifier"})
    assert keeper.read().kept.users[KEY].secret == options["secret"]
    assert options["update_secret"] == "always"
    one.note(failed("user_missing"))
    assert keeper.read().kept.users == {}


def test_nothing_is_tried_while_a_rotation_is_unfinished(keeper: Keeper) -> None:
    set_up(keeper)
    begin(keeper, Wish((KEY,)), check=False)
    with pytest.raises(AutotaskError, match="rotation of this tenant's secrets was interrupted"):
        user(keeper).fill_in({})
    user(keeper, purpose="look", check=True).fill_in({})


def test_no_rotation_is_begun_for_a_user_that_is_not_made_yet(keeper: Keeper) -> None:
    making = user(keeper)
    name = making.fill_in({})["user_name"]
    with pytest.raises(AutotaskError, match="does not have the secret of .* yet. Run msp.autotask.provision first"):
        begin(keeper, Wish((KEY,), made_by_hand=True), check=False)
    making.note(saved(name))
    assert begin(keeper, Wish((KEY,)), check=False)[1] == [KEY]


def test_a_rotation_keeps_the_old_secret_until_the_new_one_is_proven(keeper: Keeper) -> None:
    old = set_up(keeper).secret
    _opened, due = begin(keeper, Wish((KEY,)), check=False)
    assert due == [KEY]
    new = user(keeper, purpose="rotate").fill_in({})
    assert new["update_secret"] == "always" and new["secret"] != old
    assert begin(keeper, Wish((KEY,)), check=False)[0].kept.users[KEY].next_secret == new["secret"]
    finish(keeper, KEY, proven=False)
    kept = keeper.read().kept.users[KEY]
    assert (kept.secret, kept.previous_secret, kept.next_secret) == (new["secret"], old, None)
    begin(keeper, Wish((KEY,)), check=False)
    finish(keeper, KEY, proven=True)
    assert keeper.read().kept.users[KEY].previous_secret is None


def test_only_old_secrets_of_ours_are_due(keeper: Keeper) -> None:
    set_up(keeper)
    assert begin(keeper, Wish((KEY,), older_than=1), check=False)[1] == []
    keeper.note({KEY: {"secret_since": moment(ago=2 * 86400)}})
    assert begin(keeper, Wish((KEY,), older_than=1), check=True)[1] == [KEY]
    keeper.note({KEY: {"made_here": False, "secret_set": False}})
    assert begin(keeper, Wish((KEY,)), check=True)[1] == []
    assert begin(keeper, Wish((KEY,), made_by_hand=True), check=True)[1] == [KEY]


def test_a_user_is_retired_without_a_secret_and_must_be_found(keeper: Keeper) -> None:
    kept = set_up(keeper)
    one = user(keeper, purpose="retire")
    assert one.fill_in({"active": False}) == {
        "active": False,
        "user_name": kept.user_name,
        "update_secret": "on_create",
    }
    missing = one.note(failed("user_missing"))
    assert missing["failed"] and "could not be made inactive. If it was renamed" in missing["msg"]
    assert "It failed." not in str(missing), "it is told once"


def test_of_a_user_that_was_renamed_it_is_told_what_to_do(keeper: Keeper) -> None:
    kept = set_up(keeper)
    one = user(keeper)
    one.fill_in({})
    shown = one.note(failed("other_user_name", user_names=["renamed@alder.example"]))
    assert f"{kept.user_name}, whose credentials are kept, is not: if it was renamed, give it that" in shown["msg"]
    assert "It failed." not in str(shown) and keeper.read().kept.users[KEY] == kept


def test_who_made_a_user_inactive_does_not_put_away_what_another_run_uses_again(keeper: Keeper) -> None:
    name = set_up(keeper).user_name
    retiring = user(keeper, purpose="retire")
    retiring.fill_in({"active": False})
    retiring.note({"resource": {"user_name": name}, "diff": {"before": {"active": True}, "after": {"active": False}}})
    opened = keeper.read()

    other = user(keeper)
    other.fill_in({"active": True})
    difference = {"before": {"active": False}, "after": {"active": True}}
    other.note(saved(name.partition("@")[0], secret_set=False, diff=difference))
    with pytest.raises(Conflict):
        keeper.archive(opened)


def test_a_user_that_was_never_made_need_not_be_found(keeper: Keeper) -> None:
    keeper.ensure({KEY: Asked(KEY)})
    one = user(keeper, purpose="retire")
    one.fill_in({})
    assert one.note(failed("user_missing")).get("failed") is None


def handed_over(options: Result, secret: str) -> None:
    """Do what the module does with a secret that Autotask made."""
    place = options["handover"]
    _handover.write(Path(place["path"]), _handover.seal(HandedOver(options["user_name"], secret), place["public_key"]))


def test_a_secret_that_autotask_made_is_taken_over(keeper: Keeper, tmp_path: Path) -> None:
    before = os.umask(0)
    one = user(keeper, handover_folder=tmp_path / "state")
    options = one.fill_in({})
    os.umask(before)
    for folder in (Path(options["handover"]["path"]).parent, tmp_path / "state"):
        assert folder.stat().st_mode & 0o777 == 0o700
    handed_over(options, "Made-by-Autotask-1")
    one.note(saved(options["user_name"], secret_handed_over=True))
    kept = keeper.read().kept.users[KEY]
    assert (kept.secret, kept.secret_set) == ("Made-by-Autotask-1", True)
    assert list((tmp_path / "state").iterdir()) == []


def test_what_a_killed_run_handed_over_is_taken_by_the_next(keeper: Keeper, tmp_path: Path) -> None:
    handed_over(user(keeper, handover_folder=tmp_path).fill_in({}), "Made-by-Autotask-1")
    again = user(keeper, handover_folder=tmp_path).fill_in({})
    assert (again["secret"], again["update_secret"]) == ("Made-by-Autotask-1", "always")


def test_who_signs_in_waits_only_with_a_new_secret(keeper: Keeper) -> None:
    set_up(keeper)
    keeper.note({KEY: {"tracking_identifier": "CANARY-IDENTIFIER"}})
    given = {"wait": 300, "entities": ["Companies"]}
    assert sign_in_options(keeper, KEY, "use", given, Redactor())["wait"] == 300
    keeper.note({KEY: {"secret_since": moment(ago=7200)}})
    found = sign_in_options(keeper, KEY, "use", given, Redactor())
    assert (found["wait"], found["api_integration_code"]) == (0, "CANARY-IDENTIFIER")
    with pytest.raises(AutotaskError, match="a user is not kept"):
        sign_in_options(keeper, "verification", "use", given, Redactor())
