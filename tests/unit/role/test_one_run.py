# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run over a fleet in which most tenants have something wrong. Each fails for itself, and nothing is lost."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml

from .site import ROOT, Outcome, Site, sealed

ROLE = ROOT / "roles" / "work365_integration"

KEPT = {"work365": {"user_name": "kept4711", "secret": "Kept-secret-1", "made_here": True, "secret_set": False}}
FILES = {
    "in_the_clear": "work365: {secret: in the clear}\n",
    "other_password": sealed(KEPT, "another password"),
    "other_name": sealed({"work365": {**KEPT["work365"], "secret_set": True}}),
    "interrupted": sealed(KEPT),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    site = Site(tmp_path_factory.mktemp("site"))
    site.add("refused_password", console_password="wrong")
    site.add("in_the_clear")
    site.add("other_password")
    site.add("other_name", user_name="another")
    site.add("wrong_vendor", vendor="No such vendor")
    site.add("broken", enabled="{{ no_such_variable }}")
    site.add("typo", permissions={"contracts": {"contracts": {"veiw": "all"}}})
    site.add("lost_credentials", email="taken@msp.example")
    site.add("lost_verification", verify=True, verify_email="taken@msp.example")
    site.add("interrupted")
    site.add("with_identifier", tracking_identifier="CANARY-IDENTIFIER")
    site.keep_vault_password_in_a_file()
    for tenant, content in FILES.items():
        site.put(tenant, content)
    return site.provision("-v", "--forks", "2")


def test_the_run_as_a_whole_fails(run: Outcome) -> None:
    assert run.status != 0


@pytest.mark.parametrize(
    ("tenant", "reason"),
    [
        ("refused_password", "The password was refused. Check 'work365_integration_console_password'."),
        ("in_the_clear", "is not encrypted with Ansible Vault, so it is not a credentials file of this collection"),
        ("other_password", "cannot be opened with the vault secrets of this run: there is one with the id default"),
        ("other_name", "API users cannot be deleted, so no second one is made"),
        ("broken", "no_such_variable"),
        ("typo", "contracts.contracts.veiw: the row has no such column; nearest: view"),
        ("wrong_vendor", "No such vendor is not in the list."),
        ("lost_credentials", "take the user over with work365_integration_user_name: taken@lost_credentials.example"),
        (
            "lost_verification",
            "take the user over with work365_integration_verify_user_name: taken@lost_verification.example",
        ),
    ],
)
def test_each_failure_is_told_with_what_to_do(run: Outcome, tenant: str, reason: str) -> None:
    (line,) = [line for line in summary(run) if line.startswith(f"{tenant}: FAILED: ")]
    assert reason in line


def summary(run: Outcome) -> list[str]:
    """Return the lines that the playbook ends with."""
    printed = run.output.split("TASK [Show what became of each tenant]")[1].split("TASK [")[0]
    return t.cast("list[str]", yaml.safe_load(printed.split("=> ")[1])["msg"])


@pytest.mark.parametrize("tenant", ["in_the_clear", "other_password", "other_name"])
def test_files_that_do_not_fit_stay_as_they_are(run: Outcome, tenant: str) -> None:
    assert run.files[f"credentials/{tenant}.yml"].text == FILES[tenant]
    assert run.calls_of(tenant) == []


def test_no_vault_password_means_no_file_and_no_login(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder", vault_password="")
    run = site.provision()
    assert "There is no vault password to encrypt the credentials" in run.words
    assert list(run.files) == ["hosts.yml"]
    assert run.calls == []


def test_credentials_survive_a_user_that_could_not_be_made(run: Outcome) -> None:
    kept = run.kept("wrong_vendor")["work365"]
    (call,) = run.calls_of("wrong_vendor", "user")
    assert call["params"]["secret"] == kept["secret"]
    assert not kept["secret_set"]


def test_credentials_that_autotask_never_saw_are_not_kept(run: Outcome) -> None:
    assert run.kept("lost_credentials") == {}
    assert set(run.kept("lost_verification")) == {"work365"}
    assert len(run.calls_of("lost_credentials", "user")) == 1


def test_interrupted_run_is_finished_with_the_same_credentials(run: Outcome) -> None:
    (call,) = run.calls_of("interrupted", "user")
    assert call["params"]["user_name"] == "kept4711"
    assert call["params"]["secret"] == "Kept-secret-1"
    assert call["params"]["update_secret"] == "always"
    kept = run.kept("interrupted")["work365"]
    assert (kept["secret"], kept["secret_set"]) == ("Kept-secret-1", True)


def test_identifier_of_work_365_spares_the_second_user(run: Outcome) -> None:
    (user,) = run.calls_of("with_identifier", "user")
    assert user["params"]["integration_vendor"] == "Work 365 Sync"
    (asked,) = (call["params"] for call in run.calls if call["kind"] == "access")
    assert asked["api_integration_code"] == "CANARY-IDENTIFIER"
    assert asked["api_secret"] == run.kept("with_identifier")["work365"]["secret"]
    assert "CANARY-IDENTIFIER" not in run.output


def test_an_inventory_folder_has_nothing_but_inventories(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    beside = site.provision(source="inventory")
    assert beside.status == 0, beside.output
    assert list(beside.files) == ["hosts.yml"]
    assert (site.folder / "credentials" / "alder.yml").exists() and (site.folder / "handover" / "alder.md").exists()

    site.hosts["alder"]["work365_integration_folder"] = str(site.inventory / "kept")
    run = site.provision(source="inventory")
    (line,) = [line for line in summary(run) if line.startswith("alder: FAILED: ")]
    assert "would read it as an inventory" in line
    assert list(run.files) == ["hosts.yml"]


def test_a_variable_that_is_missing_is_named(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    site.add("birch", email=site.variables.pop("work365_integration_email"))
    (line,) = [line for line in summary(site.provision()) if line.startswith("alder: FAILED: ")]
    assert "work365_integration_email: is missing" in line


def load(name: str) -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", yaml.safe_load((ROLE / name).read_text(encoding="utf-8")))


def test_all_options_stand_in_groups_with_those_that_are_needed_first() -> None:
    """ansible-doc sorts them by name, so what it says before them has the groups."""
    main = load("meta/argument_specs.yml")["argument_specs"]["main"]
    groups = [re.findall(r"C\((work365_integration_\w+)\)", text) for text in main["description"]]
    assert sorted(name for group in groups for name in group) == sorted(main["options"])
    needed = {name for name, option in main["options"].items() if option.get("required")}
    assert needed <= {*next(filter(None, groups))}


def test_argument_specs_and_defaults_say_the_same() -> None:
    entry_points = load("meta/argument_specs.yml")["argument_specs"].values()
    options = [item for entry_point in entry_points for item in entry_point["options"].items()]
    defaults: dict[str, t.Any] = {}
    for path in (ROLE / "defaults" / "main").iterdir():
        defaults |= {name: value for name, value in load(f"defaults/main/{path.name}").items() if name[0] != "_"}
    assert set(defaults) - {name for name, _ in options} == set()
    for name, option in options:
        if "default" in option:
            assert option["default"] == defaults[name], name
        assert not (option.get("required") and name in defaults), name
