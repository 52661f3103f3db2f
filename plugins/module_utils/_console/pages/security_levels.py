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
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.form import left_to_a_reading
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.reading import Field, FormReading
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid, Row
from ansible_collections.msp.autotask.plugins.module_utils._console.pages import save_button
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.shell import Shell
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    PlaywrightError,
    Window,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Section
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import Change
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Name, Reading, identify
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import word_for
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, same, same_name, tidy

COPIES = (
    re.compile(r"^copy \(\d+\) of (?P<source>.+)$", re.IGNORECASE),
    re.compile(r"^(?P<source>.+?)(?: \(copy\)| \(copy \d+\))(?: \(\d+\))?$", re.IGNORECASE),
)
"""How Autotask names a copy that nobody has named yet: the first was seen in a list of levels, the help tells of the
second for lists in general."""

API_ONLY = re.compile(r"\(api-only\)", re.IGNORECASE)
"""What lists show behind the name of a level that only API users can have; it is no part of the name."""

SWITCHES = ("checkbox", "list")
"""What may say Active."""

ASKED_SECONDS = 0.3
"""How long after a press the page may ask whether it is meant."""

FREE_SECONDS = 5.0
"""How long a control may take to be freed by what was set before it."""

LOAD_SECONDS = 10.0
"""How long the contents of a section may take to come once it was opened."""


Words = dict[Name, tuple[str, ...]]
"""What lists offer that had to be opened to see."""


@dataclass(frozen=True)
class SecurityLevelState:
    """Everything that an editor shows of a level."""

    name: str
    active: bool | None
    """None where the page has no box for it."""
    permissions: Reading
    active_can_be_set: bool = True
    headings: tuple[str, ...] = ()
    """Those of the sections, in page order."""
    not_understood: tuple[str, ...] = ()
    """What can be operated in the form and is not known to be anything, each with its place."""

    def has_all(self, sections: t.Iterable[Section]) -> bool:
        return have_all(self.headings, sections)

    def as_data(self) -> dict[str, t.Any]:
        return {"name": self.name, "active": self.active, "settings": self.permissions.as_data()}


