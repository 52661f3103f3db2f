# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans what is to be done for a tenant, and where its things are; all of it is known before a browser starts."""

from __future__ import annotations

import abc
import contextlib
import hashlib
import json
import re
import shlex
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._addresses import machine_of
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._tenant import Tenant, kind_of, refuse_other
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked, Kept, facts_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import BadPlace, absolute, keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import INTERRUPTED, RotationInterrupted
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.claims import (
    NoPlace,
    claim,
    claim_place,
    refuse_unwritable,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.file_names import PLAIN, file_name
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import LIST, PREFIX, Given, elsewhere
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import (
    Around,
    Data,
    Part,
    Plan,
    Secrets,
    TenantPlan,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.runbook import chapters
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.ways_in import (
    BY_PERSON_SECRETS,
    CONSOLE_SECRETS,
    REST_SECRETS,
    console_by_person,
    console_of,
    rest_of,
    variables_with,
    zone_of,
)

WORK365 = "work365"
"""What the integration of Work 365 is called where nobody says otherwise, and the key of its user."""

OWN_USERS = (WORK365, "verification")
"""Whose secrets are replaced where nobody says otherwise."""

WRITES_SHEETS = ("main", "rotate_secret", "decommission")
LOGS_IN = ("main", "audit", "preflight", "rotate_secret", "decommission")
LOOKS = ("audit", "preflight")
"""Entry points that change nothing."""
MINDS_ROTATION = ("main", "audit")
"""Entry points that would try a secret, and must not while it is not known which of two Autotask has."""

ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
"""As e-mail addresses are made, and names of users: the domain is the tenant, and one with a blank would be another."""
NO_ADDRESS = "is not an e-mail address"

VAULT_PASSWORD = "WORK365_VAULT_PASSWORD"
OF_THE_ENVIRONMENT = "__integration_vault_password"
"""Where the role's tasks find what that variable of the environment says."""

CONTAINERS = ("AWX_PRIVATE_DATA_DIR", "AWX_ISOLATED_DATA_DIR")
"""Set by AWX and by ansible-runner, whose containers end with the job."""
BESIDE_THE_INVENTORY = "This run is in a container that ends with it, and so do files beside its inventory"

IN_A_PLAYBOOK = "__msp_autotask_here"
"""Set by the playbooks of this collection."""

REPORT_FOLDER = f"{PREFIX}audit_folder"
"""The role of Work 365 writes the report, whichever role the tenants are for."""


class NotNamed(AutotaskError):
    """A guard of what cannot be taken back."""

    reason = "not_named"


class Planner(abc.ABC):
    """Makes the plan, or says everything that is in its way. What the integrations are, C(_parts) says."""

    ALONE: t.ClassVar[bool]
    """Whether there is one integration, which the role is for."""

    def __init__(self, given: Given, around: Around) -> None:
        self._prefix = given.prefix
        self._values = given.values
        self._given = given
        self._around = around
        self._name = self._named_so()

    def plan(self) -> TenantPlan:
        self._refuse_mistakes()
        entry_point = self._around.entry_point
        parts = self._parts()
        if entry_point == "decommission":
            parts = self._named(parts)
        plan = TenantPlan(self._around.host, entry_point, self._around.check, self.ALONE)
        plan.generation = self._values.get("generation") or 1
        self._say_where(plan)
        for part in parts:
            self._add(plan, part)
        plan.rotation = self._rotation(plan, parts)
        if entry_point in LOGS_IN:
            self._look_at_credentials(plan, parts)
        if "audit_folder" in plan.places:
            self._look_at_report_folder(Path(plan.places["audit_folder"]))
        if entry_point in WRITES_SHEETS:
            plan.sheets = [self._sheet(part, plan) for part in parts]
        self._say_how(plan, parts)
        return plan

    @abc.abstractmethod
    def _named_so(self) -> str:
        """By which name pages and sessions go."""

    @abc.abstractmethod
    def _parts(self) -> list[Part]:
        """The integrations, each as it is to be, whatever is there already."""

    def _users_of(self, part: Part) -> t.Iterable[str]:
        """The keys of the users that something can be done with."""
        return part.wanted.users

    def _given_secrets(self) -> dict[str, str]:
        """Secrets of users that were made by hand, beside those that belong to an integration."""
        return {}

    def _add(self, plan: TenantPlan, part: Part) -> None:
        own = part.plan
        own.places = self._pages(self._page_name_of(own.key))
        if self._around.entry_point == "runbook":
            plan.runbooks += self._runbook(own)
        plan.parts[own.key] = own
        if own.level:
            plan.levels.append(own.key)
        for key in self._users_of(part):
            plan.users[key] = own.users[key]
            plan.told[key] = {"key": key, **part.told.get(key, {})}
        if self._around.entry_point == "main":
            plan.integrations += part.wanted.options(self._around.tags)
        if own.proves_by_hand:
            plan.by_hand.append({**_proof_of(own, own.key), "api_user_name": own.settings["user_name"]})

    def _say_how(self, plan: TenantPlan, parts: t.Sequence[Part]) -> None:
        """How modules get to the tenant, and what they are told beside the levels and users."""
        values, entry_point = self._values, self._around.entry_point
        plan.rest, plan.zone = rest_of(values), zone_of(values)
        if entry_point == "login":
            plan.console = {**console_by_person(values), "path": plan.kept_session}
        else:
            plan.console = {**console_of(values), **self._of_session(plan)}
        if entry_point == "preflight":
            # Pictures of the page at which a look failed, with typed text and the rows of lists covered.
            plan.console |= {"evidence_dir": plan.places["evidence_dir"], "diagnostics": True}
        plan.wait = values.get("verify_wait") or 0
        if entry_point in LOOKS:
            plan.look = self._look(plan)
        plan.secrets = self._secrets(parts)

    def _look(self, plan: TenantPlan) -> Data:
        """What is to be seen besides the integrations: of the levels before a run, of the API users after it."""
        is_audit = self._around.entry_point == "audit"
        bases = dict.fromkeys(own.level["copy_from"] for own in plan.parts.values() if own.level)
        return {
            "list_levels": not is_audit,
            "read_levels": [] if is_audit else list(bases),
            "read_users": True,
            "read_levels_of_users": is_audit and bool(self._values.get("audit_api_users")),
            # Where there is no other, nothing is left to say.
            "stop_at_levels": is_audit and self.ALONE,
        }

    @staticmethod
    def _of_session(plan: TenantPlan) -> Data:
        return {
            "console_session": plan.session,
            "session": plan.kept_session,
            "state_dir": plan.state_dir,
            "tenant_file": plan.tenant_file,
        }

    def _secrets(self, parts: t.Sequence[Part]) -> Secrets:
        values, prefix = self._values, self._prefix
        names = CONSOLE_SECRETS if self._around.entry_point != "login" else BY_PERSON_SECRETS
        # What a store is told may be secret, too.
        credentials = variables_with(values, ("vault_password", "store_options"), prefix)
        if self._vault_password() and "vault_password" not in credentials:
            credentials["vault_password"] = OF_THE_ENVIRONMENT
        console = variables_with(values, names, prefix)
        if "vault_password" in credentials:
            option = "vault_password" if self._around.entry_point == "login" else "session_vault_password"
            console[option] = credentials["vault_password"]
        return Secrets(
            console,
            variables_with(values, REST_SECRETS, prefix),
            credentials,
            {part.plan.key: part.secret_in for part in parts if part.secret_in},
            [f"{prefix}secrets"] if self._given_secrets() else [],
            {part.plan.key: part.identifier_in for part in parts if part.identifier_in},
        )

    def _vault_password(self) -> str:
        """As given; where the variable is empty, too, that of the environment counts."""
        return str(self._values.get("vault_password") or self._around.environment.get(VAULT_PASSWORD, "").strip())

    def _say_where(self, plan: TenantPlan) -> None:
        plan.tenant = str(self._values.get("console_username") or "").rpartition("@")[2]
        plan.state_dir = str(self._around.home / "msp.autotask")
        plan.session = f"{plan.state_dir}/{self._page_name()}.session.json"
        if session := self._values.get("session"):
            plan.kept_session = str(self._alone_in("session", session))
        plan.places = self._places()

    def _refuse_mistakes(self) -> None:
        mistakes = [*self._given.mistakes, *self._mistakes()]
        if mistakes:
            raise Misread(mistakes)

    def _mistakes(self) -> t.Iterator[str]:
        wanted = {
            "console_username": "give the whole name, with @ and the tenant's domain, and no blanks",
            "email": NO_ADDRESS,
            "verify_email": NO_ADDRESS,
        }
        for name, advice in wanted.items():
            if (said := self._values.get(name)) and not ADDRESS.fullmatch(said):
                yield f"{self._prefix}{name}: {advice}"
        domain = str(self._values.get("console_username") or "").rpartition("@")[2]
        for name in self._given.secrets_inside(domain):
            yield f"{name}: is a part of the tenant's domain, so user names would be masked; choose another"
        # The playbooks say that they work here; only the command line can say otherwise.
        if self._around.variables.get(IN_A_PLAYBOOK):
            yield from elsewhere(self._around.variables)

    # ---- places

    def _places(self) -> dict[str, str]:
        """Paths of the tenant, absolute; those only that this entry point writes to."""
        # An audit says at once that its report cannot go there. One by the role alone may have none.
        reports = self._around.variables.get(IN_A_PLAYBOOK) or self._values.get("audit_folder")
        if self._around.entry_point == "audit_report" or (self._around.entry_point == "audit" and reports):
            return {"audit_folder": str(self.report_folder())}
        if self._around.entry_point != "preflight":
            return {}
        evidence = self._values.get("evidence_dir")
        beside = self._folder_of("preflight") / f"{self._page_name()}-evidence"
        return {"evidence_dir": str(self._absolute(evidence, "evidence_dir") if evidence else beside)}

    def report_folder(self) -> Path:
        """Where the report on the fleet goes."""
        return self._folder_of("audit")

    def _pages(self, page_name: str) -> dict[str, str]:
        """The same of an integration."""
        kind = self._around.entry_point
        if kind not in ("preflight", "runbook"):
            return {}
        page = self._folder_of(kind) / page_name
        given = f"{kind}_folder" if self._values.get(f"{kind}_folder") else "folder"
        self._refuse_unwritable(given, page.with_name(f"{page_name}.md"))
        return {f"{kind}_page": str(page)}

    def _sheet(self, part: Part, plan: TenantPlan) -> Data:
        own = part.plan
        about = {"key": own.key, "credentials": plan.credentials, "settings": own.settings}
        path = part.sheet or self._folder_of("handover") / f"{self._page_name_of(own.key)}.md"
        path = self._alone_in("handover_file", path, f"@{own.key}" if own.key != WORK365 else "")
        if self._around.entry_point != "decommission" and self._around.tags.choose("handover"):
            self._refuse_unwritable("handover_file" if part.sheet else "folder", path)
        return {"path": str(path), "template": part.template, "plan": about}

    def _runbook(self, own: Plan) -> list[Data]:
        values = {
            "tenant": self._around.host,
            "title": own.title,
            "origin": own.origin,
            "chapters": chapters(own.as_data()),
            "own_terms": bool(own.settings["terms"]),
        }
        page = own.places["runbook_page"]
        return [
            {"path": f"{page}.{form}", "template": f"runbook.{form}.j2", "values": values} for form in ("md", "html")
        ]

    def _folder_of(self, kind: str) -> Path:
        return self._absolute(self._values.get(f"{kind}_folder") or self._folder() / kind, f"{kind}_folder")

    def _page_name(self) -> str:
        return self._page_name_of(self._name)

    def _page_name_of(self, integration: str) -> str:
        host = file_name(self._around.host)
        return host if integration == WORK365 else f"{host}@{integration}"

    def _folder(self) -> Path:
        """Where things are written: as given, or beside the inventory."""
        if given := self._values.get("folder"):
            return self._absolute(given, "folder")
        sources = [Path(source) for source in self._around.variables.get("ansible_inventory_sources") or []]
        # What a shell makes of <(...) is there, and is no file.
        if len(sources) == 1 and (sources[0].is_file() or sources[0].is_dir()):
            return sources[0].resolve().parent
        what = "There are several inventories" if len(sources) > 1 else "The inventory is not a file"
        raise NoPlace(
            f"{what}, so it is not clear where credentials and pages are to be written. Say it in "
            f"{self._prefix}folder. Nothing was done."
        )

    def _alone_in(self, variable: str, path: str | Path, of_integration: str = "") -> Path:
        """The absolute *path*, which no other host of this run has in that *variable*, and no other integration."""
        if str(path).endswith("/"):
            raise NoPlace(f"{self._prefix}{variable}: {path} names a folder; name a file in it. Nothing was done.")
        found = self._absolute(path, variable)
        claim_place(self._around.run_folder, found, f"{self._prefix}{variable}", f"{self._around.host}{of_integration}")
        return found

    def _refuse_unwritable(self, variable: str, path: Path) -> None:
        """What is written after the work in the console is to be known as possible before it."""
        if not self._around.check:
            refuse_unwritable(path, f"{self._prefix}{variable}")

    def _absolute(self, path: str | Path, variable: str = "") -> Path:
        try:
            return absolute(str(path), self._around.variables)
        except BadPlace as error:
            where = f"{self._prefix}{variable}: " if self._values.get(variable) else ""
            raise BadPlace(f"{where}{error.message}") from error

    # ---- credentials

    def _look_at_credentials(self, plan: TenantPlan, parts: t.Sequence[Part]) -> None:
        keeper, kept = self._opened(plan)
        if self._around.entry_point in MINDS_ROTATION:
            _refuse_interrupted(kept)
        if self._around.entry_point in ("main", "preflight"):
            # Another user, or another secret, is kept than the one that was given; or nothing could be sealed.
            keeper.ensure(self._asked(parts), check=True)
        for part in parts:
            self._look_at_users(plan, part, kept)
        plan.archives = _archives(plan, kept)
        if plan.archives and self._around.entry_point == "decommission" and "archive_folder" in plan.credentials:
            kept_in = "credentials_file" if self._values.get("credentials_file") else "folder"
            self._refuse_unwritable(kept_in, Path(plan.credentials["path"]))
            path = Path(plan.credentials["archive_folder"]) / Path(plan.credentials["path"]).name
            self._refuse_unwritable("archive_folder", path)

    def _look_at_users(self, plan: TenantPlan, part: Part, kept: Kept) -> None:
        """What can be done with the users of an integration."""
        own, can_sign_in = part.plan, _who_can_sign_in(part, kept)
        own.kept = plan.kept
        own.is_known = own.key in kept.users or bool(own.settings.get("user_name"))
        own.can_prove = own.prover in can_sign_in
        plan.can_sign_in += can_sign_in
        plan.retire += _to_retire(own, kept)
        if self._around.entry_point in LOOKS:
            plan.integrations.append(part.to_look_at(self._looks(own, kept)))
        if own.can_prove if self._around.entry_point == "audit" else own.proves:
            plan.proofs.append(_proof_of(own, own.prover))

    def _looks(self, own: Plan, kept: Kept) -> list[str]:
        """The keys of the users to look at, which are those that there should be.

        A preflight looks at the vendor's users, which are not there yet; an audit at all that are known.
        """
        is_audit = self._around.entry_point == "audit"
        looks_at_verifier = is_audit and own.wants_verifier and own.verification_key in kept.users
        looks = {own.key: own.is_known or not is_audit, own.verification_key: looks_at_verifier}
        return [key for key, is_looked_at in looks.items() if is_looked_at]

    def _opened(self, plan: TenantPlan) -> tuple[Keeper, Kept]:
        """The credentials of the tenant, which no other host of this run is."""
        values = self._values
        machine = machine_of(str(values.get("console_url") or ""))
        claim(self._around.run_folder, f"{plan.tenant} {machine}", self._around.host)
        self._refuse_another_domain(plan)
        plan.credentials = self._place_of_credentials(plan)
        plan.tenant_file = self._tenant_file(plan)
        private = {"vault_password": self._vault_password(), "store_options": values.get("store_options")}
        keeper = keeper_of({**plan.credentials, **private}, self._around.variables)
        opened = keeper.read()
        plan.version = opened.version
        plan.kept = {key: facts_of(entry) for key, entry in opened.kept.users.items()}
        return keeper, opened.kept

    def _refuse_another_domain(self, plan: TenantPlan) -> None:
        """With a session that a person saved, the name says nothing of who is logged in."""
        named = str(self._values.get("tenant") or "")
        if named and kind_of(named) == "domain" and not plan.kept_session:
            refuse_other(named, Tenant(domains=(plan.tenant,)))

    def _tenant_file(self, plan: TenantPlan) -> str:
        """One for each host and place of credentials: hosts of two inventories may have one name."""
        place = hashlib.sha256(str(plan.credentials["path"]).encode()).hexdigest()[:12]
        return f"{plan.state_dir}/tenants/{file_name(self._around.host)}-{place}.json"

    def _place_of_credentials(self, plan: TenantPlan) -> dict[str, t.Any]:
        values = self._values
        place: dict[str, t.Any] = {"tenant": plan.tenant}
        if store := values.get("store"):
            program = str(self._absolute(store, "store"))
            return {**place, "path": program, "store": program}
        self._refuse_what_goes_with_a_container()
        path = self._alone_in("credentials_file", values.get("credentials_file") or self._default_credentials())
        archive = self._absolute(values.get("archive_folder") or path.parent / "archive", "archive_folder")
        return {**place, "path": str(path), "archive_folder": str(archive)}

    def _default_credentials(self) -> Path:
        folder = self._folder() / "credentials"
        path = folder / f"{file_name(self._around.host)}.yml"
        left_by_version_1 = folder / f"{self._around.host}.yml"
        # A name that is too long for a file left none.
        with contextlib.suppress(OSError):
            if left_by_version_1.is_file() and not path.exists():
                return left_by_version_1
        return path

    def _refuse_what_goes_with_a_container(self) -> None:
        given = self._values.get("credentials_file") or self._values.get("folder")
        if self._goes_with_a_container(given):
            raise NoPlace(
                f"{BESIDE_THE_INVENTORY}: the credentials would be lost, while their users stay in Autotask. Name a "
                f"folder that lasts in {self._prefix}folder, or another store in {self._prefix}store. Nothing was done."
            )

    def _look_at_report_folder(self, folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise NoPlace(f"{folder} is a file, not a folder, so no report can go there. Correct {REPORT_FOLDER}.")
        if self._goes_with_a_container(folder):
            raise NoPlace(
                f"{BESIDE_THE_INVENTORY}: the report would be lost, which the next audit compares with. Name a folder "
                f"that lasts in {REPORT_FOLDER}. Nothing was done."
            )
        if not self._around.check:
            refuse_unwritable(folder / "audit.json", REPORT_FOLDER)

    def _goes_with_a_container(self, place: str | Path | None) -> bool:
        """Whether a *place*, or what is beside the inventory, is where AWX or ansible-runner leaves nothing."""
        ending = [Path(folder) for name in CONTAINERS if (folder := self._around.environment.get(name))]
        return bool(ending) and (not place or any(_goes_with(folder, self._absolute(place)) for folder in ending))

    def _asked(self, parts: t.Sequence[Part]) -> dict[str, Asked]:
        secrets = {**{part.plan.key: part.secret for part in parts}, **self._given_secrets()}
        return {
            key: Asked(key, user.get("user_name"), secrets.get(key), self._values.get("generation") or 1)
            for part in parts
            for key, user in part.wanted.users.items()
        }

    # ---- who is named

    def _rotation(self, plan: TenantPlan, parts: t.Sequence[Part]) -> Data:
        """Those who prove a level first; of others than Work 365's somebody has to say so, as their vendors stop."""
        given = self._values.get("rotate_users")
        option, those = f"{self._prefix}rotate_users", ", ".join(plan.users)
        rotates = self._around.entry_point == "rotate_secret"
        # Others may look at a part of a tenant's integrations only.
        has_others = not rotates and (not self.ALONE or LIST in self._around.variables)
        unknown = [key for key in given or () if key not in {*plan.users, *OWN_USERS}]
        if unknown and not has_others:
            raise Misread([f"{option}: there is no user {key} here; the users are: {those}" for key in unknown])
        named = {name: key for part in parts for name, key in part.also_called.items()}
        wanted = {named.get(name, name) for name in (OWN_USERS if given is None else given)}
        provers = [part.verification_key for part in plan.parts.values()]
        keys = [key for key in sorted(plan.users, key=lambda key: key not in provers) if key in wanted]
        if not keys and not self.ALONE and rotates:
            raise Misread([f"{option}: say whose secrets to replace; the users are: {those}"])
        return {
            "users": [{"key": key} for key in keys],
            "older_than": self._values.get("rotate_older_than") or 0,
            "made_by_hand": bool(self._values.get("rotate_made_by_hand")),
        }

    def _named(self, parts: t.Sequence[Part]) -> list[Part]:
        """Those that are to be taken out."""
        option = f"{PREFIX}decommission"
        names = names_in(self._values.get("decommission") or [])
        named = [part for part in parts if part.plan.called in names]
        known = {self._around.host, *(part.plan.called for part in parts)}
        gone = [name for name in names if name.startswith(f"{self._around.host}@") and name not in known]
        if gone or not named:
            plans = [part.plan for part in parts]
            ways = ", or ".join(f"{plan.title} out of, for example -e {_given(option, plan.called)}" for plan in plans)
            why = (
                f"{self._around.host} has no integration {gone[0].rpartition('@')[2]}, which {option} names (one that "
                f"has left {LIST} must be put back for that)"
                if gone
                else f"{self._around.host} is not named in {option}"
            )
            raise NotNamed(f"{why}, so nothing was done to it. Name the tenants to take {ways}")
        return named


def names_in(given: str | t.Sequence[str]) -> list[str]:
    """Who is named by C(decommission), which is text where it comes from the command line."""
    return [given, *(name.strip() for name in given.split(","))] if isinstance(given, str) else [*given]


def _given(variable: str, name: str) -> str:
    """As a shell takes it, and Ansible, which ends a value that is no JSON at a blank."""
    is_plain = all(PLAIN.fullmatch(part) for part in name.split("@"))
    return f"{variable}={name}" if is_plain else shlex.quote(json.dumps({variable: [name]}))


def _goes_with(folder: Path, path: Path) -> bool:
    """Whether *path* is in a *folder* that goes, and not in what is mounted in there."""
    folder, path = folder.resolve(), path.resolve()
    below = [part for part in (path, *path.parents) if part.is_relative_to(folder) and part != folder]
    return path.is_relative_to(folder) and not any(part.is_mount() for part in below)


def _proof_of(plan: Plan, prover: str) -> Data:
    return {"key": prover, "expected": plan.expected, "security_level": plan.settings["security_level_name"]}


def _archives(plan: TenantPlan, kept: Kept) -> bool:
    """Whether the credentials can be put away: other integrations of the tenant may be kept with them."""
    return bool(plan.version) and {*kept.users} <= {one["key"] for one in plan.retire}


def _who_can_sign_in(part: Part, kept: Kept) -> list[str]:
    """The tracking identifier of a vendor's user is known only where somebody gave it."""
    given = part.plan.key if part.identifier_in else ""
    users = {key: kept.users[key] for key in (part.plan.key, part.plan.verification_key) if key in kept.users}
    return [key for key, entry in users.items() if entry.secret and (entry.tracking_identifier or key == given)]


def _to_retire(plan: Plan, kept: Kept) -> list[Data]:
    """One that is named was perhaps made by hand, and its credentials are not kept."""
    named = str(plan.settings.get("user_name") or "")
    mine = [key for key in (plan.key, plan.verification_key) if key in kept.users or (key == plan.key and named)]
    return [{"key": key, "user_name": named if key == plan.key else ""} for key in mine]


def _refuse_interrupted(kept: Kept) -> None:
    """Fail where it is not known which of two secrets a user has."""
    if any(entry.next_secret for entry in kept.users.values()):
        raise RotationInterrupted(INTERRUPTED)
