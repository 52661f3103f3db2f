# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security levels, read whole. What only reads opens the editor of each once."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import (
    SecurityLevels,
    SecurityLevelState,
    unknown_settings,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.export import export
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Section
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import plan
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import (
    USUAL_SECTIONS,
    refuse_not_understood,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name


def whole_levels(levels: SecurityLevels, name: str) -> list[dict[str, t.Any]]:
    """The level *name* with every setting that it has; none if there is no such level."""
    return [
        {**level, **_settings(look_into(levels, name, USUAL_SECTIONS, refuse_not_understood))}
        for level in levels.overview()
        if same_name(level["name"], name)
    ]


def is_known(levels: SecurityLevels, name: str) -> bool:
    """Whether the level *name* can be told whole of what was seen before."""
    return levels.shown(name, USUAL_SECTIONS) is not None


def look_into(
    levels: SecurityLevels,
    name: str,
    awaited: t.Sequence[Section],
    refuse: t.Callable[[SecurityLevelState], None],
) -> SecurityLevelState:
    """What the editor of a level shows, if *refuse* lets it pass. One that was opened before is not opened again."""
    if state := levels.shown(name, awaited):
        refuse(state)
        return state
    editor = levels.edit(name)
    editor.let_values_come()
    state = editor.read(awaited)
    refuse(state)
    editor.leave()
    levels.remember(name, state)
    return state


def _settings(state: SecurityLevelState) -> dict[str, t.Any]:
    exported = export(state.permissions)
    return {
        "settings": state.permissions.as_data(),
        "permissions": exported.permissions,
        "not_in_permissions": [str(name) for name in exported.unsaid],
        "unknown_settings": unknown_settings(plan(state.permissions, ()).unknown),
        "texts": [str(name) for name, control in state.permissions.named() if control.kind == "readonly"],
    }
