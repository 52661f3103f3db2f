# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one look at a list shows: its rows, and what stands around them to filter and to turn it."""

from __future__ import annotations

import functools
import re
import typing as t
from dataclasses import dataclass, field, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import LANDMARKS, Landmark
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise, same, without_signs

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, JSHandle

YES = frozenset(
    ("yes", "y", "true", "on", "enabled", "checked", "✓", "✔", "☑", "✅", "√", "check", "check_box", "check_circle")
)
NO = frozenset(
    ("no", "n", "false", "off", "disabled", "unchecked", "not checked", "✗", "✘", "☐", "❌", "check_box_outline_blank")
)
"""What cells and pictures say of what is so, and of what is not; some by the names that fonts of icons have for it."""

LOOKS_YES = re.compile(r"(?<![a-z])(?:check(?:ed|[-_ ]?mark)?|tick(?:ed)?|yes|true)(?![a-z])", re.IGNORECASE)
LOOKS_NO = re.compile(
    r"un-?check|(?<![a-z])(?:no|not|false|off|cross|times|empty|blank|outline|disabled)(?![a-z])", re.IGNORECASE
)
"""What a picture is called, by its file or class, that stands for the one or the other."""


WHAT_IS_SUMMED_UP = r"(?:api |security )?(?:items?|records?|rows?|resources?|users?|levels?)"
SUM = re.compile(
    rf"(?:(?:grand |sub-?)?totals?|sum|average|avg|count)(?: {WHAT_IS_SUMMED_UP})?\s*(?:[:=]?\s*[\d.,]+|:)?"
    rf"|\d+ {WHAT_IS_SUMMED_UP}",
    re.IGNORECASE,
)
"""How a line below the rows begins that sums them up."""


@dataclass(frozen=True)
class Mark:
    """What a cell shows that may say yes or no."""

    words: str = ""
    states: tuple[bool | None, ...] = ()
    """Of the boxes in it."""
    names: tuple[str, ...] = ()
    """Titles and alternative texts of its pictures."""
    looks: tuple[str, ...] = ()
    """What its pictures are called inside the page."""
    empty: bool = False

    def says(self, heading: str) -> bool | None:
        """Yes or no to what the *heading* asks; None if neither can be told."""
        if self.states:
            return self.states[0] if len(set(self.states)) == 1 else None
        said = [normalise(name) for name in (self.words, *self.names) if name]
        if said:
            answers = {self._answer(text, normalise(heading)) for text in said} - {None}
            return answers.pop() if len(answers) == 1 else None
        # Words of a name that is written as one: CheckMark, iconCheck.
        looks = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text) for text in self.looks]
        if any(map(LOOKS_NO.search, looks)):
            return None if any(LOOKS_YES.search(LOOKS_NO.sub("", text)) for text in looks) else False
        return True if any(map(LOOKS_YES.search, looks)) else None

    @staticmethod
    def _answer(text: str, heading: str) -> bool | None:
        if text in YES or text == heading:
            return True
        if text in NO or text in (f"in{heading}", f"not {heading}", f"non-{heading}"):
            return False
        return None


@dataclass(frozen=True)
class Row:
    """One line of a list: its cells by the heading above them, and where it was seen.

    Headings that are landmarks go by their usual words, whatever the tenant calls them.
    """

    cells: dict[str, str]
    marks: dict[str, Mark] = field(repr=False)
    reading: GridReading = field(repr=False)
    index: int
    key: str | None = None
    """What the page itself tells rows apart by, if it does."""
    ticks: dict[str, bool | None] = field(default_factory=dict)
    twins: int = 1
    """How many rows of the list look like this one, itself included."""
    nth: int = 0
    """Which of its twins it is, from 0."""

    @property
    def element(self) -> ElementHandle:
        return self.reading.element("rows", self.index)

    @property
    def name(self) -> str:
        return self.cells.get(LANDMARKS["name_column"].words, "")

    @property
    def security_level(self) -> str | None:
        """None if the list has no such column."""
        return self.cells.get(LANDMARKS["security_level_column"].words)

    def holds(self, text: str) -> bool:
        """Whether one of its cells has *text* in it."""
        return any(text.strip().casefold() in cell.casefold() for cell in self.cells.values())

    def ticked(self, heading: str) -> bool | None:
        """Whether there is a tick below *heading*; None if there is no such column, or what it shows is not clear."""
        return next((tick for text, tick in self.ticks.items() if same(text, heading)), None)

    @functools.cached_property
    def looks(self) -> tuple[t.Any, ...]:
        """What a person sees of it, which is all that tells rows apart on some pages."""
        return (*self.cells.items(), *(mark.says(heading) for heading, mark in self.marks.items() if heading))


