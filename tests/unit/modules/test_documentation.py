# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module takes is what its documentation says, and what several modules take is said once."""

from __future__ import annotations

import functools
import importlib
import json
import os
import subprocess
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.action import credentials
from ansible_collections.msp.autotask.plugins.module_utils._kept import OF_ONE

FOLDER = Path(__file__).parents[3] / "plugins/modules"
MODULES = sorted(path.stem for path in FOLDER.glob("autotask_*.py"))
SAID = ("type", "required", "default", "choices", "elements")
UNSAID = {"required": False, "type": "str"}


class _Caught(Exception):
    """Stands in for a module that would begin its work."""


def spec_of(module: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, t.Any]:
    imported = importlib.import_module(f"ansible_collections.msp.autotask.plugins.modules.{module}")
    caught: dict[str, t.Any] = {}

    def catch(argument_spec: dict[str, t.Any], **_rest: t.Any) -> t.NoReturn:
        caught.update(argument_spec)
        raise _Caught

    monkeypatch.setattr(imported, "AnsibleModule", catch)
    with pytest.raises(_Caught):
        imported.main()
    return {name: option for name, option in caught.items() if not name.startswith("_")}


@functools.cache
def documented() -> dict[str, t.Any]:
    """What ansible-doc says of all modules."""
    collections = Path(importlib.import_module("ansible_collections.msp.autotask").__path__[0]).parents[2]
    ran = subprocess.run(
        ["ansible-doc", "--json", *(f"msp.autotask.{module}" for module in MODULES)],
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(collections)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said: dict[str, t.Any] = json.loads(ran.stdout)
    return said


def documentation_of(module: str) -> dict[str, t.Any]:
    options: dict[str, t.Any] = documented()[f"msp.autotask.{module}"]["doc"]["options"]
    return options


def facts(options: t.Mapping[str, t.Any], inside: str) -> dict[str, t.Any]:
    """What options are, whoever says it; those below them too."""
    return {
        name: {
            **{what: option.get(what, UNSAID.get(what)) for what in SAID},
            "inside": facts(option.get(inside) or {}, inside),
        }
        for name, option in options.items()
    }


@pytest.mark.parametrize("module", MODULES)
def test_options_are_documented_as_they_are_taken(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = facts(spec_of(module, monkeypatch), "options")
    assert facts(documentation_of(module), "suboptions") == taken


@pytest.mark.parametrize(
    ("module", "place", "own"),
    [
        ("autotask_security_level", ("security_level",), {"state"}),
        ("autotask_resource", ("resources",), {"security_level_planned", "credentials"}),
    ],
)
def test_integrations_are_made_of_what_the_modules_for_one_thing_take(
    module: str, place: tuple[str], own: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = set(spec_of("autotask_security_level_info", monkeypatch)) - {"name"}
    alone = {name: option for name, option in spec_of(module, monkeypatch).items() if name not in shared | own}
    integrations = spec_of("autotask_integrations", monkeypatch)["integrations"]["options"]
    nested = dict(integrations[place[0]]["options"])
    for of_several in ("key", *OF_ONE):
        nested.pop(of_several, None)
    assert nested == alone


def test_options_speak_of_each_other_where_they_stand() -> None:
    nested = documentation_of("autotask_integrations")["integrations"]["suboptions"]
    said = str(nested["security_level"]["suboptions"]) + str(nested["resources"]["suboptions"])
    assert "O(integrations[].security_level.name)" in said and "O(integrations[].resources[].secret)" in said
    assert "O(name)" not in said and "O(secret)" not in said


def test_the_roles_offer_what_the_modules_take() -> None:
    """A choice that is added to a module, a way to log in for instance, is to be had by the role, too."""
    taken = {name: option for module in MODULES for name, option in documentation_of(module).items()}
    for role in ("work365_integration", "integration"):
        points = yaml.safe_load((FOLDER.parents[1] / f"roles/{role}/meta/argument_specs.yml").read_text())
        options = {name: one for point in points["argument_specs"].values() for name, one in point["options"].items()}
        said = {name.removeprefix(f"{role}_"): one["choices"] for name, one in options.items() if "choices" in one}
        assert "console_login" in said
        assert [name for name in said if name in taken and said[name] != taken[name]["choices"]] == []


def marks(options: t.Mapping[str, t.Any], place: str) -> t.Iterator[tuple[str, str, bool]]:
    """Which options are secrets, those below others too: name, where it stands, mark."""
    for name, option in options.items():
        yield name.removeprefix("work365_integration_"), place, bool(option.get("no_log"))
        yield from marks(option.get("options") or {}, f"{place}, {name}")


def test_an_option_is_a_secret_wherever_it_stands_or_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the modules, in the plugins that run on the controller, and in what documents the role."""
    specs = {module: spec_of(module, monkeypatch) for module in MODULES}
    specs["credentials"] = credentials.ActionModule.SPEC
    role = yaml.safe_load((FOLDER.parents[1] / "roles/work365_integration/meta/argument_specs.yml").read_text())
    specs |= {point: spec["options"] for point, spec in role["argument_specs"].items()}
    said: dict[str, dict[str, bool]] = {}
    for name, where, mark in (each for place, spec in specs.items() for each in marks(spec, place)):
        said.setdefault(name, {})[where] = mark
    assert {name: places for name, places in said.items() if len(set(places.values())) > 1} == {}
    secrets = {name for name, places in said.items() if any(places.values())}
    assert secrets >= {"console_password", "api_secret", "vault_password", "tracking_identifier"}
