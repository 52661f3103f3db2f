# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person can do with the mouse what a variation says that a person can, and that is what is stored."""

from __future__ import annotations

import re
import typing as t

import pytest
from autotask_simulator import variants
from autotask_simulator.settings_page import code_of
from autotask_simulator.store import Tenant
from autotask_simulator.variants import Variation
from playwright.sync_api import Browser, ElementHandle, Page

LEVEL = {"name": "Reader", "settings": {"contracts": {"can_approve_and_post": "My Projects"}}}
BOX = code_of("contracts", "can_modify_contract_internal_costs", None)
LIST = code_of("contracts", "can_approve_and_post", None)
CELL = code_of("contracts", "contracts", "view")
NUMBER = code_of("other", "maximum_number_of_webhooks", None)

IN_MAKE_TEST = {"SingleItemSelector2", "ARIA combobox", "one tab for each", "in a menu", "Save & Close in a menu"}


def operable(page: str) -> list[t.Any]:
    return [
        pytest.param(variation, id=f"{variation.dimension}-{variation.name}", marks=_marks(variation))
        for dimension in variants.dimensions().values()
        if page in dimension.pages
        for variation in dimension.variations
        if variation.operable and not variation.stops and not variation.stored
    ]


def _marks(variation: Variation) -> list[pytest.MarkDecorator]:
    return [] if variation.name in IN_MAKE_TEST else [pytest.mark.long]


