# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Security Levels list, and the editor of one level."""

from __future__ import annotations

import contextlib
import functools
import itertools
import re
import typing as t
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ConsoleError,
    NotSeen,
    Refused,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.form import Field, FormReading
from ansible_collections.msp.autotask.plugins.module_utils._console.grid import Grid, Row
from ansible_collections.msp.autotask.plugins.module_utils._console.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.window import GLANCE_SECONDS, Window
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import Change
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Reading
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import word_for
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, same, same_name, tidy

UNFINISHED_COPY = re.compile(r"^copy \(\d+\) of (?P<source>.+)$", re.IGNORECASE)
"""How Autotask most likely names a copy that nobody has named yet."""


API_ONLY = re.compile(r"\(api-only\)", re.IGNORECASE)
"""What lists show behind the name of a level that only API users can have; it is no part of the name."""

QUESTION_SECONDS = 10.0
"""How long a question on the page may take to come; one of the browser's own brings no words."""

PARTS_OF_A_HEADING = (
    """(row, heading) => [...row.querySelectorAll('*')]
      .find(part => part.textContent.trim() === heading.trim() && !part.childElementCount) || row""",
    "row => [...row.querySelectorAll('*')].find(part => !part.textContent.trim()) || row",
)
"""What opens a section: its words, or the toggle beside them."""


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
        if not self.grid.reload():
            Shell(self.window).open_security_levels()
        self.grid.filled()

    def overview(self) -> list[dict[str, t.Any]]:
        """All levels, with what the list tells of them."""
        return [
            {
                "name": tidy(API_ONLY.sub("", row.name)),
                "system": row.ticked("System"),
                "api_only": bool(API_ONLY.search(row.name)),
                "active": row.ticked("Active"),
            }
            for row in self.grid.whole()
        ]

    def names(self) -> list[str]:
        return [level["name"] for level in self.overview()]

    def find(self, name: str) -> Row | None:
        """The level *name*, with or without the "(API-only)" that only the list adds."""
        found = self._all(name)
        if len(found) > 1:
            raise ConsoleError(
                f'There are {len(found)} security levels named "{name}". Rename or delete those not wanted.',
                "not_unique",
            )
        return found[0] if found else None

    def unfinished_copies(self, source: str) -> list[str]:
        """The names of copies of *source* that nobody has given a name of its own, as interrupted runs leave them."""
        copies = [UNFINISHED_COPY.match(name) for name in self.names()]
        return [copy[0] for copy in copies if copy and same_name(copy["source"], source)]

    def edit(self, name: str) -> SecurityLevelEditor:
        """Open the editor of the level *name*."""
        self.window.journal.step(f'Open the security level "{name}"')
        return self._editor(name, "edit", Intent.OPEN)

    def copy(self, name: str) -> SecurityLevelEditor:
        """Copy the level *name* and return the editor of the copy, which Autotask may have stored by then."""
        self.source(name)
        self.window.journal.write(f'Copy the security level "{name}"')
        return self._editor(name, "copy", Intent.STORE)

    def delete(self, name: str, which: int = 0) -> None:
        """Delete the level *name* and confirm it; *which* counts where several have that name."""
        journal = self.window.journal
        journal.write(f'Delete the security level "{name}"')
        said, before = len(journal.messages), len(self._all(name))
        with self.window.confirming():
            question = self.window.words_after(
                lambda: self.grid.choose(self._all(name)[which], "delete", Intent.STORE), QUESTION_SECONDS
            )
            for yes in self.window.matches(self.window.landmarks["yes"], question):
                self.window.press(yes.element, Intent.STORE)
            self.window.wait_until(lambda: self.window.dismiss_message() or len(self._all(name)) < before)
        # Not everything that comes up is an answer: a guided tour may lie over the list.
        if len(journal.messages) > said and len(self._all(name)) >= before:
            raise Refused(
                f'Autotask did not delete the security level "{name}". It says: {journal.messages.pop()}',
                "delete_refused",
            )

    def drop_twin(self, name: str) -> None:
        """Where two runs created the same level at once, leave one of the two: both runs drop the one listed last.

        If somebody has that one already, Autotask refuses, and the other goes. What the other run deleted meanwhile is
        not deleted twice: the list acts on the very level that it showed, not on its name.
        """
        for which in (-1, 0):
            self.open()
            if len(self._all(name)) < 2:
                return
            with contextlib.suppress(Refused):
                self.delete(name, which)

    def _all(self, name: str) -> list[Row]:
        """The rows of that name."""
        return [row for row in self.grid.whole() if same_name(row.name, name)]

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

    def _editor(self, name: str, entry: str, intent: Intent) -> SecurityLevelEditor:
        row = self._row(name)
        window = self.window.opened_by(lambda: self.grid.choose(row, entry, intent), "save_and_close")
        return SecurityLevelEditor(window)

    def _row(self, name: str) -> Row:
        """The row of a level that must be there, if need be after the list was loaded again."""
        row = self.window.wait_until(lambda: self.find(name))
        if row is None:
            raise NotSeen(
                f'The list of security levels does not show "{name}". Somebody may be changing it; run again.',
                step=self.window.journal.current,
                levels=self.names(),
            )
        return row


