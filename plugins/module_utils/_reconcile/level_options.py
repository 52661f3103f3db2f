# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe a security level, what they ask for, and what is told of it."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import unknown_settings
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import optional_sections, parse
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import WantedLevel
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.security_level import Outcome


def level_options() -> dict[str, t.Any]:
    """The argument specification behind the doc fragment C(msp.autotask.security_level)."""
    return {
        "name": {"type": "str", "required": True},
        "copy_from": {"type": "str", "default": "API User (system) (API-only)"},
        "active": {"type": "bool"},
        "permissions": {"type": "dict"},
        "purge_permissions": {"type": "bool", "default": True},
        "optional_sections": {"type": "list", "elements": "str", "default": []},
    }


def wanted_level(params: t.Mapping[str, t.Any]) -> WantedLevel:
    """What the options ask for; AutotaskError for what cannot be meant."""
    permissions, purge = params["permissions"], params["purge_permissions"]
    for option in ("name", "copy_from"):
        _refuse_empty(option, params[option])
    return WantedLevel(
        name=params["name"],
        copy_from=params["copy_from"],
        active=params["active"],
        permissions=None if permissions is None else tuple(parse(permissions, purge=purge)),
        purge=purge,
        optional_sections=optional_sections(params["optional_sections"]),
    )


def level_result(outcome: Outcome) -> dict[str, t.Any]:
    """What a module returns of a level."""
    return {
        "changed": outcome.changed,
        "diff": {"before": outcome.before, "after": outcome.after},
        "changed_settings": dict(zip(("before", "after"), outcome.as_shown, strict=True)),
        "security_level": outcome.state.as_data() if outcome.state else None,
        "created": outcome.created,
        "unknown_settings": unknown_settings(outcome.plan.unknown),
        "absent_settings": [wish.path for wish in outcome.plan.absent],
    }


def level_warnings(outcome: Outcome) -> list[str]:
    """What the user should know of a level although it went well."""
    unknown = unknown_settings(outcome.plan.unknown)
    missing = [wish.path for wish in outcome.missing]
    warnings = []
    if unknown:
        warnings.append(f"The page has settings that the catalog does not know: {'; '.join(unknown)}.")
    if missing:
        warnings.append(f"The page does not have these settings, so they were not set: {', '.join(missing)}.")
    return warnings


def _refuse_empty(option: str, name: str) -> None:
    """Fail for a name without a letter or digit; the "(API-only)" that lists show is no part of one."""
    if not re.search(r"\w", re.sub(r"\(api-only\)", "", name, flags=re.IGNORECASE)):
        raise AutotaskError(f"'{option}' is empty. Give the name of a security level.", "invalid_option")
