# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A session that a person made, sealed like the credentials: opened for modules, replaced by a new log-in only."""

from __future__ import annotations

import contextlib
import os
import stat
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import FileStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import absolute
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import Seal
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import StoreError

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class NoSession(AutotaskError):
    """Nobody has logged in for this tenant yet."""

    reason = "session_missing"


class SessionNotPrivate(AutotaskError):
    """Somebody else may have read or written the file."""

    reason = "session_not_private"


class KeptSession:
    """The sealed file at *path*; a *password* of its own seals it, or else the vault secrets of the run."""

    def __init__(self, path: str, password: str | None, task_vars: t.Mapping[str, t.Any]) -> None:
        self.path = absolute(path, task_vars)
        host = task_vars.get("inventory_hostname")
        self.renewal = (
            f"Log in anew: ansible-playbook -i INVENTORY msp.autotask.login --limit {host} (from a machine with a "
            f"screen; it keeps the session in {self.path})."
        )
        self._store = FileStore(self.path)
        self._seal = Seal.of_password(password) if password else Seal.of_run()

    def open(self) -> str:
        """What is kept."""
        _refuse_unless_private(self.path)
        sealed = self._store.read()[0]
        if not sealed:
            raise NoSession(f"There is no session in {self.path}. {self.renewal}")
        return self._seal.open(sealed, str(self.path))

    def refuse_if_not_replaceable(self) -> None:
        """Fail before a person has taken the trouble to log in: what cannot be opened is never replaced."""
        self._seal.require()
        with contextlib.suppress(NoSession):
            self.open()
        # Of a folder that is yet to be made, the one that it will lie in.
        folder = next(each for each in self.path.resolve().parents if each.exists())
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            raise StoreError(f"Nothing can be written in {folder}, so a session could not be kept in {self.path}.")

    def keep(self, content: str) -> None:
        """Put *content* in the place of what is kept."""
        old, version = self._store.read()
        self._store.write(self._seal.seal(content, like=old), version)


def _refuse_unless_private(path: Path) -> None:
    """Nothing where there is no file."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}. Nothing was changed.") from error
    if not stat.S_ISREG(about.st_mode):
        raise StoreError(f"{path} is no file. Nothing was changed; name a file.")
    if about.st_uid != os.geteuid() or about.st_mode & OTHERS:
        raise SessionNotPrivate(
            f"{path} belongs to another user, or others may read or write it, so it was not used. It is as good as a "
            f"password: make it yours and private (chown, chmod 600), or log in anew."
        )
