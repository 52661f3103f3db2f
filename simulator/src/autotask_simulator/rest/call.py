# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One authenticated call: who calls, on which tenant, with which rights."""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass
from functools import cached_property

from flask import Request

from ..records import Level, Resource
from ..store import Store, Tenant
from . import errors
from .access import Access, access
from .entities import Action, Entity
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
        """True too if the call does not try to."""
        other = self.request.headers.get("ImpersonationResourceId", "").strip()
        if not other:
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

    @property
    def base_url(self) -> str:
        return f"{self.request.host_url}ATServicesRest/V1.0/"

    def body(self) -> t.Any:
        """The JSON of the request; None if it has no body."""
        return parse_json(self.request.get_data(as_text=False))


def parse_json(raw: bytes | str) -> t.Any:
    """Strict JSON, refused as the service's JSON library does."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    if not text.strip():
        return None
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise errors.too_deep() from None
    except json.JSONDecodeError as error:
        raise errors.unparsable(text[error.pos : error.pos + 1] or text.strip()[:1]) from None
    except ValueError:
        raise errors.unparsable(text.strip()[:1]) from None


def _refuse_constant(name: str) -> t.NoReturn:
    raise errors.unparsable(name[:1])
