# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants whose users do not read English: a made-up translation of the main labels, everything else as it is."""

from __future__ import annotations

import functools
import html
import re
from pathlib import Path

import yaml


@functools.cache
def _words(language: str) -> dict[str, str]:
    path = Path(__file__).parent / f"{language.lower()}.yml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.exists() else {}


def word(text: str, language: str) -> str:
    return _words(language).get(text, text)


def translated(page: str, language: str) -> str:
    """The page with every text that is a known label, as a whole, in the other language."""
    words = _words(language)
    if not words:
        return page

    def label(match: re.Match[str]) -> str:
        text = html.unescape(match[2])
        return f">{match[1]}{html.escape(words[text])}{match[3]}<" if text in words else match[0]

    return re.sub(r">(\s*)([^<>]*?)(\s*)<", label, page)
