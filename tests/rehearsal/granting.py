# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives a simulated security level what the role asks for, straight into the simulator's store.

No browser takes part, so that each value of the matrix can be tried by itself in a moment.
"""

from __future__ import annotations

import typing as t

from autotask_simulator.records import Settings
from autotask_simulator.settings_page import Control, Page, page_for
from autotask_simulator.store import Tenant

from .role import Values

# What the role calls a value, and the words of a list that mean it, best first.
WORDS: dict[t.Any, tuple[str, ...]] = {
    True: ("Yes", "All"),
    False: ("No", "None"),
    "all": ("All", "Yes"),
    "none": ("None", "No"),
    "full": ("Full",),
}


def settings_for(tenant: Tenant, values: Values, without: str | None = None) -> Settings:
    """Return the settings of a level after No Permission and then *values*, with one of them taken away again."""
    page = _page(tenant)
    settings = page.filled(full=False)
    on_page = controls(tenant)
    for path, value in values.items():
        if path in on_page:
            on_page[path].write(settings, word(on_page[path], value))
    if without:
        on_page[without].write(settings, taken_away(on_page[without]))
    return page.settled(settings)


def controls(tenant: Tenant) -> dict[str, Control]:
    """Return what can be set on the tenant's page for API-only levels, by path."""
    return {
        ".".join(filter(None, (control.section, control.key, control.column))): control
        for control in _page(tenant).controls.values()
    }


def taken_away(control: Control) -> t.Any:
    """Return the value that grants least: what No Permission leaves, but the tick of a box that restricts."""
    return True if control.restricts else control.empty


def word(control: Control, value: t.Any) -> t.Any:
    """Return the stored value that the role's value means for a control."""
    if control.kind != "list" or value in control.meanings:
        return value
    for meaning in WORDS.get(value, ()):
        if meaning in control.meanings:
            return meaning
    if value in ("none", False):
        # A list without None: its lowest word is the floor that No Permission leaves.
        return control.meanings[-1]
    raise LookupError(f"{control.section}.{control.key}: no word for {value!r} among {control.meanings}")


def _page(tenant: Tenant) -> Page:
    return page_for(tenant.options, api_only=True)
