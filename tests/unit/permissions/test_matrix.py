# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matrix of Work 365: complete, reasoned, possible, and easy to change for one tenant."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.matrix import (
    Alternative,
    entries,
    permissions_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import identify
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes, parse

from .permission_pages import whole_page

DEFAULTS = Path(__file__).parents[3] / "roles/work365_integration/defaults/main"
NAMED_IN_THE_GUIDE = [
    s.key for s in CATALOG.sections if s.has_links and not s.optional and s.key not in ("projects", "reports")
]


def defaults(file: str) -> dict[str, t.Any]:
    return yaml.safe_load((DEFAULTS / file).read_text())


@pytest.fixture(name="matrix")
def matrix_of_the_role() -> dict[str, t.Any]:
    return {key.removeprefix("work365_integration_"): section for key, section in defaults("permissions.yml").items()}


@pytest.fixture(name="profiles")
def profiles_of_the_role() -> dict[str, t.Any]:
    return defaults("profiles.yml")["work365_integration_profiles"]


def test_the_matrix_has_the_nine_sections_of_the_guide(matrix: dict[str, t.Any]) -> None:
    assert list(matrix) == NAMED_IN_THE_GUIDE
    assert all(section["note"] for section in matrix.values())


def test_every_value_says_why_it_is_there_and_how_sure_it_is(matrix: dict[str, t.Any]) -> None:
    for entry in entries(matrix):
        assert entry.reason and entry.necessity and entry.confidence, entry.path


def test_what_is_off_grants_nothing_and_what_is_needed_grants_something(matrix: dict[str, t.Any]) -> None:
    for entry in entries(matrix):
        # The one restriction among them: not restricting is what is needed.
        if entry.path != ("other", "limit_resource_availability"):
            assert means_nothing(entry.value) == (entry.necessity == "off"), entry.path


def test_every_alternative_is_a_value_that_the_setting_takes(matrix: dict[str, t.Any]) -> None:
    for entry in entries(matrix):
        for alternative in filter(None, [entry.may_loosen, entry.may_tighten]):
            value: t.Any = alternative.to
            for step in reversed(entry.path):
                value = {step: value}
            assert parse(value, purge=False), entry.path
            assert alternative.to != entry.value, entry.path


def test_every_profile_is_possible_on_the_page_as_we_know_it(
    matrix: dict[str, t.Any], profiles: dict[str, t.Any]
) -> None:
    for profile in profiles:
        permissions = permissions_of(matrix, profile=profile, profiles=profiles)
        assert not plan(whole_page(), parse(permissions)).absent


def test_the_default_profile_is_the_matrix_itself(matrix: dict[str, t.Any], profiles: dict[str, t.Any]) -> None:
    default = defaults("profiles.yml")["work365_integration_profile"]
    assert permissions_of(matrix, profile=default, profiles=profiles) == permissions_of(matrix)


def test_nothing_is_granted_but_what_is_written_down(matrix: dict[str, t.Any]) -> None:
    granted: dict[str, t.Any] = {}
    for change in plan(whole_page(), parse(permissions_of(matrix))).changes:
        identity = identify(change.control)
        assert identity
        section = granted.setdefault(identity.section.key, {})
        if identity.column:
            section.setdefault(identity.setting.key, {})[identity.column] = change.value
        else:
            section[identity.setting.key] = change.value
    assert granted == yaml.safe_load((Path(__file__).parent / "granted.yml").read_text())


def test_map_only_creates_no_customer_contact_product_or_service(
    matrix: dict[str, t.Any], profiles: dict[str, t.Any]
) -> None:
    permissions = permissions_of(matrix, profile="map_only", profiles=profiles)
    added = {key: row["add"] for section in ("crm", "inventory") for key, row in permissions[section].items()
             if isinstance(row, dict)}  # fmt: skip
    assert not any(added.values()) and not permissions["admin"]["admin_products_services_inventory"]


def test_a_tenant_changes_one_setting_over_its_profile(matrix: dict[str, t.Any], profiles: dict[str, t.Any]) -> None:
    overrides = {"crm": {"contacts": {"add": True}}, "projects": {"client_and_internal_projects": {"view": "all"}}}
    plain = permissions_of(matrix, profile="map_only", profiles=profiles)
    changed = permissions_of(matrix, profile="map_only", profiles=profiles, overrides=overrides)
    assert changed.pop("projects") == overrides["projects"]
    assert changed["crm"]["contacts"] == {**plain["crm"]["contacts"], "add": True}
    changed["crm"]["contacts"]["add"] = False
    assert changed == plain


def test_plain_values_and_described_ones_mix() -> None:
    section = {
        "note": "Why.",
        "contract_visibility": "full",
        "contracts": {"view": {"value": "all", "may_tighten": {"to": "none", "when": "never"}}, "add": True},
        "by_label": {"Something new": {"value": True, "reason": "New."}},
    }
    assert permissions_of({"contracts": section}) == {
        "contracts": {
            "contract_visibility": "full",
            "contracts": {"view": "all", "add": True},
            "by_label": {"Something new": True},
        }
    }
    assert entries({"contracts": section})[1].may_tighten == Alternative(to="none", when="never")


def test_an_unquoted_off_is_understood() -> None:
    (entry,) = entries(yaml.safe_load("other: {can_create_webhooks: {value: false, necessity: off}}"))
    assert entry.necessity == "off"


def test_mistakes_in_a_matrix_are_shown_together() -> None:
    section = {
        "contract_visibility": {"valeu": "full", "necessity": "must", "reason": "Why."},
        "contracts": {"view": {"value": "all", "may_loosen": "all"}},
    }
    with pytest.raises(PermissionMistakes) as caught:
        permissions_of({"contracts": section})
    assert caught.value.mistakes == (
        "contracts.contract_visibility: 'valeu' is not a key here; "
        "the keys are: value, necessity, confidence, reason, words, may_loosen, may_tighten",
        "contracts.contract_visibility: necessity is 'must'; it is one of required, recommended, off",
        "contracts.contract_visibility: has no value",
        "contracts.contracts.view: may_loosen takes a dictionary of to and when, not 'all'",
    )


def test_an_unknown_profile_is_named_with_the_nearest(profiles: dict[str, t.Any]) -> None:
    with pytest.raises(PermissionMistakes, match="no such profile; nearest: map_only"):
        permissions_of({}, profile="maponly", profiles=profiles)
    with pytest.raises(PermissionMistakes, match="no such profile; there are none at all"):
        permissions_of({}, profile="map_only", profiles={})
