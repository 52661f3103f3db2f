# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The query grammar: filters, groups, MaxRecords, IncludeFields. Keys, operators and field names ignore case."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from . import errors
from .entities import Entity
from .fields import Field, Record, known_fields
from .json_text import MAX_DEPTH
from .options import RestOptions
from .values import read, sought

PAGE_SIZE = 500
OR_LIMIT = 500

Predicate = t.Callable[[Record], bool]

_MAX_RECORDS = Field("MaxRecords", "long")
_USER_DEFINED = Field("", "string")


@dataclass(frozen=True)
class Query:
    matches: Predicate
    page_size: int
    include: frozenset[str] | None
    """Lower-case names of the fields to return, user-defined ones too; None for all."""

    def shown(self, record: Record) -> Record:
        """User-defined fields stay in their list, which is there whatever was asked for (recorded)."""
        if self.include is None:
            return record
        shown = {name: value for name, value in record.items() if name.lower() in self.include}
        if "userDefinedFields" in record:
            shown["userDefinedFields"] = [
                udf for udf in record["userDefinedFields"] if udf["name"].lower() in self.include
            ]
        return shown

    @property
    def can_page(self) -> bool:
        """IncludeFields must contain the id for paging to work (documented)."""
        return self.include is None or "id" in self.include


def parse_query(body: t.Any, entity: Entity, options: RestOptions, method: str) -> Query:
    content = folded(body)
    filters = content.get("filter")
    if not isinstance(filters, list):
        raise errors.no_filters()
    parser = _Parser(entity, options)
    every = not filters and (options.empty_filter == "all" or (options.empty_filter, method) == ("by_method", "GET"))
    return Query(
        (lambda record: True) if every else parser.all_of([parser.item(item, depth=1) for item in filters]),
        _page_size(content.get("maxrecords")),
        _include(content.get("includefields"), entity, parser.udf_names),
    )


def folded(body: t.Any) -> dict[str, t.Any]:
    """A JSON object with its keys in lower case."""
    if not isinstance(body, dict):
        raise errors.no_filters()
    return {str(key).lower(): value for key, value in body.items()}


def _page_size(value: t.Any) -> int:
    size = read(_MAX_RECORDS, value)
    if size is None:
        return PAGE_SIZE
    if not 1 <= size <= PAGE_SIZE:
        raise errors.bad_max_records()
    return int(size)


def _include(names: t.Any, entity: Entity, udf_names: set[str]) -> frozenset[str] | None:
    if names is None or names == []:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise errors.unparsable(str(names)[:1])
    known = known_fields(entity.name)
    for name in names:
        if known and name.lower() not in known and name.lower() not in udf_names:
            raise errors.unknown_field(name, entity.singular)
    return frozenset(name.lower() for name in names)


