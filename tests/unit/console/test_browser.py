# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which browser is used, and what is said where there is none. Playwright is a stand-in here."""

from __future__ import annotations

import sys
import typing as t
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import browser
from ansible_collections.msp.autotask.plugins.module_utils._console.browser import BrowserSettings, PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError

INSTALLED = {"chromium-headless-shell": "/usr/bin/chromium-headless-shell", "chromium": sys.executable}


class Chromium:
    """Notes how it is started or reached; fails if it is to."""

    executable_path = "/nowhere"

    def __init__(self, error: str = "") -> None:
        self.error = error
        self.calls: list[tuple[str, t.Any, t.Any]] = []

    def _call(self, name: str, where: t.Any = None, **options: t.Any) -> str:
        if self.error:
            raise PlaywrightError(self.error)
        self.calls.append((name, where or options.get("executable_path"), options.get("headless")))
        return name

    def launch(self, **options: t.Any) -> str:
        return self._call("launch", **options)

    def connect(self, address: str) -> str:
        return self._call("connect", address)

    def connect_over_cdp(self, address: str) -> str:
        return self._call("connect_over_cdp", address)


def start(settings: BrowserSettings, chromium: Chromium) -> t.Any:
    return browser._browser(t.cast(t.Any, SimpleNamespace(chromium=chromium)), settings)


def test_a_browser_with_a_window_is_no_headless_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.shutil, "which", INSTALLED.get)
    chromium = Chromium()
    start(BrowserSettings(headless=False), chromium)
    assert chromium.calls == [("launch", sys.executable, False)]
    assert browser._installed(headless=True) == INSTALLED["chromium-headless-shell"]


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
    assert start(BrowserSettings(endpoint=address), chromium) == way
    assert chromium.calls == [(way, address, None)]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (BrowserSettings(executable=sys.executable), "browser_executable"),
        (BrowserSettings(executable=sys.executable, headless=False), "no display"),
        (BrowserSettings(endpoint="ws://127.0.0.1:9/"), "browser_endpoint"),
        (BrowserSettings(executable="/no/such/browser"), "no such program"),
    ],
)
def test_a_failure_says_what_to_do(monkeypatch: pytest.MonkeyPatch, settings: BrowserSettings, words: str) -> None:
    for name in browser.DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ConsoleError, match=words) as failed:
        start(settings, Chromium("It did not work.\nCall log: ..."))
    assert failed.value.reason == "no_browser" and "Call log" not in failed.value.message
