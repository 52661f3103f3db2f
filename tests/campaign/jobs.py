# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is being done when something goes wrong, and what must be true in the end."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from simulated_console import READER

from campaign.simulation import Simulation, Target

NEW_SECRET = "Battery-Staple-7"


@dataclass(frozen=True)
class Job:
    """A module with its options, the tenant it works on, and how the result is judged."""

    name: str
    module: str
    options: t.Callable[[Target], dict[str, t.Any]]
    verify: t.Callable[[Target, Target], None]
    """Compares a tenant with one where nobody disturbed the run."""
    tenant: dict[str, t.Any] = field(default_factory=dict)
    with_user: bool = False

    def tenant_for(self, simulation: Simulation) -> Target:
        """A new tenant for this job."""
        target = simulation.tenant(**self.tenant)
        if self.with_user:
            assert target.run("autotask_resource", **target.user_options())["created"]
        return target


def _level(target: Target, undisturbed: Target) -> None:
    target.refuse_wrong_level(undisturbed.tenant.level("Reader").settings)


def _user(target: Target, _undisturbed: Target) -> None:
    target.refuse_wrong_user()


def _new_secret(target: Target, _undisturbed: Target) -> None:
    target.refuse_wrong_user(NEW_SECRET)


JOBS = [
    Job("level", "autotask_security_level", lambda _: dict(READER), _level, {"copy_stored": "at_once"}),
    Job(
        "level, stored on saving", "autotask_security_level", lambda _: dict(READER), _level, {"copy_stored": "on_save"}
    ),
    Job("user", "autotask_resource", lambda target: target.user_options(), _user),
    Job(
        "new secret",
        "autotask_resource",
        lambda target: target.user_options(secret=NEW_SECRET, update_secret="always"),
        _new_secret,
        with_user=True,
    ),
]
