# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The route table, derived from the entity table, and how a path finds its route.

Paths are matched without regard to case, and a slash too many is as good as one: ``ATServicesRest//V1.0/Companies``
(several clients write so, in production). Placeholders take whole numbers only:
``POST /Tickets/{id}/Attachments/query`` was seen to answer 404 although ``/Tickets/{id}/Attachments/{id}`` exists.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass

from .entities import Entity, entities
from .fields import known_fields

ID = "{id}"
PARENT_ID = "{parentId}"

# Exist in Autotask, but nothing is publicly known of their answers.
NOT_SIMULATED: dict[str, tuple[str, ...]] = {
    "V1.0/Authenticate": ("GET",),
    "V1.0/Companies/{id}/invoiceSettings": ("GET", "PUT"),
    "V1.0/Companies/{id}/invoiceSettings/contactRecipients": ("POST",),
    "V1.0/Companies/{id}/invoiceSettings/contactRecipients/{contactId}": ("DELETE",),
    "V1.0/Companies/{id}/invoiceSettings/resourceRecipients": ("POST",),
    "V1.0/Companies/{id}/invoiceSettings/resourceRecipients/{resourceId}": ("DELETE",),
    "V1.0/Invoices/{id}/InvoiceMarkupHtml": ("GET",),
    "V1.0/Invoices/{id}/InvoiceMarkupXml": ("GET",),
    "V1.0/Invoices/{id}/InvoicePdf": ("GET",),
}

SPECIAL = {
    "VersionInformation": "version_information",
    "V1.0/ZoneInformation": "zone_information",
    "V1.0/Version": "version",
    "V1.0/ThresholdInformation": "threshold_information",
    "V1.0/Modules": "modules",
    "V1.0/EntityInformation": "all_entity_information",
}

_WRITES = {"POST": "create", "PATCH": "patch", "PUT": "put"}
_NOT_BY_ID = {"ResourceTimeOffAdditional", "TimeOffRequestsApprove"}


@dataclass(frozen=True)
class Route:
    """A path template: which operation each method is, and the entity concerned."""

    template: str
    operations: dict[str, str]
    entity: Entity | None = None


@dataclass(frozen=True)
class Match:
    route: Route
    id: int | None = None
    parent_id: int | None = None

    @property
    def entity(self) -> Entity:
        """The entity concerned; only for routes that have one."""
        return t.cast(Entity, self.route.entity)

    @property
    def lacks_fields(self) -> bool:
        """Whether it concerns an entity without a field table."""
        return self.route.entity is not None and not known_fields(self.route.entity.name)


def _information(base: str, *, user_defined: bool = True) -> t.Iterator[tuple[str, str, str]]:
    yield f"{base}/entityInformation", "GET", "entity_information"
    yield f"{base}/entityInformation/fields", "GET", "fields"
    if user_defined:
        yield f"{base}/entityInformation/userDefinedFields", "GET", "user_defined_fields"


def _root(entity: Entity) -> t.Iterator[tuple[str, str, str]]:
    base = f"V1.0/{entity.path}"
    yield from _information(base, user_defined=not entity.is_attachment)
    if entity.has_query:
        for method in ("GET", "POST"):
            yield f"{base}/query", method, "query"
            yield f"{base}/query/count", method, "count"
            yield f"{base}/query/next", method, "next_page"
    if entity.has_get_by_id:
        yield f"{base}/{ID}", "GET", "get"
    if "DELETE" in entity.root_methods:
        yield f"{base}/{ID}", "DELETE", "delete"
    for method in entity.root_methods & _WRITES.keys():
        yield base, method, _WRITES[method]


def _child(entity: Entity) -> t.Iterator[tuple[str, str, str]]:
    base = f"V1.0/{entity.parent}/{PARENT_ID}/{entity.child}"
    if not entity.is_attachment:
        yield from _information(base)
    if "GET" in entity.child_methods:
        yield base, "GET", "children"
        if entity.name == "ResourceTimeOffBalances":
            yield f"{base}/{{year}}", "GET", "get"
        elif entity.name not in _NOT_BY_ID:
            yield f"{base}/{ID}", "GET", "get"
    if "DELETE" in entity.child_methods:
        yield f"{base}/{ID}", "DELETE", "delete"
    for method in entity.child_methods & _WRITES.keys():
        yield base, method, _WRITES[method]


@functools.cache
def route_table() -> dict[str, Route]:
    """Every route by its template."""
    table = {template: Route(template, {"GET": operation}) for template, operation in SPECIAL.items()}
    for template, methods in NOT_SIMULATED.items():
        table[template] = Route(template, dict.fromkeys(methods, "not_simulated"))
    for entity in entities().values():
        for template, method, operation in [*_root(entity), *(_child(entity) if entity.parent else ())]:
            table.setdefault(template, Route(template, {}, entity)).operations[method] = operation
    return table


Node = dict[str, t.Any]


@functools.cache
def _tree() -> Node:
    """The templates as a tree of lower-case segments; placeholders are ``{}``, the route sits under ``""``."""
    tree: Node = {}
    for route in route_table().values():
        node = tree
        for segment in route.template.lower().split("/"):
            node = node.setdefault("{}" if segment.startswith("{") else segment, {})
        node[""] = route
    return tree


def match(path: str) -> Match | None:
    """The route of a path below ``/ATServicesRest/``, or None (404)."""
    node, numbers = _tree(), []
    for segment in filter(None, path.lower().split("/")):
        if segment in node:
            node = node[segment]
        elif "{}" in node and segment.isascii() and segment.isdigit() and len(segment) < 19:
            node = node["{}"]
            numbers.append(int(segment))
        else:
            return None
    route: Route | None = node.get("")
    if route is None:
        return None
    parent_id = numbers.pop(0) if PARENT_ID in route.template else None
    return Match(route, numbers[0] if numbers else None, parent_id)
