#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_access_info
short_description: Prove what an Autotask API user may really do
version_added: "0.9.0"
description:
  - Signs in to the REST API as an API user and asks, entity by entity, what that user may query, create, update and
    delete.
  - Compares the answers with what is expected, in both directions. What is needed must be granted, and what is
    forbidden must not be.
  - Never writes. It asks Autotask what it would allow; it does not try.
  - Uses Autotask's listing of all entities where the service answers it and the listing agrees with a sample, which
    makes 6 requests in all, and else asks entity by entity, which makes 6 requests more than there are entities at
    most. Tenants have 10,000 requests an hour for all their integrations together; the module does not begin where too
    few are left.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.info_module
  - msp.autotask.attributes.rest_group
  - msp.autotask.api
  - msp.autotask.api.credentials
  - msp.autotask.kept
options:
  expected:
    description:
      - What the user should be able to do, and what not.
      - The same entity may occur in several entries, so that each can have its own reason.
    type: list
    elements: dict
    suboptions:
      entity:
        description:
          - The entity's name in the REST API, a plural like V(Companies) or V(ContractServices).
        type: str
        required: true
      query: &necessity
        description: &about_necessity
          - V(needed) passes with full and with restricted access, and the latter is reported.
          - V(recommended) is the same, but its absence is a warning, not an error.
          - V(forbidden) passes without access. Full access is an error, restricted access a warning, because it can be
            what is left where Autotask offers no lower value.
          - If not set, the action is not looked at.
        type: str
        choices: [needed, recommended, forbidden]
      create: *necessity
      update: *necessity
      delete: *necessity
      reason:
        description:
          - Why, as a sentence. It is shown with each deviation.
        type: str
  entities:
    description:
      - Names of further entities whose access is read and returned without being judged.
    type: list
    elements: str
  security_level:
    description:
      - Name of the security level that the user should have. A different one speaks against the proof.
      - Can only be checked where the user may query C(Resources).
    type: str
  wait:
    description:
      - Seconds that a new API user may take to be accepted; Autotask can need about five minutes (V(300)).
      - Whatever the number, there are at most three sign-ins, at once, after half of the time and at its end, because
        Autotask locks an API user after some refused ones. With V(0) there is one.
    type: int
    default: 0
  fail_on_mismatch:
    description:
      - Whether the module fails when the proof fails. The findings are then in RV(failure).
      - The default V(false) returns RV(proven) for the playbook to decide.
      - A user that cannot sign in is always a failure.
    type: bool
    default: false
seealso:
  - module: msp.autotask.autotask_zone_info
"""

EXAMPLES = r"""
- name: Prove that the API user can do its work and no more
  msp.autotask.autotask_access_info:
    api_user_name: "{{ vault_api_user_name }}"
    api_secret: "{{ vault_api_secret }}"
    api_integration_code: "{{ vault_api_integration_code }}"
    wait: 300
    expected:
      - entity: Companies
        query: needed
        create: needed
        update: recommended
        reason: Customers are searched by name and made where they are missing.
      - entity: Resources
        query: needed
        reason: A new customer needs an owner.
      - entity: Resources
        update: forbidden
        reason: An integration has no business changing people.
  register: result

- name: Show the report
  ansible.builtin.debug:
    msg: "{{ [result.verdict] + result.report }}"

- name: Insist on it
  ansible.builtin.assert:
    that: result.proven
    fail_msg: "{{ result.verdict }}"

- name: Only read the access to two entities, with the credentials from the environment
  msp.autotask.autotask_access_info:
    entities: [Tickets, TimeEntries]
  register: result
"""

RETURN = r"""
proven:
  description:
    - Whether no error was found. Warnings do not count.
    - V(false) if O(expected) was not given.
  returned: success
  type: bool
  sample: true
verdict:
  description: The result in one sentence.
  returned: success
  type: str
  sample: "Not proven for api.user@msp.example: 1 missing, 1 restricted (of 42 looked at)."
report:
  description: One sentence per finding, errors first. Empty if everything is as expected.
  returned: success
  type: list
  elements: str
  sample:
    - "error: Products create: needed but not granted. Products that are missing are made."
access:
  description: What the user may do, entity by entity. Each of C(query), C(create), C(update) and C(delete) is V(all),
    V(restricted) or V(none).
  returned: success
  type: dict
  sample:
    Companies: {query: all, create: all, update: restricted, delete: none}
missing:
  description: What should be granted and is not.
  returned: success
  type: list
  elements: dict
  contains: &finding
    entity:
      description: The entity's name.
      type: str
      sample: Products
    action:
      description: One of V(query), V(create), V(update) and V(delete).
      type: str
      sample: create
    necessity:
      description: What was expected, V(needed), V(recommended) or V(forbidden).
      type: str
      sample: needed
    access:
      description: What was found, V(all), V(restricted) or V(none).
      type: str
      sample: none
    severity:
      description: V(error) if this disproves the level, else V(warning).
      type: str
      sample: error
    reason:
      description: The reason from O(expected).
      type: str
      sample: Products that are missing are made.
    offered:
      description: Whether Autotask offers the action to anybody in this tenant. V(false) often means that a module is
        switched off.
      type: bool
      sample: true
