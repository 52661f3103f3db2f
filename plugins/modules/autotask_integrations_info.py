#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_integrations_info
short_description: Look at the integrations of a tenant in one run of the console
version_added: "0.9.0"
description:
  - Compares security levels, and the API users that have them, with what is wanted, as
    M(msp.autotask.autotask_integrations) does in check mode; on request it lists and reads what else is there, as
    M(msp.autotask.autotask_security_level_info) and M(msp.autotask.autotask_resource_info) do. All of it takes one
    browser and one log-in, and no editor is opened twice.
  - It changes nothing, whether or not it runs in check mode.
  - Each level and each user is looked at by itself. One whose look is broken off is looked at once more. What a look
    fails at is returned in the place of what it would have seen, and the others are taken all the same, in a new
    browser with the same session.
  - The task fails where nothing more could be seen - if the console cannot be entered, or O(timeout) is over.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.info_module
  - msp.autotask.attributes.console_group
  - msp.autotask.console
  - msp.autotask.integrations
options:
  integrations:
    description:
      - The integrations, as M(msp.autotask.autotask_integrations) takes them; an empty list if there are none to
        compare. All levels are looked at first, then all users, each in the order given. A user may have a level that
        is not there yet.
  credentials:
    description:
      - Takes user names and secrets from the credentials that M(msp.autotask.credentials) keeps on the controller.
        Nothing is noted there. No secret is in what the task returns.
      - Works in a playbook only.
  list_levels:
    description:
      - Whether to list all security levels first. Where that fails, the task does.
    type: bool
    default: false
  read_levels:
    description:
      - The names of security levels to read whole. The C((API-only)) that lists show behind them may be left out.
    type: list
    elements: str
    default: []
  read_users:
    description:
      - Whether to read all API users whole, inactive ones too.
    type: bool
    default: false
  read_levels_of_users:
    description:
      - With O(read_users), whether to read whole each security level that one of them has, too.
    type: bool
    default: false
  stop_at_levels:
    description:
      - Whether the task fails where a level of O(integrations) cannot be compared. Nothing more is looked at then.
    type: bool
    default: false
notes:
  - O(timeout) is for each look, as a tenant may have many users.
seealso:
  - module: msp.autotask.autotask_integrations
  - module: msp.autotask.autotask_security_level_info
  - module: msp.autotask.autotask_resource_info
"""

EXAMPLES = r"""
- name: Compare an integration with what is wanted
  msp.autotask.autotask_integrations_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    integrations:
      - name: Contract reports
        security_level:
          name: Contract Reader
          permissions:
            contracts:
              contracts:
                view: all
        resources:
          - key: reports
            user_name: contractreader1@msp.example
            active: true
  register: look

- name: Tell whether the level is as wanted
  ansible.builtin.assert:
    that:
      - not look.integrations[0].security_level.failed | default(false)
      - not look.integrations[0].security_level.changed

- name: See who can log in over the API, and what each of them may do
  msp.autotask.autotask_integrations_info:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    integrations: []
    read_users: true
    read_levels_of_users: true
"""

RETURN = r"""
integrations:
  description: What is to be said of each integration, in the order given.
  returned: when the options could be understood
  type: list
  elements: dict
  contains:
    name:
      description: Its name, as it was given.
      type: str
      sample: Contract reports
    security_level:
      description:
        - What M(msp.autotask.autotask_security_level) returns of the level in check mode, or, if it could not be
          compared, C(failed), C(msg) and C(failure) of that module. None if it is not managed, or was not come to.
      type: dict
      sample: {changed: true, created: true, unknown_settings: [], absent_settings: []}
    resources:
      description:
        - The users that were come to, in the order given. Each has its C(key), and what
          M(msp.autotask.autotask_resource) returns of a user in check mode, or, if it could not be compared, C(failed),
          C(msg) and C(failure) of that module.
      type: list
      elements: dict
      sample: [{key: reports, failed: true, msg: No API user was found., failure: {reason: user_missing}}]
security_levels:
  description: All levels, as M(msp.autotask.autotask_security_level_info) lists them.
  returned: with O(list_levels)
  type: list
  elements: dict
  sample: [{name: Contract Reader, system: false, api_only: true, active: true}]
levels_read:
  description: The levels that were read whole - those of O(read_levels), then those of the users.
  returned: when the options could be understood
  type: list
  elements: dict
  contains:
    name:
      description: Its name, as it was given or the list of users shows it.
      type: str
      sample: Contract Reader
    security_levels:
      description:
        - That level, as M(msp.autotask.autotask_security_level_info) returns it, or none. If it could not be read,
          there are C(failed), C(msg) and C(failure) of that module instead.
      returned: if it could be read
      type: list
      elements: dict
      sample: [{name: Contract Reader, settings: {Contracts: {Contracts: {View: All}}}}]
users_read:
  description: What was read of all API users.
  returned: with O(read_users)
  type: dict
  contains:
    resources:
      description:
        - The users, as M(msp.autotask.autotask_resource_info) returns them with C(details). If they could not be read,
          there are C(failed), C(msg) and C(failure) of that module instead.
      returned: if they could be read
      type: list
      elements: dict
      sample: [{name: "Reader, Contract", user_name: contractreader1@msp.example, security_level: Contract Reader}]
kept:
  description:
    - What is kept of each user that was come to, by its key, without secrets, as M(msp.autotask.credentials) returns
      it.
  returned: with O(credentials)
  type: dict
  sample: {reports: {user_name: contractreader1@msp.example, made_here: true, has_secret: true, secret_set: true}}
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
  description:
    - Why the module failed, for machines. It has what the other modules return as C(failure), and where it happened.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(wrong_password) or V(deadline_passed).
      type: str
      sample: wrong_password
    integration:
      description: The name of the integration that was being looked at; missing if none was.
      type: str
      sample: Contract reports
    object:
      description:
        - What was being looked at - V(security_level) or the C(key) of a user of that integration; or, of the tenant,
          V(security_levels), V(resources), or C(security level) with its name. Missing if nothing was.
      type: str
      sample: security_level
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
from ansible_collections.msp.autotask.plugins.module_utils._console.options import (
    console_options,
    console_settings,
    reading_journal_of,
    require_libraries,
    told,
)
from ansible_collections.msp.autotask.plugins.module_utils._kept import refuse_kept
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.integration_options import (
    hands_over,
    integrations_warnings,
    wanted_integrations,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.look_options import (
    asked,
    look_options,
    looks_result,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.looks import Looks
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report


def main() -> None:
    module = AnsibleModule(argument_spec={**look_options(), **console_options()}, supports_check_mode=True)
    given = module.params["integrations"]
    require_libraries(module, hands_over=hands_over(given))
    looks = Looks()

    def look(redactor: Redactor) -> dict[str, t.Any]:
        refuse_kept(module.params)
        wanted, journal = wanted_integrations(given), reading_journal_of(module)
        looks.take(asked(module.params), wanted, console_settings(module.params, redactor), journal)
        return {**looks_result(looks, given), **told(module, journal, integrations_warnings(looks))}

    def so_far() -> dict[str, t.Any]:
        return {**looks_result(looks, given), "warnings": integrations_warnings(looks)}

    report(module, look, so_far)


if __name__ == "__main__":
    main()
