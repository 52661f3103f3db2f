# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Timesheet."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Section, Setting

SECTION = Section(
    key="timesheet",
    heading="Timesheet",
    alternatives=("Timesheets",),
    settings=(
        Setting(
            key="can_access_time_off_and_payroll_reports",
            label="Can access Time Off and Payroll reports",
            group="Feature Access",
            alternatives=("Can access Payroll reports",),
            requires=("report_category_time_and_expenses",),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-ZH", "AT-TS"),
            note="Needs the report category Time & Expenses. Label translated.",
        ),
        Setting(
            key="can_access_paid_exported_timesheets",
            label="Can access Paid / Exported Timesheets",
            group="Feature Access",
            alternatives=("Can access Paid and Exported Timesheets",),
            confidence=Confidence.MEDIUM,
            evidence=("AT-TS", "C-ZH"),
            note="The words before the menu's name are ours.",
        ),
        Setting(
            key="can_create_new_project_time_entries_from_timesheet",
            label="Can create new project time entries from Timesheet",
            group="Feature Access",
            evidence=("AT-TS", "C-ZH"),
            note="On in every system level.",
        ),
        Setting(
            key="time_off_request_times_optional",
            label=None,
            may_be_absent=True,
            confidence=Confidence.LOW,
            evidence=("AT-TS",),
            note="Clearing it makes start and end times compulsory on time-off requests. Its label is not published.",
        ),
    ),
)