class SecurityLevelEditor(Editor):
    """The editor of one security level. What is pressed is what the last read() saw."""

    HEADINGS = tuple(text for section in CATALOG.sections for text in (section.heading, *section.alternatives))

    def read(self) -> SecurityLevelState:
        """Read every control of the page in one look."""
        self._last = self.form.field("level_name", "text")[0]
        return self._state(self._last)

    def users(self) -> list[tuple[str, bool]]:
        """The names of the resources that have this level, and whether the page shows that they are active."""
        self.window.journal.step("Read who has this security level")
        self.window.click("resources_tab", Intent.OPEN)
        return [(row.name, bool(row.ticked("Active"))) for row in Grid(self.window).loaded() if row.name]

    def set_name(self, name: str) -> None:
        self.form.set("level_name", name, "text")

    def set_active(self, active: bool) -> None:
        self.form.set("level_active", active, "checkbox")

    def press_no_permission(self) -> None:
        """Press No Permission in every section; the links work while a section is closed."""
        self.window.journal.step("Press No Permission in every section")
        for link in map(self._last.link, self._last.headings):
            if link:
                self.window.press(link, Intent.SET)

    def with_words(self, permissions: Reading, lists: t.Sequence[Control]) -> Reading:
        """The same reading, with the words that *lists* offer, which are opened to see."""
        self.window.journal.step("See what the lists offer")
        reading = self._with_open_sections(lists)
        words = {
            control.position: self.form.words_on_offer(reading, self._field(reading, control)) for control in lists
        }
        return Reading(
            replace(control, offered=words[control.position]) if control.position in words else control
            for control in permissions
        )

    def apply(self, changes: t.Sequence[Change]) -> None:
        """Make *changes*, in their order, each in its opened section."""
        self.window.journal.step("Set the wanted permissions")
        if not changes:
            return
        reading = self._with_open_sections([change.control for change in changes])
        for change in changes:
            if not self._field(reading, change.control).enabled:
                reading = self._with_freed(change.control)
            field = self._field(reading, change.control)
            if field.kind == "list" and field.offered is None:
                self.form.choose(reading, field, functools.partial(word_for, t.cast(str, change.value)))
            else:
                self.form.set_field(reading, field, change.value)

    def _with_freed(self, control: Control) -> FormReading:
        """The page once an earlier change has freed *control*; as it is, if that never comes."""

        def freed() -> FormReading | None:
            reading = self.form.read()
            return reading if self._field(reading, control).enabled else None

        return self.window.wait_until(freed) or self.form.read()

    def _with_open_sections(self, controls: t.Sequence[Control]) -> FormReading:
        for heading in dict.fromkeys(control.section for control in controls):
            self._open_section(heading)
        return self.form.read()

    def _open_section(self, heading: str) -> None:
        """Open a section by its heading, or by the toggle beside it, unless it lies open."""
        readings = itertools.chain([self._last], iter(self.form.read, None))
        parts = itertools.cycle(PARTS_OF_A_HEADING)
        if not self.window.wait_until(lambda: self._opens(next(readings), heading, next(parts))):
            raise NotSeen(
                f'The section "{heading}" did not open when its heading and what stands beside it were pressed. Run '
                "again; if it stays, please report it with evidence ('evidence_dir').",
                step=self.window.journal.current,
            )

    def _opens(self, reading: FormReading, heading: str, part: str) -> bool:
        """Whether the section lies open, or opens when pressed; what a slow page does late, the next press mends."""
        if reading.shows(heading):
            return True
        element = reading.heading_row(heading).evaluate_handle(part, heading).as_element()
        if element:
            self.window.press(element, Intent.OPEN)
        return bool(self.window.wait_until(lambda: reading.shows(heading), GLANCE_SECONDS))

    @staticmethod
    def _field(reading: FormReading, control: Control) -> Field:
        """The field that *control* was read from; the page may have been read again since."""
        return next(field for field in reading.fields if field.index == control.position)

    def _state(self, reading: FormReading) -> SecurityLevelState:
        name = reading.find(self.window.landmarks["level_name"], "text")
        # The level's own name and state are no settings, whatever section they stand in.
        general = name.section if name else None
        active = [
            field
            for field in reading.fields
            if field.section == general and field.kind == "checkbox" and self._is_active_box(field)
        ]
        return SecurityLevelState(
            name=str(name.value) if name else "",
            active=bool(active and active[0].value),
            permissions=Reading(
                _control(field) for field in reading.fields if field.section is not None and field.section != general
            ),
        )

    def _is_active_box(self, field: Field) -> bool:
        landmark = self.window.landmarks["level_active"]
        return same(field.label, landmark.words, landmark.texts)


def unknown_settings(controls: t.Iterable[Control]) -> list[str]:
    """What a person calls controls that the catalog does not know."""
    parts = ((control.section, control.label, control.column or "") for control in controls)
    return [" > ".join(filter(None, map(tidy, names))) for names in parts]


def _control(field: Field) -> Control:
    """The field as the catalog speaks of it."""
    return Control(
        section=field.section or "",
        group=field.group,
        label=field.label,
        labels=field.labels,
        column=field.column,
        kind=t.cast(t.Any, field.kind),
        value=field.value,
        offered=field.offered,
        enabled=field.enabled,
        position=field.index,
    )
