# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Resources list, and the form of one API user."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.form import Field, FormReading, no_such_word
from ansible_collections.msp.autotask.plugins.module_utils._console.grid import Grid, Row
from ansible_collections.msp.autotask.plugins.module_utils._console.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.new_menu import NewMenu
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.window import GLANCE_SECONDS, Window
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, same, same_name

TEXTS = ("first_name", "last_name", "email")
LISTS = ("security_level", "location", "date_format", "time_format", "number_format")
BOXES = ("active", "locked")


@dataclass(frozen=True)
class Tracking:
    """Where a user's API tracking identifier comes from: a vendor of the list, or a name of one's own."""

    kind: t.Literal["vendor", "custom"]
    name: str

    def is_of(self, wanted: Tracking) -> bool:
        """Whether it is the *wanted* one, whose name may be one side of an entry "Vendor - Integration"."""
        names = (self.name, *self.name.split(" - "))
        return self.kind == wanted.kind and any(same_name(name, wanted.name) for name in names)


@dataclass(frozen=True)
class ApiUserState:
    """Everything that the form shows of a user, but its secret."""

    user_name: str
    first_name: str
    last_name: str
    email: str
    active: bool
    locked: bool
    security_level: str
    location: str
    date_format: str
    time_format: str
    number_format: str
    tracking: Tracking | None

    def as_data(self) -> dict[str, t.Any]:
        data = {name: getattr(self, name) for name in ("user_name", *TEXTS, *BOXES, *LISTS)}
        return {**data, "tracking": self.tracking and {"type": self.tracking.kind, "name": self.tracking.name}}


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
        return self._form(lambda: self.grid.choose(row, "edit", Intent.OPEN))

    def _rows(self, column: str, text: str) -> list[Row]:
        """The rows that may have *text* below *column*; of a long list only API users, if that is possible."""
        licence = self.window.landmarks["api_user_license"].words
        return self.grid.narrowed_to(column, text, hint=("license_type_column", licence))

    def _refuse_unseen_inactive(self) -> None:
        """Whoever is inactive has a user name that is taken for ever, so they must be seen before one is made."""
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
        form = self._form(NewMenu(self.grid).choose_api_user)
        if form is None:
            raise ConsoleError(
                "The form that opened is not that of an API user: it has no section Credentials. It was closed without "
                "saving, since saving another form might create a resource that costs money.",
                "wrong_form",
            )
        return form

    def _form(self, action: t.Callable[[], None]) -> ApiUserForm | None:
        """The form that *action* opens, if it is that of an API user; any other is closed."""
        window = self.window.opened_by(action, "save_and_close")
        if window.sees("credentials", GLANCE_SECONDS):
            return ApiUserForm(window)
        window.close()
        return None


