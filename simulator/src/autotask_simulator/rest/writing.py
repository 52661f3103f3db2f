# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creating, changing and deleting records. Success is always 200 with the id: ``{"itemId": n}``."""

from __future__ import annotations

import typing as t

from . import business, errors
from .call import Call
from .entities import Entity, by_singular, entities
from .fields import IDENTITY, Field, Record, known_fields, parent_field
from .picklists import picklist
from .reading import belongs
from .routes import Match
from .values import read
from .visibility import hidden_fields, visible

Body = dict[str, t.Any]


def create(call: Call, match: Match) -> Body:
    entity = match.entity
    call.require(entity, "create")
    given = _given(call, match)
    record = _accepted(call, entity, given, {}, creating=True)
    with call.store.transaction():
        _check_parent(call, match)
        record = business.prepared(call, entity, record)
        _check(call, entity, record, record.keys())
        business.check(call, entity.name, record)
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
    given = _given(call, match)
    number = _identity(given)
    with call.store.transaction():
        stored = _find(call, entity, number, match.parent_id, "update")
        changes = _accepted(call, entity, given, stored, creating=False)
        emptied = _emptied(call, entity, stored) if replace else {}
        record = business.changed(entity.name, stored, {**stored, **emptied, **changes})
        with errors.while_updating():
            business.check_change(entity.name, changes)
            _check(call, entity, record, {*emptied, *changes}, stored)
            business.check(call, entity.name, record, stored)
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


def _given(call: Call, match: Match) -> Body:
    """The body, in which the path's parent wins."""
    body = call.body()
    if not isinstance(body, dict):
        raise errors.no_filters() if body is None else errors.unexpected_value(body, "")
    if match.parent_id is None:
        return body
    parent = parent_field(match.entity.name)
    others = {name: value for name, value in body.items() if name.lower() != parent.lower()}
    return {**others, parent: match.parent_id}


def _identity(given: Body) -> int:
    for name, value in given.items():
        if name.lower() == "id" and value is not None:
            return t.cast(int, read(IDENTITY, value))
    raise errors.missing_reference("id")


def _find(call: Call, entity: Entity, number: int, parent_id: int | None, action: str) -> Record:
    record = call.records.get(entity.name, number) if abs(number) < 2**62 else None
    if record is None or not visible(call, entity.name, [record]) or not belongs(entity, record, parent_id):
        raise errors.no_match(action)
    return record


def _check_parent(call: Call, match: Match) -> None:
    """A child of a parent that is not there is refused (recorded); the wording is that of other references."""
    parent = entities().get(match.entity.parent)
    if match.parent_id is not None and parent and not _exists(call, parent, match.parent_id):
        raise errors.bad_reference(parent_field(match.entity.name), parent.singular, match.entity.singular)


def _accepted(call: Call, entity: Entity, given: Body, stored: Record, *, creating: bool) -> Record:
    """The given values by their proper field names, converted; what cannot be set refused or left out."""
    known = known_fields(entity.name)
    hidden = hidden_fields(call, entity.name)
    record: Record = {}
    for name, value in given.items():
        field = known.get(name.lower())
        if name.lower() == "userdefinedfields" and entity.has_user_defined_fields:
            record["userDefinedFields"] = _user_defined(call, entity, value, stored)
        elif name.lower() == "id" or (field and field.name in hidden):
            continue
        elif field is None:
            if not known:
                record[name] = value
            elif call.options.unknown_fields == "refuse" and name.lower() != "soapparentpropertyid":
                raise errors.unknown_field(name, entity.singular)
        else:
            converted = read(field, value)
            if field.accepted_on_create if creating else not field.read_only:
                record[field.name] = converted
            elif not creating:
                _refuse_change(call, field, converted, stored)
    return record


def _refuse_change(call: Call, field: Field, value: t.Any, stored: Record) -> None:
    """A read-only field that is given as it is, is no mistake."""
    if value not in (None, stored.get(field.name)) and call.options.read_only_fields == "refuse":
        raise errors.read_only(field.name)


def _user_defined(call: Call, entity: Entity, value: t.Any, stored: Record) -> list[Body]:
    fields = {udf["name"]: udf["value"] for udf in call.user_defined(entity, stored)}
    for udf in value if isinstance(value, list) else []:
        name = udf.get("name") if isinstance(udf, dict) else None
        if name not in fields:
            raise errors.unknown_field(str(name), entity.singular)
        fields[name] = None if udf.get("value") is None else str(udf["value"])
    return [{"name": name, "value": value} for name, value in fields.items()]


def _emptied(call: Call, entity: Entity, stored: Record) -> Record:
    """What a PUT takes away unless it is given: all but what is read-only or hidden from the caller."""
    known = known_fields(entity.name)
    if not known:
        return {name: None for name in stored if name not in ("id", parent_field(entity.name))}
    hidden = hidden_fields(call, entity.name)
    return {field.name: None for field in known.values() if not field.read_only and field.name not in hidden}


def _check(
    call: Call, entity: Entity, record: Record, touched: t.Collection[str], stored: Record | None = None
) -> None:
    """Required fields and lengths, then pick-lists and references of what was touched; *stored* is what it was."""
    known = list(known_fields(entity.name).values())
    # Yes and no before all else: a quote item without isOptional and unitDiscount was refused for the first.
    for field in sorted(known, key=lambda field: field.data_type != "boolean"):
        if field.required and field.name != "id" and record.get(field.name) in (None, ""):
            raise _missing(field)
    for field in known:
        value = record.get(field.name)
        if field.length and len(str(value or "")) > field.length:
            raise errors.too_long(field.name, field.length, entity.name.endswith("Webhooks"))
        if value is None or field.name not in touched:
            continue
        if field.picklist:
            _check_pick(call, entity, field, record)
        if field.reference in by_singular() and not _may_be_named(call, field, value, stored):
            raise errors.bad_reference(field.name, field.reference, entity.singular)


def _missing(field: Field) -> errors.ApiError:
    """Three sentences were recorded; which field has which is seen from a few of each."""
    if field.reference:
        return errors.missing_reference(field.name)
    if field.picklist and not field.read_only:
        return errors.missing_pick(field.name)
    return errors.missing_value(field.name)


def _check_pick(call: Call, entity: Entity, field: Field, record: Record) -> None:
    values = picklist(call.tenant, call.options, entity.name, field)
    value = record[field.name]
    if values is None:
        return
    choice = values.choices.get(str(value))
    if choice is None:
        raise errors.bad_pick(field.name, value)
    if values.parent_field and choice.parent != str(record.get(values.parent_field)):
        raise errors.bad_child_pick(field.name)


def _may_be_named(call: Call, field: Field, number: int, stored: Record | None) -> bool:
    """What exists; of contacts those that are active (live), or were named before."""
    record = _seen(call, by_singular()[field.reference], number)
    if record is None or field.reference != "Contact":
        return record is not None
    return bool(record["isActive"]) or (stored or {}).get(field.name) == number


def _exists(call: Call, entity: Entity, number: int) -> bool:
    return _seen(call, entity, number) is not None


def _seen(call: Call, entity: Entity, number: int) -> Record | None:
    """The record of that id, if the caller sees it."""
    record = call.records.get(entity.name, number) if abs(number) < 2**62 else None
    return next(iter(visible(call, entity.name, [record] if record else [])), None)
