# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which addresses may be given secrets."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._addresses import is_private, may_have_secrets, secrets_in


@pytest.mark.parametrize(
    "url", ["https://ww4.autotask.net/x", "http://127.0.0.1:8080/", "http://[::1]/", "http://localhost"]
)
def test_what_nobody_else_can_read(url: str) -> None:
    assert is_private(url)


@pytest.mark.parametrize(
    "url",
    ["http://ww4.autotask.net/", "http://127.0.0.1.example/", "http://localhost.example/", "ftp://localhost/", ""],
)
def test_what_others_could_read(url: str) -> None:
    assert not is_private(url)


@pytest.mark.parametrize("host", ["ww4.autotask.net", "autotask.net", "console.example"])
def test_hosts_that_are_trusted_with_what_is_meant_for_another(host: str) -> None:
    assert may_have_secrets(host, "console.example")


@pytest.mark.parametrize(
    "host", ["", "autotask.net.example", "notautotask.net", "ww4.autotask.net.example", "sub.console.example"]
)
def test_hosts_that_are_not(host: str) -> None:
    assert not may_have_secrets(host, "console.example")


def test_the_secret_parts_of_an_address() -> None:
    secrets = secrets_in("wss://work365:p%40ss@browsers.example/browser/9f1c22ab?token=abc%2Fdef-1&headless=true")
    assert sorted(secrets) == ["9f1c22ab", "abc/def-1", "p@ss"], "no words that may be said elsewhere"
    assert not any(secrets_in(""))
