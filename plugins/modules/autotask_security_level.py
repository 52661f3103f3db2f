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
  - With O(permissions), the level has what they list and nothing besides, unless O(purge_permissions=false). Nothing is
    a box that is off, a list at its word for none, or the lowest word that the settings catalog knows of a list that
    has none. A setting that cannot be brought to nothing fails the task (V(not_cleared)) before anything is saved.
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
      - If not given, a level that exists stays as it is, and a new one is made active.
    type: bool
  permissions:
    description:
      - The permissions to grant, section by section. Keys are those of the settings catalog
        (C(docs/security-level-settings.md) in the repository); sections are V(contracts), V(crm), V(inventory),
        V(projects), V(service_desk), V(documents_knowledgebase), V(timesheet), V(reports), V(admin), V(other),
        V(web_services_api) and V(workforce_management).
      - If not given, the permissions of the level are not managed. A level that does not exist cannot be created then.
      - Object rows take a dictionary of V(view), V(add), V(edit) and V(delete).
      - Values are ideas - V(all), V(mine), V(none), V(full), V(limited), V(true), V(false), numbers - for which the
        word that the page offers is chosen. A word of the page itself will do as well.
      - A setting that the catalog lacks is given by its label in the section's C(by_label), with its group before it
        where two have the same label (C(Group > Label)). Settings of a section that the catalog lacks are given below
        C(by_label) as well, by heading and label.
      - A mistake in a key or value is told before a browser starts, all mistakes in one message.
    type: dict
  purge_permissions:
    description:
      - With O(permissions), whether every setting that they do not list is brought to nothing, also of sections and
        labels that the catalog does not know. If V(false), only the listed settings are managed.
      - Lists of which the catalog knows that they grant nothing are left alone, as the one that chooses a dashboard.
      - The page must be whole then. What can be operated and is not understood, a known section that is missing, and
        two sections of one name each fail the task.
    type: bool
    default: true
  optional_sections:
    description:
      - Keys of sections that this tenant's page may lack, such as V(inventory), beside those that the catalog knows to
        be optional (V(workforce_management)).
    type: list
    elements: str
    default: []
    version_added: "1.1.0"
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
    settings:
      description: What could not be brought to nothing, with what it reads and what it offers.
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
    copy:
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
    messages:
      description: The words of every dialog that came up before it failed.
      type: list
      elements: str
      sample: ["Your session has been updated."]
"""

import re
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
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import optional_sections, parse
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import WantedLevel
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.security_level import (
    Outcome,
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
            "active": {"type": "bool"},
            "permissions": {"type": "dict"},
            "purge_permissions": {"type": "bool", "default": True},
            "optional_sections": {"type": "list", "elements": "str", "default": []},
            **console_options(),
        },
        supports_check_mode=True,
    )
    require_libraries(module)
    report(module, lambda redactor: reconcile(module, redactor))


def reconcile(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    params = module.params
    permissions, purge = params["permissions"], params["purge_permissions"]
    for option in ("name", "copy_from"):
        refuse_empty(option, params[option])
    wanted = WantedLevel(
        name=params["name"],
        copy_from=params["copy_from"],
        active=params["active"],
        permissions=None if permissions is None else tuple(parse(permissions, purge=purge)),
        purge=purge,
        optional_sections=optional_sections(params["optional_sections"]),
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


def refuse_empty(option: str, name: str) -> None:
    """Fail for a name without a letter or digit; the "(API-only)" that lists show is no part of one."""
    if not re.search(r"\w", re.sub(r"\(api-only\)", "", name, flags=re.IGNORECASE)):
        raise AutotaskError(f"'{option}' is empty. Give the name of a security level.", "invalid_option")


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
