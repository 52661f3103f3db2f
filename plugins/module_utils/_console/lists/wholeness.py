# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why a list may be longer than what was seen of it, by all that stands around it. No browser."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.pager import NUMBER, Pager, sizes
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import GridReading, Thing

FILTERED = re.compile(
    r"filtered (?:from|by)|\b(?:showing|using|displaying)\b.*\b(?:saved|custom|filtered|my) view\b"
    r"|filters?\s*\(\s*[1-9]\d*\s*\)|[1-9]\d* filters? (?:applied|active|on|set)",
    re.IGNORECASE,
)
"""What a page says while a filter is at work."""

UNFILTERS = re.compile(r"remove (?:this )?filter\b.*", re.IGNORECASE)
"""What a button is called that is there only with a filter."""

ONLY = re.compile(
    r"(?:show |just |display )?my\b.*|.*\bonly\b.*|(?:hide|exclude|without)\b.*"
    r"|(?:favou?rites?|starred|pinned|mine|assigned to me|recent(?:ly .*)?)(?:\s*\(\d+\))?",
    re.IGNORECASE,
)
"""What a switch is called that leaves rows out while it is on."""

LIMITED = re.compile(
    rf"(?:only|just) the (?:first|last|top|latest)\b|\btoo many\b|\bnot all\b.*\b(?:shown|displayed|listed)\b"
    rf"|\b(?:first|top|latest) {NUMBER}\b.*\b(?:shown|displayed|listed)\b|\b(?:results?|rows|records|list|display)\b.*"
    rf"\b(?:limited to|truncated)\b|\b(?:refine|narrow) (?:your|the) (?:search|filter)",
    re.IGNORECASE,
)
"""What a page says of a list that it cut off."""

COUNTED = re.compile(r"\D*\((\d+)\)")
"""Everyone (7)."""

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
    if reading.lists > 1:
        return f"the page shows {reading.lists} lists with these headings"
    size = pager.size
    if size and not pager.is_there and not pager.count.total:
        number = sizes(size).get(size.value, 0) if size.offered else int(size.value)
        if number <= seen:
            return f"a page has {number:g} rows, and nothing was found that turns it"
    return "" if narrowed else _left_out(reading, pager) or _beside(reading, seen, is_state)


def _beside(reading: GridReading, seen: int, is_state: t.Callable[[Thing], bool]) -> str:
    """What stands beside the choice that is shown, and speaks of more rows."""
    others = [thing for thing in reading.things if not is_state(thing)]
    counted = [(thing, int(found[1])) for thing in others if (found := COUNTED.fullmatch(thing.whole))]
    shown = {place for thing, count in counted if thing.current and count == seen for place in thing.around}
    return next(
        (f'"{one.whole}" has more rows' for one, count in counted if count > seen and shown & set(one.around)), ""
    )


def _left_out(reading: GridReading, pager: Pager) -> str:
    """What the page says of rows that it does not show."""
    for text in reading.texts:
        if FILTERED.search(text) or LIMITED.search(text):
            return f'the page says "{text}"'
    for thing in reading.things:
        for name in thing.names:
            if UNFILTERS.fullmatch(name) or (thing.current and ONLY.fullmatch(name)):
                return f'"{name}" narrows it'
    if pager.letters and not pager.all_letters:
        return "it comes letter by letter, and nothing was found that shows all of them"
    if not pager.is_there and any(PAGE_BOX.fullmatch(name) for box in reading.boxes for name in box.names):
        return "a box turns its pages, and nothing was found to press"
    return ""
