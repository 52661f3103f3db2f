# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an entry point of the role came to, from what its tasks returned in this very call."""

from __future__ import annotations

import datetime
import textwrap
import typing as t
from dataclasses import dataclass, field, fields, replace

from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.accepted import accept
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_user_inventory import inventory
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_users import Ours
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.audit_findings import (
    ACCEPTED,
    DRIFT,
    UNREAD,
    USER_MISSING,
    findings_of,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.summary import in_variables
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import PREFIX
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.looked import Looked, levels_and_users
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.preflight import Preflight, pages_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import everyone, matrix_of

Answer = t.Mapping[str, t.Any]
"""What a task returned; empty, or marked as skipped, where it did not run."""

MOST_NAMED = 4
"""How many drifts a line names."""

NOT_CHOSEN = "no level and no user was looked at, as the tags of this run choose none"

NOT_MADE = "No credentials are kept for it, so it was not made from here ({})."

LONGEST = 500
"""How many characters of a failure stand in the sum."""

UNKNOWN_USER = (
    "No credentials are kept for this tenant, so its user is not known: name it in work365_integration_user_name"
)


@dataclass(frozen=True)
class Result:
    """What is left of a tenant for whoever reads C(work365_integration_result)."""

    summary: str
    failed: bool = False
    changed: bool = False
    proven: bool = False
    """Whether a user signed in, in this call, and may do what it should and no more."""
    user_name: str = ""
    reason: str = ""
    """Why it failed."""
    zone: t.Mapping[str, t.Any] = field(default_factory=dict)
    report: t.Sequence[str] = ()
    """What the proof found, line by line."""
    audit: t.Mapping[str, t.Any] | None = None
    preflight: t.Mapping[str, t.Any] | None = None
    """What was seen, and what stands in the way."""

    def as_data(self) -> dict[str, t.Any]:
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Outcome:
    """What an entry point came to."""

    result: Result
    pages: t.Sequence[t.Mapping[str, t.Any]] = ()
    """Where it is to be written down, and how."""

    def as_data(self) -> dict[str, t.Any]:
        return {"result": self.result.as_data(), "pages": self.pages}


def set_up(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(main)."""
    run = _ran(answers, "run")
    levels, users = levels_and_users(run.get("integrations", []))
    named = len(levels) > 1
    changes = [f"security level of {name}" if named else "security level" for name in _changed_of(levels)]
    changes += [f"user of {key}" for key in _changed_of(users)]
    locked = [key for key, answer in users.items() if (answer.get("resource") or {}).get("locked")]
    said = [_changed(changes, check) if run else NOT_CHOSEN]
    if locked:
        said.append(f"LOCKED after wrong log-ins, work365_integration_unlock unlocks: user of {', '.join(locked)}")
    proof = _proof(plan, answers)
    if proof:
        said.append(proof["verdict"])
    return Result(
        "; ".join(said),
        changed=bool(changes),
        proven=bool(proof.get("proven")),
        user_name=_user_name(users.get(_only(plan)["key"], {})) if plan["alone"] else "",
        zone=_ran(answers, "zone").get("zone", {}),
        report=proof.get("report", ()),
    )


def _only(plan: Answer) -> Answer:
    """The one integration of a tenant that has no others."""
    return t.cast(Answer, next(iter(plan["parts"].values())))


def _user_name(user: Answer) -> str:
    return str((user.get("resource") or {}).get("user_name", ""))


def _proof(plan: Answer, answers: t.Mapping[str, Answer]) -> Answer:
    """What all levels were proven to be, each by the key of who proved it; nothing if none was tried."""
    proofs = _by_item(answers, "access")
    if plan["alone"] or not proofs:
        return next(iter(proofs.values()), {})
    return {
        "proven": all(proof["proven"] for proof in proofs.values()),
        "verdict": "; ".join(f"{key}: {proof['verdict']}" for key, proof in proofs.items()),
        "report": [f"{key}: {line}" for key, proof in proofs.items() for line in proof["report"]],
    }


def audited(part: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(audit) for one integration."""
    del check
    judged = _judged(part, answers)
    zone = _ran(answers, "zone").get("zone", {})
    kept = part["kept"].get(part["key"], {})
    facts = {
        "security_level": part["settings"]["security_level_name"],
        "user_name": kept.get("user_name", ""),
        "zone": zone.get("name", ""),
        "web_url": zone.get("web_url", ""),
    }
    drifts = [finding["id"] for finding in judged["findings"] if finding["severity"] == DRIFT]
    unread = list(dict.fromkeys(part["reason"] for part in judged["parts"] if part["state"] == UNREAD))
    more = " and more" if len(drifts) > MOST_NAMED else ""
    said = [f"drifted in {len(drifts)}: {', '.join(drifts[:MOST_NAMED])}{more}"] if drifts else []
    accepted = sum(finding["severity"] == ACCEPTED for finding in judged["findings"])
    as_wanted = f"as wanted, but for {accepted} accepted" if accepted else "as wanted"
    return Result(
        "; ".join([*said, *unread]) or as_wanted,
        failed=bool(drifts or unread),
        proven=bool(_ran(answers, "access").get("proven")),
        user_name=facts["user_name"],
        zone=zone,
        audit={**judged, "facts": facts, "api_users": []},
    )


def audited_together(plan: Answer, answers: t.Mapping[str, Answer], own: t.Mapping[str, Result]) -> Result:
    """All of them, in what the report makes rows of; the API users are the tenant's, so they are in the first."""
    settings = [part["settings"] for part in plan["parts"].values()]
    matrices = [matrix_of(said["matrix"]) for said in settings if "matrix" in said]
    (key, first), *_others = own.items()
    users = _api_users(Looked(plan, _ran(answers, "look")), matrices)
    own = {**own, key: replace(first, audit={**(first.audit or {}), "api_users": users})}
    if plan["alone"]:
        return own[key]
    rows = {plan["parts"][key]["called"]: result.as_data() for key, result in own.items()}
    return replace(together(plan, answers, own), zone=first.zone, audit={"integrations": rows})


def looked_at_together(plan: Answer, answers: t.Mapping[str, Answer], own: t.Mapping[str, Result]) -> Result:
    """All of them, each with what was seen."""
    found = together(plan, answers, own)
    return found if plan["alone"] else replace(found, preflight={key: each.preflight for key, each in own.items()})


def together(plan: Answer, answers: t.Mapping[str, Answer], own: t.Mapping[str, Result]) -> Result:
    """One result of all integrations; that of the only one if there can be no others."""
    del answers
    if plan["alone"]:
        return next(iter(own.values()))
    reasons = [result.reason for result in own.values() if result.reason]
    return Result(
        _of_each({plan["parts"][key]["called"]: result.summary for key, result in own.items()}),
        failed=any(result.failed for result in own.values()),
        changed=any(result.changed for result in own.values()),
        reason=" ".join(dict.fromkeys(reasons)),
    )


def _answers_for(plan: Answer, part: Answer, answers: t.Mapping[str, Answer]) -> dict[str, Answer]:
    """What is about one integration of what the tasks for all returned."""
    looked, retired = Looked(plan, _ran(answers, "look")), _by_item(answers, "retired")
    keys = (part["key"], part["verification_key"])
    user, verifier = map(looked.user, keys)
    return {
        "zone": _ran(answers, "zone"),
        "levels": looked.all_levels,
        "base_level": looked.level_read(part["level"].get("copy_from", "")),
        "users": looked.users,
        "level": looked.level(part["key"]) or _by_item(answers, "level").get(part["key"], {}),
        "user": user,
        "verifier": verifier,
        "landmarks": looked.landmarks,
        "retired": {"results": [retired[key] for key in keys if key in retired]},
        "access": _by_item(answers, "access").get(part["prover"], {}),
    }


def _by_item(answers: t.Mapping[str, Answer], task: str) -> dict[str, Answer]:
    """What a task returned of each item of its loop that it ran for, by the item, or by its key."""
    done = [each for each in (answers.get(task) or {}).get("results", []) if not each.get("skipped")]
    items = [(each[each["ansible_loop_var"]], each) for each in done]
    return {item["key"] if isinstance(item, t.Mapping) else item: each for item, each in items}


def _of_each(said: t.Mapping[str, str]) -> str:
    """One sentence for all that are alike; else each by its name."""
    alike = set(said.values())
    return alike.pop() if len(alike) == 1 else "; ".join(f"{name}: {sentence}" for name, sentence in said.items())


def _api_users(looked: Looked, own: t.Sequence[Matrix]) -> list[dict[str, t.Any]]:
    """All API users, against the shipped lists and one's own; none where their levels were not to be read."""
    if not looked.reads_levels_of_users:
        return []
    users = looked.users.get("resources", [])
    return [user.as_data() for user in inventory(users, looked.levels_read, [*everyone(), *own])]


def _judged(plan: Answer, answers: t.Mapping[str, Answer]) -> dict[str, t.Any]:
    verifier = _ran(answers, "verifier")
    if plan["wants_verifier"] and not verifier:
        verifier = {"msg": NOT_MADE.format(plan["verify_option"]), "failure": {"reason": USER_MISSING}}
    judged = findings_of(
        answers["level"] or None,
        _ran(answers, "user") or None,
        _ran(answers, "access") or None,
        verifier=verifier,
        users=_ran(answers, "users"),
        ours=Ours.of_plan(plan),
    )
    return accept(judged, plan["settings"]["accepted"], datetime.datetime.now(datetime.UTC).date())


def rotated(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(rotate_secret)."""
    due = list(answers["begun"].get("due", []))
    stays = _stays(plan, answers["begun"])
    if not due:
        return Result(f"no secret is due{stays}")
    said = f"{'would replace' if check else 'replaced'} the secret of {' and '.join(due)}"
    typed = [f"; type that of {key} into {part['title']}" for key, part in plan["parts"].items() if key in due]
    return Result(said + "".join(typed) + stays, changed=True)


def _stays(plan: Answer, begun: Answer) -> str:
    """Whoever was named and made by hand is not passed over in silence."""
    wish, users = plan.get("rotation") or {"users": [], "made_by_hand": False}, begun.get("users") or {}
    kept = {user["key"]: users[user["key"]] for user in wish["users"] if user["key"] in users}
    by_hand = [key for key, user in kept.items() if not (user["made_here"] or user["secret_set"])]
    if wish["made_by_hand"] or not by_hand:
        return ""
    return f"; that of {' and '.join(by_hand)} was made by hand and stays, but with {PREFIX}rotate_made_by_hand: true"


def taken_out(part: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(decommission) for one integration."""
    level = answers["level"]
    retired = [_user_name(answer) for answer in answers["retired"]["results"] if answer.get("changed")]
    retired = [name for name in retired if name]
    holders = (level.get("failure") or {}).get("users", [])
    active = (level.get("failure") or {}).get("active_users", [])
    # Somebody active has the level, and it may be the user that Work 365 goes on signing in as.
    unknown = bool(not part["kept"] and not part["is_known"] and active)
    if holders:
        about_level = f"level kept, it still belongs to {', '.join(holders)}"
    elif level.get("changed"):
        about_level = "level would be deleted" if check else "level deleted"
    else:
        about_level = "there is no such level" if part["level"] else "it has no level of its own"
    said = f"{'would make' if check else 'made'} inactive: {', '.join(retired) or 'nobody'}; {about_level}"
    return Result(
        said + (f". {UNKNOWN_USER}" if unknown else ""),
        failed=unknown,
        changed=bool(retired or level.get("changed")),
        reason=UNKNOWN_USER if unknown else "",
    )


def looked_at(part: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(preflight) for one integration."""
    del check
    found = Preflight(part, answers)
    why = " ".join(found.problems.values())
    said = f"not ready: {why}" if why else "ready"
    return Result(said, failed=bool(why), reason=why, preflight=found.as_data())


def written(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(runbook)."""
    del check
    access, pages = _proof(plan, answers), answers["pages"]
    changed = bool(pages.get("changed"))
    left = " ".join(pages.get("left", []))
    about = "runbook written" if changed else "the runbook was left as it is"
    if not access:
        said = f"{about}; nothing to prove it with yet"
    else:
        said = access["verdict"] + ("" if changed else " The runbook was left as it is.")
    return Result(
        f"{said}. {left}" if left else said,
        failed=bool(access) and not access["proven"],
        changed=changed,
        proven=bool(access.get("proven")),
        report=access.get("report", ()),
    )


def logged_in(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(login)."""
    return Result(f"session {'would be kept' if check else 'kept'} in {plan['kept_session']}", changed=True)


def _changed_of(answers: t.Mapping[str, Answer]) -> list[str]:
    return [name for name, answer in answers.items() if answer["changed"]]


def _ran(answers: t.Mapping[str, Answer], name: str) -> Answer:
    """What a task returned; nothing where it was skipped."""
    answer = answers.get(name) or {}
    return {} if answer.get("skipped") else answer


def _changed(changes: t.Sequence[str], check: bool) -> str:
    return f"{'would change' if check else 'changed'} {', '.join(changes)}" if changes else "ok, nothing to change"


Judge = t.Callable[[Answer, t.Mapping[str, Answer], bool], Result]
Sum = t.Callable[[Answer, t.Mapping[str, Answer], t.Mapping[str, Result]], Result]

_OF_THE_TENANT: t.Mapping[str, Judge] = {
    "main": set_up,
    "rotate_secret": rotated,
    "runbook": written,
    "login": logged_in,
}
_OF_EACH: t.Mapping[str, tuple[Judge, Sum]] = {
    "audit": (audited, audited_together),
    "decommission": (taken_out, together),
    "preflight": (looked_at, looked_at_together),
}
"""Entry points that judge each integration by itself, and how that is summed up."""


def failed_with(answer: Answer) -> Result:
    """The result of an entry point whose task failed with this *answer*.

    Of a loop its items say why; the loop itself says only that one of them failed.
    """
    failed = [item for item in answer.get("results") or [] if item.get("failed")]
    said = str([*failed, answer][0].get("msg") or "see the task above")
    why = textwrap.shorten(in_variables(said), LONGEST, placeholder=" ...")
    return Result(f"FAILED: {why}", failed=True, reason=why)


def outcome_of(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Outcome:
    """What the entry point that was planned came to."""
    entry_point = plan["entry_point"]
    if entry_point in _OF_THE_TENANT:
        return Outcome(_OF_THE_TENANT[entry_point](plan, answers, check))
    judge, sum_up = _OF_EACH[entry_point]
    own = {key: judge(part, _answers_for(plan, part, answers), check) for key, part in plan["parts"].items()}
    found = {key: result.preflight for key, result in own.items() if result.preflight}
    return Outcome(sum_up(plan, answers, own), [page for key in found for page in pages_of(plan, key, found[key])])