class ApiUserForm(Editor):
    """The form of one API user."""

    def read(self) -> ApiUserState:
        """Read every field but the secret."""
        reading = self.form.field("user_name", "text")[0]

        def value(name: str, kind: str) -> t.Any:
            field = reading.find(self.window.landmarks[name], kind)
            return field.value if field else ""

        values: dict[str, t.Any] = {
            **{name: str(value(name, "text")) for name in ("user_name", *TEXTS)},
            **{name: bool(value(name, "checkbox")) for name in BOXES},
            **{name: str(value(name, "list")) for name in LISTS},
        }
        return ApiUserState(tracking=self._tracking(reading), **values)

    def set(self, name: str, value: str | bool) -> None:
        """Set one of the plain fields by its name in ApiUserState."""
        if name in LISTS:
            self._choose(name, str(value))
        else:
            self.form.set(name, value, "checkbox" if name in BOXES else "text")

    def only_choice(self, name: str) -> str:
        """What a required list offers, if it offers one thing only."""
        reading, field = self.form.field(name, "list")
        words = [word for word in self.form.words_on_offer(reading, field) if word.strip()]
        if len(words) != 1:
            offer = f"It offers: {', '.join(map(repr, words))}. Name one of them" if words else "Name what it should be"
            raise ConsoleError(
                f"{self.window.landmarks[name]} must be chosen. {offer} in '{name}'.",
                "choice_needed",
                offered=words,
            )
        return words[0]

    def tenant_domain(self) -> str:
        """The domain that Autotask puts behind the "@" of the user names it generates."""
        self.window.click("generate_key", Intent.SET)
        reading, field = self.window.wait_until(self._generated_name) or (None, None)
        if field is None:
            raise NotSeen(
                "Generate Key did not fill Username (Key), so this tenant's domain is not known. Give the whole name, "
                "with the domain behind its @, in 'user_name'.",
                step=self.window.journal.current,
            )
        return str(field.value).rpartition("@")[2]

    def set_user_name(self, user_name: str) -> None:
        self.form.set("user_name", user_name, "text")

    def set_secret(self, secret: str) -> None:
        self.form.set("secret", secret, "text", "password")

    def set_tracking(self, tracking: Tracking) -> None:
        """Choose where the tracking identifier comes from. It can never be changed once it is saved."""
        if tracking.kind == "vendor":
            self.form.set("integration_vendor", True, "radio")
            self._choose("integration_vendor", tracking.name)
        else:
            self.form.set("internal_integration", True, "radio")
            self.form.set("internal_integration_name", tracking.name, "text")

    def tracking_identifier(self) -> str | None:
        """The identifier that Autotask made for a custom integration; None while it shows none."""
        reading = self.form.read()
        field = reading.find(self.window.landmarks["tracking_identifier"], "text")
        if field:
            return str(field.value) or None
        for look in self.window.look():
            for index, text in enumerate(look.texts[:-1]):
                if same(text, *_words(self.window, "tracking_identifier")) and _is_identifier(look.texts[index + 1]):
                    return look.texts[index + 1]
        return None

    def _choose(self, name: str, wanted: str) -> None:
        """Choose from a list by the whole entry, or by one side of an entry "Vendor - Integration"."""

        def pick(words: t.Sequence[str]) -> str:
            fitting = [word for word in words if same_name(word, wanted)] or [
                word for word in words if any(same_name(part, wanted) for part in word.split(" - "))
            ]
            if len(fitting) != 1:
                close = nearest(wanted, words, count=8)
                raise no_such_word(str(self.window.landmarks[name]), wanted, fitting or close or words)
            return fitting[0]

        reading, field = self.form.field(name, "list")
        self.form.choose(reading, field, pick, wanted)

    def _tracking(self, reading: FormReading) -> Tracking | None:
        marks = self.window.landmarks
        vendor = reading.find(marks["integration_vendor"], "radio")
        custom = reading.find(marks["internal_integration"], "radio")
        if vendor and vendor.value:
            chosen = reading.find(marks["integration_vendor"], "list")
            return Tracking("vendor", str(chosen.value)) if chosen and chosen.value else None
        if custom and custom.value:
            named = reading.find(marks["internal_integration_name"], "text")
            return Tracking("custom", str(named.value) if named else "")
        return None

    def _generated_name(self) -> tuple[FormReading, Field] | None:
        reading, field = self.form.field("user_name", "text")
        return (reading, field) if "@" in str(field.value) else None


def goes_by(user_name: str, wanted: str) -> bool:
    """Whether *user_name* is the *wanted* one, which may be only the key before its "@"."""
    shown, asked = user_name.casefold(), wanted.casefold()
    return asked == (shown if "@" in asked else shown.partition("@")[0])


def _words(window: Window, name: str) -> tuple[str, tuple[str, ...]]:
    landmark = window.landmarks[name]
    return landmark.words, landmark.texts


def _is_identifier(text: str) -> bool:
    """Autotask's identifiers are one long word; 27 characters were seen."""
    return text.isalnum() and len(text) >= 20
