# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each of the driver's checks takes of a run: the seconds in the functions that make it."""

from __future__ import annotations

import collections
import contextlib
import functools
import time
import typing as t
from unittest import mock

from ansible_collections.msp.autotask.plugins.module_utils._console.forms.form import Form
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.filters import Filters
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import (
    level_page,
    resource,
    security_level,
    user_saving,
)

CHECKS: dict[str, list[tuple[t.Any, str]]] = {
    "a second look before each save": [
        (security_level, "_was_made_meanwhile"),
        (security_level, "_refuse_change_meanwhile"),
        (security_level, "_refuse_changed_page"),
        (resource, "_refuse_taken"),
        (resource, "_refuse_change_meanwhile"),
    ],
    "what was stored is opened and read": [(security_level, "_stored"), (user_saving, "_stored")],
    "what was set is read before the save": [(level_page, "_again"), (Form, "_see_taken")],
    "late rows and values have 2.5 seconds": [(Grid, "let_rows_come"), (Editor, "let_values_come")],
    "lists show all rows, inactive ones too": [(Filters, "clear"), (Grid, "whole")],
    "forms are read until two readings agree": [(Form, "settled")],
    "lists are read until they rest": [(Grid, "at_rest")],
}
"""By which functions a check is made. What one check does inside another counts for the outer one."""


class Stopwatch:
    """The seconds that each check took in the C(with) block."""

    def __init__(self) -> None:
        self.seconds: collections.Counter[str] = collections.Counter(dict.fromkeys(CHECKS, 0))
        self._patches = contextlib.ExitStack()
        self._running = False

    def __enter__(self) -> t.Self:
        for check, functions in CHECKS.items():
            for owner, name in functions:
                self._patches.enter_context(mock.patch.object(owner, name, self._timed(check, getattr(owner, name))))
        return self

    def __exit__(self, *_: object) -> None:
        self._patches.close()

    def _timed(self, check: str, function: t.Callable[..., t.Any]) -> t.Callable[..., t.Any]:
        @functools.wraps(function)
        def timed(*arguments: t.Any, **options: t.Any) -> t.Any:
            if self._running:
                return function(*arguments, **options)
            self._running, started = True, time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                self._running = False
                self.seconds[check] += time.perf_counter() - started

        return timed
