# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was given is looked at, and a tenant is planned, before anything else is done."""

from __future__ import annotations

import json
import os
import shlex
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.errors import AnsibleValueOmittedError
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import PREFIX, Given, role_for
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.plan import Around, Plan, TenantPlan
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import Tags
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.work365 import Work365Planner

from .site import ROOT

ROLE = ROOT / "roles" / "work365_integration"


def defaults() -> dict[str, t.Any]:
    values: dict[str, t.Any] = {}
    for path in (ROLE / "defaults" / "main").glob("*.yml"):
        values |= yaml.safe_load(path.read_text(encoding="utf-8"))
    # Their templates are Ansible's business.
    return {name: value for name, value in values.items() if "{{" not in str(value)}


class Tenant:
    """A tenant's variables and what is around it."""

    def __init__(self, folder: Path, **values: t.Any) -> None:
        self.folder = folder
        self.inventory = folder / "hosts.yml"
        self.inventory.touch()
        self.host = "alder"
        self.entry_point = "main"
        self.values = {
            "console_username": "admin@alder.example",
            "email": "work365@msp.example",
            "vault_password": "a password",
            **values,
        }
        self.variables: dict[str, t.Any] = {"ansible_inventory_sources": [str(self.inventory)]}
        self.environment: dict[str, str] = {}
        self.tags = Tags()

    def plan(self) -> TenantPlan:
        given = Given.of_role(ROLE, self.entry_point)
        named = {f"{PREFIX}{name}": value for name, value in self.values.items()}
        given.take({**defaults(), **named}, lambda value: value, defaults)
        home = self.folder / "home"
        around = Around(
            self.host,
            self.entry_point,
            home,
            self.folder / "run",
            self.variables,
            self.tags,
            self.environment,
        )
        return Work365Planner(given, around).plan()

    def plan_of(self, entry_point: str) -> TenantPlan:
        self.entry_point, before = entry_point, self.entry_point
        try:
            return self.plan()
        finally:
            self.entry_point = before

    def part(self) -> Plan:
        """What is planned of Work 365."""
        (part,) = self.plan().parts.values()
        return part

    def sheet(self) -> str:
        (sheet,) = self.plan().sheets
        return str(sheet["path"])

    def refusal(self) -> str:
        with pytest.raises(AutotaskError) as error:
            self.plan()
        return error.value.message


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    return Tenant(tmp_path)


def test_things_lie_beside_the_inventory_file(tenant: Tenant) -> None:
    plan = tenant.plan()
    assert plan.credentials["path"] == str(tenant.folder / "credentials" / "alder.yml")
    assert tenant.sheet() == str(tenant.folder / "handover" / "alder.md")
    assert not (tenant.folder / "credentials").exists(), "planning writes nothing"


def test_things_lie_beside_an_inventory_folder(tenant: Tenant) -> None:
    folder = tenant.folder / "inventory"
    folder.mkdir()
    tenant.variables["ansible_inventory_sources"] = [str(folder)]
    assert tenant.plan().credentials["path"] == str(tenant.folder / "credentials" / "alder.yml")


@pytest.mark.parametrize("sources", [[], ["alder,"], ["/one", "/other"]])
def test_without_one_inventory_a_place_must_be_named(tenant: Tenant, sources: list[str]) -> None:
    tenant.variables["ansible_inventory_sources"] = sources
    assert "work365_integration_folder" in tenant.refusal()
    tenant.values["folder"] = str(tenant.folder / "kept")
    assert tenant.plan().credentials["path"] == str(tenant.folder / "kept" / "credentials" / "alder.yml")


def test_what_a_shell_pipes_in_is_no_inventory_file(tenant: Tenant) -> None:
    pipe = tenant.folder / "pipe"
    os.mkfifo(pipe)
    tenant.variables["ansible_inventory_sources"] = [str(pipe)]
    assert "work365_integration_folder" in tenant.refusal()


def test_every_path_is_absolute_and_of_the_controller(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tenant.folder / "me"))
    monkeypatch.setenv("KEPT", str(tenant.folder / "kept"))
    monkeypatch.chdir(tenant.folder)
    for given, found in [("~/c.yml", "me/c.yml"), ("$KEPT/c.yml", "kept/c.yml"), ("c/d.yml", "c/d.yml")]:
        tenant.values["credentials_file"] = given
        assert tenant.plan().credentials["path"] == str(tenant.folder / found)


