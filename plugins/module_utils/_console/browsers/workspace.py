# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A temporary folder for the browser's files, which hold a session's cookies.

Who is killed cannot tidy up. So each run holds a lock on its folder, which ends with the process whatever ends it, and
each run removes the folders that nobody holds any more.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError

PREFIX = "msp.autotask."

LOCK_TRIES = 20
"""Another run may sweep a new folder away before it is locked, but not that often."""


@contextlib.contextmanager
def workspace() -> t.Iterator[Path]:
    """Yield a new folder, for its owner only, that child processes take for their temporary folder."""
    usual = os.environ.get("TMPDIR")
    try:
        home = Path(tempfile.gettempdir())
        _sweep(home)
        folder, lock = _locked_folder(home)
    except OSError as error:
        raise ConsoleError(
            f"No folder for temporary files can be made: {error.strerror}. Set TMPDIR to one that has room.",
            "no_workspace",
        ) from error
    os.environ["TMPDIR"] = str(folder)
    try:
        yield folder
    finally:
        if usual is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = usual
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked_folder(home: Path) -> tuple[Path, int]:
    for _attempt in range(LOCK_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
        lock = _lock(folder)
        if lock is not None:
            if folder.exists():
                return folder, lock
            os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)
    raise ConsoleError(
        f"No folder below {home} can be locked, which some network file systems do not offer. Set TMPDIR to a folder "
        "on a local disk.",
        "no_workspace",
    )


def _sweep(home: Path) -> None:
    """Remove what killed runs of the same user left."""
    for folder in home.glob(f"{PREFIX}*"):
        if (lock := _lock(folder)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _lock(folder: Path) -> int | None:
    """Lock a folder of this user; None if another process holds it, or if it is something else."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        with contextlib.ExitStack() as otherwise:
            otherwise.callback(os.close, descriptor)
            if os.fstat(descriptor).st_uid == os.geteuid():
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                otherwise.pop_all()
                return descriptor
    return None
