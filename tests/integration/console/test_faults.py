# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong on the way: each ends well, or with a name and nothing half done, and the next run sets it right."""

from __future__ import annotations

import typing as t

import pytest
from samples import each
from simulated_console import SECRET, Console

Add = t.Callable[..., Console]


class Fault(t.NamedTuple):
    """A fault of the simulator, and how a module ends that meets it."""

    kind: str
    page: str
    ends: str = "well"
    """The reason of the failure, if it does not end well."""
    says: str = ""
    """What the module must have passed on of what Autotask said."""
    options: dict[str, t.Any] = {}
    tenant: dict[str, t.Any] = {}

    @property
    def name(self) -> str:
        return f"{self.kind} on {self.page}"


ON_LEVELS = [
    Fault("slow", "security_level_rows", options={"ms": 2500}),
    Fault("session_expired", "security_levels"),
    Fault("session_expired", "security_level_rows"),
    Fault("session_expired", "save_level", "logged_out"),
    Fault("http_500", "admin_category"),
    Fault("http_500", "copy_level", "unavailable", "status 500"),
    Fault("reset", "security_levels"),
    Fault("maintenance", "landing", "login_interrupted", "Scheduled Maintenance"),
    Fault("access_denied", "security_levels", "access_denied"),
    Fault("alert", "security_levels", says="Your session has been updated."),
    Fault("native_alert", "edit_level", says="Your session has been updated."),
    Fault("guide", "edit_level", tenant={"levels": [{"name": "Reader"}]}),
    Fault("overlay", "security_levels", options={"ms": 2500}),
    Fault("popup_blocked", "security_levels", "refused", "Allow pop-up windows"),
    Fault("list_not_loaded", "security_level_rows"),
    Fault("save_refused", "save_level", "save_refused", "could not be saved"),
    Fault("save_lost", "save_level", "not_stored", tenant={"levels": [{"name": "Reader"}]}),
    Fault("save_unanswered", "save_level", "save_refused", "could not be reached"),
    Fault("concurrent_change", "edit_level", tenant={"levels": [{"name": "Reader"}]}),
]

ON_USERS = [
    Fault("session_expired", "resources"),
    Fault("session_expired", "new_api_user"),
    Fault("list_not_loaded", "resource_rows"),
    Fault("list_not_loaded", "new_api_user"),
    Fault("alert", "new_api_user", says="Your session has been updated."),
    Fault("save_refused", "save_api_user", "save_refused", "could not be saved"),
    Fault("save_lost", "save_api_user", "not_stored"),
    Fault("save_unanswered", "save_api_user"),
]


# Each fault strikes wherever it can in 'make campaign'.
IN_MAKE_TEST = [
    "save_unanswered on save_api_user",
]


def check(result: t.Mapping[str, t.Any], fault: Fault) -> None:
    assert result.get("failure", {"reason": "well"})["reason"] == fault.ends, result.get("msg")
    assert fault.says in result["printed"]


@pytest.mark.parametrize("fault", each(ON_LEVELS, IN_MAKE_TEST))
def test_a_level_comes_right_in_the_end(console: Add, fault: Fault) -> None:
    tenant = console(**fault.tenant)
    tenant.arm(fault.kind, fault.page, options=fault.options)
    check(tenant.level(), fault)
    assert not tenant.tenant.store.faults(), "the fault has struck"
    if fault.ends != "well":
        assert tenant.level()["security_level"]["active"]
    assert tenant.custom_levels() == ["Reader"]
    assert tenant.tenant.level("Reader").settings["contracts"]["contracts"]["view"] == "All"
    assert not tenant.tenant.level("Reader").settings["other"]["can_export_grid_data"]


@pytest.mark.parametrize("fault", each(ON_USERS, IN_MAKE_TEST))
def test_a_user_comes_right_in_the_end(console: Add, fault: Fault) -> None:
    tenant = console(people=30, **fault.tenant)
    tenant.arm(fault.kind, fault.page, options=fault.options)
    check(tenant.user(), fault)
    assert not tenant.tenant.store.faults(), "the fault has struck"
    if fault.ends != "well":
        assert tenant.user()["resource"]["user_name"] == tenant.user_name
    (user,) = tenant.tenant.api_users()
    assert user.user_name == tenant.user_name and user.secret_is(SECRET)


@pytest.mark.long
def test_pages_that_stay_slow_end_at_the_deadline_with_nothing_saved(console: Add) -> None:
    tenant = console()
    tenant.arm("slow", "*level*", times=-1, options={"ms": 6000})
    result = tenant.level(timeout=12)
    assert result["failure"]["reason"] == "deadline_passed" and result["failure"]["step"] in result["msg"]
    assert not tenant.writes
