# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a list that comes in pages says where it is, and what turns it. No browser: it reads what was looked at."""

from __future__ import annotations

import functools
import re
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import Box, GridReading, Thing

NUMBER = r"(\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)"
ROWS = r"(?:items?|records?|rows?|entr(?:y|ies)|results?|resources?|(?:api )?users?|(?:security )?levels?)"

RANGE = re.compile(
    rf"{NUMBER}\s*(?:[-–—‑−]|to|through|bis)\s*{NUMBER}\s*(?:of|/|out of|von|from)\s*"
    rf"(~|(?:about|around|approx\w*\.?|more than|over|at least)\s)?\s*{NUMBER}(\+?)",
    re.I,
)
"""1 - 10 of 40, 1 - 10 of more than 10."""

PAGE = re.compile(rf"\bpage\s*:?\s*{NUMBER}?\s*(?:of|/)\s*{NUMBER}", re.I)
"""Page 1 of 4; the first number may stand in a box."""

AT_LEAST = re.compile(
    rf"(?:showing|found|total(?: of)?:?|all|you have|there are|manage (?:your|all)|(?:table|list) of)?\s*{NUMBER}\s*"
    rf"(?:{ROWS}(?: found| in total| total)?|matches|hits|total|in total)\.?",
    re.I,
)
TOTAL = re.compile(rf"(?:total(?: of)?(?: {ROWS})?|records|results|rows|count|found)\s*:?\s*{NUMBER}", re.I)
IN_ALL = re.compile(rf"\btotal\s*:?\s*{NUMBER}\W*$|\(\s*(?:of\s+)?{NUMBER}\s*(?:in\s+)?(?:total|all)\s*\)", re.I)
TITLE = re.compile(
    rf"(?:all\s+)?(?:resources|users|(?:security )?levels|items|records|entries|results)(?:\s*/\s*users)?"
    rf"\s*(?:[(\[]\s*{NUMBER}\s*[)\]]|[:–—-]?\s*{NUMBER})",
    re.I,
)
"""40 items, Total: 40, Resources (40): how many there are at least, as it may be said of one page, too."""

SHOWN_OF = re.compile(
    r"(?:(?:now )?(?:showing|displaying|viewing|loaded|shown|selected)\s*:?\s*)?(?:the )?(?:first|last|top)?\s*"
    rf"{NUMBER}\s*{ROWS}?\s*(?:of|/|out of|von|from)\s*(?:the |all )?{NUMBER}\+?\s*{ROWS}?"
    r"(?: (?:are )?(?:showing|shown|displayed|loaded|selected|found|in total|total))?[.…]*",
    re.I,
)
"""10 of 40 records, Showing 10 of 40: the second number is how many there are at least, whatever the first counts."""

IN_BRACKETS = re.compile(rf".*\({NUMBER}\)")
"""Active (20)."""

MORE = re.compile(
    rf"(?:load|show|view|see|get|fetch)\b.*\bmore\b.*|(?:load|show|view|see)\s+all(?:\s+{NUMBER})?(?:\s+{ROWS})?"
    rf"|(?:\+|and)?\s*{NUMBER}\s*more(?:\s+{ROWS})?\W*|more\s+{ROWS}\W*"
    rf"|(?:load|show|view|see|get|fetch)\s+(?:the\s+)?next(?:\s+{NUMBER})?(?:\s+{ROWS})?|next\s+{NUMBER}(?:\s+{ROWS})?",
    re.I,
)
PAGE_NUMBER = re.compile(r"(?:(?:go to |turn to )?page\s*)?(\d{1,5})", re.I)

