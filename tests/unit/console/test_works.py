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
    ConsoleError,
    DeadlinePassed,
    LoginRefused,
    RunIsOver,
    UnexpectedQuestion,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account

LOST = BrowserLost("The browser ended.")


class Run:
    """Works by what becomes of them when they are tried: the first try of each first."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.journal = Journal(timeout=60)
        self.tried: list[str] = []
        self.browsers = 0
        self.refused: list[Exception | None] = []
        """Why the console cannot be entered, by each browser."""

        @contextlib.contextmanager
        def browser_context(*_given: t.Any) -> t.Iterator[None]:
            self.browsers += 1
            yield None

        monkeypatch.setattr(console, "browser_context", browser_context)

        def enter(console: t.Any, _context: t.Any) -> None:
            console.comes_back = console._is_in = False
            if self.refused and (refused := self.refused.pop(0)):
                raise refused
            console._is_in = True

        monkeypatch.setattr(console._Console, "enter", enter)
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

    def do(self, *works: t.Any, **give_up: t.Any) -> list[str]:
        return each_in_console(ConsoleSettings(Account("admin", "any")), self.journal, works, **give_up)

    def look(self, *works: t.Any) -> list[str]:
        """The same, where a failure stands for the work."""
        return self.do(*works, give_up=lambda failure: f"not seen: {failure}")


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


def test_what_fails_stands_for_itself_and_the_next_begin_in_a_new_browser(run: Run) -> None:
    works = [
        run.work("a"),
        run.work("b", ConsoleError("No menu.")),
        run.work("c", ValueError("A fault.")),
        run.work("d"),
    ]
    assert run.look(*works) == ["a done", "not seen: No menu.", "not seen: A fault.", "d done"]
    assert run.tried == ["a", "b", "c", "d"] and run.browsers == 3


def test_it_is_begun_again_before_it_is_given_up(run: Run) -> None:
    assert run.look(run.work("a", LOST, LOST), run.work("b", LOST), run.work("c")) == [
        "not seen: The browser ended.",
        "b done",
        "c done",
    ]
    assert run.tried == ["a", "a", "b", "b", "c"]


def test_a_failure_tells_what_was_said_until_then(run: Run) -> None:
    failure = ConsoleError("No menu.")
    run.journal.told("Maintenance tonight.")
    run.look(run.work("a", failure), lambda _window: run.journal.told("Later."))
    assert failure.details["messages"] == ["Maintenance tonight."]


def test_a_question_at_the_end_of_one_is_its_own_failure(run: Run) -> None:
    works = [run.work("a", interrupts=UnexpectedQuestion("Really?")), run.work("b")]
    assert run.look(*works) == ["not seen: Really?", "b done"] and run.tried == ["a", "b"]


def test_works_may_grow_meanwhile(run: Run) -> None:
    works = [run.work("a")]
    works.append(lambda _window: works.append(run.work("c")) or "b done")
    assert each_in_console(ConsoleSettings(Account("admin", "any")), run.journal, works) == [
        "a done",
        "b done",
        "c done",
    ]


@pytest.mark.parametrize("last", [DeadlinePassed("It is late."), RunIsOver("Nobody waits.")])
def test_nobody_goes_on_when_time_is_over(run: Run, last: Exception) -> None:
    with pytest.raises(type(last)):
        run.look(run.work("a"), run.work("b", last), run.work("c"))
    assert run.tried == ["a", "b"]


@pytest.mark.parametrize("refused", [[LoginRefused("No.")], [None, LoginRefused("No.")], [LOST, LOST]])
def test_nobody_goes_on_where_the_console_cannot_be_entered(run: Run, refused: list[Exception | None]) -> None:
    run.refused = [*refused]
    with pytest.raises(type(t.cast(Exception, refused[-1]))):
        run.look(run.work("a", ConsoleError("No menu.")), run.work("b"))
    assert "b" not in run.tried


def test_whoever_gives_up_may_end_it_all(run: Run) -> None:
    def raised(failure: Exception) -> t.NoReturn:
        raise failure

    with pytest.raises(ConsoleError):
        run.do(run.work("a", ConsoleError("No menu.")), run.work("b"), give_up=raised)
    assert run.tried == ["a"]
