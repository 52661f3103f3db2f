# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What preflight says of a tenant that is ready, and of one in which nothing has room any more."""

from __future__ import annotations

import pytest
import yaml

from .site import Outcome, Site


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    site = Site(tmp_path_factory.mktemp("site"))
    site.add("ready")
    site.add("crowded", vendor="No such vendor")
    return site.play("preflight")


def answers(run: Outcome, tenant: str) -> dict[str, str]:
    lines = [line.split(" | ") for line in run.files[f"preflight/{tenant}.md"].text.splitlines() if "? | " in line]
    return {question.strip("| "): answer.strip("| ") for question, answer in lines}


def test_a_tenant_that_is_ready_is_described(run: Outcome) -> None:
    said = answers(run, "ready")
    assert [question for question, answer in said.items() if answer.startswith("**No.**")] == []
    assert said["Is there room for a custom level?"].startswith("Yes: 48 of 50 are left")
    assert said["Does the page offer everything that is wanted?"] == "Yes. A run would create the level"
    assert said["Does the form of an API user offer the vendor?"] == "Yes: Work 365 Sync"
    assert said["Which location does the user get?"].startswith("Headquarters")
    page = run.files["preflight/ready.md"].text
    for words in ("- CRM > New", "- admin.admin_your_organization", "| copy | Copy |", "Not seen: delete."):
        assert words in page


def test_everything_that_stands_in_the_way_is_told_at_once(run: Outcome) -> None:
    assert run.status != 0
    said = answers(run, "crowded")
    refused = {question: answer for question, answer in said.items() if answer.startswith("**No.**")}
    assert list(refused) == [
        "Is the level to copy there?",
        "Is there room for a custom level?",
        "Is every user that has the vendor's tracking identifier known here?",
        "Does nobody else have the level already?",
        "Does the form of an API user offer the vendor?",
    ]
    assert "was not seen to offer a copy" in refused["Is the level to copy there?"]
    assert "50 custom levels" in refused["Is there room for a custom level?"]
    assert "before@crowded.example" in run.words
    assert "holder@crowded.example has the level" in refused["Does nobody else have the level already?"]


def test_it_writes_nothing_but_its_findings(run: Outcome) -> None:
    assert all(call["check"] for call in run.calls if call["kind"] in ("level", "user"))
    assert {name.partition("/")[0] for name in run.files} == {"hosts.yml", "preflight"}
    found = yaml.safe_load(run.files["preflight/ready.yml"].text)
    assert found["landmarks"]["user_name"] == ["Username (Key)"]
    assert found["user"]["location"] == "Headquarters"
