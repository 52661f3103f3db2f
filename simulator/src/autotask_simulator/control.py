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
from .fleet import TenantSpec
from .records import Fault
from .rest.faults import REST_FAULTS
from .seed import sow
from .store import Store

KINDS = {"console": CONSOLE_FAULTS, "rest": REST_FAULTS}

_SECRETS = {"secret", "password", "totp_secret", "identifier", "tracking_identifier"}

USAGE = """\
GET    /tenants                        domains
GET    /tenants/DOMAIN                 options, levels, resources (no secrets)
GET    /tenants/DOMAIN/events          what happened; ?verb= and ?after=ID choose
PATCH  /tenants/DOMAIN                 change options of a tenant, e.g. {"slow_ms": 500}
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
        return jsonify(error=str(error)), 404 if isinstance(error, KeyError) else 400

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
        store.tenant(domain).update_options(**_body())
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


def _without_secrets(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {name: _without_secrets(item) for name, item in value.items() if name not in _SECRETS}
    return [_without_secrets(item) for item in value] if isinstance(value, list) else value
