# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tenants' pages show, as it can stand in a file: a label may hold any character."""

from __future__ import annotations

import re
import typing as t

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML knows no way to write, and what does something to a terminal."""

MARKDOWN = re.compile(r"[\\`*\[\]<|]")


def printable(value: t.Any) -> t.Any:
    """Texts with such characters spelled out, C(\\\\x07) for a bell; anything else as it is."""
    if not isinstance(value, str) or not UNPRINTABLE.search(value):
        return value
    return type(value)(UNPRINTABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", value))


def markdown(value: t.Any) -> str:
    """A text on one line that Markdown shows as it is."""
    return MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", " ".join(str(printable(value)).split()))
