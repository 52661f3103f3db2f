# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in front of the module msp.autotask.autotask_security_level, which documents it."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.plugin_utils._actions.console import ConsoleAction


class ActionModule(ConsoleAction):
    """As all console modules have it."""
