# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why a list may be longer than what was seen of it, by all that stands around it. No browser."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.pager import NUMBER, ROWS, Pager, sizes
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import GridReading, Thing
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

FILTERED = re.compile(
    r"filtered (?:from|by)|\b(?:showing|using|displaying)\b.*\b(?:saved|custom|filtered|my) view\b"
    r"|filters?\s*\(\s*[1-9]\d*\s*\)|[1-9]\d* filters? (?:applied|active|on|set)|hidden by (?:a |the |your )?filters?"
    r"|^filters?\s*:?\s*[1-9]\d*$|^[1-9]\d* filters?$|^filter(?:ed|ing)\b|^filters? (?:is |are )?on$"
    r"|^(?:(?:active|applied|current) )?filters?\s*:.*(?:=|\b(?:is|equals|contains|starts with)\b)|\bsaved search\s*:",
    re.IGNORECASE,
)
"""What a page says while a filter is at work."""

UNFILTERS = re.compile(r"remove (?:this )?filter\b.*", re.IGNORECASE)
"""What a button is called that is there only with a filter."""

FILTERS = re.compile(r"(?:show )?filters?", re.IGNORECASE)
COUNT = re.compile(r"\W*[1-9]\d*")
"""A button that is called Filters, and shows how many there are."""

ONLY = re.compile(
    r"(?:show |just |display )?my\b.*|.*\bonly\b.*|(?:hide|exclude|without)\b.*"
    r"|(?:favou?rites?|starred|pinned|mine|assigned to me|recent(?:ly .*)?)(?:\s*\(\d+\))?",
    re.IGNORECASE,
)
"""What a switch is called that leaves rows out while it is on."""

LIMITED = re.compile(
    "|".join(
        (
            r"(?:only|just) the (?:first|last|top|latest)\b",
            r"\btoo many\b",
            r"\bnot all\b.*\b(?:shown|displayed|listed)\b",
            rf"\b(?:first|top|latest) {NUMBER}\b.*\b(?:shown|displayed|listed)\b",
            rf"^(?:(?:showing|displaying) )?(?:the )?(?:top|first|latest) {NUMBER}(?: {ROWS})?$",
            rf"\bthere (?:are|is) {NUMBER} more {ROWS}\b",
            r"\b(?:results?|rows|records|list|display)\b.*\b(?:limited to|truncated)\b",
            r"\b(?:refine|narrow) (?:your|the) (?:search|filter)",
            r"\b(?:rows?|results?|records?|items?)\b.*\b(?:hidden|(?:not|than can be) (?:shown|displayed|listed))\b",
            r"\b[1-9]\d* (?:more |other )?(?:hidden|not shown)\b",
            r"\b[1-9]\d* groups? (?:are )?(?:hidden|collapsed|folded)\b",
            r"^(?:and )?[1-9]\d* (?:others|more)$",
            r"\bmore (?:results|rows|records|items)\b.*\bavailable\b",
            r"\b(?:scroll (?:down )?for|to (?:find|load)) more\b",
            r"\bcontinue (?:to|on) the next page\b",
            r"\bmaximum number of (?:rows|results|records|items)\b",
            r"\bpartial (?:results|list)\b",
            rf"{NUMBER}\s*[-–—]\s*{NUMBER}\s*of\s*(?:many|unknown|\?)",
        )
    ),
    re.IGNORECASE,
)
"""What a page says of a list that it cut off."""

COUNTED = re.compile(r"\D*(?:\((\d+)\)|\s(\d+))")
"""Everyone (7), Everyone 7."""

CHIP = re.compile(
    r"(.{2,30}?)\s*(?::|=|\b(?:is|equals|contains|starts with|begins with)\b)\s*['\"]?\w.{0,40}", re.IGNORECASE
)
"""Name: Ada; what a filter says that can be taken away."""

TAKES_AWAY = re.compile(r"(?:remove|clear|close|delete)\b.*|[×✕✖x]", re.IGNORECASE)
"""What it is called that takes a filter away."""

CHIP_LOOKS = re.compile(r"(?<![a-z])(?:chip|tag|token)s?(?![a-z])", re.IGNORECASE)
"""What a small box is called, inside the page, that shows one filter."""

VIEW = re.compile(r"(?:saved )?(?:view|show|showing|list)\s*:\s*(.+)", re.IGNORECASE)
"""View: My resources."""

CONTAINS = re.compile(r"(.{2,30}?)\s+(?:contains|starts with|begins with)\s+\S.*", re.IGNORECASE)
"""A filter that is told by a sentence."""

PLACE = re.compile(r"page\s*:?\s*\d{1,4}|([1-9]\d{0,3})\s*(?:/|of)\s*(\d{1,4})", re.IGNORECASE)
"""Page 1, 1/2: which page this is."""

