# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A store that is a program of the user's: it keeps the sealed text wherever it likes.

What it is asked and must answer is said in docs/credentials.md, "Another store".
"""

from __future__ import annotations

import json
import os
import subprocess
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Conflict, StoreError

SECONDS = 120
"""How long a store may take for one answer."""


class ProgramStore:
    """What the program at *path* keeps for *tenant*."""

    def __init__(self, path: Path, tenant: str, options: t.Mapping[str, t.Any]) -> None:
        self._path = path
        self._about = {"tenant": tenant, "options": dict(options)}

    @property
    def where(self) -> str:
        return f"the store {self._path}"

    def read(self) -> tuple[str, str]:
        answer = self._ask("read")
        text, version = answer.get("text", ""), answer.get("version", "")
        if not isinstance(text, str) or not isinstance(version, str) or bool(text) != bool(version):
            raise StoreError(f"{self._path} answered without 'text' and 'version'. Nothing was changed.")
        return text, version

    def write(self, text: str, version: str) -> None:
        if self._ask("write", text=text, version=version).get("conflict"):
            raise Conflict(
                f"Another run changed what {self._path} keeps meanwhile. Nothing was overwritten; run again."
            )
        if self.read()[0] != text:
            # Of the two, the first is mended by another attempt.
            raise Conflict(
                f"{self._path} did not give back what it was to keep: another run changed that at once, or the store "
                "does not work. Nothing further was done; run again."
            )

    def archive(self, version: str) -> str:
        answer = self._ask("archive", version=version)
        if answer.get("conflict"):
            raise Conflict(f"Another run changed what {self._path} keeps. It was not archived; run again.")
        return str(answer.get("place") or self._path)

    def _ask(self, operation: str, **more: str) -> dict[str, t.Any]:
        if not self._path.is_file():
            raise StoreError(f"The store {self._path} is not there, or is no file. Nothing was changed.")
        if not os.access(self._path, os.X_OK):
            raise StoreError(f"The store {self._path} is not executable: 'chmod +x' it. Nothing was changed.")
        question = json.dumps({"operation": operation, **self._about, **more})
        try:
            done = subprocess.run(
                [self._path], input=question, capture_output=True, text=True, timeout=SECONDS, check=False
            )
            answer = json.loads(done.stdout or "null") if done.returncode == 0 else {}
        except OSError as error:
            raise StoreError(f"{self._path} cannot be started: {error.strerror}. Nothing was changed.") from None
        except (ValueError, subprocess.TimeoutExpired) as error:
            raise StoreError(f"{self._path} failed to {operation}: {type(error).__name__}.") from None
        if done.returncode:
            said = _last_words(done.stderr) or f"status {done.returncode}"
            raise StoreError(f"{self._path} failed to {operation}: {said}")
        if not isinstance(answer, dict):
            raise StoreError(f"{self._path} did not answer with one JSON object.")
        return answer


def _last_words(said: str) -> str:
    """The end of what a program said; of a traceback of Python's the line that says why."""
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    return " ".join(lines[-1:] if "Traceback (most recent call last):" in said else lines)[-300:]
