# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form of one API user, and what it shows."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.reading import Field, FormReading
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import (
    BOXES,
    LISTS,
    TEXTS,
    ApiUserState,
    Tracking,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import GLANCE_SECONDS
from ansible_collections.msp.autotask.plugins.module_utils._wording import tidy

KINDS: t.Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*TEXTS, "user_name", "login_name", "internal_integration_name", "tracking_identifier"), ("text",)),
    **dict.fromkeys((*LISTS, "integration_vendor"), ("list",)),
    **dict.fromkeys(BOXES, ("checkbox", "list")),
    "internal_integration": ("radio",),
    "secret": ("text", "password"),
}
"""What each field is, where nothing else is asked for."""

FEES = re.compile(
    "".join(
        rf"(?<!\b{none} )" for none in ("no", "no additional", "no extra", "without", "without additional", "free of")
    )
    + r"\b(?:fees?|costs?|charge[sd]?|billed|invoiced|paid)\b|[$€£¥]\s*\d[\d.,]*\s*(?:/|(?:per|a|each) )",
    re.IGNORECASE,
)
"""What the page of an ordinary resource says in its title; from a picture of 2018."""

SHORTEST_ENTRY = 8
"""What is shorter may be a part of any other word."""

RADIOS: t.Mapping[str, str] = {"vendor": "integration_vendor", "custom": "internal_integration"}
"""The radio button of each kind of tracking identifier."""

CHOICES = ("radio", "checkbox")
"""What a radio button may be drawn as; of buttons side by side, each is on or off."""

SUFFIX = re.compile(r"@[^\s@]+")
"""What stands behind the box of a user name that holds the key only."""


ABOUT_TRACKING = (*RADIOS.values(), "tracking_identifier", "integration_vendor", "internal_integration_name")
"""Landmarks whose words are no vendor and no integration, wherever they stand."""


