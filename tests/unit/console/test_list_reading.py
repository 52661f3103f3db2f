# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which lines of a list are none of its rows."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.reading import SUM


@pytest.mark.parametrize(
    "text", ["Total", "Totals:", "Grand total 1,200.00", "Total users: 12", "Sum: 3", "40 records"]
)
def test_a_line_that_sums_up_says_so(text: str) -> None:
    assert SUM.fullmatch(text)


@pytest.mark.parametrize("text", ["Total access", "Totally Read Only", "Count Basic", "Total users of Alder", "Sumner"])
def test_a_name_that_begins_like_one_is_a_name(text: str) -> None:
    assert not SUM.fullmatch(text)
