# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What editors know of the role's variables."""

from __future__ import annotations

import json
import typing as t

import pytest
import yaml
from jsonschema import Draft202012Validator
from simulated_fleet import ROOT
from variables_schema import variables_schema

ROLE = ROOT / "roles/work365_integration"
SPECS = yaml.safe_load((ROLE / "meta/argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]
SCHEMA = variables_schema(SPECS)


def mistakes(**variables: t.Any) -> list[str]:
    given = {f"work365_integration_{name}": value for name, value in variables.items()}
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(given)]


def test_the_schema_is_one_and_is_up_to_date() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads((ROOT / "docs/variables.schema.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(SCHEMA)
    )


def test_the_roles_own_defaults_pass() -> None:
    for file in (ROLE / "defaults/main").glob("*.yml"):
        defaults = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert not [error.message for error in Draft202012Validator(SCHEMA).iter_errors(defaults)], file.name


def test_every_option_of_every_entry_point_is_described_without_marks() -> None:
    names = {name for entry in SPECS.values() for name in entry["options"]}
    assert SCHEMA["properties"].keys() == names
    described = [schema["description"] for schema in SCHEMA["properties"].values()]
    assert all(described) and not any(mark in text for text in described for mark in ("C(", "O(", "V(", "M("))


@pytest.mark.parametrize(
    "variables",
    [
        {"emial": "x@msp.example"},
        {"verify": "perhaps"},
        {"rotate_users": [["nobody"]]},
        {"permissions": {"crm": {"organisations": {"add": True}}}},
        {"permissions": {"crm": {"organizations": {"ad": True}}}},
        {"permissions": [{"crm": {}}]},
    ],
)
def test_mistakes_are_seen(variables: dict[str, t.Any]) -> None:
    assert mistakes(**variables)


@pytest.mark.parametrize(
    "variables",
    [
        {"verify": True},
        {"verify": "{{ is_ours }}"},
        {"permissions": {"crm": {"organizations": {"add": "Yes"}}, "other": {"by_label": {"New": "Mine"}}}},
        {"permissions": "{{ permissions_of_all }}"},
    ],
)
def test_what_is_right_passes(variables: dict[str, t.Any]) -> None:
    assert not mistakes(**variables)
    assert Draft202012Validator(SCHEMA).is_valid({"ansible_host": "other"})