class ReadApiUser(Editor):
    """The form of one API user, as far as it is only looked at.

    It is known by its fields: not all builds have a section Credentials, and other pages have one.
    """

    def what_it_is(self) -> t.Literal["api user", "person", "costs", ""]:
        """Whose form the window shows; nothing as long as it shows none."""
        texts = self.window.texts()
        reading = self.form.read()
        if _speak_of_fees(texts, reading):
            return "costs"
        if self._field(reading, "user_name") and (
            self._field(reading, "secret") or self._has(reading, "generate_secret")
        ):
            return "api user"
        return "person" if self._field(reading, "login_name") else ""

    def read(self) -> ApiUserState:
        """Every field but the secret, as the form shows it at rest."""
        state = self._state(self.form.settled(until=self._is_filled))
        if state.tracking == Tracking("unknown") and not self.has_had_time:
            # Words that say whose identifier it is may come as late as a list.
            self.let_values_come()
            state = self._state(self.form.settled())
        return state

    def _is_filled(self, reading: FormReading) -> bool:
        """Whether every list holds something; one that still does not after a while is empty."""
        lists = (self._field(reading, name) for name in LISTS)
        filled = all(control.value for control in lists if control and control.shown)
        return self.has_had_time or (filled and self._is_drawn(reading))

    def _is_drawn(self, reading: FormReading) -> bool:
        """Whether the form has its lists: those of radio buttons are not to be seen before they have entries."""
        return self.has_had_time or self._field(reading, "security_level") is not None

    def tracking_is(self, wanted: Tracking) -> bool:
        """Whether the identifier that the form shows is the *wanted* one, and of the vendors on offer no other is."""
        reading = self.form.settled()
        shown, control = self._tracking(reading), self._field(reading, "integration_vendor")
        return shown is not None and shown.is_of(wanted, (control and control.offered) or ())

    def domain(self) -> str | None:
        """The domain of the tenant's user names, if the form shows it beside the box of the name."""
        control = self._control(reading := self.form.read(), "user_name")
        return self._suffix(reading, control).removeprefix("@") or None

    def tracking_identifier(self) -> str | None:
        """The identifier that Autotask made for a custom integration; None while it shows none."""
        control = self._field(self.form.read(), "tracking_identifier")
        if control:
            return str(control.value) or None
        return next((words for words in self._beside("tracking_identifier") if _is_identifier(words)), None)

    def _state(self, reading: FormReading) -> ApiUserState:
        controls = {name: self._field(reading, name) for name in (*TEXTS, *BOXES, *LISTS)}
        values: dict[str, t.Any] = {name: control.value if control else None for name, control in controls.items()}
        for name in BOXES:
            if control := controls[name]:
                values[name] = self.is_on(control)
        return ApiUserState(user_name=self._user_name(reading), tracking=self._tracking(reading), **values)

    def _user_name(self, reading: FormReading) -> str:
        """The whole name, also where its box holds the key only."""
        control = self._control(reading, "user_name")
        key = str(control.value)
        return f"{key}{self._suffix(reading, control)}" if key and "@" not in key else key

    def _suffix(self, reading: FormReading, control: Field) -> str:
        words: list[str] = reading.typed_in(control).evaluate(scripts.WORDS_AROUND)
        return next(filter(SUFFIX.fullmatch, words), "")

    def _tracking(self, reading: FormReading) -> Tracking | None:
        """Where the identifier comes from, by the radio buttons or else by what stands there; None if from nowhere."""
        radios = [self._field(reading, name, *CHOICES) for name in RADIOS.values()]
        if not any(radios):
            any(map(self._turn_to, ("integration_vendor", "internal_integration_name")))
            # Another tab may be open by now than when the form was read.
            reading = self.form.read()
        vendor, custom = (bool(radio and radio.value) for radio in radios)
        if any(radios) and not vendor and not custom:
            return None
        sources: tuple[tuple[t.Literal["vendor", "custom"], bool, Field | None, str], ...] = (
            ("vendor", vendor, self._field(reading, "integration_vendor"), "integration_vendor"),
            ("custom", custom, self._field(reading, "internal_integration_name"), "internal_integration_name"),
        )
        for kind, chosen, control, name in sources:
            if chosen or not any(radios):
                # Without radio buttons, only what is to be seen counts.
                told = control and (chosen or control.shown)
                words = str(control.value or "") if control and told else self._source_beside(name)
                if words:
                    return Tracking(kind, words)
                if chosen and control:
                    return None
        return Tracking("unknown")

    def _source_beside(self, name: str) -> str:
        """What stands as words beside the label *name*, but for those of choices and headings."""
        names = [text for mark in ABOUT_TRACKING for text in self.window.landmarks[mark].texts]
        only_names = re.compile(rf"(?:\W*(?:{'|'.join(map(re.escape, names))}|none))+\W*", re.IGNORECASE)
        return next((words for words in self._beside(name) if not only_names.fullmatch(words)), "")

    def _beside(self, name: str) -> list[str]:
        """The words that stand beside a label where other forms have a control."""
        self._turn_to(name)
        labels = [tidy(text).casefold() for text in self.window.landmarks[name].texts]
        found: list[str] = []
        for frame in self.window.visible_frames():
            found += frame.evaluate(scripts.WORDS_BESIDE, labels)
        return found

    def _has(self, reading: FormReading, name: str) -> bool:
        """Whether the form says *name*, even in a part that does not show."""
        return self.window.sees(name) or reading.opener_to(self.window.landmarks[name]) is not None

    def _turn_to(self, name: str) -> bool:
        """Turn to the tab that hides the words *name*, if one does; whether that was done."""
        if self.window.sees(name):
            return False
        opener = self.form.read().opener_to(self.window.landmarks[name])
        if opener is None:
            return False
        self.window.press(opener, Intent.OPEN)
        return self.window.sees(name, GLANCE_SECONDS)

    def _field(self, reading: FormReading, name: str, *kinds: str) -> Field | None:
        found = reading.find(self.window.landmarks[name], *(kinds or KINDS[name]))
        if found is None and name == "user_name":
            boxes = [each for each in reading.fields if each.kind == "text" and SUFFIX.fullmatch(each.label)]
            return boxes[0] if len(boxes) == 1 else None
        return found

    def _awaited(self, name: str) -> tuple[FormReading, Field]:
        """A field that may be about to come, since another has just been set."""

        def there() -> tuple[FormReading, Field] | None:
            control = self._field(reading := self.form.read(), name)
            return (reading, control) if control else None

        reading = self.form.read()
        return self.window.wait_until(there) or (reading, self._control(reading, name))

    def _control(self, reading: FormReading, name: str) -> Field:
        control = self._field(reading, name)
        if control is None:
            raise self._lacking(name)
        return control

    def _lacking(self, name: str) -> NotSeen:
        return self.window.not_seen(f"This form has no field {self.window.landmarks[name]}", name)


def _speak_of_fees(texts: t.Sequence[str], reading: FormReading) -> bool:
    """Whether a page itself says that it may cost money; names and entries of lists may have such words."""
    held = {str(text) for each in reading.fields for text in (each.value, *(each.offered or ())) if text}
    typed = " ".join(str(each.value) for each in reading.fields if each.kind == "text")
    # The words around a list have its entries in them.
    entries = sorted((re.escape(text) for text in held if len(text) >= SHORTEST_ENTRY), key=len, reverse=True)
    said = [re.sub("|".join(entries) or "$^", " ", text) for text in texts if text not in held]
    return any(FEES.search(text) for text in said if text.strip("- ") not in typed)


def _is_identifier(text: str) -> bool:
    """Autotask's identifiers are one long word; 27 characters were seen."""
    return text.isalnum() and len(text) >= 20
