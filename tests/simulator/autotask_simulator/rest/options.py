# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant's options may say about its REST surface: the mapping ``rest`` of its entry in the fleet file."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, fields

from ..store import Tenant


@dataclass(frozen=True)
class RestOptions:
    """Each default is the best-evidenced behaviour; where reports differ, the other one can be chosen."""

    wrong_integration_code: int = 401
    """Answer to a wrong ApiIntegrationCode: 401 (seen 2026) or 500 (seen 2020-23)."""
    read_only_fields: str = "refuse"
    """A read-only field in PATCH or PUT: ``refuse`` (500) or ``ignore`` (200); both were reported."""
    unknown_operators: str = "ignore"
    """A misspelt filter operator: ``ignore`` (all rows come back, as reported) or ``refuse``."""
    services_query: str = "open"
    """Services query: ``open`` (documented) or ``admin`` (a live report needed the Admin right)."""
    new_user_delay: float = 0
    """Seconds after its creation until an API user is accepted (a vendor reports up to five minutes)."""
    threshold: int = 10_000
    """External requests per rolling hour; latency is added from half of it."""
    latency: bool = True
    """Whether the documented latency near the threshold is really waited."""
    host: str = ""
    """The tenant's own zone host (host:port); under any other host its users get 401. Empty: any host."""
    companies: int = 12
    """How many customer companies the tenant starts with."""


_NAMES = {field.name for field in fields(RestOptions)}


def rest_options(tenant: Tenant) -> RestOptions:
    given: dict[str, t.Any] = tenant.options.get("rest") or {}
    unknown = given.keys() - _NAMES
    if unknown:
        raise ValueError(f"{tenant.domain}: unknown REST options {sorted(unknown)}; known are {sorted(_NAMES)}")
    return RestOptions(**given)
