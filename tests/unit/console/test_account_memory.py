# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was tried with an account is remembered by all that share a folder, one after the other, and names nobody."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import threading
import time
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import DeadlinePassed
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account_memory import (
    AccountMemory,
    Remembered,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.turns import StateNotKept, Turn

CREDENTIALS = "Correct-Horse-9\0GEZDGNBVGY3TQOJQ"


def memory(folder: Path, identity: str = "me") -> AccountMemory:
    return AccountMemory(str(folder), identity)


def test_nothing_is_remembered_at_first_or_in_what_cannot_be_read(tmp_path: Path) -> None:
    assert memory(tmp_path).read() == Remembered()
    memory(tmp_path).used_code(100)
    (file,) = (tmp_path / "accounts").iterdir()
    for text in ("", "no json", "[]", "{}", '{"used_until": 5, "refusal": 7}', '{"colour": 1, "refusal": null}'):
        file.write_text(text)
        assert memory(tmp_path).read() == Remembered()


def test_codes_and_refusals_are_kept_side_by_side(tmp_path: Path) -> None:
    memory(tmp_path).used_code(1_700_000_030)
    memory(tmp_path).was_refused(CREDENTIALS, "wrong_password")
    memory(tmp_path).used_code(1_700_000_060)
    kept = memory(tmp_path).read()
    assert kept.used_until == 1_700_000_060
    assert kept.refused(CREDENTIALS) == "wrong_password"
    assert kept.refused("others") is None
    assert memory(tmp_path, "somebody else").read() == Remembered()
    memory(tmp_path).was_let_in()
    assert memory(tmp_path).read() == Remembered(1_700_000_060)


def test_the_file_names_nobody_and_holds_no_credentials(tmp_path: Path) -> None:
    memory(tmp_path, "admin@alder.example").was_refused(CREDENTIALS, "wrong_code")
    (file,) = (tmp_path / "accounts").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    text = file.name + file.read_text()
    assert not any(part in text for part in ("admin", "alder", *CREDENTIALS.split("\0")))
    first = file.read_text()
    memory(tmp_path, "admin@alder.example").was_refused(CREDENTIALS, "wrong_code")
    assert file.read_text() != first, "the salt is another one each time"


def test_one_log_in_at_a_time(tmp_path: Path) -> None:
    order: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with memory(tmp_path).turn(Journal(30), time.sleep):
            order.append("first in")
            inside.set()
            leave.wait(10)
            order.append("first out")

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    threading.Timer(0.3, leave.set).start()
    journal = Journal(30)
    with memory(tmp_path).turn(journal, time.sleep):
        order.append("second in")
    thread.join()
    assert order == ["first in", "first out", "second in"]
    assert journal.steps == ["Wait until another run has logged in with this account"]
    with memory(tmp_path, "another account").turn(Journal(30), time.sleep):
        pass


def test_who_has_the_turn_may_take_it_again_and_keeps_it_to_the_end(tmp_path: Path) -> None:
    def turn(seconds: float = 30) -> Turn:
        return Turn(tmp_path / "tenant.lock", Journal(seconds), time.sleep, "another run has written")

    mine = turn()
    with mine:
        with mine:
            pass
        with pytest.raises(DeadlinePassed), turn(0.2):
            pass
    with turn(0.2):
        pass


def test_waiting_ends_with_the_deadline(tmp_path: Path) -> None:
    with (
        memory(tmp_path).turn(Journal(30), time.sleep),
        pytest.raises(DeadlinePassed),
        memory(tmp_path).turn(Journal(0.2), time.sleep),
    ):
        pass


def test_a_folder_that_cannot_be_used_is_named_before_anything_is_typed(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(StateNotKept, match="state_dir"), memory(tmp_path / "state").turn(Journal(30), time.sleep):
        pass


def test_a_folder_that_knows_no_locks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", cannot)
    with pytest.raises(StateNotKept, match="No locks available"), memory(tmp_path).turn(Journal(30), time.sleep):
        pass


def test_the_home_of_nobody_is_named(tmp_path: Path) -> None:
    """As in a container that runs as a user whom it does not know, without HOME."""
    with pytest.raises(StateNotKept, match="state_dir"):
        memory(Path("~no-such-user/state"))


def test_what_cannot_be_read_is_not_forgotten(tmp_path: Path) -> None:
    one = memory(tmp_path)
    one.was_refused(CREDENTIALS, "wrong_code")
    (file,) = (tmp_path / "accounts").glob("*.json")
    file.unlink()
    file.mkdir()
    with pytest.raises(StateNotKept):
        one.read()


def test_all_addresses_of_autotask_know_the_same_account() -> None:
    account = Account("Admin@alder.example", "x")
    same = {account.identity_at(url) for url in ("https://www.autotask.net", "https://ww5.autotask.net/Mvc")}
    assert same == {Account("admin@ALDER.example ", "y").identity_at("https://autotask.net")}
    assert account.identity_at("http://127.0.0.1:80") not in same
