# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants whose pages say other words: a made-up translation of the main labels, or single labels renamed."""

from __future__ import annotations

import functools
import html
import re
import typing as t
from pathlib import Path

import yaml


@functools.cache
def _words(language: str) -> dict[str, str]:
    path = Path(__file__).parent / f"{language.lower()}.yml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _words_of(options: t.Mapping[str, t.Any]) -> dict[str, str]:
    return _words(options["language"]) | options["renamed"]


def word(text: str, options: t.Mapping[str, t.Any]) -> str:
    return _words_of(options).get(text, text)


def translated(page: str, options: t.Mapping[str, t.Any]) -> str:
    """The page with every text that is a known label, as a whole, in the tenant's words."""
    words = _words_of(options)
    if not words:
        return page

    def label(match: re.Match[str]) -> str:
        text = html.unescape(match[2])
        return f">{match[1]}{html.escape(words[text])}{match[3]}<" if text in words else match[0]

    return re.sub(r">(\s*)([^<>]*?)(\s*)<", label, page)
