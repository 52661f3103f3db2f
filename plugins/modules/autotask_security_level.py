#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_security_level
short_description: Manage a custom security level of Autotask
version_added: "0.9.0"
description:
  - Creates a custom security level by copying another, and brings every permission of it to what is wanted.
  - With O(permissions), the level has what they list and nothing besides, unless O(purge_permissions=false). Nothing is
    a box that is off, a list at its word for none, or the lowest word that the settings catalog knows of a list that
    has none. A setting that cannot be cleared fails the task (V(not_cleared)) before anything is saved.
  - The plan is made from what the page shows. Where there is something to do, B(No Permission) is pressed in those
    sections where that saves steps; whatever it leaves is set by its own control.
  - Before saving, the open page is read once more, and the stored level is looked at in a window of its own. After
    saving, the level is opened again and compared with what was wanted.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.console_group
  - msp.autotask.console
  - msp.autotask.security_level
attributes:
  check_mode:
    support: full
    details:
      - Plans from what the opened page shows, and presses nothing but what opens a page, a section or a list.
      - For a level that does not exist yet the base level is opened instead, because copying may store a record. Lists
        that a system level does not let anybody open are believed to offer a word for none.
  diff_mode:
    support: full
    details:
      - For an existing level, only the settings that change; for a new one, the permissions given.
  idempotent:
    support: full
options:
  state:
    description:
      - V(present) makes sure that the level is there and as described.
      - V(absent) deletes it. System levels, and levels that a resource has, are not deleted; the message names the
        resources.
    type: str
    choices: [absent, present]
    default: present
seealso:
  - module: msp.autotask.autotask_resource
  - module: msp.autotask.autotask_access_info
"""

EXAMPLES = r"""
- name: A level that may read contracts and nothing else
  msp.autotask.autotask_security_level:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    name: Contract Reader
    permissions:
      contracts:
        contracts:
          view: all
        contract_visibility: full
      web_services_api:
        can_login_to_web_services_api: true

- name: Change one setting of a level and leave the others as they are
  msp.autotask.autotask_security_level:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    name: Contract Reader
    purge_permissions: false
    permissions:
      other:
        not_required_to_change_password: true
        by_label:
          Can use the new thing: false

- name: Take a level out of use, and leave its permissions as they are
  msp.autotask.autotask_security_level:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    name: Contract Reader
    active: false

- name: Delete a level that nobody has
  msp.autotask.autotask_security_level:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    name: Contract Reader
    state: absent
"""

RETURN = r"""
security_level:
  description: The level as the page shows it; in check mode, as it would. None while it does not exist.
  returned: success
  type: dict
  contains:
    name:
      description: Its name.
      type: str
      sample: Contract Reader
    active:
      description: Whether it can be given to users.
      type: bool
      sample: true
    settings:
      description: Every setting, by section and label in the page's own words.
      type: dict
      sample:
        Contracts:
          Contracts: {View: All, Add: "No"}
          Contract Visibility: Full
created:
  description: Whether the level was, or in check mode would be, created.
  returned: success
  type: bool
  sample: false
changed_settings:
  description:
    - What was or would be changed of a level that is there, by section and label in the page's own words. The diff says
      the same as O(permissions), to be pasted into variables.
  returned: success
  type: dict
  sample: {before: {Other: {Can create WebHooks: true}}, after: {Other: {Can create WebHooks: false}}}
unknown_settings:
  description: Controls on the page that the catalog does not know. They are cleared like all others.
  returned: success
  type: list
  elements: str
  sample: ["Other > Can use the new thing"]
absent_settings:
  description:
    - Settings that were wanted, and that this page does not let anybody set. Where it shows a text in their place, they
      follow from other settings; where it shows nothing at all, there is a warning too.
  returned: success
  type: list
  elements: str
  sample: ["crm.contacts.view"]
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
      description: A stable word, such as V(wrong_password), V(invalid_permissions) or V(not_stored).
      type: str
      sample: wrong_password
    settings:
      description: What could not be cleared, with what it reads and what it offers.
      returned: with the reason V(not_cleared)
      type: list
      elements: dict
      sample: [{setting: Other > Form sharing, reads: Me, offers: [Everybody, Me]}]
    not_understood:
      description: What can be operated on the page and is not known to be anything, each with its place.
      returned: with the reason V(not_understood)
      type: list
      elements: str
      sample: ["canvas in Other"]
    sections:
      description: The sections that are missing, or those of one name.
      returned: with the reasons V(section_missing) and V(not_unique)
      type: list
      elements: str
      sample: [projects]
    unfinished_copy:
      description: What became of the copy that was to be the new level.
      returned: when a level was being created
      type: dict
      contains:
        name:
          description: The name that it has or had.
          type: str
          sample: Copy (1) of API User (system)
        made_here:
          description: Whether this run made it, rather than take up one that an interrupted run had left.
          type: bool
          sample: true
        gone:
          description: Whether it was seen to be gone; None if nobody could look.
          type: bool
          sample: true
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
    journal_of,
    require_libraries,
    told,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_options import (
    level_options,
    level_result,
    level_warnings,
    wanted_level,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.security_level import (
    ensure_absent,
    ensure_present,
)
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            **level_options(),
            "state": {"type": "str", "choices": ["absent", "present"], "default": "present"},
            **console_options(),
        },
        supports_check_mode=True,
    )
    require_libraries(module)
    report(module, lambda redactor: reconcile(module, redactor))


def reconcile(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    wanted, absent, journal = wanted_level(module.params), module.params["state"] == "absent", journal_of(module)
    outcome = in_console(
        console_settings(module.params, redactor),
        journal,
        lambda window: ensure_absent(window, wanted.name) if absent else ensure_present(window, wanted),
    )
    return {**level_result(outcome), **told(module, journal, level_warnings(outcome))}


if __name__ == "__main__":
    main()
