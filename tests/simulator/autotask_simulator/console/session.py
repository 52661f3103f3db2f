# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is asking, and what every console page has in common."""

from __future__ import annotations

import secrets
import time
import typing as t
from urllib.parse import quote

from flask import Blueprint, Response, current_app, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ..records import ConsoleUser
from ..settings_page import code_of
from ..store import Store, Tenant
from ..wording import fill

console = Blueprint(
    "console", __name__, template_folder="templates", static_folder="static", static_url_path="/Content"
)

COOKIE = "ATSession"
AUTHENTICATE = "/Mvc/Framework/Authentication.mvc/Authenticate"
ACCESS_DENIED = "/Mvc/Security/Authorization.mvc/Failure"

_OPEN_TO_ALL = ("console.static", "console.entry", "console.login_", "console.identity_provider")


def store() -> Store:
    return t.cast(Store, current_app.config["STORE"])


def tenant() -> Tenant:
    return t.cast(Tenant, g.tenant)


def user() -> ConsoleUser:
    return t.cast(ConsoleUser, g.user)


def log(verb: str, object: str = "", **details: t.Any) -> None:
    """Log what the logged-in user did."""
    tenant().log(verb, object, actor=user().user_name, **details)


def is_call() -> bool:
    """Whether a script of the page asks, not the browser for a document."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


@console.before_request
def admit() -> ResponseReturnValue | None:
    """Let only those in who have logged in, and only administrators into Admin."""
    if (request.endpoint or "").startswith(_OPEN_TO_ALL):
        return None
    found = store().session(request.cookies.get(COOKIE, ""))
    if not found or found[1].step != "in":
        login_page = f"{AUTHENTICATE}?ReturnUrl={quote(request.full_path.rstrip('?'), safe='')}"
        return (jsonify(location=login_page), 401) if is_call() else redirect(login_page)
    g.tenant, session = found
    g.user = g.tenant.console_user(session.user_name)
    time.sleep(g.tenant.options["slow_ms"] / 1000)
    if not g.user.is_admin and request.path.startswith(("/Mvc/AdministrationSetup/", "/Autotask/")):
        return redirect(ACCESS_DENIED)
    return None


@console.get(ACCESS_DENIED)
def access_denied() -> ResponseReturnValue:
    return page("access_denied.html", "access_denied")


def page(template: str, name: str, **values: t.Any) -> Response:
    """Render a document of the console; counted in the event log under that name."""
    log("page", name)
    values.setdefault("model", {})
    response = Response(render_template(template, page_name=name, options=tenant().options, user=user(), **values))
    response.headers["Cache-Control"] = "no-store"
    return response


def refuse(message: str) -> ResponseReturnValue:
    """Answer a script of the page with a message for the alert dialog."""
    return jsonify(ok=False, message=message)


def payload() -> dict[str, t.Any]:
    return t.cast(dict[str, t.Any], request.get_json())


def random_id() -> str:
    """An element id as Autotask makes them: other ones on every load."""
    return "z" + secrets.token_hex(16)


@console.app_context_processor
def helpers() -> dict[str, t.Any]:
    return {"zid": random_id, "eii": code_of, "say": lambda text: fill(text, tenant().options)}
