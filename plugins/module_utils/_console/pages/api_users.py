# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The list of all resources, and the way from it to the form of an API user."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid, Row
from ansible_collections.msp.autotask.plugins.module_utils._console.pages import save_button
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.new_menu import NewMenu
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name

FORM_SECONDS = 10.0
"""How long the fields of a form may take to come after its buttons, until it is taken for another form."""


class Resources:
    """The list of all resources, API users among them."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.grid = Grid(window)
        self._last_name_first = True

    def open(self) -> None:
        """Open the list, or load it anew where it is open."""
        if not self.grid.reload():
            Shell(self.window).open_resources()
        rows = self.grid.filled()
        self._last_name_first = sum("," in row.name for row in rows) > len(rows) / 2

    def named(self, first_name: str, last_name: str) -> list[Row]:
        """The rows of everybody of that name."""
        spellings = (f"{first_name} {last_name}", f"{last_name}, {first_name}")
        rows = self._rows("name_column", spellings[self._last_name_first])
        return [row for row in rows if any(same_name(row.name, text) for text in spellings)]

    def having(self, security_level: str) -> list[Row]:
        """The rows of everybody who has that security level."""
        rows = self._rows("security_level_column", security_level)
        if rows and all(row.security_level is None for row in rows):
            raise self.window.not_seen(
                "The list of resources does not show the column by which the users of a security level are found (the "
                "list's column chooser adds it)",
                "security_level_column",
            )
        return [row for row in rows if same_name(row.security_level or "", security_level)]

    def edit(self, row: Row) -> ApiUserForm | None:
        """Open the form of the resource in *row*; None if it is no API user."""
        self.window.journal.step(f'Open the resource "{row.name}"')
        form, what = self._form(lambda: self.grid.choose(row, "edit", Intent.OPEN))
        if not what:
            # It may be the very user that is looked for, and must not be made again.
            raise ConsoleError(
                f'The form of "{row.name}" was recognised neither as that of an API user (by Username (Key) and the '
                "secret) nor as that of a person. It was closed, and nothing was saved. If this tenant words these "
                "fields differently, name the wording in the option 'labels'.",
                "wrong_form",
                step=self.window.journal.current,
            )
        return form

    def _rows(self, column: str, text: str) -> list[Row]:
        """The rows that may have *text* below *column*; of a long list only API users, if that is possible."""
        licence = self.window.landmarks["api_user_license"].words
        return self.grid.narrowed_to(column, text, hint=("license_type_column", licence))

    def _refuse_unseen_inactive(self) -> None:
        """Whoever is inactive has a user name that is taken for ever, so they must be seen before one is made."""
        if not self.grid.shows_inactive:
            # Among those that a filter left, there may just be nobody who is inactive.
            with contextlib.suppress(NotSeen):
                self.grid.whole()
        if not self.grid.shows_inactive:
            raise ConsoleError(
                "It cannot be told whether the list of resources shows the inactive ones: it has no Show Inactive and "
                "no list of states that could be set, and shows nobody who is inactive. No user was created, as it may "
                "be there already. If this tenant words that differently, name the wording in the option 'labels' "
                "under 'show_inactive' or 'state_all'.",
                "inactive_not_shown",
                step=self.window.journal.current,
            )

    def new(self) -> ApiUserForm:
        """Open an empty form for a new API user, by the menu: the button itself would make a paid resource."""
        self.window.journal.step("Open the form for a new API user")
        self._refuse_unseen_inactive()
        form, what = self._form(NewMenu(self.grid).choose_api_user)
        if what == "costs":
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

    def _form(self, action: t.Callable[[], None]) -> tuple[ApiUserForm | None, str]:
        """The form that *action* opens, and whose it is; any but that of an API user is closed."""
        window = self.window.opened_by(action, "save_and_close", save_button.is_there)
        form = ApiUserForm(window)
        what = window.wait_until(form.what_it_is, FORM_SECONDS) or ""
        if what == "costs":
            # Entries of a list that is still being drawn may have such words.
            form.form.settled()
            what = form.what_it_is()
        if what == "api user":
            return form, what
        window.close()
        return None, what
