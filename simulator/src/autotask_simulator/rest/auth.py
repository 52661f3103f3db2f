# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who calls: the three headers, and everything that makes Autotask answer 401."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime

from flask import Request

from ..records import Level, Resource
from ..store import Store, Tenant
from . import errors
from .access import setting
from .options import RestOptions, rest_options


def authenticate(store: Store, request: Request) -> tuple[Tenant, Resource, Level]:
    """The API user that the headers name, with tenant and level; 401 with an empty body for whatever is wrong."""
    name, secret, code = (request.headers.get(each, "") for each in ("UserName", "Secret", "ApiIntegrationCode"))
    found = store.find_api_user(name) if name else None
    if found is None or not secret or not code:
        raise errors.unauthorized()
    tenant, user = found
    options = rest_options(tenant)
    level = tenant.level(user.level_id)
    reason = _objection(tenant, user, level, options, request.host, secret, code)
    if reason is None:
        if user.failed_logins:
            tenant.update_resource(user.id, failed_logins=0)
        return tenant, user, level
    locked = tenant.count_bad_api_login(user.id) if reason == "secret" else user.locked
    tenant.log("api_login_failed", reason, actor=user.user_name, surface="rest", locked=locked)
    if reason == "integration_code" and options.wrong_integration_code == 500:
        raise errors.invalid_integration_code()
    raise errors.unauthorized()


def headers_of(user: Resource) -> dict[str, str]:
    """What a client sends to be let in as that user."""
    return {"UserName": user.user_name, "Secret": user.secret, "ApiIntegrationCode": user.tracking_identifier}


def _objection(
    tenant: Tenant, user: Resource, level: Level, options: RestOptions, host: str, secret: str, code: str
) -> str | None:
    """Why the user is not let in; only a wrong secret counts towards the lock."""
    if user.locked:
        return "locked"
    if not user.active:
        return "inactive"
    if not _is_known_yet(tenant, user, options.new_user_delay):
        return "too_new"
    if options.host and host.lower() != options.host.lower():
        return "zone"
    if not user.secret_is(secret):
        return "secret"
    if not user.tracking_identifier or not hmac.compare_digest(user.tracking_identifier.encode(), code.encode()):
        return "integration_code"
    if setting(level, "web_services_api.can_login_to_web_services_api") is not True:
        return "not_allowed"
    return None


def _is_known_yet(tenant: Tenant, user: Resource, delay: float) -> bool:
    """A vendor warns that a new API user may take some minutes to work."""
    if not delay:
        return True
    created = [event.at for event in tenant.events("api_user_created") if event.object == user.user_name]
    if not created:
        return True
    age = datetime.now(UTC) - datetime.fromisoformat(created[-1])
    return age.total_seconds() >= delay
