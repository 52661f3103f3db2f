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
from campaign.unseen import AS_WANTED, FAILED, Browser, Judge, LevelCase, Seed, console

PART = "unseen pages"
CASES = {"level": (LevelCase, 500)}
"""What is tried, and how many pages of each kind."""
SAMPLE = 4


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Browser]:
    """One browser and one Playwright for all cases, which begin in a moment then."""
    browser = Browser(tmp_path_factory.mktemp("browser"), os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"))
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(driver, "sync_playwright", lambda: contextlib.nullcontext(playwright))
        yield browser
    browser.close()


@pytest.mark.parametrize("subject", CASES)
@pytest.mark.parametrize("forms", ["evidenced", "any"])
def test_unseen_pages_end_as_wanted_or_with_nothing_stored(
    simulation: RunningSimulator, browser: Browser, ledger: Ledger, tmp_path: Path, subject: str, forms: str
) -> None:
    kind, number = CASES[subject]
    seeds = [Seed(number, evidenced=forms == "evidenced") for number in range(number)]
    ended: Counter[str] = Counter()
    for seed in ledger.chosen(PART, f"{subject}, {forms} forms", seeds, SAMPLE):
        with ledger.case(PART, f"{subject}, {forms} forms", str(seed.number)) as case:
            one = kind(console(simulation, browser, tmp_path, **kind.spec(seed)), seed)
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
        assert share >= (0.95 if forms == "evidenced" else 0.80), f"only {share:.0%} of such pages are done"
