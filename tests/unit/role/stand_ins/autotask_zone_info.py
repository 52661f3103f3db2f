#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule({"user_name": {}, "api_url": {}}, supports_check_mode=True)
module.exit_json(
    zone={"name": "Zone 1", "number": 1, "api_url": "https://api.example/", "web_url": "https://web.example/"}
)
