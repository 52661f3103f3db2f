# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the zone (data centre) that serves a user name. Needs no credentials."""

from __future__ import annotations

import dataclasses
import re
import typing as t
import urllib.parse

from ansible_collections.msp.autotask.plugins.module_utils._addresses import (
    AUTOTASK_DOMAIN,
    host_of,
    is_loopback,
    may_have_secrets,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import InsecureUrlError, NotAutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Transport, refuse_unsafe

DISCOVERY_URL = "https://webservices.autotask.net/ATServicesRest/"


@dataclasses.dataclass(frozen=True)
class Zone:
    """Where a tenant lives. *number* is the N of webservicesN, where the address has one."""

    name: str
    number: int | None
    api_url: str
    web_url: str
    ci: int | None

    def as_dict(self) -> dict[str, t.Any]:
        return dataclasses.asdict(self)


def find_zone(transport: Transport, api_url: str, user_name: str) -> Zone:
    """Ask the service at *api_url* where *user_name* lives."""
    start = service_root(api_url)
    answer = transport.ask("GET", f"{start}V1.0/ZoneInformation", params={"user": user_name})
    url = answer.get("url")
    if not isinstance(url, str) or not url:
        raise NotAutotaskError(f"The zone look-up at {start} was answered without an address. Check api_url.")
    url = service_root(url)
    refuse_stranger(start, url)
    ci = answer.get("ci")
    return Zone(
        name=str(answer.get("zoneName") or ""),
        number=zone_number(url),
        api_url=url,
        web_url=str(answer.get("webUrl") or ""),
        ci=ci if isinstance(ci, int) else None,
    )


def service_root(url: str) -> str:
    """Return the address of the REST service with its closing slash, from any of the ways people write it."""
    parts = urllib.parse.urlsplit(url.strip())
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        named = f"{parts.scheme}://{parts.hostname}" if parts.hostname else "A text without a host name"
        raise InsecureUrlError(f"{named} is not a plain address like {DISCOVERY_URL}.")
    path = re.sub(r"/V\d+\.\d+/?$", "", parts.path, flags=re.IGNORECASE).rstrip("/") or "/ATServicesRest"
    root = f"{parts.scheme}://{parts.netloc}{path}/"
    refuse_unsafe(root)
    return root


def refuse_stranger(start: str, zone: str) -> None:
    """The look-up decides where the secret is sent, so its answer must stay where it was asked, or with Autotask.

    Not in the domain around the address: nobody can tell from C(proxy.co.uk) that all of C(co.uk) is not one owner's.
    """
    asked, named = host_of(start), host_of(zone)
    if is_loopback(start) and is_loopback(zone):
        return
    if may_have_secrets(named, asked):
        return
    raise NotAutotaskError(
        f"The zone look-up at {asked} named {named}, which is neither there nor in {AUTOTASK_DOMAIN}. No credentials "
        "were sent."
    )


def zone_number(url: str) -> int | None:
    found = re.match(r"webservices(\d+)\.", urllib.parse.urlsplit(url).hostname or "", flags=re.IGNORECASE)
    return int(found[1]) if found else None
