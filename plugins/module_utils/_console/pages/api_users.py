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
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.window import GLANCE_SECONDS, Window
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, same, same_name

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

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

        return self._form(lambda: self.grid.choose(find, "edit", Intent.OPEN))

    def new(self) -> ApiUserForm:
        """Open an empty form for a new API user, by the menu: the button itself would make a paid resource."""
        self.window.journal.step("Open the form for a new API user")
        form = self._form(self._choose_new_api_user)
        if form is None:
            raise ConsoleError(
                "The form that opened is not that of an API user: it has no section Credentials. It was closed without "
                "saving, since saving another form might create a resource that costs money.",
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

    def _form(self, action: t.Callable[[], None]) -> ApiUserForm | None:
        """The form that *action* opens, if it is that of an API user; any other is closed."""
        window = self.window.opened_by(action, "save_and_close")
        if window.sees("credentials", GLANCE_SECONDS):
            return ApiUserForm(window)
        window.close()
        return None

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
