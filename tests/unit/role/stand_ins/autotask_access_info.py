#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils.stand_in import Journal, stand_in

module = stand_in("autotask_access_info")
Journal(module, module.params["api_user_name"].partition("@")[2].removesuffix(".example")).note("access")
module.exit_json(proven=True, verdict="Proven.", report=[], missing=[], excess=[], restricted=[], unread=[])
