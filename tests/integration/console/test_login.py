# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in: every outcome by its name, every credential once."""

from __future__ import annotations

import json
import stat
import typing as t
from pathlib import Path

import pytest
from autotask_simulator.fleet import DEFAULT_TOTP_SECRET
from samples import each
from simulated_console import Console

Add = t.Callable[..., Console]

# What the tenant is like, what is given, the reason of the failure, and what the tenant notes of it.
REFUSALS: dict[str, tuple[dict[str, t.Any], dict[str, t.Any], str, list[str]]] = {
    "wrong password": ({}, {"console_password": "Wrong-one-1"}, "wrong_password", ["login_failed wrong_password"]),
    "wrong secret of codes": (
        {"two_factor": True},
        {"console_totp_secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"},
        "wrong_code",
        ["login_failed wrong_code"],
    ),
    "no secret of codes": ({"two_factor": True}, {"console_totp_secret": None}, "two_factor_required", []),
    "single sign-on": ({"login": "sso"}, {}, "single_sign_on", ["login_redirected sso"]),
    "KaseyaOne only": ({"login": "kaseyaone"}, {}, "kaseyaone_required", ["login_refused kaseyaone_required"]),
    "never used": ({"admin": {"state": "first_login"}}, {}, "first_login", ["login_refused first_login"]),
    "password expired": (
        {"admin": {"state": "password_expired"}},
        {},
        "password_expired",
        ["login_refused password_expired"],
    ),
    "locked": ({"admin": {"locked": True}}, {}, "locked", ["login_refused locked"]),
    "no administrator": ({"admin": {"is_admin": False}}, {}, "access_denied", ["logged_in"]),
    "no password": ({}, {"console_password": None}, "password_needed", []),
}


@pytest.mark.parametrize(
    "case", each(REFUSALS, in_make_test=["wrong password", "wrong secret of codes", "single sign-on", "locked"])
)
def test_whoever_is_not_let_in_is_told_why_after_one_attempt(console: Add, case: str) -> None:
    spec, given, reason, noted = REFUSALS[case]
    tenant = console(**spec)
    result = tenant.level(**given)
    assert result["failure"]["reason"] == reason, result["msg"]
    assert tenant.verbs("login_failed", "login_refused", "login_redirected", "logged_in") == noted
    assert not tenant.writes
    assert Path(tenant.connection["console_session"]).exists() == (reason == "access_denied")