@dataclass(frozen=True)
class Thing:
    """Something around the rows that has a name."""

    names: tuple[str, ...]
    whole: str
    """All its words."""
    looks: str
    """Its classes, as they are."""
    inside: int
    """Which thing it is a part of; -1 for none."""
    around: tuple[int, ...]
    """What is around it, as numbers that are equal for what stands together."""
    disabled: bool
    operable: bool
    """Whether it looks as if it could be pressed."""
    current: bool
    """Whether it is marked as the one that is chosen."""
    opens: bool
    """Whether it opens a menu or a list by what it says of itself."""
    index: int

    def says(self, landmark: Landmark) -> bool:
        """Whether it is called so, or is what a user's selector names."""
        wanted = {normalise(text) for text in (landmark.words, *landmark.alternatives)}
        return any(normalise(name) in wanted for name in self.names)


@dataclass(frozen=True)
class Box:
    """A filter, or something else that asks for words or a choice around the rows."""

    kind: t.Literal["text", "list", "drawn"]
    value: str
    offered: tuple[str, ...] | None
    column: str | None
    """The heading above it; None if it stands elsewhere."""
    names: tuple[str, ...]
    disabled: bool
    index: int


class GridReading:
    """One look at the list in a frame."""

    def __init__(
        self,
        frame: Frame,
        handle: JSHandle,
        data: dict[str, t.Any],
        columns: t.Sequence[Landmark],
        drawn: dict[str, set[bool | None]],
    ) -> None:
        self.frame = frame
        self._handle = handle
        self._drawn = drawn
        self.headings = _usual(data["headings"], columns)
        self.certain: bool = data["certain"]
        """Whether its headings are some by more than their words."""
        self.blank: int = data["blank"]
        """How many rows show no words."""
        self.lists: int = data["lists"]
        """How many lists with the same headings the page shows."""
        self.shut: int = data["shut"]
        """How many groups of rows are folded."""
        self.row_count: int | None = data["row_count"]
        """How many rows there are by what the page tells assistive technology; -1 if it does not know."""
        self.set_size: int = data["set_size"]
        """How many rows each row says that there are."""
        self.numbers: frozenset[int] = frozenset(number for number in data["numbers"] if number is not None)
        """What its lines say is their place in the whole list."""
        self.title: str = data["title"]
        """What the tab of the browser says."""
        self.filtered: list[str] = data["filtered"]
        """The headings that show that their column is filtered."""
        self.things = [
            Thing(**{**_tuples(facts), "names": tuple(map(_plain, facts["names"]))}, index=index)
            for index, facts in enumerate(data["things"])
        ]
        self.boxes = [
            Box(**{**_tuples(facts), "column": self._heading(facts["column"])}, index=index)
            for index, facts in enumerate(data["boxes"])
        ]
        self.rows = self._rows(data["rows"], data["headings"])

    @functools.cached_property
    def shown(self) -> tuple[t.Any, ...]:
        """What a person sees of the rows."""
        return tuple(row.looks for row in self.rows)

    @functools.cached_property
    def surroundings(self) -> tuple[t.Any, ...]:
        return tuple((thing.names, thing.current, thing.disabled) for thing in self.things)

    @functools.cached_property
    def texts(self) -> list[str]:
        """All words around the rows, each as a whole; what a list that can be opened shows is no statement."""
        opening = {thing.index for thing in self.things if thing.opens}
        return [
            thing.whole for thing in self.things if thing.whole and not opening & {thing.index, *self._outer(thing)}
        ]

    @property
    def names_around(self) -> list[str]:
        """The parts of what the page, and what holds the rows, are called."""
        names = [self.title, *(name for thing in self.things if not thing.whole for name in thing.names)]
        return [part for name in names for part in re.split(r",\s|\s[-–|·]\s", name)]

    def element(self, kind: t.Literal["rows", "things", "boxes", "shut"], index: int) -> ElementHandle:
        found = self._handle.evaluate_handle("(reading, [kind, index]) => reading[kind][index]", [kind, index])
        return t.cast("ElementHandle", found.as_element())

    def named(self, landmark: Landmark) -> list[Thing]:
        """The things that are called so; of things within each other, the inner ones."""
        return self.innermost([thing for thing in self.things if thing.says(landmark)])

    def innermost(self, things: t.Sequence[Thing]) -> list[Thing]:
        around = {outer for thing in things for outer in self._outer(thing)}
        return [thing for thing in things if thing.index not in around]

    def evaluate(self, script: str, argument: t.Any) -> t.Any:
        return self._handle.evaluate(script, argument)

    def _outer(self, thing: Thing) -> t.Iterator[int]:
        while thing.inside >= 0:
            yield thing.inside
            thing = self.things[thing.inside]

    def _heading(self, column: int | None) -> str | None:
        return self.headings[column] if column is not None and column >= 0 else None

    def _rows(self, lines: t.Sequence[dict[str, t.Any]], said: t.Sequence[t.Sequence[str]]) -> list[Row]:
        """The rows below headings that are *said* so."""
        rows = [
            Row(
                cells=dict(zip(self.headings, line["cells"], strict=True)),
                marks={
                    heading: Mark(**_tuples(mark)) if mark else Mark(empty=True)
                    for heading, mark in zip(self.headings, line["ticks"], strict=True)
                },
                reading=self,
                index=index,
                key=line["key"],
            )
            for index, line in enumerate(lines)
            if not _repeats(said, line["cells"])
        ]
        rows = [] if len(rows) == 1 and _says_none(rows[0]) else rows
        return as_list(rows[:-1] if _sums_up(rows) else rows, self._drawn)


