# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is kept of users: parsed back as it was written, never another user's, never lost."""

from __future__ import annotations

import string

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import (
    SPECIAL,
    Asked,
    Entry,
    Kept,
    NotCredentials,
    OtherTenant,
    OtherUser,
    as_text,
    make_secret,
    new_user_name,
    of_tenant,
    parse,
    same_user,
    with_asked,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = "2026-11-25T08:00:00Z"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
MAYBE = st.none() | TEXT
ENTRIES = st.builds(
    Entry, TEXT.filter(bool), TEXT, TEXT, st.booleans(), st.booleans(), MAYBE, next_secret=MAYBE, previous_secret=MAYBE
)
KEPT = st.builds(Kept, TEXT, st.dictionaries(TEXT, ENTRIES, max_size=3), st.lists(ENTRIES, max_size=2).map(tuple))
WORDS = st.sampled_from(["version", "users", "tenant", "user_name", "work365"])
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["version", "users", "tenant", "user_name", "work365"]) | TEXT, inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(KEPT)
def test_what_is_written_is_read_again(kept: Kept) -> None:
    assert parse(as_text(kept), "here") == kept


@given(DATA.map(repr) | DATA.map(str) | TEXT)
def test_anything_else_is_refused_without_its_words(text: str) -> None:
    try:
        kept = parse(text, "here")
    except NotCredentials as refusal:
        assert refusal.message.startswith("here was ")
    else:
        assert all(isinstance(entry, Entry) for entry in kept.users.values())


def test_what_version_1_wrote_is_taken_over() -> None:
    old = """
work365:
  user_name: k1@alder.example
  secret: s1
  made_here: true
  secret_set: true
  secret_since: '2026-11-23T15:07:42Z'
verification:
  user_name: k2
  secret: s2
  made_here: true
  secret_set: false
  secret_since: '2026-11-23T15:07:42Z'
  tracking_identifier: T
"""
    kept = of_tenant(parse(old, "here"), "alder.example", "here")
    assert kept.tenant == "alder.example"
    assert kept.users["work365"].secret == "s1"
    assert kept.users["verification"].tracking_identifier == "T"
    # Its users say whose it is.
    with pytest.raises(OtherTenant, match=r"of the tenant alder\.example, not of birch\.example"):
        of_tenant(parse(old, "here"), "birch.example", "here")


def test_a_newer_version_is_left_alone() -> None:
    for text in ("tenant: a, users: {}", "tenant: a, users: {work365: {user_name: k, colour: red}}", "accounts: []"):
        with pytest.raises(NotCredentials, match="newer version"):
            parse(f"{{version: 3, {text}}}", "here")


def test_what_somebody_changed_by_hand_is_what_it_says_or_named() -> None:
    """Whoever edits a file may leave quotes out."""
    moment = "2026-11-23T15:07:42Z"
    (entry,) = parse(f"work365: {{user_name: k, secret: null, secret_since: {moment}}}", "here").users.values()
    assert entry == Entry("k", secret_since=moment)
    for field in ("secret: 01234567", "tracking_identifier: 4711", "made_here: 'no'", "next_secret: [s]"):
        with pytest.raises(NotCredentials, match=rf"but work365\.{field.partition(':')[0]} is n.*in quotes"):
            parse(f"{{version: 2, tenant: a, users: {{work365: {{user_name: k, {field}}}}}}}", "here")
    with pytest.raises(NotCredentials, match=r"but work365\.user_name is empty"):
        parse("{version: 2, tenant: a, users: {work365: {user_name: '', secret: s}}}", "here")


def test_credentials_belong_to_a_tenant() -> None:
    kept = Kept("alder.example", {"work365": Entry("k1")})
    assert of_tenant(kept, "Alder.Example", "here") == kept
    with pytest.raises(OtherTenant):
        of_tenant(kept, "birch.example", "here")


@given(KEPT, st.sampled_from(["work365", "cow"]), st.builds(Asked, TEXT, MAYBE, MAYBE))
def test_nothing_that_was_kept_is_lost(kept: Kept, key: str, asked: Asked) -> None:
    """The law behind every rule: a secret that Autotask may have stays, whatever is asked."""
    try:
        after, _now = with_asked(kept, key, asked, NOW)
    except OtherUser:
        return
    held = {entry.secret for entry in (*after.users.values(), *after.set_aside)}
    assert {e.secret for e in kept.users.values() if e.made_here} <= held
    assert set(kept.set_aside) <= set(after.set_aside)
    assert kept.users.keys() <= after.users.keys()
    entry = after.users[key]
    assert not asked.user_name or same_user(entry.user_name, asked.user_name)
    assert not asked.secret or entry.secret == asked.secret


