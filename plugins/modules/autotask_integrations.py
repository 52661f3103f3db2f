#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_integrations
short_description: Manage the integrations of a tenant in one run of the console
version_added: "0.9.0"
description:
  - Brings security levels, and the API users that have them, to what is wanted, with one browser and one log-in. It
    does what M(msp.autotask.autotask_security_level) and M(msp.autotask.autotask_resource) do, with fewer pages.
  - Each level and each user is an object of its own. One whose work is broken off before anything of it was written is
    begun once more, and those that were done before are not done again.
  - A failure ends the task. What was done to the objects before it is returned all the same.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.console_group
  - msp.autotask.console
  - msp.autotask.integrations
attributes:
  check_mode:
    support: full
    details:
      - As the two modules have it. A user may have a level that the same run would make.
  diff_mode:
    support: full
    details:
      - A list with the difference of each object that changes, in the order in which they are done. It holds neither
        secrets nor tracking identifiers.
  idempotent:
    support: partial
    details:
      - With O(integrations[].resources[].update_secret=always) every run sets the secret, because it can never be read.
notes:
  - O(timeout) is for the whole run.
  - A custom tracking identifier is part of the credentials, and is returned only where
    O(integrations[].resources[].return_tracking_identifier) asks for it, as
    RV(integrations[].resources[].tracking_identifier). With C(no_log) the task shows no difference either; with
    O(credentials) the identifier is kept, and not returned.
seealso:
  - module: msp.autotask.autotask_security_level
  - module: msp.autotask.autotask_resource
"""

EXAMPLES = r"""
- name: An integration with the user of its vendor, and one that proves what the level allows
  msp.autotask.autotask_integrations:
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
            user_name: contractreader1
            first_name: Contract
            last_name: Reader
            email: alerts@msp.example
            secret: "{{ vaulted_api_secret }}"
            integration_vendor: Work 365 Sync
          - key: verification
            user_name: contractcheck1
            first_name: Contract
            last_name: Check
            email: alerts@msp.example
            secret: "{{ vaulted_check_secret }}"
            internal_integration: Contract check
            return_tracking_identifier: true
  register: result
  no_log: true

- name: Another one, with a name and a secret that are made here and kept
  msp.autotask.autotask_integrations:
    console_username: "{{ console_username }}"
    console_password: "{{ console_password }}"
    credentials:
      tenant: msp.example
      path: "{{ inventory_dir }}/credentials/msp.yml"
    integrations:
      - name: Contract archive
        security_level:
          name: Contract Reader
        resources:
          - key: archive
            first_name: Contract
            last_name: Archive
            email: alerts@msp.example
            internal_integration: Contract archive
"""

RETURN = r"""
integrations:
  description:
    - What became of each integration, in the order given; after a failure, of those that the run got to.
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
        - What M(msp.autotask.autotask_security_level) returns of the level - C(changed), C(diff), C(security_level),
          C(created), C(changed_settings), C(unknown_settings) and C(absent_settings). None if it is not managed, or was
          not come to.
      type: dict
      sample: {changed: true, created: true, unknown_settings: [], absent_settings: []}
    resources:
      description:
        - The users that were come to, in the order given. Each has its C(key), and what
          M(msp.autotask.autotask_resource) returns of a user - C(changed), C(diff), C(resource), C(created),
          C(secret_set), C(secret_handed_over), C(others), and with O(credentials) C(kept).
      type: list
      elements: dict
      contains:
        key:
          description: Its key, as it was given.
          type: str
          sample: verification
        tracking_identifier:
          description:
            - The custom tracking identifier; none where the form shows none. It is part of the credentials.
          returned: with O(integrations[].resources[].return_tracking_identifier)
          type: str
          sample: ABCDEFGHIJKLMNOPQRSTUVWXYZ0
      sample: [{key: verification, changed: true, created: true, secret_set: true, secret_handed_over: false}]
kept:
  description:
    - What is kept of each user that was come to, by its key, without secrets, as M(msp.autotask.credentials) returns
      it.
  returned: with O(credentials)
  type: dict
  sample: {reports: {user_name: contractreader1@msp.example, made_here: true, has_secret: true, secret_set: true}}
diff:
  description: The difference of each object that changed, in the order in which they were done.
  returned: when the options could be understood
  type: list
  elements: dict
  sample: [{before: {active: false}, after: {active: true}, before_header: "Contract reports: security_level"}]
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
    - Why the module failed, for machines. It has what the two modules return as C(failure), and where it happened.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(wrong_password), V(not_stored) or V(other_user_name).
      type: str
      sample: other_user_name
    integration:
      description: The name of the integration that was being worked at; missing if none was.
      type: str
      sample: Contract reports
    object:
      description: What was being worked at, V(security_level) or the C(key) of a user; missing if nothing was.
      type: str
      sample: verification
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
    journal_of,
    require_libraries,
    told,
)
from ansible_collections.msp.autotask.plugins.module_utils._kept import refuse_kept
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.integration_options import (
    hands_over,
    integration_options,
    integrations_result,
    integrations_warnings,
    wanted_integrations,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.integrations import Integrations
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report


def main() -> None:
    module = AnsibleModule(
        argument_spec={**integration_options(), **console_options()},
        supports_check_mode=True,
    )
    given = module.params["integrations"]
    require_libraries(module, hands_over=hands_over(given))
    run = Integrations()

    def reconcile(redactor: Redactor) -> dict[str, t.Any]:
        refuse_kept(module.params)
        wanted, journal = wanted_integrations(given), journal_of(module)
        run.do(wanted, console_settings(module.params, redactor), journal)
        return {**integrations_result(run, given), **told(module, journal, integrations_warnings(run))}

    def so_far() -> dict[str, t.Any]:
        return {**integrations_result(run, given), "warnings": integrations_warnings(run)}

    report(module, reconcile, so_far)


if __name__ == "__main__":
    main()
