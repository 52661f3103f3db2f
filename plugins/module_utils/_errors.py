# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one family of errors that the collection raises on purpose."""

from __future__ import annotations

import typing as t


class AutotaskError(Exception):
    """A failure that a person can act on.

    *reason* is a short, stable word for machines (C(wrong_password)); the message says what was wrong, where, and what
    to do about it. *details* are extra facts for the module's C(failure) return value; they must be plain data.
    """

    reason = "failed"

    def __init__(self, message: str, reason: str | None = None, **details: t.Any) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason or self.reason
        self.details = details
