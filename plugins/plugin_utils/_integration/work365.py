# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work 365 as its own role has it, alone or among others."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.accepted import accepted_for, mistakes_in
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.expected_access import (
    access_mistakes,
    expected_access,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.file_names import (
    PROVER,
    integration_name_mistake,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import ROLES, WORK365_ROLE, permissions
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import Data, Part, Plan
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.planner import WORK365, Planner
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import (
    Wanted,
    level_of,
    user_of,
    verifier_of,
)

TEMPLATE = ROLES / WORK365_ROLE / "templates" / "handover.md.j2"

ON_PAGES = (
    "base_security_level",
    "console_username",
    "email",
    "first_name",
    "last_name",
    "location",
    "security_level_name",
    "terms",
    "user_name",
    "vendor",
    "verify_first_name",
    "verify_integration",
    "verify_last_name",
    "verify_user_name",
    "other_holders",
)
"""Variables that pages name."""


class Work365Planner(Planner):
    """Plans it for the tenant whose variables were given."""

    ALONE = True

    def part(self) -> Part:
        """What is to be done, whatever is there already."""
        self._refuse_mistakes()
        values, key = self._values, self._name
        verifier = PROVER if key == WORK365 else f"{key}_{PROVER}"
        prover = key if values.get("tracking_identifier") else verifier
        granted = permissions(values)
        proves = bool(values.get("verify") or values.get("tracking_identifier"))
        plan = Plan(
            "Work 365",
            key,
            verifier,
            self._around.host,
            f"{self._prefix}verify",
            prover=prover,
            expected=expected_access(values.get("expected_access") or [], granted),
            proves=proves,
            wants_verifier=proves and prover == verifier,
            proves_by_hand=all(values.get(name) for name in ("user_name", "secret", "tracking_identifier")),
            settings={
                **{name: values.get(name) for name in ON_PAGES},
                "accepted": accepted_for(self._around.host, values.get("accepted") or []),
            },
            granted=granted,
            users={key: user_of(values), verifier: verifier_of(values)},
        )
        plan.level = level_of(values, plan.granted)
        return self._part_of(plan)

    def _part_of(self, plan: Plan) -> Part:
        told: dict[str, Data] = {
            plan.key: {"named_in": f"{self._prefix}user_name"},
            # Nobody else uses this one, so that one which is there already may get a new secret.
            plan.verification_key: {"named_in": f"{self._prefix}verify_user_name", "take_over": True},
        }
        keys = (plan.key, plan.verification_key) if plan.wants_verifier else (plan.key,)
        wanted = Wanted(plan.key, plan.level, {key: {**plan.users[key], **told[key]} for key in keys})
        return Part(
            plan,
            wanted,
            told,
            str(TEMPLATE),
            self._values.get("handover_file") or "",
            self._values.get("secret") or "",
            self._variable("secret"),
            self._variable("tracking_identifier"),
            {WORK365: plan.key, "verification": plan.verification_key},
        )

    def _variable(self, name: str) -> str:
        return f"{self._prefix}{name}" if self._values.get(name) else ""

    def _parts(self) -> list[Part]:
        return [self.part()]

    def _named_so(self) -> str:
        return str(self._values.get("name") or WORK365)

    def _users_of(self, part: Part) -> t.Iterable[str]:
        """One that proved the level before is there still."""
        return part.plan.users

    def _mistakes(self) -> t.Iterator[str]:
        if mistake := integration_name_mistake(self._name):
            yield f"{self._prefix}{mistake}"
        entries = self._values.get("expected_access") or []
        yield from (f"{self._prefix}expected_access: {mistake}" for mistake in access_mistakes(entries))
        yield from (f"{self._prefix}accepted{mistake}" for mistake in mistakes_in(self._values.get("accepted") or []))
        yield from super()._mistakes()
