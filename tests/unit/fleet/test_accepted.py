# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deviations that were agreed on are shown, and count again when they are over or the value moves on."""

from __future__ import annotations

import datetime
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.accepted import accept, accepted_for, mistakes_in
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.audit_findings import findings_of

from .answers import WEBHOOKS, access, level, user

DAY = datetime.date(2026, 12, 31)
HOOKS = {
    "what": "other > Can create WebHooks",
    "found": True,
    "why": "Until the other tool is gone",
    "by": "the owner of the level",
    "until": "2026-12-31",
}


def judged(*accepted: dict[str, t.Any], day: datetime.date = DAY, **parts: t.Any) -> dict[str, t.Any]:
    found = findings_of(level(*parts.get("changes", [WEBHOOKS])), parts.get("user", user()), access())
    return accept(found, accepted, day)


def state(found: dict[str, t.Any], key: str = "other") -> str:
    return next(str(part["state"]) for part in found["parts"] if part["key"] == key)


@pytest.mark.parametrize("what", ["other > Can create WebHooks", "Other > can create web hooks"])
def test_it_is_shown_as_accepted_with_why_by_whom_and_until_when(what: str) -> None:
    found = judged({**HOOKS, "what": what})
    (finding,) = found["findings"]
    assert finding["severity"] == "accepted" and state(found) == "accepted"
    words = "Accepted by the owner of the level until 2026-12-31: Until the other tool is gone."
    assert finding["detail"] == words


def test_it_counts_again_when_its_day_is_over() -> None:
    found = judged(HOOKS, day=datetime.date(2027, 1, 1))
    (finding,) = found["findings"]
    assert finding["severity"] == "drift" and state(found) == "drift"
    assert finding["detail"].endswith("That is over.")


def test_it_counts_again_when_the_value_is_another_one() -> None:
    contracts = {**HOOKS, "what": "other > Contract Visibility", "found": "Mine"}
    kept = judged(contracts, changes=[("Other", "Contract Visibility", "Mine", "None")])
    moved = judged(contracts, changes=[("Other", "Contract Visibility", "All", "None")])
    assert [found["findings"][0]["severity"] for found in (kept, moved)] == ["accepted", "drift"]
    assert "what was accepted is 'Mine'" in moved["findings"][0]["detail"]


def test_other_findings_are_left_alone() -> None:
    found = judged(HOOKS, changes=[WEBHOOKS, ("Other", "Another", True, False)])
    assert [finding["severity"] for finding in found["findings"]] == ["accepted", "drift"]
    assert state(found) == "drift"


def test_an_entry_that_is_not_needed_any_more_is_told() -> None:
    found = judged(HOOKS, changes=[])
    assert [(finding["severity"], finding["what"]) for finding in found["findings"]] == [("note", HOOKS["what"])]
    assert judged(HOOKS, changes=[], user={"msg": "It took too long."})["findings"] == []


def test_an_entry_can_be_for_some_tenants() -> None:
    here, everywhere = {**HOOKS, "tenants": ["alder"]}, {**HOOKS, "until": DAY}
    assert accepted_for("alder", [here, everywhere]) == [HOOKS, HOOKS]
    assert accepted_for("birch", [here, everywhere]) == [HOOKS]


def test_a_day_that_is_none_is_refused() -> None:
    assert list(mistakes_in([HOOKS, {**HOOKS, "until": "31.12.26"}])) == [
        "[1].until: '31.12.26' is not a date such as 2026-12-31"
    ]
