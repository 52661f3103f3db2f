# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""KaseyaOne's log-in, which leads back to Autotask.

Fields, their order, the place of errors and the code page are evidenced; addresses, the words of failures and the way
back are assumed. It stands at the console's own address, as the simulator has one only.
"""

from __future__ import annotations

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ..records import ConsoleUser
from ..store import Tenant
from .login import LANDING, WRONG_CODE, step_of_code
from .session import AUTHENTICATE, COOKIE, console, store

ENTRY = "/Mvc/Framework/Authentication.mvc/KaseyaOne"
WHO, PASSWORD, CODE = (f"/kaseyaone/login/{name}" for name in ("who", "password", "code"))

STEP = "kaseyaone_code"
"""Of a session whose code is still wanted."""

WRONG = "Invalid username, company or password."
REFUSALS = {
    "disabled": "Your account has been disabled.",
    "access_list": "Your IP address is not on the access list.",
    "no_module": "You have not been assigned this module.",
    "no_user": "A user account could not be found in Autotask.",
}


@console.get(ENTRY)
def login_kaseyaone() -> ResponseReturnValue:
    return _panel("who", WHO)


@console.post(WHO)
def login_kaseyaone_who() -> ResponseReturnValue:
    return _panel("password", PASSWORD, username=request.form["username"], company=request.form["organizationName"])


@console.post(PASSWORD)
def login_kaseyaone_password() -> ResponseReturnValue:
    found = store().find_console_user(request.form["username"].strip())
    if not found:
        return _panel("who", WHO, error=WRONG)
    tenant, user = found
    is_company = request.form["organizationName"].casefold() == tenant.options["kaseyaone_company"].casefold()
    if not is_company or request.form["password"] != user.password:
        tenant.count_bad_login(user.user_name)
        tenant.log("login_failed", "wrong_password", actor=user.user_name)
        return _panel("who", WHO, error=WRONG)
    state = tenant.options["kaseyaone"]
    if state in REFUSALS:
        tenant.log("login_refused", state, actor=user.user_name)
        return _panel("who", WHO, error=REFUSALS[state])
    if state == "push":
        return _panel("push", CODE)
    return _with_session(_panel("code", CODE), tenant, user, STEP) if user.totp_secret else _back(tenant, user)


@console.post(CODE)
def login_kaseyaone_code() -> ResponseReturnValue:
    found = store().session(request.cookies.get(COOKIE, ""))
    if not found or found[1].step != STEP:
        return redirect(AUTHENTICATE)
    tenant, user = found[0], found[0].console_user(found[1].user_name)
    step = step_of_code(user.totp_secret, request.form["one-time-code"].strip())
    if step is None or step <= user.last_code_step:
        tenant.log("login_failed", "wrong_code", actor=user.user_name)
        return _panel("code", CODE, error=WRONG_CODE)
    tenant.update_console_user(user.user_name, last_code_step=step)
    store().end_session(found[1].token)
    return _back(tenant, user)


def _back(tenant: Tenant, user: ConsoleUser) -> ResponseReturnValue:
    tenant.log("logged_in", "kaseyaone", actor=user.user_name)
    return _with_session(redirect(LANDING[tenant.options["shell"]]), tenant, user, "in")


def _with_session(answer: ResponseReturnValue, tenant: Tenant, user: ConsoleUser, step: str) -> ResponseReturnValue:
    response = make_response(answer)
    session = store().begin_session(tenant, user.user_name, step)
    response.set_cookie(COOKIE, session.token, httponly=True, samesite="Lax")
    return response


def _panel(panel: str, action: str, **values: str) -> ResponseReturnValue:
    return render_template("kaseyaone.html", panel=panel, action=action, **values)
