# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every editor window has: the way to save it, and the way to leave it."""

from __future__ import annotations

import contextlib
import time
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import Refused
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.form import Form
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.reading import Field
from ansible_collections.msp.autotask.plugins.module_utils._console.pages import save_button
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    PlaywrightError,
    Window,
)
from ansible_collections.msp.autotask.plugins.module_utils._redaction import without_identifiers
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

SAVE_SECONDS = 60.0
"""How long Autotask may take to save."""

LATE_SECONDS = 2.5
"""How long after its window came, or a choice was made, a page may change what it holds without showing that."""

STAY_SECONDS = 2.0
"""How long a complaint must stay to be taken for the answer; a notice on the way out goes with its window."""


class Editor:
    """An editor window with Save & Close and Cancel."""

    HEADINGS: t.ClassVar[tuple[str, ...]] = ()
    """The sections that a form of settings may have."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.form = Form(window, self.HEADINGS)
        self._touched = time.monotonic()
        """When it came, or something was last set in it."""

    def save_and_close(self, what: str) -> None:
        """Save, and wait until the window is gone.

        Raises Refused, in the page's own words, if it stays: because the page complains, or because nothing came of it
        in time. What is stored then only the list can tell.
        """
        journal = self.window.journal
        journal.write(f"Save {what}")
        before, told = set(self.window.texts()), len(journal.messages)
        complains = _Complaints(self.window)
        self.window.press(save_button.find(self.window), Intent.STORE)
        self.window.wait_until(lambda: self._gone() or (complains.for_good() and not self.window.calls), SAVE_SECONDS)
        # What the page says may be the last thing before it closes.
        if self.window.wait_until(self._gone, GLANCE_SECONDS):
            return
        # A tracking identifier may be new on the page, too.
        said = [without_identifiers(text) for text in (*journal.messages[told:], *self._new_texts(before))]
        raise Refused(
            f"Autotask did not save {what}. The page says: {'; '.join(said)[:500] or 'nothing'}. A later run looks at "
            "what is stored before it does anything.",
            "save_refused",
            said=said[:20],
        )

    def let_values_come(self) -> None:
        """Wait until a page that fills in its values late has had the time for it."""
        self.window.pause(max(0.0, self._touched + LATE_SECONDS - time.monotonic()))

    @property
    def has_had_time(self) -> bool:
        """Whether the page has had that time."""
        return time.monotonic() >= self._touched + LATE_SECONDS

    def is_on(self, field: Field) -> bool | None:
        """Whether *field* is on, be it a box or a choice of Yes and No; None if it says neither, or is neither."""
        if field.kind != "list":
            return field.value if isinstance(field.value, bool) else None
        return next((on for on in (True, False) if self._says(field.value, on)), None)

    def spelling(self, field: Field, on: bool) -> bool | str:
        """What *field* is set to, for it to be on or off."""
        return next((word for word in field.offered or () if self._says(word, on)), on)

    def _says(self, text: t.Any, on: bool) -> bool:
        names = ("yes", "state_active") if on else ("no", "state_inactive")
        return any(same(str(text), mark.words, mark.texts) for mark in map(self.window.landmarks.__getitem__, names))

    def leave(self) -> None:
        """Close the window; nothing is saved."""
        self.window.close()

    def _gone(self) -> bool:
        return self.window.page.is_closed()

    def _new_texts(self, before: set[str]) -> list[str]:
        """What the page says that it did not say before, but for that it is busy."""
        busy, ok = self.window.landmarks["processing"], self.window.landmarks["ok"]
        new_texts = [text for text in self.window.texts() if text not in before and len(text) > 1]
        return [text for text in new_texts if not any(same(text, word) for word in (*busy.texts, *ok.texts))]


class _Complaints:
    """What a page says against being saved, by what it is: a message box, an error, a field that is marked.

    Other words that come up, as that it is being saved, are none.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._told = len(window.journal.messages)
        self._before = self._seen()
        self._since: float | None = None

    def for_good(self) -> bool:
        """Whether it complains, and has done so for a while."""
        self._window.dismiss_message()
        if self._seen() == self._before and len(self._window.journal.messages) == self._told:
            self._since = None
            return False
        self._since = self._since or time.monotonic()
        return time.monotonic() - self._since >= STAY_SECONDS

    def _seen(self) -> list[str]:
        found: list[str] = []
        for frame in self._window.visible_frames():
            with contextlib.suppress(PlaywrightError):
                found += frame.evaluate(scripts.COMPLAINTS)
        return found
