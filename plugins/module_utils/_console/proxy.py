# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The proxy that the environment names, as a browser wants to be told of it.

Chromium reads the same variables, but understands no user name and password in them.
"""

from __future__ import annotations

import os
import typing as t
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError

if t.TYPE_CHECKING:
    from playwright.sync_api import ProxySettings

SCHEMES = {"http": "http", "https": "https", "socks4": "socks4", "socks5": "socks5", "socks5h": "socks5"}
"""Kinds of proxies, as Chromium calls them; it lets socks5 proxies look up names in any case."""

NO_LOOPBACK = "<-loopback>"
"""Chromium's word for not leaving out this machine, which must be first: of its rules, the last that fits counts."""


@dataclass(frozen=True)
class Proxy:
    """A proxy, and the hosts that it is not for."""

    server: str
    bypass: tuple[str, ...] = ()
    username: str = ""
    password: str = field(default="", repr=False)

    @property
    def settings(self) -> ProxySettings:
        """As Playwright takes it."""
        told: dict[str, str] = {"server": self.server, "bypass": ",".join((NO_LOOPBACK, *self.bypass))}
        if self.username or self.password:
            told |= {"username": self.username, "password": self.password}
        return t.cast("ProxySettings", told)

    @property
    def secrets(self) -> list[str]:
        """What must not be shown: the password, and the pair that is sent to the proxy."""
        return [self.password, f"{self.username}:{self.password}"] if self.password else []


def proxy_for(url: str) -> Proxy | None:
    """The proxy by which *url* is reached, as curl and Python would have it; None if there is none.

    ConsoleError if the variable does not hold the address of one.
    """
    named = urllib.request.getproxies_environment()
    address = named.get(urllib.parse.urlsplit(url).scheme) or named.get("all")
    left_out = [host.strip() for host in named.get("no", "").split(",") if host.strip()]
    if not address or "*" in left_out:
        return None
    try:
        return _parsed(address, tuple(rule for host in left_out for rule in _rules(host)))
    except ValueError as error:
        # What is wrong with it may quote a password.
        raise ConsoleError(
            f"The environment variable '{_variable_with(address)}' does not hold the address of a proxy that a browser "
            "can use. It must look like http://host:port or http://user:password@host:port; a browser takes no user "
            "name for a socks proxy.",
            "invalid_proxy",
        ) from error


def _parsed(address: str, bypass: tuple[str, ...]) -> Proxy:
    parts = urllib.parse.urlsplit(address if "://" in address else f"http://{address}")
    scheme, host, port = SCHEMES.get(parts.scheme), parts.hostname, parts.port
    username, password = (urllib.parse.unquote(part or "") for part in (parts.username, parts.password))
    # A path is what follows an unquoted "/" in a password.
    if not scheme or not host or parts.path not in ("", "/") or " " in address or not address.isprintable():
        raise ValueError("no such proxy")
    if scheme.startswith("socks") and (username or password):
        raise ValueError("no such proxy for a browser")
    place = f"[{host}]" if ":" in host else host
    return Proxy(f"{scheme}://{place}" + (f":{port}" if port else ""), bypass, username, password)


def _rules(host: str) -> list[str]:
    """A host of C(no_proxy) as Chromium's rules: there, a name stands for all below it too."""
    name = host.removeprefix("*").removeprefix(".")
    if "/" in name or name.replace(".", "").isdecimal():
        return [name]
    if name.count(":") > 1:
        return [name if name.startswith("[") else f"[{name}]"]
    return [name, f".{name}"]


def _variable_with(address: str) -> str:
    return next((name for name, value in os.environ.items() if value == address), "https_proxy")
