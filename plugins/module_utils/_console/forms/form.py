# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The controls of a form: read all of them in one look, set one of them as a person would."""

from __future__ import annotations

import contextlib
import functools
import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.reading import (
    Field,
    Find,
    FormReading,
    alike,
    by_word,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script import READ_FORM
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import SAVES
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.look import Look
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.stillness import Stillness
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    STEP_SECONDS,
    PlaywrightError,
    T,
    Window,
)
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame

LIST_TRIES = 4
"""Lists sometimes stay empty when they are opened; closing and opening them again is the known cure."""

TAKEN_SECONDS = 5.0
"""How long a page may take to show what was set."""

CLOSE_SECONDS = 0.5
"""How long a list may take to close."""

MORE_TRIES = 30
"""How often a list is asked for more entries."""

MORE = re.compile(
    r"(?:load|show|view|see|get|fetch)(?:\s+\d+)?\s+more(?:\s+(?:results?|items?|entries))?\W*", re.IGNORECASE
)
"""What says below the entries of a list that it has more."""

TURN_STEPS = 500
"""How often an arrow key is pressed at most to turn a number."""

IS_TYPED_IN = "element => element.matches('input, textarea') || element.isContentEditable"

REDRAWN_TRIES = 3
"""How often a control is looked for again that the page draws anew while it is used."""

SWITCH_TRIES = 3
"""A page may listen to presses only some time after it has drawn a box."""

CHOICE_TRIES = 2
"""How often a word is chosen from a list that shows no effect of it."""

# The older look of a section's links reads "Permission: Full | None".
BESIDE_SECTION_LINKS = ("permission:", "permissions:", "permission", "permissions")

AMONG_SETTINGS = (*SAVES, "cancel", "ok", "expand_all", "resources_tab")
"""Landmarks that are no settings, nor lead to any, where they stand among them."""

TURNS = ("next_page", "previous_page", "first_page", "last_page", "load_more")
"""Landmarks of what leads to more settings where it stands among them."""

# What the browser says of a script that broke; anything else it says is about a page that is changing.
_BROKEN = re.compile("TypeError|ReferenceError|RangeError|SyntaxError")


