#!/usr/bin/python
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: credentials
short_description: Keep the credentials of a tenant's API users
version_added: "0.9.0"
description:
  - Makes user names and secrets for API users of Autotask, and keeps them encrypted with Ansible Vault in one file
    for each tenant, before Autotask has them.
  - No secret is returned; other plugins of this collection take them from the same place.
  - Credentials are made only where there are none. Runs side by side end with the same ones, a file is written in one
    piece, and none is replaced that was not read before.
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - msp.autotask.attributes
  - msp.autotask.attributes.controller
attributes:
  check_mode:
    support: full
    details:
      - Nothing is made; the users that would be are in RV(made).
  diff_mode:
    support: none
    details:
      - A file of credentials is no text to show.
  idempotent:
    support: full
options:
  operation:
    description:
      - V(ensure) makes the credentials of O(users) where there are none.
      - V(read) tells what is kept.
      - V(archive) puts all credentials of the tenant away, still encrypted.
      - V(begin_rotation) makes new secrets for those of O(users) that are due, in the order given, and keeps them
        beside the old ones; what an interrupted rotation had begun is due alone. V(finish_rotation) lets the new ones
        take the place of the old.
    type: str
    choices: [ensure, read, archive, begin_rotation, finish_rotation]
    default: ensure
  tenant:
    description:
      - What tells the tenant from all others, such as the domain of its users. Credentials belong to a tenant; those
        of another one are refused.
    type: str
    required: true
  path:
    description:
      - The file. C(~) and variables of the environment are resolved; a relative path counts from where the run was
        started. It must not lie below an inventory folder.
    type: path
    required: true
  archive_folder:
    description:
      - Where V(archive) puts the file; the folder C(archive) beside it if left out. Nothing there is ever replaced.
    type: path
  store:
    description:
      - A program on the controller that keeps the credentials elsewhere; O(path) is not used then. It gets one JSON
        object on standard input, with C(operation), C(tenant), C(options), and C(text) and C(version) where it is to
        write, and answers with one on standard output; C(docs/credentials.md) in the repository says how.
    type: path
  store_options:
    description: What the program needs to know. Secrets are better in the environment.
    type: dict
  vault_password:
    description:
      - Encrypts the file. If left out, the vault secrets of the run do, however they were given (C(--vault-id),
        C(--vault-password-file), C(--ask-vault-pass), C(ansible.cfg)); a file keeps its vault id, and with several
        ids C(vault_encrypt_identity) says which encrypts a new file.
    type: str
  users:
    description: The users to have credentials for.
    type: list
    elements: dict
    default: []
    suboptions:
      key:
        description: Under which name the user's credentials are kept.
        type: str
        required: true
      integration:
        description:
          - What the user is for; O(users[].key) if left out. The name of a new user is derived from it, the tenant
            and the generation, so that runs that know nothing of each other make the same one, and Autotask refuses a
            second.
        type: str
      user_name:
        description:
          - The name of a user that somebody made by hand. It is kept only once the user was found in Autotask.
        type: str
      secret:
        description:
          - The secret of a user that was made by hand, or the one to give to a new user. For a user that was made
            here it must be the one that is kept.
        type: str
      generation:
        description: Another number gives another name, for a tenant where the first one belongs to somebody else.
        type: int
        default: 1
      rotation:
        description:
          - For V(finish_rotation), which of RV(rotations) it is. One that another run finished meanwhile is well; where
            a further one was begun, nothing is changed. If left out, whatever was begun is finished.
        type: str
  version:
    description:
      - For V(archive), the RV(version) that was read before; if anything else is stored by now, nothing is archived.
    type: str
  older_than:
    description: For V(begin_rotation), only secrets that are older than so many days.
    type: int
    default: 0
  made_by_hand:
    description:
      - For V(begin_rotation), whether the secrets of users that were made by hand are replaced, too; they are in use
        somewhere that is not known here.
    type: bool
    default: false
  proven:
    description:
      - For V(finish_rotation), whether the new secret was used to sign in. If not, the old one is kept beside it.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Have credentials before the user exists
  msp.autotask.credentials:
    tenant: msp.example
    path: credentials/msp.yml
    users:
      - key: contract_reports

- name: See since when the secret is in use
  msp.autotask.credentials:
    operation: read
    tenant: msp.example
    path: credentials/msp.yml
  register: result

- name: Put the credentials away
  msp.autotask.credentials:
    operation: archive
    tenant: msp.example
    path: credentials/msp.yml
    version: "{{ result.version }}"
"""

RETURN = r"""
tenant:
  description: Whose credentials these are.
  returned: success
  type: str
  sample: msp.example
version:
  description: Changes with everything that is stored; empty if nothing is.
  returned: success
  type: str
  sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
made:
  description: Keys of the users whose credentials were made, or in check mode would be.
  returned: when O(operation=ensure)
  type: list
  elements: str
  sample: [contract_reports]
due:
  description: Keys of the users whose secrets are replaced now, or in check mode would be.
  returned: when O(operation=begin_rotation)
  type: list
  elements: str
  sample: [contract_reports]
rotations:
  description: What tells the rotation of each of them from all others, by its key.
  returned: when O(operation=begin_rotation)
  type: dict
  sample: {contract_reports: 3f9c1b7a52d0e864}
archived_to:
  description: The file in the archive; none in check mode and if there was nothing.
  returned: when O(operation=archive)
  type: str
  sample: credentials/archive/msp-20261125.yml
users:
  description: What is kept of each user, by its key, without secrets.
  returned: success
  type: dict
  contains:
    user_name:
      description: The user name (key).
      type: str
      sample: qx7ka2m5d3tzw64
    made_here:
      description: Whether name and secret were made here, and not by hand.
      type: bool
      sample: true
    has_secret:
      description: Whether a secret is kept.
      type: bool
      sample: true
    secret_set:
      description: Whether the secret was saved in Autotask.
      type: bool
      sample: true
    secret_since:
      description: Since when the secret is kept.
      type: str
      sample: "2026-11-25T08:00:00Z"
    has_tracking_identifier:
      description: Whether the tracking identifier is known, which a log-in over REST needs.
      type: bool
      sample: false
    rotation_interrupted:
      description: Whether a rotation of the secret was begun and not ended.
      type: bool
      sample: false
failure:
  description: Why it failed, for machines.
  returned: failure
  type: dict
  contains:
    reason:
      description: A stable word, such as V(other_tenant), V(no_vault_secret) or V(credentials_not_readable).
      type: str
      sample: other_tenant
"""
