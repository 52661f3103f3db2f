# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter hands the matrix over and its mistakes back."""

from __future__ import annotations

import re
import typing as t

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.msp.autotask.plugins.filter.matrix_permissions import FilterModule

matrix_permissions = FilterModule().filters()["matrix_permissions"]

MATRIX = {"crm": {"contacts": {"add": {"value": True, "reason": "Contacts are made."}, "edit": True}}}
PROFILES = {"careful": {"permissions": {"crm": {"contacts": {"edit": False}}}}}


def test_matrix_profile_and_overrides_become_permissions() -> None:
    overrides = {"contracts": {"contract_visibility": "full"}}
    assert matrix_permissions(MATRIX, "careful", PROFILES, overrides) == {
        "crm": {"contacts": {"add": True, "edit": False}},
        "contracts": {"contract_visibility": "full"},
    }


def test_a_dictionary_may_be_text_as_from_the_command_line() -> None:
    crm = '{"contacts": {"add": true, "edit": true}}'
    overrides = '{"contracts": {"contract_visibility": "full"}}'
    assert matrix_permissions({"crm": crm}, "careful", PROFILES, overrides) == {
        "crm": {"contacts": {"add": True, "edit": False}},
        "contracts": {"contract_visibility": "full"},
    }


def test_mistakes_come_as_a_filter_error_that_names_them() -> None:
    with pytest.raises(AnsibleFilterError) as caught:
        matrix_permissions({"crm": {"contcts": {"add": True}}, "contracts": {"contract_visibility": 5}})
    assert "crm.contcts: section CRM has no such setting; nearest: contacts" in str(caught.value)
    assert "contracts.contract_visibility: 5 is not a value for a list" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"matrix": ["crm"]}, "matrix: must be a dictionary of sections, not"),
        ({"overrides": "crm"}, "overrides: must be a dictionary of sections, not 'crm'"),
        ({"overrides": {"value": 1}}, "value: the page has no such section"),
        ({"profile": "small", "profiles": {"small": None}}, "profile 'small': must be a dictionary with permissions"),
        (
            {"profile": "small", "profiles": {"small": {"permissions": [1]}}},
            "profile: must be a dictionary of sections",
        ),
        ({"profile": "small", "profiles": ["small"]}, "profiles: must be a dictionary of profiles"),
    ],
)
def test_what_is_no_matrix_is_named(given: dict[str, t.Any], said: str) -> None:
    with pytest.raises(AnsibleFilterError, match=re.escape(said)):
        matrix_permissions(**{"matrix": {}, **given})


def test_dependencies_may_be_on_the_page_already_without_purge() -> None:
    child = {"documents_knowledgebase": {"can_manage_documents": True}}
    assert matrix_permissions(child, purge=False) == child
    with pytest.raises(AnsibleFilterError, match="needs documents_knowledgebase.can_access_documents"):
        matrix_permissions(child)
