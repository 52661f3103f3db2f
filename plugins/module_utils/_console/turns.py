# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One after the other: runs on one machine that want the same account, or the same tenant, take turns."""

from __future__ import annotations

import fcntl
import os
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal


class StateNotKept(ConsoleError):
    """The folder for what must be remembered cannot be used."""

    reason = "state_not_kept"

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"What must be remembered between runs cannot be kept in {folder}: {error.strerror}. Nothing was typed or "
            "saved, since a password and a code are tried once, and two runs must not write at once. Name a folder "
            "that lasts in 'state_dir'."
        )


def state_folder(folder: str) -> Path:
    """The folder that *folder* names; StateNotKept if it lies in the home of a user whom this machine does not know."""
    try:
        return Path(folder).expanduser()
    except RuntimeError as error:
        raise StateNotKept(Path(folder), OSError(0, "nobody knows whose home that is")) from error


class Turn:
    """A lock that ends with the process, whatever ends it. Who has it may take it again."""

    def __init__(self, file: Path, journal: Journal, pause: t.Callable[[float], None], waits_for: str) -> None:
        """*waits_for* completes the sentence "wait until ..." in the journal, where another run has the turn."""
        self._file, self._journal, self._pause, self._waits_for = file, journal, pause, waits_for
        self._depth = 0
        self._lock = -1

    def __enter__(self) -> None:
        if self._depth == 0:
            self._take()
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            os.close(self._lock)

    def _take(self) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StateNotKept(self._file.parent, error) from error
        try:
            if not self._is_ours():
                self._journal.step(f"Wait until {self._waits_for}")
                self._journal.wait(self._is_ours, self._pause, self._journal.seconds_left())
                self._journal.check()
        except BaseException:
            os.close(self._lock)
            raise

    def _is_ours(self) -> bool:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # Some network file systems know no locks.
            raise StateNotKept(self._file.parent, error) from error
        return True
