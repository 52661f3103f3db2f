# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option that describes a tenant's integrations, made of those that describe a level and a user."""

from __future__ import annotations

import re
import typing as t

import yaml
from ansible_collections.msp.autotask.plugins.doc_fragments import kept, resource, security_level
from ansible_collections.msp.autotask.plugins.module_utils._kept import COMMON, OF_ONE

OWN = r"""
options:
  integrations:
    description:
      - The integrations. All levels are looked at first, then all users, each in the order given.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: What the results call it. Each has a name of its own.
        type: str
        required: true
      security_level:
        description: The security level. If not given, none is managed.
        type: dict
      resources:
        description: Its API users.
        type: list
        elements: dict
        default: []
        suboptions:
          key:
            description:
              - What the results call the user, unique within the integration. V(security_level) is taken.
              - With O(credentials), its credentials are kept under this name, so it is unique within the tenant.
            type: str
            required: true
  credentials:
    description:
      - Takes user names and secrets from the credentials that M(msp.autotask.credentials) keeps on the controller, and
        notes there what came of each user, also if the task fails later. What is made here is kept before Autotask has
        it, and put away again if the task did not come to the user. No secret is in what the task returns.
      - Works in a playbook only.
    type: dict
    suboptions:
      secrets:
        description: Secrets of users that were made by hand, by the users' keys.
        type: dict
"""

WITH_CREDENTIALS = "With O(credentials)."

LEVEL_OF_ITS_INTEGRATION = "If not given, it is the level that the same integration manages."


def _options(documentation: str, place: str) -> dict[str, t.Any]:
    """The options of a fragment, speaking of each other as they do at *place*."""
    names = "|".join(yaml.safe_load(documentation)["options"])
    moved = re.sub(rf"\bO\(({names})\b", lambda found: f"O({place}.{found[1]}", documentation)
    options: dict[str, t.Any] = yaml.safe_load(moved)["options"]
    return options


def _documentation() -> str:
    documented = yaml.safe_load(OWN)
    integration = documented["options"]["integrations"]["suboptions"]
    level = _options(security_level.ModuleDocFragment.DOCUMENTATION, "integrations[].security_level")
    user = _options(resource.ModuleDocFragment.DOCUMENTATION, "integrations[].resources[]")
    user["security_level"]["description"].append(LEVEL_OF_ITS_INTEGRATION)
    of_one = yaml.safe_load(kept.ModuleDocFragment.DOCUMENTATION)["options"]["credentials"]["suboptions"]
    for name in OF_ONE:
        user[name] = {**of_one[name], "description": [of_one[name]["description"], WITH_CREDENTIALS]}
    integration["security_level"]["suboptions"] = level
    integration["resources"]["suboptions"].update(user)
    documented["options"]["credentials"]["suboptions"].update({name: of_one[name] for name in COMMON})
    return yaml.safe_dump(documented, sort_keys=False)


class ModuleDocFragment:
    """C(msp.autotask.integrations): what is wanted of a tenant's integrations."""

    DOCUMENTATION: str = _documentation()
