# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The types of values: how they are read from a body, sought by a filter, stored and shown.

Bodies are read by the service's JSON library (Json.NET, whose messages were recorded) into the type of the field: it
takes numbers and dates as text and an empty text for null. Filters reach the database as they are, which converts texts
by itself or says that it cannot (recorded).
"""

from __future__ import annotations

import re
import typing as t
from contextlib import suppress
from datetime import UTC, datetime

from . import errors
from .fields import Field

# Type of the field -> the library's word for it, and how large a number may be.
_WHOLE = {
    "short": ("integer", "Int16", 2**15),
    "integer": ("integer", "Int32", 2**31),
    "long": ("integer", "Int64", 2**63),
}
_FRACTIONAL = ("decimal", "double")
_AMERICAN_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")

# Yes and no that are numbers in the database, although the API calls them booleans (n8n-nodes-autotask, live).
_NUMBERS_IN_DATABASE = ("isBilled", "isBillableToCompany", "isAnnouncement")
_YES_AND_NO = {"true": True, "false": False, "1": True, "0": False}


def read(field: Field, value: t.Any) -> t.Any:
    """A value of a body as Autotask stores it, or the refusal of a value of the wrong type."""
    if value is None or (value == "" and field.data_type not in ("string", "byte[]")):
        return None
    if isinstance(value, (dict, list)):
        raise errors.unexpected_value(value, field.name)
    if field.data_type in _WHOLE:
        return _whole(field, value)
    if field.data_type in _FRACTIONAL:
        return _fractional(field, value)
    if field.data_type == "boolean":
        return _boolean(field, value)
    if field.data_type == "datetime":
        return _moment(field, value)
    return _text(value)


def sought(field: Field, value: t.Any) -> t.Any:
    """A value of a filter as the database compares it."""
    if value is None or value == "":
        return value if field.data_type == "string" else None
    if isinstance(value, (dict, list)):
        raise errors.unexpected_value(value, field.name)
    if field.data_type in (*_WHOLE, *_FRACTIONAL):
        return _sought_number(field, value)
    if field.data_type == "boolean":
        return _sought_boolean(field, value)
    return _moment(field, value) if field.data_type == "datetime" else _text(value)


def _whole(field: Field, value: t.Any) -> int:
    word, size, limit = _WHOLE[field.data_type]
    if isinstance(value, bool):
        raise errors.unexpected_value(value, field.name)
    if isinstance(value, str) and not re.fullmatch(r"\s*[+-]?[0-9]{1,19}\s*", value):
        raise errors.not_convertible(value, word, field.name)
    if isinstance(value, float) and not value.is_integer():
        raise errors.no_integer(value, field.name)
    if not -limit <= int(value) < limit:
        raise errors.too_large(value, size, field.name)
    return int(value)


def _fractional(field: Field, value: t.Any) -> float:
    if isinstance(value, bool):
        raise errors.unexpected_value(value, field.name)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise errors.not_convertible(value, field.data_type, field.name) from None
    if number != number or abs(number) == float("inf"):
        raise errors.not_convertible(value, field.data_type, field.name)
    return number


def _boolean(field: Field, value: t.Any) -> bool:
    """Two reports agree that a body must have a JSON boolean."""
    if not isinstance(value, bool):
        raise errors.not_convertible(value, "boolean", field.name)
    return value


def _moment(field: Field, value: t.Any) -> str:
    try:
        moment = _parsed_moment(value)
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise errors.not_convertible(value, "DateTime", field.name) from None
    return stored_moment(utc)


def _parsed_moment(value: t.Any) -> datetime:
    """Otherwise than by ISO 8601 the library reads dates in its invariant culture, the American one (its source)."""
    if "/" not in str(value):
        return datetime.fromisoformat(value)
    for time in _AMERICAN_TIMES:
        with suppress(ValueError):
            return datetime.strptime(value, f"%m/%d/%Y{time}")
    raise ValueError(value)


def _text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sought_number(field: Field, value: t.Any) -> float:
    """A number, also as text; yes and no count as 1 and 0 (``Contacts.isActive``, live)."""
    text = str(_YES_AND_NO.get(str(value).lower(), value) + 0) if str(value).lower() in _YES_AND_NO else str(value)
    try:
        number = float(text)
    except (ValueError, OverflowError):
        raise errors.bad_conversion(value, "int" if field.data_type in _WHOLE else "float") from None
    if number != number or abs(number) == float("inf"):
        raise errors.bad_conversion(value, "float")
    return int(text) if re.fullmatch(r"[+-]?[0-9]+", text) else number


def _sought_boolean(field: Field, value: t.Any) -> bool:
    """Yes and no in any form, but for those that the database keeps as numbers: they cannot be words."""
    if isinstance(value, str) and field.name in _NUMBERS_IN_DATABASE and not re.fullmatch(r"-?[0-9]+", value):
        raise errors.bad_conversion(value, "int")
    if isinstance(value, (int, float)):
        return bool(value)
    if str(value).lower() not in _YES_AND_NO:
        raise errors.bad_conversion(value, "bit")
    return _YES_AND_NO[str(value).lower()]


# -- moments


def stored_moment(moment: datetime) -> str:
    """UTC to the millisecond, always of the same length, so that texts compare as moments do."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def shown_moment(stored: str) -> str:
    """As recorded: ``2019-11-25T16:18:17.893Z``, ``2023-03-17T10:32:29.52Z``, ``2019-01-01T00:00:00Z``."""
    return re.sub(r"\.?0*Z$", "Z", stored) if "." in stored else stored


def now() -> str:
    return stored_moment(datetime.now(UTC))
