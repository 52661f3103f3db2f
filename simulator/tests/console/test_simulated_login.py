# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in to the simulated console."""

from __future__ import annotations

import typing as t

import pyotp
import pytest
from autotask_simulator.fleet import DEFAULT_TOTP_SECRET
from simulated_tenant import ADMIN, AUTHENTICATION, SETUP, Console, Start

LEVELS = f"{SETUP}/SecurityLevel.mvc/SecurityLevelList"


def code_now() -> str:
    return pyotp.TOTP(DEFAULT_TOTP_SECRET).now()


def test_nothing_is_shown_to_strangers(stranger: Start) -> None:
    console = stranger()
    response = console.get(LEVELS)
    assert response.status_code == 302
    assert response.location.startswith(f"{AUTHENTICATION}/Authenticate?ReturnUrl=%2FMvc")
    assert console.post(f"{SETUP}/SecurityLevel.mvc/Delete", key=24)["location"] == (
        f"{AUTHENTICATION}/Authenticate?ReturnUrl=%2FMvc%2FAdministrationSetup%2FSecurityLevel.mvc%2FDelete"
    )


def test_a_wrong_password_counts_until_the_account_is_locked(stranger: Start) -> None:
    console = stranger(lock_after=3)
    assert console.log_in("wrong")["error"] == console.log_in("wrong")["error"]
    assert "locked" in console.log_in("wrong")["error"]
    assert "locked" in console.log_in()["error"], "the right password comes too late"
    assert console.get(LEVELS).status_code == 302


def test_a_good_login_forgets_the_bad_ones(stranger: Start) -> None:
    console = stranger(lock_after=2)
    console.log_in("wrong")
    console.log_in()
    assert console.tenant.console_user(ADMIN).failed_logins == 0


def test_an_unknown_user_learns_nothing(stranger: Start) -> None:
    console = stranger()
    unknown = {"UserName": "nobody@alder.example"}
    assert console.post(f"{AUTHENTICATION}/UserName", **unknown) == {"panel": "password"}
    told = console.post(f"{AUTHENTICATION}/Password", **unknown, Password="x")
    assert told == console.log_in("wrong")


def test_a_code_is_good_once(stranger: Start) -> None:
    console = stranger(two_factor=True)
    assert console.log_in() == {"panel": "code"}
    assert console.get(LEVELS).status_code == 302, "not in yet"
    code = code_now()
    assert "location" in console.post(f"{AUTHENTICATION}/Code", Code=code)
    assert console.get(LEVELS).status_code == 200

    console.get(f"{AUTHENTICATION}/LogOut")
    assert console.get(LEVELS).status_code == 302
    console.log_in()
    assert "incorrect" in console.post(f"{AUTHENTICATION}/Code", Code=code)["error"]
    assert [event.object for event in console.tenant.events("login_failed")] == ["reused_code"]


def test_a_wrong_code_counts(stranger: Start) -> None:
    console = stranger(two_factor=True, lock_after=1)
    console.log_in()
    wrong = str((int(code_now()) + 1) % 10**6).zfill(6)
    assert "locked" in console.post(f"{AUTHENTICATION}/Code", Code=wrong)["error"]


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ({"admin": {"state": "first_login"}}, {"panel": "first_login"}),
        ({"admin": {"state": "password_expired"}}, {"panel": "password_expired"}),
        ({"admin": {"locked": True}}, {"error": "Your account has been locked. Contact your Autotask administrator."}),
    ],
)
def test_what_else_can_bar_the_way(stranger: Start, options: dict[str, t.Any], answer: dict[str, str]) -> None:
    assert stranger(**options).log_in() == answer


def test_other_ways_in_are_told_after_the_user_name(stranger: Start) -> None:
    def told(way: str) -> dict[str, t.Any]:
        return stranger(login=way).post(f"{AUTHENTICATION}/UserName", UserName=ADMIN)

    assert told("kaseyaone") == {"panel": "kaseyaone"}
    assert told("sso")["location"].startswith("/identity-provider/")


def test_admin_pages_need_the_right(console: Start) -> None:
    somebody = console(admin={"is_admin": False})
    assert somebody.get(LEVELS).location == "/Mvc/Security/Authorization.mvc/Failure"
    page = somebody.get("/Mvc/Security/Authorization.mvc/Failure").get_data(as_text=True)
    assert "<title>Autotask - Access Denied</title>" in page


def test_menus_and_sections_stay_as_their_user_left_them(console: Start) -> None:
    somebody = console(remember_sections=True)
    page = "/Mvc/AdministrationSetup/AdminCategory.mvc/Landing?tab=users"
    folded = '<div class="Normal Section Collapsed" data-name="Resources/Users (HR)"'
    assert folded in somebody.get(page).get_data(as_text=True)
    somebody.post("/Mvc/Framework/Preferences.mvc/Save", name="Resources/Users (HR)", folded=False)
    assert folded not in somebody.get(page).get_data(as_text=True)
    somebody.post("/Mvc/Framework/Preferences.mvc/Save", name="menu", folded=True)
    assert 'class="side-panel icons"' in somebody.get("/AutotaskOnyx/LandingPage").get_data(as_text=True)


def test_pages_show_no_credentials(console: Start) -> None:
    somebody: Console = console(api_users=[{"user_name": "key1@alder.example", "vendor": "Work 365 Sync"}])
    user = somebody.tenant.api_user("key1@alder.example")
    page = somebody.get(f"{SETUP}/ApiUser.mvc/EditApiUser?resourceId={user.id}").get_data(as_text=True)
    assert user.user_name in page
    assert user.secret not in page and user.tracking_identifier not in page