def test_what_version_1_left_under_an_awkward_name_is_found(tenant: Tenant) -> None:
    tenant.host = "Müller & Söhne, GmbH"
    assert tenant.plan().credentials["path"].endswith("/M%C3%BCller%20%26%20S%C3%B6hne%2C%20GmbH.yml")
    folder = tenant.folder / "credentials"
    folder.mkdir()
    left = folder / f"{tenant.host}.yml"
    keeper_of({"tenant": "alder.example", "path": str(left), "vault_password": "a password"}, {}).ensure(
        {"work365": Asked("work365")}
    )
    assert tenant.plan().credentials["path"] == str(left)


def test_a_name_that_is_too_long_for_a_file_is_that_of_a_tenant_like_others(tenant: Tenant) -> None:
    tenant.host = "x" * 300
    (tenant.folder / "credentials").mkdir()
    assert len(Path(tenant.plan().credentials["path"]).name) < 200


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("permisions", {}, "nearest: work365_integration_permissions"),
        ("verfy", True, "nearest: work365_integration_verify"),
        ("console_password", 1234567, "put it in quotes"),
        ("last_name", False, "put it in quotes"),
        ("email", ["a", "b"], "put it in quotes"),
        ("email", "", "work365_integration_email: is missing"),
        ("verify", "ture", "'ture' is not a valid boolean"),
        ("enabled", "ture", "'ture' is not a valid boolean"),
        ("profile", "no_such", "there is no such profile"),
        ("permissions", {"crm": {"organizations": {"veiw": "all"}}}, "nearest: view"),
        ("permissions", {"crm": {"contacts": {"edit": "maybe"}}}, "(in work365_integration_permissions)"),
        ("crm", {"contacts": {"edit": "maybe"}}, "(in work365_integration_crm)"),
        ("crm", None, "work365_integration_crm: is empty; leave it out, or write {} for"),
        ("name", "two words", "is to be one word"),
        ("console_username", "admin", "the tenant's domain"),
        ("console_username", "admin@alder. example", "and no blanks"),
        ("user_name", "handmade@alder.example ", "work365_integration_user_name: begins or ends with a blank"),
        ("vendor", "Work 365 Sync\u00a0", "work365_integration_vendor: begins or ends with a blank"),
        ("security_level_name", "Work 365\u200b API User", "security_level_name: holds a character that nobody sees"),
        ("console_username", "admin@", "the tenant's domain"),
        ("email", "one@msp.example, two@msp.example", "work365_integration_email: is not an e-mail address"),
        ("rotate_users", ["nobody"], "rotate_users"),
        ("other_holders", [None], "other_holders[0]: is empty, not text"),
        ("other_holders", [12], "other_holders[0]: is a number, not text; put it in quotes"),
        ("timeout", True, "work365_integration_timeout: is a truth value, not a number"),
        ("timeout", 0, "work365_integration_timeout: is 0; the minimum is 1"),
        ("generation", 0, "work365_integration_generation: is 0; the minimum is 1"),
        ("console_password", "from a file\n", "work365_integration_console_password: holds a line break"),
        ("credentials_file", "$NOT_SET_ANYWHERE/c.yml", "names $NOT_SET_ANYWHERE, which this run does not know"),
        ("credentials_file", "${NOT_SET_ANYWHERE}/c.yml", "names ${NOT_SET_ANYWHERE}, which this run"),
        ("credentials_file", "file:///srv/alder.yml", "file:///srv/alder.yml is not a path on this machine"),
        ("folder", "%USERPROFILE%\\kept", "is not a path on this machine"),
        ("folder", "~nobody-by-this-name/kept", "names ~nobody-by-this-name, which this run does not know"),
    ],
)
def test_a_mistake_is_refused_by_name(tenant: Tenant, variable: str, value: t.Any, says: str) -> None:
    tenant.values[variable] = value
    assert says in tenant.refusal()


def test_all_mistakes_are_told_at_once(tenant: Tenant) -> None:
    tenant.values |= {"permisions": {}, "last_name": False, "verify": "ture", "profile": "no_such"}
    said = tenant.refusal()
    assert said.startswith("4 mistakes in what was given; nothing was done:")


