# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Levels that several runs made at once: one of them stays, whatever the others do meanwhile."""

from __future__ import annotations

import contextlib
import typing as t
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import Refused
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels

NAME = "Reader"
IN_USE = "The level is in use."


class Levels(SecurityLevels):
    """A list of rows that are all named alike, and what is said when one of them is deleted."""

    def __init__(self, *rows: str, in_use: t.Container[str] = ()) -> None:
        self.there, self.in_use = list(rows), in_use
        self.to_come: list[str] = []
        self.answered: list[bool] = []
        self.window = t.cast(t.Any, SimpleNamespace(journal=Journal(timeout=60), confirming=contextlib.nullcontext))
        self.window.wait_until = lambda condition, _seconds=0: self.answered.append(bool(condition()))
        self.grid = t.cast(t.Any, SimpleNamespace(lies_open=False, choose=self._choose))

    def open(self) -> None:
        self.there += self.to_come

    def _all(self, name: str) -> t.Any:
        return list(self.there)

    def _choose(self, row: str, *_more: t.Any) -> None:
        if row in self.in_use:
            self.window.journal.told(IN_USE)
        else:
            self.there.remove(row)


def test_of_two_the_first_stays() -> None:
    levels = Levels("first", "last")
    levels.delete_double(NAME)
    assert levels.there == ["first"]


def test_the_first_goes_only_if_the_last_is_in_use() -> None:
    levels = Levels("first", "last", in_use={"last"})
    levels.delete_double(NAME)
    assert levels.there == ["last"]


def test_the_first_stays_although_a_third_run_makes_another_meanwhile() -> None:
    levels = Levels("first", "last")
    levels.grid.lies_open, levels.to_come = True, ["third"]
    levels.delete_double(NAME)
    assert levels.there[0] == "first"


def test_a_refusal_is_noticed_although_it_was_said_before() -> None:
    levels = Levels("one", in_use={"one"})
    for _ in range(2):
        with pytest.raises(Refused, match=IN_USE):
            levels.delete(NAME)
    assert levels.answered == [True, True], "nothing was waited for"


def test_what_is_gone_already_is_deleted() -> None:
    Levels().delete(NAME)
