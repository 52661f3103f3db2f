# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What narrows a list: filters below its headings and elsewhere, and what hides the inactive."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import SAVES
from ansible_collections.msp.autotask.plugins.module_utils._console.lists import scripts as grid_scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.pager import (
    IN_BRACKETS,
    NUMBER,
    ROWS,
    Pager,
    is_pages,
    is_size,
    sizes,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import YES, Box, GridReading, Thing
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.wholeness import FILTERED
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import GLANCE_SECONDS
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise, same, same_name

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Grid
    from playwright.sync_api import ElementHandle

LETS_THROUGH = re.compile(
    r"\W*|\W*(?:all|any|both|everything|everybody|none selected|no filter|select)\b.*", re.IGNORECASE
)
"""What a filter says that lets everything through."""

SEARCHES = re.compile(
    r"\b(?:search|filter|find|look ?up|keywords?|(?:created|changed|modified|added)\b.*\b(?:after|before|since|from))",
    re.IGNORECASE,
)
"""What a box is called that narrows a list from elsewhere than below a heading."""

FILTER_SECONDS = 10.0
"""How long a list may take to show what its filter asks for."""

MOST_FILTERS = 20
"""How many filters are let go before it is clear that they do not go."""

STATES = ("state_all", "state_active", "state_inactive")
"""Landmarks of what a list may show."""


@dataclass
class StateList:
    """What lets a person choose between the active and the inactive: a list, or entries side by side."""

    shown: str | None = None
    """The landmark of what is shown now, if it can be told."""
    box: Box | None = None
    things: dict[str, Thing] = field(default_factory=dict)
    opener: Thing | None = None


class Filters:
    """What narrows the list of a Grid."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._window = grid.window
        self.shows_inactive = False
        """Whether the page shows that what is inactive is listed, too."""
        self._is_in_form = False
        """Whether the list is part of a form, where what stands around it is none of its filters."""
        self.views: tuple[str, ...] = ()
        """The states to look at one after the other, where the list cannot show all at once."""

    # ---- everything

    def clear(self, but: str | None = None) -> GridReading:
        """Let the list show everything, but for the filter of the column *but*: others may be left from last time."""
        reading = self._grid.still_at_rest()
        self._is_in_form = any(reading.named(self._window.landmarks[name]) for name in SAVES)
        for _attempt in range(MOST_FILTERS):
            boxes = [box for box in reading.boxes if (but is None or box.column != but) and self._narrows(reading, box)]
            if not boxes:
                reading = reading if but else self._let_all_go(reading)
                return self._show_all_states(reading)
            if boxes[0].disabled:
                break
            self._let_through(reading, boxes[0])
            reading = self._applied(reading, self._grid.after(reading))
        raise self._grid.not_whole(f'a filter that reads "{boxes[0].value}" could not be removed')

    def _applied(self, before: GridReading, reading: GridReading) -> GridReading:
        """The list after a filter was changed, which some pages heed only once a button says so."""
        buttons = [one for one in reading.named(self._window.landmarks["apply_filters"]) if one.operable]
        if reading.shown != before.shown or len(buttons) != 1 or buttons[0].disabled:
            return reading
        self._window.press(reading.element("things", buttons[0].index), Intent.OPEN)
        return self._grid.after(reading)

    def _let_all_go(self, reading: GridReading) -> GridReading:
        """Press what lets filters go by its own words, each once: those of an earlier visit may have no box."""
        known = set[tuple[t.Any, ...]]()
        while (ways := self._lets_go(reading)) and (left := tuple(way.names for way in ways)) not in known:
            known.add(left)
            thing = ways[0]
            self._window.press(reading.element("things", thing.index), Intent.OPEN)
            reading = self._grid.after(reading)
        return reading

    def _lets_go(self, reading: GridReading) -> list[Thing]:
        if self._is_in_form:
            return []
        told = {place for thing in reading.things if FILTERED.search(thing.whole) for place in thing.around}
        beside = [one for one in reading.named(self._window.landmarks["clear_all"]) if told & set(one.around)]
        things = [*reading.named(self._window.landmarks["clear_filters"]), *beside]
        return [one for one in things if one.operable and not one.disabled]

    def _narrows(self, reading: GridReading, box: Box) -> bool:
        if self._lets_through(box.value):
            return False
        if box.column is not None:
            return True
        if self._is_in_form:
            return False
        if box.kind == "text":
            # Names inside the page are written as one: gridSearch. What asks for words that all rows have narrows, too.
            names = [re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]", " ", name) for name in box.names]
            asks_for_words = any(map(str.isalpha, box.value)) and all(row.holds(box.value) for row in reading.rows)
            return asks_for_words or any(map(SEARCHES.search, names))
        return any(map(self._lets_through, box.offered or ())) and not (is_size(box) or is_pages(box))

    def _lets_through(self, word: str) -> bool:
        return bool(LETS_THROUGH.fullmatch(word)) or self._is_state(word, "state_all")

    def _let_through(self, reading: GridReading, box: Box) -> None:
        if box.kind == "text":
            self._type(reading, box, "")
        else:
            self._choose(reading, box, self._lets_through)

    # ---- one thing

    def narrow(self, reading: GridReading, column: str, text: str) -> GridReading | None:
        """Ask the filter below the heading *column* for *text*; None if it has none, or none that does it."""
        box = next((box for box in reading.boxes if box.column == column and not box.disabled), None)
        if box is None:
            return None
        if same_name(box.value, text):
            return reading
        if box.kind == "text":
            self._type(reading, box, text)
        elif not self._choose(reading, box, lambda word: same_name(word, text)):
            return None

        def is_narrowed(found: GridReading) -> bool:
            return all(text.casefold() in row.cells[column].casefold() for row in found.rows)

        # A slow list shows the rows of before for a while.
        self._window.wait_until(lambda: self._differs(reading), GLANCE_SECONDS)
        narrowed = self._grid.at_rest(FILTER_SECONDS, is_narrowed, may_be_empty=True)
        return narrowed if is_narrowed(narrowed) else None

    def _differs(self, before: GridReading) -> bool:
        now = self._grid.look()
        return now is not None and now.shown != before.shown

    @staticmethod
    def is_typed(reading: GridReading, column: str) -> bool:
        """Whether the filter below *column* is a box to type in, of which it is not known how it compares."""
        return any(box.kind == "text" for box in reading.boxes if box.column == column)

    def choose_most(self, reading: GridReading, box: Box) -> None:
        """Choose the largest number, or all, from a list that says how many rows a page has."""
        known = sizes(box)
        if known:
            most = max(known, key=lambda word: known[word])
            self._choose(reading, box, lambda word: word == most)
        else:
            self._choose(reading, box, lambda word: word.isdecimal() and int(word) > int(box.value))

    def _type(self, reading: GridReading, box: Box, text: str) -> None:
        element = reading.element("boxes", box.index)
        self._window.type(element, text, Intent.OPEN)
        element.press("Enter", timeout=self._window.milliseconds())

    def _choose(self, reading: GridReading, box: Box, wanted: t.Callable[[str], bool]) -> bool:
        """Choose what is *wanted* from a list; False if it does not offer that."""
        element = reading.element("boxes", box.index)
        if box.kind == "drawn":
            return self._choose_drawn(element, wanted)
        place = next((at for at, word in enumerate(box.offered or ()) if wanted(word)), None)
        if place is not None:
            self._window.select(element, place, Intent.OPEN)
        return place is not None

    def _choose_drawn(self, opener: ElementHandle, wanted: t.Callable[[str], bool]) -> bool:
        opened = self._window.words_after(lambda: self._window.press(opener, Intent.OPEN))
        entries = [(look, index) for look in opened for index, word in enumerate(look.texts) if wanted(word)]
        if not entries:
            self._window.page.keyboard.press("Escape")
            return False
        look, index = entries[0]
        self._window.press(look.seen(index).element, Intent.OPEN)
        return True

    # ---- active and inactive

    def _show_all_states(self, reading: GridReading) -> GridReading:
        """Let the list show what is inactive, too, if anything on the page can do that."""
        landmarks = self._window.landmarks
        self.views = ()
        if self._is_in_form:
            self.shows_inactive = bool(reading.named(landmarks["hide_inactive"]))
            return reading
        reading = self._show_all_letters(reading)
        hides = reading.named(landmarks["hide_inactive"])
        if hides:
            return self._stop_hiding(reading, hides[0])
        switches = reading.named(landmarks["show_inactive"])
        if switches:
            return self._switch_on(reading, switches[0])
        states = self._state_list(reading)
        if states is None:
            return reading
        self.shows_inactive = True
        if states.shown != "state_all" and not self.show("state_all", reading):
            self.views = ("state_active", "state_inactive")
        return self._grid.at_rest()

    def _show_all_letters(self, reading: GridReading) -> GridReading:
        """Show the rows of all letters, where the list comes letter by letter."""
        every = Pager(reading, self._window.landmarks).all_letters
        if every is None or every.current:
            return reading
        self._window.press(reading.element("things", every.index), Intent.OPEN)
        return self._grid.after(reading)

    def _stop_hiding(self, reading: GridReading, thing: Thing) -> GridReading:
        """Switch Hide Inactive off, if it is a switch; a button that is called so would hide what is shown now."""
        self.shows_inactive = True
        if not self._is_on(reading, thing):
            return reading
        self._window.press(reading.element("things", thing.index), Intent.OPEN)
        reading = self._grid.after(reading)
        if any(self._is_on(reading, still) for still in reading.named(self._window.landmarks["hide_inactive"])):
            raise self._grid.not_whole(f'pressing "{thing.names[0]}" did not switch that off')
        return reading

    @staticmethod
    def _is_on(reading: GridReading, thing: Thing) -> bool:
        # A box elsewhere in its bar is none of a button's.
        if thing.operable:
            return thing.current
        found = reading.element("things", thing.index).evaluate_handle(grid_scripts.SWITCH)
        return bool(found.evaluate("found => found.data && found.data.on"))

    def show(self, state: str, reading: GridReading | None = None) -> bool:
        """Let the list show what has this state; False if that is not on offer."""
        reading = reading or self._grid.at_rest()
        states = self._state_list(reading)
        if states is None:
            raise self._grid.not_whole("the list of states, by which it is narrowed, is gone")
        if states.shown == state:
            return True

        def wanted(word: str) -> bool:
            return self._is_state(word, state)

        if states.things:
            if state not in states.things:
                return False
            self._window.press(reading.element("things", states.things[state].index), Intent.OPEN)
        elif states.box:
            if not self._choose(reading, states.box, wanted):
                return False
        elif states.opener and not self._choose_drawn(reading.element("things", states.opener.index), wanted):
            return False
        now = self._state_list(self._grid.after(reading))
        if now is None or now.shown not in (state, None):
            raise self._grid.not_whole(
                f"it is narrowed by a list of states, where choosing {self._window.landmarks[state]} had no effect"
            )
        return True

    def _state_list(self, reading: GridReading) -> StateList | None:
        for box in reading.boxes:
            if box.column is None and box.kind != "text":
                offers = {state for word in box.offered or () for state in STATES if self._is_state(word, state)}
                shown = self._state_of((box.value,))
                if {"state_active", "state_inactive"} <= offers or (box.kind == "drawn" and shown):
                    return StateList(shown, box=box)
        named = [(thing, state) for thing in reading.things if (state := self._state_of(thing.names))]
        inner = {thing.index for thing in reading.innermost([thing for thing, _state in named])}
        things = {state: thing for thing, state in reversed(named) if thing.index in inner}
        if {"state_active", "state_inactive"} <= set(things):
            current = [state for state, thing in things.items() if thing.current]
            return StateList(current[0] if len(current) == 1 else None, things=things)
        # A word alone may be anything, a check box say. With a number behind it, or a list, it says what is shown.
        alone = [thing for thing, _state in named if thing.opens or any(map(IN_BRACKETS.fullmatch, thing.names))]
        return StateList(self._state_of(alone[0].names), opener=alone[0]) if alone else None

    def _switch_on(self, reading: GridReading, thing: Thing) -> GridReading:
        """Switch Show Inactive on, whatever it is: a box, a switch, a list, or a button that hides them afterwards."""
        landmarks = self._window.landmarks
        # Where a box is only drawn, or hidden behind what is drawn, its words may be all that can be pressed.
        for part in ("box", "words"):
            words = reading.element("things", thing.index)
            switch = words.evaluate_handle(grid_scripts.SWITCH)
            kind, on = switch.evaluate("found => found.data ? [found.data.kind, found.data.on] : [null, null]")
            box = switch.evaluate_handle("found => found.box").as_element()
            self.shows_inactive = bool(on)
            if on:
                break
            before = reading
            if box and kind in ("list", "drawn"):
                self.shows_inactive = self._choose_shown(box, kind)
                return self._grid.after(reading)
            self._window.press(box if box and part == "box" and box.is_visible() else words, Intent.OPEN)
            reading = self._grid.after(reading)
            if reading.named(landmarks["hide_inactive"]) or (kind is None and len(reading.rows) > len(before.rows)):
                self.shows_inactive = True
                break
            things = reading.named(landmarks["show_inactive"])
            if kind is None or not things:
                break
            thing = things[0]
        return reading

    def _choose_shown(self, box: ElementHandle, kind: str) -> bool:
        """Choose Yes, or all states, from a list that is called Show Inactive."""

        def wanted(word: str) -> bool:
            return normalise(word) in YES or self._is_state(word, "state_all")

        if kind == "drawn":
            return wanted(str(box.text_content())) or self._choose_drawn(box, wanted)
        words: list[str] = box.evaluate("box => [...box.options].map(option => option.textContent.trim())")
        place = next((at for at, word in enumerate(words) if wanted(word)), None)
        if place is not None:
            self._window.select(box, place, Intent.OPEN)
        return place is not None

    def is_state(self, thing: Thing) -> bool:
        """Whether it chooses one of the states, or all of them."""
        return self._state_of((*thing.names, thing.whole)) is not None

    def _state_of(self, names: t.Iterable[str]) -> str | None:
        return next((state for name in names for state in STATES if self._is_state(name, state)), None)

    def _is_state(self, word: str, state: str) -> bool:
        """Whether an entry, which may have a number behind it, means the landmark *state*."""
        plain = re.sub(rf"\s*\(?{NUMBER}\)?$", "", word.strip())
        plain = re.sub(r"^(?:status|state|show|view|filter)\s*:\s*", "", plain, flags=re.IGNORECASE)
        plain = re.sub(rf"(?<=\w)\s+(?:{ROWS}|only)$", "", plain, flags=re.IGNORECASE)
        landmark = self._window.landmarks[state]
        return same(plain, landmark.words, landmark.texts)
