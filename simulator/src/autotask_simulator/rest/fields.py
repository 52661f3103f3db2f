# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields of the entities that have records here, their pick-lists and the types of their values.

``data/fields.csv`` restates facts: names and types from the vendor's public Swagger document (June 2026); lengths and
flags from SOAP field information recorded live in February 2021 (same metadata), where ``flags_evidence`` says so.
A field marked ``create_only`` is read-only afterwards.
"""

from __future__ import annotations

import csv
import functools
import re
import typing as t
from dataclasses import dataclass
from datetime import UTC, datetime

import yaml

from ..store import Tenant
from . import errors
from .entities import DATA

Record = dict[str, t.Any]

_INTEGERS = {"integer": ("int", 2**31), "long": ("bigint", 2**63)}


@dataclass(frozen=True)
class Field:
    name: str
    data_type: str
    length: int
    required: bool
    read_only: bool
    queryable: bool
    picklist: bool
    reference: str
    create_only: bool

    @property
    def accepted_on_create(self) -> bool:
        """Read-only means "never again": such a field is taken once if it is required or known to be set then."""
        return self.name != "id" and (not self.read_only or self.required or self.create_only)


IDENTITY = Field("id", "long", 0, True, True, True, False, "", False)


def _field(row: dict[str, str]) -> Field:
    flags = set(row["flags"].split())
    return Field(
        name=row["name"],
        data_type=row["type"],
        length=int(row["length"]),
        required="required" in flags,
        read_only="read_only" in flags,
        queryable="queryable" in flags,
        picklist="picklist" in flags,
        reference=row["reference"],
        create_only="create_only" in flags,
    )


@functools.cache
def _all_fields() -> dict[str, dict[str, Field]]:
    table: dict[str, dict[str, Field]] = {}
    with (DATA / "fields.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            table.setdefault(row["entity"], {})[row["name"].lower()] = _field(row)
    return table


def known_fields(entity: str) -> dict[str, Field]:
    """The fields by lower-case name; empty for an entity whose fields the simulator does not know."""
    return _all_fields().get(entity, {})


def described_fields(entity: str) -> list[Field]:
    """What entityInformation/fields lists; of an entity without known fields only the id, which all have."""
    return list(known_fields(entity).values()) or [IDENTITY]


# -- pick-lists


@functools.cache
def _picklists() -> dict[str, dict[str, dict[str, str]]]:
    data = yaml.safe_load((DATA / "picklists.yml").read_text(encoding="utf-8"))
    return {
        entity: {
            name: {str(k): v for k, v in values.items()} if isinstance(values, dict) else {v: v for v in values}
            for name, values in lists.items()
        }
        for entity, lists in data.items()
    }


def picklist(tenant: Tenant, entity: str, field: Field) -> dict[str, str]:
    """Value -> label. Security levels (by name, without the suffix "(API-only)") and locations are the tenant's own."""
    if entity == "Resources" and field.name == "userType":
        return {str(level.id): level.name for level in sorted(tenant.levels(), key=lambda level: level.id)}
    if entity == "Resources" and field.name == "locationID":
        return {str(location.id): location.name for location in tenant.locations()}
    return _picklists().get(entity, {}).get(field.name, {})


# -- values


def convert(field: Field, value: t.Any) -> t.Any:
    """The value as Autotask stores it, or the refusal of a value of the wrong type."""
    if value is None:
        return None
    if field.data_type in _INTEGERS:
        return _integer(field, value)
    if field.data_type in ("double", "decimal"):
        return _number(value)
    if field.data_type == "boolean":
        return _boolean(field, value)
    if field.data_type == "datetime":
        return _datetime(field, value)
    return _string(value)


def _integer(field: Field, value: t.Any) -> int:
    sql_type, limit = _INTEGERS[field.data_type]
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,19}", value.strip()):
        whole = True
    if not whole or not -limit <= int(value) < limit:
        raise errors.bad_conversion(value, sql_type)
    return int(value)


def _number(value: t.Any) -> float:
    try:
        if isinstance(value, bool):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise errors.bad_conversion(value, "float") from None
    if number != number or abs(number) == float("inf"):
        raise errors.bad_conversion(value, "float")
    return number


def _boolean(field: Field, value: t.Any) -> bool:
    if not isinstance(value, bool):
        raise errors.not_convertible(value, "boolean", field.name)
    return value


def _datetime(field: Field, value: t.Any) -> str:
    try:
        moment = datetime.fromisoformat(value)
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise errors.not_convertible(value, "DateTime", field.name) from None
    return in_api_form(utc)


def _string(value: t.Any) -> str:
    if isinstance(value, (dict, list)):
        raise errors.unparsable("{" if isinstance(value, dict) else "[")
    return value if isinstance(value, str) else str(value)


def in_api_form(moment: datetime) -> str:
    """Dates are UTC; recorded answers end in Z and carry fractions."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def now() -> str:
    return in_api_form(datetime.now(UTC))
