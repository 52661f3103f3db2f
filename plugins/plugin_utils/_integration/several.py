# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The integrations of one tenant, planned together.

Each is a matrix, shipped or of one's own; or Work 365, as its own role would have it.
"""

from __future__ import annotations

import re
import typing as t
from collections import Counter
from pathlib import Path

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.accepted import accepted_for, mistakes_in
from ansible_collections.msp.autotask.plugins.plugin_utils._given import (
    Misread,
    is_mistaken,
    misread,
    padded,
    without_empty,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._given import mistakes_in as untypable
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.expected_access import (
    access_mistakes,
    expected_access,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.file_names import (
    PROVER,
    integration_name_mistake,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import (
    LIST_OPTION,
    Given,
    described,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import Around, Data, Part, Plan, TenantPlan
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.planner import (
    ADDRESS,
    NO_ADDRESS,
    WORK365,
    Planner,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import Wanted, of_all_users
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.work365 import Work365Planner
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.options import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import matrix_of

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
    "expected_access": {**described("expected_access"), "default": []},
    "accepted": {"type": "list", "elements": "dict", "default": [], "options": ACCEPTED},
    "other_holders": {"type": "list", "elements": "str", "default": []},
}
"""What is said of an integration beside its matrix."""


MAKES_USERS = ("main", "preflight", "runbook")
"""Entry points that make users, or say how they are made."""


class SeveralPlanner(Planner):
    """Plans the list of a tenant's integrations; *work365* says what was given of Work 365."""

    ALONE = False

    def __init__(self, given: Given, around: Around, work365: t.Callable[[], Given]) -> None:
        super().__init__(given, around)
        self._given_of_work365 = work365

    def plan(self) -> TenantPlan:
        """As for all; what is in its way is told by the names of variables that were used."""
        try:
            return super().plan()
        except Misread as misread:
            raise Misread([self._given.as_written(mistake) for mistake in misread.details["mistakes"]]) from None
        except AutotaskError as error:
            error.message = self._given.as_written(self._given.as_own(error.message))
            raise

    def report_folder(self) -> Path:
        """As the role of Work 365 has it, which writes the report."""
        return Work365Planner(self._given_of_work365(), self._around).report_folder()

    def _named_so(self) -> str:
        return "integrations"

    def _given_secrets(self) -> dict[str, str]:
        return self._values.get("secrets") or {}

    def _mistakes(self) -> t.Iterator[str]:
        yield from super()._mistakes()
        if not self._values.get("console_username"):
            yield f"{self._prefix}console_username: is missing"
        if not self._values.get("list") and not is_mistaken(LIST_OPTION, self._given.mistakes):
            yield f"{LIST_OPTION}: is empty; name the tenant's integrations in it, for example [cow]"
        secrets = self._given_secrets()
        yield from misread(secrets, dict.fromkeys(secrets, {"type": "str"}), f"{self._prefix}secrets.")

    def _parts(self) -> list[Part]:
        mistakes: list[str] = []
        parts: list[Part] = []
        for number, term in enumerate(self._values.get("list") or []):
            place = f"{LIST_OPTION}[{number}]"
            try:
                # Ansible makes a list of text with commas, and leaves the blanks.
                said = term.strip() if isinstance(term, str) else term
                parts.append(self._work365() if said == WORK365 else self._of_matrix(said))
            except AutotaskError as error:
                mistakes += [f"{place}: {mistake}" for mistake in error.details.get("mistakes", [error.message])]
        mistakes += [f"{LIST_OPTION}: {mistake}" for mistake in _twice([part.plan for part in parts])]
        known = {key for part in parts for key in part.wanted.users}
        mistakes += [
            f"{self._prefix}secrets: there is no user {key} here; the users are: {', '.join(sorted(known))}"
            for key in self._given_secrets()
            if key not in {*known, WORK365}
        ]
        mistakes += [
            f"{self._prefix}secrets.{part.plan.key}: is another secret than that in {part.secret_in}; leave one out"
            for part in parts
            if part.secret_in and self._given_secrets().get(part.plan.key, part.secret) != part.secret
        ]
        if mistakes:
            raise Misread(mistakes)
        return parts

    def _work365(self) -> Part:
        """As a run of its own role would have it, with all variables of that."""
        return Work365Planner(self._given_of_work365(), self._around).part()

    def _of_matrix(self, term: t.Any) -> Part:
        """The integration that a matrix describes, which is named, or written down with what else there is to say."""
        said = {"extends": term} if isinstance(term, str) else term
        if not isinstance(said, t.Mapping):
            matrix_of(said)
        own = _own(said)
        matrix_said = {name: value for name, value in said.items() if name not in OWN}
        matrix = matrix_of(matrix_said)
        options = options_of(matrix)
        name = own.get("name") or re.sub(r"\W+", "_", matrix.name.lower(), flags=re.ASCII).strip("_")
        if mistakes := [*_typed_mistakes(matrix_said), *filter(None, [_name_mistake(name)])]:
            raise Misread(mistakes)
        user = {
            **options["resource"],
            "email": own.get("email") or self._values.get("email"),
            **({"user_name": own["user_name"]} if own.get("user_name") else {}),
            **of_all_users(self._values),
        }
        if not {"integration_vendor", "internal_integration"} & set(user):
            raise Misread(["tracking: the vendor names no tracking identifier; say which, as 'vendor' or 'custom'"])
        # One that is there already is found by its name.
        if not (user["email"] or user.get("user_name")) and self._around.entry_point in MAKES_USERS:
            raise Misread([f"email: is missing; give it here, or {self._prefix}email for all"])
        verifier = f"{name}_{PROVER}"
        users = {name: user, verifier: _verifier(user, matrix.title)}
        wanted = (name, verifier) if own["verify"] else (name,)
        # Only a vendor knows the identifier of its own user.
        prover = name if "internal_integration" in user else verifier
        level = options["security_level"] or {}
        if mistakes := access_mistakes(own["expected_access"]):
            raise Misread([f"expected_access: {mistake}" for mistake in mistakes])
        plan = Plan(
            matrix.title,
            name,
            verifier,
            f"{self._around.host}@{name}",
            f"verify of {name}",
            origin=_origin(matrix),
            prover=prover if own["expected_access"] else "",
            expected=expected_access(own["expected_access"], level.get("permissions") or {}),
            proves=bool(own["expected_access"]) and prover in wanted,
            wants_verifier=own["verify"],
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
        told = {name: {"named_in": f"user_name of {name}"}}
        return Part(plan, Wanted(name, level, {key: {**users[key], **told.get(key, {})} for key in wanted}), told)


def _origin(matrix: Matrix) -> str:
    if not matrix.source:
        return "The permissions are those of a matrix of your own."
    partly = ", which is known in part only" if matrix.is_partial else ""
    return f"The permissions are what the vendor publishes at {matrix.source}{partly}, with what your variables change."


def _own(said: Data) -> Data:
    given = without_empty({name: value for name, value in said.items() if name in OWN})
    mistakes = [*misread(given, OWN), *padded(given, OWN)]
    if not mistakes and not ADDRESS.fullmatch(given.get("email", "a@b")):
        mistakes = [f"email: {NO_ADDRESS}"]
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


def _name_mistake(name: str) -> str:
    if name.casefold() == WORK365:
        return f"name: {name!r} is Work 365 with its own variables and credentials; write that word alone, or rename"
    return integration_name_mistake(name)


def _typed_mistakes(said: Data) -> list[str]:
    """What is wrong with the texts of a matrix that are typed into Autotask, or looked for there."""
    groups = {f"{name}.": said.get(name) or {} for name in ("level", "user", "tracking")}
    groups[""] = {"title": said.get("title")}
    texts = {
        f"{place}{name}": text
        for place, group in groups.items()
        for name, text in group.items()
        if isinstance(text, str)
    }
    spec = dict.fromkeys(texts, {"type": "str"})
    return [*untypable(texts, spec), *padded(texts, spec)]


def _twice(plans: t.Sequence[Plan]) -> t.Iterator[str]:
    """User names are derived from the names, and Autotask tells neither these nor levels apart by capital letters."""
    names = Counter(plan.key.casefold() for plan in plans)
    yield from (f"{name} is there twice; give one a 'name' of its own" for name in sorted(names) if names[name] > 1)
    levels: dict[str, dict[str, str]] = {}
    for plan in plans:
        if plan.level:
            levels.setdefault(plan.level["name"].casefold(), {})[plan.key.casefold()] = plan.level["name"]
    for of_level in levels.values():
        if len(of_level) > 1:
            name, *_others = of_level.values()
            yield f"{' and '.join(of_level)} have one level, {name}; give one another, as in 'level: {{name: ...}}'"
