# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wanted of an integration, as options of the modules: for its level, each of its users, and all in one run."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

Options = dict[str, t.Any]

OF_ALL_USERS = ("location", "date_format", "time_format", "number_format")
LEVEL = "security_level"
TAGS = (LEVEL, "user", "verify")
"""The tags that choose the parts of an integration: its level, its user, and the user that proves the level."""


@dataclass(frozen=True)
class Tags:
    """What a run was told by C(--tags) and C(--skip-tags), and the tags that the role as a whole has."""

    only: t.Collection[str] = ("all",)
    skip: t.Collection[str] = ()
    inherited: t.Collection[str] = ()

    def choose(self, tag: str) -> bool:
        """Whether a task with *tag* would run."""
        tags = {tag, *self.inherited}
        chosen = not tags.isdisjoint({*self.only}) or not {"all", "tagged"}.isdisjoint(self.only)
        return chosen and tags.isdisjoint(self.skip) and {"all", "tagged"}.isdisjoint(self.skip)


@dataclass
class Wanted:
    """One integration; its users by the keys below which their credentials are kept, that of the vendor first."""

    name: str
    level: Options
    users: dict[str, Options] = field(default_factory=dict)

    def options(self, tags: Tags) -> list[Options]:
        """What the module for all integrations is told, of those parts that the run's tags choose."""
        chosen = {key for tag, key in zip(TAGS, (LEVEL, *self.users), strict=False) if tags.choose(tag)}
        resources = [{"key": key, **user} for key, user in self.users.items() if key in chosen]
        level = {LEVEL: self.level} if LEVEL in chosen and self.level else {}
        return [{"name": self.name, **level, "resources": resources}] if level or resources else []


def level_of(values: Options, granted: Options) -> Options:
    """The level that the role's variables describe."""
    return {
        "name": values.get("security_level_name"),
        "copy_from": values.get("base_security_level"),
        "active": True,
        "permissions": granted,
        "purge_permissions": values.get("purge_permissions", True),
        "optional_sections": values.get("optional_sections") or [],
    }


def user_of(values: Options) -> Options:
    """The user of the integration that the role's variables describe."""
    names = ("user_name", "first_name", "last_name", "email")
    return {
        **{name: values[name] for name in names if values.get(name)},
        **of_all_users(values),
        "security_level": values.get("security_level_name"),
        "integration_vendor": values.get("vendor"),
    }


def verifier_of(values: Options) -> Options:
    """The user that proves what the level allows; its variables begin with C(verify_)."""
    names = ("user_name", "first_name", "last_name", "email")
    return {
        **{name: values[f"verify_{name}"] for name in names if values.get(f"verify_{name}")},
        **of_all_users(values),
        "security_level": values.get("security_level_name"),
        "internal_integration": values.get("verify_integration"),
    }


def of_all_users(values: Options) -> Options:
    """What all users of a tenant have in common."""
    return {
        **{name: values[name] for name in OF_ALL_USERS if values.get(name)},
        "active": True,
        "unlock": values.get("unlock", False),
    }
