#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: autotask_zone_info
short_description: Find the Autotask zone of a user name
version_added: "0.9.0"
description:
  - Looks up which zone (data centre) serves a user name, and under which addresses.
  - Needs no credentials and costs one request.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.info_module
  - msp.autotask.attributes.rest_group
  - msp.autotask.api
options:
  user_name:
    description:
      - The user name to look up, in full, of an API user or of a person.
    type: str
    required: true
  tenant:
    description:
      - Which tenant it must be, as for M(msp.autotask.autotask_resource). Only a zone, or the domain of O(user_name),
        can be compared here.
    type: str
seealso:
  - module: msp.autotask.autotask_access_info
"""

EXAMPLES = r"""
- name: Find the zone of the tenant
  msp.autotask.autotask_zone_info:
    user_name: api.user@msp.example
  register: result

- name: Show where the tenant is served
  ansible.builtin.debug:
    msg: "{{ result.zone.name }}: REST at {{ result.zone.api_url }}, web at {{ result.zone.web_url }}"
"""

RETURN = r"""
zone:
  description: The zone that serves the user name.
  returned: success
  type: dict
  contains:
    name:
      description: Autotask's name for the zone.
      type: str
      sample: America East 2
    number:
      description: The number in the zone's address (C(webservices14)), which other products ask for; none where it has
        none.
      type: int
      sample: 14
    api_url:
      description: Root of the zone's REST API, with a slash at the end.
      type: str
      sample: https://webservices14.autotask.net/ATServicesRest/
    web_url:
      description: Address of the zone's web interface.
      type: str
      sample: https://ww14.autotask.net/
    ci:
      description: The number that Autotask calls C(ci), as it sends it. Its meaning is not published.
      type: int
      sample: 475001
failure:
  description: Why the module failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description:
        - A stable word, such as V(unknown_user), V(not_reachable), V(not_autotask), V(certificate) or V(insecure_url).
      type: str
      sample: unknown_user
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report
from ansible_collections.msp.autotask.plugins.module_utils._rest.options import (
    certificate_warnings,
    connection_options,
    require_requests,
    transport_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.zone import find_zone
from ansible_collections.msp.autotask.plugins.module_utils._tenant import Tenant, kind_of, refuse_other, zone_of


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "user_name": {"type": "str", "required": True},
            "tenant": {"type": "str"},
            **connection_options(),
        },
        supports_check_mode=True,
    )
    require_requests(module)
    params = module.params

    def look_up(redactor: Redactor) -> dict[str, t.Any]:
        zone = find_zone(transport_of(params), params["api_url"], params["user_name"])
        if params["tenant"] and kind_of(params["tenant"]) != "database":
            domain = params["user_name"].rpartition("@")[2]
            refuse_other(params["tenant"], Tenant(domains=(domain,), zone=zone_of(zone.api_url)))
        return {"changed": False, "zone": zone.as_dict(), "warnings": certificate_warnings(params)}

    report(module, look_up)


if __name__ == "__main__":
    main()
