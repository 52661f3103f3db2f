#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: integration_result
short_description: Say what a run of a role of this collection came to
version_added: "0.9.0"
description:
  - The last task of every entry point of the roles C(work365_integration) and C(integration), and of use only in them,
    and in the playbooks.
  - Judges what the tasks before it returned, or the one that failed, and sums it up in a line.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.controller
  - msp.autotask.attributes.info_module
options:
  plan:
    description: What M(msp.autotask.integration_plan) returned. Needed with O(answers).
    type: dict
  answers:
    description: What the tasks returned, by the names under which the entry point knows them.
    type: dict
  failed:
    description: What the task returned that failed, where the entry point did not come to its end.
    type: dict
"""

EXAMPLES = r"""
- name: Judge what was done
  msp.autotask.integration_result:
    plan: "{{ plan }}"
    answers:
      begun: "{{ begun }}"
  register: outcome
"""

RETURN = r"""
result:
  description: What the role leaves behind in C(work365_integration_result) or C(integration_result).
  returned: success
  type: dict
  sample: {summary: "ok, nothing to change", changed: false, failed: false, proven: false}
pages:
  description: Where it is to be written down, as the option C(pages) of M(msp.autotask.pages).
  returned: success
  type: list
  elements: dict
  sample: []
"""
