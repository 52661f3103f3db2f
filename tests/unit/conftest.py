# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all unit tests share: where the collection is, and how properties are tested, however busy the machine is."""

from __future__ import annotations

import os
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils import _errors
from hypothesis import HealthCheck, settings

# Programs that tests start find it, too; ansible-test tells only its own process where it is.
COLLECTIONS = Path(_errors.__file__).parents[5]

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(COLLECTIONS), os.environ.get("PYTHONPATH")]))

settings.register_profile("busy_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy_machine")
