# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one owner of a tenant's credentials: each of its operations reads, checks, and writes only what it read."""

from __future__ import annotations

import datetime
import typing as t
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import (
    Asked,
    Entry,
    Kept,
    as_text,
    of_tenant,
    parse,
    with_asked,
    with_entry,
    without_entry,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import Seal
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Conflict, Store

ATTEMPTS = 5
"""How often an operation that may be repeated is, when another run was quicker."""


T = t.TypeVar("T")


class EntryGone(AutotaskError):
    """Somebody else removed an entry since the run began."""

    reason = "credentials_gone"

    def __init__(self, where: str, key: str, meanwhile: str = "") -> None:
        super().__init__(
            f"{where} does not hold the credentials {key} any more, which it held at the beginning of this run. "
            f"{meanwhile}Somebody may have archived them; see what they are about, and run again."
        )


@dataclass(frozen=True)
class Opened:
    """What was read, and the version to give when it is written."""

    kept: Kept
    version: str
    sealed: str = ""


class Keeper:
    """Keeps the credentials of one tenant."""

    def __init__(self, store: Store, seal: Seal, tenant: str) -> None:
        self._store = store
        self._seal = seal
        self.tenant = tenant

    @property
    def where(self) -> str:
        """What people call the place."""
        return self._store.where

    def read(self) -> Opened:
        """What is kept for this tenant; an empty C(Kept) where nothing is."""
        sealed, version = self._store.read()
        where = self._store.where
        kept = parse(self._seal.open(sealed, where), where) if sealed else Kept()
        return Opened(of_tenant(kept, self.tenant, where), version, sealed)

    def ensure(self, asked: t.Mapping[str, Asked], check: bool = False) -> tuple[Opened, list[str]]:
        """Have credentials for every user that is *asked* for; returns them, and the keys of those that were made.

        They are made only where there are none. Runs that do so at once end with the same. With *check* nothing is
        made; what is returned is not kept then.
        """

        def attempt() -> tuple[Opened, list[str]]:
            opened = self.read()
            whole, stored = opened.kept, opened.kept
            for key, wish in asked.items():
                whole, now = with_asked(whole, key, wish, moment())
                if now:
                    stored = with_entry(replace(stored, set_aside=whole.set_aside), key, whole.users[key])
            made = [key for key in asked if key in stored.users and key not in opened.kept.users]
            if check or stored == opened.kept:
                if made:
                    self._seal.require()
                return replace(opened, kept=whole), made
            written = self._write(opened, stored)
            return replace(written, kept=whole), made

        return self._repeated(attempt)

    def note(self, changes: t.Mapping[str, t.Mapping[str, t.Any]], new: t.Mapping[str, Entry] | None = None) -> bool:
        """Set single fields of entries, or keep *new* entries that were found; whether anything was different.

        All other fields stay as they are stored by now.
        """

        def attempt() -> bool:
            opened = self.read()
            kept = opened.kept
            for key, entry in (new or {}).items():
                kept = with_entry(kept, key, kept.users.get(key, entry))
            for key, fields in changes.items():
                if key not in kept.users:
                    raise EntryGone(self.where, key)
                kept = with_entry(kept, key, replace(kept.users[key], **fields))
            if kept == opened.kept:
                return False
            self._write(opened, kept)
            return True

        return self._repeated(attempt)

    def take_back(self, key: str, entry: Entry, set_aside: bool) -> None:
        """Forget an *entry* that was made for a user that turned out to be somebody else's; or only set it aside."""

        def attempt() -> None:
            opened = self.read()
            found = opened.kept.users.get(key)
            if found is None or found.secret_set or (found.user_name, found.secret) != (entry.user_name, entry.secret):
                return
            self._write(opened, without_entry(opened.kept, key, set_aside))

        self._repeated(attempt)

    def change(self, opened: Opened, changes: t.Mapping[str, t.Mapping[str, t.Any]]) -> Opened:
        """Set fields of entries in exactly what was *opened*; raises Conflict if it is not what is stored any more."""
        kept = opened.kept
        for key, fields in changes.items():
            kept = with_entry(kept, key, replace(kept.users[key], **fields))
        return self._write(opened, kept)

    def archive(self, opened: Opened) -> str | None:
        """Put exactly what was *opened* away, still sealed; returns where to, or None if there was nothing."""
        return self._store.archive(opened.version) if opened.version else None

    def _write(self, opened: Opened, kept: Kept) -> Opened:
        sealed = self._seal.seal(as_text(kept), like=opened.sealed)
        self._store.write(sealed, opened.version)
        # Opened again, so that what cannot be unsealed is noticed now.
        return self.read()

    def _repeated(self, attempt: t.Callable[[], T]) -> T:
        for _attempt in range(ATTEMPTS - 1):
            try:
                return attempt()
            except Conflict:
                continue
        return attempt()


MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""How moments are written, as text that sorts as time does."""


def moment(ago: float = 0) -> str:
    """Now, or some seconds ago."""
    return (datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=ago)).strftime(MOMENT)
