# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter msp.autotask.api_user_inventory."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_user_inventory import inventory
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import everyone, matrix_of


def api_user_inventory(
    resources: t.Iterable[t.Mapping[str, t.Any]],
    security_levels: t.Iterable[t.Mapping[str, t.Any]],
    matrices: t.Iterable[t.Any] = (),
) -> list[dict[str, t.Any]]:
    """Say of each API user whose it is and what it may do beyond its vendor's list."""
    try:
        # Those of one's own first: they say what is wanted here.
        known = [*map(matrix_of, matrices), *everyone()]
    except AutotaskError as error:
        raise AnsibleFilterError(error.message) from error
    return [user.as_data() for user in inventory(resources, list(security_levels), known)]


class FilterModule:
    """The filter by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"api_user_inventory": api_user_inventory}
