# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every console module tells of its run, and what only on request."""

from __future__ import annotations

import typing as t
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.options import told


@pytest.mark.parametrize(
    ("asked", "verbosity", "is_told"), [(False, 0, False), (False, 2, False), (False, 3, True), (True, 0, True)]
)
def test_how_it_found_its_way_is_told_on_request(asked: bool, verbosity: int, is_told: bool) -> None:
    module = t.cast(t.Any, SimpleNamespace(params={"diagnostics": asked}, _verbosity=verbosity))
    journal = Journal(60, read_only=True)
    journal.step("Start the browser")
    result = told(module, journal, ["Look at it"])
    assert result["warnings"] == ["Look at it"] and "messages" in result
    assert ("diagnostics" in result) is is_told
    if is_told:
        assert result["diagnostics"]["steps"] == ["Start the browser"] and "copy" in result["diagnostics"]["landmarks"]
