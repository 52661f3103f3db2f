# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts itself in front of another callback and passes everything on to it, as ansible-runner's does."""

from __future__ import annotations

import os

from ansible.plugins.loader import callback_loader

DOCUMENTATION = """
name: in_front
type: stdout
short_description: Passes everything on
extends_documentation_fragment:
  - default_callback
  - result_format_callback
"""

Other = callback_loader.get(os.environ["ORIGINAL_STDOUT_CALLBACK"]).__class__


class CallbackModule(Other):  # type: ignore[valid-type,misc]  # known when it runs
    CALLBACK_NAME = "in_front"
