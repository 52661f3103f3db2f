# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's API users, as an integration sees them: which are its own, who else has its level or its vendor."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._wording import one_side, same_name, same_value
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import same_user

Data = t.Mapping[str, t.Any]


@dataclass(frozen=True)
class Ours:
    """What is known of an integration's users."""

    security_level: str
    vendor: str
    names: tuple[str, ...] = ()
    """The user names of its own."""
    other_holders: tuple[str, ...] = ()
    """User names of others that may have the level."""
    not_wanted: tuple[str, ...] = ()
    """Those of its own that nobody needs any more."""
    verify_option: str = "work365_integration_verify"
    """What says whether there is a user for the proof."""

    @classmethod
    def of_plan(cls, plan: Data) -> Ours:
        """As the role's plan has it."""
        settings, kept, verifier = plan["settings"], plan["kept"], plan["verification_key"]
        users = {key: kept[key]["user_name"] for key in (plan["key"], verifier) if key in kept}
        named = [settings.get("user_name"), settings.get("verify_user_name")]
        return cls(
            # A level that is Autotask's own is anybody's.
            security_level=plan["level"].get("name") or "",
            vendor=settings.get("vendor") or "",
            names=tuple(name for name in (*users.values(), *named) if name),
            other_holders=tuple(settings.get("other_holders") or ()),
            not_wanted=() if plan["wants_verifier"] or verifier not in users else (users[verifier],),
            verify_option=plan["verify_option"],
        )

    def has_the_level(self, user: Data) -> bool:
        return bool(self.security_level) and same_name(str(user.get("security_level") or ""), self.security_level)

    def is_of_the_vendor(self, user: Data) -> bool:
        tracking = user.get("tracking") or {}
        name = str(tracking.get("name"))
        return tracking.get("type") == "vendor" and (same_value(name, self.vendor) or one_side(name, self.vendor))

    def is_own(self, user: Data) -> bool:
        return _is_one_of(user, self.names)

    def holders(self, users: t.Iterable[Data]) -> list[Data]:
        """Who has the level, and is neither its own nor named."""
        known = (*self.names, *self.other_holders)
        return [user for user in users if self.has_the_level(user) and not _is_one_of(user, known)]

    def of_the_vendor(self, users: t.Iterable[Data]) -> list[Data]:
        """All that have the vendor's tracking identifier, its own too."""
        return [user for user in users if self.is_of_the_vendor(user)]

    def left_active(self, users: t.Iterable[Data]) -> list[Data]:
        """Its own that nobody needs any more, and that can sign in all the same."""
        return [user for user in users if _is_one_of(user, self.not_wanted) and user.get("active") is not False]


def name_of(user: Data) -> str:
    """The user name; where its form did not open, what the list calls it."""
    return str(user.get("user_name") or user.get("name") or "")


def _is_one_of(user: Data, names: t.Iterable[str]) -> bool:
    return any(same_user(name_of(user), name) for name in names)
