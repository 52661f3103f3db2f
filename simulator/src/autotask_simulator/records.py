# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the simulator remembers: plain records, as they come out of the store."""

from __future__ import annotations

import hmac
import typing as t
from dataclasses import dataclass, field

Settings = dict[str, dict[str, t.Any]]

API_USER_LICENSE = 7


@dataclass(frozen=True)
class Level:
    """A security level. *settings* is section key -> setting key -> value, or {column: value} for a table row.

    Words are stored as a tenant that says "Organization" shows them ("Organizations"), whatever the tenant calls it.
    """

    id: int
    name: str
    system: bool
    api_only: bool
    active: bool
    copyable: bool
    license_type: int
    modules: list[str]
    settings: Settings

    @property
    def listed_name(self) -> str:
        """The name as lists show it; the suffix is no part of it."""
        return f"{self.name} (API-only)" if self.api_only else self.name


@dataclass(frozen=True)
class Resource:
    """A person or an API user (``license_type`` 7) of a tenant."""

    id: int
    first_name: str
    last_name: str
    email: str
    user_name: str
    level_id: int
    license_type: int = API_USER_LICENSE
    active: bool = True
    locked: bool = False
    secret: str = ""
    failed_logins: int = 0
    location_id: int = 0
    date_format: str = "MM/dd/yyyy"
    time_format: str = "hh:mm a"
    number_format: str = "X,XXX.XX"
    department: str = ""
    tracking: str = ""
    """``vendor``, ``custom`` or empty (none)."""
    vendor_id: int | None = None
    tracking_name: str = ""
    tracking_identifier: str = ""
    """What an API call must send as ApiIntegrationCode; of a vendor it is known to the vendor alone."""
    lines_of_business: list[str] = field(default_factory=list)
    sees_unassigned: bool = True
    hire_date: str = "2024-01-01"

    @property
    def is_api_user(self) -> bool:
        return self.license_type == API_USER_LICENSE

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def listed_name(self) -> str:
        return f"{self.last_name}, {self.first_name}"

    def secret_is(self, secret: str) -> bool:
        return bool(self.secret) and hmac.compare_digest(self.secret.encode(), secret.encode())


@dataclass(frozen=True)
class Vendor:
    """An entry of the integration vendor list; its identifier is shown to nobody."""

    id: int
    label: str
    identifier: str
    active: bool = True


@dataclass(frozen=True)
class Location:
    id: int
    name: str


@dataclass(frozen=True)
class ConsoleUser:
    """Somebody who may log in to the web UI. *state*: ``ok``, ``first_login`` or ``password_expired``."""

    user_name: str
    password: str
    resource_id: int
    totp_secret: str = ""
    state: str = "ok"
    locked: bool = False
    failed_logins: int = 0
    last_code_step: int = 0
    internal_cost: bool = True
    is_admin: bool = True


@dataclass(frozen=True)
class Session:
    """A browser that has begun to log in. *step*: ``password``, ``code`` or ``in``."""

    token: str
    tenant_id: int
    user_name: str
    step: str


@dataclass(frozen=True)
class Event:
    """Something that happened: *actor* did *verb* to *object*."""

    id: int
    at: str
    surface: str
    actor: str
    verb: str
    object: str
    details: dict[str, t.Any]


@dataclass(frozen=True)
class Fault:
    """Something that shall go wrong, armed through the control API.

    It concerns one *surface* (``console``, ``rest``), one tenant (*domain*, empty for every one) and the requests whose
    *page* matches a shell pattern. The first *skip* of them are spared, then *times* of them are hit (-1: all).
    """

    id: int
    kind: str
    surface: str = "console"
    domain: str = ""
    page: str = "*"
    skip: int = 0
    times: int = 1
    options: dict[str, t.Any] = field(default_factory=dict)
