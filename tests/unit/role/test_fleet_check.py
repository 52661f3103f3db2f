# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run over nobody is no success, and what is wrong with all tenants is told once, before the first."""

from __future__ import annotations

import datetime
import random
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.check import (
    NobodyMeant,
    refuse_common_mistakes,
    refuse_unknown_names,
    tenants_of_run,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import (
    PREFIX,
    ROLES,
    SEVERAL_ROLE,
    WORK365_ROLE,
)

from .site import Site

RIGHT = {"console_username": "admin@alder.example", "email": "work365@msp.example"}
Variables = dict[str, t.Any]


def check(*tenants: Variables, playbook: str = "audit") -> None:
    variables = [
        {f"work365_integration_{name}": value for name, value in {**RIGHT, **own}.items() if value is not None}
        for own in tenants
    ]
    names = [str(number) for number in range(len(tenants))]
    refuse_common_mistakes(playbook, names, lambda name: variables[int(name)])


def test_nobody_in_the_fleet_is_refused_with_what_there_is() -> None:
    with pytest.raises(NobodyMeant, match=r"No host .* 'autotsk'.* the groups autotask, web"):
        tenants_of_run([], ["w1"], "autotsk", ["all", "ungrouped", "web", "autotask"])
    with pytest.raises(NobodyMeant, match="no groups"):
        tenants_of_run([], [], "autotask", ["all", "ungrouped"])


def test_a_group_without_hosts_is_told_as_such() -> None:
    with pytest.raises(NobodyMeant, match="The group 'autotask' of the inventory has no hosts.*a list with dashes"):
        tenants_of_run([], [], "autotask", ["all", "ungrouped", "autotask"])


@pytest.mark.parametrize("named", ["adler", "alder, adler", ["alder", "adler@cow"]])
def test_a_host_that_is_none_is_not_taken_for_one_to_take_out(named: t.Any) -> None:
    with pytest.raises(Misread, match=r"decommission: adler(@cow)? is no host of the inventory; nearest: alder"):
        refuse_unknown_names(["alder"], lambda _name: {f"{PREFIX}decommission": named}, ["alder", "birch, GmbH"])


@pytest.mark.parametrize("named", [None, "alder", "birch, GmbH", ["alder@cow", "birch, GmbH"]])
def test_a_host_that_is_left_out_of_the_run_may_be_named(named: t.Any) -> None:
    refuse_unknown_names(["cedar"], lambda _name: {f"{PREFIX}decommission": named}, ["cedar", "alder", "birch, GmbH"])


def test_a_limit_to_others_is_refused() -> None:
    assert tenants_of_run(["alder", "birch"], ["birch", "w1"], "autotask", []) == ["birch"]
    with pytest.raises(NobodyMeant, match="leaves none of the 2 hosts"):
        tenants_of_run(["alder", "birch"], ["w1"], "autotask", [])


def test_what_is_wrong_with_all_is_told_and_what_is_wrong_with_some_is_not() -> None:
    check({}, {"permisions": {}})
    check({"permisions": {}}, {})
    with pytest.raises(Misread) as told:
        check({"permisions": {}, "email": None}, {"permisions": {}})
    (mistake,) = told.value.details["mistakes"]
    assert mistake.startswith("work365_integration_permisions: there is no such option; nearest:")
    assert "work365_integration_permissions" in mistake


ROLES_WITH = {
    WORK365_ROLE: RIGHT,
    SEVERAL_ROLE: {**RIGHT, "list": ["cow"]},
}
VARIABLES: dict[str, dict[str, t.Any]] = {
    name: option
    for role in ROLES_WITH
    for described in yaml.safe_load((ROLES / role / "meta" / "argument_specs.yml").read_text())[
        "argument_specs"
    ].values()
    for name, option in described["options"].items()
}


def mistakes_of(variable: str, value: t.Any, like: str) -> list[str]:
    role = WORK365_ROLE if like.startswith(PREFIX) else SEVERAL_ROLE
    right = {f"{role}_{name}": said for name, said in ROLES_WITH[role].items()}
    playbook = "provision" if role == WORK365_ROLE else "integrations"
    try:
        refuse_common_mistakes(playbook, ["alder"], lambda _name: {**right, variable: value})
    except Misread as told:
        return t.cast("list[str]", told.details["mistakes"])
    return []


def slip_of(name: str) -> str:
    """Another name, by one letter that is missing, wrong, or in the other's place."""
    drawn = random.Random(name)
    at = drawn.randrange(name.index("integration_") + len("integration_"), len(name) - 1)
    slips = (
        name[:at] + name[at + 1 :],
        f"{name[:at]}q{name[at + 1 :]}",
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return drawn.choice([slip for slip in slips if slip not in VARIABLES])


def test_a_slip_in_the_name_of_any_variable_is_told_once_with_the_right_one() -> None:
    for name in [*VARIABLES][::3]:
        slip = slip_of(name)
        (mistake,) = mistakes_of(slip, "x", name)
        assert mistake.startswith(f"{slip}: there is no such option; nearest: ") and name in mistake


WRONG: dict[str, list[t.Any]] = {
    "bool": ["ture", 17, ["a"], {"a": 1}],
    "int": ["x", 1.5, True, ["a"], {"a": 1}, -1],
    "str": [17, 1.5, True, datetime.date(2026, 1, 1), ["a"], {"a": 1}],
    "path": [17, True, ["a"], {"a": 1}],
    "dict": ["x", 17, True, ["a"]],
    "list": [17, True, {"a": 1}, datetime.date(2026, 1, 1)],
}


def test_a_value_of_another_type_is_told_once_by_name() -> None:
    for name, option in VARIABLES.items():
        value = random.Random(name).choice(WRONG.get(option["type"], WRONG["list"]))
        told = mistakes_of(name, value, name)
        assert len(told) == 1 and told[0].startswith(f"{name}:"), (value, told)


def test_what_a_role_offers_by_itself_is_no_mistake_of_the_fleet() -> None:
    check({"profile": "map_only"}, {"profile": "map_only"})
    with pytest.raises(Misread, match="nearest: full_sync, map_only"):
        check({"profile": "no_such"})


def test_no_mistake_shows_a_secret() -> None:
    with pytest.raises(Misread) as told:
        check({"console_password": "CANARY", "purge_permissions": "CANARY"})
    assert "CANARY" not in told.value.message


def test_a_tenant_that_is_switched_off_is_not_looked_at() -> None:
    check({}, {"enabled": False, "permisions": {}})
    check({"enabled": False}, playbook="provision")
    with pytest.raises(NobodyMeant, match="All tenants are switched off"):
        check({"enabled": "no"}, {"enabled": False})


@pytest.mark.parametrize("name", ["credentials_file", "handover_file", "session"])
def test_a_file_that_several_tenants_would_have_is_told_once(name: str) -> None:
    check({name: "/srv/one.yml"}, {name: "/srv/two.yml"})
    check({name: "/srv/one.yml"}, {name: "/srv/one.yml", "enabled": False})
    with pytest.raises(Misread, match=rf"{name}: would be /srv/one.yml for several tenants") as told:
        check({name: "/srv/one.yml", "permisions": {}}, {name: "/srv/one.yml", "permisions": {}})
    assert len(told.value.details["mistakes"]) == 2


class Unreadable(dict[str, t.Any]):
    """Variables of which one is a template that fails."""

    def __getitem__(self, name: str) -> t.Any:
        if name == "work365_integration_email":
            raise ValueError("'no_such_variable' is undefined")
        return super().__getitem__(name)


def test_a_template_that_fails_is_left_to_the_tenant() -> None:
    variables = Unreadable({f"work365_integration_{name}": value for name, value in RIGHT.items()})
    refuse_common_mistakes("audit", ["alder"], lambda _name: variables)


def test_tenants_with_a_list_of_integrations_are_looked_at_as_the_role_does_that_sees_to_them() -> None:
    """Their e-mail addresses may stand in the list."""
    variables: Variables = {
        "work365_integration_console_username": "admin@alder.example",
        "autotask_integrations": [{"extends": "cow", "email": "cow@msp.example"}],
    }
    refuse_common_mistakes("audit", ["alder"], lambda _name: variables)
    with pytest.raises(Misread, match="work365_integration_email"):
        refuse_common_mistakes("provision", ["alder"], lambda _name: variables)


def test_of_a_list_with_work_365_the_variables_of_its_role_count_too() -> None:
    own = {f"integration_{name}": value for name, value in RIGHT.items()}
    of_work365 = {f"{PREFIX}{name}": value for name, value in {**RIGHT, "permisions": {}}.items()}
    variables: Variables = {**own, **of_work365, "autotask_integrations": ["cow"]}
    refuse_common_mistakes("integrations", ["alder"], lambda _name: variables)
    variables["autotask_integrations"] = ["work365"]
    with pytest.raises(Misread, match="work365_integration_permisions"):
        refuse_common_mistakes("integrations", ["alder"], lambda _name: variables)


OF_BOTH: Variables = {
    **{f"{PREFIX}{name}": value for name, value in RIGHT.items()},
    **{f"integration_{name}": value for name, value in RIGHT.items()},
}


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"autotask_integration": ["cow"]}, "autotask_integration: there is no such variable; nearest: autotask_integ"),
        (
            {"integration_list": ["cow"]},
            "integration_list: is not read by this playbook; name the integrations in auto",
        ),
        ({"integration_enabled": False}, "integration_enabled: is not read by anything; the playbooks read work365_"),
        (
            {"integration_enabled": False, "autotask_integrations": ["cow"]},
            "integration_enabled: is not read by anything; the playbooks read work365_integration_enabled",
        ),
        ({"integration_tenants": "all"}, "integration_tenants: is not read by anything; the playbooks read work365_in"),
    ],
)
def test_a_name_that_nothing_reads_is_told_with_the_one_that_was_meant(own: Variables, told: str) -> None:
    with pytest.raises(Misread) as found:
        refuse_common_mistakes("audit", ["alder"], lambda _name: {**OF_BOTH, **own})
    (mistake,) = found.value.details["mistakes"]
    assert mistake.startswith(told)


