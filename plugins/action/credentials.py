# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.credentials; the module of that name documents it."""

from __future__ import annotations

import typing as t
from dataclasses import fields

from ansible_collections.msp.autotask.plugins.module_utils._kept import PLACE
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.controller import ControllerAction, Result, Spec
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked, facts_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper, Opened
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.rotation import Wish, begin, finish
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Conflict
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread, misread, without_empty

USER: dict[str, dict[str, t.Any]] = {
    "key": {"type": "str", "required": True, "no_log": False},
    "integration": {"type": "str"},
    "user_name": {"type": "str"},
    "secret": {"type": "str", "no_log": True},
    "generation": {"type": "int", "default": 1},
    "rotation": {"type": "str"},
}


class ActionModule(ControllerAction):
    """Reads, makes, changes and archives what is kept of a tenant's users."""

    SPEC: t.ClassVar[Spec] = {
        **PLACE,
        "operation": {
            "type": "str",
            "choices": ["ensure", "read", "archive", "begin_rotation", "finish_rotation"],
            "default": "ensure",
        },
        "users": {"type": "list", "elements": "dict", "options": USER, "default": []},
        "version": {"type": "str"},
        "older_than": {"type": "int", "default": 0},
        "made_by_hand": {"type": "bool", "default": False},
        "proven": {"type": "bool", "default": False},
    }

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        given = self._task.args
        for secret in _secrets_in(given):
            redactor.add(secret)
        if mistakes := misread(given, self.SPEC):
            raise Misread(mistakes)
        self._task.args = without_empty(given)
        options = self.options()
        keeper = keeper_of(options, task_vars)
        if options["operation"] == "archive":
            return self._archive(keeper, options["version"])
        if options["operation"] == "read":
            return _facts(keeper.read())
        keys = tuple(user["key"] for user in options["users"])
        if options["operation"] == "begin_rotation":
            wish = Wish(keys, options["older_than"], options["made_by_hand"])
            opened, due = begin(keeper, wish, check=self._task.check_mode)
            rotations = {key: opened.kept.users[key].rotation or "" for key in due}
            return {**_facts(opened), "due": due, "rotations": rotations, "changed": bool(due)}
        if options["operation"] == "finish_rotation":
            return self._finish_rotation(keeper, options)
        asked = {user["key"]: _asked(user) for user in map(without_empty, options["users"])}
        opened, made = keeper.ensure(asked, check=self._task.check_mode)
        return {**_facts(opened), "made": made, "changed": bool(made)}

    def _finish_rotation(self, keeper: Keeper, options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        users = options["users"]
        if not self._task.check_mode:
            for user in users:
                finish(keeper, user["key"], options["proven"], user["rotation"])
        return {**_facts(keeper.read()), "changed": bool(users)}

    def _archive(self, keeper: Keeper, version: str | None) -> dict[str, t.Any]:
        opened = keeper.read()
        if version is not None and version != opened.version:
            raise Conflict("The credentials changed after they were read. They were not archived; run again.")
        if self._task.check_mode or not opened.version:
            return {**_facts(opened), "changed": bool(opened.version), "archived_to": None}
        return {**_facts(opened), "changed": True, "archived_to": keeper.archive(opened)}


def _asked(user: t.Mapping[str, t.Any]) -> Asked:
    known = {item.name for item in fields(Asked)}
    return Asked(**{"integration": user["key"], **{name: value for name, value in user.items() if name in known}})


def _facts(opened: Opened) -> dict[str, t.Any]:
    """What may be shown and passed on: everything but secrets and identifiers."""
    return {
        "changed": False,
        "tenant": opened.kept.tenant,
        "version": opened.version,
        "users": {key: facts_of(entry) for key, entry in opened.kept.users.items()},
    }


def _secrets_in(given: t.Mapping[str, t.Any]) -> list[str]:
    """Every text of the options that is a secret, however they are shaped."""
    users = given.get("users")
    rows = [row for row in users if isinstance(row, dict)] if isinstance(users, list) else []
    found = [given.get("vault_password"), *(row.get("secret") for row in rows)]
    return [text for text in found if isinstance(text, str)]
