# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one tenant's audit found: the modules' answers, turned into findings that people and machines can read."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing
from ansible_collections.msp.autotask.plugins.module_utils._wording import same
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_users import Ours, name_of

Data = t.Mapping[str, t.Any]
Finding = dict[str, t.Any]

DRIFT = "drift"
REMARK = "remark"
NOTE = "note"
ACCEPTED = "accepted"
OK = "ok"
UNREAD = "unread"
ABSENT = "absent"

LEVEL, USER, VERIFIER, OTHERS, ACCESS = "level", "user", "verifier", "others", "access"
HEADINGS = {
    LEVEL: "Security level",
    USER: "API user",
    VERIFIER: "Verification user",
    OTHERS: "Other API users",
    ACCESS: "REST access",
}

FIELDS = {
    "user_name": "User name",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail address",
    "active": "Active",
    "locked": "Locked",
    "security_level": "Security level",
    "location": "Location",
    "date_format": "Date format",
    "time_format": "Time format",
    "number_format": "Number format",
    "tracking": "API tracking identifier",
}

# A user whose secret is not known here could not be made anew, which is why the module fails.
USER_MISSING = "user_missing"
# A user that Autotask has, but not as the one that is wanted. Trying again would not help.
USER_DRIFT = {"other_tracking_identifier", "other_user_name"}


def findings_of(
    level: Data | None,
    user: Data | None = None,
    access: Data | None = None,
    verifier: Data | None = None,
    users: Data | None = None,
    ours: Ours | None = None,
) -> dict[str, t.Any]:
    """Judge a tenant.

    *level*, *user* and *verifier* are what autotask_integrations_info returned of each, *access* what
    autotask_access_info did; None where there is no level to manage, or nothing to ask with. *users* is what was read
    of all API users, and *ours* says which of them are known.
    """
    judged = [*([_level(level)] if level is not None else []), _user(user)]
    if verifier:
        judged.append(_user(verifier, VERIFIER))
    if users and ours:
        judged.append(_others(users, ours))
    judged.append(_access(access, ours))
    found = [finding for findings, _parts in judged for finding in findings]
    parts = [{"state": OK, "reason": "", **part} for _findings, parts in judged for part in parts]
    return {"parts": with_states(parts, found), "findings": found}


def with_states(parts: t.Iterable[Data], findings: t.Sequence[Finding]) -> list[dict[str, t.Any]]:
    """Each part with the worst that was found in it; what was not read stays so unless it is worse."""
    return [{**part, "state": _state(part, findings)} for part in parts]


def _state(part: Data, findings: t.Iterable[Finding]) -> str:
    severities = {finding["severity"] for finding in findings if finding["part"] == part["key"]}
    itself = part["state"] if part["state"] in (UNREAD, ABSENT) else OK
    return next((state for state in (DRIFT, REMARK, ACCEPTED) if state in severities), itself)


def _level(level: Data) -> tuple[list[Finding], list[dict[str, str]]]:
    whole = {"key": LEVEL, "heading": HEADINGS[LEVEL]}
    if "created" not in level:
        return [], [{**whole, "state": UNREAD, "reason": _first_line(level)}]
    if level["created"]:
        return [finding(LEVEL, "Security level", "missing", "there")], [whole]
    before, after = level["changed_settings"]["before"], level["changed_settings"]["after"]
    findings: list[Finding] = []
    for heading, settings in before.items():
        if isinstance(settings, t.Mapping):
            findings += _settings(heading, settings, after[heading])
        else:
            findings.append(finding(LEVEL, heading.capitalize(), settings, after[heading]))
    for path in level["unknown_settings"]:
        heading, _mark, label = path.partition(" > ")
        why = "The page has this setting, the collection does not know it. It is cleared like all others."
        findings.append(finding(_section(heading)["key"], label, severity=NOTE, detail=why))
    for path in level["absent_settings"]:
        key, setting, *column = path.split(".")
        label = " > ".join([CATALOG.place_of(setting)[1].label or setting, *map(str.capitalize, column)])
        why = "Wanted, but it cannot be set on this tenant's page, which lacks it or shows it as text."
        findings.append(finding(key, label, severity=NOTE, detail=why))
    sections = [_section(heading) for heading in level["security_level"]["settings"]]
    return findings, [whole, *(section for section in sections if section["key"] != LEVEL)]


def _settings(heading: str, before: Data, after: Data) -> t.Iterator[Finding]:
    key = _section(heading)["key"]
    for label, found in before.items():
        cells = found if isinstance(found, t.Mapping) else {None: found}
        for column, value in cells.items():
            wanted = after[label][column] if column else after[label]
            what = f"{label} > {column}" if column else label
            yield finding(key, what, value, wanted, _direction(key, label, value, wanted))


