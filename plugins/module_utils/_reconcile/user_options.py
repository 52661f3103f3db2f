# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe an API user, what they ask for, and what is told of it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.options import refuse_empty
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import Tracking
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._handover import HandedOver, Handover, seal
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Outcome, WantedUser

TEXTS = (
    "user_name",
    "first_name",
    "last_name",
    "email",
    "security_level",
    "location",
    "date_format",
    "time_format",
    "number_format",
    "secret",
    "integration_vendor",
    "internal_integration",
)

USER_RULES: dict[str, t.Any] = {
    "mutually_exclusive": [("integration_vendor", "internal_integration")],
    "required_if": [("update_secret", update, ("secret",)) for update in ("always", "if_unused")],
}
"""Which options go together."""


def user_options() -> dict[str, t.Any]:
    """The argument specification behind the doc fragment C(msp.autotask.resource)."""
    return {
        "user_name": {"type": "str", "required": True},
        "first_name": {"type": "str"},
        "last_name": {"type": "str"},
        "email": {"type": "str"},
        "security_level": {"type": "str"},
        "location": {"type": "str"},
        "date_format": {"type": "str"},
        "time_format": {"type": "str"},
        "number_format": {"type": "str"},
        "secret": {"type": "str", "no_log": True},
        "update_secret": {
            "type": "str",
            "choices": ["always", "if_unused", "on_create"],
            "default": "on_create",
            "no_log": False,
        },
        "handover": {
            "type": "dict",
            "options": {
                "path": {"type": "path", "required": True},
                "public_key": {"type": "str", "required": True, "no_log": False},
                "wait": {"type": "int", "default": 0},
            },
        },
        "integration_vendor": {"type": "str"},
        "internal_integration": {"type": "str"},
        "state": {"type": "str", "choices": ["inactive", "present"], "default": "present"},
        "active": {"type": "bool"},
        "unlock": {"type": "bool", "default": False},
        "allow_another": {"type": "bool", "default": False},
        "return_tracking_identifier": {"type": "bool", "default": False},
    }


def wanted_user(params: t.Mapping[str, t.Any], level_is_planned: bool = False) -> WantedUser:
    """What the options ask for; AutotaskError for what cannot be meant."""
    refuse_empty({name: params[name] for name in TEXTS})
    _refuse_malformed(params["secret"])
    inactive = params["state"] == "inactive"
    _refuse_active(params, inactive)
    vendor, own = params["integration_vendor"], params["internal_integration"]
    return WantedUser(
        tracking=Tracking("vendor", vendor) if vendor else Tracking("custom", own) if own else None,
        replace_secret=params["update_secret"] != "on_create",
        refuse_in_use=params["update_secret"] == "if_unused",
        level_is_planned=level_is_planned,
        active=False if inactive else params["active"],
        must_exist=inactive,
        **{name: params[name] for name in (*TEXTS[:-2], "unlock", "allow_another")},
    )


def wanted_handover(params: t.Mapping[str, t.Any]) -> Handover | None:
    """How a secret is handed over that Autotask made, if it may be."""
    given = params["handover"]
    if given is None:
        return None
    # A key that is none shall not turn up in the middle of the work.
    seal(HandedOver("", ""), given["public_key"])
    return Handover(Path(given["path"]), given["public_key"], given["wait"])


def user_result(outcome: Outcome, params: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """What a module returns of a user; its tracking identifier only if *params* ask for it."""
    result = {
        "changed": outcome.changed,
        "diff": {"before": outcome.before, "after": outcome.after},
        "resource": outcome.state.as_data() if outcome.state else None,
        "created": outcome.created,
        "secret_set": outcome.secret_set,
        "secret_handed_over": outcome.handed_over,
        "others": outcome.others,
    }
    if params["return_tracking_identifier"]:
        result["tracking_identifier"] = outcome.tracking_identifier
    return result


def _refuse_active(params: t.Mapping[str, t.Any], inactive: bool) -> None:
    if inactive and params["active"]:
        raise AutotaskError(
            "'state: inactive' and 'active: true' contradict each other. Nothing was done.", "invalid_option"
        )


def _refuse_malformed(secret: str | None) -> None:
    """A text box takes no line break, and the REST API no blanks around a secret: what is stored would not work."""
    if secret and (secret != secret.strip() or not secret.isprintable()):
        raise AutotaskError(
            "'secret' has blanks around it, or a line break or another invisible character in it (files often end with "
            "one). Nothing was done.",
            "malformed_secret",
        )
