# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file of a session that a person made: sealed, private, never replaced unless it was read."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in import session
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.session import KeptSession

CONTENT = (
    '{"storage_state": {"cookies": [{"name": "ATSession", "value": "CANARY"}], "origins": []}, "landing": "https://a/"}'
)


def kept(folder: Path, password: str = "a password") -> KeptSession:
    return KeptSession(str(folder / "alder.yml"), password, {"inventory_hostname": "alder"})


def test_it_is_sealed_and_opened_again(tmp_path: Path) -> None:
    one = kept(tmp_path)
    one.keep(CONTENT)
    assert "CANARY" not in one.path.read_text() and one.path.stat().st_mode & 0o777 == 0o600
    assert one.open() == CONTENT
    one.keep(CONTENT.replace("CANARY", "NEW"))
    assert "NEW" in one.open()


def test_what_is_missing_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(AutotaskError, match="msp.autotask.login --limit alder") as failed:
        kept(tmp_path).open()
    assert failed.value.reason == "session_missing"


def test_what_an_editor_marked_is_read_all_the_same(tmp_path: Path) -> None:
    one = kept(tmp_path)
    one.keep(CONTENT)
    one.path.write_text("\ufeff" + one.path.read_text(), encoding="utf-8")
    assert one.open() == CONTENT
    assert session.of_person("\ufeff" + CONTENT).landing == "https://a/"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_what_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    one = kept(tmp_path)
    one.keep(CONTENT)
    one.path.chmod(mode)
    with pytest.raises(AutotaskError, match="chmod 600") as failed:
        one.open()
    assert failed.value.reason == "session_not_private"


def test_what_belongs_to_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = kept(tmp_path)
    one.keep(CONTENT)
    monkeypatch.setattr(os, "geteuid", SimpleNamespace(__call__=lambda: -1).__call__)
    with pytest.raises(AutotaskError, match="belongs to another user"):
        one.open()


@pytest.mark.parametrize("there", ["no vault", ""])
def test_what_cannot_be_opened_is_not_replaced(tmp_path: Path, there: str) -> None:
    one = kept(tmp_path)
    one.path.write_text(there)
    one.path.chmod(0o600)
    with pytest.raises(AutotaskError):
        one.refuse_if_not_replaceable()
    assert one.path.read_text() == there
    one.path.unlink()
    one.keep(CONTENT)
    with pytest.raises(AutotaskError):
        kept(tmp_path, "another password").refuse_if_not_replaceable()


def test_a_place_where_nothing_can_be_kept_is_told_before_anybody_logs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link.yml").symlink_to("/nowhere/session.yml")
    (tmp_path / "loop.yml").symlink_to("loop.yml")
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for name in ("link.yml", "loop.yml", "file/session.yml", "folder", f"{'x' * 300}.yml"):
        with pytest.raises(AutotaskError, match="Nothing was"):
            KeptSession(str(tmp_path / name), "a password", {}).refuse_if_not_replaceable()
    monkeypatch.setattr(os, "access", lambda *_given: False)
    with pytest.raises(AutotaskError, match="Nothing can be written"):
        kept(tmp_path / "new").refuse_if_not_replaceable()


@pytest.mark.parametrize(
    "content",
    [
        *("", "[]", "{}", '{"cookies": 1}', '{"storage_state": {}, "landing": ""}', '{"cookies": ["a=b"]}'),
        '{"storage_state": {"cookies": []}, "landing": 5}',
    ],
)
def test_what_is_no_session_is_named(content: str) -> None:
    with pytest.raises(ConsoleError) as failed:
        session.of_person(content)
    assert failed.value.reason == "session_not_usable"
