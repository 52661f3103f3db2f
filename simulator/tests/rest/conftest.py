# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small simulated fleet and a client that speaks to it without a network."""

from __future__ import annotations

import json
import typing as t
from urllib.parse import quote

import pytest
from autotask_simulator.fleet import parse_fleet
from autotask_simulator.rest.surface import RestSurface, make_blueprint
from autotask_simulator.seed import sow
from autotask_simulator.store import Store, Tenant
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

DOMAIN = "alder.example"
FULL = "full@alder.example"
SECRET = "Old-secret-1"

Json = dict[str, t.Any]


class Api:
    """Calls the API as one user."""

    def __init__(self, client: FlaskClient, tenant: Tenant, user_name: str) -> None:
        self.client = client
        self.tenant = tenant
        self.user_name = user_name
        self.headers = {
            "UserName": user_name,
            "Secret": SECRET,
            "ApiIntegrationCode": tenant.api_user(user_name).tracking_identifier,
        }

    def call(self, method: str, path: str, body: t.Any = None, **headers: str) -> TestResponse:
        url = path if path.startswith(("/", "http")) else f"/ATServicesRest/V1.0/{path}"
        data = None if body is None else body if isinstance(body, (str, bytes)) else json.dumps(body)
        return self.client.open(
            url, method=method, data=data, headers={**self.headers, **headers}, content_type="application/json"
        )

    def get(self, path: str, **headers: str) -> Json:
        response = self.call("GET", path, **headers)
        assert response.status_code == 200, response.get_data(as_text=True)
        return t.cast(Json, response.json)

    def search(self, entity: str, body: t.Any) -> TestResponse:
        return self.call("GET", f"{entity}/query?search={quote(json.dumps(body))}")

    def items(self, entity: str, *filters: Json, **more: t.Any) -> list[Json]:
        body = {"filter": list(filters) or [{"op": "exist", "field": "id"}], **more}
        response = self.call("POST", f"{entity}/query", body)
        assert response.status_code == 200, response.get_data(as_text=True)
        return t.cast(list[Json], t.cast(Json, response.json)["items"])

    def write(self, method: str, path: str, body: t.Any = None) -> int:
        response = self.call(method, path, body)
        assert response.status_code == 200, response.get_data(as_text=True)
        assert list(t.cast(Json, response.json)) == ["itemId"]
        return int(t.cast(Json, response.json)["itemId"])

    def refusal(self, method: str, path: str, body: t.Any = None, **headers: str) -> str:
        """The text of a refusal, which is always 500 with a list of errors."""
        response = self.call(method, path, body, **headers)
        assert response.status_code == 500, response.get_data(as_text=True)
        assert list(t.cast(Json, response.json)) == ["errors"]
        return " ".join(t.cast(Json, response.json)["errors"])

    def access(self, entity: str) -> dict[str, str]:
        info = self.get(f"{entity}/entityInformation")["info"]
        return {
            action: info[f"userAccessFor{action.capitalize()}"] for action in ("query", "create", "update", "delete")
        }


class World:
    """A store with one tenant, whose options and levels a test may choose."""

    def __init__(self, **options: t.Any) -> None:
        self.store = Store()
        spec = {"domain": DOMAIN, "api_users": [{"user_name": FULL, "custom": "Tests"}], **options}
        sow(self.store, parse_fleet({"tenants": [spec]}))
        self.tenant = self.store.tenant(DOMAIN)
        self.surface = RestSurface(self.store)
        app = Flask("simulator")
        app.register_blueprint(make_blueprint(self.surface), url_prefix="/ATServicesRest")
        self.client = app.test_client()
        self.full = Api(self.client, self.tenant, FULL)

    def user_with(self, changes: dict[str, t.Any], base: str = "API User (system)") -> Api:
        """An API user whose level differs from a base level: ``{"contracts.contracts.view": "None"}``."""
        settings = json.loads(json.dumps(self.tenant.level(base).settings))
        for path, value in changes.items():
            *sections, key = path.split(".")
            place = settings
            for section in sections:
                place = place[section]
            place[key] = value
        values = {**vars(self.tenant.level(base)), "name": f"Level {len(self.tenant.levels())}", "settings": settings}
        del values["id"]
        level = self.tenant.add_level(**{**values, "system": False})
        name = f"user{level.id}@{DOMAIN}"
        self.tenant.add_resource(
            first_name="Level",
            last_name=str(level.id),
            email=name,
            user_name=name,
            level_id=level.id,
            secret=SECRET,
            tracking="custom",
            tracking_identifier=f"CODE{level.id}",
        )
        return Api(self.client, self.tenant, name)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def api(world: World) -> Api:
    return world.full


@pytest.fixture
def make_world() -> type[World]:
    return World
