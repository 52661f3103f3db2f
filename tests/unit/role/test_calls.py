# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role as people call it: twice for one host, by tags, on hosts that are said to be elsewhere, under two names."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from .site import CONSOLE_PASSWORD, PASSWORD, Outcome, Site

ROLE = "msp.autotask.work365_integration"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.add("alder")
    return site


def call(entry_point: str = "main", **variables: t.Any) -> dict[str, t.Any]:
    return {
        "ansible.builtin.include_role": {"name": ROLE, "tasks_from": entry_point},
        "vars": {f"work365_integration_{name}": value for name, value in variables.items()},
    }


def play(*tasks: dict[str, t.Any], **keywords: t.Any) -> dict[str, t.Any]:
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    common = {"hosts": "autotask", "gather_facts": False, "connection": "local", "vars": python}
    return {**common, **keywords, "tasks": list(tasks)}


SHOW = {"ansible.builtin.debug": {"msg": "it says: {{ work365_integration_result }}"}}


def said(outcome: Outcome) -> list[str]:
    return [part.partition("TASK")[0] for part in outcome.words.split("it says: ")[1:]]


def test_each_call_speaks_of_itself(site: Site) -> None:
    run = site.play_own(play(call(verify=True), SHOW, call(verify=False), SHOW))
    assert run.status == 0, run.output
    first, second = said(run)
    assert "'proven': True" in first and "'changed': True" in first
    assert "'proven': False" in second and "'changed': False" in second


def test_a_play_that_only_checks_predicts_what_it_does(site: Site) -> None:
    """Ansible's own word for it, ansible_check_mode, is the command line's alone."""
    for check, options in ((True, ()), (False, ("--check",))):
        run = site.play_own(play(call(verify=True), SHOW, check_mode=check), options=options)
        assert run.status == 0, run.output
        assert [call["kind"] for call in run.calls] == ["level", "user", "user", *([] if check else ["access"])]
        assert ("would change" in said(run)[0]) is check and ("credentials/alder.yml" in run.files) is not check


def test_errors_that_a_play_ignores_are_no_success(site: Site) -> None:
    run = site.play_own(play(call(console_password="wrong"), SHOW, ignore_errors=True))
    assert run.status != 0 and "The password was refused" in run.words and not said(run)
    before = site.provision().kept("alder")["work365"]
    run = site.play_own(play(call("rotate_secret", vendor="No such vendor"), ignore_errors=True))
    after = run.kept("alder")["work365"]
    assert run.status != 0 and after["secret"] == before["secret"] and after["next_secret"]


def test_options_that_ansible_is_to_show_hold_no_secret(site: Site) -> None:
    site.add("birch")
    run = site.play("provision", "-v", ANSIBLE_DISPLAY_ARGS_TO_STDOUT="true")
    assert run.status == 0, run.output
    for secret in (CONSOLE_PASSWORD, PASSWORD, *(run.kept(name)["work365"]["secret"] for name in ("alder", "birch"))):
        assert secret not in run.output


def test_two_integrations_of_one_tenant_keep_apart(site: Site) -> None:
    cow = {"name": "cow", "vendor": "Cow", "first_name": "Cow", "verify_integration": "Cow verification"}
    run = site.play_own(play(call(verify=True), call(verify=True, **cow)))
    assert run.status == 0, run.output
    kept = run.kept("alder")
    assert set(kept) == {"work365", "verification", "cow", "cow_verification"}
    assert len({user["user_name"] for user in kept.values()}) == 4
    assert {"handover/alder.md", "handover/alder@cow.md"} <= set(run.files)
    assert kept["cow"]["user_name"] in run.files["handover/alder@cow.md"].text


def test_both_roles_in_one_play_keep_to_their_own_variables(site: Site) -> None:
    """Ansible shows the variables of each role of a play to all others."""
    site.hosts["alder"] |= {"integration_list": ["cow"], "integration_email": "cow@msp.example"}
    mine = {"ansible.builtin.debug": {"msg": "it says: {{ integration_result }}"}}
    roles = [{"role": role} for role in ("msp.autotask.integration", ROLE)]
    run = site.play_own(play(SHOW, mine, roles=roles))
    assert run.status == 0, run.output
    emails = {call["params"]["key"]: call["params"]["email"] for call in run.calls_of("alder", "user")}
    assert emails == {"cow": "cow@msp.example", "work365": "work365@msp.example"}
    assert ["user of work365" in one for one in said(run)] == [True, False]
    assert {"handover/alder.md", "handover/alder@cow.md"} <= set(run.files)


