# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is to be done for one tenant, and where its things are; all of it known before a browser starts."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import typing as t
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._tenant import Tenant, kind_of, refuse_other
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked, Kept, facts_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import absolute, keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import INTERRUPTED, RotationInterrupted
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.accepted import accepted_for, mistakes_in
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.claims import claim
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import PREFIX, Given, permissions
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.names import PLAIN, file_name
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.runbook import Chapter, chapters
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import (
    Tags,
    Wanted,
    level_of,
    user_of,
    verifier_of,
)

WORK365 = "work365"
"""The name of the integration that the role is for, and the key of its user."""

TITLE = "Work 365"

LOGS_IN = ("main", "audit", "preflight", "rotate_secret", "decommission")
MINDS_ROTATION = ("main", "audit")
"""Entry points that would try a secret, and must not while it is not known which of two Autotask has."""

OWN_USERS = (WORK365, "verification")
"""Whose secrets are replaced where nobody says otherwise."""

CONTAINERS = ("AWX_PRIVATE_DATA_DIR", "AWX_ISOLATED_DATA_DIR")
"""Set by AWX and by ansible-runner, whose containers end with the job."""

TEMPLATES = (
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


class NoPlace(AutotaskError):
    """It is not clear where things are to be written."""

    reason = "no_place"


class NotNamed(AutotaskError):
    """A guard of what cannot be taken back."""

    reason = "not_named"


@dataclass(frozen=True)
class Around:
    """What the run is, besides the role's variables."""

    host: str
    entry_point: str
    role: Path
    home: Path
    """Where Ansible keeps what lasts from run to run."""
    run_folder: Path
    """Lasts as long as the run."""
    variables: t.Mapping[str, t.Any]
    tags: Tags = field(default_factory=Tags)
    environment: t.Mapping[str, str] = field(default_factory=lambda: os.environ)


@dataclass
class Plan:
    """What the tasks need to know; nothing of it is secret."""

    entry_point: str
    """Of the role for Work 365, or C(integrations)."""
    tenant: str = ""
    called: str = ""
    """What the tenant is called with this integration, in reports and where it is named."""
    title: str = TITLE
    origin: str = ""
    """Where its settings come from, if its pages do not say that by themselves."""
    key: str = WORK365
    verification_key: str = "verification"
    verify_option: str = "work365_integration_verify"
    """What says whether there is a user for the proof."""
    prover: str = ""
    """The key of the user that proves the level."""
    expected: list[dict[str, t.Any]] = field(default_factory=list)
    """What that user may do."""
    proves: bool = False
    """Whether it is to be proven."""
    wants_verifier: bool = False
    """Whether a user of its own is to prove the level."""
    can_sign_in: list[str] = field(default_factory=list)
    """The keys of users of which all is known that they sign in with."""
    can_prove: bool = False
    """Whether the prover is one of them."""
    proves_by_hand: bool = False
    """Whether everything was given that signs in as a user made by hand."""
    is_known: bool = False
    """Whether the user is kept here, or was named."""
    retire: list[dict[str, str]] = field(default_factory=list)
    """Key, and name where one was given, of each user that is to be inactive."""
    rotate: list[dict[str, str]] = field(default_factory=list)
    """The keys of the users that may get a new secret; that of the vendor last, when nothing else can go wrong."""
    archives: bool = False
    """Whether there are credentials to put away, and nobody is left who needs them."""
    version: str = ""
    session: str = ""
    """Where all tasks share one login."""
    kept_session: str = ""
    """Where the session is that a person made."""
    state_dir: str = ""
    tenant_file: str = ""
    """Where the first run notes which tenant it worked in."""
    credentials: dict[str, t.Any] = field(default_factory=dict)
    kept: dict[str, t.Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    settings: dict[str, t.Any] = field(default_factory=dict)
    granted: dict[str, t.Any] = field(default_factory=dict)
    level: dict[str, t.Any] = field(default_factory=dict)
    """Options of the module for a level."""
    users: dict[str, dict[str, t.Any]] = field(default_factory=dict)
    """Options of the module for a user, of each by its key."""
    integrations: list[dict[str, t.Any]] = field(default_factory=list)
    """Options of the module for all integrations: those of the level and of the users that the run's tags choose."""
    chapters: list[Chapter] = field(default_factory=list)
    """What a person does by hand, in a runbook."""

    def as_data(self) -> dict[str, t.Any]:
        return asdict(self)


class Planner:
    """Makes the plan, or says everything that is in its way."""

    def __init__(self, given: Given, around: Around) -> None:
        self._given = given
        self._prefix = given.prefix
        self._values = given.values
        self._around = around
        self._name = str(self._values.get("name") or WORK365)

    def plan(self) -> Plan:
        plan, entry_point = self.described(), self._around.entry_point
        self._say_where(plan)
        self._refuse_unknown_users(plan.users)
        if entry_point == "decommission":
            self._refuse_unnamed([plan])
        if entry_point == "runbook":
            plan.chapters = chapters(plan.as_data())
        if entry_point in LOGS_IN:
            self._look_at_credentials(plan)
        return plan

    def described(self) -> Plan:
        """What is to be done, whatever is there already."""
        self._refuse_mistakes()
        values = self._values
        plan = Plan(
            self._around.entry_point,
            settings={name: values.get(name) for name in TEMPLATES},
            granted=permissions(values),
        )
        plan.key, plan.called = self._name, self._around.host
        plan.verification_key = "verification" if self._name == WORK365 else f"{self._name}_verification"
        plan.prover = plan.key if values.get("tracking_identifier") else plan.verification_key
        plan.proves = bool(values.get("verify") or values.get("tracking_identifier"))
        plan.wants_verifier = plan.proves and plan.prover == plan.verification_key
        plan.settings["accepted"] = accepted_for(self._around.host, values.get("accepted") or [])
        plan.rotate = self._to_rotate(plan)
        plan.expected = [without_none(line) for line in values.get("expected_access") or []]
        plan.proves_by_hand = all(values.get(name) for name in ("user_name", "secret", "tracking_identifier"))
        plan.level = level_of(values, plan.granted)
        plan.users = {plan.key: user_of(values), plan.verification_key: verifier_of(values)}
        plan.integrations = self.wanted(plan).options(self._around.tags)
        return plan

    def _say_where(self, plan: Plan) -> None:
        plan.tenant = str(self._values.get("console_username") or "").rpartition("@")[2]
        plan.state_dir = str(self._around.home / "msp.autotask")
        plan.session = f"{plan.state_dir}/{self._page_name()}.session.json"
        plan.kept_session = str(self._absolute(self._values["session"])) if self._values.get("session") else ""
        plan.places = self._places(self._page_name())

    def _refuse_mistakes(self) -> None:
        mistakes = [*self._given.mistakes, *self._mistakes()]
        if mistakes:
            raise Misread(mistakes)

    def _mistakes(self) -> t.Iterator[str]:
        values = self._values
        if not PLAIN.fullmatch(self._name):
            yield f"{self._prefix}name: {self._name!r} is to be one word of letters, digits, dashes and underscores"
        if "@" not in (values.get("console_username") or "@"):
            yield f"{self._prefix}console_username: give the whole name, with @ and the tenant's domain"
        yield from (f"{self._prefix}accepted{mistake}" for mistake in mistakes_in(values.get("accepted") or []))
        yield from self._elsewhere()

    def _elsewhere(self) -> t.Iterator[str]:
        """The playbooks say that they work here; only the command line can say otherwise."""
        variables = self._around.variables
        if not variables.get("__msp_autotask_here"):
            return
        connection = str(variables.get("ansible_connection", "local")).rpartition(".")[2]
        if connection != "local":
            yield f"ansible_connection: is {connection}; these playbooks work on this machine, so leave it out of -e"
        shell = str(variables.get("ansible_shell_type", "sh")).rpartition(".")[2]
        if shell != "sh":
            yield f"ansible_shell_type: is {shell}; these playbooks use sh on this machine, so leave it out of -e"
        if str(variables.get("ansible_become", False)).lower() in ("true", "yes", "1", "on"):
            yield "ansible_become: these playbooks use no privilege escalation, so leave it out of -e"

    def wanted(self, plan: Plan) -> Wanted:
        """The level and the users that a run as a whole is to see to."""
        users = {plan.key: {**plan.users[plan.key], "named_in": f"{self._prefix}user_name"}}
        if plan.wants_verifier:
            of_verifier = {"named_in": f"{self._prefix}verify_user_name", "take_over": True}
            users[plan.verification_key] = {**plan.users[plan.verification_key], **of_verifier}
        return Wanted(self._name, plan.level, users)

    # ---- places

    def _places(self, page_name: str) -> dict[str, str]:
        """Every path, absolute; those only that this entry point writes to or reads."""
        wanted = {
            "audit_report": ("audit_folder",),
            "preflight": ("preflight_folder",),
            "runbook": ("runbook_folder",),
            "login": (),
        }.get(self._around.entry_point, ("handover_file",))
        places = {name: self._absolute(self._values.get(name) or self._default(name, page_name)) for name in wanted}
        pages = {
            f"{name.removesuffix('_folder')}_page": folder / page_name
            for name, folder in places.items()
            if name in ("preflight_folder", "runbook_folder")
        }
        places |= pages
        if "preflight_page" in pages:
            evidence = self._values.get("evidence_dir")
            beside = pages["preflight_page"].with_name(f"{page_name}-evidence")
            places["evidence_dir"] = self._absolute(evidence) if evidence else beside
        return {name: str(place) for name, place in places.items()}

    def _default(self, name: str, page_name: str) -> Path:
        if name == "handover_file":
            return self._folder() / "handover" / f"{page_name}.md"
        return self._folder() / name.removesuffix("_folder")

    def _page_name(self) -> str:
        return self._page_name_of(self._name)

    def _page_name_of(self, integration: str) -> str:
        host = file_name(self._around.host)
        return host if integration == WORK365 else f"{host}@{integration}"

    def _folder(self) -> Path:
        """Where things are written: as given, or beside the inventory."""
        if given := self._values.get("folder"):
            return self._absolute(given)
        sources = [Path(source) for source in self._around.variables.get("ansible_inventory_sources") or []]
        # What a shell makes of <(...) is there, and is no file.
        if len(sources) == 1 and (sources[0].is_file() or sources[0].is_dir()):
            return sources[0].resolve().parent
        what = "There are several inventories" if len(sources) > 1 else "The inventory is no file"
        raise NoPlace(
            f"{what}, so it is not clear where credentials and pages are to be written. Say it in "
            f"{self._prefix}folder. Nothing was done."
        )

    def _absolute(self, path: str | Path) -> Path:
        return absolute(str(path), self._around.variables)

    # ---- credentials

    def _look_at_credentials(self, plan: Plan) -> None:
        keeper, kept = self._opened(plan)
        self._look_at_users(plan, kept)
        plan.archives = archives(plan, kept)
        if self._around.entry_point in MINDS_ROTATION:
            refuse_interrupted(kept)
        if self._around.entry_point in ("main", "preflight"):
            self._refuse_what_is_not_kept_so(plan, keeper)

    def _look_at_users(self, plan: Plan, kept: Kept) -> None:
        """What can be done with the users of an integration."""
        plan.is_known = plan.key in kept.users or bool(plan.settings.get("user_name"))
        plan.retire = _to_retire(plan, kept)
        plan.can_sign_in = self._who_can_sign_in(plan, kept)
        plan.can_prove = plan.prover in plan.can_sign_in

    def _opened(self, plan: Plan) -> tuple[Keeper, Kept]:
        """The credentials of the tenant, which no other host of this run is."""
        values = self._values
        claim(self._around.run_folder, f"{plan.tenant} {values.get('console_url', '')}", self._around.host)
        self._refuse_another_domain(plan)
        plan.credentials = self._place_of_credentials(plan)
        plan.tenant_file = self._tenant_file(plan)
        keeper = keeper_of({**plan.credentials, "vault_password": values.get("vault_password")}, self._around.variables)
        opened = keeper.read()
        plan.version = opened.version
        plan.kept = {key: facts_of(entry) for key, entry in opened.kept.users.items()}
        return keeper, opened.kept

    def _refuse_another_domain(self, plan: Plan) -> None:
        """With a session that a person saved, the name says nothing of who is logged in."""
        named = str(self._values.get("tenant") or "")
        if named and kind_of(named) == "domain" and not plan.kept_session:
            refuse_other(named, Tenant(domains=(plan.tenant,)))

    def _tenant_file(self, plan: Plan) -> str:
        """One for each host and place of credentials: hosts of two inventories may have one name."""
        place = hashlib.sha256(str(plan.credentials["path"]).encode()).hexdigest()[:12]
        return f"{plan.state_dir}/tenants/{file_name(self._around.host)}-{place}.json"

    def _place_of_credentials(self, plan: Plan) -> dict[str, t.Any]:
        values = self._values
        place: dict[str, t.Any] = {"tenant": plan.tenant}
        if store := values.get("store"):
            program = str(self._absolute(store))
            return {**place, "path": program, "store": program, "store_options": values.get("store_options") or {}}
        self._refuse_what_goes_with_a_container()
        path = self._absolute(values.get("credentials_file") or self._default_credentials())
        archive = self._absolute(values.get("archive_folder") or path.parent / "archive")
        return {**place, "path": str(path), "archive_folder": str(archive)}

    def _default_credentials(self) -> Path:
        folder = self._folder() / "credentials"
        path = folder / f"{file_name(self._around.host)}.yml"
        left_by_version_1 = folder / f"{self._around.host}.yml"
        return left_by_version_1 if left_by_version_1.is_file() and not path.exists() else path

    def _refuse_what_goes_with_a_container(self) -> None:
        given = any(self._values.get(name) for name in ("folder", "credentials_file"))
        if not given and any(self._around.environment.get(name) for name in CONTAINERS):
            raise NoPlace(
                "This run is in a container that ends with it, and so do files beside its inventory: the credentials "
                f"would be lost, while their users stay in Autotask. Name a folder that lasts in {self._prefix}folder, "
                f"or another store in {self._prefix}store. Nothing was done."
            )

    def _who_can_sign_in(self, plan: Plan, kept: Kept) -> list[str]:
        given = plan.key if self._values.get("tracking_identifier") else ""
        return [
            key for key, entry in kept.users.items() if entry.secret and (entry.tracking_identifier or key == given)
        ]

    def _to_rotate(self, plan: Plan) -> list[dict[str, str]]:
        names = {"verification": plan.verification_key, WORK365: plan.key}
        wanted = self._values.get("rotate_users", OWN_USERS)
        return [{"key": key} for name, key in names.items() if {name, key} & {*wanted}]

    def _refuse_what_is_not_kept_so(self, plan: Plan, keeper: Keeper) -> None:
        """Another user, or another secret, is kept than the one that was given; or nothing could be sealed."""
        values = self._values
        asked = {
            plan.key: Asked(plan.key, values.get("user_name"), values.get("secret"), values.get("generation") or 1)
        }
        if values.get("verify"):
            name = values.get("verify_user_name")
            asked[plan.verification_key] = Asked(plan.verification_key, name, None, values.get("generation") or 1)
        keeper.ensure(asked, check=True)

    def _refuse_unknown_users(self, known: t.Collection[str]) -> None:
        if unknown := [key for key in self._values.get("rotate_users") or [] if key not in {*known, *OWN_USERS}]:
            name, those = f"{self._prefix}rotate_users", ", ".join(known)
            raise Misread([f"{name}: there is no user {key} here; there are: {those}" for key in unknown])

    def _named(self, plans: t.Iterable[Plan]) -> list[Plan]:
        named = self._values.get("decommission") or []
        # From the command line it is text.
        names = [named, *(name.strip() for name in named.split(","))] if isinstance(named, str) else named
        return [plan for plan in plans if plan.called in names]

    def _refuse_unnamed(self, plans: t.Sequence[Plan]) -> None:
        if not self._named(plans):
            option, host = f"{PREFIX}decommission", self._around.host
            ways = ", or ".join(f"{plan.title} out of, for example -e {_given(option, plan.called)}" for plan in plans)
            raise NotNamed(
                f"{host} is not named in {option}, so nothing was done to it. Name the tenants to take {ways}"
            )


def _given(variable: str, name: str) -> str:
    """As a shell takes it, and Ansible, which ends a value that is no JSON at a blank."""
    is_plain = all(PLAIN.fullmatch(part) for part in name.split("@"))
    return f"{variable}={name}" if is_plain else shlex.quote(json.dumps({variable: [name]}))


def without_none(line: dict[str, t.Any]) -> dict[str, t.Any]:
    return {name: value for name, value in line.items() if value is not None}


def archives(plan: Plan, kept: Kept) -> bool:
    """Whether the credentials can be put away: other integrations of the tenant may be kept with them."""
    return bool(plan.version) and {*kept.users} <= {one["key"] for one in plan.retire}


def _to_retire(plan: Plan, kept: Kept) -> list[dict[str, str]]:
    """One that is named was perhaps made by hand, and its credentials are not kept."""
    named = str(plan.settings.get("user_name") or "")
    mine = [key for key in (plan.key, plan.verification_key) if key in kept.users or (key == plan.key and named)]
    return [{"key": key, "user_name": named if key == plan.key else ""} for key in mine]


def refuse_interrupted(kept: Kept) -> None:
    """Fail where it is not known which of two secrets a user has."""
    if any(entry.next_secret for entry in kept.users.values()):
        raise RotationInterrupted(INTERRUPTED)
