# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lines at the bottom of a terminal that are painted again and again, below what stays."""

from __future__ import annotations

import contextlib
import os
import threading
import typing as t

SECONDS = 0.25
"""Between two looks at what there is to show."""

ERASE_BELOW = "\r\x1b[J"


class LiveLines:
    """Paints what *lines* says, for a width and a height, until it is closed.

    What else is printed must come through C(above), which takes the lines away first; a thread paints them again.
    """

    def __init__(self, descriptor: int, lines: t.Callable[[int, int], t.Sequence[str]]) -> None:
        self._descriptor = descriptor
        self._lines = lines
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._painted: t.Sequence[str] = ()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._paint_on, name="live lines", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    @contextlib.contextmanager
    def above(self) -> t.Iterator[None]:
        """Print something meanwhile; it stays above the lines."""
        # A process that was forked off has no thread that would ever give the lock free.
        if os.getpid() != self._process:
            yield
            return
        with self._lock:
            self._show(())
            yield

    def close(self) -> None:
        """Take the lines away for good."""
        self._closed.set()
        with self._lock:
            self._show(())

    def _paint_on(self) -> None:
        while not self._closed.wait(SECONDS):
            with self._lock:
                if not self._closed.is_set():
                    self._show(self._lines(*self._size()))

    def _show(self, lines: t.Sequence[str]) -> None:
        if lines == self._painted:
            return
        back = f"\x1b[{len(self._painted)}A" if self._painted else ""
        painted = "".join(f"{line}\n" for line in lines)
        # Not through Python's files: their locks could be held just when Ansible forks a worker off.
        with contextlib.suppress(OSError):
            os.write(self._descriptor, f"{back}{ERASE_BELOW}{painted}".encode())
        self._painted = lines

    def _size(self) -> tuple[int, int]:
        """Columns and rows that can be painted on without anything moving."""
        columns, rows = 0, 0
        with contextlib.suppress(OSError):
            columns, rows = os.get_terminal_size(self._descriptor)
        # Terminals that do not know their size say 0.
        return (columns or 80) - 1, (rows or 24) - 1
