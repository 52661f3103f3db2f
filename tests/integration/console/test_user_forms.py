# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever an API user's form is like: stored is what was wanted, or nothing and the failure has a name.

The way through the menus is cut short; test_resource.py and test_variants.py walk it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import console
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import Tracking
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import resource
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.resource import ensure
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Means, Outcome, WantedUser
from autotask_simulator.console.lists import LEVELS, RESOURCES
from autotask_simulator.console.session import COOKIE
from autotask_simulator.store import Tenant
from autotask_simulator.testing import RunningSimulator
from playwright.sync_api import Browser, Playwright
from samples import each
from user_forms import BASE, KEY, SECRET, VENDOR, Case, as_wanted, case

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> t.Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=os.environ["AUTOTASK_BROWSER_EXECUTABLE"])
    yield browser
    browser.close()


class Desk:
    """Where somebody sits who is logged in, with the lists one press away."""

    def __init__(self, simulator: RunningSimulator, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        self.simulator, self.browser = simulator, browser

        def go_to(path: str) -> t.Callable[[Shell], None]:
            return lambda shell: t.cast(None, shell.window.page.goto(simulator.url.rstrip("/") + path))

        @contextlib.contextmanager
        def another_window(window: Window) -> t.Iterator[Window]:
            another = window.like(window.page.context.new_page())
            yield another
            another.close()

        monkeypatch.setattr(Shell, "open_resources", go_to(RESOURCES))
        monkeypatch.setattr(Shell, "open_security_levels", go_to(LEVELS))
        monkeypatch.setattr(console, "another_window", another_window)

    def ensure(self, tenant: Tenant, case: Case, folder: Path, check: bool = False) -> Outcome:
        session = self.simulator.store.begin_session(tenant, f"admin@{tenant.domain}", "in")
        context = self.browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": COOKIE, "value": session.token, "url": self.simulator.url}])
        window = Window(context.new_page(), Journal(120, read_only=check), landmarks())
        context.on("dialog", window.answer)
        window.landing = self.simulator.url
        try:
            return ensure(window, case.wanted, Means(handover=case.handover(folder)))
        finally:
            context.close()


@pytest.fixture
def desk(simulator: RunningSimulator, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(simulator, browser, monkeypatch)


@pytest.mark.parametrize("mark", ["star", pytest.param("drawn", marks=pytest.mark.long)])
def test_what_the_form_demands_and_nobody_gave_is_named(desk: Desk, mark: str, tmp_path: Path) -> None:
    form = {"demands": "Payroll Number", "required_marks": mark}
    tenant = desk.simulator.add(domain=desk.simulator.next_domain(), two_factor=False, user_form=form)
    wanted = WantedUser(
        KEY, "Contract", "Reader", "alerts@msp.example", BASE, tracking=Tracking("vendor", VENDOR), secret=SECRET
    )
    for check in (True, False):
        with pytest.raises(ConsoleError, match="demands 'Payroll Number', which nobody gave") as told:
            desk.ensure(tenant, Case(0, tenant.domain, wanted=wanted), tmp_path, check)
        assert told.value.reason == "required_empty" and told.value.details["fields"] == ["Payroll Number"]
        assert untouched(tenant)


def refuse_wrong(tenant: Tenant, users: list[t.Any], before: list[t.Any], case: Case, secret: str | None) -> None:
    """What must be true after a run that ended well."""
    ours = [user for user in users if user.user_name.casefold() == f"reader1@{case.domain}"]
    was = next((user for user in before if user.user_name.casefold() == f"reader1@{case.domain}"), None)
    assert len(users) == len(before) + (was is None) and len(ours) == 1
    assert not as_wanted(ours[0], was, case, tenant)
    if was and not case.wanted.replace_secret:
        assert ours[0].secret == was.secret
    else:
        assert ours[0].secret_is(secret or SECRET)


def untouched(tenant: Tenant) -> bool:
    verbs = {event.verb for event in tenant.events()}
    return not verbs & {"api_user_created", "api_user_saved", "api_user_redacted", "resource_created"}


@pytest.mark.parametrize("seed", each(range(60), in_make_test=[str(number) for number in range(3)]))
def test_any_form(desk: Desk, seed: int, tmp_path: Path) -> None:
    tried = case(seed, desk.simulator.next_domain())
    tenant = desk.simulator.add(**tried.tenant)
    before = tenant.api_users()

    def attempt(check: bool = False) -> Outcome | AutotaskError:
        try:
            return desk.ensure(tenant, tried, tmp_path, check)
        except AutotaskError as error:
            return error

    predicted = attempt(check=True)
    assert untouched(tenant) and tenant.api_users() == before
    done = attempt()
    assert not tenant.events("api_user_redacted") and not tenant.events("resource_created")
    if isinstance(done, AutotaskError):
        assert tenant.api_users() == before, f"{done.reason} although it was saved: {done.message}"
        assert not isinstance(done, ConsoleError) or done.reason != ConsoleError.reason, done.message
        assert tried.secret_in(tmp_path) is None, "what was never stored is taken back"
        print(f"\n{seed}: {done.reason}: {done.message}")
        return
    assert not isinstance(predicted, AutotaskError), f"the check failed: {predicted.message}"
    assert (predicted.changed, predicted.created) == (done.changed, done.created)
    refuse_wrong(tenant, tenant.api_users(), before, tried, tried.secret_in(tmp_path))

    again = tenant.api_users()
    tried.wanted = resource.replace(tried.wanted, replace_secret=False)
    assert not desk.ensure(tenant, tried, tmp_path).changed
    assert tenant.api_users() == again
