# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the look at a tenant came to, question by question."""

from __future__ import annotations

import typing as t

Answer = t.Mapping[str, t.Any]


def levels_and_users(integrations: t.Iterable[Answer]) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """What is said of the level of each integration, and of each user by its key."""
    said = list(integrations)
    levels = {each["name"]: each["security_level"] for each in said if each.get("security_level")}
    return levels, {user["key"]: user for each in said for user in each["resources"]}


class Looked:
    """The *answer* of the module that looked; a failure that ended it stands for all that it did not come to."""

    def __init__(self, plan: Answer, answer: Answer) -> None:
        self._asked = plan.get("look") or {}
        self._answer = answer
        self._wanted_levels, self._wanted_users = levels_and_users(plan.get("integrations") or [])
        self._levels, self._users = levels_and_users(answer.get("integrations") or [])

    @property
    def landmarks(self) -> t.Mapping[str, t.Sequence[str]]:
        """By which words the module found its way, if it was to tell."""
        found: t.Mapping[str, t.Sequence[str]] = self._answer.get("diagnostics", {}).get("landmarks", {})
        return found

    @property
    def all_levels(self) -> Answer:
        if "security_levels" in self._answer:
            return {"security_levels": self._answer["security_levels"]}
        return self._failure if self._asked.get("list_levels") else {}

    @property
    def users(self) -> Answer:
        """All API users."""
        return self._answer.get("users_read") or self._instead(self._asked.get("read_users"))

    @property
    def reads_levels_of_users(self) -> bool:
        return bool(self._asked.get("read_levels_of_users"))

    @property
    def levels_read(self) -> list[Answer]:
        """All levels that were read whole, as far as they could be."""
        return [level for each in self._answer.get("levels_read", []) for level in each.get("security_levels", [])]

    def level_read(self, name: str) -> Answer:
        """A level that was to be read whole."""
        read = {each["name"]: each for each in self._answer.get("levels_read", [])}
        return read.get(name) or self._instead(name in self._asked.get("read_levels", ()))

    def level(self, integration: str) -> Answer:
        return self._levels.get(integration) or self._instead(integration in self._wanted_levels)

    def user(self, key: str) -> Answer:
        return self._users.get(key) or self._instead(key in self._wanted_users)

    def _instead(self, was_asked: t.Any) -> Answer:
        """What stands in the place of an answer; where no level was listed, that says it for all."""
        is_said = bool(self.all_levels.get("failed"))
        return self._failure if was_asked and not is_said else {}

    @property
    def _failure(self) -> Answer:
        return self._answer if self._answer.get("failed") else {}
