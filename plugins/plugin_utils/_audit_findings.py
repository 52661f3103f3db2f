# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one tenant's audit found: the modules' answers, turned into findings that people and machines can read."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

Data = t.Mapping[str, t.Any]
Finding = dict[str, t.Any]

DRIFT = "drift"
REMARK = "remark"
NOTE = "note"
OK = "ok"
UNREAD = "unread"
ABSENT = "absent"

LEVEL, USER, ACCESS = "level", "user", "access"
HEADINGS = {LEVEL: "Security level", USER: "API user", ACCESS: "REST access"}

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


def findings_of(level: Data, user: Data | None = None, access: Data | None = None) -> dict[str, t.Any]:
    """Judge a tenant.

    *level*, *user* and *access* are what autotask_security_level and autotask_resource (both in check mode) and
    autotask_access_info returned; None where there was nothing to ask with.
    """
    judged = [_level(level), _user(user), _access(access)]
    found = [finding for findings, _parts in judged for finding in findings]
    parts = [{"state": OK, "reason": "", **part} for _findings, parts in judged for part in parts]
    for part in parts:
        severities = {finding["severity"] for finding in found if finding["part"] == part["key"]}
        part["state"] = next((state for state in (DRIFT, REMARK) if state in severities), part["state"])
    return {"parts": parts, "findings": found}


def _level(level: Data) -> tuple[list[Finding], list[dict[str, str]]]:
    whole = {"key": LEVEL, "heading": HEADINGS[LEVEL]}
    if level["created"]:
        return [_finding(LEVEL, "Security level", "missing", "there")], [whole]
    before, after = level["diff"]["before"], level["diff"]["after"]
    findings: list[Finding] = []
    for heading, settings in before.items():
        if isinstance(settings, t.Mapping):
            findings += _settings(heading, settings, after[heading])
        else:
            findings.append(_finding(LEVEL, heading.capitalize(), settings, after[heading]))
    for path in level["unknown_settings"]:
        heading, _mark, label = path.partition(" > ")
        why = "The page has this setting, the collection does not know it. It is cleared like all others."
        findings.append(_finding(_section(heading)["key"], label, severity=NOTE, detail=why))
    for path in level["absent_settings"]:
        key, setting, *column = path.split(".")
        label = " > ".join([CATALOG.place_of(setting)[1].label or setting, *map(str.capitalize, column)])
        why = "Wanted, but this tenant's page does not let anybody set it: it lacks it, or shows it as text."
        findings.append(_finding(key, label, severity=NOTE, detail=why))
    sections = [_section(heading) for heading in level["security_level"]["settings"]]
    return findings, [whole, *(section for section in sections if section["key"] != LEVEL)]


def _settings(heading: str, before: Data, after: Data) -> t.Iterator[Finding]:
    key = _section(heading)["key"]
    for label, found in before.items():
        cells = found if isinstance(found, t.Mapping) else {None: found}
        for column, value in cells.items():
            wanted = after[label][column] if column else after[label]
            what = f"{label} > {column}" if column else label
            yield _finding(key, what, value, wanted, _direction(key, label, value, wanted))


def _user(user: Data | None) -> tuple[list[Finding], list[dict[str, str]]]:
    part = {"key": USER, "heading": HEADINGS[USER]}
    if user is None:
        why = "No credentials are kept for this tenant, so it was not set up from here."
        return [_finding(USER, "API user", "not set up", "set up", detail=why)], [part]
    if "diff" not in user:
        reason = _first_line(user)
        if user.get("failure", {}).get("reason") == USER_MISSING:
            return [_finding(USER, "API user", "missing", "there", detail=reason)], [part]
        if user.get("failure", {}).get("reason") in USER_DRIFT:
            return [_finding(USER, "API user", "another one", "the one that is wanted", detail=reason)], [part]
        return [], [{**part, "state": UNREAD, "reason": reason}]
    if user["created"]:
        return [_finding(USER, "API user", "missing", "there")], [part]
    before, after = user["diff"]["before"], user["diff"]["after"]
    findings = [_finding(USER, FIELDS.get(name, name), before[name], after[name]) for name in before]
    if user["resource"]["locked"]:
        why = "Autotask locked the user after wrong logins. Find out who tried, then unlock it."
        findings.append(_finding(USER, FIELDS["locked"], True, False, detail=why))
    return findings, [part]


def _access(access: Data | None) -> tuple[list[Finding], list[dict[str, str]]]:
    part = {"key": ACCESS, "heading": HEADINGS[ACCESS]}
    if access is None:
        return [], [
            {**part, "state": ABSENT, "reason": "There is no user to prove it with (work365_integration_verify)."}
        ]
    if "verdict" not in access:
        return [], [{**part, "state": UNREAD, "reason": _first_line(access)}]
    findings = [
        _finding(
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
        _finding(ACCESS, found["entity"], "not readable", "readable", severity=REMARK, detail=found["message"])
        for found in access["unread"]
    ]
    if not access["proven"] and not any(finding["severity"] == DRIFT for finding in findings):
        findings.append(_finding(ACCESS, "Proof", "not given", "given", detail=access["verdict"]))
    return findings, [part]


def _finding(
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
