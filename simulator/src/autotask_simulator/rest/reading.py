# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading records: query, count, paging, one by its id, the children of a parent."""

from __future__ import annotations

import json
import typing as t
from urllib.parse import quote

from . import errors
from .call import Call, parse_json
from .entities import Entity, entities
from .fields import Record
from .information import USER_DEFINED
from .query import PAGE_SIZE, Query, parse_query
from .routes import Match
from .visibility import visible, without_hidden_values

Body = dict[str, t.Any]

PAGES_KEPT = 50
_BEFORE_ALL = -1


def get(call: Call, match: Match) -> Body:
    """A missing id is no error: the item is null. Attachments below a parent answer a list even for one id."""
    entity = match.entity
    call.require(entity, "query")
    record = call.records.get(entity.name, match.id) if match.id is not None else None
    found = visible(call, entity.name, [record] if record else [])
    found = [each for each in found if belongs(entity, each, match.parent_id)]
    shown = [without_hidden_values(call, entity.name, each) for each in found]
    if entity.is_attachment and match.parent_id is not None:
        return _listing(shown, PAGE_SIZE, None, None)
    return {"item": shown[0] if shown else None}


def children(call: Call, match: Match) -> Body:
    entity = match.entity
    call.require(entity, "query")
    rows = [row for row in _rows(call, entity) if belongs(entity, row, match.parent_id)]
    return _listing([without_hidden_values(call, entity.name, row) for row in rows[:PAGE_SIZE]], PAGE_SIZE, None, None)


def belongs(entity: Entity, record: Record, parent_id: int | None) -> bool:
    return parent_id is None or record.get(parent_field(entity)) == parent_id


def parent_field(entity: Entity) -> str:
    """The field that names the parent, e.g. ``companyID`` below Companies (outside the billing entities assumed)."""
    parent = entities().get(entity.parent)
    singular = parent.singular if parent else entity.parent[:-1]
    return f"{singular[:1].lower()}{singular[1:]}ID"


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
    return parse_query(body, entity, USER_DEFINED.get(entity.name, ()), call.options)


def _rows(call: Call, entity: Entity) -> list[Record]:
    return visible(call, entity.name, call.records.all(entity.name))


def _page(call: Call, entity: Entity, parsed: Query, marks: list[int]) -> Body:
    """The rows behind the last mark."""
    rows = [row for row in _rows(call, entity) if row["id"] > marks[-1] and parsed.matches(row)]
    page = rows[: parsed.page_size]
    has_more = len(rows) > len(page) and parsed.can_page
    later = [*marks, page[-1]["id"]][-PAGES_KEPT:] if has_more else []
    return _listing(
        [parsed.shown(without_hidden_values(call, entity.name, row)) for row in page],
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
