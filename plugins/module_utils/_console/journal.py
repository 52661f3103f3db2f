# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run is doing: its steps by name, what Autotask said meanwhile, its deadline, and its promise to only read."""

from __future__ import annotations

import itertools
import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, DeadlinePassed

PAUSES = (0.02, 0.03, 0.05, 0.1, 0.2, 0.4)
"""Seconds between looks, longer and longer; the last one counts for the rest."""

SILENT_SECONDS = 75.0
"""How long the driver may be heard of nothing: its longest single call is given 60 seconds."""

GRACE_SECONDS = 10.0
"""How long after the deadline a step may take to end by itself."""

T = t.TypeVar("T")


class Journal:
    """Names every step before it is made.

    The task keyword C(timeout) does not stop a module, which could go on writing after Ansible gave it up. So each
    step looks at a deadline of our own first.
    """

    def __init__(self, timeout: float, read_only: bool = False) -> None:
        self.timeout = timeout
        self.read_only = read_only
        self.steps: list[str] = []
        self.messages: list[str] = []
        """What Autotask said in message boxes."""
        self.warnings: list[str] = []
        """What the user should know although it went well."""
        self.wordings: dict[str, list[str]] = {}
        """By which words landmarks were found on this tenant's pages, by their usual words."""
        self.has_written = False
        self._deadline = time.monotonic() + timeout
        self._last_sign = time.monotonic()

    @property
    def current(self) -> str:
        """The step that is being made."""
        return self.steps[-1] if self.steps else "start"

    def step(self, name: str) -> None:
        """Begin the step *name*, unless the deadline has passed."""
        self.steps.append(name)
        self.check()

    def found(self, usual: str, wording: str) -> None:
        """Note by which words the landmark was found that usually goes by *usual*."""
        wordings = self.wordings.setdefault(usual, [])
        if wording not in wordings:
            wordings.append(wording)

    def check(self) -> None:
        """Stop if the deadline has passed."""
        self._last_sign = time.monotonic()
        if self.seconds_left() <= 0:
            raise DeadlinePassed(
                f"The {self.timeout:g} seconds of this task were over at this step: {self.current}. Nothing further "
                "was done. Raise the option 'timeout' if the tenant is slow, or lower Ansible's 'forks'.",
                step=self.current,
            )

    def is_stuck(self) -> bool:
        """Whether the driver waits for an answer that will not come."""
        silent = time.monotonic() - self._last_sign
        return silent > SILENT_SECONDS or self.seconds_left() < -GRACE_SECONDS

    def write(self, name: str) -> None:
        """Begin a step that changes something in Autotask."""
        if self.read_only:
            raise ConsoleError(f"This run may only read, yet it was about to: {name}.", "write_in_read_only_run")
        self.step(name)
        self.has_written = True

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