PAGE_BOX = re.compile(r"(?:go to |jump to )?page(?: number| no\.?)?", re.IGNORECASE)
"""What a box is called that turns a list."""


def doubt(
    reading: GridReading,
    landmarks: t.Mapping[str, Landmark],
    seen: int,
    total: int,
    turned: int,
    narrowed: bool,
    is_state: t.Callable[[Thing], bool],
) -> str:
    """Why the list may have more rows than those *seen* on the pages *turned*; empty if nothing says so.

    *total* is how many there are by the page's own words; it was *narrowed* if we filtered it ourselves. What
    *is_state* chooses one of the states, all of which are looked at.
    """
    pager = Pager(reading, landmarks)
    if total > seen:
        return f"the page speaks of {total} rows, and {seen} could be seen"
    if (pager.count.pages or 0) > turned:
        return f"the page speaks of {pager.count.pages} pages, and {turned} could be turned to"
    if not pager.is_there and (place := next((text for text in reading.texts if _is_place(text, seen)), "")):
        return f'the page says "{place}", and nothing was found that turns it'
    if reading.lists > 1:
        return f"the page shows {reading.lists} lists with these headings"
    size = pager.size
    if size and not pager.is_there and not pager.count.total:
        number = sizes(size).get(size.value, 0) if size.offered else int(size.value)
        if number <= seen:
            return f"a page has {number:g} rows, and nothing was found that turns it"
    return "" if narrowed else _left_out(reading, pager) or _beside(reading, seen, is_state)


def first_gap(numbers: t.Collection[int]) -> int | None:
    """The first number that is missing between the least and the greatest of *numbers*; None if none is."""
    return next((number + 1 for number in sorted(numbers)[:-1] if number + 1 not in numbers), None)


def _beside(reading: GridReading, seen: int, is_state: t.Callable[[Thing], bool]) -> str:
    """What stands beside the choice that is shown, and speaks of more rows."""
    found = [(thing, COUNTED.fullmatch(thing.whole)) for thing in reading.things]
    counted = [(thing, int(match[1] or match[2])) for thing, match in found if match]
    chosen = [(thing, count) for thing, count in counted if thing.current and not is_state(thing)]
    shown = {place for thing, count in chosen if count == seen for place in thing.around}
    states = [thing for thing, count in counted if thing.current and is_state(thing) and count > seen]
    others = [thing for thing, count in counted if count > seen and shown & set(thing.around)]
    return next((f'"{one.whole}" has more rows' for one in (*states, *others)), "")


def _left_out(reading: GridReading, pager: Pager) -> str:
    """What the page says of rows that it does not show."""
    if reading.filtered:
        return f"its column {reading.filtered[0]!r} is filtered"
    for text in reading.texts:
        is_told = FILTERED.search(text) or LIMITED.search(text)
        if is_told or _is_column(CONTAINS.fullmatch(text), reading):
            return f'the page says "{text}"'
    for thing in reading.things:
        outer = reading.things[thing.inside] if thing.inside >= 0 else None
        is_chip = outer and (
            _is_column(CHIP.fullmatch(outer.whole), reading)
            or (CHIP_LOOKS.search(outer.looks) and len(outer.whole) > 3)
        )
        if outer and is_chip and any(map(TAKES_AWAY.fullmatch, thing.names)):
            return f'"{outer.whole}" narrows it'
        if COUNT.fullmatch(thing.whole) and (called := next(filter(FILTERS.fullmatch, thing.names), "")):
            return f'"{called} {thing.whole}" narrows it'
        for name in thing.names:
            view = VIEW.fullmatch(name)
            if UNFILTERS.fullmatch(name) or ((thing.current or view) and ONLY.fullmatch(view[1] if view else name)):
                return f'"{name}" narrows it'
    if pager.letters and not pager.all_letters:
        return "it comes letter by letter, and nothing was found that shows all of them"
    if not pager.is_there and any(PAGE_BOX.fullmatch(name) for box in reading.boxes for name in box.names):
        return "a box turns its pages, and nothing was found to press"
    return ""


def _is_place(text: str, seen: int) -> bool:
    """Whether *text* says that this is one page of several; of so many rows as were *seen*, some may be chosen."""
    found = PLACE.fullmatch(text)
    return found is not None and (not found[2] or int(found[1]) < int(found[2]) != seen)


def _is_column(found: re.Match[str] | None, reading: GridReading) -> bool:
    """Whether words that were *found* begin with the heading of a column."""
    return bool(found) and any(same(t.cast("re.Match[str]", found)[1], text) for text in (*reading.headings, "Status"))
