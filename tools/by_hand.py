# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people do in simulated tenants, straight in the simulator's store; for molecule's scenarios."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autotask_simulator.store import Store, Tenant
from rehearsal.granting import settings_for
from rehearsal.role import wanted
from simulated_fleet import FOLDER_VARIABLE
from stored_state import LEVEL


def drift(tenant: Tenant) -> None:
    """Grant more than is wanted, as somebody would who means well."""
    level = tenant.level(LEVEL)
    other = {**level.settings.get("other", {}), "can_create_webhooks": True}
    tenant.update_level(level.id, settings={**level.settings, "other": other})


def set_up(tenant: Tenant) -> None:
    """Set the level as the runbook says."""
    tenant.update_level(tenant.level(LEVEL).id, settings=settings_for(tenant, wanted()))


def identifier(tenant: Tenant) -> None:
    """Print the tracking identifier of the integration of one's own, as the page of its user shows it."""
    (user,) = (user for user in tenant.api_users() if user.tracking == "custom")
    print(user.tracking_identifier)


def main() -> None:
    deeds = {deed.__name__: deed for deed in (drift, set_up, identifier)}
    deed, domain = sys.argv[1:]
    deeds[deed](Store(Path(os.environ[FOLDER_VARIABLE]) / "state.sqlite").tenant(domain))


if __name__ == "__main__":
    main()
