# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every editor window has: the way to save it, and the way to leave it."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils.console.form import Form
from ansible_collections.msp.autotask.plugins.module_utils.console.window import STEP_SECONDS, Window


class Editor:
    """An editor window with Save & Close and Cancel."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.form = Form(window)

    def save_and_close(self, what: str) -> None:
        """Save, and wait until the window is gone; a refusal is told in the page's own words."""
        self.window.journal.write(f"Save {what}")
        before = set(self.window.texts())
        self.window.click("save_and_close")
        if self.window.wait_until(self._gone, STEP_SECONDS):
            return
        said = [text for text in self.window.texts() if text not in before]
        raise ConsoleError(
            f"Autotask did not save {what}. The page says: {'; '.join(said)[:500] or 'nothing'}. Nothing was stored.",
            "save_refused",
            said=said[:20],
        )

    def leave(self) -> None:
        """Close the window; nothing is saved."""
        self.window.close()

    def _gone(self) -> bool:
        return self.window.page.is_closed()
