# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is asking, and what every console page has in common."""

from __future__ import annotations

import functools
import secrets
import time
import typing as t
from urllib.parse import quote

from flask import Blueprint, Response, current_app, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from .. import faults
from ..faults import ACCESS_DENIED, page_name
from ..records import ConsoleUser
from ..settings_page import code_of
from ..store import Store, Tenant
from ..variants import drawing
from ..wording import fill
from .language import translated, word

console = Blueprint(
    "console", __name__, template_folder="templates", static_folder="static", static_url_path="/Content"
)

COOKIE = "ATSession"
AUTHENTICATE = "/Mvc/Framework/Authentication.mvc/Authenticate"

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
    if request.endpoint == "console.static":
        return None
    found = store().session(request.cookies.get(COOKIE, ""))
    instead = faults.before_answer(store(), found[0].domain if found else "")
    if instead is not None or (request.endpoint or "").startswith(_OPEN_TO_ALL):
        return instead
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
    return page("access_denied.html")


def page(template: str, model: dict[str, t.Any] | None = None, **values: t.Any) -> Response:
    """Render a document of the console. *model* is what its script knows. The event log counts it."""
    log("page", page_name())
    time.sleep(tenant().options["page_ms"] / 1000)
    wrong = faults.of_page(tenant())
    model = {
        "editors": tenant().options["editors"],
        "late": tenant().options["late_ms"],
        "listsLate": tenant().options["list_ms"],
        "questions": tenant().options["questions"],
        **(model or {}),
        "faults": wrong,
    }
    if drawing.draws(template, tenant().options):
        html = drawing.draw(template, tenant().options, model, values)
    else:
        html = render_template(template, options=tenant().options, user=user(), model=model, faults=wrong, **values)
    return Response(translated(html, tenant().options), headers={"Cache-Control": "no-store"})


def saves(view: t.Callable[..., ResponseReturnValue]) -> t.Callable[..., ResponseReturnValue]:
    """Mark a view that stores something: in one step, and so that faults can make it go wrong."""

    @functools.wraps(view)
    def around(*args: t.Any, **kwargs: t.Any) -> ResponseReturnValue:
        def save() -> ResponseReturnValue:
            with store().transaction():
                return view(*args, **kwargs)

        return faults.around_save(tenant(), save)

    return around


def refuse(message: str) -> ResponseReturnValue:
    """Answer a script of the page with a message for the alert dialog."""
    return jsonify(ok=False, message=message)


def payload() -> dict[str, t.Any]:
    return t.cast(dict[str, t.Any], request.get_json())


def random_id() -> str:
    """An element id as Autotask makes them: other ones on every load."""
    return "z" + secrets.token_hex(16)


@console.app_template_filter("localized")
def localized(text: str) -> str:
    """A word that a script will show, as the tenant words it."""
    return word(text, tenant().options)


@console.app_context_processor
def helpers() -> dict[str, t.Any]:
    return {"zid": random_id, "eii": code_of, "say": lambda text: fill(text, tenant().options)}


@console.errorhandler(KeyError)
def not_there(_error: KeyError) -> ResponseReturnValue:
    """What an address names has gone, or never was."""
    return Response(render_template("server_error.html"), 404)