@pytest.mark.parametrize(
    "variable",
    ["user_name", "secret", "location", "console_url", "folder", "last_name", "vendor", "security_level_name", "name"],
)
def test_what_is_empty_counts_as_not_given(tenant: Tenant, variable: str) -> None:
    usual = tenant.plan()
    for empty in ("", None, " "):
        tenant.values[variable] = empty
        assert tenant.plan() == usual


def test_what_is_left_out_in_ansibles_own_way_counts_as_not_given() -> None:
    def template(_value: t.Any) -> t.Any:
        raise AnsibleValueOmittedError

    given = Given.of_role(ROLE, "main")
    given.take({"work365_integration_location": "{{ nothing | default(omit) }}"}, template)
    assert not any("location" in mistake for mistake in given.mistakes)


def test_credentials_of_another_tenant_are_refused(tenant: Tenant) -> None:
    path = tenant.folder / "shared.yml"
    keeper = keeper_of({"tenant": "birch.example", "path": str(path), "vault_password": "a password"}, {})
    keeper.ensure({"work365": Asked("work365")})
    tenant.values["credentials_file"] = str(path)
    assert "holds the credentials of the tenant birch.example" in tenant.refusal()


def test_one_tenant_under_two_names_is_refused_before_anything_is_done(tenant: Tenant) -> None:
    tenant.plan()
    tenant.plan()
    tenant.host = "alder-again"
    assert "alder and alder-again of this run are one tenant" in tenant.refusal()
    assert "after the @ in work365_integration_console_username" in tenant.refusal()
    tenant.values["console_username"] = "admin@birch.example"
    tenant.plan()


def test_one_console_may_be_written_in_several_ways(tenant: Tenant) -> None:
    tenant.values["console_url"] = "https://console.example"
    tenant.plan()
    tenant.host = "alder-again"
    for end in ("/", ":443", ":443/", "./", "/Mvc/", "/?from=alder", "#top"):
        tenant.values["console_url"] = f"HTTPS://Console.example{end}"
        assert "alder and alder-again of this run are one tenant" in tenant.refusal()
    tenant.values["console_url"] = "https://console.example:8443"
    tenant.plan()


@pytest.mark.parametrize("name", ["credentials_file", "handover_file", "session"])
def test_a_file_belongs_to_one_host(tenant: Tenant, name: str) -> None:
    tenant.values[name] = str(tenant.folder / "one")
    tenant.plan()
    tenant.plan()
    tenant.host, tenant.values["console_username"] = "birch", "admin@birch.example"
    assert f"alder and birch of this run would have one file, {tenant.folder}/one" in tenant.refusal()


def test_two_integrations_have_two_sheets(tenant: Tenant) -> None:
    tenant.values["handover_file"] = str(tenant.folder / "sheet.md")
    tenant.plan()
    tenant.values["name"] = "cow"
    assert "alder and alder@cow of this run would have one file" in tenant.refusal()


def test_where_a_runner_is_at_work_a_lasting_place_is_named(tenant: Tenant) -> None:
    job = tenant.folder / "job"
    tenant.environment = {"AWX_PRIVATE_DATA_DIR": str(job)}
    assert "container" in tenant.refusal()
    for goes in ({"folder": str(job / "kept")}, {"credentials_file": str(job / "project" / "alder.yml")}):
        tenant.values |= goes
        assert "container" in tenant.refusal()
        for name in goes:
            del tenant.values[name]
    tenant.values["folder"] = str(tenant.folder / "lasting")
    tenant.plan()
    # What is mounted there lasts.
    tenant.environment = {"AWX_PRIVATE_DATA_DIR": "/"}
    tenant.values["folder"] = "/proc/kept"
    tenant.plan()


def test_an_audit_says_before_it_begins_that_its_report_cannot_be_written(tenant: Tenant) -> None:
    tenant.entry_point, tenant.values["audit_folder"] = "audit", "$NOT_SET_ANYWHERE/audit"
    assert "names $NOT_SET_ANYWHERE" in tenant.refusal()


