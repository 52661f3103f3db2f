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
from .options import rest_options


def authenticate(store: Store, request: Request) -> tuple[Tenant, Resource, Level]:
    """The API user that the headers name, with tenant and level; 401 with an empty body for whatever is wrong."""
    name, secret, code = (request.headers.get(each, "") for each in ("UserName", "Secret", "ApiIntegrationCode"))
    found = store.find_api_user(name) if name else None
    if found is None or not secret or not code:
        raise errors.unauthorized()
    tenant, user = found
    options = rest_options(tenant)
    if user.locked or not user.active or not _is_known_yet(tenant, user, options.new_user_delay):
        raise errors.unauthorized()
    if options.host and request.host.lower() != options.host.lower():
        raise errors.unauthorized()
    if not user.secret_is(secret):
        _count_failure(tenant, user)
        raise errors.unauthorized()
    if not hmac.compare_digest(user.tracking_identifier.encode(), code.encode()):
        tenant.log("api_login_failed", "integration_code", actor=user.user_name, surface="rest")
        raise errors.invalid_integration_code() if options.wrong_integration_code == 500 else errors.unauthorized()
    level = tenant.level(user.level_id)
    if setting(level, "web_services_api.can_login_to_web_services_api") is not True:
        raise errors.unauthorized()
    if user.failed_logins:
        tenant.update_resource(user.id, failed_logins=0)
    return tenant, user, level


def _count_failure(tenant: Tenant, user: Resource) -> None:
    locked = tenant.count_bad_api_login(user.id)
    tenant.log("api_login_failed", "secret", actor=user.user_name, surface="rest", locked=locked)


def _is_known_yet(tenant: Tenant, user: Resource, delay: float) -> bool:
    """A vendor warns that a new API user may take some minutes to work."""
    if not delay:
        return True
    moments = [event.at for event in tenant.events("created") if event.object == user.user_name]
    if not moments:
        return True
    age = datetime.now(UTC) - datetime.fromisoformat(moments[-1])
    return age.total_seconds() >= delay
