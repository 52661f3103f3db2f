# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two pages with every setting of the catalog: one where nobody may do anything, one where everybody may everything."""

from __future__ import annotations

import operator
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Reading
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import ranked

from ..permissions.permission_pages import cells, control, numbered, settable


def page_of(**values: t.Callable[[t.Any], str] | bool | str) -> Reading:
    """Every setting of the catalog at one end: lists, boxes and numbers."""
    return numbered(
        control(section, setting, column, cell, value=_value(cell, values))
        for section, setting in settable()
        for column, cell in cells(setting)
    )


def _value(cell: t.Any, values: t.Mapping[str, t.Any]) -> t.Any:
    if cell.kind is Kind.LIST:
        return values["lists"](ranked(cell) or ("None", "All"))
    return values["numbers"] if cell.kind is Kind.NUMBER else values["boxes"]


EMPTY = page_of(lists=operator.itemgetter(0), boxes=False, numbers="")
GENEROUS = page_of(lists=operator.itemgetter(-1), boxes=True, numbers="10")