class _Parser:
    """Turns filter items into predicates, counting what is limited."""

    def __init__(self, entity: Entity, options: RestOptions) -> None:
        self.entity = entity
        self.udf_names = {name.lower() for name in options.user_defined_fields.get(entity.name, ())}
        self.options = options
        self.or_conditions = 0
        self.udf_filters = 0

    @staticmethod
    def all_of(parts: list[Predicate]) -> Predicate:
        """No conditions match nothing (one live report of the outermost list, which was posted)."""
        return lambda record: bool(parts) and all(part(record) for part in parts)

    def item(self, item: t.Any, depth: int, alternative: bool = False) -> Predicate:
        if depth > MAX_DEPTH:
            raise errors.too_deep()
        if not isinstance(item, dict):
            raise errors.unparsable(str(item)[:1])
        parts = folded(item)
        operator = str(parts.get("op", "")).lower()
        if operator in ("and", "or"):
            return self._group(operator, parts.get("items"), depth)
        if alternative:
            self.or_conditions += 1
            if self.or_conditions > OR_LIMIT:
                raise errors.too_many_conditions()
        if operator not in _OPERATORS:
            return self._misspelt(parts.get("op"))
        return self._comparison(operator, parts)

    def _group(self, operator: str, items: t.Any, depth: int) -> Predicate:
        if not isinstance(items, list):
            raise errors.no_filters()
        parts = [self.item(item, depth + 1, alternative=operator == "or") for item in items]
        return self.all_of(parts) if operator == "and" else lambda record: any(part(record) for part in parts)

    def _misspelt(self, operator: t.Any) -> Predicate:
        """Reports agree that an unknown operator is ignored, so that all rows come back."""
        if self.options.unknown_operators == "refuse":
            raise errors.business_rule(f"Unknown filter operator {operator}.")
        return lambda record: True

    def _comparison(self, operator: str, parts: dict[str, t.Any]) -> Predicate:
        name = str(parts.get("field", ""))
        if parts.get("udf") is True:
            return self._user_defined(name, operator, parts.get("value"))
        known = known_fields(self.entity.name)
        field = known.get(name.lower())
        if field is None and (known or not name):
            raise errors.unknown_field(name, self.entity.singular)
        if field and not field.queryable:
            raise errors.not_queryable(field.name, self.entity.singular)
        test = _test(operator, field, parts.get("value"))
        wanted = field.name if field else name
        return lambda record: test(record.get(wanted))

    def _user_defined(self, name: str, operator: str, value: t.Any) -> Predicate:
        self.udf_filters += 1
        if self.udf_filters > 1:
            raise errors.business_rule("Only one user-defined field can be used in a query.")
        if name.lower() not in self.udf_names:
            raise errors.unknown_field(name, self.entity.singular)
        test = _test(operator, _USER_DEFINED, value)

        def matches(record: Record) -> bool:
            values = {udf["name"].lower(): udf["value"] for udf in record.get("userDefinedFields") or []}
            return test(values.get(name.lower()))

        return matches


_TEXT_TESTS: dict[str, t.Callable[[str, str], bool]] = {
    "beginswith": str.startswith,
    "endswith": str.endswith,
    "contains": lambda text, part: part in text,
}
_ORDER_TESTS: dict[str, t.Callable[[t.Any, t.Any], bool]] = {
    "eq": lambda a, b: a == b,
    "noteq": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}
_OPERATORS = {*_TEXT_TESTS, *_ORDER_TESTS, "exist", "notexist", "in", "notin"}


def _test(operator: str, field: Field | None, value: t.Any) -> t.Callable[[t.Any], bool]:
    """What a stored value must pass. As in SQL, a missing value passes notExist alone."""
    if operator == "exist":
        return lambda stored: stored is not None
    if operator == "notexist":
        return lambda stored: stored is None
    if operator in ("in", "notin"):
        return _membership(operator, field, value)
    if operator in _TEXT_TESTS:
        part, text_test = _text(value), _TEXT_TESTS[operator]
        return lambda stored: stored is not None and text_test(_text(stored), part)
    wanted, order_test = _comparable(_converted(field, value)), _ORDER_TESTS[operator]
    return lambda stored: _same_kind(stored, wanted) and order_test(_comparable(stored), wanted)


def _membership(operator: str, field: Field | None, value: t.Any) -> t.Callable[[t.Any], bool]:
    if not isinstance(value, list):
        raise errors.unparsable(_text(value)[:1])
    if len(value) > OR_LIMIT:
        raise errors.too_many_conditions()
    wanted = [_comparable(_converted(field, each)) for each in value]
    inside = operator == "in"
    return lambda stored: stored is not None and (_comparable(stored) in wanted) == inside


def _converted(field: Field | None, value: t.Any) -> t.Any:
    if isinstance(value, (dict, list)):
        raise errors.unparsable("{" if isinstance(value, dict) else "[")
    return sought(field, value) if field else value


def _comparable(value: t.Any) -> t.Any:
    """Text is compared without regard to case."""
    return value.lower() if isinstance(value, str) else value


def _same_kind(stored: t.Any, wanted: t.Any) -> bool:
    if stored is None or wanted is None:
        return False
    return isinstance(stored, str) == isinstance(wanted, str)


def _text(value: t.Any) -> str:
    return "" if value is None else str(value).lower()