class SecurityLevels:
    """The list of levels."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.grid = Grid(window)
        self._words: Words = {}
        self._seen: list[Row] = []
        """All levels, as the list showed them last."""
        self._shown: list[tuple[str, SecurityLevelState]] = []
        """What the editors of levels showed once their values had come, in a run that only reads."""

    def open(self) -> None:
        self._seen = []
        if not self.grid.reload():
            Shell(self.window).open_security_levels()
        self.grid.filled()

    def overview(self) -> list[dict[str, t.Any]]:
        """All levels, with what the list told of them last."""
        return [
            {
                "name": _without_mark(row.name),
                "system": row.ticked("System"),
                "api_only": bool(API_ONLY.search(row.name)),
                "active": row.ticked("Active"),
            }
            for row in self._seen or self._whole()
        ]

    def names(self) -> list[str]:
        return [level["name"] for level in self.overview()]

    def api_only(self) -> list[str]:
        """The names of the levels that only API users can have, as the list showed them last."""
        return [_without_mark(row.name) for row in self._seen or self._whole() if API_ONLY.search(row.name)]

    def find(self, name: str) -> Row | None:
        """The level *name*, with or without the "(API-only)" that only the list adds.

        It is not there only if a list that had the time for all its rows lacks it.
        """
        found = self._all(name) or (self._all(name) if self.grid.let_rows_come() else [])
        if len(found) > 1:
            raise ConsoleError(
                f'There are {len(found)} security levels named "{name}". Rename or delete those not wanted.',
                "not_unique",
            )
        return found[0] if found else None

    def edit(self, name: str) -> SecurityLevelEditor:
        """Open the editor of the level *name*."""
        self.window.journal.step(f'Open the security level "{name}"')
        return self._editor(name, "edit", Intent.OPEN)

    def remember(self, name: str, state: SecurityLevelState) -> None:
        """Remember what the editor of the level *name* showed; only what only reads may rely on it."""
        self._shown.append((name, state))

    def shown(self, name: str, sections: t.Sequence[Section]) -> SecurityLevelState | None:
        """What its editor showed before, if it had all *sections*."""
        return next((state for known, state in self._shown if same_name(known, name) and state.has_all(sections)), None)

    def copy(self, name: str) -> SecurityLevelEditor:
        """Copy the level *name* and return the editor of the copy, which Autotask may have stored by then."""
        self.window.journal.write(f'Copy the security level "{name}"')
        return self._editor(name, "copy", Intent.STORE)

    def delete(self, name: str, which: int = 0) -> None:
        """Delete the level *name* and confirm it; *which* counts where several have that name."""
        journal = self.window.journal
        journal.write(f'Delete the security level "{name}"')
        rows, said = self._all(name), len(journal.messages)
        if not rows:
            # Somebody else has deleted it since it was seen.
            return
        with self.window.confirming():
            self.grid.choose(rows[which], "delete", Intent.STORE)
            self.window.wait_until(lambda: journal.unasked_since(said) or len(self._all(name)) < len(rows))
        # Not everything that comes up is an answer: a guided tour may lie over the list.
        if len(self._all(name)) >= len(rows):
            raise Refused(
                f'Autotask did not delete the security level "{name}". It says: '
                f"{'; '.join(journal.unasked_since(said)) or 'nothing'}",
                "delete_refused",
            )

    def delete_double(self, name: str) -> None:
        """Where two runs created the same level at once, leave one of the two: both runs delete the one listed last.

        If somebody has that one already, Autotask refuses, and the other goes. What the other run deleted meanwhile is
        not deleted twice: the list acts on the very level that it showed, not on its name.
        """
        # A list that shows the level was loaded after it had been saved.
        if not (self.grid.lies_open and self.window.wait_until(lambda: bool(self._all(name)), GLANCE_SECONDS)):
            self.open()
        which = -1
        for _try in range(2):
            if len(self._all(name)) < 2:
                return
            try:
                self.delete(name, which)
            except Refused:
                which = 0
            self.open()

    def _all(self, name: str) -> list[Row]:
        """The rows of that name."""
        return [row for row in self._whole() if same_name(row.name, name)]

    def _whole(self) -> list[Row]:
        self._seen = self.grid.whole()
        return self._seen

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
        window = self.window.opened_by(
            lambda: self.grid.choose(row, entry, intent), "save_and_close", save_button.is_there
        )
        return SecurityLevelEditor(window, self._words)

    def _row(self, name: str) -> Row:
        """The row of a level that must be there, if need be after the list was loaded again."""

        def there() -> Row | None:
            row = self.find(name)
            if row is None:
                # It may have been stored only after the list was loaded.
                self.open()
            return row

        row = self.window.wait_until(there)
        if row is None:
            raise NotSeen(
                f'The list of security levels does not show "{name}". Somebody may be changing it; run again.',
                step=self.window.journal.current,
                levels=self.names(),
            )
        return row


class SecurityLevelEditor(Editor):
    """The editor of one security level. *words* collects what its lists offer, so that each is opened once."""

    HEADINGS = tuple(text for section in CATALOG.sections for text in (section.heading, *section.alternatives))

    def __init__(self, window: Window, words: Words) -> None:
        super().__init__(window)
        self._words = words

    def read(self, awaited: t.Sequence[Section] = ()) -> SecurityLevelState:
        """Read every control of the page once it is at rest and the *awaited* sections are there, if they come."""

        def there(reading: FormReading) -> bool:
            return bool(reading.fields) and have_all(reading.headings, awaited)

        reading = self.form.settled(until=there)
        empty = [h for h in reading.headings if _has_settings(h) and not reading.in_section(h)]
        for heading in empty:
            self._load_section(heading)
        self._last = self.form.settled(until=there) if empty else reading
        return self._state(self._last)

    def confirming(self) -> contextlib.AbstractContextManager[None]:
        """Answer what the page asks with yes meanwhile."""
        return self.window.confirming()

    def users(self) -> list[tuple[str, bool]]:
        """The names of all resources that have this level, and whether the page shows that they are active."""
        self.window.journal.step("Read who has this security level")
        self.window.click("resources_tab", Intent.OPEN)
        return [(row.name, bool(row.ticked("Active"))) for row in Grid(self.window).whole() if row.name]

    def rename(self, name: str) -> str:
        """Give the level another name, and return the one that it had."""
        reading, field = self.form.field("level_name", "text")
        self.form.set_field(reading, field, name)
        return str(field.value)

    def set_active(self, active: bool) -> None:
        reading, field = self.form.field("level_active", *SWITCHES)
        self.form.set_field(reading, field, self.spelling(field, active))

    def press_no_permission(self, headings: t.Iterable[str]) -> None:
        """Press No Permission in these sections; what comes of it a reading tells.

        The links work while a section is closed, unless it hides them, too. One that cannot be pressed is left out, as
        every setting has a control of its own.
        """
        for heading in headings:
            link = self._last.link(heading)
            if link is None:
                continue
            self.window.journal.step(f"Press No Permission in the section {tidy(heading)}")
            with contextlib.suppress(PlaywrightError):
                if link.is_visible() or (self.form.open(self._last, heading) and link.is_visible()):
                    self.window.press(link, Intent.SET)
            # What the page asks lies over the next link.
            self.window.answer_boxes()
        # The page may ask about it a moment later.
        self.window.pause(ASKED_SECONDS)

    def with_words(self, permissions: Reading, lists: t.Sequence[Control]) -> Reading:
        """The same reading, with the words that *lists* offer, which are opened to see."""
        self.window.journal.step("See what the lists offer")
        reading = self._with_open_sections(control.section for control in lists)
        names = {control: name for name, control in permissions.named()}
        for control in lists:
            field = self._field(reading, names[control])
            self._words[names[control]] = self.form.words_on_offer(reading, field) if field else ()
        return self._with_known_words(permissions)

    def apply(self, changes: t.Sequence[Change]) -> None:
        """Make *changes*, in their order, each in its opened section; what came of them is for a reading to tell."""
        self.window.journal.step("Set the wanted permissions")
        reading = self._with_open_sections(change.control.section for change in changes)
        for change in changes:
            with left_to_a_reading("not_taken", "disabled"):
                try:
                    self._make(change, reading)
                except PlaywrightError:
                    # The page has drawn it anew since it was read.
                    reading = self.form.read()
                    self._make(change, reading)

    # ---- inside

    def _make(self, change: Change, reading: FormReading) -> None:
        field = self._field(reading, change.name)
        if field is None or not field.enabled:
            reading = self._with_freed(change.name)
            field = self._field(reading, change.name)
        if field is None:
            # The page took it away meanwhile.
            return
        if field.kind == "list" and field.offered is None:
            self.form.choose(reading, field, functools.partial(word_for, t.cast(str, change.value)))
        else:
            self.form.set_field(reading, field, change.value)

    def _with_freed(self, name: Name) -> FormReading:
        """The page once an earlier change has freed the control *name*; as it is, if that never comes."""

        def freed() -> FormReading | None:
            reading = self.form.read()
            field = self._field(reading, name)
            return reading if field and field.enabled else None

        return self.window.wait_until(freed, FREE_SECONDS) or self.form.read()

    def _with_open_sections(self, headings: t.Iterable[str]) -> FormReading:
        for heading in dict.fromkeys(headings):
            self._open_section(heading)
        return self.form.read()

    def _open_section(self, heading: str) -> None:
        """Open a section unless it lies open; what a slow page does late, the next press mends."""
        # The one that is there first, then a new one each time.
        readings = itertools.chain([self._last], iter(self.form.read, None))
        if not self.window.wait_until(lambda: self.form.open(next(readings), heading)):
            raise NotSeen(
                f'The section "{heading}" did not open when its heading and what stands beside it were pressed. Run '
                "again; if it happens again, please report it with evidence ('evidence_dir').",
                step=self.window.journal.current,
            )

    def _load_section(self, heading: str) -> None:
        """Open a section that holds nothing yet, as its contents may come only then."""
        for element in self.form.read().openers(heading):
            self.window.press(element, Intent.OPEN)
            if self.window.wait_until(lambda: self.form.read().in_section(heading), LOAD_SECONDS):
                return

    def _field(self, reading: FormReading, name: Name) -> Field | None:
        """The field of the control that goes by *name*; the page may have been drawn anew since it was seen."""
        named = {name: control.position for name, control in self._permissions(reading).named()}
        return next((field for field in reading.fields if field.index == named.get(name)), None)

    def _with_known_words(self, permissions: Reading) -> Reading:
        return Reading(
            replace(control, offered=self._words[name]) if control.offered is None and name in self._words else control
            for name, control in permissions.named()
        )

    def _state(self, reading: FormReading) -> SecurityLevelState:
        marks = self.window.landmarks
        name = reading.find(marks["level_name"], "text")
        active = [
            f for f in self._of_the_level(reading) if f.kind in SWITCHES and _is_labelled(f, marks["level_active"])
        ]
        return SecurityLevelState(
            name=str(name.value) if name else "",
            active=self.is_on(active[0]) if active else None,
            active_can_be_set=bool(active and active[0].enabled),
            permissions=self._with_known_words(self._permissions(reading)),
            headings=tuple(reading.headings),
            not_understood=tuple(reading.not_understood),
        )

    def _permissions(self, reading: FormReading) -> Reading:
        of_the_level = self._of_the_level(reading)
        return Reading(_control(field) for field in reading.fields if field not in of_the_level)

    def _of_the_level(self, reading: FormReading) -> list[Field]:
        """The fields of the level itself, such as its name; they are no settings, whatever section they stand in."""
        name = reading.find(self.window.landmarks["level_name"], "text")
        general = name.section if name else None
        return [
            field for field in reading.fields if field.section in (None, general) or not _has_settings(field.section)
        ]


def _without_mark(name: str) -> str:
    return tidy(API_ONLY.sub("", name))


def is_copy_of(source: str, name: str) -> bool:
    """Whether *name* is one that Autotask gives to a copy of the level *source*."""
    found = [pattern.match(name) for pattern in COPIES]
    return any(copy and same_name(copy["source"], source) for copy in found)


def unknown_settings(controls: t.Iterable[Control]) -> list[str]:
    """What a person calls controls that the catalog does not know."""
    parts = ((control.section, control.label, control.column or "") for control in controls)
    return [" > ".join(filter(None, map(tidy, names))) for names in parts]


def _is_labelled(field: Field, landmark: Landmark) -> bool:
    return any(same(label, landmark.words, landmark.texts) for label in field.labels)


def have_all(headings: t.Collection[str], sections: t.Iterable[Section]) -> bool:
    """Whether each of *sections* has its heading among them."""
    return all(any(same(heading, s.heading, s.alternatives) for heading in headings) for s in sections)


def _has_settings(heading: str) -> bool:
    section = CATALOG.headed(heading)
    return section is None or section.has_links


def _control(field: Field) -> Control:
    """The field as the catalog speaks of it."""
    control = _as_it_reads(field)
    return _by_its_row(control) if control.group and not control.column else control


def _by_its_row(control: Control) -> Control:
    """A cell that has its heading inside, as tables for narrow windows have: what reads as its group is its row."""
    row = control.groups[-1]
    cell = replace(control, label=row, labels=(row,), column=control.label, group=None)
    return cell if identify(control) is None and identify(cell) else control


def _as_it_reads(field: Field) -> Control:
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
