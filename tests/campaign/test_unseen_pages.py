# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages that nobody has seen: what is wanted is stored, or nothing is and the failure has a name."""

from __future__ import annotations

import contextlib
import os
import typing as t
from collections import Counter
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import browser as driver
from autotask_simulator.testing import RunningSimulator
from playwright.sync_api import sync_playwright

from campaign.ledger import Ledger
from campaign.unseen import AS_WANTED, FAILED, Browser, Case, Drawing, Judge, by_chance, one_by_one, prepared
from campaign.unseen_cases import LevelCase, ListedLevelCase, ListedUserCase, UserCase

PART = "unseen pages"
CASES: dict[str, tuple[type[Case], int]] = {
    "level": (LevelCase, 250),
    "user": (UserCase, 150),
    "list of levels": (ListedLevelCase, 75),
    "list of users": (ListedUserCase, 75),
}
"""What is tried, and how many pages of each kind."""
SAMPLE = 4

FORMS: dict[str, tuple[t.Callable[[str, int], list[Drawing]], float]] = {
    "evidenced forms": (lambda page, number: by_chance(page, number, evidenced=True), 0.95),
    "any forms": (lambda page, number: by_chance(page, number, evidenced=False), 0.80),
    "one by one": (lambda page, _number: one_by_one(page), 0.80),
}
"""How pages are made, and which share of those that a person could operate must be done."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Browser]:
    """One browser and one Playwright for all cases, which begin in a moment then."""
    browser = Browser(tmp_path_factory.mktemp("browser"), os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"))
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(driver, "sync_playwright", lambda: contextlib.nullcontext(playwright))
        yield browser
    browser.close()


@pytest.mark.parametrize("subject", CASES)
@pytest.mark.parametrize("forms", FORMS)
def test_unseen_pages_end_as_wanted_or_with_nothing_stored(
    simulation: RunningSimulator, browser: Browser, ledger: Ledger, tmp_path: Path, subject: str, forms: str
) -> None:
    kind, number = CASES[subject]
    make, least = FORMS[forms]
    ended: Counter[str] = Counter()
    for drawing in ledger.chosen(PART, f"{subject}, {forms}", make(kind.PAGE, number), SAMPLE):
        with ledger.case(PART, f"{subject}, {forms}", drawing.name) as case:
            one = prepared(simulation, browser, tmp_path, kind, drawing)
            case.traits = [f"{variation.dimension}: {variation.name}" for variation in one.variations]
            judge = Judge(one)
            try:
                case.outcome = judge.verdict()
            finally:
                print(judge.said)
            if all(variation.operable for variation in one.variations):
                ended[case.outcome.partition(":")[0]] += 1
    if ledger.full and (ended[AS_WANTED] or ended[FAILED]):
        share = ended[AS_WANTED] / (ended[AS_WANTED] + ended[FAILED])
        assert share >= least, f"only {share:.0%} of what a person could do is done"
