# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From an HTTP request to its answer: route, caller, limits, faults, operation."""

from __future__ import annotations

import typing as t

from flask import Blueprint, Flask, Request, Response, request
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from ..store import Store
from . import errors, faults, information, reading, writing
from .answers import respond
from .auth import authenticate
from .call import Call
from .limits import Limits
from .logged import sent_body
from .options import rest_options
from .routes import Match, match

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
LONGEST_URL = 2048

Operation = t.Callable[[Call, Match], dict[str, t.Any]]

_OPEN: dict[str, t.Callable[[Store, Request], dict[str, t.Any]]] = {
    "version_information": information.version_information,
    "zone_information": information.zone_information,
}
_OPERATIONS: dict[str, Operation] = {
    "version": information.version,
    "threshold_information": information.threshold_information,
    "modules": information.modules,
    "all_entity_information": information.all_entity_information,
    "entity_information": information.entity_information,
    "fields": information.fields,
    "user_defined_fields": information.user_defined_fields,
    "query": reading.query,
    "next_page": reading.next_page,
    "count": reading.count,
    "get": reading.get,
    "children": reading.children,
    "create": writing.create,
    "patch": writing.patch,
    "put": writing.put,
    "delete": writing.delete,
}


class RestSurface:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.limits = Limits(store)

    def answer(self, path: str) -> Response:
        try:
            return self._answer(path)
        except errors.ApiError as error:
            return respond(error.status, error.body)

    def _answer(self, path: str) -> Response:
        if request.method == "GET" and len(request.url) > LONGEST_URL:
            raise errors.not_found()
        found = match(path)
        if found is None:
            raise errors.not_found()
        operation = found.route.operations.get(request.method)
        if operation in _OPEN:
            return self._answer_openly(found, _OPEN[operation])
        tenant, user, level = authenticate(self.store, request)
        call = Call(self.store, tenant, user, level, rest_options(tenant), request, self.limits)
        response = faults.around(self.store, tenant.domain, found, lambda: self._serve(call, found, operation))
        page, status = faults.page_of(found), response.status_code
        sent = sent_body(request, user)
        tenant.log(request.method, page, actor=user.user_name, surface="rest", status=status, **sent)
        return response

    def _answer_openly(self, found: Match, operation: t.Callable[[Store, Request], dict[str, t.Any]]) -> Response:
        """The two calls that need no credentials."""
        tenant = information.tenant_asked_for(self.store, request)
        if tenant:
            tenant.log("GET", faults.page_of(found), surface="rest")
        domain = tenant.domain if tenant else ""
        return faults.around(self.store, domain, found, lambda: respond(200, operation(self.store, request)))

    def _serve(self, call: Call, found: Match, operation: str | None) -> Response:
        try:
            if operation is None:
                raise errors.wrong_method(request.method)
            if operation == "not_simulated" or (call.options.unlisted_entities == "refuse" and found.lacks_fields):
                raise errors.not_simulated()
            self.limits.count(call.tenant, call.options)
            endpoint = found.route.entity.name if found.route.entity else found.route.template
            with self.limits.thread(call.tenant, call.user.tracking_identifier, endpoint):
                faults.delay(self.store, call.tenant.domain, found)
                return respond(200, _OPERATIONS[operation](call, found))
        except errors.ApiError as error:
            return respond(error.status, error.body)


class _AnyCase(BaseConverter):
    """Matches the mount point however it is spelt."""

    regex = "(?i:atservicesrest)"


class _AnyPath(BaseConverter):
    """Matches whatever comes after it."""

    regex = ".*"
    part_isolating = False


def make_blueprint(surface: RestSurface) -> Blueprint:
    blueprint = Blueprint("rest", __name__)

    @blueprint.record
    def mount(state: BlueprintSetupState) -> None:
        app: Flask = t.cast(Flask, state.app)
        app.url_map.converters.update(rest_root=_AnyCase, rest_path=_AnyPath)

        def rest(root: str, path: str = "") -> Response:
            return surface.answer(path)

        for rule in ("/<rest_root:root>", "/<rest_root:root>/<rest_path:path>"):
            app.add_url_rule(rule, "rest.any", rest, methods=METHODS, merge_slashes=False)

    return blueprint
