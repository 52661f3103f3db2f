# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all unit tests share: where the collection is, and how properties are tested, however busy the machine is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils import _errors
from hypothesis import HealthCheck, settings

# Programs that tests start find it, too; ansible-test tells only its own process where it is.
COLLECTIONS = Path(_errors.__file__).parents[5]

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(COLLECTIONS), os.environ.get("PYTHONPATH")]))


def pytest_configure(config: pytest.Config) -> None:
    """ansible-test does not read pyproject.toml, nor can it be told to leave tests out."""
    if not any(marker.startswith("long:") for marker in config.getini("markers")):
        config.addinivalue_line("markers", "long: takes minutes")
        config.option.markexpr = "not long"


settings.register_profile("busy_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy_machine")
