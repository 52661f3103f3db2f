# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The records of one tenant, as the API sees them; resources are the console's own."""

from __future__ import annotations

import json
import typing as t

from ..records import Resource
from ..store import Tenant
from .entities import ATTACHMENTS, entities
from .fields import Record, empty_record
from .seed import seed

_SEEDED = "(seeded)"
FIRST_ID = 29_700_000
RESOURCES = "Resources"

# Field of the Resources entity -> field of the stored resource; the other fields are kept beside it.
_RESOURCE_FIELDS = {
    "id": "id",
    "firstName": "first_name",
    "lastName": "last_name",
    "email": "email",
    "userName": "user_name",
    "isActive": "active",
    "userType": "level_id",
    "licenseType": "license_type",
    "locationID": "location_id",
    "dateFormat": "date_format",
    "timeFormat": "time_format",
    "numberFormat": "number_format",
}
_RESOURCE_DEFAULTS = {
    "emailTypeCode": "PRIMARY",
    "internalCost": 0.0,
    "payrollType": 1,
    "resourceType": "Employee",
    "travelAvailabilityPct": "0%",
}


def free_id(tenant: Tenant, entity: str) -> int:
    """The id that the next record of an entity gets; all kinds of attachments are numbered together."""
    numbered_with = ATTACHMENTS if entities()[entity].is_attachment else entity
    highest = tenant.store.rows(
        "SELECT MAX(id) AS id FROM records WHERE tenant_id = ? AND entity = ?", tenant.id, numbered_with
    )[0]["id"]
    return max(FIRST_ID, (highest or 0) + 1)


def put(tenant: Tenant, entity: str, record: Record) -> None:
    """Store a record; an attachment is listed among all attachments, too."""
    tenant.put_record(entity, record)
    if entities()[entity].is_attachment:
        tenant.put_record(ATTACHMENTS, {**record, "data": None})


class Records:
    """Reads and writes; a tenant gets its made-up records when somebody first looks, beside those it was given."""

    def __init__(self, tenant: Tenant, companies: int) -> None:
        self.tenant = tenant
        if not self._exists(_SEEDED, 0):
            with tenant.store.transaction():
                if not self._exists(_SEEDED, 0):
                    tenant.put_record(_SEEDED, {"id": 0})
                    for entity, record in seed(tenant, companies):
                        if not self._exists(entity, record["id"]):
                            tenant.put_record(entity, record)

    def _exists(self, entity: str, record_id: int) -> bool:
        return self._stored(entity, record_id) is not None

    def _stored(self, entity: str, record_id: int) -> Record | None:
        rows = self.tenant.store.rows(
            "SELECT record FROM records WHERE tenant_id = ? AND entity = ? AND id = ?",
            self.tenant.id,
            entity,
            record_id,
        )
        return t.cast(Record, json.loads(rows[0]["record"])) if rows else None

    def all(self, entity: str) -> list[Record]:
        """Every record of an entity in the order of their ids."""
        if entity == RESOURCES:
            extras = {record["id"]: record for record in self.tenant.records(entity)}
            people = sorted(self.tenant.resources(), key=lambda resource: resource.id)
            return [_resource_record(resource, extras.get(resource.id, {})) for resource in people]
        return [_complete(entity, record) for record in self.tenant.records(entity)]

    def get(self, entity: str, record_id: int) -> Record | None:
        if entity == RESOURCES:
            try:
                resource = self.tenant.resource(record_id)
            except KeyError:
                return None
            return _resource_record(resource, self._stored(entity, record_id) or {})
        stored = self._stored(entity, record_id)
        return _complete(entity, stored) if stored is not None else None

    def add(self, entity: str, record: Record) -> int:
        with self.tenant.store.transaction():
            number = free_id(self.tenant, entity)
            put(self.tenant, entity, {**record, "id": number})
        return number

    def save(self, entity: str, record: Record) -> None:
        if entity == RESOURCES:
            self.tenant.update_resource(
                record["id"],
                **{_RESOURCE_FIELDS[name]: value for name, value in record.items() if name in _RESOURCE_FIELDS},
            )
            record = {name: value for name, value in record.items() if name == "id" or name not in _RESOURCE_FIELDS}
        self.tenant.put_record(entity, record)

    def remove(self, entity: str, record_id: int) -> bool:
        if entities()[entity].is_attachment:
            self.tenant.delete_record(ATTACHMENTS, record_id)
        return self.tenant.delete_record(entity, record_id)


def _complete(entity: str, record: Record) -> Record:
    """Every known field, null where nothing is stored."""
    return {**empty_record(entity), **record}


def _resource_record(resource: Resource, extra: Record) -> Record:
    own = {name: getattr(resource, attribute) for name, attribute in _RESOURCE_FIELDS.items()}
    own["hireDate"] = f"{resource.hire_date}T00:00:00.000Z"
    return _complete(RESOURCES, {**_RESOURCE_DEFAULTS, **extra, **own})
