# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filters that make results, findings and instructions of a tenant's plan."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.preflight import Preflight
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.results import ENTRY_POINTS
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.runbook import chapters

Data = t.Mapping[str, t.Any]


def integration_result(answers: t.Mapping[str, Data], plan: Data, entry_point: str, check: bool) -> dict[str, t.Any]:
    """Say what an entry point of the role came to."""
    return t.cast("dict[str, t.Any]", plain(ENTRY_POINTS[entry_point](plan, answers, check).as_data()))


def preflight_findings(answers: t.Mapping[str, Data], plan: Data) -> dict[str, t.Any]:
    """Say what was seen, and what stands in the way."""
    return t.cast("dict[str, t.Any]", plain(Preflight(plan, answers).as_data()))


def runbook_chapters(plan: Data) -> list[dict[str, t.Any]]:
    """Say what a person does by hand."""
    try:
        return chapters(plan)
    except PermissionMistakes as mistakes:
        raise AnsibleFilterError(mistakes.message) from mistakes


class FilterModule:
    """The filters by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {
            "integration_result": integration_result,
            "preflight_findings": preflight_findings,
            "runbook_chapters": runbook_chapters,
        }
