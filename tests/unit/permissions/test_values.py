# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ideas find the word that a page offers for them, or say which words there are."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import (
    IDEAS,
    NOTHING,
    SYNONYMS,
    NoSuchWord,
    idea_of,
    means_nothing,
    tick_for,
    word_for,
)
from hypothesis import given
from hypothesis import strategies as st

WORDS = ["All", "Yes", "Full", "None", "No", "Mine", "Limited", "Mine + Accounts", "My Territories", "Organizations"]


@pytest.mark.parametrize(
    ("value", "offered", "word"),
    [
        ("all", ("All", "Mine", "None"), "All"),
        ("ALL", ("Yes", "No"), "Yes"),
        (True, ("All", "Mine", "None"), "All"),
        ("yes", ("No", "Yes"), "Yes"),
        (False, ("All", "Mine", "None"), "None"),
        ("none", ("Yes", "No"), "No"),
        ("full", ("Full", "Limited", "None"), "Full"),
        ("own_and_visible", ("All", "Mine + Companies", "Mine"), "Mine + Companies"),
        ("mine", ("All", "Mine + Companies", "Mine"), "Mine"),
        ("visible", ("All", "Accounts", "None"), "Accounts"),
        ("via territory", ("All", "My Territories", "Mine", "None"), "My Territories"),
        ("my projects", ("All", "My Organizations", "My Projects", "None"), "My Projects"),
        ("Mine", ("Mine (and the unassigned)", "Mine"), "Mine"),
    ],
)
def test_the_word_on_offer_is_found(value: bool | str, offered: tuple[str, ...], word: str) -> None:
    assert word_for(value, offered) == word


def test_a_floor_is_not_taken_for_none_here() -> None:
    with pytest.raises(NoSuchWord, match="'none' is not offered; the page offers: All, Mine"):
        word_for("none", ("All", "Mine"))


@given(st.sampled_from([*IDEAS, *SYNONYMS, True, False]), st.lists(st.sampled_from(WORDS), unique=True))
def test_an_idea_becomes_an_offered_word_or_fails(value: bool | str, offered: list[str]) -> None:
    try:
        word = word_for(value, offered)
    except NoSuchWord as error:
        assert list(error.offered) == offered
        assert all(idea_of(candidate) != idea_of(value) for candidate in offered)
    else:
        assert word in offered
        assert means_nothing(word) == means_nothing(value), "a right is never taken for its absence"


@given(st.sampled_from(list(IDEAS)))
def test_every_idea_is_its_own(idea: str) -> None:
    assert idea_of(idea) == idea_of(idea.replace(" ", "_").upper()) == idea_of(IDEAS[idea][0]) == idea


@pytest.mark.parametrize("value", [True, "yes", "All", "checked", "on"])
def test_everything_ticks_a_box(value: bool | str) -> None:
    assert tick_for(value) is True


@pytest.mark.parametrize("value", [False, *sorted(NOTHING), "off", "unchecked"])
def test_nothing_clears_a_box(value: bool | str) -> None:
    assert tick_for(value) is False


def test_half_a_right_is_no_tick() -> None:
    with pytest.raises(NoSuchWord, match="checked, unchecked"):
        tick_for("mine")
