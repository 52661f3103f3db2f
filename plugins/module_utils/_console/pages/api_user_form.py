# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form of one API user: what it shows, how it is brought to what is wanted, and what comes of saving it."""

from __future__ import annotations

import contextlib
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._console import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotSeen
from ansible_collections.msp.autotask.plugins.module_utils._console.form import Field, FormReading, no_such_word
from ansible_collections.msp.autotask.plugins.module_utils._console.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._console.window import GLANCE_SECONDS, PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._redaction import without_identifiers
from ansible_collections.msp.autotask.plugins.module_utils._wording import (
    nearest,
    one_side,
    same_name,
    same_value,
    tidy,
)

TEXTS = ("first_name", "last_name", "email")
FORMATS = ("date_format", "time_format", "number_format")
LISTS = ("security_level", "location", *FORMATS)
BOXES = ("active", "locked")

KINDS: t.Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*TEXTS, "user_name", "login_name", "internal_integration_name", "tracking_identifier"), ("text",)),
    **dict.fromkeys((*LISTS, "integration_vendor"), ("list",)),
    **dict.fromkeys(BOXES, ("checkbox",)),
    "internal_integration": ("radio",),
    "secret": ("text", "password"),
}
"""What each field is, where nothing else is asked for."""

ROUNDS = 4
"""How often fields are set again that others changed; those who go on contradicting each other never agree."""

OFFER_SECONDS = 5.0
"""How long a list may take to offer what is wanted."""

SAVE_SECONDS = 30.0
"""How long a save may take before it is looked at what is stored."""

SHORTEST_GENERATED = 12
"""Characters of a secret that Autotask made; 25 were seen."""

FEES = re.compile(r"(?<!\bno )(?<!\bno additional )(?<!\bwithout )\b(?:fees?|costs?|charges?)\b", re.IGNORECASE)
"""What the page of an ordinary resource says in its title; from a picture of 2018."""

RADIOS: t.Mapping[str, str] = {"vendor": "integration_vendor", "custom": "internal_integration"}
"""The radio button of each kind of tracking identifier."""

SUFFIX = re.compile(r"@[^\s@]+")
"""What stands behind the box of a user name that holds the key only."""

Value = str | bool | None


@dataclass(frozen=True)
class Tracking:
    """Where a user's API tracking identifier comes from: a vendor of the list, or a name of one's own.

    C(unknown) is what a page does not show of a user that exists.
    """

    kind: t.Literal["vendor", "custom", "unknown"]
    name: str = ""

    def is_of(self, wanted: Tracking, offered: t.Sequence[str] = ()) -> bool:
        """Whether it is the *wanted* one, alone among those on offer; a vendor may be named by a part of its entry."""
        if self.kind != wanted.kind:
            return False
        if self.kind == "custom":
            return same_value(self.name, wanted.name)
        return meant(wanted.name, {self.name, *offered}, *VENDOR) == [self.name]


Wish = Value | Tracking


@dataclass(frozen=True)
class ApiUserState:
    """Everything that the form shows of a user, but its secret. None is what a form does not have, or does not tell."""

    user_name: str
    first_name: str | None
    last_name: str | None
    email: str | None
    active: bool | None
    locked: bool | None
    security_level: str | None
    location: str | None
    date_format: str | None
    time_format: str | None
    number_format: str | None
    tracking: Tracking | None

    def as_data(self) -> dict[str, t.Any]:
        data = {name: getattr(self, name) for name in ("user_name", *TEXTS, *BOXES, *LISTS)}
        return {**data, "tracking": self.tracking and {"type": self.tracking.kind, "name": self.tracking.name}}

    def wishes(self) -> dict[str, Wish]:
        """Its fields by their names, those that the form does not have left out."""
        return {name: value for name in vars(self) if (value := getattr(self, name)) is not None}

    def unlike(self, wanted: t.Mapping[str, Wish]) -> list[str]:
        """The names of the fields that are not as *wanted*."""
        return [name for name, value in wanted.items() if not agree(name, getattr(self, name), value)]

    def differences(self, wanted: t.Mapping[str, Wish]) -> dict[str, dict[str, t.Any]]:
        """What should be read in these fields and what is, as plain data."""
        return {
            name: {"expected": _plain(wanted[name]), "read": _plain(getattr(self, name))}
            for name in self.unlike(wanted)
        }


@dataclass(frozen=True)
class Secret:
    """A secret that the form must hold when it is saved."""

    text: str
    is_ours: bool = True
    """Whether it is typed; otherwise Autotask made it and shows it only as words."""


@dataclass(frozen=True)
class Answer:
    """What was seen after Save & Close had been pressed."""

    gone: bool = False
    """The window closed."""
    refused: bool = False
    """The page marks something as wrong or asks for an answer, and no call of it failed."""
    said: list[str] = field(default_factory=list)
    error: ConsoleError | None = None
    """What ended the looking."""


