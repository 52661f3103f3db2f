# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages that are made of the facts."""

from __future__ import annotations

import csv
import datetime
import html
import io
import re
import typing as t
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.accepted import accept
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.report import fleet_report
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.table import fleet_csv
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.by_hand import sections_by_hand
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.html_page import html_page
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.printable import markdown

from .answers import ADDING, OFF, UNREAD, WEBHOOKS, tenant

TEMPLATES = Path(__file__).parents[3] / "roles" / "integration" / "templates"
HOSTILE = "<script>alert(1)</script>"


def accepted_webhooks() -> dict[str, t.Any]:
    one = {"what": "other > Can create WebHooks", "found": True, "why": "W.", "by": "B", "until": "2026-12-31"}
    return {"audit": {**accept(tenant(WEBHOOKS)["audit"], [one], datetime.date(2026, 1, 1)), "facts": {}}}


@pytest.fixture(scope="module")
def report() -> dict[str, t.Any]:
    first = fleet_report({"a": tenant(WEBHOOKS)}, "2026-11-22T02:00:00+00:00", None, [])
    tonight = {
        "a": tenant(ADDING),
        "fine": tenant(),
        "off": OFF,
        "unread": UNREAD,
        "half": tenant(user={"msg": "It took too long."}),
        "hostile": tenant(("Other", HOSTILE, HOSTILE, '"&')),
        "agreed": accepted_webhooks(),
    }
    return fleet_report(tonight, "2026-11-23T02:00:00+00:00", first, [])


def test_the_page_escapes_what_comes_from_outside(report: dict[str, t.Any]) -> None:
    page = html_page(TEMPLATES / "audit.html.j2", {"report": report})
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;alert(1)") >= 2


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(report: dict[str, t.Any]) -> None:
    page = html_page(TEMPLATES / "audit.html.j2", {"report": report})
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)|url\(|@import|<script|<link|<img""", page)


def test_the_page_says_it_in_words(report: dict[str, t.Any]) -> None:
    page = html.unescape(
        " ".join(re.sub(r"<[^>]+>", " ", html_page(TEMPLATES / "audit.html.j2", {"report": report})).split())
    )
    assert "2 of 7 tenants have drifted" in page
    assert "The password was refused." in page
    assert "API user: It took too long." in page
    assert "--limit 'a,hostile'" in page
    assert "Since 22 Nov 2026, 02:00 UTC" in page


def test_a_fleet_as_wanted_is_praised_and_nothing_else() -> None:
    report = fleet_report({"a": tenant()}, "2026-11-23T02:00:00+00:00", None, [])
    page = html_page(TEMPLATES / "audit.html.j2", {"report": report})
    assert "Every tenant is as wanted" in page
    assert "need somebody</h2>" not in page
    assert "To mend it" not in page


def test_links_lead_somewhere(report: dict[str, t.Any]) -> None:
    page = html_page(TEMPLATES / "audit.html.j2", {"report": report})
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'\bid="([^"]+)"', page))


def test_junit_counts_what_it_lists(report: dict[str, t.Any]) -> None:
    root = ET.fromstring(html_page(TEMPLATES / "audit.xml.j2", {"report": report}).encode())
    for counter, tag in {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}.items():
        assert int(root.attrib[counter]) == len(list(root.iter(tag))) > 0
    assert {suite.attrib["name"] for suite in root} == {"a", "fine", "off", "unread", "half", "hostile", "agreed"}
    (failure,) = root.findall("testsuite[@name='a']//failure")
    assert "Organizations > Add: found Yes, should be No" in str(failure.text)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85", "\ufffe", "\ud800"])
def test_no_character_of_a_page_breaks_a_report(character: str) -> None:
    label = f"Can{character} ring"
    tonight = {"a": tenant(("Other", label, True, False)), "b": {"reason": label}}
    report = fleet_report(tonight, "2026-11-23T02:00:00+00:00", None, [])
    xml = ET.fromstring(html_page(TEMPLATES / "audit.xml.j2", {"report": report}).encode())
    spelled = f"Can\\x{ord(character):02x} ring"
    assert spelled in str(xml.findtext("testsuite[@name='a']//failure"))
    assert spelled in html_page(TEMPLATES / "audit.html.j2", {"report": report})
    assert spelled in fleet_csv(report)


def test_names_are_shown_by_markdown_as_they_are() -> None:
    assert markdown("a | b\n# [x](y)\x07 `<b>`") == "a &#124; b # &#91;x&#93;(y)&#92;x07 &#96;&#60;b>&#96;"


def test_the_table_has_a_line_for_each_finding_and_tenant_and_no_formula(report: dict[str, t.Any]) -> None:
    lines = list(csv.DictReader(io.StringIO(fleet_csv(report))))
    assert {line["tenant"] for line in lines} == {"a", "fine", "off", "unread", "half", "hostile", "agreed"}
    (line,) = [line for line in lines if line["tenant"] == "a"]
    assert (line["status"], line["what"], line["found"]) == ("drift", "Organizations > Add", "Yes")
    formula = fleet_report({"=1+1": tenant()}, "2026-11-23T02:00:00+00:00", None, [])
    assert fleet_csv(formula).splitlines()[1].startswith("'=1+1,")


def test_a_tenant_that_is_gone_or_nobody_is_not_praised() -> None:
    first = fleet_report({"a": tenant(), "b": tenant()}, "2026-11-22T02:00:00+00:00", None, [])
    for results, words in (({"a": tenant()}, "1 tenant is gone"), ({"a": OFF, "b": OFF}, "Nobody was audited")):
        report = fleet_report(results, "2026-11-23T02:00:00+00:00", first, [])
        page = html_page(TEMPLATES / "audit.html.j2", {"report": report})
        assert words in page and "Every tenant is as wanted" not in page


def test_what_was_accepted_is_shown_as_such() -> None:
    report = fleet_report({"a": accepted_webhooks()}, "2026-11-23T02:00:00+00:00", None, [])
    page = html_page(TEMPLATES / "audit.html.j2", {"report": report})
    assert "Every tenant is as wanted" in page and "Accepted by B until 2026-12-31: W." in page
    root = ET.fromstring(html_page(TEMPLATES / "audit.xml.j2", {"report": report}).encode())
    assert (root.attrib["failures"], root.attrib["skipped"]) == ("0", "1")


def test_by_hand_a_setting_is_named_in_the_words_of_the_tenant_and_in_page_order() -> None:
    permissions = {
        "web_services_api": {"can_login_to_web_services_api": True},
        "crm": {"organizations": {"add": True, "delete": "none"}, "access_customer_and_cancelation": "all"},
    }
    sections = sections_by_hand(permissions, {"organization": "Company", "asset": None})
    assert len(sections) == 12
    assert [section["heading"] for section in sections if section["perhaps_absent"]] == ["Workforce Management"]
    made = {section["heading"]: section["settings"] for section in sections if section["settings"]}
    assert list(made) == ["CRM", "Web Services API"]
    lines = {(line["label"], line["column"]): line["value"] for line in made["CRM"]}
    assert lines == {("Companies", "Add"): "Yes", ("Customer & Cancelation", ""): "All"}
    assert [line["value"] for line in made["Web Services API"]] == ["check"]


def test_by_hand_a_list_whose_words_nobody_published_is_told_in_the_words_of_the_others() -> None:
    for said, shown in (("yes", "All"), (True, "All"), ("no", "None"), ("mine", "mine")):
        (section,) = sections_by_hand({"inventory": {"products": {"edit": said}}}, purge=False)
        assert [line["value"] for line in section["settings"]] == [shown]
