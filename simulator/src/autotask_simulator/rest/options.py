# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant's options may say about its REST surface: the mapping ``rest`` of its entry in the fleet file."""

from __future__ import annotations

import typing as t

from pydantic import ConfigDict, NonNegativeFloat, NonNegativeInt, PositiveInt

from ..schema import Options
from ..store import Tenant
from .entities import entities


class RestOptions(Options):
    """Each default is the best-evidenced behaviour; where reports differ, the other one can be chosen."""

    model_config = ConfigDict(frozen=True)

    wrong_integration_code: t.Literal[401, 500] = 401
    """Answer to a wrong ApiIntegrationCode: 401 was seen in 2026, 500 in 2020 to 2023."""
    read_only_fields: t.Literal["refuse", "ignore"] = "refuse"
    """A read-only field in PATCH or PUT: 500, or 200 without effect; both were reported."""
<<<<<<< HEAD
    unknown_operators: t.Literal["ignore", "refuse"] = "ignore"
    """A misspelt filter operator: ignored, so that all rows come back (as reported), or refused."""
    services_query: t.Literal["open", "admin"] = "open"
    """Services query: free (documented), or only with the Admin right (a live report)."""
    new_user_delay: NonNegativeFloat = 0
=======
    unknown_fields: str = _choice("ignore", "refuse")
    """A field in a body that the entity does not have: ignored, as reported, or refused, so that typing errors show."""
    unknown_operators: str = _choice("ignore", "refuse")
    """A misspelt filter operator: ignored, so that all rows come back (as reported), or refused."""
    empty_filter: str = _choice("none", "all")
    """What a query without conditions finds: nothing (a live report); one client in production relies on all rows."""
    unlisted_entities: str = _choice("serve", "refuse")
    """An entity whose fields are not public: served with whatever fields it is given, or refused with 501."""
    tickets_without_queue: str = _choice("accept", "refuse")
    """A new ticket with neither queue nor resource and role: taken or refused; both were reported."""
    services_query: str = _choice("open", "admin")
    """Services query: free (documented), or only with the Admin right (a live report)."""
    user_defined_fields: dict[str, list[str]] = field(default_factory=lambda: {"Companies": ["Account Reference"]})
    """Names of the user-defined fields by entity, e.g. ``{Tickets: [Site Code]}``; all of them are texts."""
    picklists: dict[str, dict[str, t.Any]] = field(default_factory=dict)
    """The tenant's own pick-lists by entity and field, e.g. ``{Tickets: {priority: {1: High, 2: Low}}}``."""
    new_user_delay: float = 0
>>>>>>> rest
    """Seconds after its creation until an API user is accepted (a vendor reports up to five minutes)."""
    threshold: PositiveInt = 10_000
    """External requests per rolling hour; latency is added from half of it."""
    latency: bool = True
    """Whether the documented latency near the threshold is really waited."""
    host: str = ""
    """The tenant's own zone host (host:port); under any other host its users get 401. Empty: any host."""
    companies: NonNegativeInt = 12
    """How many customer companies the tenant starts with."""


<<<<<<< HEAD
=======
def check(given: dict[str, t.Any]) -> RestOptions:
    """The options, or a ValueError that says what is wrong with them."""
    known = {each.name: each for each in fields(RestOptions)}
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"unknown REST option {name!r}; known are {', '.join(known)}")
        choices = known[name].metadata.get("choices")
        if choices and value not in choices:
            raise ValueError(f"REST option {name}: {value!r} is none of {', '.join(map(str, choices))}")
    options = RestOptions(**given)
    for name in ("user_defined_fields", "picklists"):
        if unknown := [entity for entity in getattr(options, name) if entity not in entities()]:
            raise ValueError(f"REST option {name}: the API has no entity {', '.join(unknown)}")
    if options.threshold < 1 or options.companies < 0 or options.new_user_delay < 0:
        raise ValueError("REST options threshold, companies and new_user_delay must not be negative, nor threshold 0")
    return options


>>>>>>> rest
def rest_options(tenant: Tenant) -> RestOptions:
    return RestOptions.model_validate(tenant.options.get("rest") or {})
