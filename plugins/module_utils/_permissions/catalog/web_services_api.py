# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Web Services API."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog.columns import TICK, columns
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Kind, Section, Setting

TABLE = ("Resource Impersonation",)
"""The heading of the whole table, which stands for its groups where a page shows them otherwise."""
TICKS = columns(view=TICK, add=TICK, edit=TICK, delete=TICK)

SECTION = Section(
    key="web_services_api",
    heading="Web Services API",
    alternatives=("Web Service API",),
    note="The impersonation tables have more rows than anybody has published. No Permission clears them all.",
    settings=(
        Setting(
            key="can_login_to_web_services_api",
            label="Can login to Web Services API",
            group="Feature Access",
            evidence=("AT-WSAPI", "V-SYNC365", "V-CYBERFOX", "V-INTERQUEST", "V-CRAYON", "V-MSP360", "V-TASKY", "C-ZH"),
            note=(
                "On copies of System Administrator it cannot be set again once saved clear; whether that "
                "holds for API-only levels is not known. Never save with it clear."
            ),
        ),
        Setting(
            key="allow_impersonation_of_resources",
            label="Allow impersonation of resources with this security level",
            group="Resource Impersonation",
            may_be_absent=True,
            evidence=("AT-WSAPI", "V-DESKDIRECTOR", "V-CHATSTYLE"),
            note="Only on levels that are not API-only; those show the tables below instead.",
        ),
        Setting(
            key="impersonation_organizations",
            label="Accounts",
            kind=Kind.ROW,
            group="CRM",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("V-GUARDZ", "AT-WSAPI"),
            note="Not every row need have every cell.",
        ),
        Setting(
            key="impersonation_organization_notes",
            label="Account Notes",
            kind=Kind.ROW,
            group="CRM",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.LOW,
            evidence=("V-PHPWS",),
            note="The row was read, that it stands below CRM is inferred.",
        ),
        Setting(
            key="impersonation_contract_notes",
            label="Contract Notes",
            kind=Kind.ROW,
            group="Resource Impersonation",
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.LOW,
            evidence=("V-PHPWS",),
        ),
        Setting(
            key="impersonation_projects",
            label="Projects",
            kind=Kind.ROW,
            group="Projects",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("V-TOPLEFT-IMP",),
        ),
        Setting(
            key="impersonation_project_notes",
            label="Project Notes",
            kind=Kind.ROW,
            group="Projects",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("V-TOPLEFT-IMP", "V-PHPWS"),
        ),
        Setting(
            key="impersonation_task_notes",
            label="Task Notes",
            kind=Kind.ROW,
            group="Projects",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("V-TOPLEFT-IMP", "V-PHPWS"),
        ),
        Setting(
            key="impersonation_tickets",
            label="Tickets",
            kind=Kind.ROW,
            group="Service Desk",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            evidence=("V-GUARDZ", "V-CHATSTYLE", "V-CLOUDRADIAL"),
        ),
        Setting(
            key="impersonation_ticket_notes",
            label="Ticket Notes",
            kind=Kind.ROW,
            group="Service Desk",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            evidence=("V-CHATSTYLE", "V-PHPWS"),
        ),
        Setting(
            key="impersonation_attachments",
            label="Attachments",
            kind=Kind.ROW,
            group="Other/Shared",
            group_alternatives=TABLE,
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("V-CHATSTYLE", "V-CLOUDRADIAL"),
        ),
        Setting(
            key="impersonation_time_entries",
            label="Time Entries",
            kind=Kind.ROW,
            group="Resource Impersonation",
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.LOW,
            evidence=("V-PHPWS",),
        ),
        Setting(
            key="contact_impersonation",
            label="Contact Impersonation",
            kind=Kind.GROUP,
            group="Contact Impersonation",
            columns=TICKS,
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("V-THREAD", "V-MSPINT"),
            note="A second table whose rows are not published; the key stands for all of them.",
        ),
    ),
)
