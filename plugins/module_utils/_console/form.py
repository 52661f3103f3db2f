# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The controls of a form: read all of them in one look, set one of them as a person would."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import Landmark
from ansible_collections.msp.autotask.plugins.module_utils._console.window import Look, PlaywrightError, Window
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._wording import same, tidy

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, JSHandle

LIST_TRIES = 3
"""Lists sometimes stay empty when they are opened; opening them again is the known cure."""

# The older look of a section's links reads "Permission: Full | None".
BESIDE_SECTION_LINKS = ("permission:", "permission", "|")


@dataclass(frozen=True)
class Field:
    """One control as it was read; *index* points back at its element."""

    index: int
    section: str | None
    group: str | None
    label: str
    column: str | None
    kind: str
    value: t.Any
    offered: tuple[str, ...] | None
    enabled: bool
    typed: bool = False
    """Whether it is a list that comes only when something is typed into it."""

    def __str__(self) -> str:
        return " > ".join(tidy(part) for part in (self.section, self.label, self.column) if part)


class FormReading:
    """All controls of one frame at one moment."""

    def __init__(self, handle: JSHandle, found: t.Callable[[str, str], None]) -> None:
        self._handle = handle
        self._found = found
        read = handle.evaluate("({headings, data}) => ({headings, data})")
        self.headings: list[str] = read["headings"]
        self.not_understood: list[str] = []
        self.fields = [
            Field(index, **{**facts, "offered": facts["offered"] and tuple(facts["offered"])})
            for index, facts in enumerate(read["data"])
        ]

    def element(self, field: Field) -> ElementHandle:
        return self._element("elements", field.index)

    def link(self, heading: str) -> ElementHandle | None:
        """The link that takes all permission away in the section *heading*, if it has one."""
        return self._element("links", self.headings.index(heading))

    def heading_row(self, heading: str) -> ElementHandle:
        return self._element("rows", self.headings.index(heading))

    def in_section(self, heading: str) -> list[Field]:
        """The fields of the section *heading*."""
        return [field for field in self.fields if field.section == heading]

    def shows(self, section: str) -> bool:
        """Whether any control of *section* is visible by now."""
        indexes = [field.index for field in self.fields if field.section == section]
        return bool(self._handle.evaluate(scripts.ANY_VISIBLE, indexes))

    def find(self, landmark: Landmark, *kinds: str) -> Field | None:
        """The one field that goes by *landmark*, of one of *kinds* if any are named."""
        named = [field for field in self.fields if same(field.label, landmark.words, landmark.texts)]
        fields = [field for field in named if not kinds or field.kind in kinds]
        if len(fields) > 1:
            raise NotSeen(f"{landmark} labels {len(fields)} controls of this form, so it is not clear which is meant.")
        for field in fields:
            self._found(landmark.words, tidy(field.label))
        return fields[0] if fields else None

    def _element(self, which: str, index: int) -> ElementHandle:
        element = self._handle.evaluate_handle("(reading, [which, index]) => reading[which][index]", [which, index])
        return t.cast("ElementHandle", element.as_element())


