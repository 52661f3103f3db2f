# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fleet as a whole, and what became of it since the last audit."""

from __future__ import annotations

import random
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.report import (
    UnknownReport,
    fleet_report,
    results_of,
)

from .answers import ADDING, OFF, UNREAD, WEBHOOKS, access, tenant, user

MONDAY, TUESDAY, WEDNESDAY = (f"2026-11-{day}T02:00:00+00:00" for day in (23, 24, 25))
Report = dict[str, t.Any]


def reports(*nights: dict[str, t.Any], fleet: t.Sequence[str] = ()) -> Report:
    """The last of several audits, a night each."""
    report: Report | None = None
    for at, results in zip((MONDAY, TUESDAY, WEDNESDAY), nights, strict=False):
        report = fleet_report(results, at, report, fleet)
    assert report
    return report


def entry(report: Report, name: str) -> Report:
    return next(t.cast(Report, tenant) for tenant in report["tenants"] if tenant["tenant"] == name)


def names(report: Report, key: str) -> dict[str, list[str]]:
    return {news["tenant"]: [finding["id"] for finding in news["findings"]] for news in report[key]}


def test_tenants_are_counted_by_the_worst_that_is_known_and_those_in_need_come_first() -> None:
    remark = access(unread=[{"entity": "Countries", "severity": "warning", "message": "?"}])
    report = reports(
        {
            "fine": tenant(),
            "off": OFF,
            "unread": UNREAD,
            "remark": tenant(access=remark),
            "drift": tenant(WEBHOOKS),
            "worse": tenant(WEBHOOKS, ADDING),
            "half": tenant(user={"msg": "It took too long."}),
        }
    )
    some = {"drift": 2, "unread": 2, "remark": 1, "ok": 1, "off": 1}
    assert report["counts"] == {**some, "gone": 0, "accepted": 0}
    order = [tenant["tenant"] for tenant in report["tenants"]]
    assert order == ["worse", "drift", "half", "unread", "remark", "fine", "off"]
    assert report["drifts"] == 3


def test_drift_is_dated_by_the_audit_that_saw_it_first() -> None:
    report = reports({"a": tenant()}, {"a": tenant(WEBHOOKS)}, {"a": tenant(WEBHOOKS, ADDING)})
    since = {finding["id"]: finding["since"] for finding in entry(report, "a")["findings"]}
    assert since == {"other > Can create WebHooks": TUESDAY, "crm > Organizations > Add": WEDNESDAY}
    assert names(report, "drifted") == {"a": ["crm > Organizations > Add"]}


def test_what_comes_back_is_dated_anew() -> None:
    report = reports({"a": tenant(WEBHOOKS)}, {"a": tenant()}, {"a": tenant(WEBHOOKS)})
    assert entry(report, "a")["findings"][0]["since"] == WEDNESDAY


def test_mended_drift_is_named() -> None:
    report = reports({"a": tenant(WEBHOOKS, ADDING)}, {"a": tenant(ADDING)})
    assert names(report, "mended") == {"a": ["other > Can create WebHooks"]}
    assert report["drifted"] == []


def test_the_first_audit_compares_with_nothing() -> None:
    report = reports({"a": tenant(WEBHOOKS)})
    assert (report["previous_at"], report["drifted"], report["mended"], report["new_tenants"]) == (None, [], [], [])


def test_new_and_gone_tenants_are_named() -> None:
    report = reports({"a": tenant(), "gone": tenant()}, {"a": tenant(), "new": tenant()})
    assert (report["new_tenants"], report["gone_tenants"]) == (["new"], ["gone"])


@pytest.mark.parametrize("night", [UNREAD, OFF])
def test_a_night_without_a_look_mends_nothing_and_forgets_nothing(night: Report) -> None:
    report = reports({"a": tenant(WEBHOOKS)}, {"a": night})
    assert report["mended"] == []
    assert entry(report, "a")["read_at"] == MONDAY
    assert [finding["id"] for finding in entry(report, "a")["findings"]] == ["other > Can create WebHooks"]
    later = reports({"a": tenant(WEBHOOKS)}, {"a": night}, {"a": tenant(WEBHOOKS)})
    assert entry(later, "a")["findings"][0]["since"] == MONDAY


def test_a_part_that_could_not_be_read_keeps_what_was_known_of_it() -> None:
    locked = tenant(user=user(locked=True))
    report = reports({"a": locked}, {"a": tenant(user={"msg": "It took too long."})})
    assert [finding["id"] for finding in entry(report, "a")["findings"]] == ["user > Locked"]
    assert report["mended"] == []


def test_a_level_that_vanished_mends_no_setting_of_it() -> None:
    gone = {
        "audit": {
            "parts": [{"key": "level", "heading": "Security level", "state": "drift", "reason": ""}],
            "findings": [],
        }
    }
    assert reports({"a": tenant(WEBHOOKS)}, {"a": gone})["mended"] == []


