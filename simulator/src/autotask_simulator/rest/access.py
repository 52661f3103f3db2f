# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the settings of a security level to what its holder may do with an entity.

The rules are data: ``access_rules.yml``. This file only reads and applies them.
"""

from __future__ import annotations

import enum
import fnmatch
import functools
import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..records import Level
from .entities import ACTIONS, Action, Entity
from .options import RestOptions


class Access(enum.IntEnum):
    """The words of userAccessFor... in order of strength."""

    NONE = 0
    RESTRICTED = 1
    ALL = 2

    @property
    def word(self) -> str:
        return self.name.capitalize()


_EVERYTHING = ("All", "Yes", "Full", True)
_NOTHING = ("None", "No", False, None, "")


def setting(level: Level, path: str) -> t.Any:
    """A value of the level, e.g. ``contracts.contracts.view``; None where the level has no such setting."""
    value: t.Any = level.settings
    for key in path.split("."):
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return value


def granted(level: Level, path: str) -> Access:
    """What the value of one setting grants; words between all and nothing (Mine, Organizations, ...) restrict."""
    value = setting(level, path)
    if value in _NOTHING:
        return Access.NONE
    return Access.ALL if value in _EVERYTHING else Access.RESTRICTED


class Condition(t.Protocol):
    def __call__(self, level: Level, options: RestOptions) -> Access: ...


def _condition(spec: t.Any) -> Condition:
    """Compile one condition of the rules file (its head explains the forms)."""
    if isinstance(spec, str):
        return _plain(spec)
    if len(spec) == 1:
        form, value = next(iter(spec.items()))
        if form in ("all", "any"):
            parts, pick = [_condition(part) for part in value], min if form == "all" else max
            return lambda level, options: pick(part(level, options) for part in parts)
        if form == "at_most_restricted":
            inner = _condition(value)
            return lambda level, options: min(inner(level, options), Access.RESTRICTED)
        if form == "restricted_by":
            return lambda level, options: Access.RESTRICTED if setting(level, value) is True else Access.ALL
        if form == "if_shown":
            return lambda level, options: Access.ALL if setting(level, value) is None else granted(level, value)
    if spec.keys() == {"option", "is", "then", "otherwise"}:
        name, wanted = spec["option"], spec["is"]
        then, otherwise = _condition(spec["then"]), _condition(spec["otherwise"])
        return lambda level, options: (then if getattr(options, name) == wanted else otherwise)(level, options)
    raise ValueError(f"access_rules.yml: cannot read the condition {spec!r}")


def _plain(spec: str) -> Condition:
    if spec == "open":
        return lambda level, options: Access.ALL
    path, equals, word = (part.strip() for part in spec.partition("="))
    if equals:
        return lambda level, options: Access.ALL if setting(level, path) == word else Access.NONE
    return lambda level, options: granted(level, path)


@dataclass(frozen=True)
class Rule:
    """What opens the actions on some entities. *paths* are all the settings it names."""

    name: str
    patterns: tuple[str, ...]
    conditions: dict[Action, Condition]
    source: str
    confidence: str
    paths: frozenset[str]


def _paths(spec: t.Any) -> t.Iterator[str]:
    if isinstance(spec, str):
        if spec != "open":
            yield spec.partition("=")[0].strip()
    elif isinstance(spec, dict):
        for key, value in spec.items():
            if key not in ("option", "is"):
                yield from _paths(value)
    else:
        for part in spec:
            yield from _paths(part)


def _rule(entry: dict[str, t.Any]) -> Rule:
    conditions: dict[Action, Condition] = {}
    for actions, spec in entry["grants"].items():
        condition = _condition(spec)
        for action in ACTIONS if actions == "everything" else actions.split():
            conditions[t.cast(Action, action)] = condition
    return Rule(
        entry["name"],
        tuple(entry["entities"]),
        conditions,
        entry["source"],
        entry["confidence"],
        frozenset(path for spec in entry["grants"].values() for path in _paths(spec)),
    )


@functools.cache
def rules() -> tuple[Rule, ...]:
    data = yaml.safe_load((Path(__file__).parent / "access_rules.yml").read_text(encoding="utf-8"))
    return tuple(_rule(entry) for entry in data["rules"])


@functools.cache
def rule_of(name: str) -> Rule:
    """The first rule that names the entity."""
    for rule in rules():
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in rule.patterns):
            return rule
    raise LookupError(f"access_rules.yml has no rule for {name}")


def access(level: Level, entity: Entity, action: Action, options: RestOptions) -> Access:
    """What a holder of the level may do; an action that the entity does not have is None for everybody."""
    if not entity.can(action):
        return Access.NONE
    condition = rule_of(entity.name).conditions.get(action)
    if condition is None:
        raise LookupError(f"access_rules.yml does not say who may {action} {entity.name}")
    return condition(level, options)
