# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deviations that were agreed on: they stay in sight, and count again when their time is over or the value moves on."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.audit_findings import (
    ACCEPTED,
    DRIFT,
    LEVEL,
    NOTE,
    REMARK,
    UNREAD,
    finding,
    shown,
    with_states,
)

Data = t.Mapping[str, t.Any]


def accepted_for(tenant: str, accepted: t.Iterable[Data]) -> list[dict[str, t.Any]]:
    """Those that are for this tenant: that name it, or nobody."""
    return [
        {**{name: value for name, value in one.items() if name != "tenants"}, "until": str(one["until"])}
        for one in accepted
        if not one.get("tenants") or tenant in one["tenants"]
    ]


def mistakes_in(accepted: t.Iterable[Data]) -> t.Iterator[str]:
    """What a check of types does not see."""
    for index, one in enumerate(accepted):
        if _day(one) is None:
            yield f"[{index}].until: {str(one.get('until'))!r} is not a date such as 2026-12-31"


def accept(judged: Data, accepted: t.Iterable[Data], today: datetime.date) -> dict[str, t.Any]:
    """What findings_of() said, with what was agreed on."""
    headings = {part["key"]: part["heading"] for part in judged["parts"]}
    unread = {part["key"] for part in judged["parts"] if part["state"] == UNREAD}
    findings = list(judged["findings"])
    for one in accepted:
        places = [i for i, found in enumerate(findings) if _is_meant(one, found, headings)]
        findings = [_judged(one, found, today) if i in places else found for i, found in enumerate(findings)]
        if not places and not unread:
            findings.append(_not_needed(one))
    return {**judged, "parts": with_states(judged["parts"], findings), "findings": findings}


def _is_meant(one: Data, found: Data, headings: t.Mapping[str, str]) -> bool:
    names = (found["id"], f"{headings.get(found['part'], '')} > {found['what']}")
    return found["severity"] in (DRIFT, REMARK) and normalise(str(one["what"])) in map(normalise, names)


def _judged(one: Data, found: dict[str, t.Any], today: datetime.date) -> dict[str, t.Any]:
    agreed = f"Accepted by {one['by']} until {one['until']}: {one['why']}"
    value = shown(one["found"])
    day = _day(one)
    if normalise(value) != normalise(found["found"]):
        return {**found, "detail": _joined(found["detail"], f"{agreed} But what was accepted is {value!r}.")}
    if day is None or today > day:
        return {**found, "detail": _joined(found["detail"], f"{agreed} That is over.")}
    return {**found, "severity": ACCEPTED, "detail": _joined(found["detail"], agreed)}


def _not_needed(one: Data) -> dict[str, t.Any]:
    why = f"It was accepted by {one['by']} until {one['until']}, and is not found any more; the entry can go."
    return finding(LEVEL, str(one["what"]), severity=NOTE, detail=why)


def _joined(*sentences: str) -> str:
    return " ".join(
        sentence if sentence.endswith((".", "!", "?")) else f"{sentence}." for sentence in sentences if sentence
    )


def _day(one: Data) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(one.get("until")))
    except ValueError:
        return None
