# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module is doing reaches who shows it, and nobody else."""

from __future__ import annotations

import stat
import tempfile
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.workspace import workspace
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._redaction import MASK, Redactor
from ansible_collections.msp.autotask.plugins.module_utils._steps import (
    LONGEST_STEP,
    StepsFolder,
    step_teller,
    steps_file_of,
)
from hypothesis import example, given
from hypothesis import strategies as st


@pytest.fixture
def folder() -> t.Iterator[StepsFolder]:
    steps = StepsFolder()
    yield steps
    steps.remove()


def test_the_last_step_of_a_tenant_is_known_until_its_next_module_begins(folder: StepsFolder) -> None:
    journal = Journal(60, tell=step_teller(steps_file_of("alder"), Redactor()))
    assert folder.last("alder") == ""
    journal.step("Open the login page")
    journal.write('Save the security level "Ä"')
    assert folder.last("alder") == 'Save the security level "Ä"'
    assert folder.last("birch") == ""
    folder.begin("alder")
    assert folder.last("alder") == ""


def test_a_browser_that_tidies_up_leaves_it_as_long_as_somebody_shows_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shown = StepsFolder()
    with workspace():
        assert shown.path.exists()
    # What a run leaves that was killed, the next one removes.
    shown._held.close()
    with workspace():
        assert not shown.path.exists()


def test_nobody_else_can_look_and_nothing_is_left(folder: StepsFolder) -> None:
    step_teller(steps_file_of("alder"), Redactor())("Look")
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.path.iterdir()] == [0o600]
    folder.remove()
    assert not folder.path.exists() and steps_file_of("alder") is None


def test_a_secret_in_a_step_is_masked(folder: StepsFolder) -> None:
    step_teller(steps_file_of("alder"), Redactor(["CANARY-SECRET"]))("Type CANARY-SECRET")
    assert folder.last("alder") == f"Type {MASK}"
    assert b"CANARY" not in b"".join(file.read_bytes() for file in folder.path.iterdir())


def test_a_link_is_not_followed(folder: StepsFolder, tmp_path: Path) -> None:
    goal = tmp_path / "goal"
    goal.write_text("untouched")
    Path(str(steps_file_of("alder"))).symlink_to(goal)
    step_teller(steps_file_of("alder"), Redactor())("Look")
    assert goal.read_text() == "untouched"


@pytest.mark.parametrize("path", [None, "/nowhere/at/all"])
def test_where_nobody_listens_nothing_goes_wrong(path: str | None) -> None:
    step_teller(path, Redactor())("Look")


@example("\N{GREEK SMALL LETTER ALPHA}" * 60, "Look")
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip), st.text(max_size=2000))
def test_any_host_and_any_step(host: str, step: str) -> None:
    folder = StepsFolder()
    try:
        path = steps_file_of(host)
        assert path and Path(path).parent == folder.path
        tell = step_teller(path, Redactor())
        tell("Before")
        tell(step.encode(errors="replace").decode())
        told = folder.last(host)
        assert len(told.encode()) <= LONGEST_STEP
        if step.isascii() and step.isprintable() and len(step) < LONGEST_STEP - 1:
            assert told == " ".join(step.split())
    finally:
        folder.remove()
