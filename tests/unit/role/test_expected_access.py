# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is expected of the access over REST follows what a level grants."""

from __future__ import annotations

import itertools
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.expected_access import (
    access_mistakes,
    expected_access,
)

NECESSITIES = ("needed", "recommended", "forbidden")
VALUES: dict[t.Any, bool] = {
    True: True,
    "all": True,
    "Mine": True,
    False: False,
    "none": False,
    "No": False,
    None: False,
}


@pytest.mark.parametrize(("necessity", "value"), [*itertools.product(NECESSITIES, VALUES)])
def test_what_is_taken_away_is_forbidden_and_what_is_granted_is_no_excess(necessity: str, value: t.Any) -> None:
    entry = {"entity": "Contacts", "query": "needed", "create": necessity, "follows": {"create": "crm.contacts.add"}}
    permissions = {} if value is None else {"crm": {"contacts": {"add": value}}}
    [said] = expected_access([entry], permissions)
    granted = {"forbidden": "recommended"}.get(necessity, necessity)
    assert said == {"entity": "Contacts", "query": "needed", "create": granted if VALUES[value] else "forbidden"}


@pytest.mark.parametrize(("add", "edit", "expected"), [(1, 0, "needed"), (0, 1, "needed"), (0, 0, "forbidden")])
def test_one_permission_of_several_is_enough(add: int, edit: int, expected: str) -> None:
    entry = {
        "entity": "Products",
        "update": "needed",
        "follows": {"update": ["inventory.products.add", "inventory.products.edit"]},
    }
    permissions = {"inventory": {"products": {"add": bool(add), "edit": bool(edit)}}}
    assert expected_access([entry], permissions) == [{"entity": "Products", "update": expected}]


def test_what_follows_nothing_stays_as_it_is() -> None:
    assert expected_access([{"entity": "Tickets", "create": "forbidden", "delete": None}], {}) == [
        {"entity": "Tickets", "create": "forbidden"}
    ]


@pytest.mark.parametrize(
    ("follows", "mistake"),
    [
        ({"creat": "crm.contacts.add"}, "creat is no action of this entry; they are: create"),
        ({"delete": "crm.contacts.add"}, "delete is no action of this entry; they are: create"),
        ({"create": "crm.contact.add"}, "there is no permission 'crm.contact.add'; nearest: crm.contacts.add"),
        ({"create": ["crm.contacts.add", 5]}, "there is no permission 5; nearest: none"),
    ],
)
def test_a_mistake_is_named(follows: dict[str, t.Any], mistake: str) -> None:
    [told] = access_mistakes([{"entity": "Contacts", "create": "needed", "follows": follows}])
    assert told.startswith(f"Contacts: follows: {mistake}")
