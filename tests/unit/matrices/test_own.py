# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A matrix of one's own: as strict as those that are shipped, and one of those with what is different about it."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Start
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.options import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.schema import MatrixMistakes
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import matrix_of, shipped

LOGIN = {"web_services_api": {"can_login_to_web_services_api": True}}


def test_a_title_and_settings_are_enough() -> None:
    settings = {"contracts": {"contracts": {"view": {"value": "all", "reason": "Reports."}}}, **LOGIN}
    assert options_of(matrix_of({"title": "Reports", "settings": settings})) == {
        "name": "Reports",
        "title": "Reports",
        "security_level": {
            "name": "Reports API User",
            "copy_from": "API User (system) (API-only)",
            "active": True,
            "permissions": {"contracts": {"contracts": {"view": "all"}}, **LOGIN},
            "purge_permissions": True,
        },
        "resource": {
            "first_name": "Reports",
            "last_name": "Integration",
            "security_level": "Reports API User",
        },
        "other_vendors": [],
        "completeness": None,
        "confidence": None,
        "source": None,
        "left_out": [],
        "outside": [],
    }


def test_names_base_and_identifier_are_ones_own() -> None:
    given = {
        "title": "Reports",
        "level": {"name": "Reader", "copy_from": "Narrow", "start": "full"},
        "user": {"first_name": "Report", "last_name": "Robot"},
        "tracking": {"custom": "Nightly reports"},
        "settings": {"other": {"by_label": {"Can use the new thing": True}}},
    }
    options = options_of(matrix_of(given))
    assert options["security_level"] == {
        "name": "Reader",
        "copy_from": "Narrow",
        "active": True,
        "permissions": given["settings"],
        "purge_permissions": False,
    }
    assert options["resource"] == {
        "first_name": "Report",
        "last_name": "Robot",
        "security_level": "Reader",
        "internal_integration": "Nightly reports",
    }


def test_a_shipped_one_with_what_is_different() -> None:
    changed = matrix_of(
        {
            "extends": "cow",
            "level": {"name": "Warranties"},
            "tracking": {"custom": "Warranties"},
            "settings": {
                "inventory": {"products": {"view": "none"}},
                "admin": {"admin_configuration_items": False},
                "web_services_api": {"can_login_to_web_services_api": False},
            },
        }
    )
    before = shipped("cow").permissions()
    after = changed.permissions()
    assert after["crm"] == before["crm"]
    assert (after["inventory"], after["admin"]) == (
        {"products": {"view": "none"}},
        {"admin_configuration_items": False},
    )
    assert after["web_services_api"] == {"can_login_to_web_services_api": False}, "one's own word counts more than ours"
    assert (changed.name, changed.level_name, changed.start) == ("cow", "Warranties", Start.NO_PERMISSION)
    assert changed.tracking.vendor is None and changed.tracking.custom == "Warranties"
    assert shipped("cow").permissions() == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("cw", "there is no such matrix; nearest: cow"),
        ("entirely different", "there is no such matrix; the matrices are: acronis, "),
        (7, "7 is not a matrix: give the name of a shipped one, or a dictionary"),
        ({}, "missing required arguments: title"),
        ({"extends": "cwo"}, "there is no such matrix; nearest: cow"),
        ({"extends": 7}, "extends: is a number, not text"),
        ({"extend": "cow"}, "extend: there is no such option; nearest: extends"),
        ({"title": 365}, "title: is a number, not text; put it in quotes"),
        ({"title": "X", "setings": {}}, "setings: there is no such option; nearest: settings"),
        ({"title": "X", "level": {"nmae": "Y"}}, "level.nmae: there is no such option; nearest: name"),
        ({"title": "X", "user": {"email": "a"}}, "user.email: there is no such option"),
        ({"title": "X", "tracking": {"vendr": "Y"}}, "tracking.vendr: there is no such option; nearest: vendor"),
        ({"title": "X", "tracking": {"vendor": "Y", "custom": "Z"}}, "mutually exclusive: vendor|custom"),
        ({"title": "X", "tracking": {"also": ["Y"]}}, "required by 'also': vendor"),
        ({"title": "X", "level": {"start": "ful"}}, "value of start must be one of: no_permission, not_stated, full"),
        ({"title": "X", "left_out": [{"waht": "Y"}]}, "left_out[0].waht: there is no such option; nearest: what"),
        ({"title": "X", "full_permission": ["cmr"]}, "value of full_permission must be one or more of: contracts, crm"),
        ({"title": "X", "settings": ["crm"]}, "settings"),
        (
            {"title": "X", "settings": {"cmr": {"contacts": {"add": True}}}},
            "cmr: the page has no such section; nearest: crm",
        ),
        (
            {"title": "X", "settings": {"crm": {"contcts": {"add": True}}}},
            "crm.contcts: section CRM has no such setting",
        ),
        (
            {"title": "X", "settings": {"crm": {"contacts": {"add": 5}}}},
            "crm.contacts.add: 5 is not a value for a list",
        ),
        ({"title": "X", "settings": {"crm": {"contacts": {"add": {"value": True, "why": "Y"}}}}}, "'why' is not a key"),
        ({"title": "X", "added": {"crm": {"contcts": {"add": True}}}}, "crm.contcts: section CRM has no such setting"),
        ({"title": "X"}, "settings: there are none"),
        ({"title": "X", "settings": None}, "settings: there are none"),
        (
            {"title": "X", "level": {"start": "unchanged"}, "settings": LOGIN},
            "settings: there is no level to set them in",
        ),
        ({"title": "X", "level": {"start": "not_published"}}, "left_out: say what is not published"),
        (
            {"extends": "cow", "settings": {"crm": {"contcts": {"add": True}}}},
            "crm.contcts: section CRM has no such setting",
        ),
        ({"extends": "cow", "settings": "crm"}, "settings"),
    ],
)
def test_what_is_wrong_is_said_with_the_nearest_right_names(given: t.Any, said: str) -> None:
    with pytest.raises(MatrixMistakes) as caught:
        matrix_of(given)
    assert any(said in mistake for mistake in caught.value.mistakes), caught.value.mistakes


def test_all_mistakes_come_in_one_message() -> None:
    with pytest.raises(MatrixMistakes) as caught:
        matrix_of({"title": "X", "setings": {}, "level": {"nmae": "Y"}})
    assert caught.value.message.startswith("2 mistakes in the matrix X:\n- ")