def test_tenants_that_a_run_left_out_stay_as_they_were() -> None:
    report = reports({"a": tenant(WEBHOOKS), "b": tenant()}, {"b": tenant()}, fleet=["a", "b"])
    assert entry(report, "a")["read_at"] == MONDAY
    assert report["counts"]["drift"] == 1
    assert (report["gone_tenants"], report["drifted"]) == ([], [])


def test_the_same_drift_in_several_tenants_is_put_together() -> None:
    report = reports({"a": tenant(WEBHOOKS, ADDING), "b": tenant(WEBHOOKS), "c": tenant()})
    assert report["common"] == [{"part": "other", "what": "Can create WebHooks", "tenants": ["a", "b"]}]


def test_the_same_drift_is_put_together_also_where_pages_word_it_differently() -> None:
    renamed = ("CRM", "Customers", {"Add": "Yes"}, {"Add": "No"})
    report = reports({"a": tenant(renamed), "b": tenant(ADDING)})
    assert report["common"] == [{"part": "crm", "what": "Customers > Add", "tenants": ["a", "b"]}]


def test_columns_are_in_page_order_between_level_and_user() -> None:
    columns = [column["key"] for column in reports({"a": tenant()})["columns"]]
    assert columns == ["level", "crm", "other", "user", "access"]


def test_each_audit_adds_to_the_history() -> None:
    report = reports({"a": tenant()}, {"a": tenant(WEBHOOKS)})
    assert [(run["at"], run["counts"]["drift"]) for run in report["history"]] == [(MONDAY, 0), (TUESDAY, 1)]


def test_a_report_of_another_format_is_refused() -> None:
    with pytest.raises(UnknownReport, match="99"):
        fleet_report({}, MONDAY, {"format": 99}, [])


@pytest.mark.parametrize("part", ["tenant", "findings", "status", "read_at"])
def test_a_damaged_report_is_refused(part: str) -> None:
    report = reports({"a": tenant(WEBHOOKS)})
    del report["tenants"][0][part]
    with pytest.raises(UnknownReport, match="lacks parts"):
        fleet_report({}, TUESDAY, report, [])


def accepted(result: Report) -> Report:
    findings = [{**finding, "severity": "accepted"} for finding in result["audit"]["findings"]]
    parts = [
        {**part, "state": "accepted" if part["state"] == "drift" else part["state"]}
        for part in result["audit"]["parts"]
    ]
    return {"audit": {**result["audit"], "findings": findings, "parts": parts}}


def test_what_was_accepted_is_neither_drift_nor_mended_until_it_counts_again() -> None:
    agreed = accepted(tenant(WEBHOOKS))
    report = reports({"a": tenant(WEBHOOKS)}, {"a": agreed})
    assert (entry(report, "a")["status"], report["drifts"], report["mended"]) == ("accepted", 0, [])
    again = reports({"a": tenant(WEBHOOKS)}, {"a": agreed}, {"a": tenant(WEBHOOKS)})
    assert names(again, "drifted") == {"a": ["other > Can create WebHooks"]}


def test_a_tenant_that_vanished_is_missed_until_somebody_says_so() -> None:
    report = reports({"a": tenant(), "b": tenant(WEBHOOKS)}, {"a": tenant()}, {"a": tenant()})
    assert (report["missed"], report["counts"]["gone"], report["gone_tenants"]) == (["b"], 1, [])
    assert entry(report, "b")["findings"]
    left = fleet_report({"a": tenant()}, WEDNESDAY, report, ["a"], left=["b"])
    assert (left["missed"], left["counts"]["gone"]) == ([], 0)


def test_one_that_was_switched_off_may_vanish() -> None:
    assert reports({"a": tenant(), "b": OFF}, {"a": tenant()})["missed"] == []


def test_one_that_is_back_counts_only_when_it_was_read() -> None:
    gone = reports({"a": tenant(), "b": tenant()}, {"a": tenant()})
    back = fleet_report({"a": tenant()}, WEDNESDAY, gone, ["a", "b"])
    assert (entry(back, "b")["status"], back["missed"]) == ("unread", [])
    assert entry(fleet_report({"b": tenant()}, WEDNESDAY, gone, ["a", "b"]), "b")["status"] == "ok"


def test_the_same_cause_is_one_row() -> None:
    renamed = ("CRM", "Customers", {"Add": "Yes"}, {"Add": "No"})
    mine = ("CRM", "Organizations", {"Add": "Mine"}, {"Add": "No"})
    report = reports({"a": tenant(renamed), "b": tenant(ADDING), "c": tenant(mine)})
    rows = [(cause["what"], cause["found"], cause["tenants"]) for cause in report["causes"]]
    assert rows == [("Customers > Add", "Yes", ["a", "b"]), ("Organizations > Add", "Mine", ["c"])]


