# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Judges what an API user may do against what it should be able to do. Pure data in, pure data out."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._rest.access import ACTIONS, Access, checked_name

NECESSITIES = ("needed", "recommended", "forbidden")


@dataclasses.dataclass(frozen=True)
class Expectation:
    """One action on one entity that is C(needed), C(recommended) or C(forbidden), and why."""

    entity: str
    action: str
    necessity: str
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Finding:
    """An expectation and what was found instead; an C(error) disproves the level, a C(warning) does not."""

    entity: str
    action: str
    necessity: str
    access: str
    severity: str
    reason: str
    offered: bool

    def as_dict(self) -> dict[str, t.Any]:
        return dataclasses.asdict(self)

    def line(self) -> str:
        """Return the finding as a sentence for people."""
        found = {
            "none": f"{self.necessity} but not granted",
            "restricted": f"{self.necessity}, granted with restrictions",
            "all": f"{self.necessity} but granted",
        }[self.access]
        if not self.offered and self.access == "none":
            found += " (Autotask does not offer this action here to anybody; is the module switched on?)"
        return f"{self.severity}: {self.entity} {self.action}: {found}. {self.reason}".strip()


@dataclasses.dataclass(frozen=True)
class Unread:
    """An entity whose access could not be read."""

    entity: str
    severity: str
    reason: str
    message: str

    def as_dict(self) -> dict[str, t.Any]:
        return dataclasses.asdict(self)

    def line(self) -> str:
        return f"{self.severity}: {self.entity}: its access could not be read. {self.message}"


@dataclasses.dataclass
class Judgement:
    """All findings, sorted by kind."""

    expected: int = 0
    missing: list[Finding] = dataclasses.field(default_factory=list)
    excess: list[Finding] = dataclasses.field(default_factory=list)
    restricted: list[Finding] = dataclasses.field(default_factory=list)
    unread: list[Unread] = dataclasses.field(default_factory=list)
    # Anything else that speaks against the proof, as a sentence, like a user on another level.
    objections: list[str] = dataclasses.field(default_factory=list)

    @property
    def proven(self) -> bool:
        findings: list[Finding | Unread] = [*self.missing, *self.excess, *self.unread]
        return not self.objections and all(finding.severity != "error" for finding in findings)

    def lines(self) -> list[str]:
        """Return one sentence per finding, errors first."""
        findings: list[Finding | Unread] = [*self.missing, *self.excess, *self.restricted, *self.unread]
        lines = [f"error: {objection}" for objection in self.objections] + [finding.line() for finding in findings]
        return sorted(lines, key=lambda line: not line.startswith("error"))

    def as_dict(self, user_name: str) -> dict[str, t.Any]:
        """Return the judgement as plain data; nothing is proven where nothing was expected."""
        return {
            "missing": [finding.as_dict() for finding in self.missing],
            "excess": [finding.as_dict() for finding in self.excess],
            "restricted": [finding.as_dict() for finding in self.restricted],
            # Not "unreachable": with such a key Ansible would give up the whole host.
            "unread": [finding.as_dict() for finding in self.unread],
            "report": self.lines(),
            "verdict": self.verdict(user_name),
            "proven": self.proven and bool(self.expected),
        }

    def verdict(self, user_name: str) -> str:
        """Return the whole judgement as one sentence."""
        if not self.expected:
            return f"The access of {user_name} was read; nothing was expected of it."
        counts = [
            f"{len(found)} {word}"
            for found, word in (
                (self.missing, "missing"),
                (self.excess, "too many"),
                (self.restricted, "restricted"),
                (self.unread, "not readable"),
            )
            if found
        ]
        outcome = "Proven" if self.proven else "Not proven"
        parts = [*counts, *(objection.rstrip(".") for objection in self.objections)]
        return f"{outcome} for {user_name}: " + (
            f"{', '.join(parts)} (of {self.expected} looked at)."
            if parts
            else f"all {self.expected} expectations hold, with nothing missing and nothing too many."
        )


def expectations_of(rows: t.Iterable[t.Mapping[str, t.Any]]) -> list[Expectation]:
    """Return the single expectations of an C(expected) list, in its order; the same entity may occur again."""
    found: dict[tuple[str, str], Expectation] = {}
    spellings: dict[str, str] = {}
    for row in rows:
        name = checked_name(row["entity"])
        # What is found is looked up by the name that it was asked for by.
        entity = spellings.setdefault(name.lower(), name)
        for action in ACTIONS:
            necessity = row.get(action)
            if necessity is None:
                continue
            new = Expectation(entity, action, necessity, row.get("reason") or "")
            old = found.setdefault((entity, action), new)
            if old.necessity != necessity:
                raise AutotaskError(
                    f"The expected access contradicts itself: {name} {action} is {old.necessity} in one entry and "
                    f"{necessity} in another. Keep one of them.",
                    reason="contradiction",
                )
    return list(found.values())


def judge(
    expectations: t.Sequence[Expectation], access: t.Mapping[str, Access], unread: t.Mapping[str, AutotaskError]
) -> Judgement:
    """Compare what is expected with what was found."""
    judgement = Judgement(expected=len(expectations))
    for expectation in expectations:
        if expectation.entity in access:
            judge_one(judgement, expectation, access[expectation.entity])
    for entity, error in unread.items():
        necessities = {expectation.necessity for expectation in expectations if expectation.entity == entity}
        judgement.unread.append(Unread(entity, severity_of_unread(necessities, error), error.reason, error.message))
    return judgement


def judge_one(judgement: Judgement, expectation: Expectation, access: Access) -> None:
    level = access.levels[expectation.action]

    def found(severity: str) -> Finding:
        return Finding(
            expectation.entity,
            expectation.action,
            expectation.necessity,
            level,
            severity,
            expectation.reason,
            access.offered[expectation.action],
        )

    if expectation.necessity == "forbidden":
        # Restricted can be what is left over where a list offers no None, so it does not disprove the level.
        if level != "none":
            judgement.excess.append(found("error" if level == "all" else "warning"))
    elif level == "none":
        judgement.missing.append(found("error" if expectation.necessity == "needed" else "warning"))
    elif level == "restricted":
        judgement.restricted.append(found("warning"))


def severity_of_unread(necessities: set[str], error: AutotaskError) -> str:
    """What could not be read proves nothing; but what REST does not have cannot be too many either."""
    absent = error.reason in ("not_found", "not_offered")
    if "needed" in necessities or ("forbidden" in necessities and not absent):
        return "error"
    return "warning"


def objections_to(user: dict[str, t.Any] | None, security_level: str | None) -> list[str]:
    """Return what the user's own record says against it."""
    if user is None:
        return []
    objections = []
    if security_level and user["security_level"] and bare(user["security_level"]) != bare(security_level):
        objections.append(f"its security level is {user['security_level']}, not {security_level}.")
    if user["license_type"] and user["license_type"] != "API User":
        objections.append(f"its license type is {user['license_type']}, not API User.")
    return objections


def bare(level: str) -> str:
    """Return a level's name without the mark that lists add to API-only levels."""
    return level.removesuffix("(API-only)").strip().lower()
