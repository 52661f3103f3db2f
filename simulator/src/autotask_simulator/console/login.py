# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in: one document whose panels follow each other."""

from __future__ import annotations

import time

import pyotp
from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ..records import ConsoleUser
from ..store import Tenant
from .session import AUTHENTICATE, COOKIE, console, payload, store

_BASE = "/Mvc/Framework/Authentication.mvc"
IDENTITY_PROVIDER = "/identity-provider/authorize"
CALLBACK = f"{_BASE}/Callback"

WRONG_CREDENTIALS = "The username or password is incorrect."
WRONG_CODE = "The two-factor authentication code is incorrect."
LOCKED = "Your account has been locked. Contact your Autotask administrator."

LANDING = {"current": "/AutotaskOnyx/LandingPage", "older": "/Mvc/Framework/Navigation.mvc/Landing"}


@console.get("/")
def entry() -> ResponseReturnValue:
    return redirect(AUTHENTICATE)


@console.get(AUTHENTICATE)
def login_page() -> ResponseReturnValue:
    return render_template("login.html", return_url=request.args.get("ReturnUrl", ""))


@console.post(f"{_BASE}/UserName")
def login_user_name() -> ResponseReturnValue:
    """First panel: who is it, and how does that user log in?"""
    found = store().find_console_user(payload()["UserName"].strip())
    if found:
        tenant, user = found
        way = tenant.options["login"]
        if way == "sso":
            tenant.log("login_redirected", "sso", actor=user.user_name)
            return jsonify(location=f"{IDENTITY_PROVIDER}?login_hint={user.user_name}")
        if way == "kaseyaone":
            tenant.log("login_refused", "kaseyaone_required", actor=user.user_name)
            return jsonify(panel="kaseyaone")
    return jsonify(panel="password")


@console.post(f"{_BASE}/Password")
def login_password() -> ResponseReturnValue:
    """Second panel. What is wrong with a user name is told here only, in the same words as a wrong password."""
    found = store().find_console_user(payload()["UserName"].strip())
    if not found:
        return jsonify(error=WRONG_CREDENTIALS)
    tenant, user = found
    if user.locked:
        tenant.log("login_refused", "locked", actor=user.user_name)
        return jsonify(error=LOCKED)
    if payload()["Password"] != user.password:
        return _failed(tenant, user, "wrong_password", WRONG_CREDENTIALS)
    if user.state != "ok":
        tenant.log("login_refused", user.state, actor=user.user_name)
        return jsonify(panel=user.state)
    if user.totp_secret:
        return _with_cookie(tenant, user, "code", panel="code")
    return _logged_in(tenant, user)


@console.post(f"{_BASE}/Code")
def login_code() -> ResponseReturnValue:
    """Third panel: the code of an authenticator app, good for one login only."""
    with store().transaction():
        return _check_code()


def _check_code() -> ResponseReturnValue:
    found = store().session(request.cookies.get(COOKIE, ""))
    if not found or found[1].step != "code":
        return jsonify(location=AUTHENTICATE)
    tenant, session = found
    user = tenant.console_user(session.user_name)
    step = step_of_code(user.totp_secret, payload()["Code"].strip())
    if step is None or step <= user.last_code_step:
        reason = "wrong_code" if step is None else "reused_code"
        return _failed(tenant, user, reason, WRONG_CODE)
    tenant.update_console_user(user.user_name, last_code_step=step)
    store().end_session(session.token)
    return _logged_in(tenant, user)


def step_of_code(secret: str, code: str) -> int | None:
    """The 30-second step the code is of, if it is of the present one or a neighbour."""
    totp = pyotp.TOTP(secret)
    now = int(time.time()) // totp.interval
    return next((step for step in (now, now - 1, now + 1) if totp.generate_otp(step) == code), None)


def _failed(tenant: Tenant, user: ConsoleUser, reason: str, message: str) -> ResponseReturnValue:
    locked = tenant.count_bad_login(user.user_name)
    tenant.log("login_failed", reason, actor=user.user_name, locked=locked)
    return jsonify(error=LOCKED if locked else message)


def _logged_in(tenant: Tenant, user: ConsoleUser) -> ResponseReturnValue:
    tenant.update_console_user(user.user_name, failed_logins=0)
    tenant.log("logged_in", actor=user.user_name)
    landing = LANDING[tenant.options["shell"]]
    wanted = payload().get("ReturnUrl", "")
    return _with_cookie(tenant, user, "in", location=wanted if wanted.startswith(landing) else landing)


def _with_cookie(tenant: Tenant, user: ConsoleUser, step: str, **answer: str) -> ResponseReturnValue:
    response = jsonify(**answer)
    session = store().begin_session(tenant, user.user_name, step)
    response.set_cookie(COOKIE, session.token, httponly=True, samesite="Lax")
    return response


@console.get(f"{_BASE}/LogOut")
def login_out() -> ResponseReturnValue:
    found = store().session(request.cookies.get(COOKIE, ""))
    if found:
        found[0].log("logged_out", actor=found[1].user_name)
        store().end_session(found[1].token)
    response = redirect(AUTHENTICATE)
    response.delete_cookie(COOKIE)
    return response


@console.get(IDENTITY_PROVIDER)
def identity_provider() -> ResponseReturnValue:
    found = store().find_console_user(request.args.get("login_hint", ""))
    person_ms = found[0].options["person_ms"] if found else None
    return render_template(
        "elsewhere.html", title="Sign in to your account", text="Sign in", person_ms=person_ms, back=CALLBACK
    )


@console.get(CALLBACK)
def login_by_identity_provider() -> ResponseReturnValue:
    """Where the identity provider leads back to, when a person has passed it."""
    found = store().find_console_user(request.args.get("login_hint", ""))
    if not found or found[0].options["person_ms"] is None:
        return redirect(AUTHENTICATE)
    tenant, user = found
    tenant.log("logged_in", "sso", actor=user.user_name)
    response = redirect(LANDING[tenant.options["shell"]])
    session = store().begin_session(tenant, user.user_name, "in")
    response.set_cookie(COOKIE, session.token, httponly=True, samesite="Lax")
    return response
