#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: integration_plan
short_description: Look at what a role of this collection was given, and plan a tenant
version_added: "0.9.0"
description:
  - The first task of every entry point of the roles C(work365_integration) and C(integration), and of use in them only.
  - Looks at all variables of the role in the types they were given in, and at the credentials that are kept. Tells
    everything that is wrong at once, before a browser starts.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.controller
  - msp.autotask.attributes.info_module
options:
  entry_point:
    description: The entry point of the role.
    type: str
    required: true
  role:
    description: The role whose variables count.
    type: str
    choices: [integration, work365_integration]
    required: true
"""

EXAMPLES = r"""
- name: Look at what was given
  msp.autotask.integration_plan:
    entry_point: main
    role: integration
  register: plan
"""

RETURN = r"""
tenant:
  description: The domain of the tenant.
  returned: success
  type: str
  sample: msp.example
credentials:
  description: Where the tenant's credentials are kept, as the options of M(msp.autotask.credentials).
  returned: success
  type: dict
  sample: {tenant: msp.example, path: /srv/credentials/msp.yml}
kept:
  description: What is kept of each user, by its key, without secrets.
  returned: success
  type: dict
  sample: {}
parts:
  description: What is known of each integration, by its name.
  returned: success
  type: dict
  sample: {}
secrets:
  description: The names of the variables that hold the secrets that were given.
  returned: success
  type: dict
  sample: {console: {console_password: work365_integration_console_password}}
failure:
  description: Why it failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(invalid_options), V(no_place) or V(tenant_twice).
      type: str
      sample: invalid_options
"""
