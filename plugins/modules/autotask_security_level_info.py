#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_security_level_info
short_description: List the security levels of Autotask, or read one whole
version_added: "0.9.0"
description:
  - Lists all security levels of a tenant, system levels included.
  - With O(name), opens that level and reads every setting of it, in the page's own words. The editor is closed without
    saving. What can be operated there and is not understood fails the task (V(not_understood)), as the settings would
    not be all that the level allows.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.info_module
  - msp.autotask.attributes.console_group
  - msp.autotask.console
options:
  name:
    description:
      - The level to read whole. The C((API-only)) that lists show behind it may be left out.
    type: str
seealso:
  - module: msp.autotask.autotask_security_level
  - module: msp.autotask.autotask_resource_info
"""

EXAMPLES = r"""
- name: List all security levels
  msp.autotask.autotask_security_level_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
  register: result

- name: Show the names of those that are for API users only
  ansible.builtin.debug:
    msg: "{{ result.security_levels | selectattr('api_only') | map(attribute='name') }}"

- name: Read every setting of one level
  msp.autotask.autotask_security_level_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    name: Work 365 API User
  register: result

- name: Show it as the option 'permissions' of autotask_security_level, which makes the same level of it
  ansible.builtin.debug:
    msg: "{{ {'permissions': result.security_levels[0].permissions} | to_nice_yaml }}"
"""

RETURN = r"""
security_levels:
  description: The levels in the order of the list; with O(name), that one, or none.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: Its name.
      type: str
      sample: Work 365 API User
    system:
      description: Whether it is a level of Autotask's own, which cannot be changed. None if the list does not tell.
      type: bool
      sample: false
    api_only:
      description: Whether it is for API users only.
      type: bool
      sample: true
    active:
      description: Whether it can be given to users. None if the list does not tell.
      type: bool
      sample: true
    settings:
      description: Every setting, by section and label in the page's own words.
      returned: with O(name)
      type: dict
      sample:
        Contracts:
          Contracts: {View: All, Add: "No"}
          Contract Visibility: Full
    permissions:
      description:
        - What the level has, as the option O(msp.autotask.autotask_security_level#module:permissions). Applied to the
          same level again, it changes nothing. Settings that the catalog lacks are named by label.
      returned: with O(name)
      type: dict
      sample:
        contracts:
          contracts: {view: all}
          contract_visibility: full
    not_in_permissions:
      description: Controls of which no value of RV(security_levels[].permissions) says what they hold.
      returned: with O(name)
      type: list
      elements: str
      sample: []
    unknown_settings:
      description: Controls on the page that the catalog of settings does not know.
      returned: with O(name)
      type: list
      elements: str
      sample: ["Other > Can use the new thing"]
    texts:
      description: Those of the settings that the page shows as a text, so that they follow from others.
      returned: with O(name)
      type: list
      elements: str
      sample: ["CRM > Organizations > View"]
# shared: console_run
messages:
  description: The words of every dialog that came up, questions that were answered among them.
  returned: success
  type: list
  elements: str
  sample: ["Your session has been updated."]
diagnostics:
  description: How the module found its way.
  returned: success, with O(diagnostics) or at verbosity 3 and above
  type: dict
  contains:
    steps:
      description: What was done, step by step.
      type: list
      elements: str
      sample: ["Start the browser", "Open the login page"]
    landmarks:
      description:
        - By which words the landmarks of the pages were found, as O(labels) names them. An empty list for those that
          were not there, or not looked for.
      type: dict
      sample: {admin: [Admin], organization_settings_and_users: [Company Settings & Users], delete: []}
# end
failure:
  description: Why the module failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(wrong_password) or V(not_seen).
      type: str
      sample: wrong_password
    # shared: failed_console_run
    messages:
      description: The words of every dialog that came up before it failed.
      type: list
      elements: str
      sample: ["Your session has been updated."]
    # end
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils._console.console import in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.options import (
    console_options,
    console_settings,
    reading_journal_of,
    require_libraries,
    told,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_reading import whole_levels
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report


def main() -> None:
    module = AnsibleModule(argument_spec={"name": {"type": "str"}, **console_options()}, supports_check_mode=True)
    require_libraries(module)
    report(module, lambda redactor: read(module, redactor))


def read(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    journal = reading_journal_of(module)
    levels = in_console(
        console_settings(module.params, redactor), journal, lambda window: read_levels(window, module.params["name"])
    )
    return {"changed": False, "security_levels": levels, **told(module, journal)}


def read_levels(window: Window, name: str | None) -> list[dict[str, t.Any]]:
    page = SecurityLevels(window)
    page.open()
    return page.overview() if name is None else whole_levels(page, name)


if __name__ == "__main__":
    main()
