# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is to be done for a tenant, as its tasks are told: what is known of each integration, and of all together.

Nothing of it is secret: of a secret that was given, the plan has the name of the variable that holds it.
"""

from __future__ import annotations

import os
import typing as t
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import LEVEL, Tags, Wanted

Data = dict[str, t.Any]


@dataclass(frozen=True)
class Around:
    """What the run is, besides the variables of a role."""

    host: str
    entry_point: str
    home: Path
    """Where Ansible keeps what lasts from run to run."""
    run_folder: Path
    """Lasts as long as the run."""
    variables: t.Mapping[str, t.Any]
    tags: Tags = field(default_factory=Tags)
    environment: t.Mapping[str, str] = field(default_factory=lambda: os.environ)
    check: bool = False


@dataclass
class Plan:
    """What is known of one integration."""

    title: str
    key: str
    """Its name, and the key of its user."""
    verification_key: str
    called: str
    """What the tenant is called with this integration, in reports and where it is named."""
    verify_option: str
    """What says whether there is a user for the proof."""
    origin: str = ""
    """Where its settings come from, if its pages do not say that by themselves."""
    prover: str = ""
    """The key of the user that proves the level; empty if nothing is expected of it."""
    expected: list[Data] = field(default_factory=list)
    """What that user may do."""
    proves: bool = False
    """Whether it is to be proven."""
    wants_verifier: bool = False
    """Whether a user of its own is to prove the level."""
    can_prove: bool = False
    """Whether all is known that the prover signs in with."""
    proves_by_hand: bool = False
    """Whether everything was given that signs in as a user made by hand."""
    is_known: bool = False
    """Whether the user is kept here, or was named."""
    kept: Data = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    settings: Data = field(default_factory=dict)
    """What pages name."""
    granted: Data = field(default_factory=dict)
    level: Data = field(default_factory=dict)
    """Options of the module for a level; none if it has no level of its own."""
    users: dict[str, Data] = field(default_factory=dict)
    """Options of the module for a user, of each by its key."""

    def as_data(self) -> Data:
        return asdict(self)


@dataclass
class Part:
    """One of the integrations, and what only the planning of all needs to know of it."""

    plan: Plan
    wanted: Wanted
    """What a run as a whole is to see to."""
    told: dict[str, Data]
    """What goes with the credentials of each of its users."""
    template: str = "handover.md.j2"
    sheet: str = ""
    """Where its sheet is, if that was said."""
    secret: str = field(default="", repr=False)
    """That of a user made by hand, if it was given."""
    secret_in: str = ""
    """The variable that holds it."""
    identifier_in: str = ""
    """The variable that holds the tracking identifier of the vendor's user."""
    also_called: dict[str, str] = field(default_factory=dict)
    """The keys of its users by the names that they have for everybody."""

    def to_look_at(self, keys: t.Iterable[str]) -> Data:
        """What the module that looks is told of it: its level, and those of its users."""
        own = self.plan
        users = [{"key": key, **own.users[key], **self.told.get(key, {})} for key in keys]
        return {"name": own.key, **({LEVEL: own.level} if own.level else {}), "resources": users}


@dataclass
class Secrets:
    """The names of the variables with the secrets that were given: by option, or by the key of the user."""

    console: dict[str, str] = field(default_factory=dict)
    rest: dict[str, str] = field(default_factory=dict)
    credentials: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    of_several: list[str] = field(default_factory=list)
    """Variables that hold secrets by the keys of users."""
    identifiers: dict[str, str] = field(default_factory=dict)


@dataclass
class TenantPlan:
    """What the tasks need to know of a tenant and all its integrations."""

    host: str
    entry_point: str
    check: bool = False
    """Whether nothing is to be changed; ansible_check_mode is that of the command line, not of a play or task."""
    alone: bool = False
    """Whether the result speaks of the one integration that there is, and not of each."""
    parts: dict[str, Plan] = field(default_factory=dict)
    """The plan of each, by its name."""
    tenant: str = ""
    session: str = ""
    """Where all tasks share one login."""
    kept_session: str = ""
    """Where the session is that a person made."""
    tenant_file: str = ""
    """Where the first run notes which tenant it worked in."""
    state_dir: str = ""
    credentials: Data = field(default_factory=dict)
    """Whose credentials are kept, and where."""
    generation: int = 1
    version: str = ""
    kept: Data = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    console: Data = field(default_factory=dict)
    """Options of the console modules; what was not given is left to the defaults of the play."""
    rest: Data = field(default_factory=dict)
    """Options of the modules that use the REST API."""
    zone: Data = field(default_factory=dict)
    """Options of the module that asks for the zone."""
    secrets: Secrets = field(default_factory=Secrets)
    wait: int = 0
    """Seconds to wait for Autotask to accept a new user."""
    look: Data = field(default_factory=dict)
    """Options of the module that looks at a tenant, besides the integrations."""
    levels: list[str] = field(default_factory=list)
    """The names of the integrations that have a level of their own."""
    users: dict[str, Data] = field(default_factory=dict)
    """Options of the module for a user, of each by its key."""
    told: dict[str, Data] = field(default_factory=dict)
    """What goes with the credentials of each."""
    can_sign_in: list[str] = field(default_factory=list)
    """The keys of users of which all is known that they sign in with."""
    proofs: list[Data] = field(default_factory=list)
    """The key of each user that is to prove a level, with what it may do."""
    by_hand: list[Data] = field(default_factory=list)
    """The same of users that somebody made by hand."""
    retire: list[Data] = field(default_factory=list)
    """Key, and name where one was given, of each user that is to be inactive."""
    rotation: Data = field(default_factory=dict)
    """Whose secrets are to be new, that of a vendor's user last, when nothing else can go wrong; and which of them."""
    archives: bool = False
    """Whether there are credentials to put away, and nobody is left who needs them."""
    integrations: list[Data] = field(default_factory=list)
    """Options of the modules for all integrations: those of the levels and users that the run's tags choose, or that
    are looked at."""
    sheets: list[Data] = field(default_factory=list)
    """Where each sheet is, and what it says."""
    runbooks: list[Data] = field(default_factory=list)
    """The pages that say what a person does by hand."""
    nothing_yet: Data = field(default_factory=dict)
    """What is known of a task's answer before the task ran."""

    def as_data(self) -> Data:
        return asdict(self)
