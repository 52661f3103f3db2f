# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API users in the simulated console."""

from __future__ import annotations

import re
import typing as t

import pytest
from autotask_simulator.console.api_user import CODES
from simulated_tenant import DOMAIN, SETUP, Console, Json, Start

USER = f"{SETUP}/ApiUser.mvc"
GOOD = {
    "first_name": "Work 365", "last_name": "Integration", "email": "a@b.example", "active": True, "locked": False,
    "level_id": 24, "date_format": "MM/dd/yyyy", "time_format": "hh:mm a", "number_format": "X,XXX.XX",
    "location_id": 1, "user_name": f"key1@{DOMAIN}", "secret": "Secret-enough-1", "tracking": "vendor",
    "vendor_id": 1001, "tracking_name": "", "tracking_identifier": "", "sees_unassigned": True,
}  # fmt: skip


def save(console: Console, number: int = 0, **changes: t.Any) -> Json:
    return console.post(f"{USER}/SaveApiUser", **{"id": number, **GOOD, **changes})


def test_a_user_is_made(console: Start) -> None:
    somebody = console()
    assert save(somebody)["ok"]
    [user] = somebody.tenant.api_users()
    assert user.secret_is("Secret-enough-1") and user.tracking == "vendor" and user.license_type == 7
    assert user.tracking_identifier == somebody.tenant.vendors()[0].identifier
    assert "Secret-enough-1" not in str(somebody.tenant.events())


@pytest.mark.parametrize(
    "name", ["first_name", "last_name", "email", "level_id", "location_id", "user_name", "secret", "vendor_id"]
)
def test_required_fields_are_asked_for(console: Start, name: str) -> None:
    somebody = console()
    nothing: Json = {name: ""}
    assert save(somebody, **nothing)["errors"] == {name: "Required"}
    assert somebody.tenant.api_users() == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"user_name": "key1@other.example"}, "end with"),
        ({"user_name": f"key@{DOMAIN}"}, "letters and numbers"),
        ({"user_name": f"key;1@{DOMAIN}"}, "letters and numbers"),
        ({"user_name": "key1"}, "end with"),
        ({"secret": "Short-1"}, "8 to 64"),
        ({"secret": "no-capital-letter-1"}, "8 to 64"),
        ({"secret": "No-number-at-all"}, "8 to 64"),
        ({"email": "nowhere"}, "email"),
    ],
)
def test_rules_are_kept(console: Start, change: Json, word: str) -> None:
    somebody = console()
    assert word in save(somebody, **change)["message"]
    assert somebody.tenant.api_users() == []


def test_user_names_are_unique_over_inactive_users_and_people(console: Start) -> None:
    somebody = console(api_users=[{"user_name": f"key1@{DOMAIN}", "active": False}])
    assert "already in use" in save(somebody, user_name=f"KEY1@{DOMAIN}")["message"]


def test_generated_credentials(console: Start) -> None:
    somebody = console()
    for _ in range(20):
        key = somebody.post(f"{USER}/GenerateKey")["value"]
        secret = somebody.post(f"{USER}/GenerateSecret")["value"]
        assert re.fullmatch(rf"[a-z0-9]{{15}}@{DOMAIN}", key)
        assert len(secret) == 25
        number = len(somebody.tenant.api_users())
        assert save(somebody, user_name=key, secret=secret)["ok"] and len(somebody.tenant.api_users()) == number + 1


def test_a_tracking_identifier_stays(console: Start) -> None:
    somebody = console()
    save(somebody)
    [user] = somebody.tenant.api_users()
    assert save(somebody, user.id, tracking="custom", tracking_name="Ours", secret="")["ok"]
    [after] = somebody.tenant.api_users()
    assert (after.tracking, after.tracking_identifier) == ("vendor", user.tracking_identifier)
    assert after.secret == user.secret, "an empty secret changes nothing"


def test_a_custom_identifier_is_made_when_saving_or_before(console: Start) -> None:
    somebody = console()
    save(somebody, tracking="custom", tracking_name="Proof")
    shown = somebody.post(f"{USER}/GenerateIdentifier")["value"]
    save(somebody, tracking="custom", tracking_name="Proof", user_name=f"key2@{DOMAIN}", tracking_identifier=shown)
    first, second = (somebody.tenant.api_user(f"key{number}@{DOMAIN}") for number in (1, 2))
    assert len(first.tracking_identifier) == 27 and second.tracking_identifier == shown
    page = somebody.get(f"{USER}/EditApiUser?resourceId={first.id}").get_data(as_text=True)
    assert first.tracking_identifier in page, "a custom identifier can be read again"


