# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's defaults as tests read them: the matrix, what a profile changes, and the access that is expected then."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from pathlib import Path

import jinja2.nativetypes
import yaml

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


def expected_access(values: Values) -> list[dict[str, t.Any]]:
    """Return the role's list for what it asks for, its templates filled in."""
    data = _load("expected_access.yml")
    names = {"__work365_integration_granted": _nested(values)}
    for name in ("__work365_integration_denied", "__work365_integration_may"):
        names[name] = _filled(data[name], names)
    return t.cast(list[dict[str, t.Any]], _filled(data["work365_integration_expected_access"], names))


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


def _filled(node: t.Any, names: dict[str, t.Any]) -> t.Any:
    if isinstance(node, dict):
        return {key: _filled(child, names) for key, child in node.items()}
    if isinstance(node, list):
        return [_filled(child, names) for child in node]
    if isinstance(node, str) and "{{" in node:
        return jinja2.nativetypes.NativeEnvironment(undefined=jinja2.StrictUndefined).from_string(node).render(names)
    return node
