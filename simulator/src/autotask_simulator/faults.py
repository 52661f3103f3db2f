# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong in the console on demand.

A fault names the requests it hits by a shell pattern over page names, the names of the console's view functions, for
instance C(security_levels), C(security_level_rows), C(edit_level), C(copy_level), C(save_level), C(resource_rows),
C(new_api_user), C(save_api_user), C(login_password), C(landing). The REST surface has faults of its own.
"""

from __future__ import annotations

import contextlib
import time
import typing as t

from flask import Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from .server import break_connection
from .store import Store, Tenant

BEFORE = {
    "slow": "the answer takes `ms` milliseconds (3000)",
    "session_expired": "all sessions of the tenant end before the request is answered",
    "http_500": "an error page, status 500",
    "reset": "the connection breaks before anything is answered",
    "maintenance": "a page that says Autotask is being updated, status 503",
    "access_denied": "the user is sent to the Access Denied page",
}
# The shell (landing) shows none of these.
ON_PAGE = {
    "alert": "the page shows a message box with `text` when it is loaded",
    "native_alert": "the same with the browser's own dialog",
    "guide": "a guided tour covers the tool bar until its button is pressed",
    "overlay": "the loading indicator covers the page for `ms` milliseconds (3000) after it is loaded",
    "popup_blocked": "the page's windows are blocked",
}
ON_SAVE = {
    "save_refused": "a save is refused with `text`",
    "save_lost": "a save is answered as if it had been stored, but is not",
    "save_unanswered": "a save is stored, but the connection breaks before it is answered",
}
# A page that knows what to do then asks whether they strike.
WHERE_ASKED = {
    "list_not_loaded": "a list stays empty, or a drop-down opens empty the first time",
    "concurrent_change": "after the page is loaded, another administrator changes what it shows",
}
CONSOLE_FAULTS = {**BEFORE, **ON_PAGE, **ON_SAVE, **WHERE_ASKED}

_ERROR_PAGES = {"http_500": (500, "server_error.html"), "maintenance": (503, "maintenance.html")}
_FORMS = ("edit_level", "copy_level", "new_api_user", "edit_api_user")

OTHER_ADMINISTRATOR = "other.admin"
ACCESS_DENIED = "/Mvc/Security/Authorization.mvc/Failure"


def page_name() -> str:
    """What the event log and the faults call the present request."""
    return (request.endpoint or "").rpartition(".")[2]


def before_answer(store: Store, domain: str) -> ResponseReturnValue | None:
    """Let the faults act that come before a page does anything; what they answer instead, if anything."""
    if _is_repetition(domain):
        return _break_off(domain)
    for kind in BEFORE:
        fault = store.take_fault("console", domain, page_name(), (kind,))
        if fault is None:
            continue
        if kind == "slow":
            time.sleep(int(fault.options.get("ms", 3000)) / 1000)
        elif kind == "session_expired":
            store.end_sessions(domain)
        elif kind == "access_denied":
            return redirect(ACCESS_DENIED)
        elif kind == "reset":
            return _break_off(domain)
        elif kind in _ERROR_PAGES:
            status, template = _ERROR_PAGES[kind]
            return Response(render_template(template), status)
        else:
            raise NotImplementedError(f"a fault of kind {kind} has no effect yet")
    return None


# A browser repeats a request at once when a connection it had open breaks without an answer; that must not succeed.
# Requests of scripts carry a number, so their repetitions are told for sure; those of documents by how soon they come.
_AT_ONCE = 0.15
_broken_off: dict[tuple[str, str, str], float] = {}


def _request() -> tuple[str, str]:
    return page_name(), request.headers.get("X-Request-Id", "")


def _is_repetition(domain: str) -> bool:
    broken_off = _broken_off.get((domain, *_request()))
    return broken_off is not None and (bool(_request()[1]) or time.monotonic() - broken_off < _AT_ONCE)


def _break_off(domain: str) -> Response:
    _broken_off[(domain, *_request())] = time.monotonic()
    break_connection()
    return Response(status=500)


def of_page(tenant: Tenant) -> dict[str, t.Any]:
    """What the page that is being rendered shall do wrong, for its template and script: kind -> options."""
    if page_name() == "landing":
        return {}
    found = {}
    for kind in ON_PAGE:
        fault = tenant.store.take_fault("console", tenant.domain, page_name(), (kind,))
        if fault:
            found[kind] = fault.options
    if page_name() in _FORMS and strikes(tenant, "list_not_loaded"):
        found["list_not_loaded"] = {}
    return found


def strikes(tenant: Tenant, kind: str) -> bool:
    """Whether a fault of that kind hits the present request."""
    return tenant.store.take_fault("console", tenant.domain, page_name(), (kind,)) is not None


class _NotStored(Exception):
    """Takes a save back."""


def around_save(tenant: Tenant, save: t.Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Save, or do what an armed fault makes of it."""
    fault = tenant.store.take_fault("console", tenant.domain, page_name(), ON_SAVE)
    if fault and fault.kind == "save_refused":
        return jsonify(ok=False, message=fault.options.get("text", "The changes could not be saved."))
    if fault and fault.kind == "save_lost":
        with contextlib.suppress(_NotStored), tenant.store.transaction():
            answer = save()
            raise _NotStored
        return answer
    answer = save()
    if fault and fault.kind == "save_unanswered":
        return _break_off(tenant.domain)
    return answer