excess:
  description: What should not be granted and is.
  returned: success
  type: list
  elements: dict
  contains: *finding
restricted:
  description: What should be granted and is, but with restrictions that Autotask does not name.
  returned: success
  type: list
  elements: dict
  contains: *finding
unread:
  description: Entities whose access could not be read, so that nothing is known about them.
  returned: success
  type: list
  elements: dict
  contains:
    entity:
      description: The entity's name.
      type: str
      sample: Companys
    severity:
      description: V(error) if something about the entity remains unproven, else V(warning).
      type: str
      sample: error
    reason:
      description: A stable word, as in RV(failure.reason).
      type: str
      sample: not_found
    message:
      description: What happened.
      type: str
      sample: There is no such address.
user:
  description: The user's own record. None where the level does not let it be read.
  returned: success
  type: dict
  contains:
    id:
      description: The resource's number.
      type: int
      sample: 29683000
    user_name:
      description: The user name as the record has it.
      type: str
      sample: api.user@msp.example
    first_name:
      description: The first name.
      type: str
      sample: Work 365
    last_name:
      description: The last name.
      type: str
      sample: API
    email:
      description: The e-mail address.
      type: str
      sample: admin@msp.example
    active:
      description: Whether the user is active.
      type: bool
      sample: true
    license_type:
      description: The license type by name.
      type: str
      sample: API User
    security_level:
      description: The security level by name.
      type: str
      sample: Work 365 API User
    security_level_id:
      description: The security level's number in this tenant.
      type: int
      sample: 52
zone:
  description: The user's zone, as M(msp.autotask.autotask_zone_info) returns it.
  returned: success
  type: dict
  sample:
    name: America East 2
    number: 14
    api_url: https://webservices14.autotask.net/ATServicesRest/
    web_url: https://ww14.autotask.net/
    ci: 475001
threshold:
  description: How many requests the tenant may take in how many minutes, and how many it has taken. None where it does
    not say.
  returned: success
  type: dict
  sample: {limit: 10000, used: 412, minutes: 60}
listed:
  description: Whether Autotask's listing of all entities could be used.
  returned: success
  type: bool
  sample: true
sign_ins:
  description: How often the user had to sign in until it was accepted.
  returned: success
  type: int
  sample: 1
requests:
  description: How many requests were sent.
  returned: success
  type: int
  sample: 6
failure:
  description: Why the module failed, for machines. With O(fail_on_mismatch=true) it also has all the keys above.
  returned: failure
  type: dict
  contains:
    reason:
      description:
        - A stable word, such as V(wrong_credentials), V(malformed_credentials), V(unknown_user), V(not_proven),
          V(not_reachable), V(busy), V(not_autotask), V(redirected), V(threshold), V(thread_limit), V(certificate) or
          V(insecure_url).
      type: str
      sample: wrong_credentials
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._kept import kept_option, refuse_kept
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report
from ansible_collections.msp.autotask.plugins.module_utils._rest.access import ACTIONS, checked_name
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, Credentials
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import NECESSITIES, expectations_of
from ansible_collections.msp.autotask.plugins.module_utils._rest.options import (
    certificate_warnings,
    connection_options,
    credential_options,
    require_requests,
    transport_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.verification import verify


def argument_spec() -> dict[str, t.Any]:
    necessity = {"type": "str", "choices": list(NECESSITIES)}
    expectation = {
        "entity": {"type": "str", "required": True},
        **dict.fromkeys(ACTIONS, necessity),
        "reason": {"type": "str"},
    }
    return {
        "expected": {"type": "list", "elements": "dict", "options": expectation},
        "entities": {"type": "list", "elements": "str"},
        "security_level": {"type": "str"},
        "wait": {"type": "int", "default": 0},
        "fail_on_mismatch": {"type": "bool", "default": False},
        **connection_options(),
        **credential_options(),
        **kept_option(),
    }


def prove(params: dict[str, t.Any]) -> dict[str, t.Any]:
    refuse_kept(params)
    expectations = expectations_of(params["expected"] or [])
    entities = [checked_name(entity) for entity in params["entities"] or []]
    credentials = Credentials(params["api_user_name"], params["api_secret"], params["api_integration_code"])
    client = Client(transport_of(params, params["wait"]), params["api_url"], credentials)
    result = verify(client, entities, expectations, params["security_level"], params["wait"])
    result["warnings"] += certificate_warnings(params)
    if params["fail_on_mismatch"] and expectations and not result["proven"]:
        raise AutotaskError(" ".join([result["verdict"], *result["report"]]), reason="not_proven", **result)
    return result


def main() -> None:
    module = AnsibleModule(
        argument_spec=argument_spec(),
        required_one_of=[("expected", "entities")],
        supports_check_mode=True,
    )
    require_requests(module)
    report(module, lambda _redactor: {"changed": False, **prove(module.params)})


if __name__ == "__main__":
    main()