def test_a_user_that_the_inventory_names_is_not_kept_before_it_is_found() -> None:
    after, now = with_asked(Kept("alder.example"), "work365", Asked("work365", "mistyped"), NOW)
    assert not now
    assert after.users["work365"] == Entry("mistyped", "", NOW, made_here=False)


def test_a_corrected_name_takes_the_place_of_one_that_was_never_found() -> None:
    kept = Kept("alder.example", {"work365": Entry("mistyped", made_here=False)})
    after, _now = with_asked(kept, "work365", Asked("work365", "right"), NOW)
    assert after.users["work365"].user_name == "right"
    assert after.set_aside == ()


def test_a_name_against_a_user_that_autotask_has_is_refused() -> None:
    kept = Kept("alder.example", {"work365": Entry("k1@alder.example", "s1", NOW, secret_set=True)})
    with pytest.raises(OtherUser, match=r"The user name k2 was given.*k1@alder\.example"):
        with_asked(kept, "work365", Asked("work365", "k2"), NOW)
    assert with_asked(kept, "work365", Asked("work365", "K1"), NOW) == (kept, True)


def test_made_credentials_give_way_to_a_name_but_are_not_lost() -> None:
    made = Entry("k1", "s1", NOW)
    after, _now = with_asked(Kept("alder.example", {"work365": made}), "work365", Asked("work365", "hand"), NOW)
    assert after.users["work365"].user_name == "hand"
    assert after.set_aside == (made,)


def test_the_inventory_has_the_last_word_on_the_secret_of_a_user_made_by_hand() -> None:
    kept = Kept("alder.example", {"work365": Entry("hand", "old", "", made_here=False)})
    after, now = with_asked(kept, "work365", Asked("work365", "hand", "new"), NOW)
    assert now
    assert after.users["work365"].secret == "new"
    made = Kept("alder.example", {"work365": Entry("k1", "old")})
    with pytest.raises(OtherUser, match=r"Leave the given one out\. .*rotate_secret makes a new one"):
        with_asked(made, "work365", Asked("work365", None, "new"), NOW)


@given(TEXT, TEXT, st.integers(1, 9))
def test_a_key_is_derived_and_well_formed(tenant: str, integration: str, generation: int) -> None:
    name = new_user_name(tenant, integration, generation)
    if (tenant + integration).isascii():
        # Other letters may have no one counterpart.
        assert name == new_user_name(tenant.swapcase(), integration.swapcase(), generation)
    assert len(name) == 15
    assert name[0] in string.ascii_lowercase
    assert name[-1] in string.digits
    assert set(name) <= set(string.ascii_lowercase + string.digits)


def test_every_tenant_integration_and_generation_has_a_key_of_its_own() -> None:
    names = {
        new_user_name(f"t{tenant}.example", integration, generation)
        for tenant in range(50)
        for integration in ("work365", "verification", "cow")
        for generation in (1, 2)
    }
    assert len(names) == 300


def test_secrets_have_every_kind_and_begin_with_a_letter() -> None:
    made = [make_secret() for _ in range(3000)]
    assert len(set(made)) == len(made)
    for secret in made:
        assert len(secret) == 25
        assert secret[0] in string.ascii_letters
        for kind in (string.ascii_uppercase, string.ascii_lowercase, string.digits, SPECIAL):
            assert set(secret) & set(kind), secret


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("k1", "K1@alder.example", True),
        ("k1@ALDER.example", "k1@alder.EXAMPLE", True),
        ("k1@alder.example", "k1@birch.example", False),
        ("k1", "k2", False),
    ],
)
def test_user_names_are_compared_as_autotask_does(one: str, other: str, same: bool) -> None:
    assert same_user(one, other) is same


@pytest.mark.parametrize(
    "text", ["{work365: {user_name: k, colour: red}}", "{version: 2, tenant: 5, users: {}}", "{version: 2, tenant: a}"]
)
def test_only_what_is_known_is_taken(text: str) -> None:
    with pytest.raises(NotCredentials):
        parse(text, "here")
