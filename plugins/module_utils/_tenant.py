# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether this is the tenant that is meant: credentials in the wrong host's variables must change nobody's tenant."""

from __future__ import annotations

import json
import os
import re
import secrets
import typing as t
import urllib.parse
from dataclasses import asdict, dataclass
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._addresses import host_of, is_autotask
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

ZONE = re.compile(r"(?:ww|webservices|zone *)?(\d+)", re.IGNORECASE)
"""A zone by its number, as addresses have it."""

Kind = t.Literal["database", "domain", "zone"]


class WrongTenant(AutotaskError):
    """Another tenant than the one that is meant, or one that cannot be told."""

    reason = "wrong_tenant"


class TenantNotNoted(AutotaskError):
    """Which tenant a first run found cannot be remembered, or read again."""

    reason = "tenant_not_noted"


@dataclass(frozen=True)
class Tenant:
    """What is known of a tenant; what was not shown is empty."""

    database: str = ""
    domains: tuple[str, ...] = ()
    """Of its users, as far as they were seen."""
    zone: str = ""
    """The host, or the zone's number where that has one."""

    def shown(self, kind: Kind) -> tuple[str, ...]:
        """All that is known of one kind."""
        values = {"database": (self.database,), "domain": self.domains, "zone": (self.zone,)}[kind]
        return tuple(filter(None, values))

    def __str__(self) -> str:
        told = [f"{kind} {' or '.join(self.shown(kind))}" for kind in KINDS if self.shown(kind)]
        return ", ".join(told) or "nothing that tells one"


KINDS: t.Final[tuple[Kind, ...]] = ("database", "domain", "zone")


def kind_of(named: str) -> Kind:
    """What a person named a tenant by."""
    if ZONE.fullmatch(named.strip()) or is_autotask(_host(named)):
        return "zone"
    return "domain" if re.fullmatch(r"\S+\.\S+", named.strip()) else "database"


def zone_of(named: str) -> str:
    """The zone's number, from a number or an address; the host where it has none."""
    host = _host(named)
    found = ZONE.fullmatch(host.partition(".")[0]) if is_autotask(host) or "." not in host else None
    return found[1] if found else host


def refuse_other(named: str, seen: Tenant) -> None:
    """WrongTenant unless *seen* is the tenant that a person *named*."""
    kind = kind_of(named)
    wanted = zone_of(named) if kind == "zone" else named.strip()
    shown = seen.shown(kind)
    if any(wanted.casefold() == value.casefold() for value in shown):
        return
    if not shown:
        raise WrongTenant(
            f"The tenant is to be the one with the {kind} {wanted}, but its {kind} is not to be seen here; it shows "
            f"{seen}. Nothing was done. Name it by something that is shown."
        )
    raise WrongTenant(
        f"This is another tenant: it is to have the {kind} {wanted}, and shows {seen}. Nothing was done. Are these the "
        "credentials, the session or the address of another customer?"
    )


def refuse_another_than_before(file: Path, seen: Tenant, is_named: bool = False) -> None:
    """Note the tenant in *file* at the first time, and refuse another one later, unless a person has *named* it."""
    before = None if is_named else _read(file)
    if before is None:
        _note(file, seen)
        return
    for kind in KINDS:
        known, now = before.shown(kind), seen.shown(kind)
        if not known or not now:
            continue
        if {value.casefold() for value in known} & {value.casefold() for value in now}:
            return
        raise WrongTenant(
            f"This is another tenant than the one that runs before worked in: that had {before}, this one shows "
            f"{seen}. Nothing was done. Are these the credentials of another customer? If it is right, name the tenant "
            f"by its {kind} in 'tenant'; {file} holds what was noted."
        )


def _read(file: Path) -> Tenant | None:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return Tenant(str(data["database"]), tuple(map(str, data["domains"])), str(data["zone"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise TenantNotNoted(
            f"{file}, where a run before noted which tenant this is, cannot be read ({type(error).__name__}). Nothing "
            "was done. Remove it, or name the tenant in 'tenant'."
        ) from error


def _note(file: Path, tenant: Tenant) -> None:
    whole = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            json.dump(asdict(tenant), opened)
        whole.replace(file)
    except OSError as error:
        raise TenantNotNoted(
            f"Which tenant this is cannot be noted in {file}: {error.strerror}. Nothing was done. Name a place that "
            "can be written in 'tenant_file'."
        ) from error


def _host(named: str) -> str:
    text = named.strip().casefold()
    return host_of(text) if "//" in text else urllib.parse.urlsplit(f"//{text}").hostname or ""
