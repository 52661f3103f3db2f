# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages that are made of the facts."""

from __future__ import annotations

import re
import typing as t
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._by_hand import sections_by_hand
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet_report import fleet_report
from ansible_collections.msp.autotask.plugins.plugin_utils._html_page import html_page

from .answers import ADDING, OFF, UNREAD, WEBHOOKS, tenant

TEMPLATES = Path(__file__).parents[3] / "roles" / "work365_integration" / "templates"
HOSTILE = "<script>alert(1)</script>"


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
    page = " ".join(re.sub(r"<[^>]+>", " ", html_page(TEMPLATES / "audit.html.j2", {"report": report})).split())
    assert "2 of 6 tenants have drifted" in page
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
    assert {suite.attrib["name"] for suite in root} == {"a", "fine", "off", "unread", "half", "hostile"}
    (failure,) = root.findall("testsuite[@name='a']//failure")
    assert "Organizations > Add: found Yes, should be No" in str(failure.text)


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
