# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words a tenant uses for its things (Local Terms & Symbols)."""

from __future__ import annotations

import re
import typing as t

Organization = t.Literal["Organization", "Account", "Business Unit", "Client", "Company", "Customer", "Site"]
Asset = t.Literal["Asset", "Configuration Item", "Device", "Installed Asset", "Installed Product"]
Division = t.Literal["Division", "Branch", "Business Unit", "Sector", "Segment"]

ORGANIZATION_TERMS: tuple[str, ...] = t.get_args(Organization)
ASSET_TERMS: tuple[str, ...] = t.get_args(Asset)
DIVISION_TERMS: tuple[str, ...] = t.get_args(Division)

STANDARD = {"organization": "Organization", "asset": "Device", "division": "Division"}


def plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def fill(text: str, options: t.Mapping[str, t.Any]) -> str:
    """Put the tenant's words where the text says C(<Organizations>) and the like."""

    if "<" not in text:
        return text

    def word(match: re.Match[str]) -> str:
        name = match[1]
        singular = name.lower().removesuffix("s")
        term = str(options[singular])
        term = plural(term) if name.endswith("s") else term
        return term if name[0].isupper() else term.lower()

    return re.sub(r"<(Organizations?|organizations?|Assets?|Division)>", word, text)
