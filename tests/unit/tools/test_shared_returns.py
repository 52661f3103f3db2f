# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What several modules return is written into each from one place."""

from __future__ import annotations

import pytest
import shared_returns
from shared_returns import with_shared_returns

PART = "email:\n  description: Where to.\n"


def test_a_place_is_filled_in_and_nothing_else_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_returns, "PARTS", {"mail": PART})
    shown = "a:\n  # shared: mail\n  email:\n    description: Old.\n  # end\nb:\n"
    filled = with_shared_returns(shown)
    assert filled == "a:\n  # shared: mail\n  email:\n    description: Where to.\n  # end\nb:\n"
    assert with_shared_returns(filled) == filled


def test_a_part_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        with_shared_returns("# shared: nothing\n# end\n")
