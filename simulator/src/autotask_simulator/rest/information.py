# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the API says about itself: zone, version, limits, modules, entities and fields."""

from __future__ import annotations

import typing as t

from flask import Request

from ..store import Store, Tenant
from . import errors
from .call import Call
from .entities import ACTIONS, Entity, entities
from .fields import Field, listed_fields
from .limits import TIMEFRAME_MINUTES
from .picklists import Picklist, picklist
from .routes import Match

Body = dict[str, t.Any]

# Keys of the official example; which module each stands for is not public. All are on here (assumed).
_MODULE_KEYS = (20, 24, 36, 65, 70, 73, 77)


def version_information(store: Store, request: Request) -> Body:
    return {"apiVersions": ["V1.0"]}


def zone_information(store: Store, request: Request) -> Body:
    tenant = tenant_asked_for(store, request)
    if tenant is None:
        raise errors.zone_unknown()
    host = (tenant.options.get("rest") or {}).get("host")
    base = f"{request.scheme}://{host}/" if host else request.host_url
    return {"zoneName": "Simulated Zone", "url": f"{base}ATServicesRest/", "webUrl": base, "ci": tenant.id}


def tenant_asked_for(store: Store, request: Request) -> Tenant | None:
    """The tenant of the user asked about: any user that exists, or else by the domain of the name."""
    query = {key.lower(): value for key, value in request.args.items()}
    user = query.get("user", "").strip()
    found = store.tenant_of_user(user) if user else None
    if found or "@" not in user:
        return found
    try:
        return store.tenant(user.rpartition("@")[2])
    except KeyError:
        return None


def version(call: Call, match: Match) -> Body:
    """All four are text; the numbers are assumed."""
    return {"majorVersion": "2026", "minorVersion": "2", "build": "0", "customerType": "Production"}


def threshold_information(call: Call, match: Match) -> Body:
    return {
        "externalRequestThreshold": call.options.threshold,
        "requestThresholdTimeframe": TIMEFRAME_MINUTES,
        "currentTimeframeRequestCount": call.limits.used(call.tenant),
    }


def modules(call: Call, match: Match) -> Body:
    return {"modules": [{"key": key, "value": True} for key in _MODULE_KEYS]}


def all_entity_information(call: Call, match: Match) -> Body:
    return {"entityDescriptions": [{"info": _info(call, entity)} for entity in entities().values()]}


def entity_information(call: Call, match: Match) -> Body:
    return {"info": _info(call, match.entity)}


def _info(call: Call, entity: Entity) -> Body:
    """can... describes the entity, userAccessFor... the calling user."""
    return {
        "name": entity.singular,
        **{f"can{action.capitalize()}": entity.can(action) for action in ("create", "delete", "query", "update")},
        **{f"userAccessFor{action.capitalize()}": call.access(entity, action).word for action in sorted(ACTIONS)},
        "hasUserDefinedFields": entity.has_user_defined_fields,
        "supportsWebhookCallouts": entity.supports_webhooks,
    }


def fields(call: Call, match: Match) -> Body:
    entity = match.entity
    return {"fields": [_field(call, entity, field) for field in listed_fields(entity.name)]}


def _field(call: Call, entity: Entity, field: Field) -> Body:
    values = picklist(call.tenant, call.options, entity.name, field) if field.picklist else None
    return {
        "name": field.name,
        "dataType": field.data_type,
        "length": field.length,
        "isRequired": field.required,
        "isReadOnly": field.read_only,
        "isQueryable": field.queryable,
        "isReference": bool(field.reference),
        "referenceEntityType": field.reference,
        "isPickList": field.picklist,
        "picklistValues": _picklist_values(call, entity, field, values) if field.picklist else None,
        "picklistParentValueField": values.parent_field if values else "",
        "isSupportedWebhookField": False,
    }


def _picklist_values(call: Call, entity: Entity, field: Field, values: Picklist | None) -> list[Body]:
    """Values are text even where the field is a number; none where they are not known."""
    return [
        {
            "value": value,
            "label": choice.label,
            "isDefaultValue": False,
            "sortOrder": order,
            "parentValue": choice.parent,
            "isActive": True,
            "isSystem": _is_system(call, entity, field, value),
        }
        for order, (value, choice) in enumerate(values.choices.items() if values else (), start=1)
    ]


def _is_system(call: Call, entity: Entity, field: Field, value: str) -> bool:
    if entity.name == "Resources" and field.name == "userType":
        return call.tenant.level(int(value)).system
    return entity.name == "Resources" and field.name != "locationID"


def user_defined_fields(call: Call, match: Match) -> Body:
    names = call.options.user_defined_fields.get(match.entity.name, ())
    return {"fields": [_user_defined(name) for name in names]}


def _user_defined(name: str) -> Body:
    return {
        "name": name,
        "label": name,
        "type": "string",
        "length": 100,
        "description": None,
        "isRequired": False,
        "isReadOnly": False,
        "isQueryable": True,
        "isReference": False,
        "referenceEntityType": None,
        "isPickList": False,
        "picklistValues": None,
        "picklistParentValueField": None,
        "defaultValue": None,
        "isSupportedWebhookField": False,
    }