def test_an_audit_says_before_it_begins_that_its_report_would_not_last(tenant: Tenant) -> None:
    job = tenant.folder / "job"
    tenant.entry_point, tenant.environment = "audit", {"AWX_PRIVATE_DATA_DIR": str(job)}
    tenant.variables = {"ansible_inventory_sources": [str(job / "inventory")], "__msp_autotask_here": True}
    (job / "inventory").mkdir(parents=True)
    tenant.values["credentials_file"] = str(tenant.folder / "lasting" / "alder.yml")
    assert "the report would be lost" in tenant.refusal()
    tenant.values["audit_folder"] = str(job / "audit")
    assert "Name a folder that lasts in work365_integration_audit_folder" in tenant.refusal()
    tenant.values["audit_folder"] = str(tenant.folder / "lasting" / "audit")
    tenant.plan()
    del tenant.variables["__msp_autotask_here"], tenant.values["audit_folder"]
    tenant.plan()


def test_an_audit_says_before_it_begins_that_its_folder_is_a_file(tenant: Tenant) -> None:
    tenant.entry_point, tenant.values["audit_folder"] = "audit", str(tenant.inventory)
    assert f"{tenant.inventory} is a file, not a folder" in tenant.refusal()


def test_from_the_command_line_nobody_is_sent_elsewhere(tenant: Tenant) -> None:
    tenant.variables |= {"ansible_connection": "ssh", "ansible_become": "yes", "ansible_shell_type": "powershell"}
    tenant.plan()
    tenant.variables["__msp_autotask_here"] = True
    said = tenant.refusal()
    assert "ansible_connection: is ssh" in said and "ansible_become" in said
    assert "ansible_shell_type: is powershell" in said


def test_a_second_integration_has_keys_and_pages_of_its_own(tenant: Tenant) -> None:
    first = tenant.plan()
    tenant.values["name"] = "cow"
    second, part = tenant.plan(), tenant.part()
    assert (part.key, part.verification_key) == ("cow", "cow_verification")
    assert second.credentials == first.credentials
    assert tenant.sheet().endswith("/alder@cow.md")


def test_what_was_not_named_is_not_taken_out(tenant: Tenant) -> None:
    tenant.entry_point = "decommission"
    assert "is not named in work365_integration_decommission" in tenant.refusal()
    tenant.values["decommission"] = ["alder", "alder@cow"]
    assert "alder has no integration cow, which work365_integration_decommission names" in tenant.refusal()
    for named in ("birch, alder", ["alder"]):
        tenant.values["decommission"] = named
        tenant.plan()


def test_who_is_to_be_named_is_told_as_a_shell_and_ansible_take_it(tenant: Tenant) -> None:
    tenant.entry_point, tenant.host = "decommission", "Müller & Söhne, GmbH"
    option = shlex.split(tenant.refusal().partition("for example ")[2])
    assert option[0] == "-e"
    tenant.values["decommission"] = json.loads(option[1])["work365_integration_decommission"]
    tenant.plan()


def test_users_that_are_kept_or_named_are_retired(tenant: Tenant) -> None:
    tenant.values |= {"verify": True, "decommission": "alder"}
    plan = tenant.plan()
    keeper = keeper_of({**plan.credentials, "vault_password": "a password"}, {})
    tenant.entry_point = "decommission"
    assert tenant.plan().retire == []
    keeper.ensure({"verification": Asked("verification")})
    tenant.values["user_name"] = "handmade"
    assert tenant.plan().retire == [
        {"key": "work365", "user_name": "handmade"},
        {"key": "verification", "user_name": ""},
    ]


def test_what_is_marked_as_secret_is_kept_out_of_every_message() -> None:
    given = Given.of_role(ROLE, "main")
    said = {"secret": "One-1", "console_password": 22, "email": "work365@msp.example", "user_name": ""}
    given.take({f"{PREFIX}{name}": value for name, value in said.items()}, lambda value: value)
    assert sorted(given.secrets()) == ["22", "One-1"]


def test_credentials_of_another_customer_are_refused_before_a_browser_starts(tenant: Tenant) -> None:
    tenant.values["tenant"] = "birch.example"
    assert "another tenant: it is to have the domain birch.example, and shows domain alder.example" in tenant.refusal()
    for named in ("Alder.example", "Birch IT", "ww14"):
        tenant.values["tenant"] = named
        assert tenant.plan().tenant_file, "database and zone are not known yet"


