# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module is doing, told while it does it.

Ansible hears nothing of a module before it ends. So a callback that shows it makes a folder of its own and names it in
the environment, and a console module appends the names of its steps to a file in it. All of it is a convenience:
whatever goes wrong with it is passed over.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor

FOLDER = "MSP_AUTOTASK_STEPS"
"""The environment variable by which the callback tells the action plugins where the folder is."""

STEPS = "steps"
"""What an action plugin calls the file in the module's private option."""

LONGEST_STEP = 500
"""Bytes; names of levels and users come from pages."""


class StepsFolder:
    """A folder that nobody else can look into, until it is removed."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="msp.autotask."))
        # Console modules sweep such folders away, but for those that somebody holds.
        self._held = contextlib.ExitStack()
        descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        self._held.callback(os.close, descriptor)
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.environ[FOLDER] = str(self.path)

    def begin(self, tenant: str) -> None:
        """Forget the steps of the tenant's last module."""
        with contextlib.suppress(OSError):
            _file(self.path, tenant).unlink(missing_ok=True)

    def last(self, tenant: str) -> str:
        """The last step that the tenant's module has begun; empty if it told none."""
        with contextlib.suppress(OSError), _file(self.path, tenant).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_STEP))
            lines = file.read().decode(errors="replace").splitlines()
            return lines[-1] if lines else ""
        return ""

    def remove(self) -> None:
        os.environ.pop(FOLDER, None)
        shutil.rmtree(self.path, ignore_errors=True)
        self._held.close()


def steps_file_of(tenant: str) -> str | None:
    """Where the module of *tenant* may tell its steps; None where nobody listens."""
    folder = os.environ.get(FOLDER)
    return str(_file(Path(folder), tenant)) if folder else None


def step_teller(path: str | None, redactor: Redactor) -> t.Callable[[str], None]:
    """What appends a step to the file, without secrets."""

    def tell(step: str) -> None:
        line = " ".join(redactor.text(step).split()).encode()[: LONGEST_STEP - 1] + b"\n"
        with contextlib.suppress(OSError):
            # Nobody else can put a link there; with O_NOFOLLOW it would not help them either.
            file = os.open(str(path), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                os.write(file, line)
            finally:
                os.close(file)

    return tell if path else lambda _step: None


def _file(folder: Path, tenant: str) -> Path:
    # Whatever a host's name is, and however long: no file system takes all names.
    return folder / hashlib.sha256(tenant.encode(errors="surrogatepass")).hexdigest()
