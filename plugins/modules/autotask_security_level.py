#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_security_level
short_description: Manage a custom security level of Autotask
version_added: "1.0.0"
description:
  - Creates a custom security level by copying another, and brings every permission of it to what is wanted.
  - What is wanted is what the page shows after B(No Permission) was pressed in every section, plus O(permissions). So
    the result is exact, for settings that nobody listed too, and a second run changes nothing.
  - Before saving, every control is read back; after saving, the level is opened again and compared.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.console_group
  - msp.autotask.console
attributes:
  check_mode:
    support: full
    details:
      - Sets the permissions on the opened page, reads the outcome, and closes the page without saving.
      - For a level that does not exist yet the base level is opened instead, because copying may store a record.
  diff_mode:
    support: full
    details:
      - For an existing level, only the settings that change; for a new one, the permissions given.
  idempotent:
    support: full
options:
  name:
    description:
      - Name of the level. The C((API-only)) that lists show behind it may be left out.
    type: str
    required: true
  state:
    description:
      - V(present) makes sure that the level is there and as described.
      - V(absent) deletes it. System levels, and levels that a resource has, are not deleted; the message names the
        resources.
    type: str
    choices: [absent, present]
    default: present
  copy_from:
    description:
      - The level to copy when O(name) does not exist. A level can only be made by copying.
    type: str
    default: API User (system) (API-only)
  active:
    description:
      - Whether the level can be given to users.
    type: bool
    default: true
  permissions:
    description:
      - The permissions to grant, section by section. Keys are those of the settings catalog
        (C(docs/security-level-settings.md) in the repository); sections are V(contracts), V(crm), V(inventory),
        V(projects), V(service_desk), V(documents_knowledgebase), V(timesheet), V(reports), V(admin), V(other) and
        V(web_services_api).
      - Object rows take a dictionary of V(view), V(add), V(edit) and V(delete).
      - Values are ideas - V(all), V(mine), V(none), V(full), V(limited), V(true), V(false), numbers - for which the
        word that the page offers is chosen. A word of the page itself will do as well.
      - A setting that the catalog lacks is given by its label in the section's C(by_label).
      - A mistake in a key or value is told before a browser starts, all mistakes in one message.
    type: dict
    default: {}
  purge_permissions:
    description:
      - Whether everything that is not in O(permissions) is set to No Permission. If V(false), only the listed settings
        are managed.
    type: bool
    default: true
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
messages:
  description: The words of every dialog that came up, questions that were answered among them.
  returned: success
  type: list
  elements: str
  sample: ["Your session has been updated."]
steps:
  description: What was done, step by step.
  returned: success
  type: list
  elements: str
  sample: ["Start the browser", "Open the login page"]
landmarks:
  description:
    - By which words the landmarks of the pages were found, as O(labels) names them. An empty list for those that were
      not there, or not looked for.
  returned: success
  type: dict
  sample: {admin: [Admin], organization_settings_and_users: [Company Settings & Users], delete: []}
failure:
  description: Why the module failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(wrong_password), V(invalid_permissions) or V(not_stored).
      type: str
      sample: wrong_password
    messages:
      description: The words of every dialog that came up before it failed.
      type: list
      elements: str
      sample: ["Your session has been updated."]
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils._console.console import in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import wordings
from ansible_collections.msp.autotask.plugins.module_utils._console.options import (
    console_options,
    console_settings,
    journal_of,
    require_libraries,
    warnings_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import unknown_settings
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.security_level import (
    Outcome,
    WantedLevel,
    ensure_absent,
    ensure_present,
)
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "name": {"type": "str", "required": True},
            "state": {"type": "str", "choices": ["absent", "present"], "default": "present"},
            "copy_from": {"type": "str", "default": "API User (system) (API-only)"},
            "active": {"type": "bool", "default": True},
            "permissions": {"type": "dict", "default": {}},
            "purge_permissions": {"type": "bool", "default": True},
            **console_options(),
        },
        supports_check_mode=True,
    )
    require_libraries(module)
    report(module, lambda redactor: reconcile(module, redactor))


def reconcile(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    params = module.params
    wanted = WantedLevel(
        name=params["name"],
        copy_from=params["copy_from"],
        active=params["active"],
        permissions=tuple(parse(params["permissions"], purge=params["purge_permissions"])),
        purge=params["purge_permissions"],
    )
    journal = journal_of(module)
    outcome = in_console(
        console_settings(params, redactor),
        journal,
        lambda window: (
            ensure_absent(window, wanted.name) if params["state"] == "absent" else ensure_present(window, wanted)
        ),
    )
    return result(outcome, journal)


def result(outcome: Outcome, journal: Journal) -> dict[str, t.Any]:
    unknown = unknown_settings(outcome.plan.unknown)
    missing = [wish.path for wish in outcome.missing]
    warnings = warnings_of(journal)
    if unknown:
        warnings.append(f"The page has settings that the catalog does not know: {'; '.join(unknown)}.")
    if missing:
        warnings.append(f"The page does not have these settings, so they were not set: {', '.join(missing)}.")
    return {
        "changed": outcome.changed,
        "diff": {"before": outcome.before, "after": outcome.after},
        "security_level": outcome.state.as_data() if outcome.state else None,
        "created": outcome.created,
        "unknown_settings": unknown,
        "absent_settings": [wish.path for wish in outcome.plan.absent],
        "messages": journal.messages,
        "steps": journal.steps,
        "landmarks": wordings(journal.wordings),
        "warnings": warnings,
    }


if __name__ == "__main__":
    main()
