# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's expected access is what the module takes."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._rest.access import ACTIONS
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import NECESSITIES, expectations_of
from rehearsal.role import expected_of, wanted

ROWS = expected_of(wanted())


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


@pytest.mark.parametrize(
    ("path", "value", "entity", "action", "before", "after"),
    [
        ("crm.organizations.add", False, "Companies", "create", "needed", "forbidden"),
        ("crm.contacts.edit", "none", "Contacts", "update", "recommended", "forbidden"),
        ("inventory.products.edit", False, "Products", "update", "needed", "needed"),
        ("service_desk.tickets.add", "Yes", "Tickets", "create", "forbidden", "recommended"),
        ("admin.admin_resources_users_hr", True, "Resources", "update", "forbidden", "recommended"),
    ],
)
def test_expectations_follow_what_a_tenant_has_otherwise(path, value, entity, action, before, after):
    def necessity(rows):
        return [row[action] for row in rows if row["entity"] == entity and action in row]

    assert necessity(ROWS) == [before]
    assert necessity(expected_of({**wanted(), path: value})) == [after]
