# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One API user through its life."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._handover import confirm, new_key_pair, open_sealed
from campaign.processes import wait_for
from simulated_console import SECRET, VENDOR, Console

Add = t.Callable[..., Console]


def hand_made(**changes: t.Any) -> dict[str, t.Any]:
    return {
        "user_name": "reader1@hand.example",
        "first_name": "Contract",
        "last_name": "Reader",
        "email": "alerts@msp.example",
        "vendor": VENDOR,
        **changes,
    }


def test_a_user_is_created_kept_and_corrected(console: Add) -> None:
    tenant = console(levels=[{"name": "Reader"}])

    created = tenant.user()
    assert created["changed"] and created["created"] and created["secret_set"]
    stored = tenant.tenant.api_user(tenant.user_name)
    assert stored.secret_is(SECRET) and stored.tracking == "vendor" and stored.active
    assert created["resource"]["user_name"] == tenant.user_name
    assert created["resource"]["tracking"] == {"type": "vendor", "name": VENDOR}

    done = tenant.writes
    again = tenant.user(user_name=tenant.user_name)
    assert not again["changed"] and tenant.writes == done

    changes: dict[str, t.Any] = {
        "email": "new@msp.example",
        "security_level": "Reader (API-only)",
        "time_format": "HH:mm",
    }
    predicted = tenant.user(check=True, **changes)
    assert predicted["changed"] and tenant.writes == done
    corrected = tenant.user(**changes)
    assert corrected["changed"] and not corrected["created"] and not corrected["secret_set"]
    assert set(corrected["diff"]["before"]) == set(changes)
    assert set(tenant.tenant.events("api_user_saved")[-1].details["changed"]) == {"email", "level_id", "time_format"}
    assert tenant.tenant.api_user(tenant.user_name).secret_is(SECRET)


@pytest.mark.long
def test_what_is_not_given_is_not_managed_and_a_secret_is_replaced_on_demand(console: Add) -> None:
    tenant = console(levels=[{"name": "Reader"}])
    predicted = tenant.user(check=True, security_level="Level to come", security_level_planned=True)
    assert predicted["changed"] and predicted["created"] and not tenant.writes
    tenant.user(email="new@msp.example")

    nothing = tenant.run("autotask_resource", user_name=tenant.user_name)
    assert not nothing["changed"] and nothing["resource"]["email"] == "new@msp.example"

    replaced = tenant.user(email="new@msp.example", secret="Other-Horse-10", update_secret="always")
    assert replaced["changed"] and replaced["secret_set"]
    assert replaced["diff"] == {"before": {"secret": "kept"}, "after": {"secret": "replaced"}}
    assert tenant.tenant.api_user(tenant.user_name).secret_is("Other-Horse-10")
    assert len(tenant.tenant.api_users()) == 1


@pytest.mark.long
def test_a_secret_made_just_now_takes_the_place_of_none_that_is_in_use(console: Add) -> None:
    tenant = console(levels=[{"name": "Reader"}])
    tenant.user()
    done = tenant.writes
    for check in (True, False):
        refused = tenant.user(check=check, secret="Other-Horse-10", update_secret="if_unused")
        assert refused["failure"]["reason"] == "user_in_use"
    assert tenant.writes == done
    assert tenant.tenant.api_user(tenant.user_name).secret_is(SECRET)

    tenant.user(active=False)
    revived = tenant.user(secret="Other-Horse-10", update_secret="if_unused", active=True)
    assert revived["secret_set"] and not revived["created"]
    stored = tenant.tenant.api_user(tenant.user_name)
    assert stored.active and stored.secret_is("Other-Horse-10")


@pytest.mark.long
@pytest.mark.parametrize("appears", ["on_select", "on_save"])
def test_a_custom_identifier_is_returned(console: Add, appears: str) -> None:
    tenant = console(custom_identifier=appears)
    created = tenant.user(internal_integration="Contract reports", return_tracking_identifier=True)
    stored = tenant.tenant.api_user(tenant.user_name)
    assert stored.tracking == "custom" and stored.tracking_name == "Contract reports"
    assert created["tracking_identifier"] == stored.tracking_identifier


@pytest.mark.long
def test_a_locked_inactive_user_made_by_hand_is_set_right(console: Add) -> None:
    tenant = console(api_users=[hand_made(active=False, locked=True, first_name="Somebody", last_name="Else")])
    result = tenant.user(active=True, unlock=True, user_name="reader1@hand.example")
    assert result["changed"] and not result["created"]
    (stored,) = tenant.tenant.api_users()
    assert stored.active and not stored.locked and stored.full_name == "Contract Reader"
    assert stored.secret_is("Old-secret-1")