def test_a_list_for_the_other_role_is_no_mistake_where_work_365_is_set_up() -> None:
    refuse_common_mistakes("provision", ["alder"], lambda _name: {**OF_BOTH, "integration_list": ["cow"]})


def test_a_tenant_alone_with_a_name_that_nothing_reads_is_refused(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    site.add("birch")
    site.hosts["alder"] |= {"autotask_integration": ["cow"], "integration_list": ["cow"], "integration_enabled": False}
    run = site.play("runbook")
    assert run.status != 0
    for name in ("autotask_integration: there is", "integration_list: is not read", "integration_enabled: is not read"):
        assert name in run.words
    assert "runbook/birch.md" in run.files and "runbook/alder.md" not in run.files


@pytest.mark.parametrize("limit", [(), ("--limit", "alder")])
def test_a_wrong_group_fails_the_run(tmp_path: Path, limit: tuple[str, ...]) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    run = site.play("audit", "--extra-vars", "work365_integration_tenants=autotsk", *limit)
    assert run.status != 0 and run.calls == []
    assert "No host of the inventory matches 'autotsk', so nobody was looked at" in run.words


def test_which_hosts_are_meant_is_not_said_in_an_inventory(tmp_path: Path) -> None:
    """Ansible would work through the usual group all the same."""
    site = Site(tmp_path / "site")
    site.add("alder")
    site.add("birch")
    site.variables["work365_integration_tenants"] = "alder"
    run = site.provision()
    assert run.status != 0 and run.calls == []
    assert "work365_integration_tenants: does not count in an inventory; give it with -e" in run.words
    for said in ("work365_integration_tenants=birch", '{"work365_integration_tenants": ["birch", "&autotask"]}'):
        run = site.provision("--extra-vars", said)
        assert run.status == 0 and {call["tenant"] for call in run.calls} == {"birch"}, run.output


def test_what_an_importing_playbook_sets_counts(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    email = site.variables.pop("work365_integration_email")
    play = {"name": "Ours", "import_playbook": "msp.autotask.provision", "vars": {"work365_integration_email": email}}
    run = site.play_own(play)
    assert run.status == 0, run.output
    assert run.calls_of("alder")


def test_a_mistake_of_the_fleet_stops_it_before_the_first_tenant(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    for tenant in ("alder", "birch"):
        site.add(tenant)
    site.variables["work365_integration_permisions"] = {}
    run = site.provision()
    assert run.status != 0 and run.calls == []
    assert run.output.count("fatal: ") == 1
    assert "PLAY [Work through the tenants" not in run.output
