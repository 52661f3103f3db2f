# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where secrets may be sent: encrypted, and to Autotask only."""

from __future__ import annotations

import ipaddress
import re
import urllib.parse

TOKEN = re.compile(r"(?=.*\d).{8,}")
"""What looks as if it were made to let somebody in, and not like a word."""

AUTOTASK_DOMAIN = "autotask.net"


def host_of(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or ""


def machine_of(url: str) -> str:
    """Host and port of the address, which one can write in many ways; *url* itself if it is no address."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return url
    return f"{host}:{port}" if host else url


def secrets_in(url: str) -> list[str]:
    """What the address holds that lets somebody in, part by part: who quotes it may have written it anew.

    ValueError if it is no address.
    """
    parts = urllib.parse.urlsplit(url)
    values = [value for _name, value in urllib.parse.parse_qsl(parts.query)]
    tokens = [part for part in (*values, *parts.path.split("/"), parts.username or "") if TOKEN.fullmatch(part)]
    return [*tokens, urllib.parse.unquote(parts.password or "")]


def is_loopback(url: str) -> bool:
    """Say whether the address is this machine, by its spelling alone."""
    host = host_of(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_private(url: str) -> bool:
    """Say whether what is sent to the address can be read by nobody else: it is encrypted, or stays on this machine."""
    scheme = urllib.parse.urlsplit(url).scheme
    return scheme == "https" or (scheme == "http" and is_loopback(url))


def is_autotask(host: str) -> bool:
    """Say whether the host is one of Autotask's own."""
    return host == AUTOTASK_DOMAIN or host.endswith(f".{AUTOTASK_DOMAIN}")


def same_site(host: str, other: str) -> bool:
    """Say whether two hosts belong to one owner, as far as their last two names tell."""
    return host == other or (not other[-1:].isdigit() and host.split(".")[-2:] == other.split(".")[-2:] != [""])


def is_home(url: str, known: str) -> bool:
    """Say whether a page at *url* may be given what is meant for the *known* host, and nobody reads it on the way."""
    return is_private(url) and may_have_secrets(host_of(url), known)


def may_have_secrets(host: str, known: str) -> bool:
    """Say whether *host* may be given what is meant for the *known* one: Autotask leads to other hosts of its own."""
    return host == known or is_autotask(host)
