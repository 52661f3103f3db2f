# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands behind a run that only looks, should the driver press something all the same.

The driver's presses say what they are meant to do, and a window makes no others. Behind that stand a script in every
page, which lets only what opens something be pressed, and a look at what is sent: the fields of an open form are not.
Neither knows an address; both know words.
"""

from __future__ import annotations

import contextlib
import json
import re
import typing as t
import urllib.parse

from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import PlaywrightError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import (
    FILTERS,
    OPENERS,
    SAVES,
    WRITERS,
    WRITING_WORDS,
    Landmark,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import guarded_page
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import only_reads
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise, rules

if t.TYPE_CHECKING:
    from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
    from ansible_collections.msp.autotask.plugins.module_utils._console.windows.border import Border
    from playwright.sync_api import BrowserContext, ElementHandle, JSHandle, Page

ASKS_ONLY = ("GET", "HEAD", "OPTIONS")
"""Requests that change nothing."""

PART = re.compile(r'name="([^"]*)"[^\n]*\n(?:[^\n]+\n)*?\r?\n(.*?)\r?\n--', re.DOTALL)
"""A field in a body of several parts."""

SEPARATOR = re.compile(r"[&\r\n]+")
"""What stands between the fields in the other kinds of bodies."""

SEVERAL = 3
"""How many fields of a form make a request one that stores it; others may happen to share a name with a field."""


class FormFields:
    """The fields of a form by what a request may call them."""

    def __init__(self, fields: t.Iterable[t.Mapping[str, t.Any]], count: int = 0) -> None:
        self.count = count
        """How many fields it was read with, those without a label too."""
        self._fields = [
            ({*field["names"]}, {_squashed(field["label"])} - {""}, {field["value"]} - {""}) for field in fields
        ]

    def is_carried_by(self, body: str | None) -> bool:
        """Whether a request with that *body* sends the form; None stands for one that cannot be seen."""
        if body is None:
            return True
        keys, values = said_in(body)
        squashed, everything = set(map(_squashed, keys)), keys | values
        carried = [names & everything or labels & squashed or texts & values for names, labels, texts in self._fields]
        return bool(self._fields) and sum(map(bool, carried)) >= min(SEVERAL, len(self._fields))


class Guard:
    """Watches all windows of a session, once it is armed."""

    def __init__(
        self, context: BrowserContext, journal: Journal, landmarks: t.Mapping[str, Landmark], border: Border
    ) -> None:
        self._context = context
        self._journal = journal
        self._border = border
        self._script = f"({guarded_page.STAND_GUARD})({json.dumps(_known(landmarks))})"
        self._openers = {landmarks[name].words for name in (*OPENERS, *FILTERS)}
        self._forms: dict[Page, FormFields] = {}

    def arm(self) -> None:
        """Begin, in the windows that are open and in all to come; logging in must be done."""
        self._context.add_init_script(self._script)
        self._border.judges.append(self._refuse_to_send_form)
        for page in self._context.pages:
            for frame in page.frames:
                with contextlib.suppress(PlaywrightError):
                    frame.evaluate(self._script)

    def know(self, landmark: Landmark, elements: t.Iterable[ElementHandle]) -> None:
        """Let *elements* be pressed that a user's selector finds for a *landmark* that opens something."""
        if landmark.words in self._openers:
            for element in elements:
                element.evaluate(guarded_page.KNOW)

    def notice(self, page: Page, reading: JSHandle, count: int) -> None:
        """Remember the form with *count* fields that was read in the window *page*, unless it is known."""
        if page not in self._forms or self._forms[page].count != count:
            self._forms[page] = FormFields(reading.evaluate(guarded_page.NAMES_OF_FIELDS), count)

    def _refuse_to_send_form(self, page: Page, paused: t.Mapping[str, t.Any]) -> ConsoleError | None:
        sends = paused["request"]["method"] not in ASKS_ONLY and self._sends_form(page, paused)
        return only_reads(self._journal, "send the open form") if sends else None

    def _sends_form(self, page: Page, paused: t.Mapping[str, t.Any]) -> bool:
        request = paused["request"]
        body = request.get("postData", None if request.get("hasPostData") else "")
        if page in self._forms:
            forms = [self._forms[page]]
        else:
            # A form may be sent to a window of its own.
            forms = [form for other, form in self._forms.items() if not other.is_closed()]
            forms = forms if paused["resourceType"] == "Document" else []
        return any(form.is_carried_by(body) for form in forms)


def said_in(body: str) -> tuple[set[str], set[str]]:
    """The keys and the values in the *body* of a request, in whichever of the usual forms it is."""
    keys: set[str] = set()
    values: set[str] = set()

    def take(value: t.Any) -> None:
        if isinstance(value, dict):
            keys.update(value)
            for item in value.values():
                take(item)
        elif isinstance(value, list):
            for item in value:
                take(item)
        elif isinstance(value, str):
            values.add(value)
            with contextlib.suppress(ValueError):
                # One inside the other.
                inner = json.loads(value)
                if isinstance(inner, (dict, list)):
                    take(inner)

    try:
        take(json.loads(body))
    except ValueError:
        for key, value in PART.findall(body) or (part.partition("=")[::2] for part in SEPARATOR.split(body)):
            take({urllib.parse.unquote_plus(key): urllib.parse.unquote_plus(value)})
    return keys, values


def _squashed(words: str) -> str:
    """A label as programs spell it: First Name, firstName, first_name."""
    return "".join(filter(str.isalnum, words)).casefold()


def _known(landmarks: t.Mapping[str, Landmark]) -> dict[str, t.Any]:
    """The words that the script in the pages goes by."""
    headings = [text for section in CATALOG.sections for text in (section.heading, *section.alternatives)]

    def words(names: t.Iterable[str]) -> list[str]:
        return [normalise(text) for name in names for text in landmarks[name].texts]

    return {
        "openers": [*words(OPENERS), *map(normalise, headings)],
        "filters": words(FILTERS),
        "writers": words(WRITERS),
        "menus": words(("new",)),
        "writing": WRITING_WORDS,
        "links": words(("no_permission", "full_permission")),
        "saves": words(SAVES),
        **rules(),
    }