class Form:
    """The form in a window."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def read(self) -> FormReading:
        """Read every control in one round trip, from the frame that has most of them."""
        words = {
            "none": [text.casefold() for text in self.window.landmarks["no_permission"].texts],
            "full": [text.casefold() for text in self.window.landmarks["full_permission"].texts],
            "beside": list(BESIDE_SECTION_LINKS),
            "headings": [
                text.casefold() for section in CATALOG.sections for text in (section.heading, *section.alternatives)
            ],
        }
        handles = [frame.evaluate_handle(scripts.FORM_CONTROLS, words) for frame in self.window.visible_frames()]
        readings = [FormReading(handle, self.window.journal.found) for handle in handles]
        if not readings:
            raise PlaywrightError("The window was closed while its form was read.")
        return max(readings, key=lambda reading: len(reading.fields))

    def settled(self, awaited: t.Collection[tuple[str, ...]] = ()) -> FormReading:
        """The form at rest, with the *awaited* headings if they come, each given with its alternatives."""

        def settled() -> FormReading | None:
            first, second = self.read(), self.read()
            there = all(any(same(heading, *a[:1], a[1:]) for heading in second.headings) for a in awaited)
            return second if second.fields and first.fields == second.fields and there else None

        return self.window.wait_until(settled) or self.read()

    def field(self, name: str, *kinds: str) -> tuple[FormReading, Field]:
        """Wait for the field of the landmark *name* and return it with the reading it is of."""

        def there() -> tuple[FormReading, Field] | None:
            reading = self.read()
            field = reading.find(self.window.landmarks[name], *kinds)
            return (reading, field) if field else None

        found = self.window.wait_until(there)
        if found is None:
            raise self.window.not_seen(f"The field {self.window.landmarks[name]} was not seen", name)
        return found

    def set(self, name: str, value: t.Any, *kinds: str) -> None:
        """Set the field of the landmark *name*."""
        reading, field = self.field(name, *kinds)
        self.set_field(reading, field, value)

    def set_field(self, reading: FormReading, field: Field, value: t.Any) -> None:
        """Set *field* to *value*: on or off for a box, words for a list, anything else is typed."""
        if not field.enabled:
            raise ConsoleError(
                f"{field} cannot be changed on this page; it is disabled. Set what it waits for, or ask whether the "
                "console account may change it.",
                "disabled",
                field=str(field),
                step=self.window.journal.current,
            )
        element = reading.element(field)
        if field.kind in ("checkbox", "radio"):
            if field.value != value:
                self.window.press(element, Intent.SET)
        elif field.kind == "list":
            self.choose(reading, field, lambda words: _exactly(value, words, str(field)), str(value))
        else:
            self.window.type(element, str(value))
            # Autotask takes a value over when the field loses the focus.
            element.press("Tab")

    def choose(
        self, reading: FormReading, field: Field, pick: t.Callable[[tuple[str, ...]], str], text: str = ""
    ) -> None:
        """Set a list to the word that *pick* takes from those on offer; one that wants to be asked is asked *text*."""
        element = reading.element(field)
        if field.offered is not None:
            element.select_option(label=pick(field.offered), timeout=self.window.milliseconds())
            return
        words = self._open_list(element, text if field.typed else None)
        try:
            look, index = words[pick(tuple(words))]
        except AutotaskError:
            self._close_list(element, words)
            raise
        self.window.press(look.seen(index).element, Intent.SET)

    def words_on_offer(self, reading: FormReading, field: Field) -> tuple[str, ...]:
        """What a list offers; one that the page draws itself is opened to see, one that wants to be asked tells not."""
        if field.offered is not None or field.typed:
            return field.offered or ()
        element = reading.element(field)
        words = self._open_list(element)
        self._close_list(element, words)
        return tuple(words)

    def _open_list(self, element: ElementHandle, text: str | None = None) -> dict[str, tuple[Look, int]]:
        """Open a list, by pressing it or by typing *text* into it, and return where each of its words is."""
        for _attempt in range(LIST_TRIES):
            looks = self.window.words_after(lambda: self._ask(element, text))
            if looks:
                return {word: (look, index) for look in looks for index, word in enumerate(look.texts)}
        return {}

    def _ask(self, element: ElementHandle, text: str | None) -> None:
        if text is None:
            self.window.press(element, Intent.OPEN)
        elif box := element.query_selector("input"):
            box.fill("", timeout=self.window.milliseconds())
            # The list follows the keys.
            box.type(text, timeout=self.window.milliseconds())

    def _close_list(self, element: ElementHandle, words: t.Mapping[str, tuple[Look, int]]) -> None:
        """Close a list without choosing: by Escape, or else as it was opened."""
        self.window.page.keyboard.press("Escape")
        if any(look.lasts() for look in {look for look, _index in words.values()}):
            self.window.press(element, Intent.OPEN)


def _exactly(value: str, words: t.Sequence[str], what: str) -> str:
    if value not in words:
        raise no_such_word(what, value, words)
    return value


def no_such_word(what: str, value: str, offered: t.Sequence[str]) -> ConsoleError:
    """The failure for a list that does not offer what is wanted."""
    words = ", ".join(f'"{word}"' for word in offered[:20]) or "nothing"
    more = f" and {len(offered) - 20} more" if len(offered) > 20 else ""
    return ConsoleError(
        f'{what} does not offer "{value}". It offers: {words}{more}.', "not_offered", offered=list(offered)
    )
