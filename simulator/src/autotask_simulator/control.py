# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control API: a door of its own for tests, off by default, that no simulated Autotask has."""

from __future__ import annotations

import typing as t
from collections.abc import Sequence
from dataclasses import asdict, fields

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from .faults import CONSOLE_FAULTS
from .fleet import TenantSpec, checked_changes, checked_user
from .records import Fault
from .rest.auth import headers_of
from .rest.faults import REST_FAULTS
from .rest.loading import known_entity, load
from .rest.options import rest_options
from .rest.records import Records
from .seed import add_api_user, sow
from .store import Store, Tenant

KINDS = {"console": CONSOLE_FAULTS, "rest": REST_FAULTS}

# What of an API user can be changed, and how it is stored.
_CHANGEABLE = {"secret": "secret", "integration_code": "tracking_identifier", "active": "active", "locked": "locked"}

_SECRETS = {"secret", "password", "totp_secret", "identifier", "tracking_identifier"}

USAGE = """\
GET    /tenants                        domains
GET    /tenants/DOMAIN                 options, levels, resources (no secrets)
GET    /tenants/DOMAIN/events          what happened; ?verb= and ?after=ID choose
PATCH  /tenants/DOMAIN                 change options of a tenant, e.g. {"slow_ms": 500}
POST   /tenants/DOMAIN/api_users       add one, as in the fleet file: {"user_name": ..., "integration_code": ...};
                                       answers with the headers it calls with
PATCH  /tenants/DOMAIN/api_users/NAME  change "secret", "integration_code", "active" or "locked"
GET    /tenants/DOMAIN/records/ENTITY  all of an entity, whoever may see them
POST   /tenants/DOMAIN/records/ENTITY  store one or a list of them, past all rules; an "id" that exists is replaced
DELETE /tenants/DOMAIN/records/ENTITY/ID
GET    /faults                         armed faults and the kinds there are
POST   /faults                         arm one: {"kind": ..., "surface": "console"|"rest", "domain": "", "page": "*",
                                       "skip": 0, "times": 1, "options": {}}; times -1 means every time
DELETE /faults                         disarm all
DELETE /faults/ID                      disarm one
POST   /reset                          start again from the fleet file
POST   /snapshot                       {"path": FILE}: write the present state
POST   /restore                        {"path": FILE}: go back to a snapshot
"""


def create_control_app(store: Store, fleet: Sequence[TenantSpec]) -> Flask:
    app = Flask(__name__, static_folder=None)

    @app.errorhandler(Exception)
    def refuse(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return jsonify(error=error.description), error.code or 500
        said = error.args[0] if isinstance(error, KeyError) else str(error)
        return jsonify(error=said), 404 if isinstance(error, KeyError) else 400

    @app.get("/")
    def usage() -> ResponseReturnValue:
        return Response(USAGE, content_type="text/plain")

    @app.get("/tenants")
    def tenants() -> ResponseReturnValue:
        return jsonify([tenant.domain for tenant in store.tenants()])

    @app.get("/tenants/<domain>")
    def tenant(domain: str) -> ResponseReturnValue:
        found = store.tenant(domain)
        return jsonify(
            options=_without_secrets(found.options),
            levels=[asdict(level) for level in found.levels()],
            resources=[_without_secrets(asdict(resource)) for resource in found.resources()],
        )

    @app.patch("/tenants/<domain>")
    def change_tenant(domain: str) -> ResponseReturnValue:
        found = store.tenant(domain)
        found.update_options(**checked_changes(found.options, _body()))
        return jsonify(ok=True)

    @app.post("/tenants/<domain>/api_users")
    def add_user(domain: str) -> ResponseReturnValue:
        wanted = checked_user(_body())
        if store.find_api_user(wanted.user_name):
            raise ValueError(f"there is an API user {wanted.user_name!r} already")
        user = add_api_user(store.tenant(domain), wanted)
        return jsonify(headers_of(user)), 201

    @app.patch("/tenants/<domain>/api_users/<name>")
    def change_user(domain: str, name: str) -> ResponseReturnValue:
        found = store.tenant(domain)
        changes = _body()
        fixed = sorted(changes.keys() - _CHANGEABLE.keys())
        if fixed:
            raise ValueError(f"{', '.join(fixed)} cannot be changed here, only {', '.join(_CHANGEABLE)}")
        checked_user({**changes, "user_name": name})
        user = found.api_user(name)
        found.update_resource(user.id, **{_CHANGEABLE[key]: value for key, value in changes.items()})
        return jsonify(headers_of(found.api_user(name)))

    @app.get("/tenants/<domain>/records/<entity>")
    def records(domain: str, entity: str) -> ResponseReturnValue:
        return jsonify(_records(store.tenant(domain)).all(known_entity(entity)))

    @app.post("/tenants/<domain>/records/<entity>")
    def add_records(domain: str, entity: str) -> ResponseReturnValue:
        given = request.get_json()
        ids = load(store.tenant(domain), entity, given if isinstance(given, list) else [given])
        return jsonify(ids=ids), 201

    @app.delete("/tenants/<domain>/records/<entity>/<int:number>")
    def delete_record(domain: str, entity: str, number: int) -> ResponseReturnValue:
        if not _records(store.tenant(domain)).remove(known_entity(entity), number):
            raise KeyError(f"{domain} has no record {number} of {entity}")
        return jsonify(ok=True)

    @app.get("/tenants/<domain>/events")
    def events(domain: str) -> ResponseReturnValue:
        found = store.tenant(domain).events(request.args.get("verb"), request.args.get("after", 0, type=int))
        return jsonify([asdict(event) for event in found])

    @app.get("/faults")
    def faults() -> ResponseReturnValue:
        return jsonify(armed=[asdict(fault) for fault in store.faults()], kinds=KINDS)

    @app.post("/faults")
    def arm() -> ResponseReturnValue:
        wanted = _body()
        unknown = set(wanted) - {field.name for field in fields(Fault)}
        if unknown or "kind" not in wanted:
            raise ValueError(f"a fault has a kind, and nothing called {', '.join(sorted(unknown)) or '...'}")
        kinds = KINDS.get(wanted.get("surface", "console"), {})
        if wanted["kind"] not in kinds:
            raise ValueError(f"unknown kind {wanted['kind']!r}; there are {', '.join(kinds) or 'none'}")
        return jsonify(asdict(store.arm(**wanted))), 201

    @app.delete("/faults")
    @app.delete("/faults/<int:fault_id>")
    def disarm(fault_id: int | None = None) -> ResponseReturnValue:
        store.disarm(fault_id)
        return jsonify(ok=True)

    @app.post("/reset")
    def reset() -> ResponseReturnValue:
        with store.transaction():
            store.clear()
            sow(store, fleet)
        return jsonify(ok=True)

    @app.post("/snapshot")
    def snapshot() -> ResponseReturnValue:
        store.snapshot(_body()["path"])
        return jsonify(ok=True)

    @app.post("/restore")
    def restore() -> ResponseReturnValue:
        store.restore(_body()["path"])
        return jsonify(ok=True)

    return app


def _body() -> dict[str, t.Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")
    return body


def _records(tenant: Tenant) -> Records:
    return Records(tenant, rest_options(tenant).companies)


def _without_secrets(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {name: _without_secrets(item) for name, item in value.items() if name not in _SECRETS}
    return [_without_secrets(item) for item in value] if isinstance(value, list) else value
