# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is being done when something goes wrong, and what must be true in the end."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.module_utils._handover import new_key_pair, open_sealed
from simulated_console import READER, SECRET

from campaign.simulation import Simulation, Target

NEW_SECRET = "Battery-Staple-7"
KEYS = new_key_pair()
"""Of whoever receives the secrets that Autotask makes."""


def _nothing(_target: Target) -> None:
    pass


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
    between: t.Callable[[Target], None] = _nothing
    """What others do between a run that was killed and the next."""

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


def _received(target: Target) -> list[str]:
    """The secrets that were handed over, in the order they were taken in."""
    files = sorted(target.folder.glob("received-*"), key=lambda path: int(path.name.partition("-")[2]))
    return [open_sealed(path.read_text(encoding="ascii"), KEYS.private).secret for path in files]


def _receive(target: Target) -> None:
    """Take in what lies there; the secret in force must be one that somebody has."""
    sealed = target.folder / "sealed"
    if sealed.exists():
        sealed.rename(target.folder / f"received-{len(_received(target))}")
    (user,) = target.tenant.api_users()
    assert any(user.secret_is(secret) for secret in (SECRET, *_received(target))), "nobody has the secret"


def _secret_of_autotask(target: Target, _undisturbed: Target) -> None:
    _receive(target)
    target.refuse_wrong_user(_received(target)[-1])


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
    Job(
        "new secret of Autotask's",
        "autotask_resource",
        lambda target: target.user_options(
            secret=NEW_SECRET,
            update_secret="always",
            handover={"path": str(target.folder / "sealed"), "public_key": KEYS.public},
        ),
        _secret_of_autotask,
        tenant={"user_form": {"secret_on_edit": "text"}},
        with_user=True,
        between=_receive,
    ),
]
