# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several integrations of one tenant: Work 365 as its own role has it, a shipped one, and one's own."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import yaml

from .site import ROOT, Outcome, Site

REPORTS = {
    "title": "Contract reports",
    "tracking": {"custom": "Contract reports"},
    "settings": {
        "contracts": {"contracts": {"view": "all"}},
        "web_services_api": {"can_login_to_web_services_api": True},
    },
    "expected_access": [{"entity": "Contracts", "query": "needed"}],
}
COW = {"extends": "cow", "email": "cow@msp.example", "verify": True}


def site_with(folder: Path, *integrations: t.Any, **variables: t.Any) -> Site:
    site = Site(folder / "site")
    site.add("alder", **variables)
    site.hosts["alder"]["autotask_integrations"] = list(integrations)
    return site


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Outcome, Outcome]:
    """The playbook, again, and then the role for Work 365 alone."""
    own = {"crm": {"organizations": {"add": False}}}
    folder = tmp_path_factory.mktemp("several")
    site = site_with(folder, "work365", COW, REPORTS, permissions=own, verify=True, security_level_name="Work 365")
    return site.play("integrations", "-v"), site.play("integrations", "--diff"), site.provision()


def test_each_gets_a_level_a_user_and_a_sheet_in_one_run_of_the_console(runs: tuple[Outcome, ...]) -> None:
    first = runs[0]
    assert first.status == 0, first.output
    levels = [call["params"]["name"] for call in first.calls_of("alder", "level")]
    assert levels == ["Work 365", "COW API User", "Contract reports API User"]
    users = {call["params"]["key"]: call["params"] for call in first.calls_of("alder", "user")}
    assert list(users) == ["work365", "verification", "cow", "cow_verification", "contract_reports"]
    assert users["cow"]["integration_vendor"] == "CyberDrain B.V."
    assert (users["cow"]["email"], users["contract_reports"]["email"]) == ("cow@msp.example", "work365@msp.example")
    assert users["contract_reports"]["internal_integration"] == "Contract reports"
    assert {"handover/alder.md", "handover/alder@cow.md", "handover/alder@contract_reports.md"} <= set(first.files)
    kept = first.kept("alder")
    assert kept["cow"]["user_name"] in first.files["handover/alder@cow.md"].text
    assert all(user["secret_set"] and user["secret"] not in first.output for user in kept.values())


def test_work_365_is_set_up_as_its_own_role_has_it(runs: tuple[Outcome, ...]) -> None:
    first, _second, alone = runs
    assert alone.status == 0 and "alder: ok, nothing to change" in alone.words, alone.output
    assert first.calls_of("alder", "level")[0]["params"]["permissions"]["crm"]["organizations"]["add"] is False
    assert first.files["handover/alder.md"].text == alone.files["handover/alder.md"].text


def test_the_second_run_changes_nothing(runs: tuple[Outcome, ...]) -> None:
    first, second, _alone = runs
    assert second.status == 0 and "alder: ok, nothing to change" in second.words, second.output
    assert "changed=0 " in second.output
    assert {name: file.text for name, file in first.files.items()} == {
        name: file.text for name, file in second.files.items()
    }


def test_what_is_expected_of_a_level_is_proven_by_who_can_sign_in(runs: tuple[Outcome, ...]) -> None:
    asked = [call["params"] for call in runs[0].calls if call["kind"] == "access"]
    assert [params["security_level"] for params in asked] == ["Work 365", "Contract reports API User"]
    assert asked[1]["api_user_name"] == runs[0].kept("alder")["contract_reports"]["user_name"]
    assert "contract_reports: Proven." in runs[0].words


def test_every_mistake_is_told_before_a_browser_starts(tmp_path: Path) -> None:
    settings = {"contracts": {"contracts": {"veiw": "all"}}}
    wrong = [{"title": "Typo", "tracking": {"custom": "Typo"}, "settings": settings}, "cwo", REPORTS, REPORTS]
    site = site_with(tmp_path, *wrong)
    site.hosts["alder"]["integration_secrets"] = {"spinpanel": "Given-secret-1"}
    run = site.play("integrations")
    assert run.status != 0 and run.calls == []
    for mistake in (
        "integration_list[0]",
        "nearest: view",
        "integration_list[1]",
        "nearest: cow",
        "contract_reports is there twice",
        "there is no user spinpanel here",
    ):
        assert mistake in run.words, mistake
    assert "Given-secret-1" not in run.output


def test_a_failure_at_one_leaves_the_others_done_and_kept(tmp_path: Path) -> None:
    site = site_with(tmp_path, REPORTS, {**COW, "email": "taken@msp.example"}, "rewst")
    run = site.play("integrations")
    assert run.status != 0
    assert "take the user over with user_name of cow: taken@alder.example" in run.words
    kept = run.kept("alder")
    assert set(kept) == {"contract_reports"} and kept["contract_reports"]["secret_set"]


def test_what_two_roles_share_has_one_meaning() -> None:
    roles = ROOT / "roles"
    ours, theirs = (
        yaml.safe_load((roles / role / "meta" / "argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
        for role in ("integration", "work365_integration")
    )
    shared = {name: f"work365_{name}" for name in ours if f"work365_{name}" in theirs}
    assert {"integration_console_password", "integration_vault_password", "integration_folder"} <= set(shared)
    for name, other in shared.items():
        assert {key: ours[name].get(key) for key in ("type", "no_log")} == {
            key: theirs[other].get(key) for key in ("type", "no_log")
        }


def test_a_choice_that_is_not_given_is_one_of_the_choices() -> None:
    """Ansible checks defaults, too, where somebody calls the role from a play of their own."""
    role = ROOT / "roles" / "integration"
    spec = yaml.safe_load((role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]["main"]
    defaults = yaml.safe_load((role / "defaults" / "main" / "shared.yml").read_text(encoding="utf-8"))
    chosen = [name for name, option in spec["options"].items() if "choices" in option and name in defaults]
    assert chosen
    assert not [name for name in chosen if "default(none)" in defaults[name]]