def _user(user: Data | None, key: str = USER) -> tuple[list[Finding], list[dict[str, str]]]:
    part, name = {"key": key, "heading": HEADINGS[key]}, HEADINGS[key]
    if user is None:
        why = "No credentials are kept for this tenant, so it was not set up from here."
        return [finding(key, name, "not set up", "set up", detail=why)], [part]
    if "diff" not in user:
        reason = _first_line(user)
        if user.get("failure", {}).get("reason") == USER_MISSING:
            return [finding(key, name, "missing", "there", detail=reason)], [part]
        if user.get("failure", {}).get("reason") in USER_DRIFT:
            return [finding(key, name, "another one", "the one that is wanted", detail=reason)], [part]
        return [], [{**part, "state": UNREAD, "reason": reason}]
    if user["created"]:
        return [finding(key, name, "missing", "there")], [part]
    before, after = user["diff"]["before"], user["diff"]["after"]
    findings = [finding(key, FIELDS.get(field, field), before[field], after[field]) for field in before]
    if user["resource"]["locked"]:
        why = "Autotask locked the user after wrong logins. Find out who tried, then unlock it."
        findings.append(finding(key, FIELDS["locked"], True, False, detail=why))
    return findings, [part]


def _others(users: Data, ours: Ours) -> tuple[list[Finding], list[dict[str, str]]]:
    """Who has the level or the vendor's identifier besides the integration's own; and those of its own not needed."""
    part = {"key": OTHERS, "heading": HEADINGS[OTHERS]}
    if "resources" not in users:
        return [], [{**part, "state": UNREAD, "reason": _first_line(users)}]
    holders = ours.holders(users["resources"])
    findings = [_another(f"{name_of(user)} has the level", user, "nobody else has it") for user in holders]
    rivals = [user for user in ours.of_the_vendor(users["resources"]) if not ours.is_own(user) and user not in holders]
    what = f"has the tracking identifier of {ours.vendor}"
    findings += [_another(f"{name_of(user)} {what}", user, "one user has it") for user in rivals]
    why = f"It was made to prove the level, which is not wanted any more ({ours.verify_option}). Make it inactive."
    findings += [
        finding(OTHERS, f"{name_of(user)} can sign in", "active", "inactive", "more", detail=why)
        for user in ours.left_active(users["resources"])
    ]
    return findings, [part]


def _another(what: str, user: Data, wanted: str) -> Finding:
    """Somebody inactive cannot sign in, and users can never be deleted."""
    if user.get("active") is False:
        return finding(OTHERS, what, "inactive", wanted, severity=NOTE, detail="It is inactive.")
    return finding(OTHERS, what, "active", wanted, "more")


def _access(access: Data | None, ours: Ours | None) -> tuple[list[Finding], list[dict[str, str]]]:
    part = {"key": ACCESS, "heading": HEADINGS[ACCESS]}
    if access is None:
        option = f" ({ours.verify_option})" if ours else ""
        return [], [{**part, "state": ABSENT, "reason": f"There is no user to prove it with{option}."}]
    if "verdict" not in access:
        return [], [{**part, "state": UNREAD, "reason": _first_line(access)}]
    findings = [
        finding(
            ACCESS,
            f"{found['entity']} {found['action']}",
            found["access"],
            found["necessity"],
            direction,
            DRIFT if found["severity"] == "error" else REMARK,
            found["reason"],
        )
        for kind, direction in (("missing", "less"), ("excess", "more"), ("restricted", "other"))
        for found in access[kind]
    ]
    findings += [
        finding(ACCESS, found["entity"], "not readable", "readable", severity=REMARK, detail=found["message"])
        for found in access["unread"]
    ]
    if not access["proven"] and not any(finding["severity"] == DRIFT for finding in findings):
        findings.append(finding(ACCESS, "Proof", "not given", "given", detail=access["verdict"]))
    return findings, [part]


def finding(
    part: str,
    what: str,
    found: t.Any = "",
    wanted: t.Any = "",
    direction: str = "other",
    severity: str = DRIFT,
    detail: str | None = "",
) -> Finding:
    return {
        "id": f"{part} > {what}",
        "part": part,
        "what": what,
        "found": shown(found),
        "wanted": shown(wanted),
        "direction": direction,
        "severity": severity,
        "detail": detail or "",
    }


def shown(value: t.Any) -> str:
    """The value as a person would say it."""
    if isinstance(value, bool):
        return "checked" if value else "not checked"
    if isinstance(value, t.Mapping):
        return " ".join(str(item) for item in value.values())
    return "nothing" if value is None else str(value)


def _direction(section_key: str, label: str, found: t.Any, wanted: t.Any) -> str:
    """Whether the tenant grants more than is wanted, or less."""
    if found is None or wanted is None or _grants(found) == _grants(wanted):
        return "other"
    section = CATALOG.section(section_key)
    settings = section.settings if section else ()
    restricts = any(s.restricts and s.label and same(label, s.label, s.alternatives) for s in settings)
    return "more" if _grants(wanted) == restricts else "less"


def _grants(value: t.Any) -> bool:
    return value not in ("", "0") and not means_nothing(value)


def _section(heading: str) -> dict[str, str]:
    """The catalog's key and heading of a section, or the page's own heading where the catalog does not know it."""
    known = next((s for s in CATALOG.sections if same(heading, s.heading, s.alternatives)), None)
    if known and not known.has_links:
        # Name, state and license type: the level as such.
        return {"key": LEVEL, "heading": HEADINGS[LEVEL]}
    return {"key": known.key, "heading": known.heading} if known else {"key": heading, "heading": heading}


def _first_line(failed: Data) -> str:
    return str(failed.get("msg", "It failed without a message.")).partition("\n")[0]
