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
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread, misread, without_empty
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import Given
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.names import PLAIN
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import (
    WORK365,
    Around,
    Plan,
    Planner,
    refuse_interrupted,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import Wanted, of_all_users
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.options import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import matrix_of

Data = dict[str, t.Any]

OWN: t.Final[dict[str, dict[str, t.Any]]] = {
    "name": {"type": "str"},
    "email": {"type": "str"},
    "user_name": {"type": "str"},
    "verify": {"type": "bool", "default": False},
    "expected_access": {"type": "list", "elements": "dict", "default": []},
}
"""What is said of an integration beside its matrix."""


@dataclass
class Part:
    """One of the integrations."""

    name: str
    wanted: Wanted
    prover: str = ""
    """The key of the user that proves its level."""
    expected: list[Data] = field(default_factory=list)
    """What that user may do."""
    settings: Data = field(default_factory=dict)
    """What its sheet names."""
    template: str = "handover.md.j2"
    sheet: str = ""
    """Where its sheet is, if that was said."""


@dataclass
class SeveralPlan(Plan):
    """What the tasks need to know of all integrations."""

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
        parts = self._parts()
        plan = SeveralPlan("integrations", key=self._name)
        self._say_where(plan)
        for part in parts:
            plan.integrations += part.wanted.options(self._around.tags)
        keeper, kept = self._opened(plan)
        refuse_interrupted(kept)
        keeper.ensure(self._asked(parts), check=True)
        plan.proofs = [
            {"key": part.prover, "expected": part.expected, "security_level": part.settings["security_level_name"]}
            for part in parts
            if part.prover and part.expected
        ]
        plan.sheets = [self._sheet(part, plan) for part in parts]
        return plan

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
                parts.append(self._part(term))
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

    def _part(self, term: t.Any) -> Part:
        return self._work365() if term == WORK365 else _of_matrix(term, self._values)

    def _work365(self) -> Part:
        """As a run of its own role would have it, with all variables of that."""
        given = self._given_of_work365()
        planner = Planner(given, self._around)
        plan = planner.described()
        wanted = planner.wanted(plan)
        return Part(
            plan.key,
            wanted,
            plan.verification_key if plan.verification_key in wanted.users else "",
            [_without_none(line) for line in given.values.get("expected_access") or []],
            plan.settings,
            str(self._around.role.parent / "work365_integration" / "templates" / "handover.md.j2"),
            str(given.values.get("handover_file") or ""),
        )

    def _asked(self, parts: t.Sequence[Part]) -> dict[str, Asked]:
        secrets, generation = self._values.get("secrets") or {}, self._values.get("generation") or 1
        return {
            key: Asked(key, user.get("user_name"), secrets.get(key), generation)
            for part in parts
            for key, user in part.wanted.users.items()
        }

    def _sheet(self, part: Part, plan: Plan) -> Data:
        folder = self._absolute(self._values.get("handover_folder") or self._folder() / "handover")
        about = {"key": part.name, "credentials": plan.credentials, "settings": part.settings}
        path = self._absolute(part.sheet) if part.sheet else folder / f"{self._page_name_of(part.name)}.md"
        return {"path": str(path), "template": part.template, "plan": about}


def _of_matrix(term: t.Any, values: Data) -> Part:
    """The integration that a matrix describes, which is named, or written down with what else there is to say."""
    said = {"extends": term} if isinstance(term, str) else term
    own = _own(said)
    matrix = matrix_of({name: value for name, value in said.items() if name not in OWN})
    options = options_of(matrix)
    name = own.get("name") or re.sub(r"\W+", "_", matrix.name.lower(), flags=re.ASCII).strip("_")
    if not PLAIN.fullmatch(name):
        raise Misread([f"name: {name!r} is to be one word of letters, digits, dashes and underscores"])
    user = {
        **options["resource"],
        "email": own.get("email") or values.get("email"),
        **({"user_name": own["user_name"]} if own.get("user_name") else {}),
        **of_all_users(values),
        "named_in": f"user_name of {name}",
    }
    if not {"integration_vendor", "internal_integration"} & set(user):
        raise Misread(["tracking: the vendor names no tracking identifier; say which, as 'vendor' or 'custom'"])
    verifier = f"{name}_verification"
    users = {name: user, **({verifier: _verifier(user, matrix.title)} if own["verify"] else {})}
    is_custom = "internal_integration" in user
    return Part(
        name,
        Wanted(name, options["security_level"] or {}, users),
        name if is_custom else verifier if own["verify"] else "",
        own["expected_access"],
        {"security_level_name": user["security_level"], "user": _shown(user), **_facts(options)},
    )


def _own(said: Data) -> Data:
    given = without_empty({name: value for name, value in said.items() if name in OWN})
    mistakes = misread(given, OWN)
    checked = ArgumentSpecValidator(OWN).validate(given)
    if mistakes or checked.error_messages:
        raise Misread(mistakes or checked.error_messages)
    return t.cast(Data, checked.validated_parameters)


def _verifier(user: Data, title: str) -> Data:
    """A second user with the same level, as only the vendor knows the identifier of its own."""
    kept = {name: value for name, value in user.items() if name not in ("user_name", "integration_vendor", "named_in")}
    return {**kept, "last_name": "Verification", "internal_integration": f"{title} verification"}


def _facts(options: Data) -> Data:
    return {name: options[name] for name in ("title", "source", "completeness", "left_out", "outside")}


def _shown(user: Data) -> Data:
    names = ("first_name", "last_name", "integration_vendor", "internal_integration")
    return {name: user[name] for name in names if name in user}


def _without_none(line: Data) -> Data:
    return {name: value for name, value in line.items() if value is not None}


def _twice(parts: t.Sequence[Part]) -> list[str]:
    names = [part.name for part in parts]
    return sorted({name for name in names if names.count(name) > 1})
