#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: fleet_check
short_description: Refuse a run over nobody, and a mistake that all tenants have in common
version_added: "0.9.0"
description:
  - The first task of the collection's playbooks. Fails where no tenant would be looked at, which Ansible itself takes
    for a success, and where the same is wrong with the variables of every tenant, so that it is told once.
  - What is wrong with some tenants only is left to these, since one tenant that fails stops no other.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.controller
  - msp.autotask.attributes.info_module
options:
  playbook:
    description: The playbook, which says what is to be done to each tenant.
    type: str
    required: true
  tenants:
    description: The whole fleet, whatever C(--limit) leaves of it.
    type: list
    elements: str
    required: true
  pattern:
    description: How the fleet was named, for the message.
    type: str
    default: autotask
notes:
  - Where an inventory is empty and C(--limit) is given too, Ansible runs no task at all.
"""

EXAMPLES = r"""
- name: Refuse a run over nobody
  msp.autotask.fleet_check:
    playbook: audit
    tenants: "{{ query('ansible.builtin.inventory_hostnames', 'autotask') }}"
  run_once: true
"""

RETURN = r"""
tenants:
  description: Those that this run is for.
  returned: success
  type: list
  elements: str
  sample: [alder, birch]
failure:
  description: Why it failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, V(nobody_meant) or V(invalid_options).
      type: str
      sample: nobody_meant
"""
