# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the words around a list say of how long it is."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.pager import count_of


@pytest.mark.parametrize(
    "words",
    [
        "40 items",
        "Total: 40",
        "1 - 10 of 40",
        "10 of 40",
        "10/40",
        "10 of 40 records",
        "10 records of 40",
        "Showing 10 of 40",
        "Showing the first 10 of 40 users",
        "Loaded: 10 of 40+",
        "0 of 40 selected",
    ],
)
def test_words_that_tell_how_many_rows_there_are(words: str) -> None:
    assert count_of([words]).at_least == 40


@pytest.mark.parametrize(
    "words", ["2 of 40 licenses are used", "Step 2 of 40", "Page 2 of 40", "40 days ago", "1 of 1"]
)
def test_words_that_speak_of_something_else(words: str) -> None:
    assert count_of([words]).at_least == 0
