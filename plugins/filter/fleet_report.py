# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter msp.autotask.fleet_report."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.report import UnknownReport, fleet_report


def report(
    results: t.Mapping[str, t.Mapping[str, t.Any]],
    at: str,
    previous: t.Mapping[str, t.Any] | None = None,
    fleet: t.Sequence[str] = (),
) -> dict[str, t.Any]:
    """Sum up the audit of a fleet."""
    try:
        return fleet_report(results, at, previous, fleet)
    except UnknownReport as error:
        raise AnsibleFilterError(
            f"The last audit {error}, so this one cannot be compared with it. Move its file away to start anew."
        ) from error


class FilterModule:
    """The filter by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"fleet_report": report}
