# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The integrations of one tenant, planned together.

Each is a matrix, shipped or of one's own; or Work 365, as its own role would have it.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._kept import OF_ONE
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked, Kept
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.accepted import accepted_for, mistakes_in
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread, misread, without_empty
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import PREFIX, Given
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.names import PLAIN
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import (
    LOGS_IN,
    MINDS_ROTATION,
    OWN_USERS,
    WORK365,
    Around,
    Plan,
    Planner,
    archives,
    refuse_interrupted,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.runbook import chapters
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import Wanted, of_all_users
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.options import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import matrix_of

Data = dict[str, t.Any]

WRITES_SHEETS = ("main", "rotate_secret", "decommission")

ACCEPTED: t.Final[dict[str, dict[str, t.Any]]] = {
    "what": {"type": "str", "required": True},
    "found": {"type": "raw", "required": True},
    "why": {"type": "str", "required": True},
    "by": {"type": "str", "required": True},
    "until": {"type": "raw", "required": True},
    "tenants": {"type": "list", "elements": "str"},
}

OWN: t.Final[dict[str, dict[str, t.Any]]] = {
    "name": {"type": "str"},
    "email": {"type": "str"},
    "user_name": {"type": "str"},
    "verify": {"type": "bool", "default": False},
    "expected_access": {"type": "list", "elements": "dict", "default": []},
    "accepted": {"type": "list", "elements": "dict", "default": [], "options": ACCEPTED},
    "other_holders": {"type": "list", "elements": "str", "default": []},
}
"""What is said of an integration beside its matrix."""


@dataclass
class Part:
    """One of the integrations."""

    plan: Plan
    """As if it were the only one."""
    wanted: Wanted
    template: str = "handover.md.j2"
    sheet: str = ""
    """Where its sheet is, if that was said."""


@dataclass
class SeveralPlan(Plan):
    """What the tasks need to know of all integrations."""

    parts: dict[str, Plan] = field(default_factory=dict)
    """The plan of each, by its name."""
    levels: list[str] = field(default_factory=list)
    """The names of those that have a level of their own."""
    looks: list[Data] = field(default_factory=list)
    """How to look at each user that there should be: whose it is, and what goes with its credentials."""
    proofs: list[Data] = field(default_factory=list)
    """The key of each user that is to prove a level, with what it may do."""
    sheets: list[Data] = field(default_factory=list)
    """Where each sheet is, and what it says."""


class SeveralPlanner(Planner):
    """Makes the plan for the tenant that *given* describes; *work365* says what was given of Work 365."""

    def __init__(self, given: Given, around: Around, work365: t.Callable[[], Given]) -> None:
        super().__init__(given, around)
        self._name = "integrations"
        self._given_of_work365 = work365

    def plan(self) -> SeveralPlan:
        self._refuse_mistakes()
        entry_point = self._around.entry_point
        parts = self._parts()
        if entry_point == "decommission":
            self._refuse_unnamed([part.plan for part in parts])
            named = self._named([part.plan for part in parts])
            parts = [part for part in parts if part.plan in named]
        plan = SeveralPlan(f"several_{entry_point}", key=self._name)
        self._say_where(plan)
        for part in parts:
            self._add(plan, part)
        plan.rotate = self._rotated(plan)
        if entry_point in LOGS_IN:
            self._look_at_all(plan, parts)
        if entry_point in WRITES_SHEETS:
            plan.sheets = [self._sheet(part, plan) for part in parts]
        return plan

    def _add(self, plan: SeveralPlan, part: Part) -> None:
        own = part.plan
        own.places = self._places(self._page_name_of(own.key))
        if self._around.entry_point == "runbook":
            own.chapters = chapters(own.as_data())
        plan.parts[own.key] = own
        plan.levels += [own.key] if own.level else []
        plan.users |= {key: own.users[key] for key in part.wanted.users}
        plan.integrations += part.wanted.options(self._around.tags)
        proof = {"key": own.prover, "expected": own.expected, "security_level": own.settings["security_level_name"]}
        # Only a vendor knows the identifier of its own user.
        can_prove = "internal_integration" in part.wanted.users.get(own.prover, {})
        plan.proofs += [proof] if can_prove and own.expected else []

    def _look_at_all(self, plan: SeveralPlan, parts: t.Sequence[Part]) -> None:
        keeper, kept = self._opened(plan)
        if self._around.entry_point in MINDS_ROTATION:
            refuse_interrupted(kept)
        if self._around.entry_point in ("main", "preflight"):
            keeper.ensure(self._asked(parts), check=True)
        for part in parts:
            self._look_at_users(part.plan, kept)
            part.plan.kept = plan.kept
            plan.retire += part.plan.retire
            plan.can_sign_in += part.plan.can_sign_in
            plan.looks += self._looks(part, kept)
        if self._around.entry_point == "audit":
            plan.proofs = [proof for proof in plan.proofs if proof["key"] in plan.can_sign_in]
        plan.archives = archives(plan, kept)

    def _looks(self, part: Part, kept: Kept) -> list[Data]:
        """A preflight looks at the vendor's users, which are not there yet; an audit at all that are known."""
        own = part.plan
        keys = [own.key] if own.is_known or self._around.entry_point == "preflight" else []
        if self._around.entry_point == "audit" and own.wants_verifier and own.verification_key in kept.users:
            keys.append(own.verification_key)
        told = {key: {name: user[name] for name in OF_ONE if name in user} for key, user in part.wanted.users.items()}
        return [{"key": key, "credentials": {"key": key, **told[key]}} for key in keys]

    def _rotated(self, plan: SeveralPlan) -> list[dict[str, str]]:
        """Those who prove a level first; of others than Work 365's somebody has to say so, as their vendors stop."""
        self._refuse_unknown_users(plan.users)
        wanted = {*(self._values.get("rotate_users") or OWN_USERS)}
        provers = [part.verification_key for part in plan.parts.values()]
        keys = [key for key in sorted(plan.users, key=lambda key: key not in provers) if key in wanted]
        if not keys and self._around.entry_point == "rotate_secret":
            raise Misread([f"{PREFIX}rotate_users: say whose secrets; there are: {', '.join(plan.users)}"])
        return [{"key": key} for key in keys]

    def _mistakes(self) -> t.Iterator[str]:
        yield from super()._mistakes()
        if not self._values.get("console_username"):
            yield f"{self._prefix}console_username: is missing"
        if not self._values.get("list"):
            yield f"{self._prefix}list: is empty; name the tenant's integrations in autotask_integrations"

    def _parts(self) -> list[Part]:
        mistakes: list[str] = []
        parts: list[Part] = []
        for number, term in enumerate(self._values.get("list") or []):
            place = f"{self._prefix}list[{number}]"
            try:
                parts.append(self._work365() if term == WORK365 else self._of_matrix(term))
            except AutotaskError as error:
                mistakes += [f"{place}: {mistake}" for mistake in error.details.get("mistakes", [error.message])]
        mistakes += [
            f"{self._prefix}list: {name} is there twice; give one a 'name' of its own" for name in _twice(parts)
        ]
        known = {key for part in parts for key in part.wanted.users}
        mistakes += [
            f"{self._prefix}secrets: there is no user {key} here; there are: {', '.join(sorted(known))}"
            for key in self._values.get("secrets") or {}
            if key not in {*known, WORK365}
        ]
        if mistakes:
            raise Misread(mistakes)
        return parts

    def _work365(self) -> Part:
        """As a run of its own role would have it, with all variables of that."""
        given = self._given_of_work365()
        planner = Planner(given, self._around)
        plan = planner.described()
        template = self._around.role.parent / "work365_integration" / "templates" / "handover.md.j2"
        return Part(plan, planner.wanted(plan), str(template), str(given.values.get("handover_file") or ""))

    def _of_matrix(self, term: t.Any) -> Part:
        """The integration that a matrix describes, which is named, or written down with what else there is to say."""
        said = {"extends": term} if isinstance(term, str) else term
        own = _own(said)
        matrix_said = {name: value for name, value in said.items() if name not in OWN}
        matrix = matrix_of(matrix_said)
        options = options_of(matrix)
        name = own.get("name") or re.sub(r"\W+", "_", matrix.name.lower(), flags=re.ASCII).strip("_")
        if not PLAIN.fullmatch(name):
            raise Misread([f"name: {name!r} is to be one word of letters, digits, dashes and underscores"])
        user = {
            **options["resource"],
            "email": own.get("email") or self._values.get("email"),
            **({"user_name": own["user_name"]} if own.get("user_name") else {}),
            **of_all_users(self._values),
        }
        if not {"integration_vendor", "internal_integration"} & set(user):
            raise Misread(["tracking: the vendor names no tracking identifier; say which, as 'vendor' or 'custom'"])
        verifier = f"{name}_verification"
        users = {name: user, verifier: _verifier(user, matrix.title)}
        level = options["security_level"] or {}
        is_custom = "internal_integration" in user
        plan = Plan(
            self._around.entry_point,
            called=f"{self._around.host}@{name}",
            title=matrix.title,
            origin=_origin(matrix),
            key=name,
            verification_key=verifier,
            verify_option=f"verify of {name}",
            wants_verifier=own["verify"],
            prover=name if is_custom else verifier,
            expected=own["expected_access"],
            level=level,
            users=users,
            granted=level.get("permissions") or {},
            settings={
                **_facts(options),
                **_settings(user, users[verifier], matrix.copy_from),
                "user": _shown(user),
                "matrix": matrix_said,
                "console_username": self._values.get("console_username"),
                "terms": self._values.get("terms"),
                "other_holders": own["other_holders"],
                "accepted": accepted_for(self._around.host, own["accepted"]),
            },
        )
        named_in = {"named_in": f"user_name of {name}"}
        wanted = {name: {**user, **named_in}, **({verifier: users[verifier]} if own["verify"] else {})}
        return Part(plan, Wanted(name, level, wanted))

    def _asked(self, parts: t.Sequence[Part]) -> dict[str, Asked]:
        secrets, generation = self._values.get("secrets") or {}, self._values.get("generation") or 1
        return {
            key: Asked(key, user.get("user_name"), secrets.get(key), generation)
            for part in parts
            for key, user in part.wanted.users.items()
        }

    def _sheet(self, part: Part, plan: Plan) -> Data:
        folder = self._absolute(self._values.get("handover_folder") or self._folder() / "handover")
        own = part.plan
        about = {"key": own.key, "credentials": plan.credentials, "settings": own.settings}
        path = self._absolute(part.sheet) if part.sheet else folder / f"{self._page_name_of(own.key)}.md"
        return {"path": str(path), "template": part.template, "plan": about}


def _origin(matrix: Matrix) -> str:
    if not matrix.source:
        return "The permissions are those of a matrix of your own."
    partly = ", which is known in part only" if matrix.is_partial else ""
    return f"The permissions are what the vendor publishes at {matrix.source}{partly}, with what your variables change."


def _own(said: Data) -> Data:
    given = without_empty({name: value for name, value in said.items() if name in OWN})
    mistakes = misread(given, OWN)
    checked = ArgumentSpecValidator(OWN).validate(given)
    mistakes = mistakes or checked.error_messages
    mistakes = mistakes or [f"accepted{mistake}" for mistake in mistakes_in(given.get("accepted") or [])]
    if mistakes:
        raise Misread(mistakes)
    return t.cast(Data, checked.validated_parameters)


def _verifier(user: Data, title: str) -> Data:
    """A second user with the same level, as only the vendor knows the identifier of its own."""
    kept = {name: value for name, value in user.items() if name not in ("user_name", "integration_vendor")}
    return {**kept, "last_name": "Verification", "internal_integration": f"{title} verification"}


def _facts(options: Data) -> Data:
    return {name: options[name] for name in ("title", "source", "completeness", "left_out", "outside")}


def _shown(user: Data) -> Data:
    names = ("first_name", "last_name", "integration_vendor", "internal_integration")
    return {name: user[name] for name in names if name in user}


def _settings(user: Data, verifier: Data, base: str) -> Data:
    """What pages name, as the variables of Work 365 are called."""
    of_user = ("first_name", "last_name", "email", "location", "user_name")
    return {
        "security_level_name": user["security_level"],
        "base_security_level": base,
        "vendor": user.get("integration_vendor"),
        **{name: user.get(name) for name in of_user},
        "verify_first_name": verifier["first_name"],
        "verify_last_name": verifier["last_name"],
        "verify_integration": verifier["internal_integration"],
    }


def _twice(parts: t.Sequence[Part]) -> list[str]:
    names = [part.plan.key for part in parts]
    return sorted({name for name in names if names.count(name) > 1})
