# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What counts as the same on the form of an API user, and which entry of a list is meant."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import _generated_among
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_reading import FEES
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import (
    COMPARISONS,
    FORMATS,
    VENDOR,
    Tracking,
    agree,
    meant,
    same_user_name,
)
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(st.sampled_from("abAB 1-"), min_size=1, max_size=6).filter(str.strip)
ENTRIES = st.lists(WORDS, unique=True, max_size=6)


@given(ENTRIES, WORDS, st.sampled_from([*COMPARISONS]))
def test_an_entry_that_is_wanted_by_its_very_words_is_the_one(words: list[str], wanted: str, name: str) -> None:
    among = [word for word in words if word.split() != wanted.split()]
    assert meant(wanted, [*among, wanted], *COMPARISONS[name]) == [wanted]


@given(ENTRIES, WORDS)
def test_only_vendors_go_by_a_part_of_their_entry(words: list[str], wanted: str) -> None:
    among = [f"{word} - Sync" for word in words]
    letters = "".join(filter(str.isalnum, wanted.casefold()))
    found = meant(wanted, among, *COMPARISONS["location"])
    assert all("".join(filter(str.isalnum, word.casefold())) == letters for word in found)
    assert set(found) <= set(meant(wanted, among, *VENDOR)) or not found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Work 365 Sync", ["Work 365 Sync"]),
        ("work 365  sync", ["Work 365 Sync"]),
        ("Work365 Sync", ["Work 365 Sync"]),
        ("Work 365 - Sync", ["Work 365 Sync"]),
        ("Automation", ["Rewst - Automation", "Other - Automation"]),
        ("Rewst", ["Rewst - Automation"]),
        ("Alerts", []),
        ("-", []),
    ],
)
def test_a_vendor_goes_by_many_spellings(wanted: str, found: list[str]) -> None:
    entries = ["Rewst - Automation", "Other - Automation", "Work 365 Sync", "iLert"]
    assert meant(wanted, entries, *VENDOR) == found


def test_a_vendor_that_two_entries_may_be_is_none_of_them() -> None:
    rewst, wanted = Tracking("vendor", "Rewst - Automation"), Tracking("vendor", "Automation")
    assert rewst.is_of(wanted)
    assert not rewst.is_of(wanted, ["Other - Automation", "Rewst - Automation"])
    assert not rewst.is_of(Tracking("custom", "Automation"))
    assert not Tracking("unknown").is_of(wanted)


@pytest.mark.parametrize(
    ("name", "shown", "wanted", "same"),
    [
        ("user_name", "key@ALDER.EXAMPLE", "key@alder.example", True),
        ("first_name", "Contract  Reader", " contract reader", True),
        ("last_name", "Mu\u0308ller", "Müller", True),
        ("security_level", "Reader", "reader (API-only)", True),
        ("time_format", "hh:mm a", "HH:mm a", False),
        ("date_format", "MM/dd/yyyy", "MM/dd/yyyy ", True),
        ("active", True, True, True),
        ("active", None, False, False),
        ("location", None, "Headquarters", False),
        ("tracking", Tracking("vendor", "Rewst  - automation"), Tracking("vendor", "Rewst - Automation"), True),
        ("tracking", Tracking("custom", "Own"), Tracking("vendor", "Own"), False),
        ("tracking", None, Tracking("vendor", "Own"), False),
    ],
)
def test_values_are_compared_as_autotask_compares_them(name: str, shown: object, wanted: object, same: bool) -> None:
    assert agree(name, shown, wanted) is same  # type: ignore[arg-type]  # any kind of value, on purpose


@given(st.sampled_from(FORMATS), WORDS, WORDS)
def test_formats_that_agree_are_spelled_alike(name: str, one: str, other: str) -> None:
    assert agree(name, one, other) == (one.split() == other.split())


@given(st.text("abAB", min_size=1), st.text("xyXY", min_size=1))
def test_a_user_goes_by_its_key_or_its_whole_name(key: str, domain: str) -> None:
    whole = f"{key}@{domain}"
    for name in (key.swapcase(), f"{key}@{domain.swapcase()}"):
        assert same_user_name(whole, name)
    for other in (f"{key}1", f"{whole}1"):
        assert not same_user_name(whole, other)


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        ("a*1A~4Kbs@5CPj#08Mt$y$E9@", "a*1A~4Kbs@5CPj#08Mt$y$E9@"),
        ("Your new password is a1A4Kbs5CPj08MtyE9 now.", "a1A4Kbs5CPj08MtyE9"),
        ("Your new password is a1A4Kbs5CPj08MtyE9.", None),
        ('The password "a1A4Kbs5CPj08MtyE9" is new.', None),
        ('Click "Generate Secret" for a new password.', None),
        ("••••••••••••••••", None),
    ],
)
def test_a_secret_is_told_from_a_sentence_or_not_at_all(words: str, secret: str | None) -> None:
    assert _generated_among(words) == ([secret] if secret else [])


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("New (Adding a resource may result in additional fees)", True),
        ("This user will cost one licence; additional costs apply.", True),
        ("API users are licensed at no additional cost", False),
        ("You will be charged for this user", True),
        ("This is a paid licence, billed by the month.", True),
        ("There are no fees", False),
        ("API users are free of charge, at no extra cost", False),
        ("Add API User", False),
        ("Coffee and feeds", False),
    ],
)
def test_fees_are_heard_of(text: str, speaks: bool) -> None:
    assert bool(FEES.search(text)) == speaks


def test_a_format_may_have_an_example_behind_it() -> None:
    offered = ["hh:mm a (02:30 PM)", "HH:mm (14:30)", "HH:mm:ss - 14:30:00"]
    assert meant("HH:mm", offered, *COMPARISONS["time_format"]) == ["HH:mm (14:30)"]
    assert meant("HH:mm:ss", offered, *COMPARISONS["time_format"]) == ["HH:mm:ss - 14:30:00"]
    assert meant("hh:mm", offered, *COMPARISONS["time_format"]) == []
