# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several integrations of one tenant: Work 365 as its own role has it, a shipped one, and one's own."""

from __future__ import annotations

import json
import re
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import ROLES, Given
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import Around
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.several import SeveralPlanner

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
    wrong = [
        {"title": "Typo", "tracking": {"custom": "Typo"}, "settings": settings},
        "cwo",
        REPORTS,
        REPORTS,
        17,
        ["cow"],
    ]
    site = site_with(tmp_path, *wrong)
    site.hosts["alder"]["integration_secrets"] = {"spinpanel": "Given-secret-1"}
    run = site.play("integrations")
    assert run.status != 0 and run.calls == []
    for mistake in (
        "autotask_integrations[0]",
        "nearest: view",
        "autotask_integrations[1]",
        "nearest: cow",
        "contract_reports is there twice",
        "autotask_integrations[4]: 17 is not a matrix",
        "autotask_integrations[5]: ['cow'] is not a matrix",
        "there is no user spinpanel here",
    ):
        assert mistake in run.words, mistake
    assert "Given-secret-1" not in run.output


@pytest.mark.parametrize(
    ("said", "mistakes"),
    [
        ({"secrets": {"cow": 1234567}}, ["integration_secrets.cow: is a number, not text; put it in quotes"]),
        ({"list": {"cow": {}}}, ["integration_list: is a dictionary, not a list"]),
        ({"list": "cow, unitrends_bcdr_x"}, ["integration_list[1]: there is no such matrix"]),
        ({"secrets": "cow=Given-secret-1"}, ["integration_secrets: is text, not a dictionary"]),
        ({"email": ""}, ["integration_list[0]: email: is missing; give it here, or integration_email for all"]),
        ({"list": [COW | {"email": "nobody"}]}, ["integration_list[0]: email: is not an e-mail address"]),
        (
            {"list": [COW, COW | {"name": "Cow"}]},
            ["integration_list: cow is there twice; give one a 'name' of its own"],
        ),
        (
            {"list": ["cow", REPORTS | {"level": {"name": "COW api user"}}]},
            [
                "integration_list: cow and contract_reports have one level, COW API User; give one another, as in "
                "'level: {name: ...}'"
            ],
        ),
        (
            {"list": [{"extends": "work365"}, COW | {"name": "work365_verification"}]},
            [
                "integration_list[0]: name: 'work365' is Work 365 with its own variables and credentials; write that "
                "word alone, or rename",
                "integration_list[1]: name: 'work365_verification' is what a user goes by that proves a level; choose "
                "another",
            ],
        ),
        (
            {"list": [REPORTS | {"user": {"last_name": "a\tb"}, "tracking": {"custom": " "}}]},
            [
                "integration_list[0]: user.last_name: holds a line break or another character that cannot be typed; "
                "leave it out, for example with '| trim'",
                "integration_list[0]: tracking.custom: begins or ends with a blank; leave it out, for example with "
                "'| trim'",
            ],
        ),
        (
            {"list": [REPORTS | {"expected_access": [{"entity": "my tickets", "query": "needed"}]}]},
            [
                "integration_list[0]: 'my tickets' is not the name of an entity. Names are plural words like Companies "
                "or ContractServices."
            ],
        ),
        (
            {"list": [REPORTS | {"expected_access": [{"entity": "Tickets", "qeury": "needed"}]}]},
            ["integration_list[0]: expected_access[0].qeury: there is no such option; nearest: query"],
        ),
    ],
)
def test_a_list_and_its_secrets_are_looked_at(tmp_path: Path, said: dict[str, t.Any], mistakes: list[str]) -> None:
    right = {"console_username": "admin@alder.example", "email": "cow@msp.example", "list": ["cow"]}
    given = Given.of_role(ROLES / "integration", "main")
    given.take({f"integration_{name}": value for name, value in {**right, **said}.items()}, lambda value: value)
    with pytest.raises(Misread) as told:
        SeveralPlanner(given, Around("alder", "main", tmp_path, tmp_path, {}), lambda: given).plan()
    assert [mistake.partition("; the matrices are")[0] for mistake in told.value.details["mistakes"]] == mistakes


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"integration_vault_password": ""}, "integration_vault_password, WORK365"),
        ({"work365_integration_vault_password": ""}, "work365_integration_vault_password, WORK365"),
        ({"integration_folder": "/kept"}, "integration_vault_password, WORK365"),
        ({"work365_integration_timeout": "soon"}, "work365_integration_timeout: "),
        ({"integration_timeout": "soon", "work365_integration_timeout": 5}, "integration_timeout: "),
        ({"integration_vault_password": "x", "autotask_integrations": []}, "autotask_integrations: is empty"),
    ],
)
def test_a_variable_goes_by_the_name_by_which_it_was_given(tmp_path: Path, given: dict[str, t.Any], names: str) -> None:
    """The defaults of the one role have the values of the other's variables."""
    role = ROLES / "integration"
    usual = {
        name: value
        for path in (role / "defaults" / "main").glob("*.yml")
        for name, value in yaml.safe_load(path.read_text()).items()
    }
    right = {"work365_integration_console_username": "a@alder.example", "autotask_integrations": ["cow"]}
    known = {**usual, "work365_integration_email": "cow@msp.example", **right, **given}

    def template(value: t.Any) -> t.Any:
        """As Ansible would."""
        if value == usual["integration_list"]:
            return known["autotask_integrations"]
        other = re.match(r"\{\{ (work365_\w+) ", str(value))
        return known.get(other[1]) if other else value

    looked_at = Given.of_role(role, "main")
    looked_at.take(known, template)
    around = Around("alder", "main", tmp_path, tmp_path, {"ansible_inventory_sources": []}, environment={})
    looked_at.values["folder"] = str(tmp_path)
    with pytest.raises(AutotaskError) as told:
        SeveralPlanner(looked_at, around, lambda: looked_at).plan()
    assert re.search(rf"\b{re.escape(names)}", told.value.message), told.value.message


