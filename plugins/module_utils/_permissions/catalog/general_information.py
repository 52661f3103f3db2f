# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section General Information."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Kind, Section, Setting

SECTION = Section(
    key="general_information",
    heading="General Information",
    has_links=False,
    note="The module sets the name and whether the level is active by options of their own.",
    settings=(
        Setting(
            key="name",
            label="Name",
            kind=Kind.TEXT,
            evidence=("C-EN", "C-CODE", "AT-EDIT", "V-MSPINT", "V-INTERQUEST"),
            note='Read-only on system levels. Lists add "(API-only)" behind it, which nobody types.',
        ),
        Setting(
            key="active",
            label="Active",
            evidence=("C-EN", "V-TASKY", "V-INTERQUEST", "V-DROPSUITE", "V-MSP360", "AT-EDIT"),
            note="Only active API-only levels can be given to an API user.",
        ),
        Setting(
            key="license_type",
            label="License Type",
            kind=Kind.READONLY,
            confidence=Confidence.LOW,
            evidence=("V-NEO", "AT-SYS"),
            note="Inherited from the copied level.",
        ),
    ),
)
