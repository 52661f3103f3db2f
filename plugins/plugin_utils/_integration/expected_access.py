# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is expected of an integration's access over REST: it follows what the level of the tenant grants."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from ansible_collections.msp.autotask.plugins.module_utils._rest.access import ACTIONS
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import expectations_of
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest

FOLLOWS = "follows"
"""The key of an entry for the permissions behind its actions; one that is granted is enough."""

Entry = t.Mapping[str, t.Any]


def expected_access(entries: t.Iterable[Entry], permissions: Entry) -> list[dict[str, t.Any]]:
    """The entries as the module C(autotask_access_info) takes them, for a level with these *permissions*.

    Raises AutotaskError for those that it would refuse, when level and user are made.
    """
    granted = {wish.path for wish in parse(permissions, purge=False) if not means_nothing(wish.value)}
    rows = [_for_level(entry, granted) for entry in entries]
    expectations_of(rows)
    return rows


def access_mistakes(entries: t.Iterable[Entry]) -> list[str]:
    """What is wrong with the permissions that entries follow, each with the name of its entity."""
    return [
        f"{entry.get('entity')}: {FOLLOWS}: {mistake}"
        for entry in entries
        for action, paths in (entry.get(FOLLOWS) or {}).items()
        for mistake in _mistakes(entry, action, paths)
    ]


def _for_level(entry: Entry, granted: t.Collection[str]) -> dict[str, t.Any]:
    said = {name: value for name, value in entry.items() if name != FOLLOWS and value is not None}
    for action, paths in (entry.get(FOLLOWS) or {}).items():
        said[action] = _following(said[action], any(path in granted for path in _listed(paths)))
    return said


def _following(necessity: str, is_granted: bool) -> str:
    """What was granted on purpose is no excess, and what was taken away must be refused."""
    if not is_granted:
        return "forbidden"
    return "recommended" if necessity == "forbidden" else necessity


def _mistakes(entry: Entry, action: str, paths: t.Any) -> t.Iterator[str]:
    if action not in ACTIONS or not entry.get(action):
        yield f"{action} is no action of this entry; they are: {', '.join(name for name in ACTIONS if entry.get(name))}"
    known = _paths()
    for path in _listed(paths):
        if path not in known:
            yield f"there is no permission {path!r}; nearest: {', '.join(nearest(str(path), known)) or 'none'}"


def _listed(paths: t.Any) -> list[t.Any]:
    return paths if isinstance(paths, list) else [paths]


def _paths() -> set[str]:
    places = [(f"{section.key}.{setting.key}", setting.columns) for section, setting in CATALOG.places()]
    return {f"{path}.{column.key}" if column else path for path, columns in places for column in columns or (None,)}
