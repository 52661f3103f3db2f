# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which cases of a test 'make test' tries; the rest is marked as long."""

from __future__ import annotations

import typing as t

import pytest


def each(cases: t.Iterable[t.Any], in_make_test: t.Collection[t.Any]) -> list[t.Any]:
    """Parameters of a test, named; those that are not *in_make_test* are long."""
    named = [(str(getattr(case, "name", case)), case) for case in cases]
    return [
        pytest.param(case, id=repr(name)[1:-1], marks=[] if name in in_make_test else [pytest.mark.long])
        for name, case in named
    ]
