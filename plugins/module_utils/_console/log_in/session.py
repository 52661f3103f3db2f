# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A saved console session: one login serves all tasks of a tenant.

The file holds the session's cookies, as good as a password until Autotask ends the session, so it is readable by its
owner only. It belongs to one account and one set of credentials; anything else is ignored and replaced.

Where people must log in by other means (single sign-on), a person does it and saves the session with Playwright's own
tool; such a file holds the browser's storage state and nothing else. It is used, and never written.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import typing as t
from dataclasses import asdict, dataclass
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError

if t.TYPE_CHECKING:
    from playwright.sync_api import StorageState


@dataclass(frozen=True)
class SavedSession:
    """What is needed to go on where an earlier task stopped."""

    storage_state: StorageState
    landing: str | None = None
    """The address that the console showed after logging in; None in a session that a person saved."""
    fingerprint: str | None = None
    """Whose session it is; None in a session that a person saved, who knows that."""


def of_person(content: str) -> SavedSession:
    """The session that C(msp.autotask.login) kept, or that Playwright's own tool saved."""
    try:
        # Editors of some systems put a mark before everything.
        data = json.loads(content.removeprefix("\ufeff"))
        saved = SavedSession(data) if "cookies" in data else SavedSession(data["storage_state"], data["landing"])
        if _is_whole(saved):
            return saved
    except (ValueError, TypeError, KeyError):
        pass
    raise ConsoleError("What is kept is not a session. Make a new one.", "session_not_usable")


def _is_whole(saved: SavedSession) -> bool:
    cookies = saved.storage_state["cookies"]
    holds_cookies = isinstance(cookies, list) and all(isinstance(cookie, dict) for cookie in cookies)
    return holds_cookies and isinstance(saved.landing, str | None)


def secrets_of(session: SavedSession) -> list[str]:
    """What lets somebody in who has it."""
    return [str(cookie.get("value", "")) for cookie in session.storage_state["cookies"]]


def load(path: str | None, fingerprint: str) -> SavedSession | None:
    """Return the session saved at *path* for this account, if there is a readable one."""
    if not path:
        return None
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        saved = SavedSession(content) if "cookies" in content else SavedSession(**content)
        if not _is_whole(saved):
            return None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return saved if saved.fingerprint in (fingerprint, None) else None


def save(path: str | None, session: SavedSession) -> None:
    """Write *session* to *path*, whole or not at all, for its owner's eyes only."""
    if path:
        _write(Path(path), json.dumps(asdict(session)))


def _write(target: Path, content: str) -> None:
    try:
        _replace(target, content)
    except OSError as error:
        raise ConsoleError(
            f"The session cannot be kept in {target}: {error.strerror}. Name another file in 'console_session'.",
            "session_not_saved",
        ) from error


def _replace(target: Path, content: str) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A temporary file is made with mode 0600.
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
