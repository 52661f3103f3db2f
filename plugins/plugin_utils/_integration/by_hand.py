# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The permissions of a level as a person sets them by hand: section by section, in the page's words."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import COLUMNS, Kind, Section
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import (
    UNPUBLISHED,
    NoSuchWord,
    means_nothing,
    word_for,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes, Wanted, parse

# The catalog is written in Autotask's default terms.
DEFAULT_TERMS = {"organization": "Organization", "asset": "Configuration Item", "division": "Division"}


def sections_by_hand(
    permissions: t.Mapping[str, t.Any], terms: t.Mapping[str, str | None] | None = None, purge: bool = True
) -> list[dict[str, t.Any]]:
    """All sections of the page in its order, each with the settings that remain to be made after No Permission.

    Without *purge* what is not listed stays as it is, so only sections with settings count.
    """
    wanted = parse(permissions, purge=purge)
    words = _own_terms(terms or {})
    sections = [
        {
            "heading": in_terms(section.heading, words),
            "perhaps_absent": section.optional,
            "cleared": purge,
            "settings": [_setting(wish, words) for wish in _listed(section, wanted, purge)],
        }
        for section in CATALOG.sections
        if section.has_links
    ]
    return [section for section in sections if purge or section["settings"]]


def _own_terms(terms: t.Mapping[str, str | None]) -> dict[str, str]:
    if not isinstance(terms, t.Mapping):
        raise PermissionMistakes([f"terms: must be a dictionary, not {terms!r}"])
    own = {kind: term for kind, term in terms.items() if term}
    mistakes = [
        f"terms.{kind}: give a word for one of {', '.join(DEFAULT_TERMS)}, not {term!r}"
        for kind, term in own.items()
        if kind not in DEFAULT_TERMS or not isinstance(term, str)
    ]
    if mistakes:
        raise PermissionMistakes(mistakes)
    return own


def _listed(section: Section, wanted: t.Iterable[Wanted], purge: bool) -> t.Iterator[Wanted]:
    of_section = (wish for wish in wanted if wish.section.key == section.key)
    return (wish for wish in of_section if not purge or not means_nothing(wish.value))


def _setting(wish: Wanted, terms: t.Mapping[str, str]) -> dict[str, t.Any]:
    group = wish.setting.group if wish.setting else None
    return {
        "group": in_terms(group or "", terms),
        "label": in_terms(wish.label, terms),
        "column": _heading(wish.column or ""),
        "value": _value(wish),
        "perhaps_absent": wish.may_be_absent,
    }


def _heading(column: str) -> str:
    """The usual heading of a column of the catalog; one that was named by its heading goes by that."""
    return COLUMNS[column][0] if column in COLUMNS else column


def _value(wish: Wanted) -> str:
    cell, value = wish.cell, wish.value
    if isinstance(value, bool) and (cell is None or cell.kind in (Kind.CHECKBOX, Kind.GROUP)):
        return "check" if value else "do not check"
    if cell is None or cell.kind is not Kind.LIST or not isinstance(value, (bool, str)):
        return str(value)
    try:
        return word_for(value, cell.values or UNPUBLISHED)
    except NoSuchWord:
        return str(value)


def in_terms(text: str, terms: t.Mapping[str, str]) -> str:
    """The text in a tenant's own terms."""
    for kind, own in terms.items():
        default = DEFAULT_TERMS[kind]
        for said, meant in ((plural(default), plural(own)), (default, own)):
            text = _reworded(_reworded(text, said, meant), said.lower(), meant.lower())
    return text


def _reworded(text: str, said: str, meant: str) -> str:
    # By a function, since a backslash would mean something in a replacement.
    return re.sub(rf"\b{said}\b", lambda _found: meant, text)


def plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