def _sums_up(rows: t.Sequence[Row]) -> bool:
    """Whether the last of these lines sums up those above it: it says so, and lacks what all of them have."""
    if len(rows) < 2:
        return False
    *others, last = rows
    said = [text for text in (last.name, *last.cells.values()) if text]
    lacks = any(not text and all(row.cells[heading] for row in others) for heading, text in last.cells.items())
    return bool(SUM.fullmatch(said[0])) and (lacks or _are_numbers({*said} - {said[0]}))


def _are_numbers(texts: t.Collection[str]) -> bool:
    return bool(texts) and all(map(str.isdecimal, texts))


def _repeats(headings: t.Sequence[t.Sequence[str]], cells: t.Sequence[str]) -> bool:
    """Whether a line says nothing but its headings: some tables have these twice, or once more above each group."""
    texts = [(said, text) for said, text in zip(headings, cells, strict=True) if text]
    return len(texts) > 1 and all(text in said for said, text in texts)


def _says_none(row: Row) -> bool:
    """Whether a row only says that there are none."""
    landmark = LANDMARKS["no_records"]
    texts = [text for text in row.cells.values() if text]
    return len(texts) == 1 and without_signs(texts[0]) in map(without_signs, landmark.texts)


def as_list(rows: t.Sequence[Row], drawn: dict[str, set[bool | None]]) -> list[Row]:
    """The rows as those of one list: what only shows beside the others is added to each.

    *drawn* is what marks were seen to say below each heading, by now.
    """
    headings = rows[0].marks if rows else ()
    ticks = {
        heading: _ticks(heading, [row.marks[heading] for row in rows], drawn.setdefault(heading, set()))
        for heading in headings
    }
    twins: dict[t.Any, list[int]] = {}
    for index, row in enumerate(rows):
        twins.setdefault(row.looks, []).append(index)
    return [
        replace(
            row,
            ticks={heading: column[index] for heading, column in ticks.items()},
            twins=len(twins[row.looks]),
            nth=twins[row.looks].index(index),
        )
        for index, row in enumerate(rows)
    ]


def _ticks(heading: str, marks: t.Sequence[Mark], drawn: set[bool | None]) -> list[bool | None]:
    """Yes or no for each cell of a column.

    An empty cell says no only where another one of the column says yes by a mark, and none says anything else.
    """
    said = [mark.says(heading) for mark in marks]
    drawn |= {answer for mark, answer in zip(marks, said, strict=True) if not mark.empty}
    by_absence = False if drawn == {True} else None
    return [by_absence if mark.empty else answer for mark, answer in zip(marks, said, strict=True)]


def _usual(headings: t.Sequence[t.Sequence[str]], columns: t.Sequence[Landmark]) -> list[str]:
    """For each heading the usual words of the landmark that it is, or else the heading itself."""
    found: dict[int, str] = {}
    # A tenant may call one column what another usually is called.
    for column, words in (*((each, [each.words]) for each in columns), *((each, each.texts) for each in columns)):
        places = [at for at, texts in enumerate(headings) if any(is_heading(text, column, words) for text in texts)]
        free = [at for at in places if at not in found]
        if free and column.words not in found.values():
            found[free[0]] = column.words
    return [found.get(at, texts[0] if texts else "") for at, texts in enumerate(headings)]


def is_heading(text: str, column: Landmark, words: t.Iterable[str] | None = None) -> bool:
    """Whether *text* is the heading of *column*, by one of its *words*; an arrow behind it says how rows are sorted."""
    return same(without_signs(text), column.words, column.texts if words is None else words)


def _plain(name: str) -> str:
    """The name with the double arrows that no comparison may take for single ones."""
    return name.replace("»", ">>").replace("«", "<<")


def _tuples(facts: dict[str, t.Any]) -> dict[str, t.Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
