# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records that somebody gives a tenant, in its fleet file or through the control API, past the API and its rules.

Names of entities and fields, and types, must be right; whether a required field is there, a pick-list has the value or
a reference leads somewhere is left to whoever gives them.
"""

from __future__ import annotations

import typing as t

from ..schema import nearest
from ..store import Tenant
from . import values
from .entities import entities
from .errors import ApiError
from .fields import Record, known_fields
from .records import free_id, put

# The console's own: given as people and API users.
NOT_GIVEN = "Resources"


def checked(entity: str, record: t.Any) -> Record:
    """The record as it is stored: fields as the API spells them, values of their types.

    :raises ValueError: something in it is unknown; the message names it
    """
    if known_entity(entity) == NOT_GIVEN:
        raise ValueError(f"{NOT_GIVEN} are made of a tenant's `people` and `api_users`")
    if not isinstance(record, dict):
        raise ValueError(f"a record of {entity} is a mapping, not {record!r}")
    return dict(_field(entity, str(name), value) for name, value in record.items())


def known_entity(name: str) -> str:
    """The name, if an entity is called so."""
    if name not in entities():
        raise ValueError(f"there is no entity {name!r}{nearest(name, entities())}")
    return name


def _field(entity: str, name: str, value: t.Any) -> tuple[str, t.Any]:
    known = known_fields(entity)
    field = known.get(name.lower())
    if field is None and (name in ("id", "userDefinedFields") or not known):
        return name, value
    if field is None:
        raise ValueError(f"{entity} has no field {name!r}{nearest(name, [each.name for each in known.values()])}")
    try:
        return field.name, values.read(field, value)
    except ApiError as error:
        raise ValueError(f"{entity}.{field.name}: {error}") from error


def load(tenant: Tenant, entity: str, records: t.Iterable[t.Any]) -> list[int]:
    """Store the records, each in place of the one with its id if there is one, and return their ids."""
    ids = []
    with tenant.store.transaction():
        for record in [checked(entity, each) for each in records]:
            ids.append(record.get("id", free_id(tenant, entity)))
            put(tenant, entity, {**record, "id": ids[-1]})
    return ids
