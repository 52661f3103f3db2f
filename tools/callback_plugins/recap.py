# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the play recap as JSON, for programs that must not read it off the screen."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: recap
type: aggregate
short_description: Write the play recap as JSON
description:
  - Writes a dictionary of hosts with what Ansible counted (C(ok), C(changed), C(failures) and so on) and with the
    statistics that the playbook set for the host (C(custom)).
options:
  path:
    description: The file to write.
    required: true
    env:
      - name: RECAP_PATH
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "recap"
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_stats(self, stats: t.Any) -> None:
        recap = {
            host: {**stats.summarize(host), "custom": stats.custom.get(host, {})} for host in sorted(stats.processed)
        }
        Path(self.get_option("path")).write_text(json.dumps(recap), encoding="utf-8")
