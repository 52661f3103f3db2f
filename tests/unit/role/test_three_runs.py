# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A fleet of two, run three times: a check, for real, and again. One user is generated, one was made by hand."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from .site import CONSOLE_PASSWORD, PASSWORD, Outcome, Site, users_of


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Outcome, Outcome]:
    site = Site(tmp_path_factory.mktemp("site"))
    site.add("alder", verify="true")
    site.add("birch", verify="false", user_name="handmade", permissions={"crm": {"organizations": {"add": False}}})
    # From the command line, and from a survey, everything is text.
    text = ("--extra-vars", "work365_integration_purge_permissions=true work365_integration_unlock=false")
    return (
        site.provision("--check", "--diff", *text),
        site.provision("-vvvv", "--diff", *text),
        site.provision("--diff"),
    )


def test_check_predicts_a_first_run_and_writes_nothing(runs: tuple[Outcome, ...]) -> None:
    check = runs[0]
    assert check.status == 0, check.output
    assert "alder: would change security level, user of work365, user of verification" in check.words
    assert [call["kind"] for call in check.calls_of("alder")] == ["level", "user", "user"]
    assert all(call["reads"] for call in check.calls)
    # One task brings all three about; that a sheet would be written is no change of the tenant.
    assert re.search(r"^alder +: ok=\d+ +changed=1 ", check.output, re.MULTILINE)
    assert list(check.files) == ["hosts.yml"]
    # Its name is derived, not drawn, so a check knows it.
    (user,) = {call["params"]["user_name"] for call in check.calls_of("alder", "user")[:1]}
    assert f"{user}@alder.example" in check.output
    assert runs[1].kept("alder")["work365"]["user_name"].startswith(f"{user}@")


def test_credentials_are_sealed_before_the_user_exists_and_completed_after(runs: tuple[Outcome, ...]) -> None:
    first = runs[1]
    assert first.status == 0, first.output
    for call, name in zip(first.calls_of("alder", "user"), ("work365", "verification"), strict=True):
        before, after = users_of(call["credentials"]["alder"])[name], first.kept("alder")[name]
        assert before["user_name"] == call["params"]["user_name"]
        assert before["secret"] == call["params"]["secret"] == after["secret"]
        assert not before["secret_set"]
        assert after["secret_set"]
        assert after["user_name"] == f"{before['user_name']}@alder.example"
    assert first.kept("alder")["verification"]["tracking_identifier"] == "CANARY-TRACKING-IDENTIFIER"


def test_credentials_file_is_private_and_encrypted(runs: tuple[Outcome, ...]) -> None:
    file = runs[1].files["credentials/alder.yml"]
    assert file.mode == 0o600
    assert file.text.startswith("$ANSIBLE_VAULT;")


def test_no_secret_is_shown_at_any_verbosity_or_written_on_the_sheet(runs: tuple[Outcome, ...]) -> None:
    first = runs[1]
    kept = first.kept("alder")
    secrets = [kept["work365"]["secret"], kept["verification"]["secret"], "CANARY-TRACKING-IDENTIFIER"]
    for secret in [*secrets, PASSWORD, CONSOLE_PASSWORD]:
        assert secret not in first.output
        assert secret not in first.files["handover/alder.md"].text


def test_generated_credentials_satisfy_autotask(runs: tuple[Outcome, ...]) -> None:
    for kept in runs[1].kept("alder").values():
        key = kept["user_name"].split("@")[0]
        assert len(key) == 15
        assert set(key) <= set(string.ascii_lowercase + string.digits)
        assert set(key) & set(string.digits)
        assert set(key) & set(string.ascii_lowercase)
        assert len(kept["secret"]) == 25
        assert kept["secret"][0] in string.ascii_letters
        assert set(kept["secret"]) <= set(string.ascii_letters + string.digits + "!*-_")
        for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits, "!*-_"):
            assert set(kept["secret"]) & set(kind)


def test_second_run_changes_nothing(runs: tuple[Outcome, ...]) -> None:
    first, second = runs[1:]
    assert second.output.count("changed=0 ") == 2
    assert {name: file.text for name, file in first.files.items()} == {
        name: file.text for name, file in second.files.items()
    }
    assert {call["params"]["update_secret"] for call in second.calls_of("alder", "user")} == {"on_create"}


def test_secret_of_a_user_made_by_hand_is_left_alone(runs: tuple[Outcome, ...]) -> None:
    first = runs[1]
    (call,) = first.calls_of("birch", "user")
    assert call["params"]["user_name"] == "handmade"
    assert call["params"]["secret"] is None
    assert call["params"]["update_secret"] == "on_create"
    assert "not known here" in first.files["handover/birch.md"].text


def test_sheet_names_the_user_and_where_its_secret_is(runs: tuple[Outcome, ...]) -> None:
    sheet = runs[1].files["handover/alder.md"].text
    assert runs[1].kept("alder")["work365"]["user_name"] in sheet
    assert "credentials/alder.yml" in sheet
    assert "**open**" in sheet


def test_tenants_own_permissions_reach_the_module(runs: tuple[Outcome, ...]) -> None:
    alder, birch = (runs[1].calls_of(tenant, "level")[0]["params"]["permissions"] for tenant in ("alder", "birch"))
    assert alder["crm"]["organizations"]["add"] is True
    assert birch["crm"]["organizations"]["add"] is False
    assert birch["crm"]["organizations"]["edit"] is True


def test_one_login_serves_a_tenant_and_leaves_nothing_behind(runs: tuple[Outcome, ...]) -> None:
    for run in runs:
        sessions = [{call["params"]["console_session"] for call in run.calls if call["kind"] in ("level", "user")}]
        assert all(len(of_run) == 2 for of_run in sessions)
        assert not any(Path(session).exists() for of_run in sessions for session in of_run)
