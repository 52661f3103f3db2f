#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: session
short_description: Let a person log in to Autotask, and keep the session
version_added: "0.9.0"
description:
  - Opens a browser with a window at the console and waits until a person has logged in there, by single sign-on, a
    push, a passkey or whatever the tenant wants. Then it keeps the session, encrypted with Ansible Vault, and ends the
    browser. It types nothing itself.
  - The file is for the option O(msp.autotask.autotask_resource#module:session) of the console modules, on this machine
    or another one. It is as good as a password until Autotask ends the session; 8 hours without use are known, and an
    identity provider may end it earlier.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
attributes:
  check_mode:
    support: full
    details:
      - No browser is opened.
  diff_mode:
    support: none
    details:
      - A session is no text to show.
  idempotent:
    support: none
    details:
      - Each run makes a new session.
requirements:
  - playwright >= 1.49
  - cryptography
  - Chromium or Google Chrome, and a display
options:
  path:
    description:
      - Where the session is kept. It must not lie below an inventory folder. What is there and cannot be opened is
        never replaced.
    type: path
    required: true
  vault_password:
    description:
      - Encrypts the session. If not set, the vault secrets of the run do.
    type: str
  console_url:
    description:
      - Where to log in, as for M(msp.autotask.autotask_resource).
      - If not set, the value of the environment variable E(AUTOTASK_CONSOLE_URL) is used.
    type: str
    default: https://www.autotask.net
  browser_executable:
    description:
      - The browser to start; one with windows. If not set, an installed Chromium or Google Chrome is used.
    type: path
  browser_endpoint:
    description:
      - Address of a running browser to use instead, whose window the person sees. It may hold a token, so it is never
        shown.
    type: str
  proxy:
    description:
      - Address of the proxy for the browser. If not set, the one that the environment names. It may hold a password, so
        it is never shown.
    type: str
  timeout:
    description:
      - Seconds that the person has.
    type: int
    default: 600
notes:
  - Works in playbooks only, where its action plugin encrypts and keeps what the browser has.
  - It was tried with the simulator only, as a person at a browser without a window.
seealso:
  - module: msp.autotask.autotask_security_level
"""

EXAMPLES = r"""
- name: Let somebody log in by single sign-on
  msp.autotask.session:
    console_url: https://ww4.autotask.net
    path: ~/sessions/alder.yml
"""

RETURN = r"""
path:
  description: Where the session is kept.
  returned: success
  type: str
  sample: /home/msp/sessions/alder.yml
failure:
  description: Why the module failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(nobody_logged_in) or V(no_window).
      type: str
      sample: nobody_logged_in
"""

import json
import typing as t
from dataclasses import asdict

from ansible.module_utils.basic import AnsibleModule, env_fallback
from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import BrowserSettings
from ansible_collections.msp.autotask.plugins.module_utils._console.console import ENTRY
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.by_person import session_of_person
from ansible_collections.msp.autotask.plugins.module_utils._console.options import (
    reading_journal_of,
    require_libraries,
)
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._kept import PUBLIC_KEY
from ansible_collections.msp.autotask.plugins.module_utils._proxy import proxy_for
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report
from ansible_collections.msp.autotask.plugins.module_utils._run import RUN


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "path": {"type": "path", "required": True},
            "vault_password": {"type": "str", "no_log": True},
            "console_url": {"type": "str", "default": ENTRY, "fallback": (env_fallback, ["AUTOTASK_CONSOLE_URL"])},
            "browser_executable": {"type": "path"},
            "browser_endpoint": {"type": "str", "no_log": True},
            "proxy": {"type": "str", "no_log": True},
            "timeout": {"type": "int", "default": 600},
            RUN: {"type": "dict"},
            PUBLIC_KEY: {"type": "str", "no_log": False},
        },
        supports_check_mode=True,
    )
    require_libraries(module, hands_over=True)
    report(module, lambda _redactor: log_in(module.params, module))


def log_in(params: t.Mapping[str, t.Any], module: AnsibleModule) -> dict[str, t.Any]:
    """What the browser has, sealed for the action plugin in front of the module."""
    if not params[PUBLIC_KEY]:
        raise AutotaskError("'session' works in a playbook only. Nothing was done.", "invalid_option")
    endpoint = params["browser_endpoint"]
    proxy = None if endpoint else proxy_for(params["console_url"], params["proxy"])
    browser = BrowserSettings(params["browser_executable"], endpoint, headless=False, proxy=proxy)
    journal = reading_journal_of(module)
    made = session_of_person(params["console_url"], browser, journal)
    content = _handover.HandedOver("", json.dumps(asdict(made)))
    return {"changed": True, "sealed": _handover.seal(content, params[PUBLIC_KEY]), "warnings": journal.warnings}


if __name__ == "__main__":
    main()
