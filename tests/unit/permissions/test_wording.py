# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which texts mean the same, and which do not."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._wording import (
    nearest,
    normalise,
    one_side,
    same,
    same_name,
    tidy,
)
from hypothesis import given
from hypothesis import strategies as st

from .permission_pages import ORGANIZATION

pieces = [
    "account",
    "Business Unit",
    "device",
    "knowledge base",
    "To-Do's",
    "and",
    "Early Access",
    "(API-only)",
    *" &/>()*:,'-",
]
page_texts = st.lists(st.sampled_from(pieces)).map("".join) | st.text()


@pytest.mark.parametrize(
    ("shown", "label"),
    [
        ("  Contracts\n & Un-Posting ", "Contracts and Unposting"),
        ("Maximum number of Webhooks *", "Maximum number of Webhooks"),
        ("Name *:", "name"),
        ("Can create/manage Form Templates for:", "Can create / manage Form Templates for"),
        ("Customer & Cancellations", "Customer & Cancelation"),
        ("Can access Knowledgebase", "Can access Knowledge Base"),
        ("To-Do’s", "To-Dos"),
        ("Prospects, Leads & Dead", "Prospects, Leads, & Dead"),
        ("Account Settings & Users", "Organization Settings & Users"),
        ("Business Unit Notes", "Company Notes"),
        ("Devices & Subscriptions", "Configuration Items & Subscriptions"),
        ("Resources / Users (HR)", "Resources/Users (HR)"),
        ("API User (system) (API-only)", "API User (system)"),
        ("Quotes Early Access", "Quotes"),
        ("Can view Dispatcher’s Workshop", "can view dispatcher's workshop"),
        ("Mine + Accounts", "Mine + Organizations"),
        ("Business Unit > Line of Business", "Division > Line of Business"),
    ],
)
def test_other_wordings_mean_the_same(shown: str, label: str) -> None:
    assert same(shown, label)


@pytest.mark.parametrize(
    ("shown", "label"),
    [
        ("Resources/Users (HR)", "Resources/Users"),
        ("Password (Secret)", "Password"),
        ("QuickBooks (New)", "QuickBooks"),
        ("Account Manager", "Company Manager"),
        ("Account Team", "Customer Team"),
        ("User Account", "User Company"),
        ("Accounting", "Company"),
        ("Business Unit > Line of Business", "Organization > Line of Business"),
        ("Full Permission", "No Permission"),
        ("Copy Security Level", "Copy"),
        ("", "Save"),
    ],
)
def test_different_things_stay_different(shown: str, label: str) -> None:
    assert not same(shown, label)


@pytest.mark.parametrize("term", ORGANIZATION)
def test_a_tenants_term_is_known_in_singular_and_plural(term: str) -> None:
    plural = f"{term[:-1]}ies" if term.endswith("y") else f"{term}s"
    assert same(f"{term} Notes", "Organization Notes")
    assert same(f"Display ALL {plural} in lists", "Display ALL organizations in lists")


def test_a_required_mark_in_words_is_no_part_of_a_label() -> None:
    assert same("First Name (required)", "First Name") and same("Location (Optional)", "Location")


def test_alternatives_count_as_the_label() -> None:
    assert same("Copy", "Copy Security Level", ["Copy"])


def test_names_that_people_gave_are_taken_literally() -> None:
    assert same_name(" Work 365 API  User (API-only)", "work 365 api user")
    assert not same_name("Company Sync", "Account Sync")
    assert not same_name("Sync (read only)", "Sync")


def test_an_entry_goes_by_either_of_its_sides_and_by_no_part_of_one() -> None:
    entry = "Solarwinds MSP - Solarwinds RMM"
    assert one_side(entry, "solarwinds  msp") and one_side(entry, "Solarwinds RMM")
    assert not one_side(entry, "Solarwinds") and not one_side(entry, entry)


def test_nearest_finds_what_was_meant() -> None:
    assert nearest("contract_visibilty", ["contracts", "contract_visibility", "can_approve_and_post"])[0] == (
        "contract_visibility"
    )
    assert nearest("xyzzy", ["contracts"]) == []
    # A company is an organization elsewhere, but not a compny.
    assert nearest("console_compny", ["console_login", "console_password", "console_company"])[0] == "console_company"


@given(page_texts)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


formats = st.characters(categories=["Cf"])


@given(page_texts, st.data())
def test_characters_that_only_format_never_matter(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    shown = text[:at] + data.draw(formats) + text[at:]
    assert same(shown, text) and same_name(shown, text)
    assert tidy(shown) == tidy(text)


@given(page_texts)
def test_spaces_marks_and_case_never_matter(text: str) -> None:
    assert same(f"  {text.replace(' ', '  ')} *", text)
    assert tidy(f" {text}:") == tidy(text)
