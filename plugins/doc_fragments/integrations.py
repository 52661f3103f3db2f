# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option that describes a tenant's integrations, made of those that describe a level and a user."""

from __future__ import annotations

import re
import typing as t

import yaml
from ansible_collections.msp.autotask.plugins.doc_fragments import resource, security_level

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
            description: What the results call the user, unique within the integration. V(security_level) is taken.
            type: str
            required: true
"""

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
    integration["security_level"]["suboptions"] = level
    integration["resources"]["suboptions"].update(user)
    return yaml.safe_dump(documented, sort_keys=False)


class ModuleDocFragment:
    """C(msp.autotask.integrations): what is wanted of a tenant's integrations."""

    DOCUMENTATION = _documentation()
