# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far the rights of a matrix go, and how far that is from a level that only reads."""

from __future__ import annotations

import enum
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Section, Setting
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted, parse
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix, Start


class Right(enum.StrEnum):
    """What a right lets somebody do."""

    RUN = "run"
    """Be a user of the API at all."""
    READ = "read"
    WRITE = "write"
    DELETE = "delete"
    CONFIGURE = "configure"
    """Change how the tenant works: the boxes of Admin."""
    IMPERSONATE = "impersonate"
    """Do it in the name of people."""


TO_RUN = ("can_login_to_web_services_api", "not_required_to_change_password")
_READING = ("access_", "can_view_", "can_access_", "report_category_")
_READING_TOO = ("contract_visibility", "display_all_organizations_in_selectors")


@dataclass(frozen=True)
class Reach:
    """The rights that a matrix lists, by what they let somebody do."""

    rights: t.Mapping[Right, tuple[Wanted, ...]]
    on_top_of: str | None
    """The system level that the listed rights come on top of, or that is given as it is."""
    unchanged: bool
    """Whether that level is given as it is."""
    full_permission: tuple[str, ...]

    @property
    def beyond_reading(self) -> tuple[Wanted, ...]:
        """What somebody would not need who only reads."""
        return tuple(
            wish for right, wishes in self.rights.items() if right not in (Right.RUN, Right.READ) for wish in wishes
        )


def reach_of(matrix: Matrix) -> Reach:
    granted = [wish for wish in parse(matrix.permissions(), purge=matrix.purge) if grants(wish)]
    rights = {right: tuple(wish for wish in granted if right_of(wish) is right) for right in Right}
    starts_from_all = matrix.start in (Start.FULL, Start.UNCHANGED)
    return Reach(
        rights=rights,
        on_top_of=matrix.copy_from if starts_from_all else None,
        unchanged=matrix.start is Start.UNCHANGED,
        full_permission=matrix.full_permission,
    )


def grants(wish: Wanted) -> bool:
    """Whether *wish* is for a right; a restriction takes some away."""
    return not means_nothing(wish.value) and not (wish.setting and wish.setting.restricts)


def right_of(wish: Wanted) -> Right:
    return right(wish.section, wish.setting, wish.column)


def right(section: Section, setting: Setting | None, column: str | None) -> Right:
    """What a setting that is on lets somebody do."""
    key = setting.key if setting else ""
    if key in TO_RUN:
        return Right.RUN
    if section.key == "web_services_api":
        return Right.IMPERSONATE
    if column == "delete":
        return Right.DELETE
    if column == "view" or key.startswith(_READING) or key in _READING_TOO:
        return Right.READ
    return Right.CONFIGURE if section.key == "admin" and not column else Right.WRITE
