# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A page crashes, the browser or its driver ends, a page stays empty: told as that, at once, and begun once more."""

from __future__ import annotations

import contextlib
import os
import signal
import time
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import window
from autotask_simulator.faults import page_name
from autotask_simulator.testing import RunningSimulator
from flask import Response
from samples import each
from simulated_console import READER, Console, Hold

Add = t.Callable[..., Console]

VICTIMS = {
    "browser_crashed": b"--type=renderer",
    "browser_lost": b"--remote-debugging-pipe",
    "driver_lost": b"run-driver",
}
"""What stands in the command lines of the processes that are killed."""


def below(pid: int) -> t.Iterator[int]:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield int(child)
            yield from below(int(child))


def kill(pid: int, mark: bytes) -> None:
    """Kill all processes below *pid* that have the *mark* in their command line."""
    killed = 0
    for child in list(below(pid)):
        with contextlib.suppress(OSError):
            if mark in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(child, signal.SIGKILL)
                killed += 1
    assert killed


@pytest.mark.parametrize("reason", each(VICTIMS, in_make_test=["browser_crashed"]))
def test_it_is_begun_once_more_where_nothing_was_written(console: Add, hold: Hold, reason: str) -> None:
    tenant = console(levels=[{"name": "Reader"}])
    tenant.arm("slow", "security_levels")
    process = tenant.start("autotask_security_level_info", name="Reader")
    assert hold.reached.wait(240)
    kill(process.pid, VICTIMS[reason])
    killed = time.monotonic()
    hold.let_go.set()
    result = tenant.result(process)
    assert [level["name"] for level in result["security_levels"]] == ["Reader"]
    assert any(step.startswith("Begin again") for step in result.steps)
    assert time.monotonic() - killed < 60, "it was noticed at once"


@pytest.mark.parametrize("reason", each(VICTIMS, in_make_test=["driver_lost"]))
def test_it_is_told_as_what_it_is_after_something_was_written(
    console: Add, hold: Hold, reason: str, tmp_path: Path
) -> None:
    tenant = console()
    tenant.arm("slow", "save_level")
    process = tenant.start("autotask_security_level", **READER, evidence_dir=str(tmp_path / "evidence"))
    assert hold.reached.wait(240)
    kill(process.pid, VICTIMS[reason])
    hold.let_go.set()
    result = tenant.result(process)
    assert result["failure"]["reason"] == reason, result["msg"]
    assert "Save the security level" in result["failure"]["step"]
    assert "It lacks" in result["msg"], "no picture can be had of what is gone"


@pytest.fixture
def empty(simulator: RunningSimulator) -> t.Iterator[dict[str, int]]:
    """How often pages of which names are to be answered with nothing."""
    pages: dict[str, int] = {}

    def answer(response: Response) -> Response:
        if pages.get(page_name(), 0) > 0:
            pages[page_name()] -= 1
            response.set_data("")
        return response

    after = simulator.app.after_request_funcs.setdefault(None, [])
    after.append(answer)
    yield pages
    after.remove(answer)


@pytest.mark.long
@pytest.mark.parametrize("page", ["security_levels", "edit_level", "admin_category"])
def test_an_empty_page_is_no_matter_of_wording(
    console: Add, empty: dict[str, int], page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "BLANK_SECONDS", 2.0)
    tenant = console(levels=[{"name": "Reader"}])
    empty[page] = 1
    result = tenant.run("autotask_security_level_info", name="Reader")
    assert empty[page] == 0 and [level["name"] for level in result["security_levels"]] == ["Reader"]
    empty[page] = 2
    failed = tenant.run("autotask_security_level_info", name="Reader")
    assert failed["failure"]["reason"] == "unavailable" and "labels" not in failed["msg"], failed["msg"]


@pytest.mark.long
def test_evidence_that_cannot_be_written_is_mentioned(console: Add, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.touch()
    tenant = console(renamed={"Security Levels": "Access Profiles"})
    failed = tenant.run("autotask_security_level_info", evidence_dir=str(folder), timeout=100)
    assert failed["failure"]["reason"] == "not_seen"
    assert f"Evidence could not be kept in {folder}" in failed["msg"]