def test_unlocking_forgets_failed_logins(console: Start) -> None:
    somebody = console(lock_after=1)
    save(somebody)
    [user] = somebody.tenant.api_users()
    somebody.tenant.count_bad_api_login(user.id)
    assert somebody.tenant.resource(user.id).locked
    save(somebody, user.id, locked=False)
    assert not somebody.tenant.resource(user.id).locked and not somebody.tenant.resource(user.id).failed_logins


def test_only_active_api_levels_are_offered_and_the_present_one(console: Start) -> None:
    user = {"user_name": f"key1@{DOMAIN}", "level": "Old"}
    somebody = console(levels=[{"name": "Old", "active": False}, {"name": "Good"}], api_users=[user])
    number = somebody.tenant.api_users()[0].id
    fresh = somebody.get(f"{USER}/NewApiUser").get_data(as_text=True)
    present = somebody.get(f"{USER}/EditApiUser?resourceId={number}").get_data(as_text=True)
    assert '"Good"' in fresh and '"Old"' not in fresh and "Full Access" not in fresh and "(API-only)" not in fresh
    assert '"Good"' in present and '"Old"' in present


def test_users_are_inactivated_never_deleted(console: Start) -> None:
    somebody = console()
    save(somebody)
    [user] = somebody.tenant.api_users()
    rows = f"{SETUP}/Resource.mvc/ResourceListRows"
    labels = [item["label"] for item in t.cast(Json, somebody.get(rows).json)["menus"][str(user.id)]]
    assert labels == ["Edit Resource", "Inactivate Resource"]
    somebody.post(f"{SETUP}/Resource.mvc/Inactivate", key=user.id)
    assert str(user.id) not in t.cast(Json, somebody.get(rows).json)["menus"]
    assert str(user.id) in t.cast(Json, somebody.get(f"{rows}?state=All").json)["menus"]


def page_of(console: Console, **form: t.Any) -> str:
    """The page of a user that exists, whose tracking identifier is fixed."""
    console.tenant.update_options(user_form={**console.tenant.options["user_form"], **form})
    return console.get(f"{USER}/EditApiUser?resourceId={console.tenant.api_users()[0].id}").get_data(as_text=True)


def test_a_user_that_exists_is_shown_as_in_the_pictures(console: Start) -> None:
    somebody = console()
    save(somebody)
    fresh, present = somebody.get(f"{USER}/NewApiUser").get_data(as_text=True), page_of(somebody)
    secret = f'data-eii="{CODES["secret"]}"'
    assert secret in fresh and secret not in present and "for a new password." in present
    assert "Erase (Redact)" in present and "Erase (Redact)" not in fresh
    assert ">Save<" not in fresh + present
    assert "cannot be changed" in fresh and "cannot be changed" not in present


def test_the_form_differs_as_its_tenant_says(console: Start) -> None:
    somebody = console()
    save(somebody)
    assert f"key1@{DOMAIN.upper()}" in page_of(somebody, domain_in_capitals=True)
    assert "Primary Internal Location" not in page_of(somebody, location=False)
    assert 'type="radio"' in page_of(somebody, controls="native")
    assert ">Credentials<" not in page_of(somebody, headings="repeated")
    assert "Rewst - Automation" not in page_of(somebody, fixed_tracking="hidden")


def test_an_email_address_in_use_is_asked_about(console: Start) -> None:
    somebody = console(user_form={"email_asks": True})
    person = next(person for person in somebody.tenant.resources() if not person.is_api_user)
    assert "in use" in save(somebody, email=person.email.upper())["question"] and not somebody.tenant.api_users()
    assert save(somebody, email=person.email, confirmed=True)["ok"]


def test_erasing_a_user_is_written_down(console: Start) -> None:
    somebody = console()
    save(somebody)
    somebody.post(f"{USER}/EraseApiUser", id=somebody.tenant.api_users()[0].id)
    assert somebody.verbs()[-1] == "api_user_redacted"
    assert not somebody.tenant.api_users()[0].active
