# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The browser's temporary folder: gone after each run, and after one that was killed as soon as another begins."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.workspace import PREFIX, workspace
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError

STANDS_STILL = f"""
import time
from {workspace.__module__} import workspace
with workspace() as folder:
    (folder / "profile").touch()
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def standing_still() -> tuple[subprocess.Popen[str], Path]:
    run = subprocess.Popen([sys.executable, "-c", STANDS_STILL], stdout=subprocess.PIPE, text=True)
    assert run.stdout
    return run, Path(run.stdout.readline().strip())


def end(run: subprocess.Popen[str]) -> None:
    run.kill()
    run.communicate()


def test_it_is_private_and_gone_afterwards(home: Path) -> None:
    with pytest.raises(KeyboardInterrupt), workspace() as folder:
        assert folder.parent == home and stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert os.environ["TMPDIR"] == str(folder), "child processes use it"
        (folder / "file").touch()
        raise KeyboardInterrupt
    assert not list(home.iterdir()) and os.environ["TMPDIR"] == str(home)


def test_what_a_killed_run_left_is_removed_and_what_is_in_use_is_not(home: Path) -> None:
    (killed, left), (alive, used) = standing_still(), standing_still()
    end(killed)
    try:
        with workspace():
            assert not left.exists() and (used / "profile").exists()
    finally:
        end(alive)
    with workspace():
        assert not used.exists()


def test_where_nothing_can_be_locked_it_says_so_and_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(ConsoleError, match="TMPDIR"), workspace():
        pass
    assert not list(home.iterdir())


def test_where_there_is_no_room_it_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_given: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(ConsoleError, match=r"No space left on device\. Set TMPDIR") as failed, workspace():
        pass
    assert failed.value.reason == "no_workspace" and not list(home.iterdir())


def test_what_only_looks_like_it_is_left_alone(home: Path) -> None:
    (home / "elsewhere").mkdir()
    (home / f"{PREFIX}file").touch()
    (home / f"{PREFIX}link").symlink_to(home / "elsewhere")
    with workspace():
        pass
    assert sorted(path.name for path in home.iterdir()) == ["elsewhere", f"{PREFIX}file", f"{PREFIX}link"]
