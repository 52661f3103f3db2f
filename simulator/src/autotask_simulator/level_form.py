# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a tenant's editor of security levels differs: the mapping ``level_form`` of its entry in the fleet file."""

from __future__ import annotations

import typing as t

from pydantic import Field

from .schema import Options


class LevelFormOptions(Options):
    """The editor itself was seen in two pictures and a copy of 2017; the rest is known from other pages of its kind."""

    frame: t.Literal["plain", "scrolling"] = "plain"
    """scrolling: sections, tabs and the scrolling content are made as on today's pages of the second markup.
    [partly]"""
    sections_open: bool = False
    """The sections lie open at the start, as their user left them. [partly]"""
    table_rows: t.Literal["beside", "container"] = "beside"
    """container: the rows of a table stand in a container of their own beside the row of headings. [evidenced]"""
    hints: t.Literal["beside", "beneath"] = "beside"
    """beneath: what a setting needs is explained beneath its label, in the same block, not in brackets. [evidenced]"""
    group_headings: t.Literal["bold", "plain"] = "bold"
    """plain: the heading of a group of boxes is a block of usual text. [evidenced]"""
    decimals: t.Annotated[int, Field(ge=0, le=4)] = 0
    """Numbers come back with so many decimals: with two, 10 as 10.00. [partly]"""
    buttons: t.Literal["drawn", "submit"] = "drawn"
    """submit: the buttons are the browser's own. [evidenced]"""
    save_waits: bool = False
    """Save and Save & Close are greyed until something is changed. [partly]"""
