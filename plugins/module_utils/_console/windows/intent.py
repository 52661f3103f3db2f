# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why something is pressed or typed. A run that only looks presses nothing but what opens."""

from __future__ import annotations

import enum


class Intent(enum.Enum):
    """What a press is meant to do."""

    OPEN = "open"
    """Open, close or turn a page, a section, a menu or a list: Autotask and the open form stay as they are."""

    SET = "set"
    """Change the open form; Autotask stores nothing of it yet."""

    STORE = "store"
    """Let Autotask store, copy or delete something."""
