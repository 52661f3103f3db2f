#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_resource
short_description: Manage an API user of Autotask
version_added: "1.0.0"
description:
  - Creates an API user, or brings an existing one to what is wanted.
  - An API user is told by its user name. It can never be deleted, only made inactive, so the module looks among active
    and inactive users before it creates one, and creates no second one for the same integration by accident; see
    O(allow_another).
  - After saving, the user is opened again and compared.
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
      - Fills in the opened form without its secret, reads it, and closes it without saving.
      - A security level that does not exist yet is accepted, since an earlier task may be going to create it.
  diff_mode:
    support: full
    details:
      - The secret is never shown, only whether it is kept or replaced.
  idempotent:
    support: partial
    details:
      - With O(update_secret=always) every run sets the secret, because it can never be read.
options:
  user_name:
    description:
      - The user name (key). With no C(@), the domain that Autotask's B(Generate Key) offers is put behind it.
    type: str
    required: true
  first_name:
    description: First name.
    type: str
    required: true
  last_name:
    description: Last name.
    type: str
    required: true
  email:
    description:
      - Where Autotask sends notices about the user, for example when it is locked. Needed to create a user.
    type: str
  security_level:
    description:
      - The security level, without the C((API-only)) that lists show. Needed to create a user.
    type: str
  location:
    description:
      - Primary internal location. When it is left out for a new user, Autotask's own choice is kept; if it makes none
        and offers only one, that is taken.
    type: str
  date_format:
    description: Date format, as the form offers it.
    type: str
  time_format:
    description: Time format, as the form offers it.
    type: str
  number_format:
    description: Number format, as the form offers it.
    type: str
  secret:
    description:
      - The password (secret). Needed to create a user. Autotask never shows it again, so store it first.
    type: str
  update_secret:
    description:
      - V(on_create) sets O(secret) for a new user only, V(always) in every run.
    type: str
    choices: [always, on_create]
    default: on_create
  integration_vendor:
    description:
      - The integration vendor whose tracking identifier the user has, as the list shows it, or one side of an entry
        C(Vendor - Integration). It can never be changed for a user; another one is a failure.
    type: str
  internal_integration:
    description:
      - Name of an integration of your own; Autotask makes a custom tracking identifier for it. It can never be changed
        for a user.
    type: str
  active:
    description: Whether the user can be used.
    type: bool
    default: true
  unlock:
    description: Whether a locked user is unlocked.
    type: bool
    default: false
  allow_another:
    description:
      - Whether a user may be created beside one with another user name that has the same name and e-mail address, or
        the same security level and tracking identifier. Usually that is the same user, and its user name here is wrong.
    type: bool
    default: false
seealso:
  - module: msp.autotask.autotask_security_level
  - module: msp.autotask.autotask_access_info
"""

EXAMPLES = r"""
- name: The API user of an integration
  msp.autotask.autotask_resource:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    user_name: contractreader1
    first_name: Contract
    last_name: Reader
    email: alerts@msp.example
    security_level: Contract Reader
    secret: "{{ vaulted_api_secret }}"
    internal_integration: Contract reports
  register: result
  no_log: true

- name: Retire it
  msp.autotask.autotask_resource:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    user_name: contractreader1@msp.example
    first_name: Contract
    last_name: Reader
    internal_integration: Contract reports
    active: false
"""

RETURN = r"""
resource:
  description: The user as the form shows it; in check mode, as it would.
  returned: success
  type: dict
  contains:
    user_name:
      description: The whole user name.
      type: str
      sample: contractreader1@msp.example
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
    active:
      description: Whether the user can be used.
      type: bool
      sample: true
    locked:
      description: Whether Autotask locked the user after bad logins.
      type: bool
      sample: false
    security_level:
      description: Security level.
      type: str
      sample: Contract Reader
    location:
      description: Primary internal location.
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
      description: Where its tracking identifier comes from.
      type: dict
      sample: {type: custom, name: Contract reports}
created:
  description: Whether the user was, or in check mode would be, created.
  returned: success
  type: bool
  sample: true
secret_set:
  description: Whether O(secret) was, or in check mode would be, set.
  returned: success
  type: bool
  sample: true
tracking_identifier:
  description:
    - The custom tracking identifier, where the form shows one. It is part of the credentials; register it with
      C(no_log).
  returned: success
  type: str
  sample: ABCDEFGHIJKLMNOPQRSTUVWXYZ0
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
      description: A stable word, such as V(wrong_password), V(not_offered) or V(other_tracking_identifier).
      type: str
      sample: other_tracking_identifier
    messages:
      description: The words of every dialog that came up before it failed.
      type: list
      elements: str
      sample: ["Your session has been updated."]
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils._console.console import in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import wordings
from ansible_collections.msp.autotask.plugins.module_utils._console.options import (
    console_options,
    console_settings,
    journal_of,
    require_libraries,
    warnings_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Tracking
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.resource import WantedUser, ensure
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report

FIELDS = (
    "user_name",
    "first_name",
    "last_name",
    "email",
    "security_level",
    "location",
    "date_format",
    "time_format",
    "number_format",
    "active",
    "unlock",
    "secret",
    "allow_another",
)


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "user_name": {"type": "str", "required": True},
            "first_name": {"type": "str", "required": True},
            "last_name": {"type": "str", "required": True},
            "email": {"type": "str"},
            "security_level": {"type": "str"},
            "location": {"type": "str"},
            "date_format": {"type": "str"},
            "time_format": {"type": "str"},
            "number_format": {"type": "str"},
            "secret": {"type": "str", "no_log": True},
            "update_secret": {
                "type": "str",
                "choices": ["always", "on_create"],
                "default": "on_create",
                "no_log": False,
            },
            "integration_vendor": {"type": "str"},
            "internal_integration": {"type": "str"},
            "active": {"type": "bool", "default": True},
            "unlock": {"type": "bool", "default": False},
            "allow_another": {"type": "bool", "default": False},
            **console_options(),
        },
        required_one_of=[("integration_vendor", "internal_integration")],
        mutually_exclusive=[("integration_vendor", "internal_integration")],
        required_if=[("update_secret", "always", ("secret",))],
        supports_check_mode=True,
    )
    require_libraries(module)
    report(module, lambda redactor: reconcile(module, redactor))


def reconcile(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    params = module.params
    _refuse_malformed(params["secret"])
    vendor = params["integration_vendor"]
    wanted = WantedUser(
        tracking=Tracking("vendor", vendor) if vendor else Tracking("custom", params["internal_integration"]),
        replace_secret=params["update_secret"] == "always",
        **{name: params[name] for name in FIELDS},
    )
    journal = journal_of(module)
    outcome = in_console(console_settings(params, redactor), journal, lambda window: ensure(window, wanted))
    return {
        "changed": outcome.changed,
        "diff": {"before": outcome.before, "after": outcome.after},
        "resource": outcome.state.as_data() if outcome.state else None,
        "created": outcome.created,
        "secret_set": outcome.secret_set,
        "tracking_identifier": outcome.tracking_identifier,
        "messages": journal.messages,
        "steps": journal.steps,
        "landmarks": wordings(journal.wordings),
        "warnings": warnings_of(journal),
    }


def _refuse_malformed(secret: str | None) -> None:
    """A text box takes no line break, and the REST API no blanks around a secret: what is stored would not work."""
    if secret and (secret != secret.strip() or not secret.isprintable()):
        raise AutotaskError(
            "'secret' has blanks around it, or a line break or another invisible character in it (files often end with "
            "one). Nothing was done.",
            "malformed_secret",
        )


if __name__ == "__main__":
    main()
