# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fill an empty store with the tenants of a fleet file."""

from __future__ import annotations

import functools
import hashlib
import random
import string
from collections.abc import Iterable

from . import variants
from .fleet import ApiUserSpec, LevelSpec, TenantSpec
from .records import API_USER_LICENSE, ConsoleUser, Level, Resource
from .rest.loading import load
from .settings_page import overlaid, page_for, system_levels
from .store import Store, Tenant
from .wording import STANDARD

_FIRST_NAMES = ["Amina", "Bruno", "Chloe", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Luis"]
_LAST_NAMES = ["Abbott", "Bergman", "Costa", "Dahl", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kowal"]
DEPARTMENTS = ["Administration", "Service Desk", "Engineering", "Sales"]
_TITLED_LEVELS = [34, 17, 35, 36, 22]

IDENTIFIER_LENGTH = 27


def sow(store: Store, fleet: Iterable[TenantSpec]) -> None:
    """Create every tenant of the fleet."""
    with store.transaction():
        for spec in fleet:
            _add_tenant(store, spec)


@functools.cache
def identifier_for(*parts: str) -> str:
    """A tracking identifier, the same for the same parts (so that one vendor has one in every tenant)."""
    chooser = random.Random(hashlib.sha256("/".join(parts).encode()).digest())
    return "".join(chooser.choices(string.ascii_uppercase + string.digits, k=IDENTIFIER_LENGTH))


def _add_tenant(store: Store, spec: TenantSpec) -> None:
    tenant = store.add_tenant(spec.domain, spec.model_dump(by_alias=True, exclude={"records"}))
    levels = {level.id: level for level in system_levels(tenant.options)}
    for level in levels.values():
        values = vars(level).copy()
        tenant.add_level(values.pop("id"), **values)
    for number, name in enumerate(spec.locations, start=1):
        store.insert("locations", tenant_id=tenant.id, id=number, name=name)
    vendors = ((tenant.id, id, label, identifier_for(label), 1) for id, label in enumerate(spec.vendors, start=1001))
    store.insert_all("vendors", "tenant_id id label identifier active", vendors)
    _add_people(tenant, spec, levels)
    for made in spec.levels:
        _add_level(tenant, made)
    for user in spec.api_users:
        add_api_user(tenant, user)
    for entity, records in spec.records.items():
        load(tenant, entity, records)
    for fault in variants.faults(spec.variant):
        store.arm(**fault, domain=spec.domain)


def _add_people(tenant: Tenant, spec: TenantSpec, levels: dict[int, Level]) -> None:
    admin = tenant.add_resource(
        first_name="Alex",
        last_name="Admin",
        email=spec.admin.user_name,
        user_name=spec.admin.user_name,
        level_id=33,
        license_type=1,
        location_id=1,
        department=DEPARTMENTS[0],
    )
    tenant.add_console_user(
        ConsoleUser(
            user_name=spec.admin.user_name,
            password=spec.admin.password,
            resource_id=admin.id,
            totp_secret=spec.admin.totp_secret if spec.two_factor else "",
            state=spec.admin.state,
            locked=spec.admin.locked,
            internal_cost=spec.admin.internal_cost,
            is_admin=spec.admin.is_admin,
        )
    )
    chooser = random.Random(spec.domain)
    for number in range(spec.people):
        first, last = chooser.choice(_FIRST_NAMES), chooser.choice(_LAST_NAMES)
        user_name = f"{first}.{last}.{number}@{spec.domain}".lower()
        level = levels[_TITLED_LEVELS[number % len(_TITLED_LEVELS)]]
        tenant.add_resource(
            first_name=first,
            last_name=last,
            email=user_name,
            user_name=user_name,
            level_id=level.id,
            license_type=level.license_type,
            location_id=1,
            active=number != spec.people - 1,
            department=chooser.choice(DEPARTMENTS),
        )


def _add_level(tenant: Tenant, spec: LevelSpec) -> None:
    base = tenant.level(spec.copy_from)
    page = page_for({**tenant.options, **STANDARD}, base.api_only)
    settings = page.settled(overlaid(base.settings, spec.settings))
    tenant.add_level(
        name=spec.name,
        system=False,
        api_only=base.api_only,
        active=spec.active,
        copyable=True,
        license_type=base.license_type,
        modules=base.modules,
        settings=settings,
    )


def add_api_user(tenant: Tenant, spec: ApiUserSpec) -> Resource:
    vendors = {vendor.label: vendor for vendor in tenant.vendors()}
    locations = {place.name: place.id for place in tenant.locations()}
    vendor = vendors[spec.vendor] if spec.vendor else None
    custom = spec.custom or ("Integration" if spec.integration_code and not vendor else "")
    made_up = vendor.identifier if vendor else identifier_for(tenant.domain, custom) if custom else ""
    return tenant.add_resource(
        first_name=spec.first_name,
        last_name=spec.last_name,
        email=spec.email,
        user_name=spec.user_name,
        level_id=tenant.level(spec.level).id,
        license_type=API_USER_LICENSE,
        active=spec.active,
        locked=spec.locked,
        secret=spec.secret,
        location_id=locations[spec.location] if spec.location else 1,
        tracking="vendor" if vendor else "custom" if custom else "",
        vendor_id=vendor.id if vendor else None,
        tracking_name=custom,
        tracking_identifier=spec.integration_code or made_up,
    )
