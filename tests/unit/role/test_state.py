# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every entry point begins with nothing known and leaves one result, whatever was called before it in the same play."""

from __future__ import annotations

import json
import typing as t
from dataclasses import fields
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.results import Result

from .site import Site

WORK365 = "work365_integration"
SEVERAL = "integration"
CALLS: list[tuple[str, str, dict[str, t.Any]]] = [
    (WORK365, "preflight", {}),
    (WORK365, "main", {"verify": True}),
    (WORK365, "main", {}),
    (WORK365, "main", {"name": "cow", "vendor": "Cow", "first_name": "Cow"}),
    (SEVERAL, "main", {"list": ["work365"]}),
    (WORK365, "audit", {}),
    (WORK365, "rotate_secret", {}),
    (WORK365, "rotate_secret", {"rotate_older_than": 1}),
    (WORK365, "runbook", {}),
    (WORK365, "decommission", {"decommission": "alder"}),
    (WORK365, "runbook", {}),
]
"""Role, entry point, and the variables of the call without their prefix."""

PROVES, CHANGES = (1, 5), (1, 3, 6, 8, 9)
"""The calls that prove a level, and those that change something."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.add("alder")
    return site


def tasks_of(folder: Path, number: int, role: str, entry_point: str, variables: t.Mapping[str, t.Any]) -> list[t.Any]:
    """A call, and what its result was, in a file of its own."""
    named = {f"{role}_{name}": value for name, value in variables.items()}
    if "integration_list" in named:
        named = {"autotask_integrations": named["integration_list"]}
    return [
        {"ansible.builtin.include_role": {"name": f"msp.autotask.{role}", "tasks_from": entry_point}, "vars": named},
        {
            "ansible.builtin.copy": {
                "content": f"{{{{ {role}_result | to_json }}}}",
                "dest": str(folder / f"{number}.json"),
                "mode": "0600",
            }
        },
    ]


@pytest.mark.long
def test_calls_of_one_play_know_nothing_of_each_other(site: Site, tmp_path: Path) -> None:
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    common = {"hosts": "autotask", "gather_facts": False, "connection": "local", "vars": python}
    tasks = [task for number, call in enumerate(CALLS) for task in tasks_of(tmp_path, number, *call)]
    run = site.play_own({**common, "tasks": tasks})
    assert run.status == 0, run.output

    said = [json.loads((tmp_path / f"{number}.json").read_text(encoding="utf-8")) for number in range(len(CALLS))]
    known = {item.name for item in fields(Result)}
    for (role, entry_point, _variables), result in zip(CALLS, said, strict=True):
        assert set(result) <= known and isinstance(result["summary"], str), (role, entry_point)
        assert ("audit" in result) == (entry_point == "audit"), (role, entry_point)
        assert ("preflight" in result) == (entry_point == "preflight"), (role, entry_point)
    assert [number for number, result in enumerate(said) if result["proven"]] == [*PROVES]
    assert [number for number, result in enumerate(said) if result["changed"]] == [*CHANGES]


@pytest.mark.parametrize("way", ["import_role", "include_role"])
def test_one_run_for_all_hosts_of_a_play_is_refused(site: Site, way: str) -> None:
    """What is noted under run_once is noted for every host, or nothing is for all but one."""
    site.add("birch")
    role = {"name": f"msp.autotask.{WORK365}", "tasks_from": "audit"}
    run = site.play_own(
        {"hosts": "autotask", "gather_facts": False, "tasks": [{f"ansible.builtin.{way}": role, "run_once": True}]}
    )
    assert run.status != 0 and run.calls == []
    assert "run_once: only one host would be worked on" in run.words
