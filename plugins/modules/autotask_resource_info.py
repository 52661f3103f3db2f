#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_resource_info
short_description: List the API users of Autotask, or read one whole
version_added: "0.9.0"
description:
  - Lists the API users of a tenant, inactive ones too. The list of resources does not mark them, so they are told by
    having a security level that is for API users only.
  - With O(user_name), opens them one after another until that user name is found, and reads every field of it but the
    secret, which Autotask shows to nobody. The form is closed without saving.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.info_module
  - msp.autotask.attributes.console_group
  - msp.autotask.console
options:
  user_name:
    description:
      - The API user to read whole, by its user name (key), with or without C(@) and what follows it.
    type: str
  name:
    description:
      - Only API users of this name, as the list shows it or first name first.
    type: str
  integration_vendor:
    description:
      - Only API users with the tracking identifier of this integration vendor, active or not. All API users are opened
        to see.
    type: str
  details:
    description:
      - Whether to open every API user that is returned, and read it whole.
    type: bool
    default: false
seealso:
  - module: msp.autotask.autotask_resource
  - module: msp.autotask.autotask_security_level_info
"""

EXAMPLES = r"""
- name: List all API users
  msp.autotask.autotask_resource_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
  register: result

- name: Show who can log in over the API
  ansible.builtin.debug:
    msg: "{{ result.resources | selectattr('active') | map(attribute='name') }}"

- name: Read one API user
  msp.autotask.autotask_resource_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    user_name: work365api@msp.example

- name: Read all API users whole, to see who has which level and which tracking identifier
  msp.autotask.autotask_resource_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    details: true

- name: Find out who made a user for an integration before
  msp.autotask.autotask_resource_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    integration_vendor: Work 365 Sync
"""

RETURN = r"""
resources:
  description: The API users, level by level; with O(user_name), that one, or none.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: Its name as the list shows it.
      type: str
      sample: User, Integration
    security_level:
      description: Its security level.
      type: str
      sample: Work 365 API User
    active:
      description: Whether it can be used. None if the list does not tell.
      type: bool
      sample: true
    user_name:
      description: The whole user name.
      returned: with O(user_name), O(integration_vendor) or O(details), as all that follow
      type: str
      sample: work365api@msp.example
    # shared: user_form
    first_name:
      description: First name.
      type: str
      sample: Contract
    last_name:
      description: Last name.
      type: str
      sample: Reader
    email:
      description: E-mail address.
      type: str
      sample: alerts@msp.example
    locked:
      description: Whether Autotask locked the user after bad logins.
      type: bool
      sample: false
    location:
      description: Primary internal location; none where the form has no such field.
      type: str
      sample: Headquarters
    date_format:
      description: Date format.
      type: str
      sample: MM/dd/yyyy
    time_format:
      description: Time format.
      type: str
      sample: hh:mm a
    number_format:
      description: Number format.
      type: str
      sample: X,XXX.XX
    tracking:
      description:
        - Where its tracking identifier comes from, by C(type) V(vendor) or V(custom), or V(unknown) where the form does
          not show it; none if it has no identifier.
      type: dict
      sample: {type: custom, name: Contract reports}
    # end
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
from ansible_collections.msp.autotask.plugins.module_utils._console.lists.grid import Row
from ansible_collections.msp.autotask.plugins.module_utils._console.options import (
    console_options,
    console_settings,
    reading_journal_of,
    refuse_empty,
    require_libraries,
    told,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import Tracking, same_user_name
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Resources
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_reading import (
    rows_of,
    summary_of,
    whole_user,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Memory
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "user_name": {"type": "str"},
            "name": {"type": "str"},
            "integration_vendor": {"type": "str"},
            "details": {"type": "bool", "default": False},
            **console_options(),
        },
        supports_check_mode=True,
    )
    require_libraries(module)
    report(module, lambda redactor: read(module, redactor))


def read(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    params, journal = module.params, reading_journal_of(module)
    refuse_empty({name: params[name] for name in ("user_name", "name", "integration_vendor")})
    resources = in_console(
        console_settings(params, redactor),
        journal,
        lambda window: read_resources(
            window, params["user_name"], params["name"], params["integration_vendor"], details=params["details"]
        ),
    )
    return {"changed": False, "resources": resources, **told(module, journal)}


def read_resources(
    window: Window, user_name: str | None, name: str | None, vendor: str | None, *, details: bool = False
) -> list[dict[str, t.Any]]:
    levels = SecurityLevels(window)
    levels.open()
    api_levels = levels.api_only()
    page = Resources(window)
    page.open()
    rows = (row for row in rows_of(page, api_levels) if not name or is_named(row, name))
    if user_name is None and vendor is None and not details:
        return [summary_of(row) for row in rows]
    memory = Memory()
    users = (user for row in rows if has_vendor(user := whole_user(page, row, memory), vendor))
    if user_name is None:
        return list(users)
    return next(([user] for user in users if same_user_name(user.get("user_name", ""), user_name)), [])


def has_vendor(user: dict[str, t.Any], vendor: str | None) -> bool:
    found = user.get("tracking") or {"type": "custom", "name": ""}
    return vendor is None or Tracking(found["type"], found["name"]).is_of(Tracking("vendor", vendor))


def is_named(row: Row, name: str) -> bool:
    last, _comma, first = row.name.partition(", ")
    return same_name(row.name, name) or same_name(f"{first} {last}", name)


if __name__ == "__main__":
    main()
