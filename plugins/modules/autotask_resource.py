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
  user_name:
    description:
      - The user name (key). With no C(@), the domain that Autotask's B(Generate Key) offers is put behind it.
    type: str
    required: true
  first_name:
    description: First name. Needed to create a user.
    type: str
  last_name:
    description: Last name. Needed to create a user.
    type: str
  email:
    description:
      - Where Autotask sends notices about the user, for example when it is locked. Needed to create a user.
    type: str
  security_level:
    description:
      - The security level, without the C((API-only)) that lists show. Needed to create a user.
    type: str
  security_level_planned:
    description:
      - Whether an earlier task is going to create O(security_level), so that in check mode it need not be on offer yet.
    type: bool
    default: false
  location:
    description:
      - Primary internal location, by its whole entry. When it is left out for a new user, Autotask's own choice is
        kept; if it makes none and offers only one, that is taken. Where the form has no such field, a warning says so.
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
      - V(on_create) sets O(secret) for a new user only, V(always) in every run. V(if_unused) sets it for a new user and
        for one that is inactive, and fails for an active one, as somebody may sign in with its secret.
    type: str
    choices: [always, if_unused, on_create]
    default: on_create
  handover:
    description:
      - What to do where the form has no box to type O(secret) into, but only shows a secret that Autotask made. With
        this option that one is taken, and written down sealed before it is saved; without it, the module fails before
        anything is saved. Which of the two a live tenant does for a user that exists is not known.
    type: dict
    suboptions:
      path:
        description:
          - The file to write on the host that runs the module. It must not exist; one that does may hold the only copy
            of the secret of a run that was killed. It is removed again if nothing was saved.
        type: path
        required: true
      public_key:
        description:
          - Public half of an X25519 key pair, its 32 bytes in base64. Only who has the private half opens the file.
        type: str
        required: true
      wait:
        description:
          - For how many seconds to wait, before saving, until the receiver has kept the secret. It says so by a file of
            the same name with C(.confirmed) behind it, that holds the SHA-256 of the first in hexadecimal digits. With
            V(0) the written file is enough.
        type: int
        default: 0
  integration_vendor:
    description:
      - The integration vendor whose tracking identifier the user has, as the list shows it, or one side of an entry
        C(Vendor - Integration). It can never be changed for a user; another one is a failure.
      - This or O(internal_integration) is needed to create a user.
    type: str
  internal_integration:
    description:
      - Name of an integration of your own; Autotask makes a custom tracking identifier for it. It can never be changed
        for a user.
    type: str
  active:
    description: Whether the user can be used. A new one can, if nothing is said.
    type: bool
  unlock:
    description: Whether a locked user is unlocked. Nothing locks one.
    type: bool
    default: false
  allow_another:
    description:
      - Whether a user may be created beside one with another user name that has the same name and e-mail address, or
        the same tracking identifier (if it is inactive, only with the same security level). Usually that is the same
        user, and its user name here is wrong.
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
      description: The whole user name, spelled as Autotask does.
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
    - The custom tracking identifier, where the form shows one. It is part of the credentials; register it with
      C(no_log). With O(credentials) it is kept there, and not returned.
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
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.msp.autotask.plugins.module_utils._console.console import in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import wordings
from ansible_collections.msp.autotask.plugins.module_utils._console.options import (
    console_options,
    console_settings,
    journal_of,
    refuse_empty,
    require_libraries,
    warnings_of,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import Tracking
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._handover import HandedOver, Handover, seal
from ansible_collections.msp.autotask.plugins.module_utils._kept import kept_option, refuse_kept
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.resource import Means, WantedUser, ensure
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report

TEXTS = (
    "user_name",
    "first_name",
    "last_name",
    "email",
    "security_level",
    "location",
    "date_format",
    "time_format",
    "number_format",
    "secret",
    "integration_vendor",
    "internal_integration",
)


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "user_name": {"type": "str", "required": True},
            "first_name": {"type": "str"},
            "last_name": {"type": "str"},
            "email": {"type": "str"},
            "security_level": {"type": "str"},
            "security_level_planned": {"type": "bool", "default": False},
            "location": {"type": "str"},
            "date_format": {"type": "str"},
            "time_format": {"type": "str"},
            "number_format": {"type": "str"},
            "secret": {"type": "str", "no_log": True},
            "update_secret": {
                "type": "str",
                "choices": ["always", "if_unused", "on_create"],
                "default": "on_create",
                "no_log": False,
            },
            "handover": {
                "type": "dict",
                "options": {
                    "path": {"type": "path", "required": True},
                    "public_key": {"type": "str", "required": True, "no_log": False},
                    "wait": {"type": "int", "default": 0},
                },
            },
            "integration_vendor": {"type": "str"},
            "internal_integration": {"type": "str"},
            "active": {"type": "bool"},
            "unlock": {"type": "bool", "default": False},
            "allow_another": {"type": "bool", "default": False},
            **kept_option(),
            **console_options(),
        },
        mutually_exclusive=[("integration_vendor", "internal_integration")],
        required_if=[("update_secret", update, ("secret",)) for update in ("always", "if_unused")],
        supports_check_mode=True,
    )
    require_libraries(module)
    report(module, lambda redactor: reconcile(module, redactor))


def reconcile(module: AnsibleModule, redactor: Redactor) -> dict[str, t.Any]:
    params = module.params
    refuse_kept(params)
    refuse_empty({name: params[name] for name in TEXTS})
    _refuse_malformed(params["secret"])
    wanted, handover = wanted_user(params), _handover_of(params["handover"])
    journal = journal_of(module)
    outcome = in_console(
        console_settings(params, redactor),
        journal,
        lambda window: ensure(window, wanted, Means(learn=redactor.add, handover=handover)),
    )
    return {
        "changed": outcome.changed,
        "diff": {"before": outcome.before, "after": outcome.after},
        "resource": outcome.state.as_data() if outcome.state else None,
        "created": outcome.created,
        "secret_set": outcome.secret_set,
        "secret_handed_over": outcome.handed_over,
        "tracking_identifier": outcome.tracking_identifier,
        "others": outcome.others,
        "steps": journal.steps,
        "messages": journal.messages,
        "landmarks": wordings(journal.wordings),
        "warnings": warnings_of(journal),
    }


def wanted_user(params: t.Mapping[str, t.Any]) -> WantedUser:
    """What the options ask for."""
    vendor, own = params["integration_vendor"], params["internal_integration"]
    return WantedUser(
        tracking=Tracking("vendor", vendor) if vendor else Tracking("custom", own) if own else None,
        replace_secret=params["update_secret"] != "on_create",
        refuse_in_use=params["update_secret"] == "if_unused",
        level_is_planned=params["security_level_planned"],
        **{name: params[name] for name in (*TEXTS[:-2], "active", "unlock", "allow_another")},
    )


def _handover_of(given: dict[str, t.Any] | None) -> Handover | None:
    if given is None:
        return None
    # A key that is none shall not turn up in the middle of the work.
    seal(HandedOver("", ""), given["public_key"])
    return Handover(Path(given["path"]), given["public_key"], given["wait"])


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
