# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in front of the module msp.autotask.autotask_integrations_info, which documents it."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.plugin_utils._actions.kept import KeptIntegrationsAction
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.users import UsersToLookAt


class ActionModule(KeptIntegrationsAction):
    """Takes user names and secrets from where they are kept, and notes nothing there."""

    ONLY_READS = True
    USERS = UsersToLookAt
