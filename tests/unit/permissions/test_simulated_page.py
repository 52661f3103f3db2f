# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A setting has one key, in the catalog and on the simulator's page, or no test with a browser ever sees it."""

from __future__ import annotations

from pathlib import Path

import yaml
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG

PAGE = Path(__file__).parents[3] / "simulator/src/autotask_simulator/settings_page/page.yml"

ONLY_SIMULATED = {
    # The catalog has one setting for all that stands below their heading, as nobody has published its names.
    ("crm", "opportunity_checklist_delete"),
    ("projects", "task_checklist_delete"),
    ("service_desk", "ticket_checklist_delete"),
    ("web_services_api", "contact_impersonation_ticket_notes"),
    # The help says only that there are settings for these two; a page shows more than the catalog knows.
    ("workforce_management", "workforce_resource_planner"),
    ("workforce_management", "workforce_assignment"),
}

ONLY_IN_CATALOG = {
    # The simulator draws them from its template of the page, not from page.yml.
    ("general_information", "name"),
    ("general_information", "active"),
    ("general_information", "license_type"),
    ("feature_section_access", "feature_section_access_list"),
}


def simulated() -> set[tuple[str, str]]:
    sections = yaml.safe_load(PAGE.read_text(encoding="utf-8"))["sections"]
    return {
        (name, key)
        for name, section in sections.items()
        for group in section["groups"]
        for key in (*group.get("rows", ()), *group.get("settings", ()))
    }


CATALOGED = {(section.key, setting.key) for section, setting in CATALOG.places()}


def test_what_the_simulator_draws_is_in_the_catalog() -> None:
    assert simulated() - CATALOGED == ONLY_SIMULATED


def test_what_is_in_the_catalog_is_drawn_by_the_simulator() -> None:
    assert CATALOGED - simulated() == ONLY_IN_CATALOG