class Form:
    """The form in a window.

    *headings* are the sections that a form of settings may have. Radio buttons that are one setting are read as a list
    of their words; in a form without settings, those that go by the name of a landmark are not.
    """

    def __init__(self, window: Window, headings: t.Sequence[str] = ()) -> None:
        self.window = window
        self._headings = list(headings)
        self._closes_lists = 0
        """Which way of closing a list worked last."""

    def read(self) -> FormReading:
        """Read every control in one round trip, from the form's frame; frames inside it are read with it."""
        marks = self.window.landmarks
        words = {
            "none": marks["no_permission"].texts,
            "full": marks["full_permission"].texts,
            "beside": BESIDE_SECTION_LINKS,
            "save": [text for name in SAVES for text in marks[name].texts],
            "yes": marks["yes"].texts,
            "no": marks["no"].texts,
            "headings": self._headings,
            "menu": marks["row_menu"].texts,
            "known": [text for mark in marks.values() for text in mark.texts],
            "pressed": [text for name in AMONG_SETTINGS for text in marks[name].texts],
            "turns": [text for name in TURNS for text in marks[name].texts],
        }
        wanted = {"words": words, "settings": bool(self._headings)}
        readings = [self._read(frame, wanted) for frame in self.window.visible_frames()]
        if not readings:
            raise PlaywrightError("The window was closed while its form was read.")
        reading = max(readings, key=lambda reading: reading.rank)
        if self.window.guard:
            self.window.guard.notice(self.window.page, reading.handle, len(reading.fields))
        return reading

    def _read(self, frame: Frame, wanted: dict[str, t.Any]) -> FormReading:
        try:
            return FormReading(frame.evaluate_handle(READ_FORM, wanted), self.window.journal.found)
        except PlaywrightError as error:
            if not _BROKEN.search(str(error)):
                raise
            raise ConsoleError(
                f"The form could not be read at this step: {self.window.journal.current}. Please report this with "
                f"evidence ('evidence_dir'): {str(error).splitlines()[0]}",
                "not_understood",
                step=self.window.journal.current,
            ) from error

    def settled(
        self,
        awaited: t.Sequence[str] = (),
        seconds: float = STEP_SECONDS,
        until: t.Callable[[FormReading], object] = lambda _reading: True,
    ) -> FormReading:
        """Read the form once it has come to rest: nothing busy or on its way, and two readings in a row that are equal.

        The sections *awaited*, and whatever *until* asks of a reading, are waited for as long as the step may take;
        then the form is returned as it is. A page that stays busy is a failure.
        """
        stillness = Stillness(self.window)
        last = self.read()
        opened: set[str] = set()

        def at_rest() -> FormReading | None:
            nonlocal last
            if not stillness.now():
                return None
            before, last = last, self.read()
            if last != before or not until(last) or not self._has(last, awaited):
                return None
            if closed := [heading for heading in last.unclear if heading not in opened]:
                opened.update(closed)
                self._look_into(last, closed)
                return None
            return None if self._scroll_through() else last

        settled = self.window.wait_until(at_rest, seconds)
        if settled is None and stillness.busy:
            raise ConsoleError(
                f"The page did not come to rest at this step: {self.window.journal.current}. It still shows "
                f"{stillness.busy}. Run again later.",
                "not_at_rest",
                step=self.window.journal.current,
            )
        return settled or self.read()

    def _scroll_through(self) -> bool:
        """Bring all parts of the window to sight that were not before; whether there were any."""
        scrolled = [frame.evaluate(scripts.SCROLL_THROUGH) for frame in self.window.visible_frames()]
        return any(scrolled)

    def _look_into(self, reading: FormReading, headings: t.Sequence[str]) -> None:
        """Read each of the sections *headings* while it lies open: what opens another one may close it again."""
        for heading in headings:
            self.open(reading, heading)
            self.read()

    def open(self, reading: FormReading, heading: str) -> bool:
        """Open a section by its heading, or by the toggle beside it; return whether it lies open then."""
        for element in reading.openers(heading):
            if not reading.shows(heading):
                self.window.press(element, Intent.OPEN)
                self.window.wait_until(lambda: reading.shows(heading), GLANCE_SECONDS)
        return reading.shows(heading)

    @staticmethod
    def _has(reading: FormReading, headings: t.Sequence[str]) -> bool:
        return all(any(same(shown, heading) for shown in reading.headings) for heading in headings)

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
        self._kept_up(functools.partial(self._set_field, value=value), reading, field)

    def refuse_disabled(self, field: Field) -> None:
        """Fail if nobody can change *field* now."""
        if not field.enabled:
            raise ConsoleError(
                f"{field} cannot be changed on this page; it is disabled. Set what it depends on, or ask whether the "
                "console account may change it.",
                "disabled",
                field=str(field),
                step=self.window.journal.current,
            )

    def _set_field(self, reading: FormReading, field: Field, value: t.Any) -> None:
        self.refuse_disabled(field)
        self._bring_to_sight(reading, field)
        if field.kind in ("checkbox", "radio"):
            self._switch(reading, field, bool(value), reading.element(field))
        elif field.kind == "list":
            self.choose(reading, field, lambda words: _exactly(value, words, str(field)), str(value))
        else:
            self._fill(reading, field, str(value))

    def choose(
        self, reading: FormReading, field: Field, pick: t.Callable[[tuple[str, ...]], str], text: str = ""
    ) -> None:
        """Set a list to the word that *pick* takes from those on offer; one that wants to be asked is asked *text*."""
        self._kept_up(functools.partial(self._choose, pick=pick, text=text), reading, field)

    def type_into(self, reading: FormReading, field: Field, text: str) -> None:
        """Type *text* into a box and leave it; what it holds then is not looked at."""
        self._kept_up(functools.partial(self._type_into, text=text), reading, field)

    def _kept_up(self, act: t.Callable[[FormReading, Field], T], reading: FormReading, field: Field) -> T:
        """Do *act* with a control; once more with what the page drew in its place, if it did so meanwhile."""
        for _try in range(REDRAWN_TRIES):
            try:
                return act(reading, field)
            except PlaywrightError:
                if self._is_there(reading, field):
                    raise
            reading = self.settled()
            field = alike(field, reading.fields)
        return act(reading, field)

    @staticmethod
    def _is_there(reading: FormReading, field: Field) -> bool:
        with contextlib.suppress(PlaywrightError):
            return reading.again(field) is not None
        return False

    def _choose(self, reading: FormReading, field: Field, pick: t.Callable[[tuple[str, ...]], str], text: str) -> None:
        if not field.enabled:
            # What was set before it may be about to free it.
            freed = self.window.wait_until(lambda: self._enabled(reading, field), TAKEN_SECONDS)
            field = freed or field
        self.refuse_disabled(field)
        self._bring_to_sight(reading, field)
        for _attempt in range(CHOICE_TRIES):
            word = self._pick(reading, field, pick, text)
            if self._has_taken_something(reading, field, word):
                break
        self._see_taken(reading, field, word)

    def _pick(self, reading: FormReading, field: Field, pick: t.Callable[[tuple[str, ...]], str], text: str) -> str:
        if field.offered is None:
            return self._choose_from_opened(reading, field, pick, text)
        word = pick(field.offered)
        if field.reads(word):
            return word
        if native := reading.native_list(field):
            self.window.select(native, reading.place_of(field, word), Intent.SET)
        elif radio := reading.option(field, word):
            self._switch(reading, field, word, radio)
        else:
            self._choose_from_opened(reading, field, lambda words: _exactly(word, words, str(field)), word)
        return word

    def _has_taken_something(self, reading: FormReading, field: Field, word: str) -> bool:
        """Whether a choice had an effect; a list that is drawn anew below the mouse does not hear the press."""

        def effect() -> bool:
            now = self._now(reading, field)
            return now.reads(word) or now.value != field.value

        return bool(self.window.wait_until(effect, TAKEN_SECONDS))

    def _choose_from_opened(
        self, reading: FormReading, field: Field, pick: t.Callable[[tuple[str, ...]], str], text: str
    ) -> str:
        def offers_it(words: Entries) -> bool:
            with contextlib.suppress(AutotaskError):
                return bool(pick(tuple(words)))
            return False

        words = self._open_list(reading, field, text, offers_it)
        try:
            word = pick(tuple(words))
        except AutotaskError:
            self._close_list(reading, field, words)
            raise
        self._press_entry(words[word])
        return word

    def _press_entry(self, find: t.Callable[[], ElementHandle]) -> None:
        """Press an entry, again if its list, which follows what was typed, was drawn anew meanwhile."""
        try:
            self.window.press(find(), Intent.SET)
        except PlaywrightError:
            self.window.press(find(), Intent.SET)

    def _switch(self, reading: FormReading, field: Field, value: t.Any, element: ElementHandle) -> None:
        """Press *element* until the field shows *value*: a press counts by its effect; a slow page hears it late."""
        for _attempt in range(SWITCH_TRIES):
            if self._now(reading, field).reads(value):
                return
            self.window.press(element, Intent.SET)
            self.window.wait_until(lambda: self._now(reading, field).reads(value), GLANCE_SECONDS)
        self._see_taken(reading, field, value)

    def _fill(self, reading: FormReading, field: Field, text: str) -> None:
        element = reading.typed_in(field)
        if element.evaluate(IS_TYPED_IN):
            self._type_into(reading, field, text)
        else:
            self._turn(reading, field, element, text)
        if field.kind != "password":
            self._see_taken(reading, field, text)

    def _type_into(self, reading: FormReading, field: Field, text: str) -> None:
        self._bring_to_sight(reading, field)
        box = reading.typed_in(field)
        self.window.type(box, text, Intent.SET)
        # Autotask takes a value over when the field loses the focus.
        box.press("Tab")

    def _turn(self, reading: FormReading, field: Field, element: ElementHandle, text: str) -> None:
        """Bring a drawn number to *text* by the arrow keys, as long as they move it towards that."""
        self.window.press(element, Intent.SET)
        for _step in range(TURN_STEPS):
            away = _distance(self._now(reading, field), text)
            if not away:
                return
            element.press("ArrowUp" if away > 0 else "ArrowDown")
            if abs(_distance(self._now(reading, field), text)) >= abs(away):
                return

    def _bring_to_sight(self, reading: FormReading, field: Field) -> None:
        """Open what *field* lies in, if it does not show."""

        def shown() -> bool:
            return self._now(reading, field).shown

        if self.window.wait_until(shown, 0):
            return
        if field.section is None or not self.open(reading, field.section):
            self.window.wait_until(shown, GLANCE_SECONDS)
        while not shown() and (opener := reading.opener(field)):
            self.window.press(opener, Intent.OPEN)
            if not self.window.wait_until(shown, GLANCE_SECONDS):
                break
        if not shown():
            raise ConsoleError(
                f"{field} does not show on this page, so nobody could set it. Look at the page by hand.",
                "not_shown",
                field=str(field),
                step=self.window.journal.current,
            )

    def _see_taken(self, reading: FormReading, field: Field, value: t.Any) -> None:
        """Wait until *field* holds *value*; fail if it never does."""
        if not self.window.wait_until(lambda: self._now(reading, field).reads(value), TAKEN_SECONDS):
            raise ConsoleError(
                f"{field} did not take {_said(field, value)} at this step: {self.window.journal.current}. Nothing was "
                "saved. The page may not allow it, or may have set something else; look at it by hand.",
                "not_taken",
                field=str(field),
                step=self.window.journal.current,
            )

    def _enabled(self, reading: FormReading, field: Field) -> Field | None:
        now = self._now(reading, field)
        return now if now.enabled else None

    def _now(self, reading: FormReading, field: Field) -> Field:
        """*field* as it is by now, also where the page drew it anew."""
        return reading.again(field) or alike(field, self.read().fields)

    def words_on_offer(self, reading: FormReading, field: Field) -> tuple[str, ...]:
        """What a list offers; one that the page draws itself is opened to see, one that must be asked tells nothing."""
        return self._kept_up(self._words_on_offer, reading, field)

    def _words_on_offer(self, reading: FormReading, field: Field) -> tuple[str, ...]:
        if field.offered is not None or (field.typed and not reading.button(field)):
            return field.offered or ()
        words = self._open_list(reading, field)
        self._close_list(reading, field, words)
        return tuple(words)

    def _open_list(
        self,
        reading: FormReading,
        field: Field,
        text: str = "",
        is_enough: t.Callable[[Entries], bool] = lambda _words: True,
    ) -> Entries:
        """Open a list, by pressing it or by typing *text* into it, and return its words, each with how to find it.

        What is looked for may come only after other words, such as that it is being searched: until it *is_enough*, or
        for as long as a page may take.
        """
        self._bring_to_sight(reading, field)
        for attempt in range(LIST_TRIES):
            beyond = self.window.words_beyond()
            self._ask(reading, field, text, attempt)
            entries = self._entries(reading, field, self.window.wait_until(beyond, GLANCE_SECONDS) or [])
            if not entries:
                continue

            now = functools.partial(self._entries_now, reading, field, beyond)
            return self._awaited(now, entries, is_enough, beyond)
        return {}

    def _entries_now(self, reading: FormReading, field: Field, beyond: t.Callable[[], list[Look]]) -> Entries:
        return self._entries(reading, field, beyond())

    def _awaited(
        self,
        now: t.Callable[[], Entries],
        entries: Entries,
        is_enough: t.Callable[[Entries], bool],
        beyond: t.Callable[[], list[Look]],
    ) -> Entries:
        """The *entries* of a list once they are enough: what comes late, and what must be asked for or scrolled to."""
        for _time in range(MORE_TRIES):
            if is_enough(entries):
                break
            scrolled, before = self._ask_for_more(entries, beyond()), tuple(entries)

            def goes_on(before: tuple[str, ...] = before) -> Entries | None:
                words = now()
                return words if words and tuple(words) != before else None

            more = self.window.wait_until(goes_on, GLANCE_SECONDS if scrolled else TAKEN_SECONDS)
            if more is None and not scrolled:
                break
            entries = more or entries
        return entries

    def _ask_for_more(self, entries: Entries, looks: t.Sequence[Look]) -> bool:
        """Press what says that a list has more, or else scroll it on; whether it could be scrolled."""
        for look in looks:
            for index, word in enumerate(look.texts):
                if MORE.fullmatch(word):
                    self.window.press(look.seen(index).element, Intent.SET)
                    return False
        with contextlib.suppress(PlaywrightError):
            last = list(entries.values())[-1]()
            return bool(last.evaluate(scripts.SCROLL_ON))
        return False

    def _entries(self, reading: FormReading, field: Field, looks: t.Sequence[Look]) -> Entries:
        """What a list shows, once that follows what was typed; of a list elsewhere on the page, all new words there."""
        shown: list[list[str]] = []

        def steady() -> Entries:
            entries = reading.entries(field)
            shown.append(list(entries))
            return entries if len(shown) > 1 and shown[-1] == shown[-2] else {}

        elsewhere = by_word(
            str(field),
            (
                (word, functools.partial(_element_of, look, index))
                for look in looks
                for index, word in enumerate(look.texts)
            ),
        )
        return (self.window.wait_until(steady, GLANCE_SECONDS) if reading.entries(field) else None) or elsewhere

    def _ask(self, reading: FormReading, field: Field, text: str, attempt: int) -> None:
        box, button = reading.box(field), reading.button(field)
        if button and not text:
            self.window.press(button, Intent.OPEN)
        elif box and (field.typed or (attempt > 1 and text)):
            self.window.type(box, "", Intent.SET)
            # By keys, which the list listens to.
            box.type(text, timeout=self.window.milliseconds())
        elif attempt == 1:
            (box or reading.element(field)).press("ArrowDown")
        else:
            self.window.press(reading.element(field), Intent.OPEN)

    def _close_list(self, reading: FormReading, field: Field, words: Entries) -> None:
        """Close a list without choosing: by Escape, as it was opened, or by going on to what comes after it.

        The lists of a page are mostly of one kind, so what closed the last one is tried first.
        """
        ways: list[t.Callable[[], None]] = [
            lambda: self.window.page.keyboard.press("Escape"),
            lambda: self.window.press(reading.element(field), Intent.OPEN),
            lambda: self._go_on_from(reading.box(field)),
        ]
        for number in sorted(range(len(ways)), key=lambda number: number != self._closes_lists):
            ways[number]()
            if self.window.wait_until(lambda: not any(map(_shows, words.values())), CLOSE_SECONDS):
                self._closes_lists = number
                return

    @staticmethod
    def _go_on_from(box: ElementHandle | None) -> None:
        if box:
            box.focus()
            box.press("Tab")


