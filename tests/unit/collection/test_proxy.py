# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which proxy a browser is told of, and what is said of one that cannot be used."""

from __future__ import annotations

import os
import typing as t
import urllib.parse

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._proxy import (
    NO_LOOPBACK,
    Proxy,
    proxies_for,
    proxy_for,
    secrets_of_proxies,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CONSOLE = "https://www.autotask.net"
PASSWORD = "p@ss/word:1"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("variables", "server"),
    [
        ({}, None),
        ({"https_proxy": "http://proxy.example:3128"}, "http://proxy.example:3128"),
        ({"HTTPS_PROXY": "proxy.example:3128"}, "http://proxy.example:3128"),
        ({"http_proxy": "http://proxy.example:3128"}, None),
        ({"ALL_PROXY": "socks5h://[2001:db8::1]:1080/"}, "socks5://[2001:db8::1]:1080"),
        ({"https_proxy": "https://proxy.example"}, "https://proxy.example"),
        ({"https_proxy": "http://proxy.example:3128", "no_proxy": "*"}, None),
        ({"https_proxy": ""}, None),
    ],
)
def test_the_proxy_is_that_of_the_consoles_scheme(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], server: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = proxy_for(CONSOLE)
    assert (found.server if found else None) == server


def test_hosts_that_go_without_are_told_as_chromium_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "localhost, .example.com,*.msp.example:8443, 10.0.0.0/8,127.0.0.1,::1")
    found = proxy_for(CONSOLE)
    assert found
    assert found.settings["bypass"].split(",") == [
        NO_LOOPBACK,
        *("localhost", ".localhost", "example.com", ".example.com", "msp.example:8443", ".msp.example:8443"),
        *("10.0.0.0/8", "127.0.0.1", "[::1]"),
    ]


# The variable is set anew for every example.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1), st.text(min_size=1))
def test_user_name_and_password_are_passed_on_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, username: str, password: str
) -> None:
    quoted = ":".join(urllib.parse.quote(part, safe="") for part in (username, password))
    monkeypatch.setenv("https_proxy", f"http://{quoted}@proxy.example:3128")
    found = proxy_for(CONSOLE)
    assert found
    assert found.settings == {
        "server": "http://proxy.example:3128",
        "bypass": NO_LOOPBACK,
        "username": username,
        "password": password,
    }
    assert {password, f"{username}:{password}"} <= set(secrets_of_proxies())


def test_it_does_not_tell_its_password() -> None:
    assert PASSWORD not in repr(Proxy("http://proxy.example", (), "me", PASSWORD))


@pytest.mark.parametrize(
    "address",
    [
        "http://me:pass/word@proxy.example:3128",
        f"http://me:{PASSWORD}@proxy.example:three",
        f"http://me:{PASSWORD}@:3128",
        f"ftp://me:{PASSWORD}@proxy.example",
        f"socks5://me:{urllib.parse.quote(PASSWORD, safe='')}@proxy.example",
        f"http://me:{PASSWORD}@proxy.example:99999",
        f"http://[me:{PASSWORD}",
        "http://proxy example:3128",
        "://",
    ],
)
def test_what_is_no_proxy_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(AutotaskError, match="'HTTPS_PROXY'") as failed:
        proxy_for(CONSOLE)
    assert failed.value.reason == "invalid_proxy"
    assert not [
        part for part in (PASSWORD, "p@ss", "p%40ss", "word:1", "proxy example") if part in failed.value.message
    ]


def test_an_option_takes_the_place_of_the_environment_but_not_where_no_proxy_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "inside.example")
    given = "http://other.example:8080"
    found = proxy_for(CONSOLE, given)
    assert found and found.server == given and "inside.example" in found.bypass
    assert proxies_for(CONSOLE) is None, "requests reads the environment itself"
    assert proxies_for(CONSOLE, given) == {"http": given, "https": given}
    assert proxies_for("https://inside.example/", given) == {"http": "", "https": ""}
    with pytest.raises(AutotaskError, match="The option 'proxy'"):
        proxies_for(CONSOLE, "http://me:pass#word@other.example")


def test_only_a_browser_takes_no_user_name_for_a_socks_proxy() -> None:
    address = "socks5://me:secret@proxy.example"
    assert proxies_for(CONSOLE, address) == {"http": address, "https": address}
    with pytest.raises(AutotaskError):
        proxy_for(CONSOLE, address)


def test_the_secrets_of_all_proxies_are_known_whole_and_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTP_PROXY", "http://me:first#second/third@proxy.example")
    monkeypatch.setenv("all_proxy", "http://proxy.example:3128")
    found = secrets_of_proxies("other:fourth%40@proxy.example")
    assert {"first#second/third", "first", "second", "third", "fourth%40", "fourth@"} <= set(found)
    assert "3128" not in found and "proxy.example" not in found


def test_console_settings_have_the_proxy_of_browsers_that_are_started_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from ansible_collections.msp.autotask.plugins.module_utils._console import options
    from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor

    monkeypatch.setenv("https_proxy", f"http://me:{urllib.parse.quote(PASSWORD, safe='')}@proxy.example:3128")
    params: dict[str, t.Any] = {name: option.get("default") for name, option in options.console_options().items()}
    found = options.console_settings({**params, "console_username": "admin@msp.example"}, Redactor())
    assert found.browser.proxy and found.browser.proxy.password == PASSWORD
    elsewhere = {**params, "console_username": "admin@msp.example", "browser_endpoint": "ws://browser.example/"}
    assert options.console_settings(elsewhere, Redactor()).browser.proxy is None
