# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin in a real run: on the controller, with the run's own vault secrets, and nothing secret in sight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import yaml

BIN = Path(sys.executable).parent
CLIENT = """#!/usr/bin/env python3
print("from a client script")
"""


class Site:
    """A folder with playbooks and what they leave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "password").write_text(" from a file \n")
        client = folder / "vault-client.py"
        client.write_text(CLIENT)
        client.chmod(0o700)
        self.output = ""

    def run(self, *tasks: dict[str, t.Any], options: t.Sequence[str] = (), **hosts: t.Any) -> list[dict[str, t.Any]]:
        """Run *tasks* on the hosts; returns what the last host's tasks came to."""
        hosts = hosts or {"alder": {"ansible_connection": "local"}}
        (self.folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"hosts": hosts}}))
        names = [f"result{number}" for number in range(len(tasks))]
        noted = [{**task, "ignore_errors": True, "register": name} for task, name in zip(tasks, names, strict=True)]
        # A callback that writes JSON is not part of ansible-core.
        note = {
            "ansible.builtin.copy": {"dest": f"{self.folder}/results", "content": f"{{{{ [{', '.join(names)}] }}}}"},
            "delegate_to": "localhost",
            "become": False,
            "check_mode": False,
            "vars": {"ansible_connection": "local"},
        }
        (self.folder / "play.yml").write_text(
            yaml.safe_dump([{"hosts": "all", "gather_facts": False, "tasks": [*noted, note]}])
        )
        command = [BIN / "ansible-playbook", "-i", "inventory.yml", "play.yml", *options]
        environment = {**os.environ, "HOME": str(self.folder), "ANSIBLE_LOCAL_TEMP": str(self.folder / "tmp")}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        self.output += done.stdout + done.stderr
        return t.cast("list[dict[str, t.Any]]", json.loads((self.folder / "results").read_text()))

    def view(self, path: str, *options: str) -> dict[str, t.Any]:
        command = [BIN / "ansible-vault", "view", *options, path]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120, check=True)
        return t.cast("dict[str, t.Any]", yaml.safe_load(done.stdout))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def ensure(**options: t.Any) -> dict[str, t.Any]:
    users = [{"key": "work365"}]
    return {"msp.autotask.credentials": {"tenant": "alder.example", "path": "c/alder.yml", "users": users, **options}}


FILE = ("--vault-password-file", "password")


def test_made_once_read_and_archived_whatever_the_connection_is(site: Site) -> None:
    """The host cannot be reached at all, and becoming somebody else is asked for."""
    read = {"msp.autotask.credentials": {"operation": "read", "tenant": "alder.example", "path": "~/c/alder.yml"}}
    archive = {"msp.autotask.credentials": {**read["msp.autotask.credentials"], "operation": "archive"}}
    host = {"ansible_connection": "ssh", "ansible_host": "192.0.2.1", "ansible_become": True}
    first, again, seen, archived = site.run(ensure(), ensure(), read, archive, options=FILE, alder=host)
    assert (first["changed"], again["changed"], seen["changed"], archived["changed"]) == (True, False, False, True)
    assert first["version"] == again["version"] == seen["version"]
    kept = site.view(archived["archived_to"], *FILE)
    assert seen["users"]["work365"]["user_name"] == kept["users"]["work365"]["user_name"]
    assert kept["users"]["work365"]["secret"] not in site.output


@pytest.mark.parametrize(
    ("options", "header"),
    [
        (("--vault-id", "prod@password"), "$ANSIBLE_VAULT;1.2;AES256;prod"),
        (("--vault-id", "lab@vault-client.py"), "$ANSIBLE_VAULT;1.2;AES256;lab"),
        (("--vault-password-file", "vault-client.py"), "$ANSIBLE_VAULT;1.1;AES256"),
    ],
)
def test_whatever_gives_ansible_its_vault_secrets_seals(site: Site, options: tuple[str, str], header: str) -> None:
    (made,) = site.run(ensure(), options=options)
    assert made["changed"]
    assert (site.folder / "c/alder.yml").read_text().splitlines()[0] == header
    assert site.view("c/alder.yml", *options)["tenant"] == "alder.example"


def test_mistakes_are_told_and_nothing_is_made(site: Site) -> None:
    no_text, no_name, inside, sealed = site.run(
        ensure(tenant=12), ensure(tennant="x"), ensure(path="c/birch.yml"), ensure()
    )
    assert no_text["failure"]["reason"] == no_name["failure"]["reason"] == "invalid_options"
    assert inside["failure"]["reason"] == sealed["failure"]["reason"] == "no_vault_secret"
    (below,) = site.run(ensure(), options=(*FILE, "-i", str(site.folder)))
    assert below["failure"]["reason"] == "bad_credentials_path"
    assert not (site.folder / "c").exists()


def test_a_check_makes_nothing_and_says_what_it_would(site: Site) -> None:
    (checked,) = site.run(ensure(), options=(*FILE, "--check"))
    assert (checked["changed"], checked["made"]) == (True, ["work365"])
    assert not (site.folder / "c").exists()


def test_one_path_for_two_tenants_is_refused(site: Site) -> None:
    task = ensure(tenant="{{ inventory_hostname }}.example")
    (last,) = site.run(task, options=(*FILE, "--forks", "1"), alder={}, birch={})
    assert last["failure"]["reason"] == "other_tenant"
    assert site.view("c/alder.yml", *FILE)["tenant"] == "alder.example"
