#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: audit_report
short_description: Write the report on the audit of a fleet
version_added: "0.9.0"
description:
  - Compares what an audit found with the last report in the folder, and writes C(audit.html), C(audit.xml) (JUnit),
    C(audit.csv) and C(audit.json) there. Of audits that end at the same time, one waits for the other, so that none
    is missing in the history.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.controller
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
  idempotent:
    support: none
    details: Each audit adds to the history.
options:
  folder:
    description: Where the reports are. It must not lie below an inventory folder.
    type: str
    required: true
  results:
    description:
      - The tenants of this run by name, each with what the entry point C(audit) left in C(work365_integration_result);
        with C(reason), if it could not be read; or with C(off), if it is switched off.
      - Needed, unless O(parts) is given.
    type: dict
  parts:
    description:
      - Reports on parts of the fleet, each an C(audit.json), as the slices of a job leave them in folders of their own.
        What they say of their tenants counts in place of O(results).
    type: list
    elements: str
  fleet:
    description: The names of all tenants. Those that this run left out stay in the report as the last one had them.
    type: list
    elements: str
    default: []
  left:
    description: Tenants that left for good, and need not be missed.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Write the report on two tenants
  msp.autotask.audit_report:
    folder: ~/audit
    results:
      alder: {audit: {parts: [], findings: [], facts: {}}}
      birch: {reason: The password was refused.}
  run_once: true

- name: Put together what the slices of a job found
  msp.autotask.audit_report:
    folder: ~/audit-of-all
    parts: [~/audit/audit.json]
    fleet: "{{ groups.autotask }}"
  run_once: true
"""

RETURN = r"""
counts:
  description: How many tenants have which status.
  returned: success
  type: dict
  sample: {drift: 1, gone: 0, unread: 0, remark: 0, accepted: 0, ok: 29, "off": 0}
drifts:
  description: How many drifts there are in all.
  returned: success
  type: int
  sample: 3
missed:
  description: Tenants that were audited before, and are not in the fleet any more.
  returned: success
  type: list
  elements: str
  sample: []
news:
  description: What is new since the last audit, in sentences.
  returned: success
  type: list
  elements: str
  sample: ["alder drifted: Can create WebHooks is checked, should be not checked"]
failure:
  description: Why it failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(last_report_unknown) or V(page_not_written).
      type: str
      sample: last_report_unknown
"""
