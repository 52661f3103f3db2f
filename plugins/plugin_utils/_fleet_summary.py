# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of a fleet, in lines for people: those that need somebody last, where they are seen."""

from __future__ import annotations

import typing as t
from collections import Counter

from ansible_collections.msp.autotask.plugins.plugin_utils._integration.names import limit_pattern

Result = t.Mapping[str, t.Any]

LOST: Result = {"failed": True, "summary": "FAILED: it did not come to an end; see what was printed for it above"}
"""What is known of a tenant that left nothing behind."""

STATES = ("ok", "switched off", "changed", "would change", "drifted or not read", "failed")


def fleet_summary(results: t.Mapping[str, Result | None], check: bool = False) -> list[str]:
    """Sum up what the playbooks left for each tenant in C(work365_integration_result)."""
    known = {tenant: result or LOST for tenant, result in results.items()}
    states = {tenant: _state(result, check) for tenant, result in known.items()}
    counts = Counter(states.values())
    ordered = sorted(known, key=lambda tenant: (STATES.index(states[tenant]), tenant))
    tenants = "1 tenant" if len(known) == 1 else f"{len(known)} tenants"
    return [
        f"{tenants}: {', '.join(f'{counts[state]} {state}' for state in STATES if counts[state])}",
        *(f"{tenant}: {known[tenant]['summary']}" for tenant in ordered),
        *_again([tenant for tenant in ordered if states[tenant] == "failed"]),
    ]


def _state(result: Result, check: bool) -> str:
    if result["failed"]:
        return "drifted or not read" if "audit" in result else "failed"
    if result.get("off"):
        return "switched off"
    if result["changed"]:
        return "would change" if check else "changed"
    return "ok"


def _again(failed: t.Sequence[str]) -> list[str]:
    return [f"Once that is mended, run those again with: --limit '{limit_pattern(failed)}'"] if failed else []
