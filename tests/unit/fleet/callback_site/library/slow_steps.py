#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.options import console_options, journal_of
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report

DOCUMENTATION = r"""
module: slow_steps
short_description: Makes steps as the modules of the console do
description: Takes its time for each.
author: msp.autotask
extends_documentation_fragment:
  - msp.autotask.console
options:
  pause:
    description: Seconds that a step takes.
    type: float
    default: 1.0
"""


def main() -> None:
    module = AnsibleModule(argument_spec={"pause": {"type": "float", "default": 1.0}, **console_options()})
    report(module, lambda _redactor: work(journal_of(module), module))


def work(journal: Journal, module: AnsibleModule) -> dict[str, bool]:
    for step in ("Open the login page", f"Type {module.params['console_password']}", "Save the level"):
        journal.step(step)
        time.sleep(module.params["pause"])
    return {"changed": False}


if __name__ == "__main__":
    main()
