# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The catalog is complete, and each of its wordings leads back to one setting."""

from __future__ import annotations

import re

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.doc_fragments.security_level import ModuleDocFragment
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog.sources import SOURCES
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import COLUMNS, Kind
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, identify

from .permission_pages import ASSET, ORGANIZATION, cells, control, said_by_tenant, settable


def test_keys_are_unique_on_the_whole_page() -> None:
    keys = [setting.key for _, setting in CATALOG.places()]
    assert len(keys) == len(set(keys))


def test_settings_say_what_they_are_and_where_that_is_known_from() -> None:
    for section, setting in CATALOG.places():
        where = f"{section.key}.{setting.key}"
        assert setting.evidence and set(setting.evidence) <= set(SOURCES), where
        assert set(setting.requires) <= {s.key for _, s in CATALOG.places()}, where
        assert (setting.kind is Kind.ROW) <= bool(setting.columns), where
        assert [c.key for c in setting.columns] == [key for key in COLUMNS if setting.column(key)], where
        assert setting.floor is None or setting.floor in setting.values, where
        assert all(c.floor is None or c.floor in c.values for c in setting.columns), where


def test_every_source_is_used() -> None:
    assert {tag for _, setting in CATALOG.places() for tag in setting.evidence} == set(SOURCES)


def test_sections_are_in_the_documentation_of_the_modules() -> None:
    options = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    said = {name: set(re.findall(r"V\((\w+)\)", " ".join(options[name]["description"]))) for name in options}
    sections = [section for section in CATALOG.sections if section.has_links]
    assert {section.key for section in sections} <= said["permissions"]
    assert {section.key for section in sections if section.optional} <= said["optional_sections"]


@pytest.mark.parametrize("organization", ORGANIZATION)
@pytest.mark.parametrize("asset", ASSET)
def test_every_wording_leads_to_exactly_one_setting(organization: str, asset: str) -> None:
    for section, setting in settable():
        for label in (setting.label, *setting.alternatives):
            shown = said_by_tenant(str(label), organization, asset)
            for column, cell in cells(setting):
                identity = identify(control(section, setting, column, cell, label=shown))
                assert identity == (section, setting, column), shown


@pytest.mark.parametrize(
    ("key", "section", "label", "column"),
    [
        ("contract_visibility", "Contracts", "Contract Visibility (for contracts you have access to)", None),
        ("access_customer_and_cancelation", "CRM", "Customer & Cancellation", None),
        ("organizations", "CRM", "Accounts", "Edit"),
        ("configuration_items_and_subscriptions", "CRM", "Devices & Subscriptions", "View"),
        ("can_access_paid_exported_timesheets", "Timesheets", "Can access Paid/Exported Timesheets", None),
        ("can_access_knowledge_base", "Knowledge Base & Documents", "Can access Knowledgebase", None),
        ("admin_products_services_inventory", "Admin", "Products, Services & Inventory", None),
        ("admin_organizations_and_contacts", "Admin", "Accounts & Contacts", None),
        (
            "can_manage_shared_dashboard_tabs",
            "Other",
            "Can manage Shared Dashboard Tabs (requires “Can add and edit Dashboard widgets” permission)",
            None,
        ),
        (
            "can_view_internal_cost_on_resource_page",
            "Other",
            "Can view Internal Cost section on New/Edit Resource page "
            "(requires Admin > Resources/Users (HR) permission)",
            None,
        ),
        (
            "can_view_internal_cost_and_sensitive_data",
            "Other",
            "Can view internal cost data (excludes New/Edit Resource page)",
            None,
        ),
        (
            "can_view_organization_and_contact_survey_scores",
            "Other",
            "Can view Account Survey Ratings and Contact Survey Ratings",
            None,
        ),
        (
            "limit_resource_availability",
            "Other",
            "Limit resource availability to self, plus (check all that apply):",
            None,
        ),
        (
            "limit_resources_shared_line_of_business",
            "Other",
            "Resources with a shared/common active Segment > Line of Business",
            None,
        ),
        ("maximum_number_of_webhooks", "Other", "Maximum number of Webhooks *", None),
        ("impersonation_tickets", "Web Services API", "Tickets", "Edit (Update)"),
    ],
)
def test_labels_seen_on_real_pages_are_found(key: str, section: str, label: str, column: str | None) -> None:
    identity = identify(Control(section, None, label, column, "checkbox", value=False))
    assert identity is not None and identity.setting.key == key


def test_rows_of_the_second_impersonation_table_are_told_apart() -> None:
    section, tickets = CATALOG.place_of("impersonation_tickets")
    shown = control(section, tickets, "view", tickets.columns[0], group="Contact Impersonation")
    identity = identify(shown)
    assert identity is not None and identity.setting.key == "contact_impersonation"


@pytest.mark.parametrize(("section", "label"), [("Contracts", "Can do something new"), ("Brand new", "Contracts")])
def test_what_the_catalog_lacks_is_not_guessed(section: str, label: str) -> None:
    assert identify(Control(section, None, label, None, "checkbox", value=False)) is None
