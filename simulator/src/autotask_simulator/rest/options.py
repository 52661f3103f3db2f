# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant's options may say about its REST surface: the mapping ``rest`` of its entry in the fleet file."""

from __future__ import annotations

import typing as t

from pydantic import ConfigDict, NonNegativeFloat, NonNegativeInt, PositiveInt

from ..schema import Options
from ..store import Tenant


class RestOptions(Options):
    """Each default is the best-evidenced behaviour; where reports differ, the other one can be chosen."""

    model_config = ConfigDict(frozen=True)

    wrong_integration_code: t.Literal[401, 500] = 401
    """Answer to a wrong ApiIntegrationCode: 401 was seen in 2026, 500 in 2020 to 2023."""
    read_only_fields: t.Literal["refuse", "ignore"] = "refuse"
    """A read-only field in PATCH or PUT: 500, or 200 without effect; both were reported."""
    unknown_operators: t.Literal["ignore", "refuse"] = "ignore"
    """A misspelt filter operator: ignored, so that all rows come back (as reported), or refused."""
    services_query: t.Literal["open", "admin"] = "open"
    """Services query: free (documented), or only with the Admin right (a live report)."""
    new_user_delay: NonNegativeFloat = 0
    """Seconds after its creation until an API user is accepted (a vendor reports up to five minutes)."""
    threshold: PositiveInt = 10_000
    """External requests per rolling hour; latency is added from half of it."""
    latency: bool = True
    """Whether the documented latency near the threshold is really waited."""
    host: str = ""
    """The tenant's own zone host (host:port); under any other host its users get 401. Empty: any host."""
    companies: NonNegativeInt = 12
    """How many customer companies the tenant starts with."""


def rest_options(tenant: Tenant) -> RestOptions:
    return RestOptions.model_validate(tenant.options.get("rest") or {})
