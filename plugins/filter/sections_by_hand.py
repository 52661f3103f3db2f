# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter msp.autotask.sections_by_hand."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.by_hand import sections_by_hand


def by_hand(
    permissions: t.Mapping[str, t.Any], terms: t.Mapping[str, str | None] | None = None
) -> list[dict[str, t.Any]]:
    """Say how to set permissions by hand."""
    try:
        return sections_by_hand(permissions, terms)
    except PermissionMistakes as mistakes:
        raise AnsibleFilterError(mistakes.message) from mistakes


class FilterModule:
    """The filter by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"sections_by_hand": by_hand}
