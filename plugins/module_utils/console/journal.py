# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run is doing: its steps by name, its deadline, and its promise to write nothing when it must not."""

from __future__ import annotations

import time

from ansible_collections.msp.autotask.plugins.module_utils.console.errors import ConsoleError, DeadlinePassed


class Journal:
    """Names every step before it is made.

    The task keyword C(timeout) does not stop a module, which could go on writing after Ansible gave it up. So each
    step looks at a deadline of our own first.
    """

    def __init__(self, timeout: float, read_only: bool = False) -> None:
        self.timeout = timeout
        self.read_only = read_only
        self.steps: list[str] = []
        self.page_loads = 0
        self._deadline = time.monotonic() + timeout

    @property
    def current(self) -> str:
        """The step that is being made."""
        return self.steps[-1] if self.steps else "start"

    def step(self, name: str) -> None:
        """Begin the step *name*, unless the deadline has passed."""
        self.steps.append(name)
        self.check()

    def check(self) -> None:
        """Stop if the deadline has passed."""
        if self.seconds_left() <= 0:
            raise DeadlinePassed(
                f"The {self.timeout:g} seconds of this task were over at this step: {self.current}. Nothing further "
                "was done. Raise the option 'timeout' if the tenant is slow, or lower Ansible's 'forks'.",
                step=self.current,
            )

    def write(self, name: str) -> None:
        """Begin a step that changes something in Autotask."""
        if self.read_only:
            raise ConsoleError(f"This run may only read, yet it was about to: {name}.", "write_in_read_only_run")
        self.step(name)

    def seconds_left(self, at_most: float | None = None) -> float:
        """Seconds until the deadline, or *at_most* if that is less."""
        left = self._deadline - time.monotonic()
        return left if at_most is None else min(left, at_most)