def test_defaults_of_a_play_reach_the_modules_below_those_of_the_role(site: Site) -> None:
    module = {"timeout": 7, "browser_slow_motion": 50, "console_password": "CANARY-OF-THE-PLAY"}
    defaults = {
        "group/msp.autotask.console": {"browser_headless": False, "timeout": 7},
        "msp.autotask.autotask_integrations": module,
        "msp.autotask.autotask_integrations_info": {**module, "read_users": False},
        "msp.autotask.autotask_resource": module,
    }
    run = site.play_own(play(call(), call("audit"), call("rotate_secret"), module_defaults=defaults))
    assert run.status == 0, run.output
    # Reconciled, looked at, and given a new secret.
    told = [call["params"] for call in run.calls_of("alder", "user")]
    assert len(told) == 3 and run.calls_of("alder", "users")
    for options in told:
        assert (options["browser_headless"], options["browser_slow_motion"]) == (False, 50)
        assert (options["timeout"], options["console_password"]) == (300, CONSOLE_PASSWORD)


def test_how_to_reach_autotask_is_told_to_all_modules(site: Site) -> None:
    """Whoever watches the first run, or has a proxy on the way, needs no module option."""
    proxy = "http://me:CANARY-PROXY-PASSWORD@proxy.example:3128"
    reach = {"proxy": proxy, "ca_path": "/etc/ssl/msp.pem", "validate_certs": True}
    watch = {"browser_headless": False, "browser_slow_motion": 300}
    site.hosts["alder"] |= {f"work365_integration_{name}": value for name, value in {**reach, **watch}.items()}
    run = site.provision("-e", "work365_integration_verify=true")
    assert run.status == 0, run.output
    for kind, told in {"level": {**watch, "proxy": proxy}, "user": {**watch, "proxy": proxy}, "access": reach}.items():
        assert [call["params"] for call in run.calls_of("alder", kind)]
        for call in run.calls_of("alder", kind):
            assert {name: call["params"][name] for name in told} == told, kind
    assert "CANARY-PROXY-PASSWORD" not in run.output


def test_of_a_section_that_a_tenant_empties_nothing_is_expected(site: Site) -> None:
    site.hosts["alder"] |= {f"work365_integration_{section}": {} for section in ("crm", "admin")}
    run = site.provision("--extra-vars", "work365_integration_verify=true")
    assert run.status == 0, run.output
    assert "crm" not in run.calls_of("alder", "level")[0]["params"]["permissions"]
    (asked,) = run.calls_of("alder", "access")
    made = {line["create"] for line in asked["params"]["expected"] if line["entity"] == "Companies" and line["create"]}
    assert made == {"forbidden"}


def test_hosts_that_are_said_to_be_elsewhere_are_worked_on_here(site: Site) -> None:
    site.hosts["alder"] |= {"ansible_connection": "ssh", "ansible_become": True, "ansible_shell_type": "powershell"}
    site.hosts["alder"]["ansible_shell_executable"] = "/no/such/shell"
    run = site.provision()
    assert run.status == 0, run.output
    assert run.kept("alder")["work365"]["secret_set"]
    refused = site.provision("--extra-vars", "ansible_connection=ssh")
    assert "ansible_connection: is ssh" in refused.words
    assert refused.calls == []


def test_how_hosts_elsewhere_are_reached_is_not_worked_out(site: Site) -> None:
    """What is said to all hosts of an inventory may be a template of variables that tenants lack."""
    said = ("host", "port", "user", "password", "timeout", "become_user", "become_password", "shell_type", "connection")
    site.hosts["alder"] |= {f"ansible_{name}": "{{ no_such_variable }}" for name in said}
    # A plugin that is not installed.
    site.add("birch", location="{{ ansible_host }}")
    site.hosts["birch"] |= {"ansible_connection": "httpapi", "ansible_host": "Main Office"}
    for playbook in ("provision", "audit"):
        run = site.play(playbook)
        assert run.status == 0, run.output
    assert "audit/audit.json" in run.files
    assert run.calls_of("birch", "user")[0]["params"]["location"] == "Main Office"


@pytest.mark.parametrize(
    "said", ["connection=ssh", "become=true", "shell_executable=/no/such", "python_interpreter=/no"]
)
def test_from_the_command_line_that_is_told_once_before_the_first_tenant(site: Site, said: str) -> None:
    site.add("birch")
    run = site.play("audit", "--extra-vars", f"ansible_{said}")
    name = said.partition("=")[0]
    assert run.status != 0 and run.calls == [] and run.output.count("so leave it out of -e") <= 3
    assert f"- ansible_{name}: " in run.words and "leave it out of -e" in run.words and "birch" not in run.output


