# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A list page: all of its rows, and what can be done with one of them."""

from __future__ import annotations

import json
import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import NotSeen, Unavailable
from ansible_collections.msp.autotask.plugins.module_utils._console.lists import scripts as grid_scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.filters import Filters
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.pager import PageEntry, Pager
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import (
    GridReading,
    Row,
    as_list,
    is_heading,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.row_menu import RowMenu, found_by
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.wholeness import doubt, first_gap
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.stillness import Stillness
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    STEP_SECONDS,
    PlaywrightError,
    Window,
)

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import Thing
    from playwright.sync_api import Frame

COLUMNS = ("name_column", "security_level_column", "license_type_column", "active_column", "system_column")
"""Landmarks of the columns that are read."""

MORE_SECONDS = 2.5
"""How long to wait for more rows once a list was scrolled and is still."""

EFFECT_SECONDS = 3.0
"""If a page at rest shows no effect of a press by then, it had none."""

SHARE_OF_SCROLL = 0.6
"""By how much of what is seen a list is scrolled on, so that what is seen then overlaps with what was seen before."""

SMALLEST_PAGE = 25
"""With fewer rows it is not worth while to filter a list before it is read."""


class Grid:
    """The list in a window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.filters = Filters(self)
        self._drawn: dict[str, set[bool | None]] = {}
        """What marks were seen to say below each heading."""
        self._anchors: list[str] = []
        """What the heading of the names says."""
        self._narrowed_by: str | None = None
        """The heading of the column that we have filtered by."""
        self._known: dict[str, str] = {}
        """The cells of a row that is known to be there."""
        self._resting: GridReading | None = None
        """The list as it was seen at rest last."""
        self._address: tuple[Frame, str] | None = None
        """Where the list was opened."""

    # ---- looking

    def rows(self) -> list[Row]:
        """The rows that are shown at this moment."""
        reading = self.look()
        return reading.rows if reading else []

    def loaded(self) -> list[Row]:
        """Wait until the list shows rows and has come to rest, or says that it has none."""
        return self.at_rest().rows

    def filled(self) -> list[Row]:
        """The rows of a list that cannot be empty: if it looks so, it was not loaded."""
        rows = self.loaded() or self.window.wait_until(self.rows, GLANCE_SECONDS) or []
        reading = self._resting
        if not rows and not (reading and reading.shut):
            raise Unavailable("Autotask shows an empty list where there must be rows. It may be overloaded; run again.")
        frame = rows[0].reading.frame if rows else t.cast("GridReading", reading).frame
        self._address = frame, frame.url
        return rows

    @property
    def lies_open(self) -> bool:
        """Whether this window still shows the list."""
        frame, address = self._address or (None, "")
        return frame is not None and not frame.is_detached() and frame.url == address

    def reload(self) -> bool:
        """Load the list anew where it is open; False if this window does not show it any more."""
        if self._address is None or not self.lies_open:
            return False
        frame, _url = self._address
        page, left = self.window.page, self.window.milliseconds()
        with page.expect_event("framenavigated", lambda moved: moved == frame, timeout=left):
            frame.evaluate("() => location.reload()")
        frame.wait_for_load_state(timeout=self.window.milliseconds())
        self._narrowed_by = self._resting = None
        return True

    @property
    def shows_inactive(self) -> bool:
        """Whether the page shows that it lists what is inactive, too, as it was looked at last."""
        return self.filters.shows_inactive

    def look(self) -> GridReading | None:
        """One look at the list; None if there is none. Of several, one with rows."""
        # The words of the heading stay the same, so they are looked for once.
        readings = self._readings(lambda frame: self._anchors) if self._anchors else []
        readings = readings or self._readings(self._anchors_in)
        readings.sort(key=lambda reading: (not reading.rows, not reading.certain))
        return readings[0] if readings else None

    def at_rest(
        self,
        seconds: float = STEP_SECONDS,
        wanted: t.Callable[[GridReading], bool] = lambda reading: True,
        may_be_empty: bool = False,
        before: GridReading | None = None,
    ) -> GridReading:
        """The list once it has come to rest and is as *wanted*; as it is after *seconds*, if that never comes.

        At rest it shows rows, or says that it has none, the page is still, and two looks see the same. What was seen
        at rest *before*, with nothing done since, is the first of the two.
        """
        stillness = Stillness(self.window)
        seen: GridReading | None = None
        last, since = before, time.monotonic()

        def rests() -> GridReading | None:
            nonlocal seen, last, since
            if not stillness.now():
                return None
            last, seen = seen or last, self.look()
            if seen is None or last is None or last.shown != seen.shown:
                since = time.monotonic()
                return None
            return seen if self._rests(seen, time.monotonic() - since, may_be_empty) and wanted(seen) else None

        found = self.window.wait_until(rests, seconds) or seen
        if found is None or not (found.rows or found.shut or may_be_empty or self._is_empty(found)):
            raise self.window.not_seen("The list did not show any row", "name_column")
        self._resting = found
        return found

    def still_at_rest(self) -> GridReading:
        """The list at rest, if nothing was done to it since it was seen so last."""
        return self.at_rest(before=self._resting)

    def after(self, before: GridReading, differs: t.Callable[[GridReading], bool] | None = None) -> GridReading:
        """The list after something was pressed: different and at rest again, or the same if that has no effect."""
        since = time.monotonic()

        def has_changed(reading: GridReading) -> bool:
            return (reading.shown, reading.surroundings) != (before.shown, before.surroundings)

        differs = differs or has_changed

        def is_over(reading: GridReading) -> bool:
            return differs(reading) or time.monotonic() - since > EFFECT_SECONDS

        return self.at_rest(STEP_SECONDS, is_over, may_be_empty=True)

    def _rests(self, reading: GridReading, unchanged: float, may_be_empty: bool) -> bool:
        """Whether a list that is still is all there."""
        if not reading.rows:
            # A list may say that it has none until its rows are there.
            return bool(reading.shut) or (unchanged >= EFFECT_SECONDS and (may_be_empty or self._is_empty(reading)))
        count = Pager(reading, self.window.landmarks).count
        # Rows may be drawn one after the other.
        is_partial = reading.blank or (count.first and count.last and len(reading.rows) <= count.last - count.first)
        return not is_partial or unchanged >= GLANCE_SECONDS

    def _is_empty(self, reading: GridReading) -> bool:
        """Whether the page says that the list has no rows."""
        return self.window.sees("no_records") or Pager(reading, self.window.landmarks).count.total == 0

    # ---- all rows

    def whole(self) -> list[Row]:
        """All rows of the list, active and inactive ones: filtered by nothing, turned and scrolled to its end.

        NotSeen (C(list_not_whole)) if there may be more than what can be seen.
        """
        self.filters.clear()
        self._narrowed_by = None
        return self._all()

    def narrowed_to(self, column: str, text: str, hint: tuple[str, str] | None = None) -> list[Row]:
        """Rows of the list, among them all whose whole cell below the landmark *column* is *text*.

        A long list is filtered: by the *hint*, another column and text, if that leaves anything, or by the column
        itself. An empty result counts only if the same filter finds a row that is known to be there.
        """
        failed_before = self.window.failed_calls
        reading = self.filters.clear(but=self._narrowed_by)
        if not self._narrowed_by:
            if self._is_short(reading):
                return self._all()
            if not reading.rows:
                return self.whole()
            self._known = reading.rows[0].cells
        rows = (hint and self._filtered(reading, *hint)) or self._filtered(self._now(), column, text)
        if rows is None:
            return self.whole()
        if not rows and self.window.failed_calls > failed_before:
            raise Unavailable("Autotask did not answer when a list was asked for. Run again later.")
        return rows

    def _filtered(self, reading: GridReading, column: str, text: str) -> list[Row] | None:
        """The rows that the filter below the landmark *column* leaves; None if there is none to rely on."""
        heading = self.window.landmarks[column].words
        if heading not in reading.headings:
            return None
        if self._narrowed_by not in (None, heading):
            reading = self.filters.clear()
        self._narrowed_by = heading
        narrowed = self.filters.narrow(reading, heading, text)
        if narrowed is None:
            return None
        rows = self._all()
        if rows or not self.filters.is_typed(narrowed, heading):
            return rows
        # Filters that look at the beginning of a cell, at its case, or not at all, find nothing either.
        known = self._known[heading]
        probe = self.filters.narrow(narrowed, heading, known.swapcase()) if known else None
        return rows if probe and any(row.cells[heading] == known for row in probe.rows) else None

    def _is_short(self, reading: GridReading) -> bool:
        """Whether all rows are on one page, or so few that they are read as quickly as filtered."""
        pager = Pager(reading, self.window.landmarks)
        seems_whole = not pager.goes_on and pager.count.at_least <= len(reading.rows)
        return pager.count.total == len(reading.rows) or (seems_whole and len(reading.rows) < SMALLEST_PAGE)

    def _all(self) -> list[Row]:
        """The rows of all pages, in each of the states that must be looked at one after the other."""
        rows = []
        for view in self.filters.views or (None,):
            if view and not self.filters.show(view):
                raise self.not_whole(f"{self.window.landmarks[view]} is not on offer")
            rows += self._rows_of_view()
        rows = as_list(rows, self._drawn)
        active = self.window.landmarks["active_column"].words
        self.filters.shows_inactive |= any(row.ticked(active) is False for row in rows)
        return rows

    def _rows_of_view(self) -> list[Row]:
        doubts, before = "", list[tuple[t.Any, ...]]()
        # Somebody may have added a row in the meantime, or a page may hold more.
        for _attempt in range(3):
            numbers: set[int] = set()
            pages = [self._joined(positions, numbers) for positions in self._pages()]
            if not self._narrowed_by and (left_out := first_gap(numbers)):
                raise self.not_whole(f"its rows are numbered, and number {left_out} was not seen")
            reading = self._now()
            seen, rows = sum(pages, []), _distinct(pages)
            total = self._total(reading)
            looks = [row.looks for row in seen]
            # Rows that look the same are two if they are there again; else one of them has moved to another page.
            if total == len(seen) and (len(rows) == total or looks == before):
                rows = seen
            before = looks
            if rows and not any(row.name for row in rows):
                raise self.not_whole("no row shows a name below its heading")
            doubts = doubt(
                reading,
                self.window.landmarks,
                len(rows),
                total,
                len(pages),
                narrowed=bool(self._narrowed_by),
                is_state=self.filters.is_state,
            )
            if not doubts:
                return rows
            self._enlarge(reading)
        raise self.not_whole(doubts)

    def _joined(self, positions: t.Iterable[GridReading], numbers: set[int]) -> list[Row]:
        """The rows of one page, from what it shows one after the other as it is scrolled, and their *numbers*."""
        rows: list[Row] = []
        for reading in positions:
            numbers |= reading.numbers
            looks = [row.looks for row in rows]
            most = min(len(rows), len(reading.rows))
            overlap = next((n for n in range(most, 0, -1) if tuple(looks[-n:]) == reading.shown[:n]), 0)
            if rows and not overlap:
                raise self.not_whole("scrolling it skips rows")
            rows += reading.rows[overlap:]
        return rows

    def _total(self, reading: GridReading) -> int:
        """How many rows there are at least, by all that the page says."""
        count = Pager(reading, self.window.landmarks).count
        return max(count.total or 0, count.at_least, reading.row_count or 0, reading.set_size)

    def _enlarge(self, reading: GridReading) -> None:
        """Let a page of the list have as many rows as it can, if that can be chosen."""
        size = Pager(reading, self.window.landmarks).size
        if size:
            self.filters.choose_most(reading, size)
            self.after(reading)

    def let_rows_come(self) -> bool:
        """Wait until a list that gets rows by a timer, without any sign of it, has had the time; whether some came."""
        before = self._now()
        age = t.cast("float", before.frame.evaluate("() => performance.now() / 1000"))
        self.window.pause(max(0.0, MORE_SECONDS - age))
        self._resting = None
        return self._now().shown != before.shown

    # ---- turning and scrolling

    def _pages(self) -> t.Iterator[t.Iterator[GridReading]]:
        """For each page, from the first to the last, what it shows while it is scrolled; each stays open meanwhile."""
        self._turn_back()
        number = 1
        while True:
            yield self._positions()
            if not self._turn_on(self._now(), number):
                return
            number += 1

    def _now(self) -> GridReading:
        """The list as it last came to rest."""
        return self._resting or self.at_rest(may_be_empty=True)

    def _turn_back(self) -> None:
        """Turn to the first page."""
        turned: GridReading | None = self._now()
        while turned:
            pager = Pager(turned, self.window.landmarks)
            back = None if pager.count.is_first_page else pager.back
            turned = self._turned(turned, back) if back else None

    def _turn_on(self, reading: GridReading, number: int) -> bool:
        """Turn to the page after the one with this *number*; False if it is the last."""
        pager = Pager(reading, self.window.landmarks)
        thing = None if pager.count.is_last_page else pager.on(number)
        if thing is None:
            return False
        turned = self._turned(reading, thing)
        if turned is None:
            # What is no button may say Next where there is nothing next.
            if isinstance(thing, PageEntry):
                raise self.not_whole("choosing the next page from the list of pages turned none")
            if thing.operable and pager.is_sure(thing):
                raise self.not_whole(f'pressing "{thing.names[0] if thing.names else thing.looks}" turned no page')
            return False
        before, now = pager.count, Pager(turned, self.window.landmarks).count
        if before.last and now.first and now.first > before.last + 1:
            raise self.not_whole(f"it turned from row {before.last} to row {now.first}")
        return True

    def _turned(self, reading: GridReading, turner: Thing | PageEntry) -> GridReading | None:
        """The page that *turner* turns to; None if it does not turn."""
        pressed = time.monotonic()
        count = Pager(reading, self.window.landmarks).count

        def differs(now: GridReading) -> bool:
            if now.shown != reading.shown:
                return True
            # Another page may look the same.
            late = time.monotonic() - pressed > GLANCE_SECONDS
            return late and Pager(now, self.window.landmarks).count != count

        if isinstance(turner, PageEntry):
            self.window.select(reading.element("boxes", turner.box.index), turner.place, Intent.OPEN)
        else:
            self.window.press(reading.element("things", turner.index), Intent.OPEN)
        now = self.after(reading, differs)
        return now if differs(now) else None

    def _positions(self) -> t.Iterator[GridReading]:
        """What a page of the list shows from its beginning to its end: scrolled, unfolded, and asked for more."""
        reading = self._unfolded(self._now())
        pager = Pager(reading, self.window.landmarks)
        if not reading.rows or pager.count.total == len(reading.rows) or pager.shows_whole_page:
            yield reading
            return
        reading, place = self._scrolled(reading, "beginning")
        yield reading
        steps = place["below"] > max(3 * place["row"], 150)
        while True:
            now, place = self._scrolled(reading, "on" if steps else "end")
            if not steps and now.rows and now.shown[:1] != reading.shown[:1]:
                # Rows are drawn only where they are seen.
                steps = True
                reading, place = self._scrolled(now, "beginning")
                continue
            if now.shown != reading.shown:
                yield now
                reading = now
            elif not steps or place["left"] < 2:
                more = Pager(now, self.window.landmarks).more
                if more is None:
                    return
                turned = self._turned(now, more)
                if turned is None:
                    raise self.not_whole(f'pressing "{more.names[0]}" showed no more rows')
                yield turned
                reading = turned

    def _scrolled(self, reading: GridReading, to: str) -> tuple[GridReading, dict[str, t.Any]]:
        """The list scrolled, and how much of it is left."""
        since = time.monotonic()
        # Its rows may have been drawn anew since they were looked at.
        place = self.window.wait_until(
            lambda: (
                reading.evaluate(grid_scripts.SCROLL, [to, SHARE_OF_SCROLL])
                or self.at_rest(may_be_empty=True).evaluate(grid_scripts.SCROLL, [to, SHARE_OF_SCROLL])
            )
        )
        if place is None:
            raise self.not_whole("its rows are drawn anew all the time")

        def is_over(now: GridReading) -> bool:
            return now.shown != reading.shown or not place["scrolls"] or time.monotonic() - since > MORE_SECONDS

        now = self.at_rest(STEP_SECONDS, is_over, may_be_empty=True)
        return now, now.evaluate(grid_scripts.SCROLL, ["", 0]) or place

    def _unfolded(self, reading: GridReading) -> GridReading:
        """The list with all groups of its rows open."""
        while reading.shut:
            self.window.press(reading.element("shut", 0), Intent.OPEN)
            now = self.after(reading)
            if now.shut >= reading.shut:
                raise self.not_whole("a group of its rows is folded, and pressing what unfolds it had no effect")
            reading = now
        if reading.blank:
            raise self.not_whole(f"{reading.blank} of its rows show no words")
        return reading

    def not_whole(self, why: str) -> NotSeen:
        """The failure that says why the list may be longer than what was seen."""
        return NotSeen(
            f"The list may be longer than what could be seen of it at this step: {self.window.journal.current}; {why}. "
            "Nothing was created, since what is wanted may be there already. If this tenant has other words for the "
            "pages and filters of a list, name them in the option 'labels' ('next_page', 'show_inactive', ...).",
            "list_not_whole",
            step=self.window.journal.current,
        )

    # ---- doing

    def choose(self, row: Row, name: str, intent: Intent) -> None:
        """Choose the entry *name* from the menu of *row*."""
        RowMenu(self, row).choose(name, intent)

    def again(self, row: Row) -> Row:
        """The same row where it is shown now, on whatever page; NotSeen if it is not there any more."""
        now = self.look()
        found = now and self._same(row, now)
        if not found:
            # What a row shows while the mouse rests on it is not there otherwise.
            self.window.page.mouse.move(0, 0)
            now = self.look()
            found = now and self._same(row, now)
        if found:
            return found
        self.filters.clear()
        self._narrowed_by = None
        for view in self.filters.views or (None,):
            if view:
                self.filters.show(view)
            for positions in self._pages():
                for reading in positions:
                    if found := self._same(row, reading):
                        return found
        raise NotSeen(
            f'The list does not show "{row.name}" any more. Somebody may be changing it; run again.',
            step=self.window.journal.current,
        )

    @staticmethod
    def _same(row: Row, reading: GridReading) -> Row | None:
        alike = [other for other in reading.rows if other.looks == row.looks]
        by_key = [other for other in alike if row.key and other.key == row.key]
        if by_key:
            return by_key[0]
        # Of rows that look the same, it is not known which one is gone.
        return alike[row.nth] if len(alike) == row.twins else None

    # ---- inside

    def _readings(self, anchors_in: t.Callable[[Frame], list[str]]) -> list[GridReading]:
        """A look at each frame that has a list."""
        found = []
        for frame in reversed(self.window.page.frames):
            try:
                reading = self._read(frame, anchors_in(frame))
            except PlaywrightError:
                # The frame went away or is loading; the next look sees what came.
                continue
            if reading:
                found.append(reading)
        return found

    def _read(self, frame: Frame, anchors: list[str]) -> GridReading | None:
        if not anchors:
            return None
        landmarks = self.window.landmarks
        selectors = [selector for landmark in landmarks.values() for selector in landmark.selectors]
        known = [text.lower() for name in COLUMNS for text in landmarks[name].texts]
        handle = frame.evaluate_handle(grid_scripts.LIST, [anchors, found_by(selectors, frame), known])
        # As one text: of data in many parts, the driver looks at each part on the way.
        data: dict[str, t.Any] | None = json.loads(handle.evaluate("reading => JSON.stringify(reading.data)"))
        if data is None:
            return None
        if anchors is not self._anchors:
            self._anchors = anchors
            self.window.journal.found(landmarks["name_column"].words, anchors[0])
        return GridReading(frame, handle, data, [landmarks[name] for name in COLUMNS], self._drawn)

    def _anchors_in(self, frame: Frame) -> list[str]:
        column = self.window.landmarks["name_column"]
        texts: list[str] = frame.evaluate(grid_scripts.HEADING_WORDS)
        return [text for text in texts if is_heading(text, column)]


def _distinct(pages: t.Sequence[t.Sequence[Row]]) -> list[Row]:
    """The rows of all pages, each once: while pages are turned, a row may move from one to the next."""
    rows: list[Row] = []
    known: dict[t.Any, set[str | None]] = {}
    for page in pages:
        new = [row for row in page if row.looks not in known or not {row.key, None} & known[row.looks]]
        rows += new
        for row in page:
            known.setdefault(row.looks, set()).add(row.key)
    return rows