KASEYAONE: dict[str, tuple[dict[str, t.Any], dict[str, t.Any], str]] = {
    "no company": ({}, {"console_company": None}, "company_needed"),
    "wrong company": ({}, {"console_company": "Birch IT"}, "wrong_password"),
    "wrong secret of codes": ({}, {"console_totp_secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}, "wrong_code"),
    "push": ({"kaseyaone": "push"}, {}, "push_only"),
    "disabled": ({"kaseyaone": "disabled"}, {}, "account_disabled"),
    "access list": ({"kaseyaone": "access_list"}, {}, "address_not_allowed"),
    "no module": ({"kaseyaone": "no_module"}, {}, "module_not_assigned"),
    "no user": ({"kaseyaone": "no_user"}, {}, "user_not_linked"),
}
BY_KASEYAONE = {"console_login": "kaseyaone", "console_company": "alder it"}


def test_a_tenant_that_requires_kaseyaone_is_worked_in_unattended(console: Add) -> None:
    tenant = console(login="kaseyaone", two_factor=True)
    assert tenant.level(**BY_KASEYAONE)["changed"]
    assert tenant.verbs("logged_in", "login_failed") == ["logged_in kaseyaone"]


@pytest.mark.parametrize("case", each(KASEYAONE, in_make_test=["push"]))
def test_whom_kaseyaone_does_not_let_in_is_told_why_after_one_attempt(console: Add, case: str) -> None:
    spec, given, reason = KASEYAONE[case]
    tenant = console(login="kaseyaone", two_factor=True, **spec)
    result = tenant.level(**{**BY_KASEYAONE, **given})
    assert result["failure"]["reason"] == reason, result["msg"]
    assert len(tenant.verbs("login_failed", "login_refused")) <= 1 and not tenant.writes


@pytest.mark.long
def test_tasks_side_by_side_take_turns_with_the_codes_of_an_account(console: Add) -> None:
    """Without a session file, as in the examples of all modules."""
    tenant = console(two_factor=True)
    tenant.connection["console_session"] = None
    running = [tenant.start("autotask_security_level_info") for _ in range(2)]
    assert all(tenant.result(process)["security_levels"] for process in running)
    assert tenant.verbs("logged_in", "login_failed") == ["logged_in", "logged_in"]


def test_what_was_refused_is_not_tried_again_until_it_changes_or_a_person_says_so(console: Add) -> None:
    tenant = console(lock_after=3)
    wrong = {"console_password": "Wrong-one-1"}
    assert tenant.level(**wrong)["failure"]["reason"] == "wrong_password"
    for _ in range(2):
        again = tenant.level(**wrong)
        assert again["failure"]["reason"] == "refused_before" and "retry_refused" in again["msg"]
    assert tenant.level(**wrong, retry_refused=True)["failure"]["reason"] == "wrong_password"
    assert tenant.verbs("login_failed") == ["login_failed wrong_password"] * 2
    assert tenant.level()["changed"]
    assert tenant.level(**wrong)["failure"]["reason"] == "wrong_password", "the refusal was forgotten"


def test_a_bad_secret_of_codes_is_refused_before_anything_is_typed(console: Add) -> None:
    tenant = console(two_factor=True)
    result = tenant.level(console_totp_secret="123456")
    assert result["failure"]["reason"] == "bad_totp_secret"
    assert not tenant.tenant.events()


@pytest.mark.long
def test_the_address_of_a_qr_code_is_a_secret_of_codes(console: Add) -> None:
    tenant = console(two_factor=True)
    address = f"otpauth://totp/Autotask:me?secret={DEFAULT_TOTP_SECRET.lower()}&issuer=Autotask"
    result = tenant.level(console_totp_secret=address)
    assert result["changed"]
    assert DEFAULT_TOTP_SECRET.lower() not in result["printed"]


@pytest.mark.long
@pytest.mark.parametrize("two_factor", [False, True])
def test_a_login_page_that_begins_anew_is_not_asking_for_a_code(console: Add, two_factor: bool) -> None:
    tenant = console(two_factor=two_factor)
    tenant.arm("session_expired", "landing")
    result = tenant.level()
    assert result["failure"]["reason"] == "login_interrupted" and "began anew" in result["msg"]
    assert not tenant.verbs("login_failed", "login_refused") and not tenant.writes


def test_another_tenant_is_not_touched(console: Add) -> None:
    """As when somebody pastes one customer's credentials into another's variables."""
    alder, birch = console(database="Alder IT"), console(database="Birch IT")
    file = alder.folder / "tenants" / "alder.json"
    for named in ("Alder IT", alder.tenant.domain):
        refused = birch.level(tenant=named)
        assert refused["failure"]["reason"] == "wrong_tenant" and "Birch IT" in refused["msg"]
    assert alder.level(tenant="Alder IT", tenant_file=str(file))["changed"]
    noted = birch.level(name="Other", tenant_file=str(file))
    assert noted["failure"]["reason"] == "wrong_tenant" and str(file) in noted["msg"]
    assert not birch.writes
    assert alder.level(tenant_file=str(file))["changed"] is False


@pytest.mark.long
@pytest.mark.parametrize("forgotten", [False, True])
def test_an_ended_session_is_replaced_and_a_code_is_used_once(console: Add, forgotten: bool) -> None:
    tenant = console(two_factor=True, levels=[{"name": "Reader"}])
    file = Path(tenant.connection["console_session"])
    tenant.run("autotask_security_level_info")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    if forgotten:
        # As the role does in the end; its next run may begin at once.
        file.unlink()
    else:
        tenant.tenant.store.end_sessions(tenant.tenant.domain)
    result = tenant.run("autotask_security_level_info")
    assert [level["name"] for level in result["security_levels"] if not level["system"]] == ["Reader"]
    assert tenant.verbs("logged_in", "login_failed") == ["logged_in", "logged_in"]


def test_a_session_that_a_person_saved_is_used_and_never_written(console: Add) -> None:
    """As 'playwright open --save-storage' writes it, after single sign-on for instance."""
    tenant = console(shell="older")
    tenant.run("autotask_security_level_info")
    file = Path(tenant.connection["console_session"])
    state = json.dumps(json.loads(file.read_text())["storage_state"])
    file.write_text(state)
    tenant.tenant.update_options(login="sso")

    by_hand = {"console_password": None, "console_username": "somebody@idp.example"}
    assert tenant.run("autotask_security_level_info", **by_hand)["security_levels"]
    assert file.read_text() == state

    tenant.tenant.store.end_sessions(tenant.tenant.domain)
    ended = tenant.run("autotask_security_level_info", **{**tenant.connection, "console_password": None})
    assert ended["failure"]["reason"] == "single_sign_on" and "save it anew" in ended["msg"]

    tenant.tenant.update_options(login="password")
    assert tenant.run("autotask_security_level_info").steps[-1] == "Log out", "the new session is of that run only"
    assert file.read_text() == state


@pytest.mark.long
@pytest.mark.parametrize(
    "spec", [{}, {"shell": "older", "in_out_dialog": True}, {"menu": "icons", "in_out_dialog": True}]
)
def test_a_session_that_is_not_saved_is_logged_out(console: Add, spec: dict[str, t.Any]) -> None:
    tenant = console(**spec)
    tenant.connection["console_session"] = None
    result = tenant.run("autotask_security_level_info")
    assert result.steps[-1] == "Log out"
    # As root there is one about the browser's sandbox.
    assert not [warning for warning in result.get("warnings", []) if "logged out" in warning]
    assert tenant.verbs("logged_in", "logged_out") == ["logged_in", "logged_out"]

    failed = tenant.level(copy_from="Nothing")
    assert failed["failure"]["reason"] == "base_level_missing"
    assert tenant.verbs("logged_in", "logged_out") == ["logged_in", "logged_out"] * 2
