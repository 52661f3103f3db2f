# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option of modules that take an API user's name and secret from where they are kept."""

from __future__ import annotations


class ModuleDocFragment:
    """C(msp.autotask.kept): whose credentials, where, and which user of them."""

    DOCUMENTATION = r"""
options:
  credentials:
    description:
      - Takes user name and secret from the credentials that M(msp.autotask.credentials) keeps on the controller, and
        notes there what came of it. What is made here is kept before Autotask has it. No secret is in the task, or in
        what it returns.
      - Works in a playbook only.
    type: dict
    suboptions:
      tenant:
        description: What tells the tenant from all others, such as the domain of its users.
        type: str
        required: true
      path:
        description: The file; see M(msp.autotask.credentials).
        type: path
        required: true
      archive_folder:
        description: Where a file goes that is archived.
        type: path
      store:
        description: A program that keeps the credentials elsewhere; see M(msp.autotask.credentials).
        type: path
      store_options:
        description: What that program needs to know.
        type: dict
      vault_password:
        description: Encrypts the credentials. If left out, the vault secrets of the run do.
        type: str
      key:
        description: Under which name the user's credentials are kept.
        type: str
        required: true
      integration:
        description: What the user is for; the key if left out. The name of a new user is derived from it.
        type: str
      generation:
        description: Another number gives another name, for a tenant where the first one belongs to somebody else.
        type: int
        default: 1
      purpose:
        description:
          - V(use) makes credentials where there are none, V(look) does not mind a rotation that was interrupted,
            V(rotate) uses the secret that a rotation is about to set, V(retire) uses no secret, so that no user can be
            made.
        type: str
        choices: [use, look, rotate, retire]
        default: use
      rotation:
        description:
          - For V(rotate), which rotation it is, as M(msp.autotask.credentials) returned it. One that another run
            finished meanwhile is no failure then.
        type: str
      take_over:
        description: Whether a user that is named may get a new secret, as nobody else uses it.
        type: bool
        default: false
      named_in:
        description: What messages call the place where a user is named, such as a variable of a role.
        type: str
        default: user_name
"""
