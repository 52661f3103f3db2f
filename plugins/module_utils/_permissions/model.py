# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shapes of the catalog: sections, settings and the columns of object rows."""

from __future__ import annotations

import enum
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._wording import same

Value: t.TypeAlias = "bool | int | str"
"""What is wanted of a control: an on/off, a number, or for lists an idea (C(all)) or a word of the page."""


class Kind(enum.StrEnum):
    """What a person would call the control."""

    CHECKBOX = "checkbox"
    LIST = "list"
    ROW = "row"
    """An object row: one cell for each of View, Add, Edit, Delete."""
    GROUP = "group"
    """All check boxes below one bold heading, where nobody has published the names of the boxes."""
    NUMBER = "number"
    TEXT = "text"
    READONLY = "readonly"


class Confidence(enum.StrEnum):
    """How sure the catalog is about label, kind and values together."""

    HIGH = "high"
    """Read off a page or a picture of one, or named alike by several sources."""
    MEDIUM = "medium"
    """Named by one good source that does not show the control, or known by a translated label."""
    LOW = "low"
    """Known to exist, but its label, kind or section is not published, or only a weak source has it."""


@dataclass(frozen=True)
class Column:
    """One cell of an object row."""

    key: str
    kind: Kind = Kind.LIST
    values: tuple[str, ...] = ()
    """The words on offer, from most to least; empty when nobody has published them."""
    floor: str | None = None
    """The lowest word of a list that offers no None."""
    may_be_absent: bool = False
    """The page may show no control here."""


@dataclass(frozen=True)
class Setting:
    """One line of a section. *key* is ours and stable; *label* is the page's word for it today."""

    key: str
    label: str | None
    """None: the setting is known to exist, its label is not."""
    kind: Kind = Kind.CHECKBOX
    group: str | None = None
    alternatives: tuple[str, ...] = ()
    group_alternatives: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    values_read: bool = True
    """Somebody read the words off a page; if not, they are inferred and the page may offer others."""
    floor: str | None = None
    minimum: int | None = None
    columns: tuple[Column, ...] = ()
    requires: tuple[str, ...] = ()
    """Keys of the check boxes that must be on before this setting can be."""
    restricts: bool = False
    """Checked takes rights away."""
    grants_nothing: bool = False
    """Whatever it holds gives no right, so it is left alone unless it is listed."""
    held_only: bool = False
    """Only somebody who has it can grant it, so a copy that another person makes lacks it."""
    may_be_absent: bool = False
    """Not seen on today's page, or only on some; no failure when a page lacks it."""
    confidence: Confidence = Confidence.HIGH
    evidence: tuple[str, ...] = ()
    note: str | None = None

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True)
class Section:
    """One collapsible section of the page."""

    key: str
    heading: str
    settings: tuple[Setting, ...]
    alternatives: tuple[str, ...] = ()
    has_links: bool = True
    """Full Permission and No Permission stand at the right of its heading."""
    optional: bool = False
    """Only some tenants' pages have it."""
    note: str | None = None

    def setting(self, key: str) -> Setting | None:
        return next((setting for setting in self.settings if setting.key == key), None)


@dataclass(frozen=True)
class Catalog:
    """All sections in page order."""

    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def headed(self, heading: str) -> Section | None:
        """The section with this heading on a page, in whatever wording."""
        return next((s for s in self.sections if same(heading, s.heading, s.alternatives)), None)

    def places(self) -> t.Iterator[tuple[Section, Setting]]:
        for section in self.sections:
            for setting in section.settings:
                yield section, setting

    def place_of(self, key: str) -> tuple[Section, Setting]:
        """The section and setting of a setting's key (keys are unique on the whole page)."""
        return next(place for place in self.places() if place[1].key == key)


COLUMNS: t.Mapping[str, tuple[str, ...]] = {
    "view": ("View", "View (Query)", "Query"),
    "add": ("Add", "Create"),
    "edit": ("Edit", "Edit (Update)", "Update"),
    "delete": ("Delete",),
}
"""The columns of object rows and the headers that pages give them."""


def column_key(header: str | None) -> str | None:
    """The key of the column with this header, or None."""
    return next((key for key, headers in COLUMNS.items() if header and same(header, headers[0], headers[1:])), None)
