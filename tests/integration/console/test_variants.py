# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same job on tenants that differ in all that public sources say tenants differ in."""

from __future__ import annotations

import functools
import typing as t

import pytest
from autotask_simulator.records import Settings
from autotask_simulator.store import Tenant
from rehearsal.granting import controls, settings_for
from rehearsal.role import Values, wanted
from samples import each
from simulated_console import BASE, Console

Add = t.Callable[..., Console]

# Each differs from the next in as many ways as possible, so that every pair of kinds meets somewhere.
VARIANTS: dict[str, dict[str, t.Any]] = {
    "newest": {
        "editor_markup": "C",
        "editors": "tab",
        "section_toggle": "toggle",
        "copy_stored": "at_once",
        "copy_label": "Copy",
        "menu": "icons",
        "late_ms": 400,
        "organization": "Client",
        "custom_identifier": "on_select",
        "people": 70,
        "theme": "dark",
        "early_access_badge": True,
    },
    "oldest": {
        "look": "older",
        "editors": "popup",
        "section_toggle": "heading",
        "copy_stored": "on_save",
        "none_identifier": True,
        "organization": "Account",
        "people": 120,
        "in_out_dialog": True,
        "slow_ms": 80,
    },
    "mixed": {
        "editor_markup": "C",
        "editors": "popup",
        "section_links": "older",
        "shell": "older",
        "labels": "older",
        "section_toggle": "heading",
        "copy_stored": "on_save",
        "organization": "Business Unit",
        "asset": "Configuration Item",
        "expand_all": True,
        "two_factor": True,
        "links_skip": ["admin_kaseya_integrations"],
    },
    "between": {
        "look": "older",
        "shell": "current",
        "section_links": "current",
        "editor_markup": "B",
        "editors": "tab",
        "section_toggle": "toggle",
        "copy_stored": "at_once",
        "menu": "icons",
        "late_ms": 150,
        "organization": "Site",
        "locations": ["Headquarters", "North Branch"],
        "hidden_settings": ["device_discovery_wizard"],
    },
    "as pages of today": {
        "editor_markup": "C",
        "drawn_lists": "inside",
        "pickers": True,
        "chips": True,
        "profile": "initials",
        "workforce_management": True,
        "cooper_copilot": True,
        "level_form": {
            "frame": "scrolling",
            "table_rows": "container",
            "hints": "beneath",
            "decimals": 4,
            "save_waits": True,
        },
    },
    "as the copy of 2017": {
        "editor_markup": "B",
        "level_form": {
            "table_rows": "container",
            "hints": "beneath",
            "group_headings": "plain",
            "buttons": "submit",
            "sections_open": True,
        },
    },
}


# Where there is a choice, or nothing is listed before something is typed.
LOCATIONS = {"between": "North Branch", "as pages of today": "Headquarters"}


@pytest.mark.parametrize("name", each(VARIANTS, in_make_test=[]))
def test_the_job_is_done_once_whatever_the_tenant_looks_like(console: Add, name: str) -> None:
    """With all that the role asks for; what must be stored then is reckoned without the driver."""
    tenant = console(**VARIANTS[name])
    level = {"permissions": permissions(wanted())}
    user = {"security_level": "Reader", "location": LOCATIONS.get(name)}

    created = tenant.level(**level)
    assert created["created"] and tenant.user(**user)["created"]
    stored = tenant.tenant.level("Reader")
    assert stored.active and tenant.custom_levels() == ["Reader"]
    assert stored.settings == expected_settings(tenant.tenant)
    assert not [warning for warning in created.get("warnings", []) if "does not have" in str(warning)]
    assert [made.level_id for made in tenant.tenant.api_users()] == [stored.id]

    done = tenant.writes
    assert not tenant.level(**level)["changed"]
    assert not tenant.user(**user)["changed"]
    assert tenant.writes == done


def expected_settings(tenant: Tenant) -> Settings:
    """What the role asks for, nothing else, and of the base level what cannot be told more from less."""
    expected, base = settings_for(tenant, wanted()), tenant.level(BASE)
    for path, control in controls(tenant).items():
        if control.unranked and path not in wanted():
            control.write(expected, control.read(base.settings))
    return expected


def permissions(values: Values) -> dict[str, t.Any]:
    """The option of the module that says what *values* say by paths."""
    nested: dict[str, t.Any] = {}
    for path, value in values.items():
        *sections, key = path.split(".")
        functools.reduce(lambda part, section: part.setdefault(section, {}), sections, nested)[key] = value
    return nested


GERMAN = {
    "admin": "Verwaltung",
    "organization_settings_and_users": "Organisationseinstellungen & Benutzer",
    "resources_users_hr": "Ressourcen/Benutzer (Personal)",
    "security_levels": "Sicherheitsstufen",
    "edit": "Bearbeiten",
    "copy": "Sicherheitsstufe kopieren",
    "save_and_close": "Speichern & Schließen",
    "no_permission": "Keine Rechte",
    "full_permission": "Alle Rechte",
    "level_active": "Aktiv",
    "delete": "Löschen",
}


@pytest.mark.long
def test_a_tenant_in_another_language_needs_labels(console: Add) -> None:
    """The words of the way there can be given. Those of the settings are the catalog's, and English."""
    tenant = console(language="German", editor_markup="C")
    tenant.connection["labels"] = {name: [word] for name, word in GERMAN.items()}
    wanted = {"permissions": {"other": {"can_export_grid_data": True}}}
    assert tenant.level(**wanted)["failure"]["reason"] == "section_missing", "what Verträge grants is not known"
    result = tenant.level(**wanted, purge_permissions=False)
    assert result["created"] and tenant.custom_levels() == ["Reader"]
    assert tenant.tenant.level("Reader").settings["other"]["can_export_grid_data"]
