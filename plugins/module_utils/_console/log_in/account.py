# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who logs in, and which way."""

from __future__ import annotations

import hashlib
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._addresses import AUTOTASK_DOMAIN, host_of, is_autotask
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.one_time_codes import (
    OneTimeCodes,
    one_time_codes,
)

WAYS: t.Final[dict[str, tuple[str, ...]]] = {"autotask": (), "kaseyaone": ("one.kaseya.com",)}
"""The ways to log in, as C(console_login) names them, each with the hosts beside the tenant's own that it leads to."""


@dataclass(frozen=True)
class Account:
    """Who logs in. The TOTP secret is the one that the authenticator app was given."""

    user_name: str
    password: str | None
    totp_secret: str | None = None
    way: str = "autotask"
    """One of C(WAYS)."""
    company: str | None = None
    """The name of the company, where KaseyaOne or a choice of companies asks for it."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where its way leads, beside the tenant's own addresses."""
        return WAYS[self.way]

    @property
    def codes(self) -> OneTimeCodes | None:
        """Its one-time codes; BadTotpSecret if none can be made."""
        return one_time_codes(self.totp_secret) if self.totp_secret else None

    @property
    def credentials(self) -> str:
        """What is refused as a whole, if it is refused."""
        return "\0".join((self.password or "", self.totp_secret or ""))

    def identity_at(self, url: str) -> str:
        """Tells whom Autotask counts attempts for. All of its own addresses know the same users."""
        if self.hosts:
            return "\0".join((self.hosts[0], (self.company or "").casefold(), self.user_name.strip().casefold()))
        host = host_of(url)
        return "\0".join((AUTOTASK_DOMAIN if is_autotask(host) else host, self.user_name.strip().casefold()))

    def fingerprint_at(self, url: str) -> str:
        """Tells accounts, their credentials and the address they are for apart, without holding them."""
        parts = "\0".join((url, self.user_name, self.password or "", self.totp_secret or ""))
        return hashlib.sha256(parts.encode()).hexdigest()
