# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Service Desk."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog.columns import (
    ALL_MINE_NONE,
    ALL_NONE,
    YES_NO,
    columns,
    no_none,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Kind, Section, Setting

SECTION = Section(
    key="service_desk",
    heading="Service Desk",
    settings=(
        Setting(
            key="tickets",
            label="Tickets",
            kind=Kind.ROW,
            group="Object Permissions",
            values_read=False,
            columns=columns(
                view=no_none(("All", "Mine + Organizations", "Mine")), add=YES_NO, edit=YES_NO, delete=ALL_MINE_NONE
            ),
            evidence=(
                "AT-SD",
                "V-INTERQUEST",
                "V-MSP360",
                "V-GUARDZ",
                "V-CYBERFOX",
                "V-SYNC365",
                "C-ZH",
                "C-ENUM",
                "V-DEDOC",
            ),
            note=(
                "No None was read for View. An API user cannot be assigned tickets, so Mine shows next to "
                "nothing. With Edit at No, forwarding still works."
            ),
        ),
        Setting(
            key="ticket_notes",
            label="Ticket Notes",
            kind=Kind.ROW,
            group="Object Permissions",
            values_read=False,
            columns=columns(edit=ALL_MINE_NONE, delete=ALL_MINE_NONE),
            evidence=("V-INTERQUEST", "V-MSP360", "AT-SD", "C-ZH"),
            note="View and Add do not apply.",
        ),
        Setting(
            key="service_calls",
            label="Service Calls",
            kind=Kind.ROW,
            group="Object Permissions",
            values_read=False,
            columns=columns(
                view=no_none(("All", "Mine + Organizations", "Mine")), add=YES_NO, edit=YES_NO, delete=ALL_MINE_NONE
            ),
            evidence=("V-INTERQUEST", "V-MSP360", "AT-SD", "C-ZH", "C-ENUM"),
            note="No None was read for View.",
        ),
        Setting(
            key="ticket_charges",
            label="Charges",
            kind=Kind.ROW,
            group="Object Permissions",
            alternatives=("Ticket Charges",),
            values_read=False,
            columns=columns(view=ALL_NONE, add=YES_NO, edit=ALL_MINE_NONE, delete=ALL_MINE_NONE),
            evidence=("V-INTERQUEST", "V-MSP360", "AT-CHARGES"),
            note="Newer than 2018.",
        ),
        Setting(
            key="ticket_expenses",
            label="Expenses",
            kind=Kind.ROW,
            group="Object Permissions",
            alternatives=("Ticket Expenses",),
            values_read=False,
            columns=columns(view=ALL_NONE, add=YES_NO, edit=ALL_MINE_NONE, delete=ALL_MINE_NONE),
            evidence=("V-INTERQUEST", "V-MSP360", "AT-CHARGES"),
            note="Newer than 2018.",
        ),
        Setting(
            key="can_modify_contract_on_ticket_time",
            label="Can modify Contract on ticket time entries",
            group="Time Entry Permissions",
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-ZH",),
            note="Label formed after its neighbours.",
        ),
        Setting(
            key="can_modify_non_billable_on_ticket_time",
            label="Can modify Non-Billable setting on ticket time entries",
            group="Time Entry Permissions",
            evidence=("V-CYBERFOX", "C-ZH"),
        ),
        Setting(
            key="can_modify_show_on_invoice_on_ticket_time",
            label="Can modify Show on Invoice setting on ticket time entries",
            group="Time Entry Permissions",
            evidence=("V-CYBERFOX", "C-ZH"),
        ),
        Setting(
            key="can_modify_work_type_on_ticket_time",
            label="Can modify Work Type on ticket time entries",
            group="Time Entry Permissions",
            evidence=("V-CYBERFOX", "C-ZH"),
        ),
        Setting(
            key="can_modify_service_bundle_on_ticket_time_and_charges",
            label="Can modify Service/Bundle on ticket time entries and ticket charges",
            group="Time Entry Permissions",
            alternatives=("Can modify Service/Bundle on ticket time entries and charges",),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-ZH",),
            note="Label formed after the one in Projects.",
        ),
        Setting(
            key="ticket_checklist_permissions",
            label="Ticket Checklist Permissions",
            kind=Kind.GROUP,
            group="Ticket Checklist Permissions",
            may_be_absent=True,
            confidence=Confidence.LOW,
            evidence=("AT-CHECK",),
            note="A group of check boxes whose names are not published; the key stands for all of them.",
        ),
        Setting(
            key="can_modify_status_of_complete_tickets",
            label="Can modify status of Complete tickets",
            group="Other Permissions",
            alternatives=("Can modify Status of completed tickets",),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-ZH",),
            note="Label translated from a 2017-18 page.",
        ),
        Setting(
            key="can_view_dispatch_calendar",
            label="Can view Dispatch Calendar",
            group="Other Permissions",
            alternatives=("Can access Dispatch Calendar", "Can view Dispatcher's Workshop"),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-ZH", "AT-DISPATCH"),
            note="Label translated from a 2017-18 page; the help confirms that the permission exists.",
        ),
        Setting(
            key="can_view_internal_cost_service_desk",
            label="Can view internal Cost data (in Service Desk module)",
            group="Other Permissions",
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-ZH", "C-EN"),
            note="Label formed after the one in Projects.",
        ),
        Setting(
            key="can_view_non_billable_time_entries",
            label="Can view non-billable time entries (Resources can see their own time entries)",
            group="Other Permissions",
            evidence=("V-INTERQUEST",),
        ),
    ),
)
