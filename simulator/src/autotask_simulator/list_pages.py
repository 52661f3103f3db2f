# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a tenant's lists differ: the mapping ``lists`` of its entry in the fleet file."""

from __future__ import annotations

import typing as t

from .schema import Options


class ListOptions(Options):
    """Each default is the best-evidenced list."""

    # of both lists
    turned_by: t.Literal["words", "icon", "numbers", "more", "scroll", "virtual", "size"] = "words"
    """What shows more rows: Previous and Next; signs that have those words in their titles; page numbers; a button
    "Load more"; scrolling, which adds rows or (virtual) draws others; or only a list of how many rows a page has.
    [assumed]"""
    says: t.Literal["range", "page", "nothing"] = "range"
    """Whether a list says "1 - 50 of 120", or "Page 1 of 3". [assumed]"""
    right_click: bool = True
    """The user's preference "Enable right-click menu in grids". [evidenced]"""
    row_icons: t.Literal["menu", "among_others"] = "menu"
    """among_others: before the icon with the menu stand others, which act at once and do not ask. [assumed]"""
    ticks: t.Literal["boxes", "marks"] | None = None
    """boxes: drawn boxes that are disabled; marks: a tick, or nothing. Default: marks in the older look. [partly]"""

    # of the resources
    filters: t.Literal["text", "lists"] | None = None
    """Text boxes below all headings, or lists below department, level and licence. Default: lists in the older look.
    [evidenced]"""
    license_type: bool | None = None
    """There is a column License Type. Default: in the older look. [evidenced]"""
    left: dict[str, str] = {}
    """Filters that an earlier visit left, by their headings. [assumed]"""
    state: t.Literal["box", "switch", "button", "list", "two", "chooser", "none"] = "box"
    """What shows the inactive: a box, a switch, or a button that says Hide Inactive afterwards; a list of Active,
    Inactive and All, or of the first two only; the same as a list that is drawn; or nothing, and all are shown.
    [partly]"""
    letters: bool = False
    """Names are grouped by their first letter. [evidenced]"""
    new: t.Literal["split", "picture", "two_buttons", "menu_button"] = "split"
    """New and an arrow; the same with a picture behind the word, a sign for the arrow, and an icon for exports beside;
    a button each for a resource and for an API user; or one button that only opens a menu. [partly]"""
