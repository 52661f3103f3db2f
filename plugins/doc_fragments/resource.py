# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe an API user."""

from __future__ import annotations


class ModuleDocFragment:
    """C(msp.autotask.resource): what is wanted of one user."""

    DOCUMENTATION = r"""
options:
  user_name:
    description:
      - The user name (key). With no C(@), the domain that Autotask's B(Generate Key) offers is put behind it.
      - With O(credentials) it may be left out; then it is the one that is kept.
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
        With O(credentials) it is taken from there.
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
  state:
    description:
      - V(present) makes sure that there is the user. V(inactive) makes it inactive, for which O(user_name) is enough;
        a user that does not exist is a failure then, since none ever goes away and its name must be wrong.
    type: str
    choices: [inactive, present]
    default: present
  active:
    description: Whether the user can be used. A new one can, if nothing is said.
    type: bool
  unlock:
    description: Whether a locked user is unlocked. No option locks a user.
    type: bool
    default: false
  allow_another:
    description:
      - Whether a user may be created beside one with another user name that has the same name and e-mail address, or
        the same tracking identifier (if it is inactive, only with the same security level). Usually that is the same
        user, and its user name here is wrong.
    type: bool
    default: false
  return_tracking_identifier:
    description:
      - Whether C(tracking_identifier) is returned, the custom tracking identifier that Autotask made. It is needed to
        sign in, and a secret like the others.
    type: bool
    default: false
"""