def test_hosts_of_one_name_in_two_inventories_are_noted_apart(tenant: Tenant, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert tenant.plan().tenant_file != Tenant(other).plan().tenant_file


def test_of_a_secret_with_braces_nothing_is_quoted() -> None:
    def template(_value: t.Any) -> t.Any:
        raise ValueError("'part' is undefined")

    for password, shown in (("pw{{part}}x", False), ("pw{%part", False), ("{{ part }}", True)):
        given = Given.of_role(ROLE, "main")
        given.take({"work365_integration_console_password": password}, template)
        assert ("part" in given.mistakes[0], "!unsafe" in given.mistakes[0]) == (shown, not shown)


def test_a_variable_that_is_not_there_is_named_in_words() -> None:
    def template(_value: t.Any) -> t.Any:
        raise ValueError("Error while resolving value for 'x': 'vault_alder' is undefined")

    given = Given.of_role(ROLE, "main")
    given.take({"work365_integration_email": "{{ vault_alder }}"}, template)
    assert given.mistakes[0] == (
        "work365_integration_email: its value names 'vault_alder', which is not defined for this tenant"
    )
    # It is not missing as well.
    assert len([mistake for mistake in given.mistakes if "email" in mistake]) == 1


LEVEL, USER, VERIFIER = "security_level", "work365", "verification"


@pytest.mark.parametrize(
    ("tags", "chosen"),
    [
        (Tags(), [LEVEL, USER, VERIFIER]),
        (Tags(["security_level"]), [LEVEL]),
        (Tags(["user", "handover"]), [USER]),
        (Tags(["verify"]), [VERIFIER]),
        (Tags(["handover"]), []),
        (Tags(["tagged"], ["user"]), [LEVEL, VERIFIER]),
        (Tags(["all"], ["verify", "user"]), [LEVEL]),
        (Tags(["psa"], inherited=["psa"]), [LEVEL, USER, VERIFIER]),
        (Tags(["psa"], ["user"], ["psa"]), [LEVEL, VERIFIER]),
        (Tags(["all"], ["psa"], ["psa"]), []),
    ],
)
def test_tags_choose_what_the_one_run_of_the_console_does(tenant: Tenant, tags: Tags, chosen: list[str]) -> None:
    tenant.values["verify"] = True
    tenant.tags = tags
    wanted = tenant.plan().integrations
    keys = [
        key for each in wanted for key in ([LEVEL] if LEVEL in each else []) + [u["key"] for u in each["resources"]]
    ]
    assert keys == chosen


def test_the_modules_are_told_what_was_given_and_no_secret(tenant: Tenant) -> None:
    tenant.values |= {"secret": "CANARY-SECRET-1", "user_name": "handmade", "location": "Harbour", "verify": True}
    plan = tenant.plan()
    (wanted,) = plan.integrations
    assert wanted["security_level"] == tenant.part().level and wanted["security_level"]["name"] == "Work 365 API User"
    user, verifier = wanted["resources"]
    assert (user["user_name"], user["location"]) == ("handmade", "Harbour") and "date_format" not in user
    assert user["integration_vendor"] == "Work 365 Sync" and "take_over" not in user
    assert verifier["internal_integration"] == "Work 365 verification" and verifier["take_over"]
    assert plan.users[VERIFIER].items() <= verifier.items()
    assert "CANARY-SECRET-1" not in str(plan.as_data())


def test_of_secrets_the_plan_names_the_variables(tenant: Tenant) -> None:
    given = {"console_password": "CANARY-1", "proxy": "http://me:CANARY-2@proxy.example:3128", "secret": "CANARY-3"}
    tenant.values |= {**given, "user_name": "handmade", "console_totp_secret": "", "browser_headless": False}
    plan = tenant.plan()
    assert "CANARY" not in str(plan.as_data())
    proxy = {"proxy": "work365_integration_proxy"}
    vault = "work365_integration_vault_password"
    password = {"console_password": "work365_integration_console_password"}
    assert plan.secrets.console == {**password, **proxy, "session_vault_password": vault}
    assert (plan.secrets.rest, plan.secrets.credentials) == (proxy, {"vault_password": vault})
    assert plan.secrets.users == {"work365": "work365_integration_secret"}
    assert plan.console["browser_headless"] is False and "browser_slow_motion" not in plan.console


def test_what_the_tasks_do_once_for_each_integration_they_do_once_for_work_365(tenant: Tenant) -> None:
    tenant.values |= {"verify": True, "tenant": "alder.example"}
    plan = tenant.plan()
    assert plan.alone and list(plan.parts) == plan.levels == ["work365"]
    (proof,) = plan.proofs
    assert (proof["key"], proof["security_level"]) == ("verification", "Work 365 API User")
    assert plan.told["verification"]["named_in"] == "work365_integration_verify_user_name"
    assert plan.zone == {"user_name": "admin@alder.example", "tenant": "alder.example"}
    tenant.values["tracking_identifier"] = "CANARY-IDENTIFIER"
    (proof,) = tenant.plan().proofs
    assert proof["key"] == "work365", "only the identifier was missing to sign in as it"


def test_a_preflight_looks_at_users_that_are_not_there_yet_and_an_audit_at_those_that_are(tenant: Tenant) -> None:
    tenant.values["verify"] = True
    for entry_point, looks in (("preflight", ["work365"]), ("audit", [])):
        tenant.entry_point = entry_point
        assert looked_at(tenant.plan()) == looks
    keeper = keeper_of({**tenant.plan().credentials, "vault_password": "a password"}, {})
    keeper.ensure({key: Asked(key) for key in ("work365", "verification")})
    assert looked_at(tenant.plan()) == ["work365", "verification"]


def looked_at(plan: TenantPlan) -> list[str]:
    (one,) = plan.integrations
    assert one["name"] == "work365" and one["security_level"]["name"] == "Work 365 API User"
    assert all(user["named_in"] for user in one["resources"])
    return [user["key"] for user in one["resources"]]


def test_a_preflight_sees_the_levels_and_an_audit_the_rights_of_all_users_if_that_is_wanted(tenant: Tenant) -> None:
    tenant.values["audit_api_users"] = True
    tenant.entry_point = "preflight"
    assert tenant.plan().look == {
        "list_levels": True,
        "read_levels": ["API User (system) (API-only)"],
        "read_users": True,
        "read_levels_of_users": False,
        "stop_at_levels": False,
    }
    tenant.entry_point = "audit"
    look = tenant.plan().look
    assert (look["list_levels"], look["read_levels"]) == (False, [])
    assert look["read_users"] and look["read_levels_of_users"] and look["stop_at_levels"]
    tenant.entry_point = "main"
    assert tenant.plan().look == {}


@pytest.mark.parametrize(("given", "keys"), [(None, ["verification", "work365"]), (["work365"], ["work365"]), ([], [])])
def test_secrets_are_replaced_of_those_who_are_named(tenant: Tenant, given: t.Any, keys: list[str]) -> None:
    tenant.entry_point = "rotate_secret"
    tenant.values |= {"rotate_users": given, "rotate_older_than": 30}
    assert tenant.plan().rotation == {
        "users": [{"key": key} for key in keys],
        "older_than": 30,
        "made_by_hand": False,
    }


def test_a_list_counts_in_playbooks_that_do_not_set_up() -> None:
    listed = {"autotask_integrations": ["cow"]}
    assert role_for("work365_integration", "audit", listed) == "integration"
    assert role_for("work365_integration", "audit", {}) == "work365_integration"
    for entry_point in ("main", "login"):
        assert role_for("work365_integration", entry_point, listed) == "work365_integration"


def entry_points(role: str) -> dict[str, t.Any]:
    specs = yaml.safe_load((ROOT / "roles" / role / "meta/argument_specs.yml").read_text(encoding="utf-8"))
    return t.cast("dict[str, t.Any]", specs["argument_specs"])


def test_each_entry_point_for_work_365_is_that_for_any_integrations() -> None:
    own = {*entry_points("work365_integration")} - {"audit_report"}
    assert own == {*entry_points("integration")}
    for entry_point in own:
        (task,) = yaml.safe_load((ROLE / "tasks" / f"{entry_point}.yml").read_text(encoding="utf-8"))
        assert task["ansible.builtin.import_role"]["tasks_from"] == entry_point
        assert task["vars"] == {"__integration_role": "work365_integration"}


def test_a_person_who_logs_in_needs_no_user_name_here(tenant: Tenant) -> None:
    tenant.entry_point = "login"
    tenant.values = {"session": str(tenant.folder / "alder.yml"), "vault_password": "a password"}
    assert tenant.plan().kept_session == str(tenant.folder / "alder.yml")
    del tenant.values["session"]
    assert "work365_integration_session: is missing" in tenant.refusal()
