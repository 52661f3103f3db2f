#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_resource
short_description: Manage an API user of Autotask
version_added: "0.9.0"
description:
  - Creates an API user, or brings an existing one to what is wanted. An option that is not given is not managed.
  - An API user is told by its user name. It can never be deleted, only made inactive, so the module looks among all
    API users, active and inactive, before it creates one, once more right before saving, and creates no second one for
    the same integration by accident; see O(allow_another).
  - Every field is read again before saving, and the user is opened again and compared afterwards.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.console_group
  - msp.autotask.console
  - msp.autotask.resource
  - msp.autotask.kept
attributes:
  check_mode:
    support: full
    details:
      - Opens the form and its lists and reads them. Nothing is typed or chosen, and nothing is generated, so a user
        name that was given without its domain is returned without it.
      - Fails where a real run would, for example for a security level that is not on offer; see
        O(security_level_planned).
  diff_mode:
    support: full
    details:
      - The secret is never shown, only whether it is kept or replaced.
  idempotent:
    support: partial
    details:
      - With O(update_secret=always) every run sets the secret, because it can never be read.
options:
  security_level_planned:
    description:
      - Whether an earlier task is going to create O(security_level), so that in check mode it need not be on offer yet.
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
    return_tracking_identifier: true
  register: result
  no_log: true

- name: Retire it
  msp.autotask.autotask_resource:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    user_name: contractreader1@msp.example
    state: inactive
"""

RETURN = r"""
resource:
  description: The user as the form shows it; in check mode, as it would.
  returned: success
  type: dict
  contains:
    user_name:
      description: The whole user name, spelled as Autotask does.
      type: str
      sample: contractreader1@msp.example
    active:
      description: Whether the user can be used.
      type: bool
      sample: true
    security_level:
      description: Security level.
      type: str
      sample: Contract Reader
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
created:
  description: Whether the user was, or in check mode would be, created.
  returned: success
  type: bool
  sample: true
secret_set:
  description: Whether a new secret was, or in check mode would be, set.
  returned: success
  type: bool
  sample: true
secret_handed_over:
  description: Whether that secret is not O(secret), but one of Autotask's that lies sealed in O(handover.path).
  returned: success
  type: bool
  sample: false
kept:
  description: What is kept of the user, without secrets, as M(msp.autotask.credentials) returns it for a user.
  returned: with O(credentials)
  type: dict
  sample: {user_name: contractreader1@msp.example, made_here: true, has_secret: true, secret_set: true}
others:
  description: User names of other API users with the same tracking identifier, as far as was looked.
  returned: success
  type: list
  elements: str
  sample: []
tracking_identifier:
  description:
    - The custom tracking identifier; none where the form shows none. It is part of the credentials; register it with
      C(no_log). With O(credentials) it is kept there, and not returned.
  returned: success, with O(return_tracking_identifier)
  type: str
  sample: ABCDEFGHIJKLMNOPQRSTUVWXYZ0
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
      description: A stable word, such as V(wrong_password), V(not_offered) or V(other_tracking_identifier).
      type: str
      sample: other_tracking_identifier
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
from ansible_collections.msp.autotask.plugins.module_utils._kept import kept_option, refuse_kept
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.resource import ensure
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_options import (
    USER_RULES,
    user_options,
    user_result,
    wanted_handover,
    wanted_user,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Means
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            **user_options(),
            "security_level_planned": {"type": "bool", "default": False},
            **kept_option(),
            **console_options(),
        },
        supports_check_mode=True,
        **USER_RULES,
    )
    require_libraries(module, hands_over=bool(module.params["handover"]))
    report(module, lambda redactor: reconcile(module, redactor))


def reconcile(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    refuse_kept(module.params)
    wanted = wanted_user(module.params, level_is_planned=module.params["security_level_planned"])
    means = Means(learn=redactor.add, handover=wanted_handover(module.params))
    journal = journal_of(module)
    outcome = in_console(
        console_settings(module.params, redactor), journal, lambda window: ensure(window, wanted, means)
    )
    return {**user_result(outcome, module.params), **told(module, journal)}


if __name__ == "__main__":
    main()
