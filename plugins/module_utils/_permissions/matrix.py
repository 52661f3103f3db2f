# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A permission matrix: what an integration needs of the page, each value with its reason.

A section of a matrix is a section of the option C(permissions) in which a value may be replaced by an entry, a
dictionary with C(value) and what there is to say about it.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes, parse
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest

NECESSITIES = ("required", "recommended", "off")
CONFIDENCES = ("documented", "inferred", "open")
NOTE = "note"
"""The key of a section that says what holds for everything it does not list."""

_SAYS = ("necessity", "confidence", "reason", "words", "may_loosen", "may_tighten")
_CHOICES = {"necessity": NECESSITIES, "confidence": CONFIDENCES}

Path = tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """Another value that an administrator may choose, and when."""

    to: t.Any
    when: str


@dataclass(frozen=True)
class Entry:
    """One value of a matrix. *path* is section, setting and, in object rows, column."""

    path: Path
    value: t.Any
    necessity: str | None = None
    confidence: str | None = None
    reason: str | None = None
    words: str | None = None
    """How the source says it, where that differs from the page."""
    may_loosen: Alternative | None = None
    may_tighten: Alternative | None = None


def entries(matrix: t.Mapping[str, t.Any]) -> list[Entry]:
    """All values of *matrix*, in its order; raises PermissionMistakes with everything wrong in their descriptions."""
    mistakes: list[str] = []
    found = list(_entries(matrix, (), mistakes))
    if mistakes:
        raise PermissionMistakes(mistakes)
    return found


def permissions_of(
    matrix: t.Mapping[str, t.Any],
    *,
    profile: str | None = None,
    profiles: t.Mapping[str, t.Any] | None = None,
    overrides: t.Mapping[str, t.Any] | None = None,
    purge: bool = True,
) -> dict[str, t.Any]:
    """The option C(permissions) that *matrix*, changed by a profile and then by *overrides*, stands for."""
    layers = {"matrix": matrix, "profile": _changes_of(profile, profiles or {}), "overrides": overrides or {}}
    mistakes = [_no_sections(name, layer) for name, layer in layers.items() if not isinstance(layer, t.Mapping)]
    if mistakes:
        raise PermissionMistakes(mistakes)
    permissions: dict[str, t.Any] = {}
    for entry in (entry for layer in layers.values() for entry in entries(layer)):
        _put(permissions, entry)
    parse(permissions, purge=purge)
    return permissions


def _changes_of(profile: str | None, profiles: t.Mapping[str, t.Any]) -> t.Mapping[str, t.Any]:
    if profile is None:
        return {}
    if not isinstance(profiles, t.Mapping):
        raise PermissionMistakes([f"profiles: must be a dictionary of profiles, not {profiles!r}"])
    if profile not in profiles:
        names = ", ".join(nearest(str(profile), profiles) or map(str, profiles))
        known = f"nearest: {names}" if names else "there are none at all"
        raise PermissionMistakes([f"profile {profile!r}: there is no such profile; {known}"])
    described = profiles[profile]
    if not isinstance(described, t.Mapping):
        raise PermissionMistakes([f"profile {profile!r}: must be a dictionary with permissions, not {described!r}"])
    changes: t.Mapping[str, t.Any] = described.get("permissions", {})
    return changes


def _no_sections(name: str, given: object) -> str:
    return f"{name}: must be a dictionary of sections, not {given!r}"


def _entries(node: t.Any, path: Path, mistakes: list[str]) -> t.Iterator[Entry]:
    if not isinstance(node, t.Mapping):
        yield Entry(path, node)
    elif path and ("value" in node or any(word in node for word in _SAYS)):
        yield _entry(node, path, mistakes)
    else:
        for key, child in node.items():
            if not (len(path) == 1 and key == NOTE):
                yield from _entries(child, (*path, str(key)), mistakes)


def _entry(node: t.Mapping[str, t.Any], path: Path, mistakes: list[str]) -> Entry:
    # YAML reads an off without quotes as false.
    says: dict[str, t.Any] = {
        key: "off" if key == "necessity" and said is False else said for key, said in node.items()
    }
    wrong = [problem for key, said in says.items() if (problem := _problem(key, said))]
    if "value" not in says:
        wrong.append("has no value")
    if wrong:
        mistakes += [f"{'.'.join(path)}: {problem}" for problem in wrong]
        return Entry(path, None)
    for key in says.keys() & {"may_loosen", "may_tighten"}:
        says[key] = Alternative(**says[key])
    return Entry(path, **says)


def _problem(key: str, said: t.Any) -> str | None:
    """What is wrong with one thing that an entry says."""
    if key not in ("value", *_SAYS):
        return f"{key!r} is not a key here; the keys are: value, {', '.join(_SAYS)}"
    if key in _CHOICES and said not in _CHOICES[key]:
        return f"{key} is {said!r}; it is one of {', '.join(_CHOICES[key])}"
    if key.startswith("may_") and not (isinstance(said, t.Mapping) and set(said) == {"to", "when"}):
        return f"{key} takes a dictionary of to and when, not {said!r}"
    return None


def _put(permissions: dict[str, t.Any], entry: Entry) -> None:
    *above, last = entry.path
    place = permissions
    for step in above:
        below = place.setdefault(step, {})
        if not isinstance(below, dict):
            below = place[step] = {}
        place = below
    place[last] = entry.value
