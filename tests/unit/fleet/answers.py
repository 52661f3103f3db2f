# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules answer about a tenant, as short as tests can say it."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_users import Ours
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.audit_findings import findings_of

Change = tuple[str, str, t.Any, t.Any]
SETTINGS = {"General Information": {"Name": "x"}, "CRM": {"Organizations": {"Add": True}}, "Other": {"A": True}}


def level(*changes: Change, unknown: t.Sequence[str] = (), created: bool = False) -> dict[str, t.Any]:
    """What autotask_security_level returns in check mode; a change is section, label, value found, value wanted."""
    before: dict[str, t.Any] = {}
    after: dict[str, t.Any] = {}
    for section, label, found, wanted in changes:
        before.setdefault(section, {})[label] = found
        after.setdefault(section, {})[label] = wanted
    return {
        "created": created,
        "changed_settings": {"before": before, "after": after},
        "unknown_settings": list(unknown),
        "absent_settings": [],
        "security_level": None if created else {"settings": SETTINGS},
    }


def user(locked: bool = False, **changes: tuple[t.Any, t.Any]) -> dict[str, t.Any]:
    """What autotask_resource returns in check mode; a change is value found, value wanted."""
    before, after = ({name: pair[side] for name, pair in changes.items()} for side in (0, 1))
    return {"created": False, "diff": {"before": before, "after": after}, "resource": {"locked": locked}}


def access(**lists: list[dict[str, t.Any]]) -> dict[str, t.Any]:
    """What autotask_access_info returns."""
    found = {"missing": [], "excess": [], "restricted": [], "unread": [], **lists}
    errors = [finding for findings in found.values() for finding in findings if finding["severity"] == "error"]
    return {"verdict": "Not proven." if errors else "Proven.", "proven": not errors, **found}


def ours(**more: t.Any) -> Ours:
    """What is known of the integration's users."""
    return Ours("Work 365 API User", "Work 365 Sync", ("key1@x.example", "proof1"), **more)


def api_user(name: str, **more: t.Any) -> dict[str, t.Any]:
    """A user as autotask_resource_info reads it whole; with the level unless told otherwise."""
    return {
        "user_name": name,
        "active": True,
        "security_level": "Work 365 API User (API-only)",
        "tracking": None,
        **more,
    }


def tenant(*changes: Change, **parts: t.Any) -> dict[str, t.Any]:
    """A result of an audited tenant, with these changes of its level."""
    return {"audit": findings_of(level(*changes), parts.get("user", user()), parts.get("access", access()))}


UNREAD = {"failed": True, "reason": "The password was refused."}
OFF = {"off": True}
WEBHOOKS = ("Other", "Can create WebHooks", True, False)
ADDING = ("CRM", "Organizations", {"Add": "Yes"}, {"Add": "No"})
