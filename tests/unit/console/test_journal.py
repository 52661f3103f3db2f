# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import time
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import journal as journal_module
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ConsoleError,
    DeadlinePassed,
    PageCrashed,
    RunIsOver,
    UnexpectedQuestion,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import (
    GRACE_SECONDS,
    LONGEST_MESSAGE,
    MOST_MESSAGES,
    PAUSES,
    SILENT_SECONDS,
    Journal,
)
from ansible_collections.msp.autotask.plugins.module_utils._run import Process


def test_steps_are_named_and_writes_remembered() -> None:
    journal = Journal(timeout=60)
    journal.step("Look")
    assert not journal.has_written
    journal.write("Save")
    assert journal.steps == ["Look", "Save"] and journal.current == "Save" and journal.has_written


def test_nothing_is_begun_after_the_deadline() -> None:
    journal = Journal(timeout=0)
    with pytest.raises(DeadlinePassed) as failure:
        journal.write("Save the level")
    assert failure.value.details["step"] == "Save the level" and "Save the level" in failure.value.message
    assert not journal.has_written


def test_a_run_that_may_only_read_does_not_write() -> None:
    journal = Journal(timeout=60, read_only=True)
    with pytest.raises(ConsoleError) as failure:
        journal.write("Save the level")
    assert failure.value.reason == "write_in_read_only_run"
    assert not journal.steps and not journal.has_written


def test_waiting_looks_at_least_once_and_returns_what_it_saw() -> None:
    journal, looks, pauses = Journal(timeout=60), iter(["", "", "seen"]), list[float]()
    assert journal.wait(lambda: next(looks), pauses.append, 10) == "seen"
    assert pauses == list(PAUSES[:2])
    assert journal.wait(lambda: "", pauses.append, 0) is None
    assert len(pauses) == 2


def test_waiting_ends_at_the_deadline() -> None:
    journal = Journal(timeout=0.05)
    with pytest.raises(DeadlinePassed):
        journal.wait(lambda: False, time.sleep, 10)


def test_a_driver_that_waits_in_vain_is_told_from_one_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    journal = Journal(timeout=120)
    now += SILENT_SECONDS - 1
    journal.step("Open a page")
    now += 2
    assert not journal.is_stuck()
    now += SILENT_SECONDS
    assert journal.is_stuck(), "nothing was heard for long"

    journal = Journal(timeout=10)
    now += 10 + GRACE_SECONDS / 2
    assert not journal.is_stuck()
    now += GRACE_SECONDS
    assert journal.is_stuck(), "it is long past its deadline"


def test_nothing_is_begun_for_a_run_that_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Process(pid=os.getpid(), started="another time", place=t.cast(Process, Process.now(os.getpid())).place)
    journal = Journal(timeout=60, run=ended)
    with pytest.raises(RunIsOver, match="ansible-playbook"):
        journal.write("Save the level")
    assert not journal.has_written

    journal = Journal(timeout=60, run=Process.now(os.getpid()))
    journal.write("Save the level")
    monkeypatch.setattr(journal_module, "has_reader", lambda descriptor: descriptor != 1)
    with pytest.raises(RunIsOver, match="timeout"):
        journal.write("Save the user")


def test_what_comes_up_ends_the_next_look_once() -> None:
    journal = Journal(timeout=60)
    journal.interrupt(PageCrashed("It crashed."))
    journal.interrupt(UnexpectedQuestion("Why?"))
    with pytest.raises(PageCrashed):
        journal.wait(lambda: "seen", time.sleep, 10)
    assert journal.wait(lambda: "seen", time.sleep, 10) == "seen"
    journal.interrupt(PageCrashed("It crashed again."))
    journal.forget()
    journal.check()


def test_questions_are_answered_with_yes_only_where_they_are_expected() -> None:
    journal = Journal(timeout=60)
    journal.told("Saved.")
    with journal.confirming():
        with journal.confirming():
            assert journal.asked("Clear all?")
        assert journal.asked("Really?")
    journal.check()
    assert not journal.asked("Delete 7QK2LMZ8XV4TRB9WND3HYC6FJPG?")
    with pytest.raises(UnexpectedQuestion) as failed:
        journal.check()
    assert failed.value.details["question"] == "Delete ...?" and "Delete ...?" in failed.value.message
    assert journal.messages == ["Saved.", "Clear all?", "Really?", "Delete ...?"]
    assert journal.unasked == ["Saved.", "Delete ...?"]

    journal = Journal(timeout=60, read_only=True)
    with journal.confirming():
        assert not journal.asked("Clear all?"), "a run that only reads agrees to nothing"


def test_a_page_cannot_make_it_remember_without_end() -> None:
    journal = Journal(timeout=60)
    for _ in range(MOST_MESSAGES + 1):
        journal.told("x " * LONGEST_MESSAGE)
    assert len(journal.messages) == MOST_MESSAGES and len(journal.messages[0]) == LONGEST_MESSAGE


def test_a_warning_is_given_once() -> None:
    journal = Journal(timeout=60)
    journal.warn("Beware.")
    journal.warn("Beware.")
    assert journal.warnings == ["Beware."]
