# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Contracts."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog.columns import UNSEEN, YES_NO, columns
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Kind, Section, Setting

SECTION = Section(
    key="contracts",
    heading="Contracts",
    settings=(
        Setting(
            key="contracts",
            label="Contracts",
            kind=Kind.ROW,
            group="Object Permissions",
            columns=columns(view=("All", "Organizations", "None"), add=YES_NO, edit=UNSEEN, delete=UNSEEN),
            evidence=("AT-CON", "V-SYNC365", "V-MSP360", "V-TOPLEFT", "V-LCI", "V-INTERQUEST", "V-DROPSUITE"),
            note=(
                "The help documents View and Add; whether the page draws cells for Edit and Delete is not "
                'known. "Organizations" limits View to the contracts of organizations the user can see.'
            ),
        ),
        Setting(
            key="contract_visibility",
            label="Contract Visibility",
            kind=Kind.LIST,
            group="Contract Visibility",
            values=("Full", "Limited", "None"),
            values_read=False,
            evidence=("AT-CON", "V-SYNC365", "V-MSP360", "V-TOPLEFT", "V-LCI", "V-INTERQUEST", "V-DROPSUITE"),
            note="The word for the lowest value was not read.",
        ),
        Setting(
            key="can_modify_contract_internal_costs",
            label="Can modify contract Internal Costs",
            evidence=("V-CRAYON", "C-EN", "AT-CON"),
        ),
        Setting(
            key="can_modify_service_bundle_on_contract_charges",
            label="Can modify Service/Bundle on contract charges",
            alternatives=("Service/Bundle on contract changes",),
            evidence=("V-SYNC365", "V-CRAYON", "C-EN", "AT-CON"),
        ),
        Setting(
            key="can_create_invoices_from_wizards",
            label="Can create invoices from Ticket and Won Quote Wizard",
            alternatives=("Can create invoices", "Can create invoices from Ticket and Won Opportunity Wizard"),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-EN", "C-ZH", "AT-CON"),
            note="Read on a 2017-18 page; today's wording may differ.",
        ),
        Setting(
            key="can_approve_and_post",
            label="Can Approve & Post",
            kind=Kind.LIST,
            values=("All", "My Organizations", "My Projects", "None"),
            values_read=False,
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-EN", "C-ENUM", "C-CODE"),
            note=(
                "The middle words mean: where I am account manager, where I am project manager. They were "
                "not read in English."
            ),
        ),
    ),
)