class ApiUserForm(Editor):
    """The form of one API user.

    It is known by its fields: not all builds have a section Credentials, and other pages have one.
    """

    asked_to_store = False
    """Whether Autotask was asked to store it: from then on a secret that it made may be in force."""

    def what_it_is(self) -> t.Literal["api user", "person", "costs", ""]:
        """Whose form the window shows; nothing as long as it shows none."""
        reading = self.form.read()
        if self._speaks_of_fees(reading):
            return "costs"
        if self._field(reading, "user_name") and (
            self._field(reading, "secret") or self._has(reading, "generate_secret")
        ):
            return "api user"
        return "person" if self._field(reading, "login_name") else ""

    def _speaks_of_fees(self, reading: FormReading) -> bool:
        """Whether the page itself says that it may cost money; names and entries of lists may have such words."""
        held = {str(text) for each in reading.fields for text in (each.value, *(each.offered or ())) if text}
        typed = " ".join(str(each.value) for each in reading.fields if each.kind == "text")
        texts = (text for text in self.window.texts() if text not in held and text.strip("- ") not in typed)
        return any(FEES.search(text) for text in texts)

    def read(self) -> ApiUserState:
        """Every field but the secret, as the form shows it at rest."""
        return self._state(self.form.settled(until=self._is_filled))

    def _is_filled(self, reading: FormReading) -> bool:
        """Whether every list holds something; one that still does not after a while is empty."""
        return self.has_had_time or all(
            control.value for name in LISTS if (control := self._field(reading, name)) and control.shown
        )

    # ---- before anything is set

    def resolve(self, wanted: t.Mapping[str, Wish]) -> dict[str, Wish]:
        """What is *wanted*, in the words of this form's lists. Fails where it cannot be set; changes nothing."""
        reading = self.form.settled()
        state = self._state(reading)
        found: dict[str, Wish] = {}
        for name, value in wanted.items():
            if agree(name, getattr(state, name), value):
                found[name] = getattr(state, name)
            elif isinstance(value, Tracking):
                found[name] = self._resolve_tracking(reading, value)
            elif name == "location" and self._field(reading, name) is None:
                # Builds before 2021 had none.
                self.window.journal.warnings.append(
                    f"The form has no {self.window.landmarks['location']}, so that was not set."
                )
            else:
                control = self._control(reading, name)
                self._refuse_disabled(control)
                found[name] = self._entry(reading, control, name, str(value)) if name in LISTS else value
        return found

    def location_at_first(self) -> str | None:
        """What a new user's location is, if nobody says: Autotask's choice, or the only one; None without the field."""
        reading = self.form.settled()
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

    def tracking_is(self, wanted: Tracking) -> bool:
        """Whether the identifier that the form shows is the *wanted* one, and of the vendors on offer no other is."""
        reading = self.form.settled()
        shown, control = self._tracking(reading), self._field(reading, "integration_vendor")
        return shown is not None and shown.is_of(wanted, (control and control.offered) or ())

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

    def domain(self) -> str | None:
        """The domain of the tenant's user names, if the form shows it beside the box of the name."""
        control = self._control(reading := self.form.read(), "user_name")
        return self._suffix(reading, control).removeprefix("@") or None

    def generated_domain(self) -> str:
        """The domain that Autotask puts behind the "@" of the user names it generates."""
        self._turn_to("generate_key")
        self.window.click("generate_key", Intent.SET)
        name = self.window.wait_until(lambda: self._user_name(self.form.read()).rpartition("@")[2])
        if not name:
            raise NotSeen(
                "Generate Key did not fill Username (Key), so this tenant's domain is not known. Give the whole name, "
                "with the domain behind its @, in 'user_name'.",
                step=self.window.journal.current,
            )
        return name

    # ---- setting

    def bring_to(self, wanted: t.Mapping[str, Wish], secret: Secret | None = None) -> ApiUserState:
        """Set what differs until everything reads as *wanted* at rest, and return what the form shows then.

        One choice may change another field, and what is slow may come over what was typed meanwhile.
        """
        wishes = dict(wanted)
        for _round in range(ROUNDS):
            reading = self.form.settled()
            unlike = self._state(reading).unlike(wishes)
            if not unlike and self._holds(reading, secret):
                return self._state(reading)
            for name in unlike:
                wishes[name] = self._set(name, wishes[name])
            if secret and secret.is_ours and not self._holds(reading := self.form.read(), secret):
                self._type(reading, self._control(reading, "secret"), secret.text)
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

    # ---- saving

    def save(self, what: str) -> Answer:
        """Press Save & Close and wait for what comes of it. Words that come up may be notices, so none is an error."""
        journal, window = self.window.journal, self.window
        button = window.find("save_and_close").element
        if not window.wait_until(lambda: not button.evaluate(scripts.IS_GREYED)):
            raise ConsoleError(
                f"{window.landmarks['save_and_close']} stays greyed out, so {what} cannot be saved.", "disabled"
            )
        journal.write(f"Save {what}")
        self.asked_to_store = True
        before, wrong, told, failed = set(window.texts()), self._marked_wrong(), len(journal.messages), self._failed()
        answered = False

        def is_answered() -> bool:
            nonlocal answered
            answered = len(journal.messages) > told or self._marked_wrong() > wrong or self._asks(before)
            return answered or self._gone()

        try:
            window.press(button, Intent.STORE)
            window.wait_until(is_answered, SAVE_SECONDS)
            # What the page says may be the last thing before it closes.
            if window.wait_until(self._gone, GLANCE_SECONDS):
                return Answer(gone=True)
        except ConsoleError as error:
            return Answer(error=error)
        except PlaywrightError as error:
            # The window may close while it is still being pressed; what is stored tells what came of it.
            if self._gone():
                return Answer(gone=True)
            why = str(error).splitlines()[0]
            return Answer(error=ConsoleError(f"The browser broke off while saving {what}. {why}", "browser_failed"))
        # A tracking identifier may be new on the page, too.
        said = [without_identifiers(text) for text in (*journal.messages[told:], *self._new_texts(before))]
        return Answer(refused=answered and self._failed() == failed, said=list(dict.fromkeys(said)))

    # ---- inside

    def tracking_identifier(self) -> str | None:
        """The identifier that Autotask made for a custom integration; None while it shows none."""
        control = self._field(self.form.read(), "tracking_identifier")
        if control:
            return str(control.value) or None
        return next((words for words in self._beside("tracking_identifier") if _is_identifier(words)), None)

    def _state(self, reading: FormReading) -> ApiUserState:
        controls = {name: self._field(reading, name) for name in (*TEXTS, *BOXES, *LISTS)}
        values: dict[str, t.Any] = {name: control.value if control else None for name, control in controls.items()}
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
        radios = [self._field(reading, name, "radio") for name in RADIOS.values()]
        if not any(radios) and any(map(self._turn_to, ("integration_vendor", "internal_integration_name"))):
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
                words = str(control.value or "") if control and told else next(iter(self._beside(name)), "")
                if words:
                    return Tracking(kind, words)
                if chosen and control:
                    return None
        return Tracking("unknown")

    def _resolve_tracking(self, reading: FormReading, wanted: Tracking) -> Tracking:
        radio = self._field(reading, RADIOS[wanted.kind], "radio")
        if radio:
            self._refuse_disabled(radio)
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
                self.window.journal.warnings.append(
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
        if isinstance(value, Tracking):
            return self._set_tracking(value)
        if name in LISTS:
            return self._choose(name, str(value))
        if name in BOXES:
            with _judged_at_rest():
                self.form.set(name, value, "checkbox")
            return value
        reading, control = self._awaited(name)
        text = str(value)
        if name == "user_name" and (suffix := self._suffix(reading, control)):
            text = _without_domain(text, suffix)
        self._type(reading, control, text)
        return value

    def _set_tracking(self, wanted: Tracking) -> Tracking:
        """Choose where the identifier comes from. It can never be changed once it is saved."""
        radio = RADIOS[wanted.kind]
        if self._field(self.form.read(), radio, "radio"):
            with _judged_at_rest():
                self.form.set(radio, True, "radio")
        if wanted.kind == "custom":
            self._set("internal_integration_name", wanted.name)
            return wanted
        with self.window.confirming():
            chosen = self._choose("integration_vendor", wanted.name)
            for yes in self.window.matches(self.window.landmarks["yes"]):
                self.window.press(yes.element, Intent.SET)
        return Tracking("vendor", chosen)

    def _choose(self, name: str, wanted: str) -> str:
        reading, control = self._awaited(name)
        chosen: list[str] = []

        def pick(words: t.Sequence[str]) -> str:
            chosen.append(_pick(name, wanted, words, str(control)))
            return chosen[0]

        with _judged_at_rest():
            self.form.choose(reading, control, pick, wanted)
        return chosen[0]

    def _type(self, reading: FormReading, control: Field, text: str) -> None:
        """Type into a box and leave it; what it holds then is read with everything else."""
        self._refuse_disabled(control)
        with _judged_at_rest():
            self.form.type_into(reading, control, text)

    def _holds(self, reading: FormReading, secret: Secret | None) -> bool:
        if secret is None:
            return True
        if not secret.is_ours:
            return any(secret.text in words.split() for words in self._beside("secret"))
        box = self._field(reading, "secret")
        return box is not None and reading.typed_in(box).evaluate(scripts.HELD_TEXT) == secret.text

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

    def _marked_wrong(self) -> int:
        return sum(int(frame.evaluate(scripts.MARKED_WRONG)) for frame in self.window.visible_frames())

    def _asks(self, before: t.Collection[str]) -> bool:
        """Whether a box came up that wants to be answered."""
        words = [*self.window.landmarks["ok"].texts, *self.window.landmarks["yes"].texts]
        return any(text not in before and text in words for text in self.window.texts())

    def _failed(self) -> int:
        return self.window.failed_calls

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

    def _belonging_to(self, reading: FormReading, name: str) -> t.Iterator[Field]:
        """All controls of one thing that is set."""
        names = (name,) if name != "tracking" else (*RADIOS.values(), "internal_integration_name")
        for each in names:
            for kinds in (KINDS[each], ("radio",)):
                if control := self._field(reading, each, *kinds):
                    yield control

    def _refuse_disabled(self, control: Field) -> None:
        if not control.enabled:
            raise ConsoleError(
                f"{control} cannot be changed on this page; it is disabled. Set what it waits for, or ask whether the "
                "console account may change it.",
                "disabled",
                field=str(control),
                step=self.window.journal.current,
            )

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


@contextlib.contextmanager
def _judged_at_rest() -> t.Iterator[None]:
    """Do not fail yet if a field does not read as it was set: it may spell that otherwise, or be about to ask."""
    try:
        yield
    except ConsoleError as error:
        if error.reason != "not_taken":
            raise


def same_user_name(user_name: str, wanted: str) -> bool:
    """Whether *user_name* is the *wanted* one, which may be only the key before its "@"."""
    shown, asked = user_name.casefold(), wanted.casefold()
    return asked == (shown if "@" in asked else shown.partition("@")[0])


def agree(name: str, shown: Wish, wanted: Wish) -> bool:
    """Whether a field reads as Autotask would take *wanted*. Formats differ by case: hh is not HH."""
    if isinstance(wanted, Tracking):
        return isinstance(shown, Tracking) and shown.kind == wanted.kind and same_value(shown.name, wanted.name)
    if not isinstance(wanted, str) or not isinstance(shown, str):
        return shown == wanted
    if name in FORMATS:
        return _exactly(shown, wanted)
    return same_name(shown, wanted) if name == "security_level" else same_value(shown, wanted)


Comparison = t.Callable[[str, str], bool]


def _exactly(word: str, wanted: str) -> bool:
    return word.split() == wanted.split()


def _by_letters(word: str, wanted: str) -> bool:
    """Vendors drop or add blanks and hyphens in their own name."""
    letters, sought = ("".join(filter(str.isalnum, text.casefold())) for text in (word, wanted))
    return letters == sought != ""


VENDOR: tuple[Comparison, ...] = (_exactly, same_value, one_side, _by_letters)
"""How an entry of the vendor list, "Vendor - Integration" or just a name, may be named; the surest way first."""

COMPARISONS: t.Mapping[str, tuple[Comparison, ...]] = {
    "integration_vendor": VENDOR,
    "location": (_exactly, same_value, _by_letters),
    "security_level": (_exactly, same_name),
    **dict.fromkeys(FORMATS, (_exactly, same_value)),
}


def meant(wanted: str, words: t.Iterable[str], *ways: Comparison) -> list[str]:
    """The entries that *wanted* names by the surest of the *ways* that finds any."""
    among = list(words)
    return next((found for way in ways if (found := [word for word in among if way(word, wanted)])), [])


def _pick(name: str, wanted: str, words: t.Sequence[str], what: str) -> str:
    """The one entry that is wanted; it must be one."""
    found = meant(wanted, words, *COMPARISONS[name])
    if len(found) != 1:
        raise no_such_word(what, wanted, found or nearest(wanted, words, count=8) or words)
    return found[0]


def _without_domain(user_name: str, suffix: str) -> str:
    """The part of a user name that is typed where the page has the domain beside the box."""
    key, _at, domain = user_name.partition("@")
    if domain and domain.casefold() != suffix.removeprefix("@").casefold():
        raise ConsoleError(
            f"This tenant's user names end with {suffix}, and '{user_name}' does not. Correct 'user_name'.",
            "other_domain",
        )
    return key


def _plain(value: Wish) -> t.Any:
    return {"type": value.kind, "name": value.name} if isinstance(value, Tracking) else value


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


def _is_identifier(text: str) -> bool:
    """Autotask's identifiers are one long word; 27 characters were seen."""
    return text.isalnum() and len(text) >= 20
