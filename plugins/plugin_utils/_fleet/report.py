# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit of a whole fleet: every tenant's findings, compared with the audit before."""

from __future__ import annotations

import datetime
import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.audit_findings import (
    ACCEPTED,
    ACCESS,
    DRIFT,
    HEADINGS,
    LEVEL,
    OK,
    OTHERS,
    REMARK,
    UNREAD,
    USER,
    VERIFIER,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.summary import limit_to

Data = t.Mapping[str, t.Any]
Entry = dict[str, t.Any]

FORMAT = 1
OFF = "off"
GONE = "gone"
# A tenant's status is the worst that is known of it.
STATUSES = (DRIFT, GONE, UNREAD, REMARK, ACCEPTED, OK, OFF)
ALWAYS_COUNTED = (DRIFT, UNREAD, REMARK, OK, OFF)
"""What reports of the first release counted."""

WHY_GONE = (
    "It was audited before, and is not in the fleet any more. Switch a tenant off (work365_integration_enabled) before "
    "it leaves, or name it in work365_integration_left_tenants."
)
WHY_DROPPED = (
    "It was audited before, and the tenant's list of integrations does not name it any more, so nobody looks after its "
    "user and level. Put it back; or let the playbook decommission take it out, and name it in "
    "work365_integration_left_tenants."
)
WHY_BACK = "It is in the fleet again, and was not audited since."
RUNS_REMEMBERED = 90


def _is_moment(found: t.Any) -> bool:
    try:
        return bool(datetime.datetime.fromisoformat(found))
    except (TypeError, ValueError):
        return False


FINDING = {
    **dict.fromkeys(("id", "part", "what", "found", "wanted", "direction", "severity", "detail"), str),
    "since": _is_moment,
}
REPORT = {
    "at": _is_moment,
    "history": [{"at": _is_moment, "counts": dict.fromkeys(ALWAYS_COUNTED, int), "drifts": int}],
    "tenants": [
        {
            "tenant": str,
            "status": STATUSES,
            "reason": str,
            "parts": [dict.fromkeys(("key", "heading", "state", "reason"), str)],
            "findings": [FINDING],
            "facts": dict,
            "read_at": lambda found: found is None or _is_moment(found),
        }
    ],
}
"""What a report is read for when the next one is made."""


class UnknownReport(ValueError):
    """The previous report is not one that can be compared with."""


def fleet_report(
    results: t.Mapping[str, Data],
    at: str,
    previous: Data | None,
    fleet: t.Sequence[str],
    left: t.Collection[str] = (),
) -> dict[str, t.Any]:
    """Sum up an audit.

    *results* are the tenants of this run by name, each with what findings_of() returned as C(audit), or with a
    C(reason) why it was not read, or with C(off). *previous* is the last report. *fleet* names all tenants of the
    inventory: those that this run left out stay as they were. A tenant's integrations, where it has a list of them, are
    rows C(HOST@INTEGRATION). *left* names those that left for good.
    """
    if previous is not None:
        _refuse_unknown(previous)
    before = {entry["tenant"]: entry for entry in (previous or {}).get("tenants", [])}
    rows = {row: result for name, found in results.items() for row, result in _rows(name, found, before).items()}
    audited = {name: _compared(_entry(name, result), before.get(name), at) for name, result in rows.items()}
    others = {*fleet} - {*results}
    left_out = {name: _left_out(before[name]) for name in before if _is_of(name, others) and name not in audited}
    # A tenant that was never read has one row, whatever it has to show once it is.
    replaced = {name for name in results if name in before and before[name]["read_at"] is None}
    out_of_sight = sorted(set(before) - set(audited) - set(left_out) - replaced)
    missed = [name for name in out_of_sight if name not in left and before[name]["status"] != OFF]
    here = {*fleet, *results}
    gone = {name: _gone(before[name], WHY_DROPPED if _is_of(name, here) else WHY_GONE) for name in missed}
    tenants = sorted({**gone, **left_out, **audited}.values(), key=_by_need)
    counts = {status: sum(entry["status"] == status for entry in tenants) for status in STATUSES}
    drifted = _news(tenants, at) if previous else []
    mended = [
        {"tenant": name, "findings": entry["mended"]} for name, entry in sorted(audited.items()) if entry["mended"]
    ]
    run = {"at": at, "counts": counts, "drifts": sum(len(drifts(entry)) for entry in tenants)}
    return {
        "format": FORMAT,
        **run,
        "previous_at": previous["at"] if previous else None,
        "columns": _columns(tenants),
        "tenants": tenants,
        "drifted": drifted,
        "mended": mended,
        "new_tenants": sorted(name for name in audited if previous and name not in before),
        "gone_tenants": [name for name in out_of_sight if before[name]["status"] != GONE],
        "missed": missed,
        "common": _common(tenants),
        "causes": _causes(tenants),
        "not_read": _not_read(tenants),
        "to_mend": _to_mend(tenants, here),
        "news": _told(drifted, mended, _newly(UNREAD, tenants, before), _newly(GONE, tenants, before))
        if previous
        else [],
        "history": [*(previous or {}).get("history", []), run][-RUNS_REMEMBERED:],
    }


def results_of(report: t.Any, fleet: t.Collection[str]) -> dict[str, Data]:
    """The results that a report was made from, as fleet_report() takes them: of a part of a fleet, for the whole.

    *fleet* names its hosts, which tells those with an @ from rows C(HOST@INTEGRATION). Raises UnknownReport.
    """
    _refuse_unknown(report)
    hosts: dict[str, dict[str, Data]] = {}
    for entry in report["tenants"]:
        if entry["status"] != GONE:
            row = entry["tenant"]
            host = row if row in fleet else row.rpartition("@")[0] or row
            hosts.setdefault(host, {})[row] = _result_of(entry)
    return {
        host: rows[host] if [*rows] == [host] else {"audit": {"integrations": rows}} for host, rows in hosts.items()
    }


def _result_of(entry: Data) -> Data:
    if entry["status"] == OFF:
        return {"off": True}
    if entry["reason"]:
        return {"reason": entry["reason"]}
    unread = {part["key"] for part in entry["parts"] if part["state"] == UNREAD}
    # What an earlier audit knew of a part that was not read is not what this one found.
    findings = [finding for finding in entry["findings"] if finding["part"] not in unread]
    kept = {name: entry[name] for name in ("parts", "facts", "api_users", "read_at") if name in entry}
    return {"audit": {**kept, "findings": findings}}


def _rows(tenant: str, result: Data, before: t.Collection[str]) -> dict[str, Data]:
    """A tenant that was audited for a list of integrations has a row for each; if it was not read, for those known."""
    if several := (result.get("audit") or {}).get("integrations"):
        return dict(several)
    known = [name for name in before if _is_of(name, {tenant})] if "audit" not in result else []
    return dict.fromkeys(known or [tenant], result)


def _is_of(row: str, tenants: t.Collection[str]) -> bool:
    """Whether a row of the report is of one of the *tenants*: C(HOST), or C(HOST@INTEGRATION)."""
    return row in tenants or row.rpartition("@")[0] in tenants


def _refuse_unknown(previous: t.Any) -> None:
    """The last report is a file, which may be anybody's by now."""
    if not isinstance(previous, t.Mapping) or "format" not in previous:
        raise UnknownReport("is not a report of a fleet")
    if previous["format"] != FORMAT:
        raise UnknownReport(f"has the format {previous['format']!r}, not {FORMAT}")
    if not _fits(previous, REPORT):
        raise UnknownReport("lacks parts of a report")


def _fits(found: t.Any, shape: t.Any) -> bool:
    """Whether *found* has at least the parts that *shape* has."""
    if isinstance(shape, dict):
        return isinstance(found, t.Mapping) and all(name in found and _fits(found[name], shape[name]) for name in shape)
    if isinstance(shape, list):
        return isinstance(found, list) and all(_fits(one, shape[0]) for one in found)
    if isinstance(shape, tuple):
        return found in shape
    return isinstance(found, shape) if isinstance(shape, type) else bool(shape(found))


def drifts(entry: Data) -> list[Data]:
    return [finding for finding in entry["findings"] if finding["severity"] == DRIFT]


def _entry(tenant: str, result: Data) -> Entry:
    entry: Entry = {
        "tenant": tenant,
        "parts": [],
        "findings": [],
        "facts": {},
        "api_users": [],
        "reason": "",
        "off": False,
    }
    if result.get("off"):
        return {**entry, "off": True}
    if "audit" not in result:
        return {**entry, "reason": result.get("reason") or "It was not read, and nothing says why."}
    return {**entry, **result["audit"]}


def _left_out(before: Data) -> Entry:
    if before["status"] == GONE:
        return {**before, "new": False, "status": UNREAD, "reason": WHY_BACK}
    return {**before, "new": False}


def _gone(before: Data, why: str) -> Entry:
    """What was known of it stays known."""
    return {**before, "new": False, "status": GONE, "reason": why, "parts": [], "mended": []}


def _compared(entry: Entry, before: Data | None, at: str) -> Entry:
    """The tenant with what is new about it, and since when each finding stands."""
    new = before is None
    known = {finding["id"]: finding for finding in (before or {}).get("findings", [])}
    if entry["off"] or entry["reason"]:
        # What was known of it stays known; it was not mended by not being looked at.
        names = ("findings", "facts", "api_users", "read_at")
        kept = {name: before[name] for name in names if name in before} if before else {"read_at": None}
        return {**entry, **kept, "status": OFF if entry["off"] else UNREAD, "mended": [], "new": new}
    findings = [{**finding, "since": _since(finding, known.get(finding["id"]), at)} for finding in entry["findings"]]
    unread = {part["key"] for part in entry["parts"] if part["state"] == UNREAD}
    read = {part["key"] for part in entry["parts"]} - unread
    findings += [finding for finding in known.values() if finding["part"] in unread]
    present = {finding["id"] for finding in findings}
    mended = [
        finding
        for name, finding in known.items()
        if finding["severity"] == DRIFT and finding["part"] in read and name not in present
    ]
    found = {"read_at": at, **entry, "findings": findings, "mended": mended, "new": new}
    return {**found, "status": _status(found)}


def _since(finding: Data, known: Data | None, at: str) -> str:
    """Since when it stands; what was accepted, or only a remark, counts as drift from now on."""
    if known is None or (finding["severity"] == DRIFT and known["severity"] != DRIFT):
        return at
    return str(known["since"])


def _status(entry: Data) -> str:
    states = {finding["severity"] for finding in entry["findings"]} | {part["state"] for part in entry["parts"]}
    return next((status for status in STATUSES if status in states), OK)


def _by_need(entry: Data) -> tuple[int, int, str]:
    """Those that need somebody first."""
    return STATUSES.index(entry["status"]), -len(drifts(entry)), entry["tenant"]


def _columns(tenants: t.Iterable[Data]) -> list[dict[str, str]]:
    """The parts that any tenant has: level, the sections in page order, user, access."""
    seen = {part["key"]: part["heading"] for entry in tenants for part in entry["parts"]}
    catalog = {section.key: section.heading for section in CATALOG.sections}
    order = [LEVEL, *catalog, *sorted(set(seen) - set(catalog) - set(HEADINGS)), USER, VERIFIER, OTHERS, ACCESS]
    return [{"key": key, "heading": seen[key]} for key in order if key in seen]


def _news(tenants: t.Iterable[Data], at: str) -> list[dict[str, t.Any]]:
    found = {entry["tenant"]: [finding for finding in drifts(entry) if finding["since"] == at] for entry in tenants}
    return [{"tenant": name, "findings": findings} for name, findings in found.items() if findings]


def _common(tenants: t.Iterable[Data]) -> list[dict[str, t.Any]]:
    """What several tenants have in common, however their pages word it: often one cause, and one cure."""
    alike: dict[tuple[str, str], dict[str, Data]] = {}
    for entry in tenants:
        for finding in drifts(entry):
            alike.setdefault((finding["part"], normalise(finding["what"])), {})[entry["tenant"]] = finding
    shared = sorted((found for found in alike.values() if len(found) > 1), key=len, reverse=True)
    first = [(next(iter(found.values())), found) for found in shared]
    return [{"part": one["part"], "what": one["what"], "tenants": list(found)} for one, found in first]


def _causes(tenants: t.Iterable[Data]) -> list[dict[str, t.Any]]:
    """Every drift once, with all tenants that have it: the same was found where the same was wanted."""
    alike: dict[tuple[str, ...], dict[str, Data]] = {}
    for entry in tenants:
        for finding in drifts(entry):
            key = (finding["part"], *(normalise(finding[name]) for name in ("what", "found", "wanted")))
            alike.setdefault(key, {})[entry["tenant"]] = finding
    causes = [
        {
            **{name: one[name] for name in ("part", "what", "found", "wanted", "direction", "detail")},
            "since": min(finding["since"] for finding in found.values()),
            "tenants": list(found),
        }
        for found in alike.values()
        for one in [next(iter(found.values()))]
    ]
    return sorted(causes, key=lambda cause: (-len(cause["tenants"]), cause["part"], cause["what"]))


def _not_read(tenants: t.Iterable[Data]) -> list[dict[str, t.Any]]:
    """Each reason why something was not read once, with the tenants that it holds for."""
    alike: dict[str, tuple[str, str, dict[str, None]]] = {}
    for entry in tenants:
        status = GONE if entry["status"] == GONE else UNREAD
        own = [entry["reason"]] if entry["status"] in (UNREAD, GONE) and entry["reason"] else []
        for reason in [*own, *(part["reason"] for part in entry["parts"] if part["state"] == UNREAD)]:
            plain = re.sub(rf"(?<!\w){re.escape(entry['tenant'])}(?!\w)", "...", reason)
            alike.setdefault(plain, (reason, status, {}))[2][entry["tenant"]] = None
    found = [{"reason": reason, "status": status, "tenants": list(names)} for reason, status, names in alike.values()]
    return sorted(found, key=lambda one: -len(one["tenants"]))


def _to_mend(tenants: t.Iterable[Data], hosts: t.Collection[str]) -> list[dict[str, str]]:
    """How those are run again that drifted: Work 365 alone, or where a row is another integration's, the whole list."""
    drifted = [entry["tenant"] for entry in tenants if entry["status"] == DRIFT]
    lists = dict.fromkeys(name.rpartition("@")[0] for name in drifted if name not in hosts)
    alone = [name for name in drifted if name in hosts and name not in lists]
    runs = {"provision": alone, "integrations": lists}
    return [{"playbook": playbook, "limit": limit_to(meant)} for playbook, meant in runs.items() if meant]


def _newly(status: str, tenants: t.Iterable[Data], before: t.Mapping[str, Data]) -> list[Data]:
    return [e for e in tenants if e["status"] == status and before.get(e["tenant"], {}).get("status") != status]


def _told(
    drifted: t.Iterable[Data], mended: t.Iterable[Data], unread: t.Iterable[Data], gone: t.Iterable[Data]
) -> list[str]:
    """What is new since the last audit, a line for each tenant and kind: for messages."""
    return [
        *(f"{one['tenant']} drifted: {'; '.join(map(_in_words, one['findings']))}" for one in drifted),
        *(f"{one['tenant']} was not read: {_reason_of(one)}" for one in unread),
        *(f"{one['tenant']} is gone: {one['reason']}" for one in gone),
        *(f"{one['tenant']} is mended: {', '.join(found['what'] for found in one['findings'])}" for one in mended),
    ]


def _in_words(finding: Data) -> str:
    return f"{finding['what']} is {finding['found'] or 'there'}, should be {finding['wanted'] or 'gone'}"


def _reason_of(entry: Data) -> str:
    parts = [part["reason"] for part in entry["parts"] if part["state"] == UNREAD]
    return str(entry["reason"] or next(iter(parts), ""))
