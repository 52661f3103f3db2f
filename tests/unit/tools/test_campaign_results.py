# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What sessions of the campaign wrote becomes the tables of docs/reliability.md."""

from __future__ import annotations

import typing as t

import pytest
from campaign_results import PAGE, PLACE, tables_of, together, with_tables


def session(*outcomes: str, possible: int = 3) -> dict[str, t.Any]:
    cases = [
        {
            "part": "faults",
            "subject": "user",
            "where": f"slow once, page {number}",
            "outcome": outcome,
            "traits": ["odd"],
        }
        for number, outcome in enumerate(outcomes)
    ]
    return {"possible": {"faults": {"user": possible}}, "impossible": {}, "cases": cases}


def test_a_case_counts_as_it_ended_last() -> None:
    tables = tables_of(together([session("named failure: x", "ended well"), session("ended well")]), "2026-11-25")
    assert tables["parts"][2:] == ["| faults | user | 2 | 3 | ended well (2) |"]
    assert tables["faults"][2:] == ["| slow once | 2 | ended well (2) |"]
    assert tables["traits"][2:] == ["| odd | 2 | ended well (2) |"]
    assert tables["broken"] == ["Counted last on 2026-11-25: no promise was broken in any of 2 cases."]


def test_a_broken_promise_is_told() -> None:
    tables = tables_of(together([session("PROMISE BROKEN: two users")]), "2026-11-25")
    assert tables["broken"] == ["- user, slow once, page 0: PROMISE BROKEN: two users"]


@pytest.mark.parametrize("table", ["parts", "broken", "faults", "traits"])
def test_the_page_has_a_place_for_each_table(table: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [found[1] for found in PLACE.finditer(page)].count(table) == 1
    tables = {name: [f"the table {name}"] for name in ("parts", "broken", "faults", "traits")}
    assert f"<!-- {table} -->\nthe table {table}\n<!-- end -->" in with_tables(page, tables)


def test_what_was_not_tried_again_stays() -> None:
    before = [
        "| part | with | tried |",
        "| --- | --- | --- |",
        "| faults | user | 9 | 9 |",
        "| killed | user | 5 | 5 |",
    ]
    page = "\n".join(["<!-- parts -->", *before, "<!-- end -->"])
    tables = {"parts": [*before[:2], "| faults | level | 2 | 3 |", "| faults | user | 1 | 9 |"]}
    assert with_tables(page, tables).splitlines()[3:-1] == [
        "| faults | level | 2 | 3 |",
        "| faults | user | 1 | 9 |",
        "| killed | user | 5 | 5 |",
    ]
