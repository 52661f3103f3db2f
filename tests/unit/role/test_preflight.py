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
    site.add("lived_in", user_name="handmade")
    (site.folder / "lived_in.json").write_text('{"level Work 365 API User": {}}', encoding="utf-8")
    site.add("not_whole", base_security_level="Not whole")
    site.add("not_let_in", console_password="wrong")
    return site.play("preflight")


def answers(run: Outcome, tenant: str) -> dict[str, str]:
    lines = [line.split(" | ") for line in run.files[f"preflight/{tenant}.md"].text.splitlines() if "? | " in line]
    return {question.strip("| "): answer.strip("| ") for question, answer in lines}


def test_a_tenant_that_is_ready_is_described(run: Outcome) -> None:
    said = answers(run, "ready")
    assert [question for question, answer in said.items() if answer.startswith("**No.**")] == []
    assert said["Is there room for a custom level?"].startswith("Yes: 48 of 50 are left")
    assert said["What would a run do to the level?"] == "create it"
    assert said["Does the form of an API user take what is wanted?"] == "Yes; tracking identifier: Work 365 Sync"
    assert said["What would a run do to the user?"] == "create it"
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
        "Does the form of an API user take what is wanted?",
    ]
    assert "was not seen to offer a copy" in refused["Is the level to copy there?"]
    assert "50 custom levels" in refused["Is there room for a custom level?"]
    assert "before@crowded.example" in run.words
    assert "holder@crowded.example has the level" in refused["Does nobody else have the level already?"]


def test_where_nobody_is_let_in_that_is_said_once(run: Outcome) -> None:
    refused = [answer for answer in answers(run, "not_let_in").values() if answer.startswith("**No.**")]
    assert len(refused) == 1 and "The password was refused." in refused[0]
    assert run.calls_of("not_let_in") == []


def test_answers_and_lists_say_the_same(run: Outcome) -> None:
    assert answers(run, "ready")["Does the page offer everything that is wanted?"].startswith("All but 1, ")
    assert "Wanted, but not to be set on this page (1)" in run.files["preflight/ready.md"].text

    assert answers(run, "not_whole")["Does the page offer everything that is wanted?"].startswith("**No.** ")
    page = run.files["preflight/not_whole.md"].text
    assert "was not compared with them; the answer above says why" in page and "- none" not in page


def test_names_that_pages_choose_are_shown_as_they_are(run: Outcome) -> None:
    page = run.files["preflight/lived_in.md"].text
    assert page.count("Odd &#124; &#60;b>&#91;x&#93;(y)&#92;x07") == 3
    assert "<b>" not in page and "\x07" not in page


def test_of_a_tenant_that_is_lived_in_it_says_what_a_run_would_change(run: Outcome) -> None:
    said = answers(run, "lived_in")
    assert said["What would a run do to the level?"] == "change CRM"
    assert said["Does the form of an API user take what is wanted?"].startswith("The user is there; ")
    assert said["What would a run do to the user?"].startswith("change user_name, ")
    # It is the user's already, and nobody's choice.
    assert said["Which location has the user?"] == "Headquarters"


def test_it_writes_nothing_but_its_findings(run: Outcome) -> None:
    assert all(call["reads"] for call in run.calls if call["kind"] in ("level", "user"))
    assert {name.partition("/")[0] for name in run.files} == {"hosts.yml", "preflight"}
    found = yaml.safe_load(run.files["preflight/ready.yml"].text)
    assert found["landmarks"]["user_name"] == ["Username (Key)"]
    assert found["user"]["location"] == "Headquarters"
