# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bad input: each with a message that helps, and nothing saved."""

from __future__ import annotations

import typing as t

import pytest
from samples import each
from simulated_console import VENDOR, Console

Add = t.Callable[..., Console]

# What is given, the reason of the failure, and what the message must name.
LEVEL_MISTAKES: dict[str, tuple[dict[str, t.Any], str, list[str]]] = {
    "a word that the page does not offer": (
        {"permissions": {"reports": {"by_label": {"Can export grid": "x"}}}},
        "permissions_not_possible",
        ["Can export grid"],
    ),
    "a base level that is not there": (
        {"copy_from": "API User (sistem)"},
        "base_level_missing",
        ["API User (system)"],
    ),
    "a port where nobody answers": ({"console_url": "http://127.0.0.1:9/"}, "not_reachable", ["console_url"]),
    "no browser": ({"browser_executable": "/no/such/browser"}, "no_browser", ["/no/such/browser", "Chromium"]),
}

USER_MISTAKES: dict[str, tuple[dict[str, t.Any], str, list[str]]] = {
    "a vendor that is not in the list": (
        {"integration_vendor": "Work 356 Sync"},
        "not_offered",
        ["Work 356 Sync", VENDOR],
    ),
    "a level that is not there": ({"security_level": "Raeder"}, "not_offered", ["Raeder", "Reader"]),
    "a secret that breaks the tenant's rules": ({"secret": "short-1"}, "save_refused", ["8 to 64 characters"]),
    "a location to be chosen": ({}, "choice_needed", ["Headquarters", "North Branch", "location"]),
}


@pytest.mark.parametrize("mistake", each(LEVEL_MISTAKES, in_make_test=["a base level that is not there", "no browser"]))
def test_a_mistake_in_a_level_is_told(console: Add, mistake: str) -> None:
    options, reason, named = LEVEL_MISTAKES[mistake]
    tenant = console()
    result = tenant.level(**options)
    assert result["failure"]["reason"] == reason, result["msg"]
    assert not [word for word in named if word not in result["msg"]], result["msg"]
    assert not tenant.writes and not tenant.custom_levels()


@pytest.mark.parametrize("mistake", each(USER_MISTAKES, in_make_test=["a vendor that is not in the list"]))
def test_a_mistake_in_a_user_is_told(console: Add, mistake: str) -> None:
    options, reason, named = USER_MISTAKES[mistake]
    locations = ["Headquarters"] if options else ["Headquarters", "North Branch"]
    tenant = console(levels=[{"name": "Reader"}], locations=locations)
    result = tenant.user(**{"security_level": "Reader", **options})
    assert result["failure"]["reason"] == reason, result["msg"]
    assert not [word for word in named if word not in result["msg"]], result["msg"]
    assert not tenant.writes and not tenant.tenant.api_users()


def test_an_unknown_key_is_told_before_a_browser_starts(console: Add) -> None:
    tenant = console()
    result = tenant.level(
        permissions={"contracts": {"contract": {"view": "all"}}}, browser_executable="/no/such/browser"
    )
    assert result["failure"]["reason"] == "invalid_permissions"
    assert "contracts.contracts" in result["msg"] or "contracts" in result["msg"]
    assert not tenant.tenant.events()
