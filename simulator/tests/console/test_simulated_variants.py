# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The registry of page variants: every entry says what it is, and a seed says what is drawn."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest
from autotask_simulator import variants
from autotask_simulator.fleet import FleetError, parse_fleet
from autotask_simulator.settings_page import page_for
from simulated_tenant import SETUP, Start

COPY = f"{SETUP}/SecurityLevel.mvc/CopySecurityLevel?securityLevelId=24"
DIMENSIONS = list(variants.dimensions().values())


def test_every_entry_says_how_it_is_known() -> None:
    for dimension in DIMENSIONS:
        assert dimension.varies and set(dimension.pages) <= set(variants.PAGES)
        names = Counter(variation.name for variation in dimension.variations)
        assert len(names) > 1 and max(names.values()) == 1, dimension.name
        assert any(variation.evidenced for variation in dimension.variations), dimension.name
        for variation in dimension.variations:
            assert bool(variation.evidenced) != bool(variation.assumed), variation.name


def test_a_seed_always_says_the_same() -> None:
    drawn = [variants.choose({"seed": 17}) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len({str(variants.choose({"seed": seed})) for seed in range(50)}) == 50


def test_evidenced_forms_are_evidenced() -> None:
    drawn = [one for seed in range(200) for one in variants.variations({"seed": seed, "evidenced": True})]
    assert all(variation.evidenced for variation in drawn)
    assert all(
        variation in drawn for dimension in DIMENSIONS for variation in dimension.variations if variation.evidenced
    )


@pytest.mark.parametrize(
    ("variant", "told"),
    [
        ({"tabels": "ARIA table"}, "tables"),
        ({"tables": "ARIA tabel"}, "ARIA table"),
        ({"seed": "seven"}, "seed must be"),
        ({"seed": 7, "pages": ["levels"]}, "level"),
    ],
)
def test_a_mistake_is_told_with_what_was_meant(variant: dict[str, t.Any], told: str) -> None:
    with pytest.raises(FleetError, match=told):
        parse_fleet({"tenants": [{"domain": "alder.example", "variant": variant}]})


def test_the_same_level_is_drawn_and_stored(console: Start) -> None:
    """Whatever it looks like, a page knows what the ordinary one knows, and saving is the ordinary saving."""
    alder = console(variant={"content": "a section nobody knows", "pages": ["level"]}, copy_stored="on_save")
    page = page_for(alder.tenant.options, api_only=True)
    form = alder.form(COPY)
    assert {control["code"] for control in form["controls"]} == set(page.controls)
    assert form["chosen"]["content"] == ["a section nobody knows"]
    values = {control["code"]: control["empty"] for control in form["controls"]}
    answer = alder.post(
        "/Variants/SaveSecurityLevel", id=0, source=form["source"], name="Reader", active=True, values=values
    )
    assert answer["ok"]
    assert alder.tenant.level("Reader").settings == page.filled(full=False)


def test_other_pages_are_left_alone(console: Start) -> None:
    alder = console(variant={"seed": 3, "pages": ["user"]})
    assert "/Variants/" not in alder.get(f"{SETUP}/SecurityLevel.mvc/SecurityLevelList").text
    assert "/Variants/user.js" in alder.get(f"{SETUP}/ApiUser.mvc/NewApiUser").text
    assert "variation(" in alder.get("/Variants/user.js").text
