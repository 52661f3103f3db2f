# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One authenticated call: who calls, on which tenant, with which rights."""

from __future__ import annotations

import gzip
import typing as t
import zlib
from dataclasses import dataclass
from functools import cached_property

from flask import Request

from ..records import Level, Resource
from ..store import Store, Tenant
from . import errors
from .access import Access, access
from .entities import Action, Entity
from .fields import Record
from .json_text import parse_json
from .limits import Limits
from .options import RestOptions
from .records import Records

# Setting of the Web Services API section that lets its entities be written in another's name (labels as documented).
_IMPERSONATION = {
    "Companies": "impersonation_organizations",
    "CompanyNotes": "impersonation_organization_notes",
    "ContractNotes": "impersonation_contract_notes",
    "Projects": "impersonation_projects",
    "ProjectNotes": "impersonation_project_notes",
    "TaskNotes": "impersonation_task_notes",
    "Tickets": "impersonation_tickets",
    "TicketNotes": "impersonation_ticket_notes",
    "TimeEntries": "impersonation_time_entries",
}
_COLUMNS = {"create": "add", "update": "edit", "delete": "delete"}

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Call:
    store: Store
    tenant: Tenant
    user: Resource
    level: Level
    options: RestOptions
    request: Request
    limits: Limits

    @cached_property
    def records(self) -> Records:
        return Records(self.tenant, self.options.companies)

    def access(self, entity: Entity, action: Action) -> Access:
        return access(self.level, entity, action, self.options)

    def require(self, entity: Entity, action: Action) -> None:
        if self.access(entity, action) is Access.NONE or not self._may_impersonate(entity, action):
            raise errors.no_permission(action)

    def _may_impersonate(self, entity: Entity, action: Action) -> bool:
        """True too if the call does not try to, or writes what is always written in one's own name (live: Tasks)."""
        other = self.request.headers.get("ImpersonationResourceId", "").strip()
        if not other or (entity.name not in _IMPERSONATION and action != "query"):
            return True
        setting = self.level.settings.get("web_services_api", {}).get(_IMPERSONATION.get(entity.name, ""))
        if action == "query" or not isinstance(setting, dict) or not setting.get(_COLUMNS[action]):
            return False
        try:
            person = self.tenant.resource(int(other))
            level = self.tenant.level(person.level_id)
        except (KeyError, ValueError, OverflowError):
            return False
        allows = level.settings.get("web_services_api", {}).get("allow_impersonation_of_resources") is True
        return allows and not person.is_api_user

    def author(self, entity: Entity) -> int:
        """Who is named as the creator of a record: the caller, or in whose name he writes."""
        other = self.request.headers.get("ImpersonationResourceId", "").strip()
        return int(other) if other and entity.name in _IMPERSONATION else self.user.id

    def user_defined(self, entity: Entity, record: Record) -> list[dict[str, t.Any]]:
        """The user-defined fields of a record, those too that have no value; the tenant's options name them."""
        values = {udf["name"]: udf["value"] for udf in record.get("userDefinedFields") or []}
        names = self.options.user_defined_fields.get(entity.name, ())
        return [{"name": name, "value": values.get(name)} for name in names]

    @property
    def base_url(self) -> str:
        return f"{self.request.host_url}ATServicesRest/V1.0/"

    def body(self) -> t.Any:
        """The JSON of the request; None if it has no body.

        One client packs its bodies by itself (autotask-node); that the service unpacks them is assumed.
        """
        raw = self.request.get_data(as_text=False)
        if self.request.headers.get("Content-Encoding", "").lower() == "gzip" and raw.startswith(_GZIP):
            try:
                raw = gzip.decompress(raw)
            except (OSError, EOFError, zlib.error):
                raise errors.unparsable(raw[:1].decode("latin-1")) from None
        return parse_json(raw)
