# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant's options may say about its REST surface: the mapping `rest` of its entry in the fleet file."""

from __future__ import annotations

import typing as t

from pydantic import AfterValidator, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from ..schema import Options
from ..store import Tenant
from .entities import entities


def _known_entity(name: str) -> str:
    if name not in entities():
        raise ValueError(f"the API has no entity {name}")
    return name


EntityName = t.Annotated[str, AfterValidator(_known_entity)]


class RestOptions(Options):
    """Each default is the best-evidenced behaviour; where reports differ, the other one can be chosen."""

    model_config = ConfigDict(frozen=True)

    wrong_integration_code: t.Literal[401, 500] = 401
    """Answer to a wrong ApiIntegrationCode: 401 was seen in 2026, 500 in 2020 to 2023. [evidenced]"""
    read_only_fields: t.Literal["ignore", "refuse"] = "ignore"
    """A read-only field in PATCH or PUT: 200 without effect, as seen live, or 500, as was reported without words.
    [evidenced]"""
    unknown_fields: t.Literal["ignore", "refuse"] = "ignore"
    """A field in a body that the entity does not have: ignored, as reported, or refused, so that typing errors show.
    [partly]"""
    unknown_operators: t.Literal["ignore", "refuse"] = "ignore"
    """A misspelt filter operator: ignored, so that all rows come back (as reported), or refused. [partly]"""
    empty_filter: t.Literal["by_method", "none", "all"] = "by_method"
    """What a query without conditions finds. by_method: with POST nothing, as a live run showed; with GET all rows, on
    which a client in production relies. [partly]"""
    unlisted_entities: t.Literal["serve", "refuse"] = "serve"
    """An entity whose fields are not public: served with whatever fields it is given, or refused with 501. [assumed]"""
    tickets_without_queue: t.Literal["accept", "refuse"] = "accept"
    """A new ticket with neither queue nor resource and role: taken or refused; both were reported. [evidenced]"""
    required_by_category: dict[str, list[str]] = Field(default={"Incident": ["queueID"]})
    """What tickets of a category need beyond what all need, as each tenant sets up: label of the category, fields.
    [evidenced]"""
    services_query: t.Literal["open", "admin"] = "open"
    """Services query: free (documented), or only with the Admin right (a live report). [evidenced]"""
    user_defined_fields: dict[EntityName, list[str]] = Field(default={"Companies": ["Account Reference"]})
    """Names of the user-defined fields by entity, e.g. `{Tickets: [Site Code]}`; all of them are texts. [set-up]"""
    picklists: dict[EntityName, dict[str, t.Any]] = Field(default={})
    """The tenant's own pick-lists by entity and field, e.g. `{Tickets: {priority: {1: High, 2: Low}}}`. [set-up]"""
    new_user_delay: NonNegativeFloat = 0
    """Seconds after its creation until an API user is accepted (a vendor reports up to five minutes). [evidenced]"""
    threshold: PositiveInt = 10_000
    """External requests per rolling hour; latency is added from half of it. [evidenced]"""
    latency: bool = True
    """Whether the documented latency near the threshold is really waited. [evidenced]"""
    host: str = ""
    """The tenant's own zone host (host:port); under any other host its users get 401. Empty: any host. [evidenced]"""
    companies: NonNegativeInt = 12
    """How many customer companies the tenant starts with. [set-up]"""


def rest_options(tenant: Tenant) -> RestOptions:
    return RestOptions.model_validate(tenant.options.get("rest") or {})
