# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run is doing: its steps by name, what Autotask says and asks meanwhile, and when it must stop."""

from __future__ import annotations

import contextlib
import itertools
import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ConsoleError,
    DeadlinePassed,
    OnlyReads,
    RunIsOver,
    UnexpectedQuestion,
)
from ansible_collections.msp.autotask.plugins.module_utils._redaction import without_identifiers
from ansible_collections.msp.autotask.plugins.module_utils._run import Process, has_reader

PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between looks, longer and longer; the last one counts for the rest."""

SILENT_SECONDS = 75.0
"""How long the driver may be heard of nothing: its longest single call is given 60 seconds."""

GRACE_SECONDS = 10.0
"""How long after the deadline a step may take to end by itself."""

MOST_MESSAGES = 200
LONGEST_MESSAGE = 1000
"""A page must not choose how much memory we take."""

STANDARD_OUTPUT = 1

T = t.TypeVar("T")


class Journal:
    """Names every step before it is made.

    Ansible may give a module up, by the task keyword C(timeout) or because it was killed, and the module goes on
    writing. So each step first looks at a deadline of our own, and whether anybody still waits for the outcome.
    """

    def __init__(
        self,
        timeout: float,
        read_only: bool = False,
        run: Process | None = None,
        tell: t.Callable[[str], None] = lambda _step: None,
    ) -> None:
        self.timeout = timeout
        self.read_only = read_only
        self.steps: list[str] = []
        self.messages: list[str] = []
        """The words of every dialog, the browser's own and the page's own."""
        self.warnings: list[str] = []
        """What the user should know although it went well."""
        self.wordings: dict[str, list[str]] = {}
        """By which words landmarks were found on this tenant's pages, by their usual words."""
        self.has_written = False
        self._run = run
        """The ansible-playbook that all this is for, if it is known."""
        self._tell = tell
        """Who shows people what is being done."""
        self._answered: set[str] = set()
        self._expects_question = False
        self._interruption: ConsoleError | None = None
        self._deadline = time.monotonic() + timeout
        self._last_sign = time.monotonic()

    # ---- steps

    @property
    def current(self) -> str:
        """The step that is being made."""
        return self.steps[-1] if self.steps else "start"

    def step(self, name: str) -> None:
        """Begin the step *name*, unless something speaks against going on."""
        self.steps.append(name)
        self._tell(name)
        self.check()
        self.refuse_if_over()

    def write(self, name: str) -> None:
        """Begin a step that changes something in Autotask."""
        if self.read_only:
            raise OnlyReads(f"This run may only read, yet it was about to: {name}.")
        self.step(name)
        self.has_written = True

    def found(self, usual: str, wording: str) -> None:
        """Note by which words the landmark was found that usually goes by *usual*."""
        wordings = self.wordings.setdefault(usual, [])
        if wording not in wordings:
            wordings.append(wording)

    def warn(self, warning: str) -> None:
        """Note what the user should know, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    # ---- dialogs

    def told(self, words: str) -> str:
        """Keep what a dialog says, and return it as it is kept."""
        said = without_identifiers(words)[:LONGEST_MESSAGE]
        if said and len(self.messages) < MOST_MESSAGES:
            self.messages.append(said)
        return said

    def asked(self, words: str) -> bool:
        """Keep what a dialog asks; whether the answer is yes. A question that nobody expects ends the step."""
        asked = self.told(words)
        if self._expects_question:
            self._answered.add(asked)
        else:
            self.interrupt(
                UnexpectedQuestion(
                    f"Autotask asks something unexpected at this step: {self.current}. It was not answered with yes. "
                    f"It asks: {asked or '(no words)'}",
                    step=self.current,
                    question=asked,
                )
            )
        return self._expects_question

    @contextlib.contextmanager
    def confirming(self) -> t.Iterator[None]:
        """Expect questions meanwhile, and answer them with yes; a run that only reads agrees to nothing."""
        before, self._expects_question = self._expects_question, not self.read_only
        try:
            yield
        finally:
            self._expects_question = before

    @property
    def unasked(self) -> list[str]:
        """What Autotask said of its own accord: messages, not questions that were answered."""
        return self.unasked_since(0)

    def unasked_since(self, before: int) -> list[str]:
        """What it said so after the first *before* messages."""
        return [message for message in dict.fromkeys(self.messages[before:]) if message not in self._answered]

    # ---- stopping

    def interrupt(self, failure: ConsoleError) -> None:
        """End the step with *failure* as soon as it is looked whether to go on; the first one counts."""
        self._interruption = self._interruption or failure

    def heed(self) -> None:
        """End the step with what has come up meanwhile, if anything has."""
        failure, self._interruption = self._interruption, None
        if failure:
            raise failure

    def forget(self) -> None:
        """Forget what has come up: the work begins anew."""
        self._interruption = None

    def refuse_if_late(self) -> None:
        """Stop if the deadline has passed."""
        self._last_sign = time.monotonic()
        if self.seconds_left() <= 0:
            raise DeadlinePassed(
                f"The {self.timeout:g} seconds of this task were over at this step: {self.current}. Nothing further "
                "was done. Raise the option 'timeout' if the tenant is slow, or lower Ansible's 'forks'.",
                step=self.current,
            )

    def allow_anew(self) -> None:
        """Let the deadline be as far away as at the start."""
        self._deadline = time.monotonic() + self.timeout

    def refuse_if_over(self) -> None:
        """Stop if nobody waits for the outcome any more."""
        if not has_reader(STANDARD_OUTPUT):
            gone = "Ansible gave this task up (its keyword 'timeout')"
        elif self._run and not self._run.is_there:
            gone = "The ansible-playbook that began this task has ended"
        else:
            return
        raise RunIsOver(
            f"{gone}, so nothing further was done at this step: {self.current}. Run again.", step=self.current
        )

    def check(self) -> None:
        """Stop if there is reason to."""
        self.refuse_if_late()
        self.heed()

    def is_stuck(self) -> bool:
        """Whether the driver waits for an answer that will not come."""
        silent = time.monotonic() - self._last_sign
        return silent > SILENT_SECONDS or self.seconds_left() < -GRACE_SECONDS

    def seconds_left(self, at_most: float | None = None) -> float:
        """Seconds until the deadline, or *at_most* if that is less."""
        left = self._deadline - time.monotonic()
        return left if at_most is None else min(left, at_most)

    def wait(self, condition: t.Callable[[], T], pause: t.Callable[[float], None], seconds: float) -> T | None:
        """Look at *condition* until it is true and return its value, or None after *seconds*; always look once."""
        end = time.monotonic() + seconds
        for seconds_of_pause in itertools.chain(PAUSES, itertools.repeat(PAUSES[-1])):
            self.check()
            value = condition()
            if value or time.monotonic() >= end:
                return value or None
            pause(seconds_of_pause)
        return None
