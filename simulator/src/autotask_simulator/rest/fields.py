# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields of every entity.

``data/fields.csv`` restates facts; ``simulator/tools/field_tables.py`` writes it and says where they come from.
A field marked ``create_only`` can be set although it is read-only, when the record is created; ``parent`` names the
record in whose path a child is written. Of a field marked ``named`` only name and type are public, its flags are
guessed; those of ``inferred`` ones are a similar entity's.
"""

from __future__ import annotations

import csv
import functools
import typing as t
from dataclasses import dataclass

from .entities import DATA

Record = dict[str, t.Any]


@dataclass(frozen=True)
class Field:
    name: str
    data_type: str
    length: int = 0
    required: bool = False
    read_only: bool = False
    queryable: bool = True
    picklist: bool = False
    reference: str = ""
    create_only: bool = False
    names_parent: bool = False
    place: int = 0
    """In records: the order of the vendor's document, in which recorded answers are."""

    @property
    def accepted_on_create(self) -> bool:
        """Read-only means "never again": such a field is taken once if it is required or known to be set then."""
        return self.name != "id" and (not self.read_only or self.required or self.create_only or self.names_parent)


IDENTITY = Field("id", "long", required=True, read_only=True)


@functools.cache
def _table() -> dict[str, list[dict[str, str]]]:
    table: dict[str, list[dict[str, str]]] = {}
    with (DATA / "fields.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            table.setdefault(row["entity"], []).append(row)
    return table


def _field(row: dict[str, str]) -> Field:
    flags = set(row["flags"].split())
    return Field(
        name=row["name"],
        data_type=row["type"],
        length=int(row["length"]),
        required="required" in flags,
        read_only="read_only" in flags,
        queryable="unqueryable" not in flags,
        picklist="picklist" in flags,
        reference=row["reference"],
        create_only="create_only" in flags,
        names_parent="parent" in flags,
        place=int(row["place"]),
    )


@functools.cache
def known_fields(entity: str) -> dict[str, Field]:
    """The fields by lower-case name, in the order in which they are checked; empty for an entity without a table."""
    return {row["name"].lower(): _field(row) for row in _table().get(entity, ())}


@functools.cache
def listed_fields(entity: str) -> tuple[Field, ...]:
    """The fields by name, as field information has them; of an entity without a table only the id."""
    return tuple(sorted(known_fields(entity).values(), key=lambda field: field.name.lower())) or (IDENTITY,)


@functools.cache
def empty_record(entity: str) -> Record:
    """Every field, null, in the order of answers: the id first. To be copied, not changed."""
    return {"id": None, **{field.name: None for field in sorted(listed_fields(entity), key=lambda field: field.place)}}


@functools.cache
def moments(entity: str) -> tuple[str, ...]:
    """The names of the fields that are dates and times."""
    return tuple(field.name for field in known_fields(entity).values() if field.data_type == "datetime")


@functools.cache
def parent_field(entity: str) -> str:
    """The field that names the parent, e.g. ``companyID`` below Companies; two children have none that is public."""
    return next((field.name for field in known_fields(entity).values() if field.names_parent), "parentID")
