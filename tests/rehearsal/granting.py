# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives a simulated security level what the role's matrix grants, straight into the simulator's store.

No browser takes part, so that each value of the matrix can be tried by itself in a moment.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml
from autotask_simulator.records import Settings
from autotask_simulator.settings_page import Control, Page, page_for
from autotask_simulator.store import Tenant

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

# What the matrix calls a value, and the words of a list that mean it, best first.
WORDS: dict[t.Any, tuple[str, ...]] = {
    True: ("Yes", "All"),
    False: ("No", "None"),
    "all": ("All", "Yes"),
    "none": ("None", "No"),
    "full": ("Full",),
}


@dataclass(frozen=True)
class Right:
    """One value of the matrix; *path* is like C(contracts.contracts.view)."""

    path: str
    value: t.Any
    necessity: str

    @property
    def key(self) -> tuple[str, str, str | None]:
        section, setting, *column = self.path.split(".")
        return section, setting, column[0] if column else None


def matrix() -> list[Right]:
    """Return every value of the role's defaults, section by section."""
    data = yaml.safe_load((DEFAULTS / "permissions.yml").read_text(encoding="utf-8"))
    return [right for section in SECTIONS for right in _rights(data[f"work365_integration_{section}"], section)]


def _rights(node: t.Any, path: str) -> t.Iterator[Right]:
    for key, child in node.items():
        if isinstance(child, dict) and "value" in child:
            yield Right(f"{path}.{key}", child["value"], child["necessity"])
        elif isinstance(child, dict):
            yield from _rights(child, f"{path}.{key}")


def controls(tenant: Tenant) -> dict[tuple[str, str, str | None], Control]:
    """Return what can be set on the tenant's page for API-only levels."""
    return {(c.section, c.key, c.column): c for c in _page(tenant).controls.values()}


def granted(tenant: Tenant, without: str | None = None, beyond: t.Mapping[str, t.Any] | None = None) -> Settings:
    """Return the settings that the matrix stands for: No Permission, then its values.

    *without* is the path of one value to take away again, *beyond* adds values by their paths.
    """
    page = _page(tenant)
    settings = page.filled(full=False)
    on_page = controls(tenant)
    rights = [*matrix(), *(Right(path, value, "") for path, value in (beyond or {}).items())]
    for right in rights:
        control = on_page.get(right.key)
        if control:
            control.write(settings, word(control, right.value))
    if without:
        control = on_page[Right(without, None, "").key]
        control.write(settings, taken_away(control))
    return page.settled(settings)


def taken_away(control: Control) -> t.Any:
    """Return the value that grants least: what No Permission leaves, but the tick of a box that restricts."""
    return True if control.restricts else control.empty


def word(control: Control, value: t.Any) -> t.Any:
    """Return the stored value that the matrix's value means for a control."""
    if control.kind != "list":
        return value
    if value in control.meanings:
        return value
    for meaning in WORDS.get(value, ()):
        if meaning in control.meanings:
            return meaning
    if value == "none":
        # A list without None: its lowest word is the floor that No Permission leaves.
        return control.meanings[-1]
    raise LookupError(f"{control.section}.{control.key}: no word for {value!r} among {control.meanings}")


def _page(tenant: Tenant) -> Page:
    return page_for(tenant.options, api_only=True)
