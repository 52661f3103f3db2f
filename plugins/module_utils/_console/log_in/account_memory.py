# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is remembered of an account between runs: which code was used last, and which credentials were refused.

A code counts once and a wrong password brings an account closer to being locked, whichever module or playbook tries.
So each account has a file of its own in a private folder, and only one log-in at a time. The file names nobody and
holds no credentials: its name is a hash, and refused credentials are kept as a slow hash with a salt.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
import typing as t
from dataclasses import asdict, dataclass
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.turns import StateNotKept, Turn, state_folder

SUFFIX = ".json"


@dataclass(frozen=True)
class Refusal:
    """Credentials that Autotask refused."""

    reason: str
    salt: str
    digest: str


@dataclass(frozen=True)
class Remembered:
    """All that is remembered of one account."""

    used_until: int = 0
    """When the period of the last code that was typed ends, in seconds since 1970."""
    refusal: Refusal | None = None

    def refused(self, credentials: str) -> str | None:
        """Why exactly these *credentials* were refused before; None if they were not."""
        if self.refusal and hmac.compare_digest(_slow_hash(credentials, self.refusal.salt), self.refusal.digest):
            return self.refusal.reason
        return None


class AccountMemory:
    """Remembers one account in a file of the state *folder*."""

    def __init__(self, folder: str, identity: str) -> None:
        self._path = state_folder(folder) / "accounts" / f"{hashlib.sha256(identity.encode()).hexdigest()}{SUFFIX}"

    def turn(self, journal: Journal, pause: t.Callable[[float], None]) -> Turn:
        """Wait until nobody else logs in with this account, and keep others waiting meanwhile."""
        return Turn(self._path.with_suffix(".lock"), journal, pause, "another run has logged in with this account")

    def read(self) -> Remembered:
        """What is remembered; nothing where that was never written, or not by this collection."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            refusal = data.pop("refusal")
            return Remembered(**data, refusal=Refusal(**refusal) if refusal else None)
        except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
            return Remembered()
        except OSError as error:
            # What cannot be read may say that nothing must be tried.
            raise StateNotKept(self._path, error) from error

    def used_code(self, until: int) -> None:
        """Remember, before it is typed, that the code whose period ends then is used."""
        self._write(Remembered(until, self.read().refusal))

    def was_refused(self, credentials: str, reason: str) -> None:
        """Remember that Autotask refused these credentials."""
        salt = secrets.token_hex(16)
        self._write(Remembered(self.read().used_until, Refusal(reason, salt, _slow_hash(credentials, salt))))

    def was_let_in(self) -> None:
        """Forget a refusal, as the account is in order again."""
        memory = self.read()
        if memory.refusal:
            self._write(Remembered(memory.used_until))

    def _write(self, memory: Remembered) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A temporary file is made with mode 0600.
            descriptor, temporary = tempfile.mkstemp(dir=self._path.parent)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(memory), file)
            Path(temporary).replace(self._path)
        except OSError as error:
            raise StateNotKept(self._path.parent, error) from error


def _slow_hash(credentials: str, salt: str) -> str:
    return hashlib.scrypt(credentials.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()
