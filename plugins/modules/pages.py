#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pages
short_description: Write pages for people on the controller
version_added: "0.9.0"
description:
  - Writes what the role C(work365_integration) leaves for people. Files are written in one piece, and only where
    something is different.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.controller
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  pages:
    description: The pages.
    type: list
    elements: dict
    required: true
    suboptions:
      path:
        description: The file. It must not lie below an inventory folder.
        type: str
        required: true
      template:
        description: A template of the role. In HTML and XML every value is escaped.
        type: str
      data:
        description: Plain data instead, written as JSON or YAML, as the name of the file says.
        type: raw
      values:
        description: What the template is filled with, in place of O(values).
        type: dict
  state:
    description: Whether the files are there.
    type: str
    choices: [absent, present]
    default: present
  values:
    description: What the templates are filled with.
    type: dict
    default: {}
  keep_touched:
    description:
      - Whether a file that a person changed since it was written is left as it is. Where the new page differs by more
        than ticks, it is put beside the old one, with C(.new) in its name.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Write what was found
  msp.autotask.pages:
    pages:
      - path: ~/found.yml
        data: "{{ found }}"
"""

RETURN = r"""
left:
  description: A sentence for each file that was left as it is.
  returned: success
  type: list
  elements: str
  sample: []
failure:
  description: Why it failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(page_not_written) or V(bad_credentials_path).
      type: str
      sample: page_not_written
"""
