# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a matrix says: where it comes from, what level and user it asks for, and what it does not say."""

from __future__ import annotations

import enum
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.matrix import Entry, entries, permissions_of
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Column, Kind, Setting
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing

SYSTEM_LEVEL = "API User (system) (API-only)"
"""What guides copy, or give as it is, unless they name another."""


class Start(enum.StrEnum):
    """What the listed settings are laid over."""

    NO_PERMISSION = "no_permission"
    """Nothing: No Permission is pressed in every section."""
    NOT_STATED = "not_stated"
    """The guide does not say. A list is taken for all that is needed, so nothing as well."""
    FULL = "full"
    """What the base level allows: only what is listed is changed."""
    UNCHANGED = "unchanged"
    """There is no level of its own: the user gets the system level as it is."""
    NOT_PUBLISHED = "not_published"
    """The guide does not say enough to make a level of it."""


@dataclass(frozen=True)
class Tracking:
    """Whose tracking identifier the user has: an entry of Autotask's list of vendors, or one's own integration."""

    vendor: str | None = None
    custom: str | None = None
    also: tuple[str, ...] = ()
    """Other entries of the same vendor."""

    @property
    def entries(self) -> tuple[str, ...]:
        return (self.vendor, *self.also) if self.vendor else ()


@dataclass(frozen=True)
class LeftOut:
    """Something that the guide names and the matrix does not set."""

    what: str
    why: str


@dataclass(frozen=True)
class Narrower:
    """Another matrix that shows what a narrower level would be, and why it may be compared."""

    like: str
    why: str


@dataclass(frozen=True)
class Matrix:
    """What one vendor publishes. *settings* are the vendor's; what was *added* to them says why."""

    name: str
    title: str
    level_name: str
    copy_from: str
    base_stated: bool
    start: Start
    first_name: str
    last_name: str
    tracking: Tracking
    settings: t.Mapping[str, t.Any]
    added: t.Mapping[str, t.Any]
    full_permission: tuple[str, ...]
    """Keys of the sections in which Full Permission is pressed."""
    left_out: tuple[LeftOut, ...]
    outside: tuple[str, ...]
    """What the integration needs or should have that no security level governs."""
    purpose: str | None
    note: str | None
    source: str | None
    read: str | None
    completeness: str | None
    confidence: str | None
    least_privilege: Narrower | None
    defaults_of: str | None
    """The role whose defaults hold the settings."""

    @property
    def purge(self) -> bool:
        """Whether what is not listed is to be nothing."""
        return self.start in (Start.NO_PERMISSION, Start.NOT_STATED)

    @property
    def has_level(self) -> bool:
        """Whether there is a level of its own to be made."""
        return self.purge or self.start is Start.FULL

    @property
    def is_partial(self) -> bool:
        """Whether the vendor may want more than is known here."""
        return self.completeness in ("partial", "pictures")

    def permissions(self) -> dict[str, t.Any]:
        """The option C(permissions) that the matrix stands for; raises PermissionMistakes."""
        laid_below = permissions_of(everything_in(self.full_permission), overrides=self.added, purge=False)
        permissions = permissions_of(laid_below, overrides=self.settings, purge=self.purge)
        in_page_order = [section.key for section in CATALOG.sections if section.key in permissions]
        return {key: permissions[key] for key in dict.fromkeys([*in_page_order, *permissions])}

    def listed(self) -> list[Entry]:
        """The values of the vendor's list, and after them those that were added to it."""
        return [*entries(self.settings), *entries(self.added)]


def everything_in(sections: t.Iterable[str]) -> dict[str, t.Any]:
    """What Full Permission leaves in these sections, as far as the catalog knows their settings and words."""
    chosen = [section for key in sections if (section := CATALOG.section(key))]
    return {
        section.key: {s.key: value for s in section.settings if (value := _everything_of(s)) not in (None, {})}
        for section in chosen
    }


def _everything_of(setting: Setting) -> t.Any:
    if setting.label is None or setting.restricts:
        return None
    if setting.columns:
        return {column.key: most for column in setting.columns if (most := _most(column)) is not None}
    return _most(setting)


def _most(cell: Setting | Column) -> bool | str | None:
    """The value that gives most; None where there is nothing to set, or nobody has read the words."""
    if cell.kind in (Kind.CHECKBOX, Kind.GROUP):
        return True
    return ranked(cell)[-1] if cell.kind is Kind.LIST and cell.values else None


def ranked(cell: Setting | Column) -> tuple[str, ...]:
    """The words of a list from least to most. The catalog has them as pages do, which mostly begin with the most."""
    begins_with_least = bool(cell.values) and cell.floor == cell.values[0] and not means_nothing(cell.values[-1])
    return cell.values if begins_with_least else cell.values[::-1]
