# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The proxy that an option or the environment names, for browsers and for the REST API.

Chromium reads the same variables, but understands no user name and password in them.
"""

from __future__ import annotations

import os
import re
import typing as t
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

if t.TYPE_CHECKING:
    from playwright.sync_api import ProxySettings

SCHEMES = {"http": "http", "https": "https", "socks4": "socks4", "socks5": "socks5", "socks5h": "socks5"}
"""Kinds of proxies, as Chromium calls them; it lets socks5 proxies look up names in any case."""

NO_LOOPBACK = "<-loopback>"
"""Chromium's word for not leaving out this machine, which must be first: of its rules, the last that fits counts."""


PART_OF_PASSWORD = re.compile("[#?/@:]")
"""Where a password that is not quoted falls to pieces, one of which an error message may show."""


class InvalidProxy(AutotaskError):
    """What should be the address of a proxy is none."""

    reason = "invalid_proxy"


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


def proxy_for(url: str, given: str | None = None) -> Proxy | None:
    """The proxy that a browser is told of to reach *url*: the *given* one, else as curl and Python would have it.

    None without one. Hosts that the environment leaves out are left out in any case.
    """
    named = urllib.request.getproxies_environment()
    address = given or _address_for(url)
    left_out = [host.strip() for host in named.get("no", "").split(",") if host.strip()]
    if not address or "*" in left_out:
        return None
    proxy = _checked(address, bool(given), tuple(rule for host in left_out for rule in _rules(host)))
    if proxy.server.startswith("socks") and (proxy.username or proxy.password):
        raise _invalid(address, bool(given))
    return proxy


def proxies_for(url: str, given: str | None = None) -> dict[str, str] | None:
    """The same for requests; None leaves it to what the environment names, which is looked at first."""
    host = urllib.parse.urlsplit(url).hostname or ""
    address = given or _address_for(url)
    # Mypy knows of it on some platforms only.
    if not address or urllib.request.proxy_bypass_environment(host):  # type: ignore[attr-defined]
        return {"http": "", "https": ""} if given else None
    _checked(address, bool(given))
    return {"http": given, "https": given} if given else None


def secrets_of_proxies(given: str | None = None) -> list[str]:
    """What lets somebody in at any proxy that is known here, whole and in the parts that messages may show."""
    named = [value for name, value in os.environ.items() if name.lower().endswith("_proxy")]
    found: set[str] = set()
    for address in filter(None, (given, *named)):
        account = address.rpartition("@")[0].rpartition("://")[2]
        _user, has_password, password = account.partition(":")
        if has_password:
            found |= {account, password, *map(urllib.parse.unquote, (account, password))}
            found |= {*PART_OF_PASSWORD.split(password)}
    return sorted(found)


def _address_for(url: str) -> str | None:
    named = urllib.request.getproxies_environment()
    return named.get(urllib.parse.urlsplit(url).scheme) or named.get("all")


def _checked(address: str, is_given: bool, bypass: tuple[str, ...] = ()) -> Proxy:
    try:
        return _parsed(address, bypass)
    except ValueError:
        raise _invalid(address, is_given) from None


def _invalid(address: str, is_given: bool) -> InvalidProxy:
    """The failure, which does not say what is wrong: that may quote a password."""
    where = "The option 'proxy'" if is_given else f"The environment variable '{_variable_with(address)}'"
    return InvalidProxy(
        f"{where} does not hold the address of a proxy that can be used. It must look like http://host:port or "
        "http://user:password@host:port, with characters such as # / @ in a password written as %23 %2F %40; a browser "
        "takes no user name for a socks proxy."
    )


def _parsed(address: str, bypass: tuple[str, ...]) -> Proxy:
    parts = urllib.parse.urlsplit(address if "://" in address else f"http://{address}")
    scheme, host, port = SCHEMES.get(parts.scheme), parts.hostname, parts.port
    username, password = (urllib.parse.unquote(part or "") for part in (parts.username, parts.password))
    # A path is what follows an unquoted "/" in a password.
    if not scheme or not host or parts.path not in ("", "/") or " " in address or not address.isprintable():
        raise ValueError("no such proxy")
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