PAGE_ENTRY = re.compile(r"(?:page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
"""What a list of pages says of one of them."""

FEWEST_LETTERS = 6
"""With fewer letters side by side these are no alphabet."""

PER_PAGE = re.compile(r"per page|page size|rows|items|show", re.I)


@dataclass(frozen=True)
class Count:
    """What the words around a list say of how long it is."""

    first: int | None = None
    """The number of the first row on this page."""
    last: int | None = None
    total: int | None = None
    """How many rows there are, by words that speak of the whole list."""
    at_least: int = 0
    """How many rows there are at least."""
    page: int | None = None
    pages: int | None = None

    @property
    def is_first_page(self) -> bool:
        return self.first in (0, 1) or self.page == 1

    @property
    def is_last_page(self) -> bool:
        at_end = self.total is not None and self.last == self.total
        return at_end or (self.pages is not None and self.page == self.pages)


def count_of(texts: t.Iterable[str]) -> Count:
    """What *texts*, those around the rows, tell together."""
    first = last = total = page = pages = None
    at_least = [0]
    for text in texts:
        if found := RANGE.search(text):
            first, last, whole = (_int(found[group]) for group in (1, 2, 4))
            total = None if found[3] or found[5] else whole
            at_least.append(whole + bool(found[5] or (found[3] or "").casefold().startswith(("more", "over"))))
        elif found := PAGE.search(text):
            page, pages = _int(found[1]) if found[1] else page, _int(found[2])
        elif found := SHOWN_OF.fullmatch(text):
            # Of pages there are no more than rows; but the one page may have none.
            at_least.append(_int(found[2]) if _int(found[2]) > 1 else 0)
        elif found := AT_LEAST.fullmatch(text) or TOTAL.fullmatch(text):
            at_least.append(_int(found[1]))
        elif found := IN_ALL.search(text) or TITLE.fullmatch(text):
            at_least.append(_int(found[1] or found[2]))
    return Count(first, last, total, max(at_least), page, pages)


def _int(number: str) -> int:
    return int(re.sub(r"\D", "", number))


@dataclass(frozen=True)
class PageEntry:
    """An entry of a list of the browser's own that offers the pages by their numbers."""

    box: Box
    place: int


class Pager:
    """What turns the list of one reading."""

    def __init__(self, reading: GridReading, landmarks: t.Mapping[str, Landmark]) -> None:
        self.reading = reading
        self._landmarks = landmarks
        self.count = count_of([*reading.texts, *reading.names_around])
        self.numbers = self._numbers()

    @property
    def next(self) -> Thing | None:
        """What turns to the next page, which may be disabled."""
        return self._turner("next_page", but=("last_page", "previous_page", "first_page"))

    @property
    def previous(self) -> Thing | None:
        return self._turner("previous_page", but=("first_page", "next_page", "last_page"))

    @property
    def first(self) -> Thing | None:
        return self._turner("first_page", but=("previous_page", "next_page"))

    @property
    def back(self) -> Thing | PageEntry | None:
        """What turns to the first page, or towards it; None on the first page."""
        one = self.numbers.get(1)
        to_one = one if one and one.operable and not one.current and self.current != 1 else None
        things = (thing for thing in (self.first, self.previous, to_one) if thing and not thing.disabled)
        return next(things, None) or self._entry(-self._place)

    def on(self, number: int) -> Thing | PageEntry | None:
        """What turns to the page after the one with this *number*; None on the last page."""
        if self.next:
            return None if self.next.disabled else self.next
        return self.numbers.get((self.current or number) + 1) or self._entry(1)

    @functools.cached_property
    def pages(self) -> Box | None:
        """The list that offers the pages."""
        boxes = (box for box in self.reading.boxes if box.column is None and is_pages(box))
        return next((box for box in boxes if self._speaks_of_pages(box)), None)

    def _speaks_of_pages(self, box: Box) -> bool:
        """Whether it is called so, or the words around say that there are so many pages as it offers."""
        is_called_so = any("page" in name.casefold() for name in box.names)
        return is_called_so or self.count.pages == len(box.offered or ())

    @property
    def _place(self) -> int:
        """Which entry of the list of pages is chosen."""
        offered = list((self.pages and self.pages.offered) or ())
        return offered.index(self.pages.value) if self.pages and self.pages.value in offered else 0

    def _entry(self, distance: int) -> PageEntry | None:
        """The entry so far behind the one that is chosen."""
        place = self._place + distance
        is_there = self.pages and distance and place < len(self.pages.offered or ())
        return PageEntry(self.pages, place) if self.pages and is_there else None

    @property
    def goes_on(self) -> bool:
        return bool(self.more or self.on(1))

    @property
    def shows_whole_page(self) -> bool:
        """Whether as many rows are shown as the page says that it has."""
        first, last = self.count.first, self.count.last
        return bool(first and last) and len(self.reading.rows) == t.cast(int, last) - t.cast(int, first) + 1

    @property
    def more(self) -> Thing | None:
        """What lets the list show more rows on this page."""
        things = [
            thing
            for thing in self.reading.things
            if thing.says(self._landmarks["load_more"]) or any(MORE.fullmatch(name) for name in thing.names)
        ]
        return next((thing for thing in self.reading.innermost(things) if not thing.disabled), None)

    @property
    def current(self) -> int | None:
        """The number of the page that is shown, if the page numbers tell."""
        if self.count.page:
            return self.count.page
        marked = [number for number, thing in self.numbers.items() if thing.current]
        plain = [number for number, thing in self.numbers.items() if not thing.operable]
        return next((found[0] for found in (marked, plain) if len(found) == 1), None)

    @property
    def size(self) -> Box | None:
        """The box that says how many rows a page has."""
        return next(
            (box for box in self.reading.boxes if box.column is None and (is_size(box) or self._is_drawn_size(box))),
            None,
        )

    @property
    def is_there(self) -> bool:
        """Whether the list can be turned at all, or says that it has pages."""
        return bool(self.numbers or self.next or self.previous or self.count.pages or self.pages)

    def _turner(self, name: str, but: t.Sequence[str]) -> Thing | None:
        landmark, others = self._landmarks[name], [self._landmarks[other] for other in but]
        things = [
            thing
            for thing in self.reading.things
            if (thing.says(landmark) or self._looks_like(thing, name)) and not any(map(thing.says, others))
        ]
        things = [thing for thing in self.reading.innermost(things) if self.is_sure(thing) or thing.operable]
        # The same stands above and below some lists. What can be pressed is better than what only says so.
        things.sort(key=lambda thing: (not self._is_beside_numbers(thing), not thing.operable))
        return things[0] if things else None

    def is_sure(self, thing: Thing) -> bool:
        """Whether it is called so by words, or stands where lists are turned; a glyph alone may stand for anything."""
        return any(character.isalpha() for name in thing.names for character in name) or self._is_beside_numbers(thing)

    @staticmethod
    def _looks_like(thing: Thing, name: str) -> bool:
        """Whether a picture without any name looks like what turns the page, by its class."""
        direction = name.partition("_")[0][:4]
        return not thing.names and direction in thing.looks.casefold()

    def _is_beside_numbers(self, thing: Thing) -> bool:
        """Whether it stands with what says which page this is."""
        around = set(self._around(thing))
        return any(
            around & set(other.around)
            for other in self.reading.things
            if RANGE.search(other.whole) or PAGE.search(other.whole) or other in self.numbers.values()
        ) or any(
            around & set(other.around)
            for name in ("next_page", "previous_page")
            for other in self.reading.named(self._landmarks[name])
            if other.index != thing.index and not set(other.names) & set(thing.names)
        )

    def _around(self, thing: Thing) -> t.Iterator[int]:
        yield from thing.around
        if thing.inside >= 0:
            yield from self.reading.things[thing.inside].around

    def _numbers(self) -> dict[int, Thing]:
        """The page numbers: numbers that stand together, two of which at least follow each other."""
        numbers: dict[int, dict[int, Thing]] = {}
        numbered = {thing.index: number for thing in self.reading.things if (number := _page_number(thing)) is not None}
        for thing in self.reading.innermost([self.reading.things[index] for index in numbered]):
            for place in self._around(thing):
                numbers.setdefault(place, {}).setdefault(numbered[thing.index], thing)
        groups = [group for group in numbers.values() if any(number + 1 in group for number in group)]
        return max(groups, key=len, default={})

    @functools.cached_property
    def letters(self) -> list[Thing]:
        """Letters side by side that can be pressed, each for the rows that begin with it."""
        rows: dict[int, dict[str, Thing]] = {}
        for thing in self.reading.innermost([one for one in self.reading.things if len(one.whole) == 1]):
            for place in self._around(thing) if thing.operable and thing.whole.isalpha() else ():
                rows.setdefault(place, {})[thing.whole.upper()] = thing
        letters = list(max(rows.values(), key=len, default={}).values())
        return letters if len(letters) >= FEWEST_LETTERS else []

    @property
    def all_letters(self) -> Thing | None:
        """What shows the rows of all letters."""
        places = {place for letter in self.letters for place in self._around(letter)}
        named = self.reading.named(self._landmarks["state_all"])
        return next((thing for thing in named if thing.operable and places & set(self._around(thing))), None)

    def _is_drawn_size(self, box: Box) -> bool:
        near = [*box.names, *(text for text in self.reading.texts if box.value in text and len(text) < 40)]
        return box.kind == "drawn" and box.value.isdecimal() and any(map(PER_PAGE.search, near))


def _page_number(thing: Thing) -> int | None:
    """The number of the page that a thing turns to, by its words or its name."""
    found = next(filter(None, map(PAGE_NUMBER.fullmatch, (thing.whole, *thing.names))), None)
    return int(found[1]) if found else None


def is_size(box: Box) -> bool:
    """Whether a list of the browser's own offers how many rows a page may have."""
    words = [word for word in box.offered or () if word]
    numbers = [word for word in words if _size_of(word)]
    return len(numbers) > 1 and len(words) - len(numbers) <= 1 and not is_pages(box)


def is_pages(box: Box) -> bool:
    """Whether a list of the browser's own offers the pages, which are counted from one."""
    found = [PAGE_ENTRY.fullmatch(word) for word in box.offered or ()]
    return len(found) > 1 and [match and int(match[1]) for match in found] == [*range(1, len(found) + 1)]


def _size_of(word: str) -> int | None:
    """The number in an entry such as "25" or "25 per page"."""
    found = re.fullmatch(rf"(?:show )?{NUMBER}(?:\s*(?:per page|/ ?page|{ROWS}|{ROWS} per page))?", word, re.I)
    return _int(found[1]) if found else None


def sizes(box: Box) -> dict[str, float]:
    """How many rows a page has with each entry of a page-size box; infinite for all of them."""
    words = [word for word in box.offered or () if word]
    known = {word: _size_of(word) for word in words}
    return {word: float("inf") if size is None else size for word, size in known.items()}