@pytest.mark.long
@pytest.mark.parametrize(
    ("present", "reason", "words"),
    [
        (hand_made(vendor="", custom="Own"), "other_tracking_identifier", 'custom "Own"'),
        (hand_made(user_name="other2@hand.example"), "other_user_name", "other2@hand.example"),
        # Nothing of it but its level and its vendor is as in the inventory.
        (
            hand_made(user_name="other2@hand.example", first_name="Ada", last_name="Else", email="x@x.example"),
            "other_user_name",
            "other2@hand.example",
        ),
    ],
)
def test_another_user_is_reported_and_not_duplicated(
    console: Add, present: dict[str, t.Any], reason: str, words: str
) -> None:
    tenant = console(api_users=[present])
    result = tenant.user(user_name="reader1@hand.example")
    assert result["failure"]["reason"] == reason and words in result["msg"]
    assert not tenant.writes


@pytest.mark.long
def test_another_user_beside_one_of_the_same_vendor_must_be_asked_for(console: Add) -> None:
    tenant = console(api_users=[hand_made(user_name="other2@hand.example")])
    assert tenant.user(allow_another=True)["created"]
    assert len(tenant.tenant.api_users()) == 2


@pytest.mark.long
def test_a_person_of_the_same_name_is_not_taken_for_the_user(console: Add) -> None:
    tenant = console(people=30)
    tenant.opens_people = True
    person = next(resource for resource in tenant.tenant.resources() if not resource.is_api_user)
    result = tenant.user(first_name=person.first_name, last_name=person.last_name)
    assert result["created"]
    assert [user.full_name for user in tenant.tenant.api_users()] == [person.full_name]


@pytest.mark.long
@pytest.mark.parametrize("check", [True, False])
def test_what_a_new_user_needs_is_asked_for(console: Add, check: bool) -> None:
    tenant = console()
    result = tenant.user(check, secret=None, email=None)
    assert result["failure"]["reason"] == "user_missing" and not tenant.writes
    assert result["failure"]["missing"] == ["email", "secret"] and "'email' and 'secret'" in result["msg"]


@pytest.mark.long
@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"security_level": "No such level"}, "not_offered"),
        ({"time_format": "HH.mm"}, "not_offered"),
        ({"location": "Nowhere"}, "not_offered"),
        ({"integration_vendor": "Nobody"}, "not_offered"),
        ({"first_name": " "}, "empty_option"),
        ({"handover": {"path": "/nowhere/sealed", "public_key": "none"}}, "handover_failed"),
    ],
)
def test_a_check_fails_where_a_real_run_would(
    console: Add, check: bool, options: dict[str, t.Any], reason: str
) -> None:
    tenant = console(api_users=[hand_made()])
    result = tenant.user(check, user_name="reader1@hand.example", **options)
    expected = "other_tracking_identifier" if "integration_vendor" in options else reason
    assert result["failure"]["reason"] == expected and not tenant.writes
    if reason == "not_offered" and "integration_vendor" not in options:
        # The same for a user that is not there yet.
        tenant = console()
        assert tenant.user(check, **options)["failure"]["reason"] == reason and not tenant.writes


@pytest.mark.long
def test_a_user_is_found_by_its_user_name_wherever_it_is(console: Add) -> None:
    """Renamed, inactive and with another level, so nothing but its user name tells it."""
    moved = hand_made(first_name="Ada", last_name="Else", active=False, email="x@x.example")
    tenant = console(levels=[{"name": "Reader"}], api_users=[moved])
    result = tenant.user(user_name="READER1@hand.EXAMPLE", security_level="Reader")
    assert result["changed"] and not result["created"]
    (stored,) = tenant.tenant.api_users()
    assert stored.full_name == "Contract Reader" and stored.user_name == "reader1@hand.example"
    assert stored.active is False, "whether it is active was not said"
    # Retiring it needs its user name only, but the right one.
    assert not tenant.run("autotask_resource", user_name=stored.user_name, state="inactive")["changed"]
    misspelt = tenant.run("autotask_resource", user_name=f"x{stored.user_name}", state="inactive")
    assert misspelt["failure"]["reason"] == "user_missing"


@pytest.mark.long
def test_a_user_of_the_vendor_at_another_level_is_none_to_make_another_beside(console: Add) -> None:
    other = hand_made(user_name="other2@hand.example", first_name="Ada", last_name="Else", email="x@x.example")
    tenant = console(levels=[{"name": "Reader"}], api_users=[other])
    assert tenant.user(security_level="Reader")["failure"]["reason"] == "other_user_name" and not tenant.writes
    beside = tenant.user(security_level="Reader", allow_another=True)
    assert beside["created"] and beside["others"] == ["other2@hand.example"]
    assert any("other2@hand.example" in str(warning) for warning in beside["warnings"])


@pytest.mark.long
def test_a_user_without_a_tracking_identifier_gets_its_own(console: Add) -> None:
    tenant = console(none_identifier=True, api_users=[hand_made(vendor="")])
    assert tenant.user(user_name="reader1@hand.example")["changed"]
    (stored,) = tenant.tenant.api_users()
    assert stored.tracking == "vendor" and stored.vendor_id


