# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one look at a form shows: every control with its names, its place and its value."""

from __future__ import annotations

import functools
import json
import re
import typing as t
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    PlaywrightError,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import same, tidy

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, JSHandle

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(,)\d{3})+\.\d+|[+-]?\d{1,3}(?:(\.)\d{3})+,\d+")
"""A number with both kinds of separators, so that it is clear which is which."""


@dataclass(frozen=True)
class Field:
    """One control as it was read; *index* points back at its element."""

    index: int
    section: str | None
    """The heading of its section."""
    group: str | None
    """The heading of its group: of a fieldset, of a table ("Table > Line" below a line inside one), or words above."""
    label: str
    labels: tuple[str, ...]
    """What may be its label, from the most specific text to all that stands there; the first one is *label*."""
    column: str | None
    """The heading of its column in a table."""
    kind: str
    """checkbox, radio, list, number, text, password, or readonly for a text in a table's cell."""
    value: t.Any
    """On or off, the word of a list (several joined by "; "), a text. None: a box that is neither on nor off."""
    offered: tuple[str, ...] | None
    """The words of a list; None where the page does not hold them until it is opened."""
    enabled: bool
    typed: bool = False
    """Whether it is a list that comes only when something is typed into it."""
    required: bool = False
    """Whether the page marks it as required."""
    shown: bool = True
    """Whether it is to be seen; in a closed section nothing is."""

    def __str__(self) -> str:
        return " > ".join(tidy(part) for part in (self.section, self.label, self.column) if part)

    def reads(self, value: t.Any) -> bool:
        """Whether it holds *value*; numbers are compared as numbers, as 7 may come back as 7.00."""
        return same_in_kind(self.kind, self.value, value)


def same_in_kind(kind: str, one: t.Any, other: t.Any) -> bool:
    """Whether a control of *kind* says the same by both values."""
    if kind in ("number", "text") and one is not None and other is not None:
        return plain_number(str(one)) == plain_number(str(other))
    return bool(one == other)


def plain_number(text: str) -> str:
    """A number without zeros that say nothing; any other text as it is."""
    if grouped := _GROUPED.fullmatch(text.strip()):
        text = text.replace(grouped[1] or grouped[2], "").replace(",", ".")
    if not _NUMBER.fullmatch(text.strip()):
        return text
    return f"{float(text):f}".rstrip("0").rstrip(".") if "." in text else str(int(text))