def test_one_tenant_under_two_names_is_made_once(site: Site) -> None:
    site.add("alder2", console_username="admin@alder.example")
    run = site.provision()
    assert run.status != 0
    assert "of this run are one tenant, alder.example" in run.words
    assert len([name for name in run.files if name.startswith("credentials/")]) == 1
    assert len(run.calls_of("alder", "user")) == 1


@pytest.mark.parametrize(
    ("options", "done"),
    [
        (("--skip-tags", "zone"), ["level", "user"]),
        (("--tags", "security_level"), ["level"]),
        (("--tags", "user"), ["user"]),
        # Not all that the one run of the console does.
        (("--skip-tags", "user"), ["level"]),
    ],
)
def test_parts_stand_alone(site: Site, options: tuple[str, str], done: list[str]) -> None:
    run = site.provision(*options)
    assert run.status == 0, run.output
    assert [call["kind"] for call in run.calls] == done


@pytest.mark.parametrize("task", ["Reconcile the security levels and their users", "Judge what was done"])
def test_what_cannot_be_left_out_is_named_before_anything_is_done(site: Site, task: str) -> None:
    run = site.provision("--start-at-task", task)
    assert run.status != 0
    assert (
        "was left out by --start-at-task" in run.words and "__" not in run.output.split("PLAY RECAP")[0].split("msg")[1]
    )
    assert run.calls == []


def test_a_tenant_of_which_nothing_is_known_is_no_success(site: Site) -> None:
    run = site.provision("--start-at-task", "Say how far the run is")
    assert run.status != 0 and run.calls == []
    assert "It did not come to an end" in run.words and "undefined" not in run.words


def test_a_playbook_that_did_nothing_does_not_tell_what_the_one_before_it_did(site: Site) -> None:
    playbooks = [{"ansible.builtin.import_playbook": f"msp.autotask.{name}"} for name in ("provision", "audit")]
    run = site.play_own(*playbooks, options=("--tags", "user"))
    assert run.status != 0 and run.words.count("alder: changed user of work365 (tenant 1 of 1)") == 1
    assert "It did not come to an end" in run.words


def test_a_user_made_by_hand_is_kept_with_the_secret_that_was_given(site: Site) -> None:
    site.hosts["alder"] |= {
        "work365_integration_user_name": "handmade",
        "work365_integration_secret": "Given-secret-1",
    }
    run = site.provision()
    assert run.status == 0, run.output
    kept = run.kept("alder")["work365"]
    assert (kept["user_name"], kept["secret"], kept["made_here"]) == ("handmade@alder.example", "Given-secret-1", False)
    assert "Given-secret-1" not in run.output + run.files["handover/alder.md"].text


def test_a_password_that_yaml_made_a_number_of_starts_no_browser(site: Site) -> None:
    site.hosts["alder"]["work365_integration_console_password"] = 1234567
    run = site.provision()
    assert "work365_integration_console_password: is a number, not text; put it in quotes" in run.words
    assert run.calls == []


def test_a_typo_in_a_switch_or_a_name_is_refused(site: Site) -> None:
    site.hosts["alder"] |= {"work365_integration_enabled": "ture", "work365_integration_permisions": {}}
    run = site.provision()
    assert "'ture' is not a valid boolean" in run.words
    assert "nearest: work365_integration_permissions" in run.words
    assert run.calls == []


@pytest.mark.parametrize(
    ("value", "is_off"), [("", False), (None, False), ([], False), ("no", True), (0, True), (" False ", True)]
)
def test_only_a_switch_that_says_so_switches_a_tenant_off(site: Site, value: t.Any, is_off: bool) -> None:
    site.hosts["alder"]["work365_integration_enabled"] = value
    assert ("alder: switched off" in site.play("runbook").words) is is_off


def test_awkward_names_of_hosts_stay_in_their_folders(site: Site) -> None:
    for number, name in enumerate(["acme/uk", "../x", "Müller & Söhne, GmbH"]):
        site.add(name, console_username=f"admin@tenant{number}.example")
    run = site.provision()
    assert run.status == 0, run.output
    names = {name for name in run.files if name.startswith("handover/")}
    assert names == {f"handover/{name}.md" for name in ("alder", "acme%2Fuk", "%2E.%2Fx", MUELLER)}


MUELLER = "M%C3%BCller%20%26%20S%C3%B6hne%2C%20GmbH"
