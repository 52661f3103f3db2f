# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of the Security Level page, one file for each section.

What a new setting or section takes, here and elsewhere, is said in docs/architecture.md, "Where a line belongs".
"""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import (
    admin,
    contracts,
    crm,
    documents_knowledgebase,
    feature_section_access,
    general_information,
    inventory,
    other,
    projects,
    reports,
    service_desk,
    timesheet,
    web_services_api,
    workforce_management,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Catalog

CATALOG = Catalog(
    sections=(
        general_information.SECTION,
        feature_section_access.SECTION,
        contracts.SECTION,
        crm.SECTION,
        inventory.SECTION,
        projects.SECTION,
        service_desk.SECTION,
        documents_knowledgebase.SECTION,
        timesheet.SECTION,
        reports.SECTION,
        admin.SECTION,
        other.SECTION,
        web_services_api.SECTION,
        workforce_management.SECTION,
    )
)
