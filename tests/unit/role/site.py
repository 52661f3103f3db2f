# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The real role and playbook in real Ansible, with stand-ins for the modules that need a browser or a network."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import re
import stat
import subprocess
import sys
import typing as t
from pathlib import Path
from unittest import mock

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

ROOT = Path(__file__).parents[3]
PASSWORD = "CANARY-VAULT-PASSWORD"
SPECS = "specs.json"
CONSOLE_PASSWORD = "CANARY-CONSOLE-PASSWORD"


class Site:
    """A folder with an inventory, where the playbook can be run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inventory = folder / "inventory"
        self.credentials = self.inventory / "credentials"
        self.collections = collection_with_stand_ins(folder / "collections")
        self.inventory.mkdir()
        # Ansible's own polling takes a good part of a run in which nothing is waited for.
        (folder / "ansible.cfg").write_text("[defaults]\ninternal_poll_interval = 0.01\n", encoding="utf-8")
        self.hosts: dict[str, dict[str, t.Any]] = {}
        self.environment: dict[str, str] = {}
        self.variables: dict[str, t.Any] = {
            "work365_integration_console_password": CONSOLE_PASSWORD,
            "work365_integration_email": "work365@msp.example",
            "work365_integration_vault_password": PASSWORD,
        }

    def add(self, tenant: str, **variables: t.Any) -> None:
        user = {"console_username": f"admin@{tenant}.example", **variables}
        self.hosts[tenant] = {f"work365_integration_{name}": value for name, value in user.items()}

    def keep_vault_password_in_a_file(self) -> None:
        """Leave it to Ansible's configuration where the vault password is."""
        file = self.folder / "vault-password"
        file.write_text(self.variables.pop("work365_integration_vault_password") + "\n", encoding="utf-8")
        self.environment["ANSIBLE_VAULT_PASSWORD_FILE"] = str(file)

    def put(self, tenant: str, content: str) -> None:
        self.credentials.mkdir(exist_ok=True)
        (self.credentials / f"{tenant}.yml").write_text(content, encoding="utf-8")

    def provision(self, *options: str, source: str = "inventory/hosts.yml") -> Outcome:
        return self.play("provision", *options, source=source)

    def play_own(self, *plays: dict[str, t.Any], options: t.Sequence[str] = ()) -> Outcome:
        """Run a playbook of the user's own."""
        (self.folder / "own.yml").write_text(yaml.safe_dump(list(plays), sort_keys=False), encoding="utf-8")
        return self.play("own.yml", *options)

    def kill_at(self, point: str, time: int = 1) -> None:
        """Let the next run be killed the *time*-th time that a stand-in comes to a point, such as "user before"."""
        (self.folder / "kill").write_text(f"{point}\n" * time, encoding="utf-8")

    def play(self, playbook: str, *options: str, source: str = "inventory/hosts.yml", **environment: str) -> Outcome:
        hosts = {"autotask": {"hosts": self.hosts, "vars": self.variables}}
        (self.inventory / "hosts.yml").write_text(yaml.safe_dump(hosts), encoding="utf-8")
        environment |= {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "WORK365"))},
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "STAND_IN_FOLDER": str(self.folder),
            "STAND_IN_SPECS": str(self.collections / SPECS),
            # Python would look there for the collection before it looks among the stand-ins.
            "PYTHONPATH": "",
            **self.environment,
        }
        own = playbook.endswith(".yml")
        run = subprocess.run(
            ["ansible-playbook", "--inventory", source, playbook if own else f"msp.autotask.{playbook}", *options],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        journal = self.folder / "journal"
        calls = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
        journal.unlink(missing_ok=True)
        return Outcome(
            status=run.returncode,
            output=run.stdout,
            calls=[json.loads(call) for call in calls],
            files={path.relative_to(self.inventory).as_posix(): File(path) for path in self.inventory.rglob("*.*")},
        )


class File:
    """A file as it is now."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text(encoding="utf-8")
        self.mode = stat.S_IMODE(path.stat().st_mode)


@dataclasses.dataclass
class Outcome:
    """What came of a run."""

    status: int
    output: str
    calls: list[dict[str, t.Any]]
    """How the stand-ins were called, with what the credentials files held at that moment."""
    files: dict[str, File]
    """What is in the inventory's folder now."""

    @property
    def words(self) -> str:
        """The output on one line, for sentences that are wrapped in it."""
        return " ".join(self.output.split())

    def calls_of(self, tenant: str, kind: str | None = None) -> list[dict[str, t.Any]]:
        return [call for call in self.calls if call["tenant"] == tenant and kind in (None, call["kind"])]

    def kept(self, tenant: str) -> dict[str, t.Any]:
        """Return what the tenant's credentials file holds of its users."""
        return users_of(self.files[f"credentials/{tenant}.yml"].text)


def vault(password: str = PASSWORD) -> VaultLib:
    return VaultLib([("default", VaultSecret(password.encode()))])


def opened(sealed: str) -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", yaml.safe_load(vault().decrypt(sealed)))


def users_of(sealed_text: str) -> dict[str, t.Any]:
    """What is kept of the users, by whichever version of the collection."""
    content = opened(sealed_text)
    return t.cast("dict[str, t.Any]", content["users"]) if "version" in content else content


def sealed(content: dict[str, t.Any], password: str = PASSWORD) -> str:
    return t.cast(str, vault(password).encrypt(yaml.safe_dump(content)).decode())


def collection_with_stand_ins(root: Path) -> Path:
    """Make a collection of links to the real one, but for the modules."""
    stand_ins = Path(__file__).parent
    collection = root / "ansible_collections" / "msp" / "autotask"
    (collection / "plugins" / "module_utils").mkdir(parents=True)
    for name in ("galaxy.yml", "meta", "playbooks", "roles"):
        (collection / name).symlink_to(ROOT / name)
    for name in ("action", "doc_fragments", "filter", "plugin_utils"):
        (collection / "plugins" / name).symlink_to(ROOT / "plugins" / name)
    for path in (ROOT / "plugins" / "module_utils").iterdir():
        (collection / "plugins" / "module_utils" / path.name).symlink_to(path)
    (collection / "plugins" / "module_utils" / "stand_in.py").symlink_to(stand_ins / "stand_in.py")
    (collection / "plugins" / "modules").mkdir()
    for path in (ROOT / "plugins" / "modules").glob("*.py"):
        (collection / "plugins" / "modules" / path.name).write_text(stand_in_for(path), encoding="utf-8")
    specs = {path.stem: argument_spec_of(path.stem) for path in (stand_ins / "stand_ins").glob("*.py")}
    (root / SPECS).write_text(json.dumps(specs), encoding="utf-8")
    return root


def stand_in_for(module: Path) -> str:
    """What is documented is the real module's, what is done the stand-in's."""
    real = module.read_text(encoding="utf-8")
    stand_in = Path(__file__).parent / "stand_ins" / module.name
    if not stand_in.exists():
        return real
    documentation = re.findall(r'^(?:DOCUMENTATION|RETURN) = r""".*?^"""$', real, re.MULTILINE | re.DOTALL)
    start, future, rest = stand_in.read_text(encoding="utf-8").partition("from __future__ import annotations\n")
    return start + future + "\n".join(documentation) + rest


def argument_spec_of(name: str) -> dict[str, t.Any]:
    """The options of the real module, as its stand-in takes them."""
    module = importlib.import_module(f"ansible_collections.msp.autotask.plugins.modules.{name}")
    asked: list[dict[str, t.Any]] = []

    class Asked(Exception):
        """The module has said what it takes."""

    def ask(*, argument_spec: dict[str, t.Any], **_more: t.Any) -> t.NoReturn:
        asked.append(argument_spec)
        raise Asked

    with mock.patch.object(module, "AnsibleModule", ask), contextlib.suppress(Asked):
        module.main()
    return {
        name: {key: value for key, value in option.items() if key != "fallback"} for name, option in asked[0].items()
    }
