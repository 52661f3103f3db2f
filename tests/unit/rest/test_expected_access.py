# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's expected access is what the module takes."""

from __future__ import annotations

import pathlib

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.module_utils.rest.access import ACTIONS, NECESSITIES, expectations_of

ROLE = pathlib.Path(__file__).parents[3] / "roles/work365_integration/defaults/main/expected_access.yml"
ROWS = yaml.safe_load(ROLE.read_text())["work365_integration_expected_access"]


def test_entries_are_complete_and_do_not_contradict_each_other():
    for row in ROWS:
        assert set(row) <= {"entity", "reason", *ACTIONS}
        assert row["reason"].endswith(".")
        assert {row[action] for action in ACTIONS if action in row} <= set(NECESSITIES)
    assert len(expectations_of(ROWS)) == sum(action in row for row in ROWS for action in ACTIONS)


@pytest.mark.parametrize(
    ("entity", "action", "necessity"),
    [
        ("Contracts", "create", "needed"),
        ("ContractServiceAdjustments", "create", "needed"),
        ("Companies", "update", "recommended"),
        ("Resources", "query", "needed"),
        ("Resources", "update", "forbidden"),
        ("Contacts", "delete", "forbidden"),
        ("Tickets", "create", "forbidden"),
    ],
)
def test_cornerstones(entity, action, necessity):
    found = [
        expectation
        for expectation in expectations_of(ROWS)
        if (expectation.entity, expectation.action) == (entity, action)
    ]
    assert [expectation.necessity for expectation in found] == [necessity]
