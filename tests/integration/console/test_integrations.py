# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's integrations in one run of the console: what was done, what was not done twice, and what is never lost."""

from __future__ import annotations

import copy
import typing as t

from simulated_console import SECRET, VENDOR, Console

Add = t.Callable[..., Console]

MODULE = "autotask_integrations"
Wanted = list[dict[str, t.Any]]


def integration(name: str, vendor: str = VENDOR) -> dict[str, t.Any]:
    """A level, a user of a vendor, and one that proves what the level allows."""
    word = name.lower()
    people = [("sync", {"integration_vendor": vendor}), ("verification", {"internal_integration": f"{name} proof"})]
    users = [
        {
            "key": key,
            "user_name": f"{word}{key}1",
            "first_name": name,
            "last_name": key.capitalize(),
            "email": "alerts@msp.example",
            "secret": f"{SECRET}-{word}-{key}",
            **tracking,
        }
        for key, tracking in people
    ]
    level = {"name": f"{name} Level", "permissions": {"contracts": {"contracts": {"view": "all"}}}}
    return {"name": name, "security_level": level, "resources": users}


def pages(tenant: Console) -> list[str]:
    return [page.removeprefix("page ") for page in tenant.verbs("page")]


def test_one_integration_costs_few_pages_and_one_log_in(console: Add) -> None:
    tenant = console(people=12)
    wanted = [integration("Reader")]
    tenant.connection["console_session"] = None
    first = tenant.run(MODULE, integrations=wanted)
    assert first["changed"]
    seen = pages(tenant)
    print(len(seen), seen)
    again = tenant.run(MODULE, integrations=wanted)
    assert not again["changed"]
    print(len(pages(tenant)) - len(seen), pages(tenant)[len(seen) :])
    assert False
