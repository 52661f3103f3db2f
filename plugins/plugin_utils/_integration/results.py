# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an entry point of the role came to, from what its tasks returned in this very call."""

from __future__ import annotations

import datetime
import textwrap
import typing as t
from dataclasses import dataclass, field, fields

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
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.preflight import Preflight
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import everyone, matrix_of

Answer = t.Mapping[str, t.Any]
"""What a task returned; empty, or marked as skipped, where it did not run."""

MOST_NAMED = 4
"""How many drifts a line names."""

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


def set_up(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(main)."""
    levels, users = _levels_and_users(_ran(answers, "run"))
    access = _ran(answers, "access")
    named = len(levels) > 1
    changes = [f"security level of {name}" if named else "security level" for name in _changed_of(levels)]
    changes += [f"user of {key}" for key in _changed_of(users)]
    locked = [key for key, answer in users.items() if (answer.get("resource") or {}).get("locked")]
    said = [_changed(changes, check)]
    if locked:
        said.append(f"LOCKED after wrong log-ins, work365_integration_unlock unlocks: user of {', '.join(locked)}")
    if access:
        said.append(access["verdict"])
    return Result(
        "; ".join(said),
        changed=bool(changes),
        proven=bool(access.get("proven")),
        user_name=(users.get(plan["key"], {}).get("resource") or {}).get("user_name", ""),
        zone=_ran(answers, "zone").get("zone", {}),
        report=access.get("report", ()),
    )


def set_up_several(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the role for any integrations, which proves one level after the other."""
    done = [each for each in _ran(answers, "access").get("results", []) if not each.get("skipped")]
    proofs = {each["__integration_proof"]["key"]: each for each in done}
    access = {
        "proven": all(proof["proven"] for proof in proofs.values()),
        "verdict": "; ".join(f"{key}: {proof['verdict']}" for key, proof in proofs.items()),
        "report": [f"{key}: {line}" for key, proof in proofs.items() for line in proof["report"]],
    }
    return set_up(plan, {**answers, "access": access if proofs else {}}, check)


def audited(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(audit)."""
    del check
    judged = _judged(plan, answers)
    zone = _ran(answers, "zone").get("zone", {})
    kept = plan["kept"].get(plan["key"], {})
    facts = {
        "security_level": plan["settings"]["security_level_name"],
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
        audit={**judged, "facts": facts, "api_users": _api_users(answers)},
    )


def audited_several(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(audit) of the role for any integrations: one for each, and all together."""
    parts = plan["parts"].values()
    own = {part["called"]: audited(part, _answers_for(part, answers), check) for part in parts}
    results = {name: result.as_data() for name, result in own.items()}
    # They are the tenant's, whichever of its integrations is looked at.
    matrices = [matrix_of(part["settings"]["matrix"]) for part in parts if "matrix" in part["settings"]]
    next(iter(results.values()))["audit"]["api_users"] = _api_users(answers, matrices)
    return Result(
        _of_each({name: result.summary for name, result in own.items()}),
        failed=any(result.failed for result in own.values()),
        zone=_ran(answers, "zone").get("zone", {}),
        audit={"integrations": results},
    )


def _answers_for(part: Answer, answers: t.Mapping[str, Answer]) -> dict[str, Answer]:
    """What is about one integration of what the tasks for all returned."""
    users = _by_item(answers, "user", "__integration_look", "key")
    base = part["level"].get("copy_from", "")
    return {
        "zone": _ran(answers, "zone"),
        "levels": _ran(answers, "levels"),
        "base_level": _by_item(answers, "bases", "__integration_read").get(base, {}),
        "users": _ran(answers, "users"),
        "level": _by_item(answers, "level", "__integration_part").get(part["key"], {}),
        "user": users.get(part["key"], {}),
        "verifier": users.get(part["verification_key"], {}),
        "access": _by_item(answers, "access", "__integration_proof", "key").get(part["prover"], {}),
    }


def _by_item(answers: t.Mapping[str, Answer], task: str, loop_var: str, name: str = "") -> dict[str, Answer]:
    """What a task returned of each item of its loop that it ran for."""
    done = [each for each in (answers.get(task) or {}).get("results", []) if not each.get("skipped")]
    return {each[loop_var][name] if name else each[loop_var]: each for each in done}


def _of_each(said: t.Mapping[str, str]) -> str:
    """One sentence for all that are alike; else each by its name."""
    alike = set(said.values())
    return alike.pop() if len(alike) == 1 else "; ".join(f"{name}: {sentence}" for name, sentence in said.items())


def _api_users(answers: t.Mapping[str, Answer], own: t.Sequence[Matrix] = ()) -> list[dict[str, t.Any]]:
    """All API users, against the shipped lists and one's own; none where their levels were not to be read."""
    read = _ran(answers, "inventory").get("results", [])
    if all(each.get("skipped") for each in read):
        return []
    levels = [level for each in read for level in each.get("security_levels", [])]
    return [user.as_data() for user in inventory(_ran(answers, "users")["resources"], levels, [*everyone(), *own])]


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
    if not due:
        return Result("no secret is due")
    said = f"{'would replace' if check else 'replaced'} the secret of {' and '.join(due)}"
    parts = plan.get("parts") or {plan["key"]: plan}
    typed = [f"; type that of {key} into {part['title']}" for key, part in parts.items() if key in due]
    return Result(said + "".join(typed), changed=True)


def taken_out(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(decommission)."""
    level = answers["level"]
    retired = [
        answer["resource"]["user_name"]
        for answer in answers["users"].get("results", [])
        if answer.get("changed") and answer.get("resource")
    ]
    holders = (level.get("failure") or {}).get("users", [])
    active = (level.get("failure") or {}).get("active_users", [])
    # Somebody active has the level, and it may be the user that Work 365 goes on signing in as.
    unknown = bool(not plan["kept"] and not plan["is_known"] and active)
    if holders:
        about_level = f"level kept, it still belongs to {', '.join(holders)}"
    elif level.get("changed"):
        about_level = "level would be deleted" if check else "level deleted"
    else:
        about_level = "there is no such level" if plan["level"] else "it has no level of its own"
    said = f"{'would make' if check else 'made'} inactive: {', '.join(retired) or 'nobody'}; {about_level}"
    return Result(
        said + (f". {UNKNOWN_USER}" if unknown else ""),
        failed=unknown,
        changed=bool(retired or level.get("changed")),
        reason=UNKNOWN_USER if unknown else "",
    )


def taken_out_of_several(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(decommission) of the role for any integrations, of those that were named."""
    levels = _by_item(answers, "level", "__integration_part")
    users = _by_item(answers, "users", "__integration_one", "key")
    own = {}
    for name, part in plan["parts"].items():
        its_users = [users[key] for key in (name, part["verification_key"]) if key in users]
        own[part["called"]] = taken_out(part, {"level": levels.get(name, {}), "users": {"results": its_users}}, check)
    return Result(
        _of_each({name: result.summary for name, result in own.items()}),
        failed=any(result.failed for result in own.values()),
        changed=any(result.changed for result in own.values()),
        reason=next((result.reason for result in own.values() if result.reason), ""),
    )


def looked_at(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(preflight)."""
    del check
    found = Preflight(plan, answers)
    why = " ".join(found.problems.values())
    said = f"not ready: {why}" if why else "ready"
    return Result(said, failed=bool(why), reason=why, preflight=found.as_data())


def written(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(runbook)."""
    del plan, check
    access, pages = _ran(answers, "access"), answers["pages"]
    left = " ".join(pages.get("left", []))
    about = "runbook written" if pages.get("changed") else "the runbook was left as it is"
    if not access:
        said = f"{about}; nothing to prove it with yet"
    else:
        said = access["verdict"] + ("" if pages.get("changed") else " The runbook was left as it is.")
    return Result(
        f"{said}. {left}" if left else said,
        failed=bool(access) and not access["proven"],
        changed=bool(pages.get("changed")),
        proven=bool(access.get("proven")),
        report=access.get("report", ()),
    )


def looked_at_several(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(preflight) of the role for any integrations."""
    own = {name: looked_at(part, _answers_for(part, answers), check) for name, part in plan["parts"].items()}
    return Result(
        _of_each({plan["parts"][name]["called"]: result.summary for name, result in own.items()}),
        failed=any(result.failed for result in own.values()),
        reason=" ".join(dict.fromkeys(result.reason for result in own.values() if result.reason)),
        preflight={name: result.preflight for name, result in own.items()},
    )


def logged_in(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """The result of the entry point C(login)."""
    return Result(f"session {'would be kept' if check else 'kept'} in {plan['kept_session']}", changed=True)


def _levels_and_users(run: Answer) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """What became of the level of each integration, and of each user by its key, in the run of the console."""
    done = run.get("integrations", [])
    levels = {each["name"]: each["security_level"] for each in done if each["security_level"]}
    return levels, {user["key"]: user for each in done for user in each["resources"]}


def _changed_of(answers: t.Mapping[str, Answer]) -> list[str]:
    return [name for name, answer in answers.items() if answer["changed"]]


def _ran(answers: t.Mapping[str, Answer], name: str) -> Answer:
    """What a task returned; nothing where it was skipped."""
    answer = answers.get(name) or {}
    return {} if answer.get("skipped") else answer


def _changed(changes: t.Sequence[str], check: bool) -> str:
    return f"{'would change' if check else 'changed'} {', '.join(changes)}" if changes else "ok, nothing to change"


_ENTRY_POINTS: t.Mapping[str, t.Callable[[Answer, t.Mapping[str, Answer], bool], Result]] = {
    "main": set_up,
    "audit": audited,
    "rotate_secret": rotated,
    "decommission": taken_out,
    "preflight": looked_at,
    "runbook": written,
    "login": logged_in,
    "several_main": set_up_several,
    "several_audit": audited_several,
    "several_rotate_secret": rotated,
    "several_decommission": taken_out_of_several,
    "several_preflight": looked_at_several,
    "several_runbook": written,
}


def failed_with(answer: Answer) -> Result:
    """The result of an entry point whose task failed with this *answer*.

    Of a loop its items say why; the loop itself says only that one of them failed.
    """
    failed = [item for item in answer.get("results") or [] if item.get("failed")]
    said = str([*failed, answer][0].get("msg") or "see the task above")
    why = textwrap.shorten(in_variables(said), LONGEST, placeholder=" ...")
    return Result(f"FAILED: {why}", failed=True, reason=why)


def result_of(plan: Answer, answers: t.Mapping[str, Answer], check: bool) -> Result:
    """What the entry point that was planned came to."""
    return _ENTRY_POINTS[plan["entry_point"]](plan, answers, check)
