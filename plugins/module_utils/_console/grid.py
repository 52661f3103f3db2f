# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A list page: its rows, and what can be done with one of them."""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import Unavailable
from ansible_collections.msp.autotask.plugins.module_utils._console.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import LANDMARKS
from ansible_collections.msp.autotask.plugins.module_utils._console.window import (
    GLANCE_SECONDS,
    PlaywrightError,
    Window,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, JSHandle

COLUMNS = ("name_column", "security_level_column")
"""Landmarks of the columns that are read."""

FILTER_SECONDS = 10.0
"""How long a list may take to show what its filter asks for."""

MOST_ICONS = 3
"""Cells without words that a row may have before the one with the menu: a tick, the menu, a picture."""

SMALLEST_PAGE = 25
"""Lists show 25 rows at least, so one with fewer is whole."""


@dataclass(frozen=True)
class Row:
    """One line of a list: its cells by the heading above them, and which line of the reading it is.

    Headings that are landmarks go by their usual words, whatever the tenant calls them.
    """

    cells: dict[str, str]
    ticks: dict[str, bool]
    reading: JSHandle
    index: int

    @property
    def element(self) -> ElementHandle:
        element = self.reading.evaluate_handle("(reading, index) => reading.elements[index]", self.index)
        return t.cast("ElementHandle", element.as_element())

    @property
    def name(self) -> str:
        return self.cells.get(LANDMARKS["name_column"].words, "")

    @property
    def security_level(self) -> str | None:
        """None if the list has no such column."""
        return self.cells.get(LANDMARKS["security_level_column"].words)

    def ticked(self, heading: str) -> bool | None:
        """Whether there is a tick below *heading*; None if the list has no such column."""
        return next((tick for text, tick in self.ticks.items() if same(text, heading)), None)


class Grid:
    """The list in a window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._narrowed_by: str | None = None

    def rows(self) -> list[Row]:
        """All rows below the heading row."""
        for frame in reversed(self.window.page.frames):
            try:
                reading = frame.evaluate_handle(scripts.GRID_ROWS)
                lines: list[dict[str, t.Any]] = reading.evaluate("reading => reading.data")
            except PlaywrightError:
                continue
            head = next((index for index, line in enumerate(lines) if self._is_heading(line["cells"])), None)
            if head is not None:
                headings = [self._usual(heading) for heading in lines[head]["cells"]]
                return [
                    _row(headings, line, reading, index)
                    for index, line in enumerate(lines)
                    if index > head and any(line["cells"]) and not any(line["inputs"])
                ]
        return []

    def loaded(self) -> list[Row]:
        """Wait until the list shows rows, or says that it has none."""

        rows: list[Row] = []

        def there() -> bool:
            rows[:] = self.rows()
            return bool(rows) or self.window.sees("no_records")

        if not self.window.wait_until(there):
            raise self.window.not_seen("The list did not show any row", "name_column")
        return rows

    def filled(self) -> list[Row]:
        """The rows of a list that cannot be empty: if it looks so, it was not loaded."""
        rows = self.loaded() or self.window.wait_until(self.rows, GLANCE_SECONDS)
        if not rows:
            raise Unavailable("Autotask shows an empty list where there must be rows. It may be overloaded; run again.")
        return rows

    def narrowed_to(self, column: str, text: str) -> list[Row]:
        """The rows left when the filter below the heading *column* asks for *text*; all rows of a list without one.

        Of a list with several pages the last one stays open.
        """
        if self._narrowed_by and self._narrowed_by != column:
            self._filter(self._narrowed_by, "")
        failed_before = self.window.failed_calls
        if self._narrowed_by or len(self.filled()) >= SMALLEST_PAGE:
            self._narrowed_by = column if self._filter(column, text) else None
        rows = [row for page in self.pages() for row in page]
        if not rows and self.window.failed_calls > failed_before:
            raise Unavailable("Autotask did not answer when a list was asked for. Run again later.")
        return rows

    def pages(self) -> t.Iterator[list[Row]]:
        """The rows of every page, from the first to the last; each stays open while it is looked at."""
        while self._turn("previous_page"):
            pass
        yield self.loaded()
        while self._turn("next_page"):
            yield self.loaded()

    def choose(self, row: t.Callable[[], Row], name: str, intent: Intent) -> None:
        """Choose the entry *name* from the menu of *row*: by right-click, or by the icon that the row shows."""
        icons = [functools.partial(self._press_icon, row, index) for index in range(MOST_ICONS)]
        self.window.choose(name, intent, lambda: self._right_click(row), *icons)

    def _turn(self, direction: str) -> bool:
        """Turn to another page of the list; False if there is none that way."""
        links = self.window.matches(self.window.landmarks[direction])
        if len(links) != 1:
            return False
        before = [row.cells for row in self.rows()]
        self.window.press(links[0].element, Intent.OPEN)
        return bool(self.window.wait_until(lambda: [row.cells for row in self.rows()] not in ([], before)))

    def _filter(self, column: str, text: str) -> bool:
        """Ask the filter below the heading *column* for *text*; False if the list has no such filter."""
        box = self._filter_box(column)
        if box is None:
            return False
        before = [row.cells for row in self.rows()]
        box.fill(text, timeout=self.window.milliseconds())
        box.press("Enter")
        heading, asked = self.window.landmarks[column].words, text.casefold()
        self.window.wait_until(lambda: [row.cells for row in self.rows()] != before, GLANCE_SECONDS)
        # A slow list shows the rows of before for a while.
        self.window.wait_until(
            lambda: all(asked in row.cells.get(heading, asked).casefold() for row in self.rows()), FILTER_SECONDS
        )
        return True

    def _filter_box(self, column: str) -> ElementHandle | None:
        """The text box below the heading *column*."""
        for frame in reversed(self.window.page.frames):
            try:
                reading = frame.evaluate_handle(scripts.GRID_ROWS)
                lines: list[dict[str, t.Any]] = reading.evaluate("reading => reading.data")
            except PlaywrightError:
                continue
            head = next((line for line in lines if self._is_heading(line["cells"])), None)
            filters = next((index for index, line in enumerate(lines) if any(line["inputs"])), None)
            if head is None or filters is None:
                continue
            heading = self.window.landmarks[column]
            place = next((i for i, text in enumerate(head["cells"]) if same(text, heading.words, heading.texts)), None)
            if place is None:
                return None
            box = reading.evaluate_handle(
                "(r, [row, column]) => r.elements[row].children[column]?.querySelector('input')", [filters, place]
            )
            return box.as_element()
        return None

    def _press_icon(self, row: t.Callable[[], Row], index: int) -> None:
        icons = self._icons(row())
        if index < len(icons):
            self.window.press(icons[index], Intent.OPEN)

    def _right_click(self, row: t.Callable[[], Row]) -> None:
        try:
            self.window.press(row().element, Intent.OPEN, button="right")
        except PlaywrightError:
            # The list was loaded anew in between, by the editor that just closed.
            self.window.press(row().element, Intent.OPEN, button="right")

    def _icons(self, row: Row) -> list[ElementHandle]:
        element = row.element
        element.hover(timeout=self.window.milliseconds())
        cells = element.query_selector_all(":scope > *")
        return [cell for cell in cells if not (cell.text_content() or "").strip()]

    def _is_heading(self, cells: t.Sequence[str]) -> bool:
        column = self.window.landmarks["name_column"]
        named = next((cell for cell in cells if same(cell, column.words, column.texts)), None)
        if named:
            self.window.journal.found(column.words, named)
        return named is not None

    def _usual(self, heading: str) -> str:
        """The usual words of the landmark that *heading* is, or the heading itself."""
        columns = [self.window.landmarks[name] for name in COLUMNS]
        # A tenant may call one column what another usually is called.
        named = [column for column in columns if same(heading, column.words)] or [
            column for column in columns if same(heading, column.words, column.texts)
        ]
        return named[0].words if named else heading


def _row(headings: t.Sequence[str], line: dict[str, t.Any], reading: JSHandle, index: int) -> Row:
    cells, ticks = (dict(zip(headings, line[fact], strict=False)) for fact in ("cells", "ticks"))
    return Row(cells, ticks, reading, index)
