# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter msp.autotask.preflight_findings."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.preflight import Preflight
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.results import answers_for

Data = t.Mapping[str, t.Any]


def preflight_findings(answers: t.Mapping[str, Data], plan: Data) -> dict[str, t.Any]:
    """Say what was seen, and what stands in the way; of each integration by its name, where there are several."""
    if "parts" not in plan:
        return t.cast("dict[str, t.Any]", plain(Preflight(plan, answers).as_data()))
    return {
        name: t.cast("dict[str, t.Any]", plain(Preflight(part, answers_for(part, answers)).as_data()))
        for name, part in plan["parts"].items()
    }


class FilterModule:
    """The filter by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"preflight_findings": preflight_findings}
