# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes secrets out of everything that leaves a module.

Ansible's own masking does not reach uncaught exceptions, warnings, dictionary keys or encoded forms of a secret, and
Playwright's errors quote what was being typed. So each text passes through here as well.
"""

from __future__ import annotations

import base64
import html
import json
import re
import typing as t
import urllib.parse

MASK = "********"

IDENTIFIER = r"\b(?=\w*\d)\w{15,}\b"
ADDRESS = r"\S+@\S+"
GENERATED = re.compile(f"{IDENTIFIER}|{ADDRESS}")
"""Keys, tracking identifiers and people's addresses, which pages show as plain text."""

# Masking a one- or two-letter "secret" would shred every message and protect nothing.
SHORTEST_SECRET = 4


def without_generated(text: str) -> str:
    """Return the text of a page without what it names people and keys by."""
    return GENERATED.sub("...", text)


def without_identifiers(text: str) -> str:
    """Return what a page says without identifiers; whom it speaks of may be what matters."""
    return re.sub(IDENTIFIER, "...", text)


class Redactor:
    """Knows the secrets of one module run, in the forms they may turn up in."""

    def __init__(self, secrets: t.Iterable[str | None] = ()) -> None:
        self._forms: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str | None) -> None:
        """Remember *secret*, plain and as URLs, JSON, HTML, Python and base64 would spell it."""
        if not secret or len(secret) < SHORTEST_SECRET:
            return
        raw = secret.encode()
        self._forms.update(
            {
                secret,
                urllib.parse.quote(secret),
                urllib.parse.quote(secret, safe=""),
                urllib.parse.quote_plus(secret),
                json.dumps(secret)[1:-1],
                json.dumps(secret, ensure_ascii=False)[1:-1],
                repr(secret)[1:-1],
                html.escape(secret),
                base64.b64encode(raw).decode(),
                base64.urlsafe_b64encode(raw).decode(),
            }
        )

    @property
    def forms(self) -> list[str]:
        """Every spelling of every secret, the longest first."""
        return sorted(self._forms, key=len, reverse=True)

    def text(self, text: str) -> str:
        """Return *text* with every known secret masked."""
        for form in self.forms:
            text = text.replace(form, MASK)
        return text

    def data(self, value: t.Any) -> t.Any:
        """Return *value* (plain data) with every known secret masked, in keys too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, t.Mapping):
            return {self.data(key): self.data(item) for key, item in value.items()}
        if isinstance(value, (list, tuple, set)):
            return [self.data(item) for item in value]
        return value
