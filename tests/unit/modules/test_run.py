# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether anybody still waits for what a module does."""

from __future__ import annotations

import os
import subprocess
import sys
import typing as t
from dataclasses import replace
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils import _run
from ansible_collections.msp.autotask.plugins.module_utils._run import Process, has_reader


@pytest.fixture(params=["proc", "ps"])
def looks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the files below /proc."""
    if request.param == "ps":
        monkeypatch.setattr(_run, "PROC", Path("/nowhere"))


@pytest.fixture
def child() -> t.Iterator[subprocess.Popen[bytes]]:
    # Its name may hold anything.
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield child
    child.kill()
    child.communicate()


def known(pid: int) -> Process:
    found = Process.now(pid)
    assert found
    return Process.from_data(found.as_data())


@pytest.mark.usefixtures("looks")
def test_a_process_is_there_until_it_ends(child: subprocess.Popen[bytes]) -> None:
    process = known(child.pid)
    assert process.is_there and known(os.getpid()).is_there
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not process.is_there, "only its entry is left"
    child.communicate()
    assert not process.is_there and Process.now(child.pid) is None


@pytest.mark.usefixtures("looks")
def test_another_process_with_its_id_is_not_the_one(child: subprocess.Popen[bytes]) -> None:
    assert not replace(known(child.pid), started="another time").is_there


def test_where_it_cannot_be_seen_nothing_is_said_of_it(child: subprocess.Popen[bytes]) -> None:
    elsewhere = replace(known(child.pid), pid=2**22, place="another machine")
    assert elsewhere.is_there


def test_somebody_elses_process_may_hide_when_it_started(
    child: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    process = known(child.pid)

    def denied(pid: int, signal: int) -> t.NoReturn:
        raise PermissionError

    monkeypatch.setattr(os, "kill", denied)
    monkeypatch.setattr(_run, "_state_and_start", lambda _pid: ("", ""))
    assert process.is_there


def test_a_pipe_whose_reader_left_has_none(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    assert has_reader(writer)
    os.write(writer, b"not read yet")
    assert has_reader(writer)
    os.close(reader)
    assert not has_reader(writer)
    os.close(writer)
    assert not has_reader(writer), "a closed one"
    with (tmp_path / "file").open("wb") as file:
        assert has_reader(file.fileno()), "files need none"


def test_a_terminal_that_was_closed_has_no_reader() -> None:
    master, terminal = os.openpty()
    assert has_reader(terminal)
    os.close(master)
    assert not has_reader(terminal)
    os.close(terminal)
