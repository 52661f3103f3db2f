# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The 232 entities of the REST API: which exist, under which paths, and what can be done with them.

The table ``data/entities.csv`` restates facts of the vendor's public Swagger document (June 2026): names, paths and
methods; ``user_defined_fields`` as recorded live in 2021 where recorded.
"""

from __future__ import annotations

import csv
import functools
import typing as t
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"

# All attachments are numbered together and listed here.
ATTACHMENTS = "AttachmentInfo"

Action = t.Literal["query", "create", "update", "delete"]
ACTIONS: tuple[Action, ...] = ("query", "create", "update", "delete")


@dataclass(frozen=True)
class Entity:
    name: str
    singular: str
    path: str
    parent: str
    """The parent's path segment, e.g. ``Companies``; empty if there is none."""
    child: str
    """The segment below the parent, e.g. ``Locations``."""
    has_query: bool
    has_get_by_id: bool
    root_methods: frozenset[str]
    child_methods: frozenset[str]
    has_user_defined_fields: bool
    supports_webhooks: bool

    def can(self, action: Action) -> bool:
        """What the entity allows at all, the same for everybody."""
        methods = self.root_methods | self.child_methods
        if action == "query":
            return self.has_query or self.has_get_by_id or "GET" in methods
        return {"create": "POST", "update": "PATCH", "delete": "DELETE"}[action] in methods

    @property
    def is_attachment(self) -> bool:
        return self.name.endswith("Attachments")


def _entity(row: dict[str, str]) -> Entity:
    parent, _, child = row["child_path"].partition("/")
    return Entity(
        name=row["name"],
        singular=row["singular"],
        path=row["path"],
        parent=parent,
        child=child,
        has_query=row["query"] == "1",
        has_get_by_id=row["get_by_id"] == "1",
        root_methods=frozenset(row["root_methods"].split()),
        child_methods=frozenset(row["child_methods"].split()),
        has_user_defined_fields=row["user_defined_fields"] == "1",
        supports_webhooks=row["webhooks"] == "1",
    )


@functools.cache
def entities() -> dict[str, Entity]:
    """All entities by name, in the order of the table."""
    with (DATA / "entities.csv").open(encoding="utf-8", newline="") as table:
        return {row["name"]: _entity(row) for row in csv.DictReader(table)}


@functools.cache
def by_singular() -> dict[str, Entity]:
    return {entity.singular: entity for entity in entities().values()}
