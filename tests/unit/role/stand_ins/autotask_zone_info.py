#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import stand_in

module = stand_in("autotask_zone_info")
module.exit_json(
    zone={"name": "Zone 1", "number": 1, "api_url": "https://api.example/", "web_url": "https://web.example/"}
)
