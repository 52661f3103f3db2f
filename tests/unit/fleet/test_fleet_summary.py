# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the playbooks print at their end."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.summary import fleet_summary, in_variables


def result(summary: str, **facts: t.Any) -> dict[str, t.Any]:
    return {"failed": False, "changed": False, "summary": summary, **facts}


FLEET: dict[str, dict[str, t.Any] | None] = {
    "alder": result("FAILED: the password was refused", failed=True),
    "birch": result("changed security level", changed=True),
    "cedar": result("ok, nothing to change"),
    "elm": None,
    "fir": result("switched off", off=True),
    "hazel": result("drifted in 1: other > x", failed=True, audit={}),
    "juniper": result("ok, nothing to change"),
}


def test_those_that_need_somebody_come_last_each_with_its_reason() -> None:
    assert fleet_summary(FLEET) == [
        "7 tenants: 2 ok, 1 switched off, 1 changed, 1 drifted or not read, 2 failed",
        "cedar: ok, nothing to change",
        "juniper: ok, nothing to change",
        "fir: switched off",
        "birch: changed security level",
        "hazel: drifted in 1: other > x",
        "alder: FAILED: the password was refused",
        "elm: FAILED: it did not come to an end; see what was printed for it above",
        "Once that is mended, run those again with: --limit 'alder,elm'",
    ]


def test_a_check_has_changed_nothing() -> None:
    assert fleet_summary({"birch": FLEET["birch"]}, check=True)[0] == "1 tenant: 1 would change"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("set 'retry_refused' for one run.", "set 'work365_integration_retry_refused' for one run."),
        ("name it in 'tenant'; it", "name it in 'work365_integration_tenant'; it"),
        ("log in by it ('console_login: kaseyaone')", "log in by it ('work365_integration_console_login: kaseyaone')"),
        ("Check api_url, and proxies", "Check work365_integration_api_url, and proxies"),
        ("give its authority with ca_path; any", "give its authority with work365_integration_ca_path; any"),
        ("not validate_certs=false.", "not work365_integration_validate_certs=false."),
        ("A folder that lasts in 'state_dir'.", "A folder that lasts in 'ANSIBLE_HOME'."),
        ("in 'work365_integration_tenant'; the tenant", "in 'work365_integration_tenant'; the tenant"),
    ],
)
def test_options_of_modules_are_told_as_the_variables_behind_them(said: str, told: str) -> None:
    assert in_variables(said) == told
