# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages that nobody has seen: what is wanted is stored, or nothing is and the failure has a name."""

from __future__ import annotations

import contextlib
import os
import typing as t
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers import browser as driver
from autotask_simulator.testing import RunningSimulator
from playwright.sync_api import Playwright

from campaign.ledger import Ledger
from campaign.unseen import AS_WANTED, FAILED, STOPPED, Browser, Case, Drawing, Judge, by_chance, one_by_one, prepared
from campaign.unseen_cases import LevelCase, ListedLevelCase, ListedUserCase, UserCase

PART = "unseen pages"
CASES: dict[str, tuple[type[Case], int]] = {
    "level": (LevelCase, 250),
    "user": (UserCase, 150),
    "list of levels": (ListedLevelCase, 75),
    "list of users": (ListedUserCase, 75),
}
"""What is tried, and how many pages of each kind."""


@dataclass(frozen=True)
class Forms:
    """How pages are made."""

    drawings: t.Callable[[str, int], list[Drawing]]
    """Makes so many drawings of a page."""
    least: float
    """Which share of those that a person could operate must be done."""
    sample: int
    """How many 'make test' tries of each subject."""


FORMS = {
    "evidenced forms": Forms(lambda page, number: by_chance(page, number, evidenced=True), least=0.95, sample=1),
    "any forms": Forms(lambda page, number: by_chance(page, number, evidenced=False), least=0.80, sample=1),
    "one by one": Forms(lambda page, _number: one_by_one(page), least=0.80, sample=1),
}


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Browser]:
    """One browser and one Playwright for all cases, which begin in a moment then."""
    browser = Browser(tmp_path_factory.mktemp("browser"), os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(driver, "sync_playwright", lambda: contextlib.nullcontext(playwright))
        yield browser
    browser.close()


# Lists by chance are enough in 'make test'.
LONG = [("list of levels", "one by one"), ("list of users", "one by one")]
SERIES = [
    pytest.param(subject, name, marks=[pytest.mark.long] if (subject, name) in LONG else [])
    for subject in CASES
    for name in FORMS
]


@pytest.mark.parametrize(("subject", "name"), SERIES)
def test_unseen_pages_end_as_wanted_or_with_nothing_stored(
    simulation: RunningSimulator, browser: Browser, ledger: Ledger, tmp_path: Path, subject: str, name: str
) -> None:
    kind, number = CASES[subject]
    forms, ended = FORMS[name], Counter[str]()
    for drawing in ledger.chosen(PART, f"{subject}, {name}", forms.drawings(kind.PAGE, number), forms.sample):
        with ledger.case(PART, f"{subject}, {name}", drawing.name) as case:
            one = prepared(simulation, browser, tmp_path, kind, drawing)
            case.traits = [f"{variation.dimension}: {variation.name}" for variation in one.variations]
            case.outcome = Judge(one).verdict()
            if all(variation.operable for variation in one.variations):
                ended[case.outcome.partition(":")[0]] += 1
    if ledger.full and (ended[AS_WANTED] or ended[FAILED]):
        share = ended[AS_WANTED] / (ended[AS_WANTED] + ended[FAILED])
        assert share >= forms.least, f"only {share:.0%} of what a person could do is done"


@pytest.mark.parametrize("subject", CASES)
def test_one_drawing(
    simulation: RunningSimulator, browser: Browser, pytestconfig: pytest.Config, tmp_path: Path, subject: str
) -> None:
    """With --drawing: one way to draw the pages, to find out what is wrong with it."""
    if not (given := pytestconfig.getoption("--drawing")):
        pytest.skip("no drawing is named")
    kind, _number = CASES[subject]
    drawing = Drawing(str(given.get("seed", given)), {"pages": [kind.PAGE], **given})
    one = prepared(simulation, browser, tmp_path, kind, drawing)
    print("\n".join(f"{variation.dimension}: {variation.name}" for variation in one.variations))
    assert Judge(one).verdict().partition(":")[0] in (AS_WANTED, STOPPED)
