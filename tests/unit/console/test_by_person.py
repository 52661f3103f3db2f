# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told of a person who was to log in and did not. The browser is a stand-in here."""

from __future__ import annotations

import time
import typing as t
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in import by_person

URL = "https://console.example/"


class Context:
    """A browser's windows, the first of which lets time pass."""

    def __init__(self, *urls: str, is_connected: bool = True) -> None:
        self.pages = [SimpleNamespace(url=url, wait_for_timeout=lambda ms: time.sleep(ms / 1000)) for url in urls]
        self.browser = SimpleNamespace(is_connected=lambda: is_connected)


def wait_for_person(context: Context, seconds: float = 0.3, failure: Exception | None = None) -> str:
    journal = Journal(seconds)
    stand_in, window = t.cast(t.Any, context), t.cast(t.Any, SimpleNamespace(journal=journal))
    with by_person._given_up_by_person(stand_in, journal, URL):
        if failure:
            raise failure
        return by_person._landing(stand_in, window, URL)


def test_the_console_is_found_in_whichever_window_it_is() -> None:
    landing = f"{URL}AutotaskOnyx/LandingPage"
    assert wait_for_person(Context("about:blank", landing)) == landing


@pytest.mark.parametrize(
    ("context", "failure", "says"),
    [
        (Context(URL), None, "after 0.3 seconds"),
        (Context(), None, "was closed"),
        (Context(), ConsoleError("The page did not come.", "not_reachable"), "was closed"),
        (Context(URL, is_connected=False), PlaywrightError("Target closed"), "was closed"),
    ],
)
def test_who_did_not_log_in_is_told_so(context: Context, failure: Exception | None, says: str) -> None:
    with pytest.raises(by_person.NobodyLoggedIn, match=says):
        wait_for_person(context, failure=failure)


def test_what_no_person_did_is_told_as_what_it_is() -> None:
    with pytest.raises(ConsoleError) as failed:
        wait_for_person(Context("chrome-error://"), failure=ConsoleError("It cannot be reached.", "not_reachable"))
    assert failed.value.reason == "not_reachable"
