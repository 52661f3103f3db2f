# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form of one API user: how it is brought to what is wanted."""

from __future__ import annotations

import contextlib
import time
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.form import left_to_a_reading, no_such_word
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.reading import Field, FormReading
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_reading import (
    CHOICES,
    KINDS,
    RADIOS,
    ReadApiUser,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_saving import SavedByAnswer
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import (
    BOXES,
    COMPARISONS,
    LISTS,
    ApiUserState,
    Tracking,
    Wish,
    agree,
    meant,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import LATE_SECONDS
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.look import Look, Seen
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    PlaywrightError,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, same_value, tidy

ROUNDS = 4
"""How often fields are set again that others changed; those who go on contradicting each other never agree."""

OFFER_SECONDS = 5.0
"""How long a list may take to offer what is wanted."""

SHORTEST_GENERATED = 12
"""Characters of a secret that Autotask made; 25 were seen."""


@dataclass(frozen=True)
class Secret:
    """A secret that the form must hold when it is saved."""

    text: str
    is_ours: bool = True
    """Whether it is typed; otherwise Autotask made it and shows it only as words."""


class ApiUserForm(ReadApiUser, SavedByAnswer):
    """The form of one API user, to be filled in and saved."""

    # ---- before anything is set

    def resolve(self, wanted: t.Mapping[str, Wish]) -> dict[str, Wish]:
        """What is *wanted*, in the words of this form's lists. Fails where it cannot be set; changes nothing."""
        reading = self.form.settled(until=self._is_drawn)
        state = self._state(reading)
        found: dict[str, Wish] = {}
        for name, value in wanted.items():
            if agree(name, getattr(state, name), value):
                found[name] = getattr(state, name)
            elif isinstance(value, Tracking):
                found[name] = self._resolve_tracking(reading, value)
            elif name == "location" and self._field(reading, name) is None:
                # Builds before 2021 had none.
                self.window.journal.warn(f"The form has no {self.window.landmarks['location']}, so that was not set.")
            else:
                reading, control = self._awaited(name)
                self.form.refuse_disabled(control)
                found[name] = self._entry(reading, control, name, str(value)) if name in LISTS else value
        return found

    def location_at_first(self) -> str | None:
        """What a new user's location is, if nobody says: Autotask's choice, or the only one; None without the field."""
        reading = self.form.settled(until=self._is_drawn)
        control = self._field(reading, "location")
        if control is None:
            return None
        if not control.value:
            # A default may come late.
            self.let_values_come()
            control = self._control(reading := self.form.settled(), "location")
        if control.value:
            return str(control.value)
        words = [word for word in self.form.words_on_offer(reading, control) if word.strip()]
        if len(words) != 1:
            offer = f"It offers: {', '.join(map(repr, words))}. Name one of them" if words else "Name what it should be"
            raise ConsoleError(
                f"{self.window.landmarks['location']} must be chosen. {offer} in 'location'.",
                "choice_needed",
                offered=words,
            )
        return words[0]

    def refuse_empty(self, filled: t.Collection[str]) -> None:
        """Fail if the page marks a field as needed that is empty, and is none of those *filled* by us."""
        reading = self.form.settled()
        ours = [each.index for name in filled for each in self._belonging_to(reading, name)]
        empty = [
            tidy(each.label)
            for each in reading.fields
            if each.required
            and each.kind not in ("checkbox", "radio")
            and not each.value
            and each.index not in ours
            and each.shown
        ]
        if empty:
            raise ConsoleError(
                f"The form demands {', '.join(map(repr, empty))}, which nobody gave. Nothing was saved. Give it by an "
                "option, if there is one; otherwise fill it in by hand once, or ask why it is demanded.",
                "required_empty",
                fields=empty,
            )

    def generated_domain(self) -> str:
        """The domain that Autotask puts behind the "@" of the user names it generates."""
        self._turn_to("generate_key")
        self.window.click("generate_key", Intent.SET)
        name = self.window.wait_until(lambda: self._user_name(self.form.read()).rpartition("@")[2])
        if not name:
            self.window.stop_if_gone_on_elsewhere()
            raise NotSeen(
                "Generate Key did not fill Username (Key), so this tenant's domain is not known. Run again; if that "
                "does not help, give the whole name, with the domain behind its @, in 'user_name'.",
                step=self.window.journal.current,
            )
        return name

    # ---- setting

    def bring_to(
        self, wanted: t.Mapping[str, Wish], secret: Secret | None = None, at_last: bool = False
    ) -> ApiUserState:
        """Set what differs until everything reads as *wanted* at rest, and return what the form shows then.

        One choice may change another field, and values that come late may overwrite what was typed: with *at_last*,
        before a save, they are waited for first.
        """
        wishes = dict(wanted)
        for _round in range(ROUNDS):
            if at_last:
                self.let_values_come()
            reading = self.form.settled()
            state = self._state(reading)
            unlike = state.unlike(wishes)
            if not unlike and self._holds(reading, secret):
                return state
            for name in unlike:
                wishes[name] = self._set(name, wishes[name])
            if secret and secret.is_ours and not self._holds(reading := self.form.read(), secret):
                self._touched = time.monotonic()
                self._type(reading, self._control(reading, "secret"), secret.text)
        if at_last:
            self.let_values_come()
        reading = self.form.settled()
        self._refuse_not_taken(reading, wishes, secret)
        return self._state(reading)

    def generate_secret(self, learn: t.Callable[[str], None]) -> str | None:
        """Press Generate Secret; None if there is a box to type in now, else the secret that the form shows as words.

        Whatever may be a secret is told to *learn* before anything else can happen to it.
        """
        self._turn_to("generate_secret")
        before = self._beside("secret")

        def shown() -> list[str]:
            return [words for words in self._beside("secret") if words not in before]

        try:
            self.window.click("generate_secret", Intent.SET)
            self.window.wait_until(lambda: self.can_type_secret() or shown())
        finally:
            with contextlib.suppress(PlaywrightError):
                for word in " ".join(shown()).split():
                    if len(word) >= SHORTEST_GENERATED or not word.isalpha():
                        learn(word)
        if self.can_type_secret():
            return None
        made = {secret for words in shown() for secret in _generated_among(words)}
        if len(made) != 1:
            raise ConsoleError(
                "Generate Secret showed neither a box to type a secret in nor a secret that could be told from other "
                "words. Nothing was saved. Please report it.",
                "secret_not_readable",
            )
        return made.pop()

    def can_type_secret(self) -> bool:
        """Whether there is a box for the secret, as an empty form has it."""
        reading = self.form.read()
        box = self._field(reading, "secret")
        return box is not None and box.enabled and reading.typed_in(box).is_editable()

    def _resolve_tracking(self, reading: FormReading, wanted: Tracking) -> Tracking:
        radio = self._field(reading, RADIOS[wanted.kind], *CHOICES)
        if radio:
            self.form.refuse_disabled(radio)
        if wanted.kind == "custom":
            return wanted
        control = self._field(reading, "integration_vendor")
        if control is None and (radio is None or radio.value):
            raise self._lacking("integration_vendor")
        return Tracking("vendor", self._entry(reading, control, "integration_vendor", wanted.name))

    def _entry(self, reading: FormReading, control: Field | None, name: str, wanted: str) -> str:
        """The entry of a list that is *wanted*; as it is where the list does not tell before something is set."""
        if control is None or (control.offered is None and (control.typed or not control.shown)):
            if self.window.journal.read_only:
                self.window.journal.warn(
                    f"Whether {self.window.landmarks[name]} offers {wanted!r} is not known before something is typed "
                    "or chosen, which a check does not do."
                )
            return wanted
        words: t.Sequence[str] = ()

        def offers_it() -> bool:
            nonlocal words
            anew, again = self._awaited(name)
            words = self.form.words_on_offer(anew, again)
            return bool(meant(wanted, words, *COMPARISONS[name]))

        self.window.wait_until(offers_it, OFFER_SECONDS)
        return _pick(name, wanted, words, str(control))

    def _set(self, name: str, value: Wish) -> Wish:
        """Set one field, and return what it should read then."""
        self._touched = time.monotonic()
        if isinstance(value, Tracking):
            return self._set_tracking(value)
        if name in LISTS:
            return self._choose(name, str(value))
        if name in BOXES:
            self._switch(name, bool(value))
            return value
        reading, control = self._awaited(name)
        text = str(value)
        if name == "user_name" and (suffix := self._suffix(reading, control)):
            text = self._without_domain(reading, text, suffix)
        self._type(reading, control, text)
        return value

    def _switch(self, name: str, on: bool) -> None:
        """Set what is on or off, be it a box or a choice of Yes and No."""
        reading, control = self._awaited(name)
        with left_to_a_reading("not_taken"):
            self.form.set_field(reading, control, self.spelling(control, on))

    def _set_tracking(self, wanted: Tracking) -> Tracking:
        """Choose where the identifier comes from. It can never be changed once it is saved."""
        radio = RADIOS[wanted.kind]
        if self._field(self.form.read(), radio, *CHOICES):
            with left_to_a_reading("not_taken"):
                self.form.set(radio, True, *CHOICES)
        if wanted.kind == "custom":
            self._set("internal_integration_name", wanted.name)
            return wanted
        self._let_show("integration_vendor")
        with self.window.confirming():
            beyond = self.window.words_beyond()
            chosen = self._choose("integration_vendor", wanted.name)
            self._say_yes(beyond())
            # A question may need the server, and comes before the page is at rest then; or it only takes its time.
            self.form.settled()
            self.window.wait_until(lambda: self.window.answer_boxes() or self._say_yes(beyond()), GLANCE_SECONDS)
        return Tracking("vendor", chosen)

    def _let_show(self, name: str) -> None:
        """Wait for a field that another choice is about to bring to sight."""

        def shows() -> bool:
            control = self._field(self.form.read(), name)
            return control is not None and control.shown

        if self._field(self.form.read(), name):
            self.window.wait_until(shows, LATE_SECONDS)

    def _say_yes(self, looks: t.Sequence[Look]) -> bool:
        """Answer a question that came up as a part of the page; whether there was one."""
        said = self.window.matches(self.window.landmarks["yes"], looks)
        answers = [yes for yes in said if not self._is_choice(yes)]
        for yes in answers:
            self.window.press(yes.element, Intent.SET)
        return bool(answers)

    def _is_choice(self, yes: Seen) -> bool:
        """Whether it is the word of a radio button, which is a setting of its own."""
        reading = self.form.read()
        radios = [reading.option(field, word) for field in reading.fields for word in field.offered or ()]
        return any(
            yes.element.evaluate(scripts.IS_PART_OF, radio)
            for radio in radios
            if radio and radio.owner_frame() == yes.frame
        )

    def _choose(self, name: str, wanted: str) -> str:
        reading, control = self._awaited(name)
        chosen: list[str] = []

        def pick(words: t.Sequence[str]) -> str:
            chosen.append(_pick(name, wanted, words, str(control)))
            return chosen[0]

        with left_to_a_reading("not_taken"):
            self.form.choose(reading, control, pick, wanted)
        return chosen[0]

    def _without_domain(self, reading: FormReading, user_name: str, suffix: str) -> str:
        """The part of a user name that is typed where the page has the domain beside the box, or in a list of some."""
        key, _at, domain = user_name.partition("@")
        if not domain or same_value(domain, suffix.removeprefix("@")):
            return key
        offers = [
            (control, word)
            for control in reading.fields
            for word in control.offered or ()
            if same_value(word.removeprefix("@"), domain)
        ]
        if len(offers) == 1:
            [(control, word)] = offers
            self.form.choose(reading, control, lambda _offered: word)
            return key
        raise ConsoleError(
            f"This tenant's user names end with {suffix}, and '{user_name}' does not. Correct 'user_name'.",
            "other_domain",
        )

    def _type(self, reading: FormReading, control: Field, text: str) -> None:
        """Type into a box and leave it; what it holds then is read with everything else."""
        self.form.refuse_disabled(control)
        with left_to_a_reading("not_taken"):
            self.form.type_into(reading, control, text)

    def _holds(self, reading: FormReading, secret: Secret | None) -> bool:
        if secret is None:
            return True
        if not secret.is_ours:
            return any(secret.text in words.split() for words in self._beside("secret"))
        box = self._field(reading, "secret")
        return box is not None and reading.typed_in(box).evaluate(scripts.HELD_TEXT) == secret.text

    def _belonging_to(self, reading: FormReading, name: str) -> t.Iterator[Field]:
        """All controls of one thing that is set."""
        names = (name,) if name != "tracking" else (*RADIOS.values(), "internal_integration_name")
        for each in names:
            for kinds in (KINDS[each], CHOICES):
                if control := self._field(reading, each, *kinds):
                    yield control

    def _refuse_not_taken(self, reading: FormReading, wishes: t.Mapping[str, Wish], secret: Secret | None) -> None:
        differences = self._state(reading).differences(wishes)
        if not self._holds(reading, secret):
            differences["secret"] = {"expected": "(hidden)", "read": "(hidden)"}
        if differences:
            raise ConsoleError(
                f"The form does not keep what was set in: {', '.join(differences)}. Nothing was saved.",
                "not_taken",
                differences=differences,
            )


def _pick(name: str, wanted: str, words: t.Sequence[str], what: str) -> str:
    """The one entry that is wanted; it must be one."""
    found = meant(wanted, words, *COMPARISONS[name])
    if len(found) != 1:
        raise no_such_word(what, wanted, found or nearest(wanted, words, count=8) or words)
    return found[0]


def _generated_among(words: str) -> list[str]:
    """What looks like a secret that Autotask made. In a sentence, signs at its ends may belong to either."""
    kinds = (str.isupper, str.islower, str.isdigit)
    among = words.split()
    return [
        word
        for word in among
        if len(word) >= SHORTEST_GENERATED
        and all(any(map(kind, word)) for kind in kinds)
        and (len(among) == 1 or (word[0].isalnum() and word[-1].isalnum()))
    ]
