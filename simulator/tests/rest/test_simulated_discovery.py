# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Discovery: what answers without credentials, and what does not."""

from __future__ import annotations

import typing as t

import pytest

if t.TYPE_CHECKING:
    from .conftest import Api, World


def _get(world: World, path: str) -> t.Any:
    return world.client.get(path)


@pytest.mark.parametrize(
    "path",
    [
        "/ATServicesRest/V1.0/ZoneInformation?user=full@alder.example",
        "/atservicesrest/v1.0/zoneInformation?user=full@alder.example",
        "/ATSERVICESREST/V1.0/ZONEINFORMATION/?USER=Full@Alder.Example",
    ],
)
def test_zone_is_found_without_credentials_in_any_spelling(world: World, path: str) -> None:
    answer = _get(world, path)
    assert answer.status_code == 200
    assert answer.json == {
        "zoneName": "Simulated Zone",
        "url": "http://localhost/ATServicesRest/",
        "webUrl": "http://localhost/",
        "ci": 1,
    }


@pytest.mark.parametrize("user", ["admin@alder.example", "someone.new@alder.example"])
def test_zone_is_found_for_console_users_and_by_domain(world: World, user: str) -> None:
    assert _get(world, f"/ATServicesRest/V1.0/ZoneInformation?user={user}").status_code == 200


@pytest.mark.parametrize("query", ["", "?user=", "?user=nobody@elsewhere.example", "?user=nobody"])
def test_unknown_or_empty_user_is_an_error(world: World, query: str) -> None:
    answer = _get(world, f"/ATServicesRest/V1.0/ZoneInformation{query}")
    assert answer.status_code == 500
    assert answer.json == {"errors": ["Zone information could not be determined"]}


def test_version_information_needs_no_credentials(world: World) -> None:
    assert _get(world, "/ATServicesRest/VersionInformation").json == {"apiVersions": ["V1.0"]}


def test_version_is_text(api: Api) -> None:
    answer = api.get("Version")
    assert set(answer) == {"majorVersion", "minorVersion", "build", "customerType"}
    assert all(isinstance(value, str) for value in answer.values())


def test_modules(api: Api) -> None:
    modules = api.get("Modules")["modules"]
    assert [module["key"] for module in modules] == [20, 24, 36, 65, 70, 73, 77]
    assert all(isinstance(module["value"], bool) for module in modules)


@pytest.mark.parametrize("path", ["Version", "ThresholdInformation", "Modules", "EntityInformation", "Companies/0"])
def test_everything_else_needs_credentials(world: World, path: str) -> None:
    answer = _get(world, f"/ATServicesRest/V1.0/{path}")
    assert answer.status_code == 401
    assert answer.data == b""


def test_a_tenant_names_its_own_zone_and_answers_only_there(make_world: type[World]) -> None:
    world = make_world(rest={"host": "zone5.example:8443"})
    zone = _get(world, "/ATServicesRest/V1.0/ZoneInformation?user=full@alder.example").json
    assert zone["url"] == "http://zone5.example:8443/ATServicesRest/"
    assert world.full.call("GET", "Companies/0").status_code == 401
    assert world.full.call("GET", f"{zone['url']}V1.0/Companies/0").status_code == 200
