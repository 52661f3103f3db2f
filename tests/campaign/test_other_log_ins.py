# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants that want another log-in than Autotask's own: all playbooks work there, and no code is refused."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

import pytest
from autotask_simulator.fleet import DEFAULT_TOTP_SECRET

from campaign.ledger import Ledger
from campaign.simulation import Simulation
from campaign.site import Site
from campaign.unseen import Browser

PART = "other log-ins"


@pytest.mark.long
def test_a_tenant_that_requires_kaseyaone_is_worked_in_unattended(simulation: Simulation, ledger: Ledger) -> None:
    with ledger.case(PART, "provision, audit, rotate", "KaseyaOne with one-time codes") as case:
        target = simulation.tenant(login="kaseyaone", two_factor=True, kaseyaone_company="Alder IT")
        site = Site(
            target,
            work365_integration_console_login="kaseyaone",
            work365_integration_console_company="Alder IT",
            work365_integration_console_totp_secret=DEFAULT_TOTP_SECRET,
        )
        for playbook in ("provision", "audit", "rotate_secret"):
            site.play(playbook)
        assert target.tenant.api_users()
        assert not target.verbs("login_failed", "login_refused")
        case.outcome = f"{len(target.verbs('logged_in'))} log-ins, none refused"


@pytest.fixture
def endpoint(tmp_path: Path) -> t.Iterator[str]:
    """The browser in which a person logs in."""
    browser = Browser(tmp_path, os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"))
    yield browser.endpoint
    browser.close()


@pytest.mark.long
def test_a_session_of_a_person_serves_all_playbooks_until_it_ends(
    simulation: Simulation, ledger: Ledger, endpoint: str
) -> None:
    with ledger.case(PART, "provision, audit, rotate", "a person's session, single sign-on") as case:
        target = simulation.tenant(login="sso", person_ms=2000)
        kept = target.folder / "session.yml"
        url, person = target.connection["console_url"], target.connection["console_username"]
        # The person is known there; the page goes on by itself then.
        entry = f"{url}identity-provider/authorize?login_hint={person}"
        site = Site(target, work365_integration_session=str(kept), work365_integration_console_password=None)
        site.play(
            "login",
            *("-e", f"work365_integration_console_url={entry}"),
            *("-e", f"work365_integration_browser_endpoint={endpoint}"),
        )
        sealed = kept.read_bytes()
        for playbook in ("provision", "audit", "rotate_secret"):
            site.play(playbook)
        (user,) = target.tenant.api_users()
        assert any(user.secret_is(one["secret"]) for one in site.kept().values())
        target.tenant.store.end_sessions(target.tenant.domain)
        ended = site.start("audit")
        told = ended.communicate(timeout=600)[0]
        assert ended.returncode and "msp.autotask.login --limit" in told, told[-3000:]
        assert kept.read_bytes() == sealed, "what a person made is theirs"
        assert target.verbs("logged_in", "login_failed") == ["logged_in sso"], "nobody else logged in"
        case.outcome = "one log-in, by the person"


@pytest.mark.long
def test_two_modules_and_two_playbooks_share_an_account(simulation: Simulation, ledger: Ledger) -> None:
    """Side by side, again and again; without session files, as in the examples of all modules."""
    for turn in ledger.chosen(PART, "one account, four at once", range(20)):
        with ledger.case(PART, "one account, four at once", f"turn {turn}") as case:
            target = simulation.tenant(two_factor=True)
            target.connection |= {"console_session": None, "timeout": 400}
            state = str(target.folder / "home of shared" / "msp.autotask")
            target.connection["state_dir"] = state
            site = Site(target, "shared", work365_integration_console_totp_secret=DEFAULT_TOTP_SECRET)
            books = [site.start("preflight") for _ in range(2)]
            modules = [target.start("autotask_security_level_info") for _ in range(2)]
            assert all("failure" not in target.result(module) for module in modules)
            told = [book.communicate(timeout=600)[0] for book in books]
            assert not any(book.returncode for book in books), told
            assert not target.verbs("login_failed", "login_refused")
            case.outcome = f"{len(target.verbs('logged_in'))} log-ins, none refused"