Entries = t.Mapping[str, Find]
"""The words of a list that lies open, each with a function that finds it on the page."""


def _element_of(look: Look, index: int) -> ElementHandle:
    return look.seen(index).element


def _shows(find: t.Callable[[], ElementHandle]) -> bool:
    try:
        return find().is_visible()
    except PlaywrightError:
        return False


def _distance(field: Field, text: str) -> float:
    try:
        return float(text) - float(field.value)
    except (TypeError, ValueError):
        return 0.0


def _exactly(value: str, words: t.Sequence[str], what: str) -> str:
    if value not in words:
        raise no_such_word(what, value, words)
    return value


@contextlib.contextmanager
def left_to_a_reading(*reasons: str) -> t.Iterator[None]:
    """Do not fail yet for one of these *reasons*: a field may spell otherwise what it took, or be about to ask."""
    try:
        yield
    except ConsoleError as error:
        if error.reason not in reasons:
            raise


def no_such_word(what: str, value: str, offered: t.Sequence[str]) -> ConsoleError:
    """The failure for a list that does not offer what is wanted."""
    words = ", ".join(f'"{word}"' for word in offered[:20]) or "nothing"
    more = f" and {len(offered) - 20} more" if len(offered) > 20 else ""
    return ConsoleError(
        f'{what} does not offer "{value}". It offers: {words}{more}.', "not_offered", offered=list(offered)
    )


def _said(field: Field, value: t.Any) -> str:
    """A value as a failure may show it; what is typed may be secret."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f'"{value}"' if field.kind in ("list", "number") else "what was typed"