def test_two_secrets_for_one_user_are_refused(tmp_path: Path) -> None:
    both = {"user_name": "handmade", "secret": "Given-secret-1"}
    site = site_with(tmp_path, "work365", **both)
    site.hosts["alder"]["integration_secrets"] = {"work365": "Given-secret-2"}
    run = site.play("integrations")
    assert run.status != 0 and run.calls == [] and "Given-secret" not in run.output
    assert "integration_secrets.work365: is another secret than that in work365_integration_secret;" in run.words
    site.hosts["alder"]["integration_secrets"] = {"work365": "Given-secret-1"}
    assert site.play("integrations").kept("alder")["work365"]["secret"] == "Given-secret-1"


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


@pytest.fixture(scope="module")
def lived_with(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, Outcome]]:
    """A tenant with three integrations, and everything that is done with it over the years, in that order."""
    site = site_with(tmp_path_factory.mktemp("lived"), "work365", COW, REPORTS)
    runs = {"provision": site.play("integrations")}
    runs["runbook"] = site.play("runbook")
    runs["preflight"] = site.play("preflight")
    runs["audit"] = site.play("audit", "-e", "work365_integration_audit_api_users=true")
    site.hosts["alder"]["autotask_integrations"][1] = {**COW, "email": "others@msp.example"}
    runs["drift"] = site.play("audit")
    runs["nobody named"] = site.play("rotate_secret", "-e", "work365_integration_rotate_users=cwo")
    runs["rotate"] = site.play("rotate_secret", "-e", "work365_integration_rotate_users=cow,contract_reports")
    runs["no tenant named"] = site.play("decommission", "-e", "work365_integration_decommission=alder@cwo")
    runs["end"] = site.play("decommission", "-e", "work365_integration_decommission=alder@cow")
    site.hosts["alder"]["autotask_integrations"].pop(1)
    runs["after"] = site.play("audit")
    return site, runs


def rows(run: Outcome) -> dict[str, t.Any]:
    return {row["tenant"]: row for row in json.loads(run.files["audit/audit.json"].text)["tenants"]}


@pytest.mark.long
def test_an_audit_has_a_row_for_each_integration(lived_with: tuple[Site, dict[str, Outcome]]) -> None:
    audit = lived_with[1]["audit"]
    assert audit.status == 0, audit.output
    assert {name: row["status"] for name, row in rows(audit).items()} == dict.fromkeys(
        ("alder", "alder@cow", "alder@contract_reports"), "ok"
    )
    assert all(call["reads"] for call in audit.calls if call["kind"] in ("level", "user"))
    users = {user["name"]: user for user in rows(audit)["alder"]["api_users"]}
    assert len(users) == 4 and not rows(audit)["alder@cow"]["api_users"]


@pytest.mark.long
def test_drift_is_found_at_the_integration_that_has_it(lived_with: tuple[Site, dict[str, Outcome]]) -> None:
    drift = lived_with[1]["drift"]
    assert drift.status != 0 and "alder@cow: drifted in 2: user > E-mail address" in drift.words, drift.output
    assert [name for name, row in rows(drift).items() if row["status"] == "drift"] == ["alder@cow"]


@pytest.mark.long
def test_secrets_are_replaced_of_those_who_are_named(lived_with: tuple[Site, dict[str, Outcome]]) -> None:
    runs = lived_with[1]
    assert "there is no user cwo here; the users are: work365, cow, cow_verification" in runs["nobody named"].words
    before, after = runs["provision"].kept("alder"), runs["rotate"].kept("alder")
    assert runs["rotate"].status == 0, runs["rotate"].output
    assert "type that of cow into COW; type that of contract_reports into Contract reports" in runs["rotate"].words
    changed = {key for key in before if before[key]["secret"] != after[key]["secret"]}
    assert changed == {"cow", "contract_reports"}
    assert not [key for key in after if "next_secret" in after[key]]


@pytest.mark.long
def test_one_is_taken_out_and_the_others_keep_their_credentials(lived_with: tuple[Site, dict[str, Outcome]]) -> None:
    runs = lived_with[1]
    refused = runs["no tenant named"]
    assert refused.status != 0 and "-e work365_integration_decommission=alder@cow" in refused.words
    end = runs["end"]
    assert end.status == 0, end.output
    assert [call["params"]["active"] for call in end.calls_of("alder", "user")] == [False, False]
    assert set(end.kept("alder")) == {"work365", "cow", "cow_verification", "contract_reports"}
    assert "handover/alder@cow.md" not in end.files and "handover/alder.md" in end.files
    assert "Audited before, and gone from the fleet: alder@cow." in runs["after"].words


@pytest.mark.long
def test_each_has_a_runbook_and_a_preflight_of_its_own(lived_with: tuple[Site, dict[str, Outcome]]) -> None:
    runs = lived_with[1]
    assert runs["runbook"].status == 0, runs["runbook"].output
    assert runs["preflight"].status == 0, runs["preflight"].output
    files = runs["preflight"].files
    reports = files["runbook/alder@contract_reports.md"].text
    assert 'choose "Custom (Internal Integration)" and type **Contract reports**' in reports
    assert "CyberDrain B.V." in files["runbook/alder@cow.md"].text
    assert "Work 365" not in files["runbook/alder@cow.html"].text
    assert "Work 365" in files["runbook/alder.md"].text
    for page in ("alder", "alder@cow", "alder@contract_reports"):
        assert "do to the level? | change nothing |" in files[f"preflight/{page}.md"].text, page
