# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option C(credentials), which action plugins take away before a module runs.

C(msp.autotask.kept) documents it for a module with one user, C(msp.autotask.integrations) for one with several.
"""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

PLACE: t.Final[dict[str, dict[str, t.Any]]] = {
    "tenant": {"type": "str", "required": True},
    "path": {"type": "path", "required": True},
    "archive_folder": {"type": "path"},
    "store": {"type": "path"},
    "store_options": {"type": "dict"},
    "vault_password": {"type": "str", "no_log": True},
}
"""The options that say whose credentials, where, and sealed with what."""

PURPOSES = ("use", "look", "rotate", "retire")

COMMON: t.Final[dict[str, dict[str, t.Any]]] = {
    **PLACE,
    "generation": {"type": "int", "default": 1},
    "purpose": {"type": "str", "choices": list(PURPOSES), "default": "use"},
}
"""What several users of a tenant have in common."""

OF_ONE: t.Final[dict[str, dict[str, t.Any]]] = {
    "take_over": {"type": "bool", "default": False},
    "named_in": {"type": "str", "default": "user_name"},
}
"""What is said of one of several users, beside its key."""

USER: t.Final[dict[str, dict[str, t.Any]]] = {
    **COMMON,
    "key": {"type": "str", "required": True, "no_log": False},
    "integration": {"type": "str"},
    "rotation": {"type": "str"},
    **OF_ONE,
}
"""The options that say which user of them, and what for."""


OPENED = "_session"
"""The module option by which an action plugin passes on the session that a person kept."""

RENEWAL = "_session_renewal"
"""The one by which it says how to renew that, which is no secret."""

PUBLIC_KEY = "_public_key"
"""The module option by which an action plugin says whom a session is sealed for."""


def kept_option() -> dict[str, t.Any]:
    """The argument specification of the option."""
    return {"credentials": {"type": "dict", "options": USER}}


def kept_option_of_several() -> dict[str, t.Any]:
    """The argument specification of the option where there are several users."""
    secrets = {"type": "dict", "no_log": True}
    return {"credentials": {"type": "dict", "options": {**COMMON, "secrets": secrets}}}


def refuse_kept(params: t.Mapping[str, t.Any]) -> None:
    """Fail where a module was given the option, which it never sees behind its action plugin."""
    if params["credentials"] is not None:
        raise AutotaskError(
            "'credentials' works in a playbook only, where the action plugin of this module reads them. Nothing was "
            "done.",
            "invalid_option",
        )
