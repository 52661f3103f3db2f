# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a look at a tenant came to: what was seen, step by step, and what stands in the way of a run."""

from __future__ import annotations

import datetime
import re
import typing as t
from pathlib import Path

from ansible.release import __version__
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_users import Ours, name_of

Answer = t.Mapping[str, t.Any]
Facts = t.Any

CUSTOM_LEVELS_AT_MOST = 50
""""A maximum of 50 custom API-only security levels" is in Autotask's online help."""

LONGEST_REASON = 500

STEPS = ("zone", "levels", "room", "base_level", "level", "users", "vendor_users", "holders", "user")
OF_ANOTHER = {"room": "levels", "vendor_users": "users", "holders": "users"}
"""Steps that only read what another one asked for."""


class Preflight:
    """Judges the *answers* of the tasks that looked, by step, for the tenant of *plan*."""

    def __init__(self, plan: Answer, answers: t.Mapping[str, Answer]) -> None:
        self._settings = plan["settings"]
        self._kept = plan["kept"].get(plan["key"], {})
        self._ours = Ours.of_plan(plan)
        self._answers = answers
        self.seen: dict[str, Facts] = {}
        self.problems: dict[str, str] = {}
        self.landmarks = answers["landmarks"]
        for step in STEPS:
            self._take(step)

    def as_data(self) -> dict[str, t.Any]:
        return {"seen": {**self.seen, "landmarks": self.landmarks}, "problems": self.problems}

    def _take(self, step: str) -> None:
        answer = self._answers.get(OF_ANOTHER.get(step, step)) or {}
        if answer.get("failed"):
            if step not in OF_ANOTHER:
                self.problems[step] = _reason(answer)
            return
        if not answer or answer.get("skipped"):
            return
        facts, problem = getattr(self, f"_{step}")(answer)
        if facts is not None:
            self.seen[step] = facts
        if problem:
            self.problems[step] = problem

    def _zone(self, answer: Answer) -> tuple[Facts, str]:
        return answer["zone"], ""

    def _levels(self, answer: Answer) -> tuple[Facts, str]:
        return answer["security_levels"], ""

    def _room(self, answer: Answer) -> tuple[Facts, str]:
        own = [level["name"] for level in answer["security_levels"] if level["api_only"] and not _is_system(level)]
        needed = 0 if self._settings["security_level_name"] in own else 1
        left = max(0, CUSTOM_LEVELS_AT_MOST - len(own))
        facts = {"custom_levels": len(own), "at_most": CUSTOM_LEVELS_AT_MOST, "left": left, "needed": needed}
        full = (
            f"The tenant has {len(own)} custom levels for API users, and Autotask's help says that "
            f"{CUSTOM_LEVELS_AT_MOST} are the most. Delete one that nobody uses."
        )
        return facts, full if left < needed else ""

    def _base_level(self, answer: Answer) -> tuple[Facts, str]:
        name = self._settings["base_security_level"]
        if not answer["security_levels"]:
            others = ", ".join(level["name"] for level in self.seen.get("levels", []))
            return None, (
                f'There is no level "{name}" to copy; there are {others}. Name one in '
                "work365_integration_base_security_level."
            )
        no_copy = (
            f'The menu of "{name}" was not seen to offer a copy; if the page words it differently, name its wording in '
            "work365_integration_labels under copy."
        )
        can_copy = self.landmarks.get("copy") or not self.seen.get("room", {}).get("needed", 1)
        return answer["security_levels"][0], "" if can_copy else no_copy

    def _level(self, answer: Answer) -> tuple[Facts, str]:
        names = ("created", "changed_settings", "unknown_settings", "absent_settings")
        would = "create it" if answer["created"] else _would_change(answer["changed_settings"])
        return {**{name: answer[name] for name in names}, "would": would}, ""

    def _users(self, answer: Answer) -> tuple[Facts, str]:
        return answer["resources"], ""

    def _vendor_users(self, answer: Answer) -> tuple[Facts, str]:
        """Whoever followed the vendor's guide before may have used other names; users can never be deleted."""
        names = [name_of(user) for user in self._ours.of_the_vendor(answer["resources"])]
        if not names or self._kept or self._settings["user_name"]:
            return names, ""
        has = "has" if len(names) == 1 else "have"
        return names, (
            f"{', '.join(names)} {has} the tracking identifier of {self._settings['vendor']} already. Bring back the "
            "credentials from a backup, or take the user over with work365_integration_user_name: "
            f"{names[0]}. A run creates no second one."
        )

    def _holders(self, answer: Answer) -> tuple[Facts, str]:
        """A run changes what they may do, too."""
        holders = self._ours.holders(answer["resources"])
        active = [name_of(user) for user in holders if user.get("active") is not False]
        have = "has" if len(active) == 1 else "have"
        others = (
            f'{", ".join(active)} {have} the level "{self._settings["security_level_name"]}", and would lose what a '
            "run takes away from it. Give them another level, or name those that may have it in "
            "work365_integration_other_holders."
        )
        return [name_of(user) for user in holders], others if active else ""

    def _user(self, answer: Answer) -> tuple[Facts, str]:
        names = ("location", "tracking", "security_level", "locked")
        would = "create it" if answer["created"] else _would_change(answer["diff"])
        return {"created": answer["created"], "would": would, **{name: answer["resource"][name] for name in names}}, ""


def pages_of(plan: Answer, key: str, found: Answer) -> list[Facts]:
    """What was *found* of an integration, for people and as data."""
    part = plan["parts"][key]
    page = part["places"]["preflight_page"]
    values = {
        **found,
        "tenant": plan["host"],
        "plan": part,
        "page": Path(page).name,
        "evidence": Path(plan["places"]["evidence_dir"]).name,
        "at": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M}",
        "core": __version__,
    }
    return [
        {"path": f"{page}.md", "template": "preflight.md.j2", "values": values},
        {"path": f"{page}.yml", "data": found["seen"]},
    ]


def _would_change(difference: Answer) -> str:
    names = dict.fromkeys((*difference["before"], *difference["after"]))
    return f"change {', '.join(names)}" if names else "change nothing"


def _is_system(level: Answer) -> bool:
    """Where the list does not say which levels are Autotask's own, their names do."""
    said = level["system"]
    return bool(said) if said is not None else "(system)" in level["name"].casefold()


def _reason(answer: Answer) -> str:
    return re.sub(r"\s+", " ", str(answer.get("msg") or "It failed without a message."))[:LONGEST_REASON]
