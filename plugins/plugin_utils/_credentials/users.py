# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users of a tenant's integrations, all of which one module brings to what is wanted."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._kept import OF_ONE
from ansible_collections.msp.autotask.plugins.module_utils._reporting import failure_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import KeptUser
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread, without_empty

Data = dict[str, t.Any]
Integrations = list[Data]
Place = tuple[str, str]
"""The name of an integration, and the key of one of its users."""

LEVEL = "security_level"

AT_WORK = ("internal_error", "")
"""Failures that do not say at which user they happened, so that each may have been saved."""


class KeptUsers:
    """Each user that *integrations* name; C(fill_in) before the module, C(note) after it, as for one user."""

    def __init__(self, integrations: Integrations, credentials: Data, kept_user: t.Callable[[Data], KeptUser]) -> None:
        self._wanted = integrations
        self._secrets = without_empty(credentials.get("secrets") or {})
        common = {name: value for name, value in credentials.items() if name != "secrets"}
        self._refuse_what_is_no_text()
        self._users = {
            (each["name"], user["key"]): kept_user({**common, **_of_one(user)})
            for each in integrations
            for user in each.get("resources") or []
        }

    def fill_in(self) -> Integrations:
        """What is wanted, with names and secrets; if those of one user cannot be had, those of none are made."""
        try:
            return [self._filled_in(each) for each in self._wanted]
        except AutotaskError:
            self._put_away(self._users)
            raise

    def made_by_a_sibling(self, result: Data) -> bool:
        """Whether another run, which keeps its credentials in the same place, was quicker to make one of the users."""
        at = _at(result)
        return at in self._users and self._users[at].made_by_a_sibling(result)

    def note_done(self, result: Data) -> Data:
        """Write down what came of the users that are done; returns *result* without what is secret in it."""
        failures: list[AutotaskError] = []
        noted = {**result, "integrations": [self._noted(each, failures) for each in result.get("integrations") or []]}
        noted["kept"] = {place[1]: user["kept"] for place, user in _objects(noted).items() if "kept" in user}
        if failures and not result.get("failed"):
            noted.update({"failed": True, **failure_of(failures[0])})
        return noted

    def note(self, result: Data) -> Data:
        """Write down what came of each user, however the module ended."""
        noted, at = self.note_done(result), _at(result)
        if not result.get("failed"):
            return noted
        left = {place for place in self._users if place not in _objects(result)}
        if at in left:
            left.remove(at)
            noted |= self._users[at].note({name: result[name] for name in ("failed", "msg", "failure")})
        if _reason(result) not in AT_WORK:
            self._put_away(left)
        return noted

    def _filled_in(self, integration: Data) -> Data:
        name = integration["name"]
        users = [self._filled_in_user((name, user["key"]), user) for user in integration.get("resources") or []]
        return {**integration, "resources": [user for user in users if user]}

    def _filled_in_user(self, place: Place, user: Data) -> Data | None:
        return self._users[place].fill_in(self._given(user))

    def _given(self, user: Data) -> Data:
        given = {name: value for name, value in without_empty(user).items() if name not in OF_ONE}
        secret = self._secrets.get(user["key"])
        return {**given, **({"secret": secret} if secret else {})}

    def _noted(self, integration: Data, failures: list[AutotaskError]) -> Data:
        users = []
        for user in integration["resources"]:
            try:
                users.append(self._users[integration["name"], user["key"]].note(user))
            except AutotaskError as error:
                failures.append(error)
        return {**integration, "resources": users}

    def _put_away(self, places: t.Iterable[Place]) -> None:
        for place in places:
            self._users[place].put_away()

    def _refuse_what_is_no_text(self) -> None:
        mistakes = [
            f"credentials.secrets.{key}: is not text; put it in quotes"
            for key, secret in self._secrets.items()
            if not isinstance(secret, str)
        ]
        if mistakes:
            raise Misread(mistakes)


class UsersToLookAt(KeptUsers):
    """The same where nothing is changed: a user whose name or secret cannot be had does not keep the others back."""

    def __init__(self, integrations: Integrations, credentials: Data, kept_user: t.Callable[[Data], KeptUser]) -> None:
        super().__init__(integrations, credentials, kept_user)
        self._unknown: dict[Place, Data] = {}

    def note_done(self, result: Data) -> Data:
        """The same, with those that the module was not told of."""
        noted = super().note_done(result)
        for each in noted["integrations"]:
            unknown = {key: failure for (name, key), failure in self._unknown.items() if name == each["name"]}
            each["resources"] += [{"key": key, **failure} for key, failure in unknown.items()]
        return noted

    def _filled_in_user(self, place: Place, user: Data) -> Data | None:
        try:
            return super()._filled_in_user(place, user)
        except AutotaskError as error:
            self._unknown[place] = {"failed": True, **failure_of(error)}
            return None


def together(first: Data, second: Data) -> Data:
    """What two runs came to, of which the second went on where the first was broken off."""
    done = {**_objects(second), **{place: found for place, found in _objects(first).items() if found["changed"]}}
    return {
        **second,
        "changed": bool(first.get("changed") or second.get("changed")),
        "diff": [*first.get("diff", []), *second.get("diff", [])],
        "kept": {**first.get("kept", {}), **second.get("kept", {})},
        "integrations": [
            {
                **each,
                LEVEL: done.get((each["name"], LEVEL)),
                "resources": [found for place, found in done.items() if place[0] == each["name"] and "key" in found],
            }
            for each in second.get("integrations") or first["integrations"]
        ],
    }


def _objects(result: Data) -> dict[Place, Data]:
    found: dict[Place, Data] = {}
    for each in result.get("integrations") or []:
        if each[LEVEL]:
            found[each["name"], LEVEL] = each[LEVEL]
        found |= {(each["name"], user["key"]): user for user in each["resources"]}
    return found


def _of_one(user: Data) -> Data:
    return {name: user[name] for name in ("key", *OF_ONE) if name in user}


def _at(result: Data) -> Place:
    """Where the module failed."""
    failure = result.get("failure") or {}
    return failure.get("integration", ""), failure.get("object", "")


def _reason(result: Data) -> str:
    return str((result.get("failure") or {}).get("reason", ""))
