# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter msp.autotask.runbook_chapters."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.runbook import chapters


def runbook_chapters(plan: t.Mapping[str, t.Any]) -> list[dict[str, t.Any]]:
    """Say what a person does by hand."""
    try:
        return chapters(plan)
    except PermissionMistakes as mistakes:
        raise AnsibleFilterError(mistakes.message) from mistakes


class FilterModule:
    """The filter by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"runbook_chapters": runbook_chapters}
