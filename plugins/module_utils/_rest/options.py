# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that the REST modules share; the doc fragment C(api) describes them."""

from __future__ import annotations

import typing as t

from ansible.module_utils.basic import env_fallback, missing_required_lib
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import (
    REQUESTS_IMPORT_ERROR,
    Settings,
    Transport,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.zone import DISCOVERY_URL

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule


def connection_options() -> dict[str, t.Any]:
    """Return the options that every REST module takes."""
    return {
        "api_url": {"type": "str", "default": DISCOVERY_URL, "fallback": (env_fallback, ["AUTOTASK_API_URL"])},
        "timeout": {"type": "int", "default": 120},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        # It may hold a password.
        "proxy": {"type": "str", "no_log": True},
    }


def credential_options() -> dict[str, t.Any]:
    """Return the options of the modules that sign in as an API user."""
    return {
        "api_user_name": {"type": "str", "required": True, "fallback": (env_fallback, ["AUTOTASK_API_USER_NAME"])},
        "api_secret": secret_option("AUTOTASK_API_SECRET"),
        "api_integration_code": secret_option("AUTOTASK_API_INTEGRATION_CODE"),
    }


def secret_option(variable: str) -> dict[str, t.Any]:
    return {"type": "str", "required": True, "no_log": True, "fallback": (env_fallback, [variable])}


def require_requests(module: AnsibleModule) -> None:
    """Leave with Ansible's usual message where the library is not installed."""
    if REQUESTS_IMPORT_ERROR:
        module.fail_json(
            msg=missing_required_lib("requests", reason="with urllib3 2.2 or newer, for the REST API"),
            exception=REQUESTS_IMPORT_ERROR,
            failure={"reason": "missing_library"},
        )


def transport_of(params: t.Mapping[str, t.Any], wait: float = 0) -> Transport:
    """Return the transport that the options describe; *wait* comes on top of the time budget."""
    for name in ("timeout", "wait"):
        if (params.get(name) or 0) < (1 if name == "timeout" else 0):
            raise AutotaskError(f"{name} is {params[name]}; give a number of seconds.", reason="invalid_option")
    return Transport(Settings(params["timeout"] + wait, params["validate_certs"], params["ca_path"], params["proxy"]))


def certificate_warnings(params: t.Mapping[str, t.Any]) -> list[str]:
    if params["validate_certs"]:
        return []
    return [
        "Certificates are not checked: anyone who intercepts the connection can read the secret. Use ca_path instead "
        "of validate_certs=false."
    ]
