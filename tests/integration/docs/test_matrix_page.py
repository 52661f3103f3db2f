# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page from which a person takes the matrix, in a real browser: what it writes is right, and it reads it again."""

from __future__ import annotations

import os
import random
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.module_utils._permissions.matrix import permissions_of
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from playwright.sync_api import Page, Playwright

ROOT = Path(__file__).parents[3]
OVERRIDES = "work365_integration_permissions"
PREFIX = "work365_integration_"

STATE = "() => [...document.querySelectorAll('[data-path]')].map(c => c.type === 'checkbox' ? c.checked : c.value)"
SET = """([path, leaf]) => {
  const control = document.querySelector(`[data-path="${path}"]`);
  if (control.type === 'checkbox') control.checked = leaf; else control.value = leaf;
  control.dispatchEvent(new Event('change'));
}"""
CONTROLS = """() => [...document.querySelectorAll('[data-path]')].map(c => ({
  path: c.dataset.path, type: c.type, now: c.type === 'checkbox' ? c.checked : c.value,
  offers: c.type === 'checkbox' ? [true, false] : c.options ? [...c.options].map(o => o.value) : ['7', '12'],
}))"""


@pytest.fixture(scope="module")
def browser_page(playwright: Playwright) -> t.Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=os.environ["AUTOTASK_BROWSER_EXECUTABLE"])
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: requests.append(str(error)))
    page.goto((ROOT / "docs/matrix.html").as_uri())
    yield page
    browser.close()
    assert len(requests) == 1, "something was loaded, or went wrong"


@pytest.fixture
def page(browser_page: Page) -> Page:
    browser_page.click("#reset")
    browser_page.check("[value=differs]")
    return browser_page


def text(page: Page) -> str:
    return page.input_value("#yaml")


def read_in(page: Page, given: str) -> str:
    """Read a text in; what the page says of it."""
    page.fill("#yaml", given)
    page.click("#read")
    return page.inner_text("#said")


def matrix() -> dict[str, t.Any]:
    variables = yaml.safe_load((ROOT / "roles/work365_integration/defaults/main/permissions.yml").read_text("utf-8"))
    return {name.removeprefix(PREFIX): section for name, section in variables.items()}


def as_role_takes_it(given: str) -> dict[str, t.Any]:
    """The permissions that come of the role's matrix and the text; fails where the role would refuse them."""
    return permissions_of(matrix(), overrides=(yaml.safe_load(given) or {}).get(OVERRIDES))


def test_untouched_it_gives_nothing_and_as_a_whole_the_roles_matrix(page: Page) -> None:
    assert text(page) == ""
    page.check("[value=whole]")
    whole = parse(yaml.safe_load(text(page))["permissions"])
    granted = [wish for wish in parse(permissions_of(matrix())) if wish.value not in (False, "no", "none")]
    assert {wish.path for wish in granted} >= {wish.path for wish in whole if wish.value not in (False, "no", "none")}
    state = page.evaluate(STATE)
    assert read_in(page, text(page)) == "Read." and page.evaluate(STATE) == state


@pytest.mark.long
def test_every_change_is_taken_by_the_role_and_reads_back_the_same(page: Page) -> None:
    untouched = page.evaluate(STATE)
    for control in page.evaluate(CONTROLS):
        for leaf in (offer for offer in control["offers"] if offer != control["now"]):
            page.click("#reset")
            page.evaluate(SET, [control["path"], leaf])
            said, state = text(page), page.evaluate(STATE)
            assert said, f"{control['path']}: {leaf} gives nothing"
            as_role_takes_it(said)
            assert read_in(page, said) == "Read." and page.evaluate(STATE) == state and text(page) == said
            # Only one other value of each: lists are read the same whatever is chosen.
            break
    page.click("#reset")
    assert page.evaluate(STATE) == untouched


@pytest.mark.parametrize("seed", range(5))
def test_many_changes_as_a_whole_level_read_back_the_same(page: Page, seed: int) -> None:
    dice = random.Random(seed)
    for control in dice.sample(page.evaluate(CONTROLS), 40):
        page.evaluate(SET, [control["path"], dice.choice(control["offers"])])
    as_role_takes_it(text(page))
    page.check("[value=whole]")
    said, state = text(page), page.evaluate(STATE)
    whole = yaml.safe_load(said)
    parse(whole["permissions"])
    for written in (said, yaml.safe_dump(whole), yaml.safe_dump(whole, indent=4), yaml.safe_dump(whole["permissions"])):
        page.click("#reset")
        assert read_in(page, written) == "Read." and page.evaluate(STATE) == state


def test_what_is_named_by_label_is_kept(page: Page) -> None:
    export = {"permissions": {"crm": {"organizations": {"add": True}}, "other": {"by_label": {"New: thing": "Mine"}}}}
    assert "by label" in read_in(page, yaml.safe_dump(export))
    assert yaml.safe_load(text(page)) == {
        "permissions": {"crm": {"organizations": {"add": "Yes"}}, "other": {"by_label": {"New: thing": "Mine"}}}
    }


@pytest.mark.parametrize("wrong", ["permissions:\n  crm:\n    organisations: true\n", "permissions:\n- list\n"])
def test_what_is_not_understood_changes_nothing(page: Page, wrong: str) -> None:
    state = page.evaluate(STATE)
    assert "not" in read_in(page, wrong).lower() and page.evaluate(STATE) == state


def test_it_speaks_the_tenants_terms(page: Page) -> None:
    page.select_option("#term", "Company")
    labels = "() => [...document.querySelectorAll('[data-label]')].map(element => element.textContent).join()"
    shown = page.evaluate(labels)
    assert "Companies" in shown and "Organization" not in shown
    page.select_option("#term", "Organization")
    assert "Organizations" in page.evaluate(labels)
