# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shorthand for the catalog: the usual words of lists, and the columns of object rows."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Column, Kind

Words = tuple[str, ...]

YES_NO = ("Yes", "No")
ALL_NONE = ("All", "None")
ALL_MINE_NONE = ("All", "Mine", "None")
ALL_TERRITORY_MINE_NONE = ("All", "My Territories", "Mine", "None")

READONLY = Column("", kind=Kind.READONLY)
"""Text that the page derives from something else."""
TICK = Column("", kind=Kind.CHECKBOX)
UNSEEN = Column("", may_be_absent=True)
"""Nobody has published whether there is a control, or what it offers."""


def maybe(words: Words) -> Column:
    """A list that may be a text on some pages."""
    return Column("", values=words, may_be_absent=True)


def no_none(words: Words) -> Column:
    """A list whose last word is its lowest: it offers no None."""
    return Column("", values=words, floor=words[-1])


def none_may_lack(words: Words) -> Column:
    """A list that ends with None on some pages and with the word above it on others."""
    return Column("", values=words, floor=words[-2])


def columns(**cells: Words | Column) -> tuple[Column, ...]:
    """The columns of a row, by key; a column that is not given does not apply to it."""
    return tuple(
        replace(cell, key=key) if isinstance(cell, Column) else Column(key, values=cell) for key, cell in cells.items()
    )
