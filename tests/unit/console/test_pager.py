# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the words around a list say of how long it is."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.pager import MORE, count_of
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.wholeness import FILTERED, LIMITED, ONLY


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
        "Shown: 10 | Total: 40",
        "10 resources (40 total)",
        "Resources (40)",
        "Security Levels 40",
        "Security Levels: 40",
        "Resources [40]",
        "Manage your 40 security levels",
        "There are 40 API users.",
        "40 matches",
        "Total records 40",
        "Items 1-10, total 40",
        "1 - 10 of about 40",
        "1 - 10 of more than 39",
        "1 - 10 of 39+",
        "Selected: 0 / 40",
    ],
)
def test_words_that_tell_how_many_rows_there_are(words: str) -> None:
    assert count_of([words]).at_least == 40


@pytest.mark.parametrize(
    "words",
    [
        "2 of 40 licenses are used",
        "Step 2 of 40",
        "Page 2 of 40",
        "40 days ago",
        "1 of 1",
        "Level 40",
        "The total: 40 days",
    ],
)
def test_words_that_speak_of_something_else(words: str) -> None:
    assert count_of([words]).at_least == 0


@pytest.mark.parametrize(
    "words",
    [
        "Only the first 10 results are shown.",
        "Results limited to 10",
        "Too many results, not all are displayed.",
        "Top 10 rows are shown",
        "Please refine your search",
        "Some rows are not shown",
        "4 shown, 3 hidden",
        "and 3 others",
        "1 - 10 of many",
        "Your search returned more results than can be displayed",
        "Maximum number of rows reached",
        "3 groups collapsed",
        "Showing top 25",
        "There are 3 more users.",
    ],
)
def test_words_that_say_that_a_list_is_cut_off(words: str) -> None:
    assert LIMITED.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "Not all users may see this",
        "Access is limited to administrators",
        "The first name is shown first",
        "5 licenses left",
        "There are 3 more licenses",
        "3 notifications",
        "Tip: use filters to find a level",
    ],
)
def test_words_that_cut_nothing_off(words: str) -> None:
    assert not LIMITED.search(words)


def test_words_of_filters_and_of_what_shows_more_are_known() -> None:
    assert FILTERED.search("Filters (1)") and FILTERED.search("2 filters applied")
    assert all(
        map(FILTERED.search, ("Filters: 1", "1 filter", "Filtered", "3 rows are hidden by filters", "Filter on"))
    )
    assert not FILTERED.search("Filters") and not FILTERED.search("Filters (0)")
    assert (
        ONLY.fullmatch("Only my department") and ONLY.fullmatch("Active only") and not ONLY.fullmatch("Show Inactive")
    )
    assert all(
        map(
            MORE.fullmatch,
            (
                "+ 4 more",
                "See all 9 resources",
                "Show all",
                "Load 10 more rows",
                "and 3 more...",
                "More results",
                "Next 25",
                "Load next 25",
            ),
        )
    )
    assert not any(
        map(MORE.fullmatch, ("More", "Next", "See also", "View all settings of users", "Moreover, 4 more or less"))
    )
