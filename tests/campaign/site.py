# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A folder from which an operator runs the playbooks on one simulated tenant, and all that Ansible writes there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from campaign.processes import GO_ON, HELD, MARK, kill_marked
from campaign.simulation import Target

VAULT_PASSWORD = "Vault-Pass-of-the-campaign-5"
TASKS = "tasks"
PLUGINS = Path(__file__).parent / "callback_plugins"


@dataclass(frozen=True)
class Task:
    """A task as a run came to it."""

    number: int
    name: str
    action: str
    skipped: bool


class Site:
    """The operator's folder; it lies in the tenant's."""

    def __init__(self, target: Target, name: str = "site", host: str = "", **variables: t.Any) -> None:
        self.target = target
        self.host = host or target.tenant.domain
        self.folder = target.folder / name
        self.home = target.folder / f"home of {name}"
        self.folder.mkdir()
        connection = target.connection
        said = {
            "work365_integration_console_url": connection["console_url"],
            "work365_integration_api_url": f"{connection['console_url']}ATServicesRest/",
            "work365_integration_console_username": connection["console_username"],
            "work365_integration_console_password": connection["console_password"],
            "work365_integration_email": "work365@msp.example",
            "work365_integration_decommission": self.host,
            "work365_integration_credentials_file": f"{self.folder}/kept/credentials.yml",
            "work365_integration_handover_file": f"{self.folder}/handover.md",
            "work365_integration_preflight_folder": f"{self.folder}/preflight",
            "work365_integration_verify_wait": 10,
            **variables,
        }
        given = {name: value for name, value in said.items() if value is not None}
        inventory = {"autotask": {"hosts": {self.host: given}}}
        (self.folder / "hosts.json").write_text(json.dumps(inventory), encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")},
            "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
            "ANSIBLE_CONFIG": os.environ["ANSIBLE_CONFIG"],
            "ANSIBLE_HOME": str(self.home),
            "HOME": str(self.home),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "TMPDIR": str(self.target.temporary),
            "WORK365_VAULT_PASSWORD": VAULT_PASSWORD,
            MARK: self.target.mark,
        }

    def start(self, playbook: str, *options: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["ansible-playbook", "--inventory", "hosts.json", f"msp.autotask.{playbook}", *options],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def play(self, playbook: str, *options: str, **environment: str) -> str:
        """Run a playbook to its end, well, and return its output."""
        process = self.start(playbook, *options, **environment)
        output, _ = process.communicate(timeout=600)
        assert process.returncode == 0, output[-3000:]
        return output

    def tasks_of(self, playbook: str) -> list[Task]:
        """Run a playbook to its end; every task that the run came to."""
        self.play(playbook, **self._counted())
        lines = (self.folder / TASKS).read_text(encoding="utf-8").splitlines()
        return [Task(number, *json.loads(line)) for number, line in enumerate(lines, start=1)]

    def held_before(self, task: Task, playbook: str) -> subprocess.Popen[str]:
        """Start a playbook that stands still before that task until let_go()."""
        return self.start(playbook, **self._counted(), CAMPAIGN_HOLD_BEFORE=str(task.number))

    @property
    def held(self) -> bool:
        return (self.folder / HELD).exists()

    def let_go(self) -> None:
        (self.folder / GO_ON).touch()

    def killed_before(self, task: Task, playbook: str) -> None:
        """Run a playbook that is killed, with all its modules and browsers, before that task."""
        process = self.start(playbook, **self._counted(), CAMPAIGN_KILL_BEFORE=str(task.number))
        output, _ = process.communicate(timeout=600)
        assert process.returncode == -9, f"the run ended before it could be killed: {output[-2000:]}"
        kill_marked(self.target.mark)

    def _counted(self) -> dict[str, str]:
        return {
            "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS),
            "ANSIBLE_CALLBACKS_ENABLED": "campaign_tasks",
            "CAMPAIGN_TASKS": str(self.folder / TASKS),
        }

    def kept(self) -> dict[str, t.Any]:
        """The credentials of the users as 'ansible-vault view' shows them."""
        return _opened(self.folder / "kept" / "credentials.yml")

    def kept_if_any(self) -> dict[str, t.Any]:
        return self.kept() if (self.folder / "kept" / "credentials.yml").exists() else {}

    def archived(self) -> list[dict[str, t.Any]]:
        """What was put away, oldest first."""
        return [_opened(path) for path in sorted((self.folder / "kept" / "archive").glob("*"))]

    def share_credentials_of(self, other: Site) -> None:
        """Keep them in one folder, as a team does."""
        (other.folder / "kept").mkdir(exist_ok=True)
        (self.folder / "kept").symlink_to(other.folder / "kept")

    def refuse_leftovers(self, *secrets: str) -> None:
        """Nothing of ours may be left of any run, and what Ansible leaves when it is killed must hold no secret."""
        self.target.refuse_leftovers()
        # What is remembered of accounts and tenants, and the driver's compiled code, are meant to stay.
        here = (self.home / "msp.autotask").glob("*")
        sessions = [path.name for path in here if path.name not in ("accounts", "tenants", "compiled")]
        assert not sessions, f"sessions are left: {sessions}"
        for path in (self.home / "tmp").rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert not [secret for secret in secrets if secret.encode() in content], f"{path} holds a secret"


def _opened(sealed: Path) -> dict[str, t.Any]:
    vault = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
    return t.cast("dict[str, t.Any]", yaml.safe_load(vault.decrypt(sealed.read_bytes()))["users"])
