# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Documents & Knowledgebase."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Section, Setting

SECTION = Section(
    key="documents_knowledgebase",
    heading="Documents & Knowledgebase",
    alternatives=(
        "Documents & Knowledge Base",
        "Knowledge Base & Documents",
        "Knowledgebase & Documents",
        "Knowledge Base",
    ),
    note="Split off from Other after 2018.",
    settings=(
        Setting(
            key="can_access_knowledge_base",
            label="Can access Knowledge Base",
            group="Knowledge Base",
            evidence=("AT-KB", "C-ZH"),
        ),
        Setting(
            key="can_manage_knowledge_base",
            label="Can manage Knowledge Base",
            group="Knowledge Base",
            alternatives=("Can manage Knowledge Base articles",),
            requires=("can_access_knowledge_base",),
            confidence=Confidence.MEDIUM,
            evidence=("AT-KB",),
            note='Greyed out until the access box is on. The words behind "Can manage" were not read.',
        ),
        Setting(
            key="can_access_documents",
            label="Can access Documents",
            group="Documents",
            alternatives=("Can access Documentation",),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("AT-KB", "V-REWST"),
            note="Label inferred from the help's description. Not in the Essential edition.",
        ),
        Setting(
            key="can_manage_documents",
            label="Can manage Documents",
            group="Documents",
            alternatives=("Can manage Documentation",),
            requires=("can_access_documents",),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("AT-KB", "V-REWST"),
            note="Label inferred from the help's description, the dependency from the knowledge base pair.",
        ),
    ),
)
