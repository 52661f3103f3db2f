# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The list of all resources, and the way from it to the form of an API user."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.grid import Grid, Row
from ansible_collections.msp.autotask.plugins.module_utils._console.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

FORM_SECONDS = 10.0
"""How long the fields of a form may take to come after its buttons, until it is taken for another form."""


class Resources:
    """The list of all resources, API users among them."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.grid = Grid(window)

    def open(self) -> None:
        """Open the list and let it show inactive resources too, whose user names are taken for ever."""
        Shell(self.window).open_resources()
        self.grid.filled()
        self._show_inactive()

    def named(self, first_name: str, last_name: str) -> list[Row]:
        """The rows of everybody of that name."""
        spellings = (f"{first_name} {last_name}", f"{last_name}, {first_name}")
        rows = self.grid.narrowed_to("name_column", last_name)
        return [row for row in rows if any(same_name(row.name, text) for text in spellings)]

    def having(self, security_level: str) -> list[Row]:
        """The rows of everybody who has that security level."""
        rows = self.grid.narrowed_to("security_level_column", security_level)
        if rows and all(row.security_level is None for row in rows):
            raise self.window.not_seen(
                "The list of resources does not show the column by which the users of a security level are found (the "
                "list's column chooser adds it)",
                "security_level_column",
            )
        return [row for row in rows if same_name(row.security_level or "", security_level)]

    def edit(self, row: Row) -> ApiUserForm | None:
        """Open the form of the resource in *row*; None if it is no API user."""
        name = row.name
        self.window.journal.step(f'Open the resource "{name}"')

        def find() -> Row:
            for rows in self.grid.pages():
                for other in rows:
                    if other.cells == row.cells:
                        return other
            raise NotSeen(
                f'The list of resources does not show "{name}" any more. Somebody may be changing it; run again.',
                step=self.window.journal.current,
            )

        form, _ = self._form(lambda: self.grid.choose(find, "edit", Intent.OPEN))
        return form

    def new(self) -> ApiUserForm:
        """Open an empty form for a new API user, by the menu: the button itself would make a paid resource."""
        self.window.journal.step("Open the form for a new API user")
        form, costs = self._form(self._choose_new_api_user)
        if costs:
            raise ConsoleError(
                "The page that opened speaks of fees: it is that of an ordinary resource, which costs money. It was "
                "closed at once, and nothing was saved.",
                "paid_resource",
            )
        if form is None:
            raise ConsoleError(
                "The form that opened is not that of an API user: it lacks Username (Key) or the secret. It was closed "
                "without saving, since saving another form might create a resource that costs money.",
                "wrong_form",
            )
        return form

    def _choose_new_api_user(self) -> None:
        new = self.window.find("new").element
        self.window.choose(
            "new_api_user",
            Intent.OPEN,
            lambda: new.hover(timeout=self.window.milliseconds()),
            lambda: self._press_arrow_beside(new),
        )

    def _press_arrow_beside(self, new: ElementHandle) -> None:
        """Press the half of the button that opens its menu; the other half would make a paid resource."""
        arrow = new.evaluate_handle(
            """words => {
                for (let part = words; part && part !== document.body; part = part.parentElement) {
                    const next = part.nextElementSibling;
                    if (next && !next.textContent.trim() && next.getClientRects().length) return next;
                }
                return null;
            }"""
        ).as_element()
        if arrow:
            self.window.press(arrow, Intent.OPEN)

    def _form(self, action: t.Callable[[], None]) -> tuple[ApiUserForm | None, bool]:
        """The form that *action* opens; any but that of an API user is closed. And whether it costs money."""
        window = self.window.opened_by(action, "save_and_close")
        form = ApiUserForm(window)
        what = window.wait_until(form.what_it_is, FORM_SECONDS)
        if what == "api user":
            return form, False
        window.close()
        return None, what == "costs"

    def _show_inactive(self) -> None:
        box = next((seen for seen in self.window.matches(self.window.landmarks["show_inactive"])), None)
        if box is None:
            return
        ticked = box.element.evaluate(
            """words => {
                const around = words.closest('label') || words.parentElement;
                const input = around.querySelector('input[type=checkbox]') || (words.control || null);
                return input ? input.checked : Boolean(around.parentElement.querySelector('.Checked'));
            }"""
        )
        if not ticked:
            self.window.press(box.element, Intent.OPEN)
            self.grid.filled()
