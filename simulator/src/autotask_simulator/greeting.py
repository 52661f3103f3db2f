# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person at a terminal is told: where to go, who may log in, and a first call to copy."""

from __future__ import annotations

import shlex
import typing as t

import pyotp

from .records import Resource
from .rest.auth import headers_of
from .store import Store, Tenant

SHOWN = 5
"""How many tenants; a fleet may have hundreds."""


def greeting(store: Store, addresses: t.Mapping[str, t.Any]) -> str:
    tenants = store.tenants()
    lines = [
        "A simulated Autotask is running. Enter shows fresh codes, Ctrl-C ends it.",
        "",
        f"  console      {addresses['url']}",
        f"  REST API     {addresses['url']}ATServicesRest/",
    ]
    lines += [f"  control API  {addresses['control_url']}"] if addresses["control_url"] else []
    lines += [f"  certificate  {addresses['certificate']}"] if addresses["certificate"] else []
    for tenant in tenants[:SHOWN]:
        lines += ["", *_tenant(tenant)]
    lines += ["", f"and {len(tenants) - SHOWN} tenants more"] if len(tenants) > SHOWN else []
    callers = [(tenant, user) for tenant in tenants for user in tenant.api_users() if _may_call(user)]
    return "\n".join([*lines, *(_first_call(*callers[0], addresses) if callers else [])])


def _tenant(tenant: Tenant) -> t.Iterator[str]:
    admin = tenant.console_user(tenant.options["admin"]["user_name"])
    yield f"{tenant.domain} ({tenant.options['company']})"
    yield f"  log in       {admin.user_name}   password {admin.password}"
    if admin.totp_secret:
        yield f"  code         {pyotp.TOTP(admin.totp_secret).now()} now; for your authenticator: {admin.totp_secret}"
    for user in filter(_may_call, tenant.api_users()):
        yield f"  API user     {user.user_name}   secret {user.secret}   integration code {user.tracking_identifier}"


def _may_call(user: Resource) -> bool:
    return bool(user.active and not user.locked and user.secret and user.tracking_identifier)


def _first_call(tenant: Tenant, user: Resource, addresses: t.Mapping[str, t.Any]) -> list[str]:
    trust = ["--cacert", str(addresses["certificate"])] if addresses["certificate"] else []
    command = ["curl", *trust, f"{addresses['url']}ATServicesRest/V1.0/Companies/0"]
    command += [word for name, value in headers_of(user).items() for word in ("-H", f"{name}: {value}")]
    return ["", f"A first call, as {tenant.domain}:", "", f"  {shlex.join(command)}"]
