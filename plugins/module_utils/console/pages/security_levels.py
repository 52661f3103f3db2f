# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Security Levels list, and the editor of one level."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils.console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils.console.form import Field, FormReading
from ansible_collections.msp.autotask.plugins.module_utils.console.grid import Grid, Row, only
from ansible_collections.msp.autotask.plugins.module_utils.console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils.console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils.console.window import GLANCE_SECONDS, Window
from ansible_collections.msp.autotask.plugins.module_utils.permissions.plan import Change
from ansible_collections.msp.autotask.plugins.module_utils.permissions.reading import Control, Reading
from ansible_collections.msp.autotask.plugins.module_utils.permissions.values import word_for
from ansible_collections.msp.autotask.plugins.module_utils.permissions.wording import nearest, same, same_name

UNFINISHED_COPY = re.compile(r"^copy \(\d+\) of (?P<source>.+)$", re.IGNORECASE)
"""How Autotask most likely names a copy that nobody has named yet."""


@dataclass(frozen=True)
class SecurityLevelState:
    """Everything that an editor shows of a level."""

    name: str
    active: bool
    permissions: Reading

    def as_data(self) -> dict[str, t.Any]:
        return {"name": self.name, "active": self.active, "settings": self.permissions.as_data()}


class SecurityLevels:
    """The list of levels."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.grid = Grid(window)

    def open(self) -> None:
        Shell(self.window).open_security_levels()
        self.grid.loaded()

    def names(self) -> list[str]:
        return [row.cell("Name") for row in self.grid.loaded()]

    def find(self, name: str) -> Row | None:
        """The level *name*, with or without the "(API-only)" that only the list adds."""
        return only(self.grid.loaded(), name, "security level")

    def find_unfinished_copy(self, source: str) -> Row | None:
        """A copy of *source* that an interrupted run left without a name."""
        for row in self.grid.loaded():
            match = UNFINISHED_COPY.match(row.cell("Name"))
            if match and same_name(match["source"], source):
                return row
        return None

    def edit(self, name: str) -> SecurityLevelEditor:
        """Open the editor of the level *name*."""
        self.window.journal.step(f'Open the security level "{name}"')
        return self._editor(name, "edit")

    def copy(self, name: str) -> SecurityLevelEditor:
        """Copy the level *name* and return the editor of the copy, which Autotask may have stored by then."""
        self.source(name)
        self.window.journal.write(f'Copy the security level "{name}"')
        return self._editor(name, "copy")

    def delete(self, name: str) -> None:
        """Delete the level *name* and confirm it."""
        self.window.journal.write(f'Delete the security level "{name}"')
        self.grid.choose(lambda: self._row(name), "delete")
        self.window.click("yes")
        self.window.wait_until(lambda: not self.find(name) or None)

    def source(self, name: str) -> Row:
        """The level to copy from, or a failure that names those there are."""
        row = self.find(name)
        if row is None:
            names = self.names()
            raise ConsoleError(
                f'There is no security level "{name}" to copy from. Nearest here: '
                f"{', '.join(map(repr, nearest(name, names) or names[:5]))}. Name one of them in 'copy_from'.",
                "base_level_missing",
                levels=names,
            )
        return row

    def _editor(self, name: str, entry: str) -> SecurityLevelEditor:
        window = self.window.opened_by(lambda: self.grid.choose(lambda: self._row(name), entry), "save_and_close")
        return SecurityLevelEditor(window)

    def _row(self, name: str) -> Row:
        """The row of a level that must be there, if need be after the list was loaded again."""
        row = self.window.wait_until(lambda: self.find(name))
        if row is None:
            raise NotSeen(f'The list of security levels does not show "{name}".', levels=self.names())
        return row


class SecurityLevelEditor(Editor):
    """The editor of one security level."""

    def read(self) -> SecurityLevelState:
        """Read every control of the page in one look."""
        self.form.field("level_name", "text")
        return self._state(self.form.read())

    def users(self) -> list[str]:
        """The names of the resources that have this level."""
        self.window.journal.step("Read who has this security level")
        self.window.click("resources_tab")
        return [name for row in Grid(self.window).loaded() if (name := row.cell("Name"))]

    def set_name(self, name: str) -> None:
        self.form.set("level_name", name, "text")

    def set_active(self, active: bool) -> None:
        self.form.set("level_active", active, "checkbox")

    def press_no_permission(self) -> None:
        """Press No Permission in every section; the links work while a section is closed."""
        self.window.journal.step("Press No Permission in every section")
        reading = self.form.read()
        for heading in reading.headings:
            reading.link(heading).click(timeout=self.window.milliseconds())

    def apply(self, changes: t.Sequence[Change]) -> None:
        """Make *changes*, in their order, each in its opened section."""
        self.window.journal.step("Set the wanted permissions")
        for heading in dict.fromkeys(change.control.section for change in changes):
            self._open_section(heading)
        reading = self.form.read()
        for change in changes:
            field = self._field(reading, change.control)
            value = change.value
            if field.kind == "list" and field.offered is None:
                value = word_for(t.cast(str, value), self.form.words_on_offer(reading, field))
            self.form.set_field(reading, field, value)

    def _open_section(self, heading: str) -> None:
        """Open a section by its heading, or by the toggle beside it, unless it lies open."""
        for part in ("heading", "toggle"):
            reading = self.form.read()
            if self._is_open(reading, heading):
                return
            row = reading.heading_row(heading)
            script = {
                "heading": """(row, heading) => [...row.querySelectorAll('*')]
                    .find(part => part.textContent.trim() === heading.trim() && !part.childElementCount) || row""",
                "toggle": "row => [...row.querySelectorAll('*')].find(part => !part.textContent.trim()) || row",
            }[part]
            element = row.evaluate_handle(script, heading).as_element()
            if element:
                element.click(timeout=self.window.milliseconds())
            self.window.wait_until(lambda: self._is_open(self.form.read(), heading) or None, GLANCE_SECONDS)

    @staticmethod
    def _is_open(reading: FormReading, heading: str) -> bool:
        return any(field.visible for field in reading.fields if field.section == heading)

    @staticmethod
    def _field(reading: FormReading, control: Control) -> Field:
        """The field that *control* was read from; the page may have been read again since."""
        return next(field for field in reading.fields if field.index == control.position)

    def _state(self, reading: FormReading) -> SecurityLevelState:
        name = reading.find(self.window.landmarks["level_name"], "text")
        active = [
            field
            for field in reading.fields
            if field.section is None and field.kind == "checkbox" and self._is_active_box(field)
        ]
        return SecurityLevelState(
            name=str(name.value) if name else "",
            active=bool(active and active[0].value),
            permissions=Reading(_control(field) for field in reading.fields if field.section is not None),
        )

    def _is_active_box(self, field: Field) -> bool:
        landmark = self.window.landmarks["level_active"]
        return same(field.label, landmark.words, landmark.texts)


def _control(field: Field) -> Control:
    """The field as the catalog speaks of it."""
    number = field.kind == "text" and str(field.value).strip().isdecimal()
    return Control(
        section=field.section or "",
        group=field.group,
        label=field.label,
        column=field.column,
        kind=t.cast(t.Any, "number" if number else field.kind),
        value=int(field.value) if number else field.value,
        offered=field.offered,
        enabled=field.enabled,
        position=field.index,
    )
