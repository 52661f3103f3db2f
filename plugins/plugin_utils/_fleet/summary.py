# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of a fleet, in lines for people: those that need somebody last, where they are seen."""

from __future__ import annotations

import re
import typing as t
from collections import Counter

Result = t.Mapping[str, t.Any]

LOST: Result = {"failed": True, "summary": "FAILED: it did not come to an end; see what was printed for it above"}
"""What is known of a tenant that left nothing behind."""

STATES = ("ok", "switched off", "changed", "would change", "drifted or not read", "failed")


VARIABLES = (
    "api_url",
    "browser_endpoint",
    "browser_executable",
    "browser_headless",
    "ca_path",
    "console_company",
    "console_login",
    "console_password",
    "console_totp_secret",
    "console_url",
    "console_username",
    "evidence_dir",
    "labels",
    "location",
    "proxy",
    "retry_refused",
    "session",
    "tenant",
    "timeout",
    "validate_certs",
)
"""Options that messages name, and that the playbooks have variables for."""

OPTIONS = re.compile(rf"(?<=')({'|'.join(VARIABLES)})(?=['=:])|(?<![\w'])(ca_path|api_url|validate_certs)(?![\w'])")
"""Some messages name them in quotation marks, those of the REST API without."""

IN_ANSIBLE_HOME = re.compile("(?<=')(state_dir|tenant_file)(?=')")
"""Options for what is remembered. The playbooks keep it in ANSIBLE_HOME."""


def in_variables(message: str) -> str:
    """Modules name their options; who reads this sets the variables behind them."""
    named = OPTIONS.sub(lambda found: f"work365_integration_{found[0]}", message)
    return IN_ANSIBLE_HOME.sub("ANSIBLE_HOME", named)


def fleet_summary(results: t.Mapping[str, Result | None], check: bool = False) -> list[str]:
    """Sum up what the playbooks left for each tenant in C(work365_integration_result)."""
    known = {tenant: result or LOST for tenant, result in results.items()}
    states = {tenant: state_of(result, check) for tenant, result in known.items()}
    counts = Counter(states.values())
    ordered = sorted(known, key=lambda tenant: (STATES.index(states[tenant]), tenant))
    return [
        f"{count_of(known)}: {', '.join(f'{counts[state]} {state}' for state in STATES if counts[state])}",
        *(f"{tenant}: {known[tenant]['summary']}" for tenant in ordered),
        *_again([tenant for tenant in ordered if states[tenant] == "failed"]),
    ]


def count_of(tenants: t.Sized) -> str:
    return "1 tenant" if len(tenants) == 1 else f"{len(tenants)} tenants"


def state_of(result: Result, check: bool) -> str:
    """Which of C(STATES) the outcome of a tenant is."""
    if result["failed"]:
        return "drifted or not read" if "audit" in result else "failed"
    if result.get("off"):
        return "switched off"
    if result["changed"]:
        return "would change" if check else "changed"
    return "ok"


def limit_to(tenants: t.Iterable[str]) -> str:
    """The option C(--limit) for a shell that matches just these hosts, whatever characters their names have."""
    return f"--limit '{','.join(map(_pattern, tenants))}'"


def _pattern(host: str) -> str:
    """A plain name as it is; any other as a regular expression, in characters that mean nothing else."""
    if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", host):
        return host
    return rf"~^{''.join(map(_escaped, host))}\Z"


def _escaped(character: str) -> str:
    if re.fullmatch("[A-Za-z0-9_-]", character):
        return character
    return f"\\U{ord(character):08x}" if ord(character) > 0xFF else f"\\x{ord(character):02x}"


def _again(failed: t.Sequence[str]) -> list[str]:
    return [f"Once that is mended, run those again with: {limit_to(failed)}"] if failed else []
