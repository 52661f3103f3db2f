# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tarball: what is in it, and that it works where nothing of this repository is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import typing as t
from pathlib import Path

import pytest
import yaml
from simulated_fleet import SimulatedFleet

ROOT = Path(__file__).parents[3]
PYTHON = Path(os.environ.get("AUTOTASK_BARE_PYTHON", sys.executable))
"""The Python that users have: 'make importer' names one with nothing in it but what requirements.txt asks for."""

SHIPPED = {
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "FILES.json",
    "LICENSE",
    "MANIFEST.json",
    "README.md",
    "SECURITY.md",
    "changelogs",
    "docs",
    "meta",
    "playbooks",
    "plugins",
    "requirements.txt",
    "roles",
}
NEEDED = {"meta", "playbooks", "plugins", "roles"}


def ansible(program: str, *arguments: str | Path, **variables: str) -> str:
    """Run a program of Ansible as a user would who has nothing but Ansible and the installed collection."""
    bare = {"PATH": f"{PYTHON.parent}:/usr/bin:/bin", "HOME": os.environ["HOME"], "LANG": "C.UTF-8", **variables}
    command = [PYTHON.parent / program, *arguments]
    ran = subprocess.run(command, env=bare, cwd=variables["PWD"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what git has, so that leftovers of this machine are not what the test is about."""
    folder = tmp_path_factory.mktemp("dist")
    listed = subprocess.check_output(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT)
    for name in filter(None, os.fsdecode(listed).split("\0")):
        if (ROOT / name).exists():
            (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / "source" / name)
    # What runs leave behind.
    for name in (".pytest_cache/x", "build/x", "tests/output/x", ".venv/x", "plugins/modules/__pycache__/x.pyc"):
        (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "source" / name).touch()
    ansible("ansible-galaxy", "collection", "build", "--output-path", folder, "source", PWD=str(folder))
    (built,) = folder.glob("msp-autotask-*.tar.gz")
    return built


@pytest.fixture(scope="module")
def installed(tarball: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an empty folder in which the tarball was installed, and only what is needed was left."""
    home = tmp_path_factory.mktemp("user")
    ansible("ansible-galaxy", "collection", "install", "--offline", "-p", home / "collections", tarball, PWD=str(home))
    for path in (home / "collections/ansible_collections/msp/autotask").iterdir():
        if path.is_dir() and path.name not in NEEDED:
            shutil.rmtree(path)
    return {"PWD": str(home), "ANSIBLE_COLLECTIONS_PATH": str(home / "collections")}


def test_holds_what_users_need_and_nothing_else(tarball: Path) -> None:
    with tarfile.open(tarball) as archive:
        names = [Path(name) for name in archive.getnames()]
    assert {name.parts[0] for name in names} <= SHIPPED
    assert {name.parts[0] for name in names} >= NEEDED | {"README.md", "LICENSE", "CHANGELOG.md"}
    assert not [name for name in names if {"__pycache__", "tests", "simulator", "output"} & set(name.parts)]
    assert tarball.stat().st_size < 2_000_000


def test_every_plugin_and_role_is_documented_there(installed: dict[str, str]) -> None:
    folders = {"module": "plugins/modules", "filter": "plugins/filter", "lookup": "plugins/lookup", "role": "roles"}
    for kind, folder in folders.items():
        listed = json.loads(ansible("ansible-doc", "--json", "--list", "--type", kind, "msp.autotask", **installed))
        there = {path.stem for path in (ROOT / folder).iterdir() if path.stem != "__pycache__"}
        assert set(listed) == {f"msp.autotask.{name}" for name in there}


def test_matrices_are_found_there(installed: dict[str, str]) -> None:
    """That of Work 365 in the defaults of its role."""
    message = "msg={{ query('msp.autotask.matrix', 'cow', 'work365') | map(attribute='resource.integration_vendor') }}"
    said = ansible("ansible", "localhost", "-m", "ansible.builtin.debug", "-a", message, **installed)
    assert "CyberDrain B.V." in said and "Work 365 Sync" in said


@pytest.mark.parametrize(
    ("playbook", "page", "words"),
    [
        ("runbook", "runbook/alder.example.md", "Security Level"),
        pytest.param("preflight", "preflight/alder.example.yml", "API User (system)", marks=pytest.mark.long),
    ],
)
def test_playbook_works_by_its_name(
    installed: dict[str, str], tmp_path: Path, playbook: str, page: str, words: str
) -> None:
    fleet = tmp_path / "fleet.yml"
    fleet.write_text("tenants: [{domain: alder.example, two_factor: false}]", encoding="utf-8")
    with SimulatedFleet(tmp_path / "run", fleet) as run:
        inventory = inventory_of(run)
        inventory["autotask"]["vars"][f"work365_integration_{playbook}_folder"] = str(tmp_path / playbook)
        (tmp_path / "inventory.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
        said = ansible(
            "ansible-playbook",
            *("-i", tmp_path / "inventory.yml", f"msp.autotask.{playbook}"),
            AUTOTASK_BROWSER_EXECUTABLE=os.environ.get("AUTOTASK_BROWSER_EXECUTABLE", ""),
            WORK365_VAULT_PASSWORD=run.environment["WORK365_VAULT_PASSWORD"],
            **installed,
        )
        assert "failed=0" in said
        assert words in (tmp_path / page).read_text(encoding="utf-8")


def inventory_of(run: SimulatedFleet) -> dict[str, t.Any]:
    command = [sys.executable, str(ROOT / "tools/fleet_inventory.py"), "--list"]
    listed = json.loads(subprocess.check_output(command, env=run.environment))
    hosts = {name: listed["_meta"]["hostvars"][name] for name in listed["autotask"]["hosts"]}
    return {"autotask": {"hosts": hosts, "vars": listed["autotask"]["vars"]}}