def test_the_same_reason_not_to_be_read_is_one_row() -> None:
    night = {
        "a": {"reason": "a was refused."},
        "b": {"reason": "b was refused."},
        "c": tenant(user={"msg": "Too slow."}),
    }
    rows = [(row["reason"], row["tenants"]) for row in reports(night)["not_read"]]
    assert rows == [("a was refused.", ["a", "b"]), ("Too slow.", ["c"])]


def test_news_are_told_once() -> None:
    nights = [{"a": tenant(), "b": tenant(ADDING), "c": tenant()}, {"a": tenant(WEBHOOKS), "b": tenant(), "c": UNREAD}]
    assert reports(*nights)["news"] == [
        "a drifted: Can create WebHooks is checked, should be not checked",
        "c was not read: The password was refused.",
        "b is mended: Organizations > Add",
    ]
    assert reports(nights[0])["news"] == []
    assert reports(*nights, nights[1])["news"] == []


def test_those_that_drifted_are_run_again_by_the_playbook_that_sees_to_them() -> None:
    several = {"audit": {"integrations": {"list": tenant(), "list@cow": tenant(WEBHOOKS)}}}
    report = fleet_report(
        {"a b": tenant(WEBHOOKS), "list": several, "fine": tenant()}, MONDAY, None, ["a b", "list", "fine"]
    )
    assert report["to_mend"] == [
        {"playbook": "provision", "limit": r"--limit '~^a\x20b\Z'"},
        {"playbook": "integrations", "limit": "--limit 'list'"},
    ]


def test_who_is_gone_is_not_called_unread() -> None:
    report = reports({"a": tenant(), "b": tenant()}, {"a": UNREAD})
    assert {one["status"]: one["tenants"] for one in report["not_read"]} == {"gone": ["b"], "unread": ["a"]}


def any_night(chance: random.Random, hosts: t.Sequence[str]) -> dict[str, t.Any]:
    """What an audit may find of each of the *hosts*; the last one has a list of integrations."""
    found = [
        tenant(),
        tenant(WEBHOOKS),
        tenant(ADDING, user=user(location=("Headquarters", "Branch"))),
        tenant(user={"msg": "It took too long."}),
        OFF,
        UNREAD,
    ]
    *plain, several = hosts
    rows = {row: chance.choice(found[:4]) for row in (several, f"{several}@one", f"{several}@two")}
    whole = chance.choice([{"audit": {"integrations": rows}}, UNREAD])
    return {name: chance.choice(found) for name in plain} | {several: whole}


def test_a_tenant_that_shows_its_integrations_once_it_is_read_is_not_gone() -> None:
    read = {"audit": {"integrations": {"a@one": tenant(), "a@two": tenant()}}}
    report = reports({"a": UNREAD}, {"a": read}, fleet=["a"])
    assert {entry["tenant"]: entry["status"] for entry in report["tenants"]} == {"a@one": "ok", "a@two": "ok"}
    assert report["missed"] == report["gone_tenants"] == []


def test_an_integration_that_left_its_tenants_list_is_told_as_that() -> None:
    both, one = ({"audit": {"integrations": dict.fromkeys(rows, tenant())}} for rows in (["a", "a@cow"], ["a"]))
    report = reports({"a": both, "b": tenant()}, {"a": one}, fleet=["a"])
    reasons = {entry["tenant"]: entry["reason"] for entry in report["tenants"] if entry["status"] == "gone"}
    assert "list of integrations does not name it" in reasons["a@cow"]
    assert "is not in the fleet any more" in reasons["b"]
    assert any(line.startswith("a@cow is gone:") and reasons["a@cow"] in line for line in report["news"])


@pytest.mark.parametrize("seed", range(60))
def test_slices_put_together_are_the_report_on_the_whole(seed: int) -> None:
    chance = random.Random(seed)
    hosts = ["alder", "b@rch", "cedar", "elm", "fir"]
    whole = together = None
    parts: list[Report | None] = [None] * 3
    for at in (MONDAY, TUESDAY, WEDNESDAY):
        results = any_night(chance, hosts)
        whole = fleet_report(results, at, whole, hosts)
        cut = {name: chance.randrange(3) for name in results}
        slices = [{name: found for name, found in results.items() if cut[name] == number} for number in range(3)]
        # A slice may be another's tomorrow; then those that it had are gone from it.
        parts = [fleet_report(part, at, before, [*part]) for part, before in zip(slices, parts, strict=True)]
        put = {name: found for part in parts for name, found in results_of(part, hosts).items()}
        together = fleet_report(put, at, together, hosts)
        assert together == whole
