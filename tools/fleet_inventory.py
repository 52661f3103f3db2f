#!/usr/bin/env python3
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An Ansible inventory of the simulated tenants (the demo, the tests and molecule use it).

One host per tenant, as in playbooks/examples/inventory.yml. What only a tenant's own people know (log-in data, the name
of a user that exists already) comes from the fleet file, so none of it is written to disk or to a command line.
"""

from __future__ import annotations

import json
import os
import typing as t
from pathlib import Path

from autotask_simulator.fleet import TenantSpec, load_fleet


def tenant_variables(spec: TenantSpec) -> dict[str, t.Any]:
    variables = {
        "work365_integration_console_username": spec.admin.user_name,
        "work365_integration_console_password": spec.admin.password,
    }
    if spec.two_factor:
        variables["work365_integration_console_totp_secret"] = spec.admin.totp_secret
    # A picker lists nothing before something is typed, so nobody sees that there is one only.
    if len(spec.locations) > 1 or spec.pickers:
        variables["work365_integration_location"] = spec.locations[0]
    for user in spec.api_users:
        if user.vendor:
            variables["work365_integration_user_name"] = user.user_name
            # Whoever made the user by hand typed this secret into Work 365.
            variables["work365_integration_secret"] = user.secret
    return variables


def common_variables(folder: Path) -> dict[str, t.Any]:
    variables: dict[str, t.Any] = {
        "work365_integration_email": "work365@msp.example",
        "work365_integration_credentials_file": f"{folder}/credentials/{{{{ inventory_hostname }}}}.yml",
        "work365_integration_handover_file": f"{folder}/handover/{{{{ inventory_hostname }}}}.md",
        "work365_integration_verify": True,
        # The simulator accepts new users at once unless its fleet file says otherwise.
        "work365_integration_verify_wait": 10,
    }
    simulator = folder / "simulator.json"
    if simulator.exists():
        url = json.loads(simulator.read_text(encoding="utf-8"))["url"]
        variables["work365_integration_console_url"] = url
        variables["work365_integration_api_url"] = f"{url}ATServicesRest/"
    return variables


def main() -> None:
    tenants = load_fleet(os.environ["AUTOTASK_FLEET"])
    hostvars = {spec.domain: tenant_variables(spec) for spec in tenants}
    inventory = {
        "autotask": {"hosts": list(hostvars), "vars": common_variables(Path(os.environ["AUTOTASK_RUN_FOLDER"]))},
        "_meta": {"hostvars": hostvars},
    }
    print(json.dumps(inventory))


if __name__ == "__main__":
    main()