class Person:
    """Sees the page and uses the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.on("dialog", lambda dialog: dialog.accept())

    def target(self, code: str) -> ElementHandle:
        """What is drawn of a control; a person would find it by its label."""
        found = self.page.evaluate_handle(f"controls.get('{code}').target").as_element()
        assert found
        return found

    def value(self, code: str) -> t.Any:
        return self.page.evaluate(f"controls.get('{code}').value")

    def press(self, element: ElementHandle) -> None:
        element.scroll_into_view_if_needed()
        place = element.bounding_box()
        assert place and place["width"] > 3 and place["height"] > 3, "it cannot be seen"
        self.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)

    def press_words(self, words: str, within: str = "body") -> None:
        """Press the first thing that is seen with just these words."""
        inputs = self.page.locator(f"{within} input[value='{words}']")
        texts = self.page.locator(within).get_by_text(re.compile(f"^\\s*{re.escape(words)}\\s*$"))
        self.press(t.cast(ElementHandle, inputs.or_(texts).locator("visible=true").first.element_handle()))

    def open_section(self, heading: str, code: str) -> None:
        """Press the heading, or what is beside it, until the control is there to be seen."""
        self.page.wait_for_function("controls.size > 0 && document.querySelector('.Required')")
        for way in (
            lambda: self.press_words(heading),
            lambda: self.press(t.cast(ElementHandle, self.page.query_selector(".Collapsed .Toggle"))),
        ):
            self.page.wait_for_timeout(400)
            if not self._is_seen(code):
                way()
        self.page.wait_for_timeout(400)
        assert self._is_seen(code)

    def _is_seen(self, code: str) -> bool:
        box = self.page.evaluate_handle(f"controls.get('{code}').target ?? null").as_element()
        if box is None:
            return False
        # A native box that is not displayed is drawn by its label.
        return bool(box.evaluate("node => node.checkVisibility() || node.parentNode.checkVisibility()"))

    def turn(self, code: str, to: str) -> None:
        """Bring a box to another state."""
        target = self.target(code)
        kind = target.evaluate(
            "node => node.matches('select') ? 'list' : node.matches('.Hidden') ? 'hidden' : node.getAttribute('role')"
        )
        if kind == "list":
            target.select_option(label=to)
        elif kind == "radiogroup":
            self.press(t.cast(ElementHandle, target.query_selector(f"label:has-text('{to}') input")))
        else:
            self.press(
                t.cast(
                    ElementHandle,
                    target.evaluate_handle("node => node.matches('.Hidden') ? node.nextSibling : node").as_element(),
                )
            )

    def choose(self, code: str, word: str) -> None:
        """Choose from a list of whatever kind."""
        target = self.target(code)
        native = target.evaluate_handle(
            "node => node.shadowRoot ? node.shadowRoot.querySelector('select') : node"
        ).as_element()
        assert native
        if native.evaluate("node => node.matches('select')"):
            native.select_option(label=word)
            return
        if target.evaluate("node => node.matches('input')"):
            self.press(target)
            self.page.keyboard.type(word[:3])
            self.page.wait_for_timeout(500)
        elif target.get_attribute("role") not in ("radiogroup", "listbox") and not target.evaluate(
            "node => node.matches('.RadioButtonGroup')"
        ):
            self.press(target)
            self.page.wait_for_timeout(300)
        self._press_word_near(target, word)

    def _press_word_near(self, target: ElementHandle, word: str) -> None:
        """Press the word that is drawn nearest to the control."""
        found = self.page.evaluate_handle(
            """([target, word]) => {
                const middle = target.getBoundingClientRect();
                const near = node => {
                    const at = node.getBoundingClientRect();
                    return Math.abs(at.x - middle.x) + Math.abs(at.y - middle.y);
                };
                const seen = [...document.querySelectorAll('body *')].filter(node => node.getClientRects().length
                    && node.textContent.trim() === word
                    && ![...node.children].some(child => child.textContent.trim() === word)
                    && !node.closest('.SelectionDisplay, .Chip'));
                return seen.sort((one, other) => near(one) - near(other))[0];
            }""",
            [target, word],
        ).as_element()
        assert found, f"{word} is not to be seen"
        radio = found.evaluate_handle("node => node.closest('.RadioButton')?.firstChild ?? node").as_element()
        self.press(t.cast(ElementHandle, radio))


@pytest.fixture
def person(browser: Browser, simulator: t.Any) -> t.Iterator[t.Callable[[Tenant, str], Person]]:
    contexts = []

    def at(tenant: Tenant, address: str) -> Person:
        context = browser.new_context(base_url=simulator.url, viewport={"width": 1280, "height": 850})
        contexts.append(context)
        token = simulator.store.begin_session(tenant, f"admin@{tenant.domain}", "in").token
        context.add_cookies([{"name": "ATSession", "value": token, "url": simulator.url}])
        page = context.new_page()
        page.goto("/Mvc/Framework/Dashboard.mvc/Home")
        with page.expect_popup() as opened:
            page.evaluate("address => window.open(address)", address)
        return Person(opened.value)

    yield at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("variation", operable("level"))
def test_a_person_can_change_a_level(
    tenant: t.Callable[..., Tenant], person: t.Callable[[Tenant, str], Person], variation: Variation
) -> None:
    where = tenant(variant={variation.dimension: variation.name}, levels=[LEVEL])
    level = where.level("Reader")
    before = level.settings["contracts"]
    somebody = person(where, f"/Mvc/AdministrationSetup/SecurityLevel.mvc/EditSecurityLevel?securityLevelId={level.id}")
    somebody.page.wait_for_timeout(4000 if variation.dimension == "timing" else 200)
    somebody.open_section("Contracts", BOX)
    somebody.turn(BOX, to="No")
    somebody.choose(LIST, "My Organizations")
    somebody.choose(CELL, "None")
    if variation.dimension in ("numbers", "captions"):
        somebody.open_section("Other", NUMBER)
        somebody.press(somebody.target(NUMBER))
        somebody.page.keyboard.press("ControlOrMeta+A")
        somebody.page.keyboard.type("7")
    if variation.name == "Save & Close in a menu":
        somebody.press(t.cast(ElementHandle, somebody.page.query_selector("[title=More]")))
    with somebody.page.expect_event("close", timeout=12_000):
        somebody.press_words("Save & Close")
        if "confirmed" in variation.name:
            somebody.page.get_by_text("OK", exact=True).wait_for()
            somebody.press_words("OK")
    somebody_waited(2 if "before the answer" in variation.name else 0)
    after = where.level("Reader").settings["contracts"]
    wanted = {
        "can_modify_contract_internal_costs": False,
        "can_approve_and_post": "My Organizations",
        "contracts": {**before["contracts"], "view": "None"},
    }
    assert after == {**before, **wanted}


def somebody_waited(seconds: int) -> None:
    import time

    time.sleep(seconds)
