# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import landmarks as module
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import LANDMARKS, landmarks


def test_a_user_adds_wordings_and_selectors_after_the_usual_ones() -> None:
    found = landmarks({"copy": ["Duplicate", 'css=[data-eii="abc"]']})["copy"]
    assert found.texts == ("Copy Security Level", "Copy", "Duplicate")
    assert found.selectors == ('[data-eii="abc"]',)
    assert landmarks()["edit"] == LANDMARKS["edit"]


@pytest.mark.parametrize("labels", [{"cpoy": ["Duplicate"]}, {"copy": "Duplicate"}, {"copy": [5]}])
def test_labels_that_cannot_help_are_told_at_once(labels: t.Any) -> None:
    with pytest.raises(ConsoleError) as failure:
        landmarks(labels)
    assert failure.value.reason == "invalid_labels" and "copy" in failure.value.message


def test_every_landmark_is_looked_for_somewhere() -> None:
    """A wording that nobody uses would mislead those who add another."""
    package = Path(module.__file__).parents[1]
    code = "\n".join(
        path.read_text() for path in package.rglob("*.py") if path != Path(module.__file__) and "rest" not in path.parts
    )
    assert not [name for name in LANDMARKS if not re.search(rf'"{name}"', code)]
