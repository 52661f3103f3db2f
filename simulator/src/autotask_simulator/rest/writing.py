# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creating, changing and deleting records. Success is always 200 with the id: ``{"itemId": n}``."""

from __future__ import annotations

import typing as t

from . import business, errors
from .call import Call
from .entities import Entity, by_singular
from .fields import IDENTITY, Record, convert, known_fields, picklist
from .information import USER_DEFINED
from .reading import belongs, parent_field
from .routes import Match
from .visibility import hidden_fields, visible

Body = dict[str, t.Any]


def create(call: Call, match: Match) -> Body:
    entity = match.entity
    call.require(entity, "create")
    given = _given(call)
    if match.parent_id is not None:
        given[parent_field(entity)] = match.parent_id
    record = _accepted(call, entity, given, {}, creating=True)
    with call.store.transaction():
        record = business.prepared(call, entity.name, record)
        _check(call, entity, record, record.keys())
        number = call.records.add(entity.name, record)
        business.created(call, entity.name, {**record, "id": number})
    return {"itemId": number}


def patch(call: Call, match: Match) -> Body:
    """Change what is given."""
    return _change(call, match, replace=False)


def put(call: Call, match: Match) -> Body:
    """Change what is given and null the rest, but for what is read-only."""
    return _change(call, match, replace=True)


def _change(call: Call, match: Match, *, replace: bool) -> Body:
    entity = match.entity
    call.require(entity, "update")
    given = _given(call)
    number = _identity(given)
    with call.store.transaction():
        stored = _find(call, entity, number, match.parent_id, "update")
        changes = _accepted(call, entity, given, stored, creating=False)
        emptied = _emptied(call, entity, stored) if replace else {}
        record = business.changed(call, entity.name, stored, {**stored, **emptied, **changes})
        _check(call, entity, record, {*emptied, *changes})
        call.records.save(entity.name, record)
    return {"itemId": number}


def delete(call: Call, match: Match) -> Body:
    entity = match.entity
    call.require(entity, "delete")
    number = t.cast(int, match.id)
    with call.store.transaction():
        stored = _find(call, entity, number, match.parent_id, "delete")
        business.check_delete(entity.name, stored)
        call.records.remove(entity.name, number)
    return {"itemId": number}


def _given(call: Call) -> Body:
    body = call.body()
    if not isinstance(body, dict):
        raise errors.no_filters() if body is None else errors.unparsable(str(body)[:1])
    return body


def _identity(given: Body) -> int:
    for name, value in given.items():
        if name.lower() == "id" and value is not None:
            return t.cast(int, convert(IDENTITY, value))
    raise errors.missing_value("id")


def _find(call: Call, entity: Entity, number: int, parent_id: int | None, action: str) -> Record:
    record = call.records.get(entity.name, number) if abs(number) < 2**62 else None
    if record is None or not visible(call, entity.name, [record]) or not belongs(entity, record, parent_id):
        raise errors.no_match(action)
    return record


def _accepted(call: Call, entity: Entity, given: Body, stored: Record, *, creating: bool) -> Record:
    """The given values by their proper field names, converted; read-only ones refused or left out."""
    known = known_fields(entity.name)
    ignored = {"id", "soapparentpropertyid", "userdefinedfields", *map(str.lower, hidden_fields(call, entity.name))}
    record: Record = {}
    for name, value in given.items():
        if name.lower() == "userdefinedfields" and entity.name in USER_DEFINED:
            record["userDefinedFields"] = _user_defined(entity, value, stored)
        if name.lower() in ignored:
            continue
        field = known.get(name.lower())
        if field is None:
            if known:
                raise errors.unknown_field(name, entity.singular)
            record[name] = value
        elif field.accepted_on_create if creating else not field.read_only:
            record[field.name] = convert(field, value)
        elif convert(field, value) not in (None, stored.get(field.name)) and call.options.read_only_fields == "refuse":
            raise errors.read_only(field.name)
    return record


def _user_defined(entity: Entity, value: t.Any, stored: Record) -> list[Body]:
    names = USER_DEFINED[entity.name]
    values = {udf["name"]: udf["value"] for udf in stored.get("userDefinedFields") or []}
    for udf in value if isinstance(value, list) else []:
        name = udf.get("name") if isinstance(udf, dict) else None
        if name not in names:
            raise errors.unknown_field(str(name), entity.singular)
        values[name] = None if udf.get("value") is None else str(udf["value"])
    return [{"name": name, "value": values.get(name)} for name in names]


def _emptied(call: Call, entity: Entity, stored: Record) -> Record:
    """What a PUT takes away unless it is given: all but what is read-only or hidden from the caller."""
    known = known_fields(entity.name)
    if not known:
        return {name: None for name in stored if name not in ("id", parent_field(entity))}
    hidden = hidden_fields(call, entity.name)
    return {field.name: None for field in known.values() if not field.read_only and field.name not in hidden}


def _check(call: Call, entity: Entity, record: Record, touched: t.Collection[str]) -> None:
    """Required fields, then lengths, pick-lists and references of what was touched."""
    for field in known_fields(entity.name).values():
        value = record.get(field.name)
        if field.name != "id" and field.required and value in (None, ""):
            raise errors.missing_value(field.name)
        if value is None or field.name not in touched:
            continue
        if field.length and len(str(value)) > field.length:
            raise errors.too_long(field.name, field.length)
        if field.picklist and str(value) not in picklist(call.tenant, entity.name, field):
            raise errors.bad_pick(field.name, value)
        if field.reference and not _exists(call, field.reference, value):
            raise errors.bad_reference(field.name, field.reference)


def _exists(call: Call, singular: str, number: int) -> bool:
    """Whether the caller sees a record of that id."""
    entity = by_singular().get(singular)
    record = call.records.get(entity.name, number) if entity and abs(number) < 2**62 else None
    return record is not None and bool(visible(call, t.cast(Entity, entity).name, [record]))
