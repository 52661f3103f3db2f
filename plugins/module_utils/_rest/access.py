# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an API user may do with an entity, as the service says it."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

ACTIONS = ("query", "create", "update", "delete")

# The live service sends words, its help page describes numbers.
LEVELS = {
    "none": "none",
    "0": "none",
    "all": "all",
    "1": "all",
    "restricted": "restricted",
    "2": "restricted",
}


@dataclasses.dataclass(frozen=True)
class Access:
    """What the calling user may do with one entity: action to C(all), C(restricted) or C(none)."""

    levels: dict[str, str]
    # What the entity offers to anybody; false also where the tenant lacks the module.
    offered: dict[str, bool]


def access_of(info: t.Mapping[str, t.Any]) -> Access | None:
    """Return the access that an C(entityInformation) block describes, or None when it does not say all of it."""
    lower = {key.lower(): value for key, value in info.items()}
    levels = {}
    for action in ACTIONS:
        said = lower.get(f"useraccessfor{action}")
        # A missing answer must not pass for the word None.
        level = None if said is None else LEVELS.get(str(said).strip().lower())
        if level is None:
            return None
        levels[action] = level
    return Access(levels, {action: lower.get(f"can{action}") is not False for action in ACTIONS})


def checked_name(entity: str) -> str:
    """Return the name if it can be one; it becomes part of an address."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", entity):
        raise AutotaskError(
            f"{entity!r} is not the name of an entity. Names are plural words like Companies or ContractServices.",
            reason="invalid_entity",
        )
    return entity
