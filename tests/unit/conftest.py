# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets programs that tests start find the collection, too; ansible-test tells only its own process where it is."""

from __future__ import annotations

import os
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils import _errors

COLLECTIONS = Path(_errors.__file__).parents[5]

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(COLLECTIONS), os.environ.get("PYTHONPATH")]))
