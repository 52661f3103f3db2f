# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several works in one console: each begun again by itself, none done twice."""

from __future__ import annotations

import contextlib
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import console
from ansible_collections.msp.autotask.plugins.module_utils._console.console import ConsoleSettings, each_in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    BrowserLost,
    DeadlinePassed,
    UnexpectedQuestion,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.login import Account

LOST = BrowserLost("The browser ended.")


class Run:
    """Works by what becomes of them when they are tried: the first try of each first."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.journal = Journal(timeout=60)
        self.tried: list[str] = []
        self.browsers = 0

        @contextlib.contextmanager
        def browser_context(*_given: t.Any) -> t.Iterator[None]:
            self.browsers += 1
            yield None

        monkeypatch.setattr(console, "browser_context", browser_context)
        monkeypatch.setattr(console._Console, "enter", lambda _console, _context: None)
        monkeypatch.setattr(console, "named_failures", lambda *_given: contextlib.nullcontext())

    def work(
        self, name: str, *ends: Exception | None, writes: bool = False, interrupts: Exception | None = None
    ) -> t.Any:
        left = list(ends)

        def work(_window: t.Any) -> str:
            self.tried.append(name)
            self.journal.step(name)
            if writes:
                self.journal.write(f"save {name}")
            if left and (end := left.pop(0)):
                raise end
            if interrupts:
                self.journal.interrupt(t.cast(t.Any, interrupts))
            return f"{name} done"

        return work

    def do(self, *works: t.Any) -> list[str]:
        return each_in_console(ConsoleSettings(Account("admin", "any")), self.journal, works)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(monkeypatch)


def test_all_are_done_in_one_browser(run: Run) -> None:
    assert run.do(run.work("a", writes=True), run.work("b")) == ["a done", "b done"]
    assert run.browsers == 1


def test_what_was_written_before_keeps_none_from_being_begun_again(run: Run) -> None:
    assert run.do(run.work("a", writes=True), run.work("b", LOST), run.work("c", LOST)) == [
        "a done",
        "b done",
        "c done",
    ]
    assert run.tried == ["a", "b", "b", "c", "c"] and run.browsers == 3


@pytest.mark.parametrize("works", [{"ends": (LOST,), "writes": True}, {"ends": (LOST, LOST)}])
def test_what_was_written_to_or_broke_off_twice_is_not(run: Run, works: dict[str, t.Any]) -> None:
    with pytest.raises(BrowserLost):
        run.do(run.work("a"), run.work("b", *works["ends"], writes=works.get("writes", False)), run.work("c"))
    assert "c" not in run.tried and run.tried.count("a") == 1


def test_what_breaks_off_after_one_was_done_is_the_next_ones_matter(run: Run) -> None:
    assert run.do(run.work("a", writes=True, interrupts=LOST), run.work("b")) == ["a done", "b done"]
    assert run.tried == ["a", "b"] and run.browsers == 2


def test_a_question_at_the_end_of_one_is_not_left_to_the_next(run: Run) -> None:
    with pytest.raises(UnexpectedQuestion):
        run.do(run.work("a", interrupts=UnexpectedQuestion("Really?")), run.work("b"))
    assert run.tried == ["a"]


def test_the_deadline_is_for_all(run: Run) -> None:
    with pytest.raises(DeadlinePassed):
        run.do(run.work("a"), lambda _window: setattr(run.journal, "_deadline", 0.0), run.work("c"))
