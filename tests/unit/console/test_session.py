# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import stat
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in import session
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.session import SavedSession

COOKIES: t.Any = {"cookies": [{"name": "ATSession", "value": "as-good-as-a-password"}], "origins": []}
URL = "https://www.autotask.net"
ACCOUNT = Account("admin@alder.example", "Pass-word-1", "JBSWY3DPEHPK3PXP")


def saved(account: Account = ACCOUNT) -> SavedSession:
    landing = "https://ww4.autotask.net/AutotaskOnyx/LandingPage"
    return SavedSession(COOKIES, landing, account.fingerprint_at(URL))


def test_a_session_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "session.json"
    session.save(str(file), saved())
    assert session.load(str(file), ACCOUNT.fingerprint_at(URL)) == saved()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["session.json"]


def test_a_session_replaces_one_that_others_could_read(tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text("{}")
    file.chmod(0o644)
    session.save(str(file), saved())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "other",
    [
        Account("other@alder.example", "Pass-word-1", "JBSWY3DPEHPK3PXP"),
        Account("admin@alder.example", "Pass-word-2", "JBSWY3DPEHPK3PXP"),
        Account("admin@alder.example", "Pass-word-1"),
        Account("admin@alder.example", None, "JBSWY3DPEHPK3PXP"),
    ],
)
def test_a_session_is_of_one_account_and_its_credentials(tmp_path: Path, other: Account) -> None:
    session.save(str(tmp_path / "session.json"), saved())
    assert session.load(str(tmp_path / "session.json"), other.fingerprint_at(URL)) is None


def test_a_session_is_of_one_address(tmp_path: Path) -> None:
    session.save(str(tmp_path / "session.json"), saved())
    assert session.load(str(tmp_path / "session.json"), ACCOUNT.fingerprint_at("https://ww5.autotask.net")) is None


def test_a_session_that_cannot_be_saved_has_a_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConsoleError) as failure:
        session.save(str(tmp_path / "file" / "session.json"), saved())
    assert failure.value.reason == "session_not_saved" and "session.json" in failure.value.message


def test_a_fingerprint_holds_no_credential() -> None:
    assert "Pass" not in ACCOUNT.fingerprint_at(URL) and len(ACCOUNT.fingerprint_at(URL)) == 64


def test_a_session_that_a_person_saved_is_anybodys(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text(json.dumps(COOKIES))
    assert session.load(str(file), ACCOUNT.fingerprint_at(URL)) == SavedSession(COOKIES)


@pytest.mark.parametrize(
    "content", ["", "no json", "[]", "5", '{"unknown": 1}', '"text"', '"cookies"', '{"cookies": 5}']
)
def test_what_is_no_session_is_ignored(tmp_path: Path, content: str) -> None:
    file = tmp_path / "session.json"
    file.write_text(content)
    assert session.load(str(file), ACCOUNT.fingerprint_at(URL)) is None
    assert session.load(str(tmp_path / "missing"), ACCOUNT.fingerprint_at(URL)) is None
    assert session.load(None, ACCOUNT.fingerprint_at(URL)) is None