class FormReading:
    """All controls of one frame at one moment."""

    def __init__(self, handle: JSHandle, found: t.Callable[[str, str], None]) -> None:
        self.handle = handle
        self._found = found
        # As one text: of data in many parts, the driver looks at each part on the way.
        read: dict[str, t.Any] = json.loads(
            handle.evaluate(
                "({headings, data, not_understood, unclear, own, saves}) => "
                "JSON.stringify({headings, data, not_understood, unclear, own, saves})"
            )
        )
        self.headings: list[str] = read["headings"]
        """The sections in the order of the page; a name that two of them have is there twice."""
        self.not_understood: list[str] = read["not_understood"]
        """What can be operated or hides something and was not understood, each with where it is."""
        self.unclear: list[str] = read["unclear"]
        """Closed sections with controls that may have a label by their place, once they are to be seen."""
        self.fields = [_field(index, facts) for index, facts in enumerate(read["data"])]
        self.rank = (bool(read["saves"] and self.fields), int(read["own"]))
        """How likely its frame is the form's: where it is saved, or else where most controls are."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormReading) and self._facts == other._facts

    # Readings are compared, never looked up; this is how Python is told, which mypy does not know.
    __hash__ = None  # type: ignore[assignment]

    @property
    def _facts(self) -> tuple[t.Any, ...]:
        return self.headings, self.fields, self.not_understood

    def element(self, field: Field) -> ElementHandle:
        """What a person presses or types into to set *field*."""
        return self._element("elements", field.index)

    def link(self, heading: str) -> ElementHandle | None:
        """The link that takes all permission away in the section *heading*; None where it has none."""
        return self._element_or_none("links", self.headings.index(heading))

    def openers(self, heading: str) -> list[ElementHandle]:
        """What may open the section *heading*, in the order in which a person would try."""
        found = self.handle.evaluate_handle("(reading, heading) => reading.openers(heading)", heading)
        count: int = found.evaluate("found => found.length")
        elements = (_at_home(found.evaluate_handle("(found, at) => found[at]", at)) for at in range(count))
        return [element for element in elements if element]

    def in_section(self, heading: str) -> list[Field]:
        """The fields of the section *heading*."""
        return [field for field in self.fields if field.section == heading]

    def shows(self, section: str) -> bool:
        """Whether any control of *section* is visible by now."""
        return bool(self.handle.evaluate("(reading, heading) => reading.shows(heading)", section))

    def again(self, field: Field) -> Field | None:
        """The same control as it is by now; None if the page has drawn another in its place."""
        facts = self.handle.evaluate("(reading, index) => reading.again(index)", field.index)
        return facts and replace(field, **_facts_of_control(facts))

    def native_list(self, field: Field) -> ElementHandle | None:
        """The browser's own list that *field* is, if it is one."""
        return self._made_of("select", field)

    def place_of(self, field: Field, word: str) -> int:
        """Which entry of the browser's own list *field* says *word*."""
        argument = [field.index, word]
        return int(self.handle.evaluate("(reading, [index, word]) => reading.place_of(index, word)", argument))

    def option(self, field: Field, word: str) -> ElementHandle | None:
        """The radio button that says *word*, where the choice is drawn as such."""
        return self._made_of("option", field, word)

    def entries(self, field: Field) -> dict[str, Find]:
        """The words of *field* where its list lies open, each with a function that finds it; headings left out."""
        words = self.handle.evaluate("(reading, index) => reading.entries(index).map(one => one.word)", field.index)

        def find(word: str) -> ElementHandle:
            element = self._made_of("entry", field, word)
            if element is None:
                raise PlaywrightError("The page has changed since it was looked at.")
            return element

        return by_word(str(field), ((word, functools.partial(find, word)) for word in words))

    def opener(self, field: Field) -> ElementHandle | None:
        """What opens the part of the page that hides *field*."""
        return self._made_of("opener", field)

    def opener_to(self, landmark: Landmark) -> ElementHandle | None:
        """What opens the part of the page that hides *landmark*; None if nothing hides it."""
        return _at_home(self.handle.evaluate_handle("(reading, texts) => reading.opener_to(texts)", landmark.texts))

    def button(self, field: Field) -> ElementHandle | None:
        """The button in *field* that shows all there is to choose from."""
        return self._made_of("button", field)

    def box(self, field: Field) -> ElementHandle | None:
        """The box of *field* that can be typed into."""
        return self._made_of("box", field)

    def typed_in(self, field: Field) -> ElementHandle:
        """What is typed into to set *field*."""
        return self.box(field) or self.element(field)

    def find(self, landmark: Landmark, *kinds: str) -> Field | None:
        """The one field that goes by *landmark*, of one of *kinds* if any are named."""
        fields = [field for field in self.fields if not kinds or field.kind in kinds]
        for labels in (lambda field: field.labels[:1], lambda field: field.labels):
            named = [
                field for field in fields if any(same(label, landmark.words, landmark.texts) for label in labels(field))
            ]
            named = [field for field in named if field.shown] or named
            if len(named) > 1:
                raise NotSeen(
                    f"{landmark} labels {len(named)} controls of this form, so it is not clear which is meant."
                )
            for field in named:
                self._found(landmark.words, tidy(field.label))
                return field
        return None

    def _made_of(self, what: str, field: Field, *which: str) -> ElementHandle | None:
        argument = [what, field.index, *which]
        return _at_home(self.handle.evaluate_handle("(reading, [what, ...of]) => reading[what](...of)", argument))

    def _element(self, which: str, index: int) -> ElementHandle:
        return t.cast("ElementHandle", self._element_or_none(which, index))

    def _element_or_none(self, which: str, index: int) -> ElementHandle | None:
        return _at_home(self.handle.evaluate_handle("(reading, [which, at]) => reading[which][at]", [which, index]))


def _at_home(handle: JSHandle) -> ElementHandle | None:
    """An element as its own frame knows it: a frame inside the form knows where on the page it lies."""
    element = handle.as_element()
    frame = element and element.owner_frame()
    return frame.evaluate_handle("element => element", element).as_element() if frame else element


def _field(index: int, facts: dict[str, t.Any]) -> Field:
    facts["labels"] = tuple(facts["labels"])
    return Field(index, **(facts | _facts_of_control(facts)))


def _facts_of_control(facts: dict[str, t.Any]) -> dict[str, t.Any]:
    value = plain_number(facts["value"]) if facts["kind"] == "number" else facts["value"]
    return {**facts, "value": value, "offered": None if facts["offered"] is None else tuple(facts["offered"])}


Find = t.Callable[[], "ElementHandle"]


def by_word(what: str, entries: t.Iterable[tuple[str, Find]]) -> dict[str, Find]:
    """The entries of the list *what*, each with how to find it; one whose words come twice cannot be meant."""
    found: dict[str, Find] = {}
    for word, find in entries:
        found[word] = functools.partial(_refuse_double, what, word) if word in found else find
    return found


def _refuse_double(what: str, word: str) -> ElementHandle:
    raise ConsoleError(
        f'{what} offers "{word}" more than once, so it is not clear which one is meant. Nothing was saved. Rename '
        "what is not meant, or name another.",
        "not_unique",
    )


def alike(field: Field, fields: t.Sequence[Field]) -> Field:
    """The field of the same name and kind; PlaywrightError if the page has none by now, or more."""
    same_place = [
        other
        for other in fields
        if (other.section, other.group, other.labels, other.column, other.kind)
        == (field.section, field.group, field.labels, field.column, field.kind)
    ]
    if len(same_place) != 1:
        raise PlaywrightError("The page has changed since it was looked at.")
    return same_place[0]
