#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import Failed, console_module, ensure_user

module, journal = console_module("autotask_resource", "user")
try:
    result = ensure_user(journal, module.params)
except Failed as failed:
    module.fail_json(**failed.told)
module.exit_json(**result)
