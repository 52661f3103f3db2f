# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Reports."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Section, Setting

SECTION = Section(
    key="reports",
    heading="Reports",
    settings=(
        Setting(
            key="report_category_crm",
            label="CRM",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPT", "AT-RPTSEC", "AT-TS"),
        ),
        Setting(
            key="report_category_projects",
            label="Projects",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPT", "AT-RPTSEC"),
        ),
        Setting(
            key="report_category_service_desk",
            label="Service Desk",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPT", "AT-RPTSEC"),
        ),
        Setting(
            key="report_category_contracts_and_billing",
            label="Contracts & Billing",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPTSEC",),
        ),
        Setting(
            key="report_category_resources",
            label="Resources",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPTSEC",),
        ),
        Setting(
            key="report_category_time_and_expenses",
            label="Time & Expenses",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPTSEC", "AT-TS"),
            note="A Timesheet setting depends on it.",
        ),
        Setting(
            key="report_category_executive",
            label="Executive",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPTSEC",),
        ),
        Setting(
            key="report_category_other",
            label="Other",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPTSEC",),
        ),
        Setting(
            key="report_category_admin",
            label="Admin",
            group="Can view standard reports in the following categories:",
            evidence=("AT-RPTSEC",),
        ),
        Setting(
            key="can_access_livereports_designer",
            label="Can access LiveReports Designer",
            group="LiveReports",
            evidence=("AT-LR", "AT-RPTSEC", "C-ZH"),
            note="Stood in Other in 2017-18.",
        ),
        Setting(
            key="can_manage_livereports_folders",
            label="Can manage LiveReports folders",
            group="LiveReports",
            evidence=("AT-LR", "C-ZH"),
        ),
        Setting(
            key="can_publish_livereports",
            label="Can publish LiveReports",
            group="LiveReports",
            evidence=("AT-LR", "C-ZH"),
        ),
        Setting(
            key="can_schedule_livereports",
            label="Can schedule LiveReports",
            group="LiveReports",
            evidence=("AT-LR", "C-ZH"),
        ),
    ),
)
