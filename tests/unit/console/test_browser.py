# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which browser is used and how, and what is said where there is none. Playwright is a stand-in here."""

from __future__ import annotations

import contextlib
import os
import sys
import typing as t
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers import browser
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    PlaywrightError,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._proxy import Proxy

SHELL, WINDOWED, OWN = "/usr/bin/env", sys.executable, "/bin/sh"
INSTALLED = {"chromium-headless-shell": SHELL, "chromium": WINDOWED}
LAST_WORDS = "BrowserType.launch: closed\nBrowser logs:\n[pid=7][out] hello\n[pid=7][err] no such library: libx.so.1\n"


@dataclass
class Chromium:
    """Notes how it is started or reached; fails as it is told to."""

    error: str = ""
    broken: t.Collection[str] = ()
    """Executables that do not start."""
    sandboxes: bool = True
    """Whether the machine allows a sandbox."""
    calls: list[tuple[str, t.Any, t.Any]] = field(default_factory=list)
    executable_path: str = OWN

    def _call(self, name: str, where: t.Any = None, how: t.Any = None) -> str:
        if self.error:
            raise PlaywrightError(self.error)
        self.calls.append((name, where, how))
        return name

    def launch(self, **options: t.Any) -> str:
        where, sandbox = options["executable_path"], options["chromium_sandbox"]
        if where in self.broken or (sandbox and not self.sandboxes):
            raise PlaywrightError(LAST_WORDS)
        return self._call("launch", where, {name: options[name] for name in ("headless", "chromium_sandbox", "proxy")})

    def connect(self, address: str) -> str:
        return self._call("connect", address)

    def connect_over_cdp(self, address: str) -> str:
        return self._call("connect_over_cdp", address)


def start(settings: BrowserSettings, chromium: Chromium) -> tuple[t.Any, list[str]]:
    warnings: list[str] = []
    return browser._browser(t.cast(t.Any, SimpleNamespace(chromium=chromium)), settings, warnings.append), warnings


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.shutil, "which", INSTALLED.get)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.mark.parametrize(
    ("settings", "broken", "used"),
    [
        (BrowserSettings(), [], SHELL),
        (BrowserSettings(headless=False), [], WINDOWED),
        (BrowserSettings(), [SHELL], WINDOWED),
        (BrowserSettings(), [SHELL, WINDOWED], OWN),
        (BrowserSettings(executable=OWN), [], OWN),
    ],
)
def test_the_first_browser_that_starts_is_used(settings: BrowserSettings, broken: list[str], used: str) -> None:
    chromium = Chromium(broken=broken)
    start(settings, chromium)
    how = {"headless": settings.headless, "chromium_sandbox": True, "proxy": None}
    assert chromium.calls == [("launch", used, how)]


def test_it_goes_through_the_proxy_that_it_is_told_of() -> None:
    chromium, proxy = Chromium(), Proxy("http://proxy.example:3128", username="user", password="hidden")
    start(BrowserSettings(proxy=proxy), chromium)
    [(_name, _where, how)] = chromium.calls
    assert how["proxy"] == proxy.settings


def test_each_that_does_not_start_is_named_with_its_last_words() -> None:
    with pytest.raises(ConsoleError) as failed:
        start(BrowserSettings(), Chromium(broken=[SHELL, WINDOWED, OWN]))
    assert failed.value.reason == "no_browser"
    for executable in (SHELL, WINDOWED, OWN):
        assert f"{executable}: no such library: libx.so.1" in failed.value.message
    assert "hello" not in failed.value.message


def test_only_the_browser_that_was_named_is_tried() -> None:
    with pytest.raises(ConsoleError, match=SHELL) as failed:
        start(BrowserSettings(executable=SHELL), Chromium(broken=[SHELL]))
    assert WINDOWED not in failed.value.message


@pytest.mark.parametrize(
    ("user", "allowed", "sandboxed", "says"),
    [(1000, True, True, ""), (1000, False, False, "does not allow"), (0, True, False, "root")],
)
def test_it_runs_in_its_sandbox_or_says_why_not(
    monkeypatch: pytest.MonkeyPatch, user: int, allowed: bool, sandboxed: bool, says: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    chromium = Chromium(sandboxes=allowed)
    _browser, warnings = start(BrowserSettings(), chromium)
    assert [how["chromium_sandbox"] for _name, _where, how in chromium.calls] == [sandboxed]
    assert [says in warning for warning in warnings] == [True] * bool(says)


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("http://127.0.0.1:9222", "connect_over_cdp"),
        ("ws://127.0.0.1:9222/devtools/browser/0f3c", "connect_over_cdp"),
        ("wss://browsers.example/?token=1", "connect"),
    ],
)
def test_an_address_tells_what_listens_there(address: str, way: str) -> None:
    chromium = Chromium()
    assert start(BrowserSettings(endpoint=address), chromium) == (way, [])
    assert chromium.calls == [(way, address, None)]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (BrowserSettings(executable=sys.executable), "browser_executable"),
        (BrowserSettings(executable=sys.executable, headless=False), "no display"),
        (BrowserSettings(endpoint="ws://127.0.0.1:9/"), "browser_endpoint"),
        (BrowserSettings(executable="/no/such/browser"), "/no/such/browser: there is no such program"),
    ],
)
def test_a_failure_says_what_to_do(monkeypatch: pytest.MonkeyPatch, settings: BrowserSettings, words: str) -> None:
    for name in browser.DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ConsoleError, match=words) as failed:
        start(settings, Chromium("It did not work.\nCall log: ..."))
    assert failed.value.reason == "no_browser" and "Call log" not in failed.value.message


def test_where_there_is_none_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.shutil, "which", lambda _name: None)
    with pytest.raises(ConsoleError, match="there is none"):
        start(BrowserSettings(), Chromium(executable_path="/nowhere"))


@pytest.mark.parametrize("kind", [PlaywrightError, PermissionError, Exception])
def test_a_driver_that_does_not_start_is_a_named_failure(
    monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def no_driver() -> t.NoReturn:
        raise kind("Cannot launch Node.js executable")

    monkeypatch.setattr(browser, "sync_playwright", no_driver)
    monkeypatch.setattr(os, "geteuid", os.getuid)
    with (
        pytest.raises(ConsoleError, match="Cannot launch Node") as failed,
        browser.browser_context(BrowserSettings(), None, lambda: False),
    ):
        pass
    assert failed.value.reason == "no_browser"


@pytest.mark.parametrize("checked", [True, False])
def test_certificates_are_checked_unless_somebody_says_otherwise(
    checked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, t.Any] = {}
    chosen = SimpleNamespace(new_context=lambda **options: made.update(options), close=lambda: None)
    monkeypatch.setattr(os, "geteuid", os.getuid)
    monkeypatch.setattr(browser, "_driver", lambda _settings: contextlib.nullcontext())
    monkeypatch.setattr(browser, "_browser", lambda *_given: chosen)
    warnings: list[str] = []
    settings = BrowserSettings(validate_certs=checked)
    with browser.browser_context(settings, None, lambda: False, warnings.append):
        assert made["ignore_https_errors"] is not checked
    assert warnings == (
        [] if checked else ["Certificates are not checked: anyone who intercepts the connection can read the password."]
    )