def test_a_secret_of_autotask_is_written_down_before_it_is_stored(console: Add, tmp_path: Path) -> None:
    tenant = console(user_form={"secret_on_edit": "text"}, api_users=[hand_made()])
    keys, path = new_key_pair(), tmp_path / "sealed"
    wanted = {
        "user_name": "reader1@hand.example",
        "update_secret": "always",
        "handover": {"path": str(path), "public_key": keys.public, "wait": 60},
    }
    refused = tenant.user(user_name="reader1@hand.example", update_secret="always")
    assert refused["failure"]["reason"] == "secret_not_ours" and not tenant.writes
    unconfirmed = tenant.user(**{**wanted, "handover": {**wanted["handover"], "wait": 1}})
    assert unconfirmed["failure"]["reason"] == "handover_not_confirmed" and not tenant.writes
    assert not path.exists(), "what was never stored is taken back"

    process = tenant.start("autotask_resource", **{**tenant.person, "integration_vendor": VENDOR, **wanted})
    wait_for(path.exists)
    assert not tenant.writes, "not before it is kept"
    handed = open_sealed(path.read_text(encoding="ascii"), keys.private)
    confirm(path)
    result = tenant.result(process)
    assert result["secret_set"] and result["secret_handed_over"] and result["changed"]
    (stored,) = tenant.tenant.api_users()
    assert stored.secret_is(handed.secret) and handed.user_name == stored.user_name
    assert handed.secret not in result["printed"] + str(tenant.tenant.events())
    pending = tenant.user(**wanted)
    assert pending["failure"]["reason"] == "handover_pending" and stored == tenant.tenant.api_users()[0]


@pytest.mark.long
def test_a_question_at_saving_is_told_in_its_words(console: Add) -> None:
    tenant = console(user_form={"email_asks": True}, api_users=[hand_made(user_name="x1@hand.example", vendor="")])
    result = tenant.user(first_name="Other")
    assert "in use by another resource" in result["msg"] and result["failure"]["reason"] == "unexpected_question"
    assert not tenant.writes


@pytest.mark.long
def test_a_page_that_speaks_of_fees_is_closed(console: Add) -> None:
    tenant = console(renamed={"New API User": "New Resource", "New Resource": "New API User"})
    tenant.opens_people = True
    result = tenant.user()
    assert result["failure"]["reason"] == "paid_resource" and not tenant.writes


@pytest.mark.long
def test_headings_of_lists_may_be_worded_differently(console: Add) -> None:
    tenant = console(
        levels=[{"name": "Reader"}],
        api_users=[hand_made(level="Reader", first_name="Ada", last_name="Else")],
        renamed={"Name": "Person", "Security Level": "Access Profile"},
    )
    labels = {
        name: ["Person"] if name in ("name_column", "level_name") else ["Access Profile"]
        for name in ("name_column", "level_name", "security_level_column", "security_level")
    }
    wanted = {"user_name": "reader1@hand.example", "security_level": "Reader"}
    unseen = tenant.user(**wanted, labels={**labels, "security_level_column": []})
    assert unseen["failure"]["landmark"] == "security_level_column" and not tenant.writes
    found = tenant.user(**wanted, labels=labels)
    assert found["changed"] and not found["created"]
    (listed,) = tenant.run("autotask_resource_info", labels=labels)["resources"]
    assert (listed["name"], listed["security_level"]) == ("Reader, Contract", "Reader")


@pytest.mark.long
def test_what_somebody_else_saves_meanwhile_is_seen_before_it_is_changed(console: Add) -> None:
    tenant = console(editors="named", api_users=[hand_made()])
    tenant.arm("concurrent_change", "edit_api_user")
    result = tenant.user(user_name="reader1@hand.example", time_format="HH:mm")
    assert result["diff"]["before"].keys() == {"last_name", "time_format"}
    assert result["diff"]["before"]["last_name"] == "Reader II"
    assert result["resource"]["last_name"] == "Reader"
    assert len(tenant.tenant.events("api_user_saved")) == 2


@pytest.mark.long
def test_data_pickers_are_typed_into_until_their_list_comes(console: Add) -> None:
    tenant = console(pickers=True, locations=["Headquarters", "North Branch"])
    unnamed = tenant.user(check=True)
    assert unnamed["failure"]["reason"] == "choice_needed" and "'location'" in unnamed["msg"]
    tenant.arm("list_not_loaded", "new_api_user")
    created = tenant.user(location="North Branch")
    assert created["resource"]["location"] == "North Branch"
    assert created["resource"]["tracking"] == {"type": "vendor", "name": VENDOR}
    assert not tenant.user(location="north branch")["changed"]
