# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lists of the simulated console: what they show, narrowed and in parts."""

from __future__ import annotations

import re
import typing as t

import pytest
from autotask_simulator.fleet import FleetError, parse_fleet
from simulated_tenant import DOMAIN, SETUP, Json, Start

ROWS = f"{SETUP}/Resource.mvc/ResourceListRows"
USER = {"user_name": f"key1@{DOMAIN}", "first_name": "Ada", "last_name": "Xu", "active": False}


def names(answer: t.Any) -> list[str]:
    return re.findall(r">([A-Z]\w+, \w+)<", t.cast(Json, answer.json)["html"])


def test_a_list_comes_in_parts_and_says_how_long_it_is(console: Start) -> None:
    somebody = console(people=30, page_rows=10)
    parts = [somebody.get(f"{ROWS}?state=All&start={start}") for start in (0, 10, 20, 30)]
    assert [len(names(part)) for part in parts] == [10, 10, 10, 1]
    assert {t.cast(Json, part.json)["total"] for part in parts} == {31}
    assert len(names(somebody.get(f"{ROWS}?state=All&count=1000"))) == 31


def test_filters_and_states_narrow_it(console: Start) -> None:
    somebody = console(api_users=[USER], look="older")
    assert "Xu, Ada" not in names(somebody.get(ROWS))
    assert "Xu, Ada" in names(somebody.get(f"{ROWS}?state=All&filter:License Type=API User"))
    assert names(somebody.get(f"{ROWS}?state=Inactive&filter:Name=xu")) == ["Xu, Ada"]
    assert not names(somebody.get(f"{ROWS}?state=Inactive&filter:Security Level=Executive"))


def test_the_older_list_has_lists_for_filters_and_tells_the_licence(console: Start) -> None:
    older = console(look="older", lists={"left": {"Name": "Xu"}}).get(f"{SETUP}/Resource.mvc/ResourceList")
    page = older.get_data(as_text=True)
    assert page.count("<select") == 3 and ">License Type<" in page and 'value="Xu"' in page


def test_letters_head_groups_of_names(console: Start) -> None:
    html = t.cast(Json, console(lists={"letters": True}).get(ROWS).json)["html"]
    letters = re.findall(r'colspan="7">(\w)<', html)
    assert letters == sorted(set(letters)) and "A" in letters


def test_other_options_are_refused() -> None:
    with pytest.raises(FleetError, match="lists.turned_by"):
        parse_fleet({"tenants": [{"domain": DOMAIN, "lists": {"turned_by": "magic"}}]})
