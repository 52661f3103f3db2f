# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told of a store that cannot be started, or fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import StoreError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.program_store import ProgramStore

TRACEBACK = """Traceback (most recent call last):
  File "store.py", line 1, in <module>
    main()
KeyError: 'VAULT_TOKEN'
"""


def failure_of(program: Path) -> str:
    with pytest.raises(StoreError) as told:
        ProgramStore(program, "alder.example", {}).read()
    return told.value.message.replace(str(program), "PROGRAM")


def program(folder: Path, text: str, mode: int = 0o700) -> Path:
    path = folder / "store"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_one_that_is_not_there_is_told_from_one_that_is_not_executable(tmp_path: Path) -> None:
    assert failure_of(tmp_path / "store").startswith("The store PROGRAM is not there, or is no file.")
    assert failure_of(tmp_path).startswith("The store PROGRAM is not there, or is no file.")
    told = failure_of(program(tmp_path, "#!/bin/sh\n", 0o600))
    assert told == "The store PROGRAM is not executable: 'chmod +x' it. Nothing was changed."


def test_one_that_cannot_be_started_is_told_with_the_reason(tmp_path: Path) -> None:
    assert "PROGRAM cannot be started: No such file or directory" in failure_of(program(tmp_path, "#!/no/such\n"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (TRACEBACK, "KeyError: 'VAULT_TOKEN'"),
        ("The server\nis down.\n", "The server is down."),
        ("", "status 3"),
    ],
)
def test_the_last_words_of_one_that_fails_are_told(tmp_path: Path, said: str, told: str) -> None:
    text = f"#!/bin/sh\ncat >/dev/null\ncat >&2 <<'END'\n{said}END\nexit 3\n"
    assert failure_of(program(tmp_path, text)) == f"PROGRAM failed to read: {told}"
