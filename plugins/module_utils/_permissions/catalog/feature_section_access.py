# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Feature/Section Access."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind, Section, Setting

SECTION = Section(
    key="feature_section_access",
    heading="Feature/Section Access",
    alternatives=("Module Access",),
    has_links=False,
    note="Inherited from the copied level; nothing can be changed here.",
    settings=(
        Setting(
            key="feature_section_access_list",
            label="Feature/Section Access",
            kind=Kind.READONLY,
            alternatives=("Module Access",),
            evidence=("C-EN", "AT-SYS", "V-NEO", "AT-EDIT"),
            note="Plain text: the features of the copied level.",
        ),
    ),
)
