# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What comes of saving the form of an API user, which is told by what the page does then."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.pages import save_button
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.editor import Editor
from ansible_collections.msp.autotask.plugins.module_utils._console.windows import scripts
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import (
    GLANCE_SECONDS,
    PlaywrightError,
)
from ansible_collections.msp.autotask.plugins.module_utils._redaction import without_identifiers

SAVE_SECONDS = 30.0
"""How long a save may take before it is looked at what is stored."""


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


class SavedByAnswer(Editor):
    """An editor whose Save & Close is judged by what is stored, where its page does not tell."""

    asked_to_store = False
    """Whether Autotask was asked to store it: from then on a secret that it made may be in force."""

    def save(self, what: str) -> Answer:
        """Press Save & Close and wait for what comes of it. Words that come up may be notices, so none is an error."""
        journal, window = self.window.journal, self.window
        button = save_button.find(window)
        if not window.wait_until(lambda: not button.evaluate(scripts.IS_GREYED)):
            raise ConsoleError(
                f"{window.landmarks['save_and_close']} stays greyed out, so {what} cannot be saved.", "disabled"
            )
        journal.write(f"Save {what}")
        self.asked_to_store = True
        before, wrong, told, failed = set(window.texts()), self._marked_wrong(), len(journal.messages), self._failed()
        answered = False
        words: list[str] = []

        def is_answered() -> bool:
            nonlocal answered
            # Some go before anybody looks again.
            words.extend(text for text in self._new_texts(before) if text not in words)
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
        said = [without_identifiers(text) for text in (*journal.messages[told:], *words, *self._new_texts(before))]
        return Answer(refused=answered and self._failed() == failed, said=list(dict.fromkeys(said)))

    def _marked_wrong(self) -> int:
        return sum(int(frame.evaluate(scripts.MARKED_WRONG)) for frame in self.window.visible_frames())

    def _asks(self, before: t.Collection[str]) -> bool:
        """Whether a box came up that wants to be answered."""
        words = [*self.window.landmarks["ok"].texts, *self.window.landmarks["yes"].texts]
        return any(text not in before and text in words for text in self.window.texts())

    def _failed(self) -> int:
        return self.window.failed_calls
