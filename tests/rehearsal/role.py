# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's defaults as tests read them: the matrix, what a profile changes, and the access that is expected then."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.expected_access import expected_access

DEFAULTS = Path(__file__).parents[2] / "roles/work365_integration/defaults/main"
SECTIONS = (
    "contracts",
    "crm",
    "inventory",
    "service_desk",
    "documents_knowledgebase",
    "timesheet",
    "admin",
    "other",
    "web_services_api",
)

Values = dict[str, t.Any]
"""Values by their paths, like C(contracts.contracts.view)."""


@dataclass(frozen=True)
class Right:
    """One value of the matrix."""

    path: str
    value: t.Any
    necessity: str


def matrix() -> list[Right]:
    """Return every value of the role's defaults, section by section."""
    data = _load("permissions.yml")
    return [
        Right(path, entry["value"], entry["necessity"])
        for section in SECTIONS
        for path, entry in _leaves(data[f"work365_integration_{section}"], section)
        if isinstance(entry, dict)
    ]


def wanted(profile: str = "full_sync") -> Values:
    """Return what the role asks for with a profile."""
    changes = _load("profiles.yml")["work365_integration_profiles"][profile]["permissions"]
    values = {right.path: right.value for right in matrix()}
    return {**values, **dict(_leaves(changes, ""))}


def expected_of(values: Values) -> list[dict[str, t.Any]]:
    """Return the role's list for what it asks for."""
    return expected_access(_load("expected_access.yml")["work365_integration_expected_access"], _nested(values))


def _load(name: str) -> dict[str, t.Any]:
    return t.cast(dict[str, t.Any], yaml.safe_load((DEFAULTS / name).read_text(encoding="utf-8")))


def _leaves(node: t.Any, path: str) -> t.Iterator[tuple[str, t.Any]]:
    if not isinstance(node, dict) or "value" in node:
        yield path, node
        return
    for key, child in node.items():
        yield from _leaves(child, f"{path}.{key}" if path else key)


def _nested(values: Values) -> dict[str, t.Any]:
    tree: dict[str, t.Any] = {}
    for path, value in values.items():
        *above, last = path.split(".")
        place = tree
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    return tree
