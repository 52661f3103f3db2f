# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Workforce Management."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Section, Setting

SECTION = Section(
    key="workforce_management",
    heading="Workforce Management",
    optional=True,
    note=(
        "Only where the activation Workforce Scheduler is on. The help describes two of its boxes and says that there "
        "are more, for Resource Planner and Assignment; no label was read, nor where the section stands on the page."
    ),
    settings=(
        Setting(
            key="can_view_smart_ticket_triage",
            label=None,
            may_be_absent=True,
            confidence=Confidence.LOW,
            evidence=("AT-WFM",),
            note="Views the dashboard and the analytics of Smart Ticket Triage. Its label is not published.",
        ),
        Setting(
            key="can_give_feedback_on_smart_ticket_triage",
            label=None,
            may_be_absent=True,
            confidence=Confidence.LOW,
            evidence=("AT-WFM",),
            note="Submits and changes feedback on Smart Ticket Triage. Its label is not published.",
        ),
    ),
)
