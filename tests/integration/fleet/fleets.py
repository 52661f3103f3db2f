# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shipped playbooks, in real Ansible, with a real browser, against a simulated fleet."""

from __future__ import annotations

import json
import subprocess
import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from autotask_simulator.store import Tenant
from simulated_fleet import SimulatedFleet
from stored_state import LEVEL, writes

ROOT = Path(__file__).parents[3]


@dataclass
class Run:
    """What came of a playbook."""

    status: int
    output: str
    recap: dict[str, dict[str, t.Any]]

    @property
    def words(self) -> str:
        """The output on one line, for sentences that are wrapped in it."""
        return " ".join(self.output.split())

    def hosts(self, counter: str) -> set[str]:
        return {host for host, counts in self.recap.items() if counts[counter]}


class Fleet(SimulatedFleet):
    """Simulated tenants, and the playbooks to work on them."""

    def __init__(self, folder: Path, tenants: list[dict[str, t.Any]]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        fleet = folder / "fleet.yml"
        fleet.write_text(yaml.safe_dump({"tenants": tenants}), encoding="utf-8")
        super().__init__(folder, fleet)
        self.environment |= {
            "ANSIBLE_CALLBACK_PLUGINS": str(ROOT / "tools" / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "recap",
            "ANSIBLE_CONFIG": str(ROOT / "tools" / "ansible.cfg"),
            "ANSIBLE_FORKS": "2",
            "RECAP_PATH": str(self.folder / "recap.json"),
        }
        self._marks: dict[str, int] = {}

    def play(self, playbook: str, *options: str, **variables: t.Any) -> Run:
        """Run msp.autotask.PLAYBOOK with more *variables* for all tenants."""
        recap = self.folder / "recap.json"
        recap.unlink(missing_ok=True)
        command = self.command(playbook, *options, **variables)
        process = self.popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        output = process.communicate(timeout=1800)[0]
        return Run(process.returncode, output, json.loads(recap.read_text(encoding="utf-8")) if recap.exists() else {})

    def command(self, playbook: str, *options: str, **variables: t.Any) -> list[str]:
        inventories = ["--inventory", str(ROOT / "tools" / "fleet_inventory.py")]
        if (self.folder / "more.yml").exists():
            inventories += ["--inventory", str(self.folder / "more.yml")]
        given = {"work365_integration_audit_folder": str(self.folder / "audit"), **variables}
        values = ["--extra-vars", json.dumps(given)]
        return ["ansible-playbook", *inventories, *values, f"msp.autotask.{playbook}", *options]

    def vary(self, **tenants: dict[str, t.Any]) -> None:
        """Give single tenants other variables (names without the domain)."""
        hosts = {
            f"{name}.example": {f"work365_integration_{key}": value for key, value in variables.items()}
            for name, variables in tenants.items()
        }
        (self.folder / "more.yml").write_text(yaml.safe_dump({"autotask": {"hosts": hosts}}), encoding="utf-8")

    def tenant(self, name: str) -> Tenant:
        return self.store().tenant(f"{name}.example")

    def mark(self) -> None:
        """Remember where the event logs are now."""
        self._marks = {tenant.domain: max([0, *(e.id for e in tenant.events())]) for tenant in self.store().tenants()}

    def written(self) -> dict[str, list[str]]:
        """What was written since the mark, by tenant."""
        found = {
            tenant.domain.partition(".")[0]: [
                event.verb
                for event in writes(tenant)
                if event.id > self._marks.get(tenant.domain, 0) and event.verb != "login_failed"
            ]
            for tenant in self.store().tenants()
        }
        return {name: verbs for name, verbs in found.items() if verbs}

    def report(self) -> dict[str, t.Any]:
        return t.cast("dict[str, t.Any]", json.loads((self.folder / "audit/audit.json").read_text(encoding="utf-8")))

    def kept(self, name: str) -> dict[str, t.Any]:
        """Return what the tenant's credentials file holds."""
        return self.opened(self.folder / "credentials" / f"{name}.example.yml")

    def opened(self, file: Path) -> dict[str, t.Any]:
        vault = VaultLib([("default", VaultSecret(self.environment["WORK365_VAULT_PASSWORD"].encode()))])
        return t.cast("dict[str, t.Any]", yaml.safe_load(vault.decrypt(file.read_text(encoding="utf-8")))["users"])

    def by_hand(self, name: str, section: str, setting: str, value: t.Any) -> None:
        """Change the level as a person would who means well."""
        tenant = self.tenant(name)
        level = tenant.level(LEVEL)
        settings = {**level.settings, section: {**level.settings.get(section, {}), setting: value}}
        tenant.update_level(level.id, settings=settings)
