# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module autotask_zone_info, through its main()."""

from __future__ import annotations

import pytest
import responses
from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.modules.autotask_zone_info import main

DISCOVERY = "https://webservices.autotask.net/ATServicesRest/V1.0/ZoneInformation"
ANSWER = {
    "zoneName": "America East 2",
    "url": "https://webservices14.autotask.net/ATServicesRest/",
    "webUrl": "https://ww14.autotask.net/",
    "ci": 475001,
}


@pytest.mark.parametrize("check_mode", [False, True])
def test_the_zone_is_returned(run, check_mode):
    with responses.RequestsMock() as service:
        service.get(DISCOVERY, json=ANSWER)
        result, _ = run(main, user_name="key@msp.example", check_mode=check_mode)
    assert result["changed"] is False
    assert result["zone"] == {
        "name": "America East 2",
        "number": 14,
        "api_url": "https://webservices14.autotask.net/ATServicesRest/",
        "web_url": "https://ww14.autotask.net/",
        "ci": 475001,
    }


def test_an_unknown_user_is_a_named_failure(run):
    with responses.RequestsMock() as service:
        service.get(DISCOVERY, status=500, json={"errors": ["Zone information could not be determined"]})
        result, _ = run(main, user_name="nobody@msp.example")
    assert result["failed"] and result["failure"]["reason"] == "unknown_user"
    assert "Check the spelling" in result["msg"]


def test_the_address_can_come_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("AUTOTASK_API_URL", "http://webservices.autotask.net/")
    result, _ = run(main, user_name="key@msp.example")
    assert result["failure"]["reason"] == "insecure_url"


def test_unchecked_certificates_are_warned_about(run, monkeypatch):
    warnings = []
    monkeypatch.setattr(AnsibleModule, "warn", lambda module, warning: warnings.append(warning))
    with responses.RequestsMock() as service:
        service.get(DISCOVERY, json=ANSWER)
        run(main, user_name="key@msp.example", validate_certs=False)
        run(main, user_name="key@msp.example")
    assert len(warnings) == 1 and "anyone who intercepts" in warnings[0]


def test_a_time_that_is_none_is_refused(run):
    result, _ = run(main, user_name="key@msp.example", timeout=0)
    assert result["failure"]["reason"] == "invalid_option"
