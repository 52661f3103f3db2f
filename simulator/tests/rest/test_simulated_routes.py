# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No endpoint that Autotask does not have, and none missing."""

from __future__ import annotations

import hashlib
import typing as t

import pytest
from autotask_simulator.rest.entities import ACTIONS, Entity, entities
from autotask_simulator.rest.routes import NOT_SIMULATED, SPECIAL, match, route_table

if t.TYPE_CHECKING:
    from .conftest import Api

# Of the vendor's public Swagger document of June 2026 (equal to that of August 2026): how many paths and operations it
# has, and the SHA-256 over its sorted "METHOD /path" lines.
SWAGGER_PATHS = 2077
SWAGGER_OPERATIONS = 3009
SWAGGER_FINGERPRINT = "51f529c029002ead9cca66c18aa5472cf1251a9cac638a1fd801a7f6bfd19442"


def _operations() -> set[str]:
    """All but query/next, which live answers name although the document does not."""
    return {
        f"{method} /{route.template}"
        for route in route_table().values()
        for method in route.operations
        if not route.template.endswith("/query/next")
    }


def test_the_route_table_is_that_of_the_published_document() -> None:
    operations = _operations()
    assert len(operations) == SWAGGER_OPERATIONS
    assert len({line.split()[1] for line in operations}) == SWAGGER_PATHS
    assert hashlib.sha256("\n".join(sorted(operations)).encode()).hexdigest() == SWAGGER_FINGERPRINT


def test_query_next_exists_exactly_where_query_does() -> None:
    templates = set(route_table())
    queries = {name.removesuffix("/query") for name in templates if name.endswith("/query")}
    assert {name.removesuffix("/query/next") for name in templates if name.endswith("/query/next")} == queries


def _writes_by_facts(entity: Entity) -> dict[str, frozenset[str]]:
    """Which writes the entity's own facts allow where, said independently of the route table."""
    root, child = f"V1.0/{entity.path}", f"V1.0/{entity.parent}/{{parentId}}/{entity.child}"
    allowed = {f"{root}/{{id}}": entity.root_methods & {"DELETE"}}
    allowed[root] = entity.root_methods - {"DELETE"}
    if entity.parent:
        allowed[child] = entity.child_methods - {"DELETE"}
        allowed[f"{child}/{{id}}"] = entity.child_methods & {"DELETE"}
    return allowed


def test_every_write_is_one_that_the_entity_has() -> None:
    allowed: dict[str, set[str]] = {}
    for entity in entities().values():
        for template, methods in _writes_by_facts(entity).items():
            allowed.setdefault(template, set()).update(methods)
    for route in route_table().values():
        writes = {
            method
            for method, operation in route.operations.items()
            if operation in ("create", "patch", "put", "delete")
        }
        assert writes <= allowed.get(route.template, set()), route.template


def test_every_route_belongs_to_an_entity_or_is_a_known_special_one() -> None:
    for route in route_table().values():
        assert route.entity or route.template in SPECIAL or route.template in NOT_SIMULATED, route.template


def test_no_route_touches_security_levels_or_creates_resources() -> None:
    assert not [line for line in _operations() if "security" in line.lower() or "password" in line.lower()]
    assert "POST" not in {*route_table()["V1.0/Resources"].operations}
    assert "DELETE" not in {*route_table()["V1.0/Resources/{id}"].operations}


def test_there_are_232_entities() -> None:
    assert len(entities()) == 232
    counts = {action: sum(entity.can(action) for entity in entities().values()) for action in ACTIONS}
    assert counts == {"create": 178, "query": 224, "update": 137, "delete": 115}


@pytest.mark.parametrize(
    "path",
    ["v1.0/companies/5", "V1.0/COMPANIES/5/", "V1.0/contracts/3/SERVICES/4", "v1.0/Companies/Query/Count"],
)
def test_paths_ignore_case_and_a_trailing_slash(path: str) -> None:
    assert match(path) is not None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "TicketNotes"),
        ("POST", "CompanyToDos"),
        ("POST", "Phases"),
        ("POST", "Tasks"),
        ("POST", "Tickets/1/Attachments/query"),
        ("GET", "SecurityLevels/query"),
        ("GET", "Companies/abc"),
        ("GET", "InvoicedItems/1"),
    ],
)
def test_404_where_no_route_exists(api: Api, method: str, path: str) -> None:
    assert api.call(method, path, {}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "Tickets/1"),
        ("DELETE", "TicketAttachments/1"),
        ("PATCH", "Contracts/1"),
        ("POST", "Resources"),
        ("DELETE", "Resources/1"),
        ("GET", "Companies"),
        ("PUT", "ZoneInformation"),
    ],
)
def test_405_where_the_route_has_other_methods(api: Api, method: str, path: str) -> None:
    answer = api.call(method, path)
    assert answer.status_code == 405
    assert answer.json == {"Message": f"The requested resource does not support http method '{method}'."}


@pytest.mark.parametrize("template", NOT_SIMULATED)
def test_what_nobody_described_says_so(api: Api, template: str) -> None:
    path = "/".join("1" if part.startswith("{") else part for part in template.removeprefix("V1.0/").split("/"))
    assert api.call(NOT_SIMULATED[template][0], path).status_code == 501
