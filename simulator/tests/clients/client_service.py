# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a client that somebody else wrote is pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autotask_simulator.store import Tenant

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Service:
    """The simulated service, and a tenant's user who may call it."""

    url: str
    tenant: Tenant
    user_name: str
    secret: str
    code: str

    def refused(self) -> dict[str, int]:
        """What was answered with other statuses than success: method and path, status."""
        calls = [event for event in self.tenant.events() if event.surface == "rest"]
        return {f"{e.verb} {e.object}": e.details["status"] for e in calls if e.details.get("status", 200) >= 400}
