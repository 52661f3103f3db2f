# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter msp.autotask.integration_result."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.results import ENTRY_POINTS

Data = t.Mapping[str, t.Any]


def integration_result(answers: t.Mapping[str, Data], plan: Data, entry_point: str, check: bool) -> dict[str, t.Any]:
    """Say what an entry point of the role came to."""
    return t.cast("dict[str, t.Any]", plain(ENTRY_POINTS[entry_point](plan, answers, check).as_data()))


class FilterModule:
    """The filter by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"integration_result": integration_result}
