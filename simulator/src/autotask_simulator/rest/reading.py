# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading records: query, count, paging, one by its id, the children of a parent."""

from __future__ import annotations

import json
import typing as t
from urllib.parse import quote

from . import errors
from .call import Call
from .entities import Entity
from .fields import Record, empty_record, known_fields, moments, parent_field
from .json_text import parse_json
from .query import PAGE_SIZE, Query, parse_query
from .routes import Match
from .values import shown_moment
from .visibility import visible, without_hidden_values

Body = dict[str, t.Any]

PAGES_KEPT = 50
_BEFORE_ALL = -1


def get(call: Call, match: Match) -> Body:
    """A missing id is no error: the item is null.

    Attachments answer a list even for one id, and it alone has their content; one that is missing is an error unless
    it was sought below its parent (all recorded).
    """
    entity = match.entity
    call.require(entity, "query")
    record = call.records.get(entity.name, match.id) if match.id is not None else None
    found = visible(call, entity.name, [record] if record else [])
    items = [_shown(call, entity, each) for each in found if belongs(entity, each, match.parent_id)]
    if not entity.is_attachment:
        return {"item": items[0] if items else None}
    if not items and match.parent_id is None:
        raise errors.no_attachment()
    return _listing(items, PAGE_SIZE, None, None)


def children(call: Call, match: Match) -> Body:
    entity = match.entity
    call.require(entity, "query")
    rows = [row for row in _rows(call, entity) if belongs(entity, row, match.parent_id)]
    return _listing([_listed(call, entity, row) for row in rows[:PAGE_SIZE]], PAGE_SIZE, None, None)


def belongs(entity: Entity, record: Record, parent_id: int | None) -> bool:
    return parent_id is None or record.get(parent_field(entity.name)) == parent_id


def query(call: Call, match: Match) -> Body:
    entity = match.entity
    return _page(call, entity, _parsed(call, entity, _search(call)), [_BEFORE_ALL])


def next_page(call: Call, match: Match) -> Body:
    """The page after: fetched with the method and the query of the first page.

    The URL after a GET carries the query; after a POST it does not, and the body must be sent again.
    """
    entity = match.entity
    if call.request.method == "GET" and _argument(call, "search") is None:
        raise errors.wrong_method("GET")
    marks = _marks(parse_json(_argument(call, "paging") or ""))
    return _page(call, entity, _parsed(call, entity, _search(call)), marks)


def _marks(position: t.Any) -> list[int]:
    """The ids behind which the pages so far began, the one asked for last."""
    marks = [position.get("previousIds"), position.get("nextIds")] if isinstance(position, dict) else []
    numbers = [number for part in marks for number in (part if isinstance(part, list) else [None])]
    if not numbers or len(numbers) > PAGES_KEPT or not all(type(number) is int for number in numbers):
        raise errors.business_rule("The paging information of the request is not valid.")
    return t.cast(list[int], numbers)


def count(call: Call, match: Match) -> Body:
    entity = match.entity
    parsed = _parsed(call, entity, _search(call))
    return {"queryCount": sum(parsed.matches(row) for row in _rows(call, entity))}


def _argument(call: Call, name: str) -> str | None:
    return next((value for key, value in call.request.args.items() if key.lower() == name), None)


def _search(call: Call) -> t.Any:
    if call.request.method == "GET":
        return parse_json(_argument(call, "search") or "")
    return call.body()


def _parsed(call: Call, entity: Entity, body: t.Any) -> Query:
    call.require(entity, "query")
    if body is None:
        raise errors.no_filters()
    return parse_query(body, entity, call.options, call.request.method)


def _rows(call: Call, entity: Entity) -> list[Record]:
    return visible(call, entity.name, call.records.all(entity.name))


def _page(call: Call, entity: Entity, parsed: Query, marks: list[int]) -> Body:
    """The rows behind the last mark."""
    rows = [row for row in _rows(call, entity) if row["id"] > marks[-1] and parsed.matches(row)]
    page = rows[: parsed.page_size]
    has_more = len(rows) > len(page) and parsed.can_page
    later = [*marks, page[-1]["id"]][-PAGES_KEPT:] if has_more else []
    return _listing(
        [parsed.shown(_listed(call, entity, row)) for row in page],
        parsed.page_size,
        _page_url(call, entity, parsed, marks[:-1]),
        _page_url(call, entity, parsed, later),
    )


def _page_url(call: Call, entity: Entity, parsed: Query, marks: list[int]) -> str | None:
    if not marks:
        return None
    position = {"pageSize": parsed.page_size, "previousIds": marks[:-1], "nextIds": marks[-1:]}
    paging = quote(json.dumps(position, separators=(",", ":")), safe="")
    url = f"{call.base_url}{entity.path}/query/next?paging={paging}"
    if call.request.method == "GET":
        url += f"&search={quote(_argument(call, 'search') or '', safe='')}"
    return url


def _listing(items: list[Record], size: int, previous: str | None, following: str | None) -> Body:
    details = {"count": len(items), "requestCount": size, "prevPageUrl": previous, "nextPageUrl": following}
    return {"items": items, "pageDetails": details}


# -- a record as answers show it


def _shown(call: Call, entity: Entity, record: Record) -> Record:
    """Every field, null where nothing is stored, and the list of user-defined ones where the entity has them."""
    empty = empty_record(entity.name)
    stored = without_hidden_values(call, entity.name, record)
    shown = {
        **empty,
        **{name: value for name, value in stored.items() if name in empty or not known_fields(entity.name)},
    }
    for name in moments(entity.name):
        shown[name] = shown_moment(shown[name]) if shown[name] else None
    if entity.has_user_defined_fields:
        shown["userDefinedFields"] = call.user_defined(entity, stored)
    return shown


def _listed(call: Call, entity: Entity, record: Record) -> Record:
    """Lists leave out the content of attachments."""
    shown = _shown(call, entity, record)
    return {**shown, "data": None} if entity.is_attachment else shown
