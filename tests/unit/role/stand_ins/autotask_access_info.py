#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils.stand_in import Journal

module = AnsibleModule(
    {
        "api_url": {},
        "api_user_name": {},
        "api_secret": {"no_log": True},
        "api_integration_code": {"no_log": True},
        "expected": {"type": "list", "elements": "dict"},
        "entities": {"type": "list", "elements": "str"},
        "security_level": {},
        "wait": {"type": "int"},
    },
    supports_check_mode=True,
)
Journal(module, module.params["api_user_name"]).note("access")
module.exit_json(proven=True, verdict="Proven.", report=[])
