# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples in the documentation of modules and filters do what they say, on a simulated tenant."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import typing as t
from pathlib import Path

import pytest
import yaml
from autotask_simulator.app import create_app
from autotask_simulator.fleet import DEFAULT_PASSWORD, parse_fleet
from autotask_simulator.seed import sow
from autotask_simulator.server import Server
from autotask_simulator.store import Store
from samples import each

ROOT = Path(__file__).parents[3]

MODULES = sorted((ROOT / "plugins/modules").glob("autotask_*.py"))
FILTERS = sorted((ROOT / "plugins/filter").glob("*.yml"))

TENANT: dict[str, t.Any] = {
    "domain": "msp.example",
    "two_factor": False,
    "extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new thing"}],
    "levels": [{"name": "Work 365 API User"}],
    "api_users": [
        {"user_name": "api.user@msp.example", "level": "Work 365 API User", "custom": "Example", "secret": "Secret-9"},
        {"user_name": "work365api@msp.example", "level": "Work 365 API User", "vendor": "Work 365 Sync"},
    ],
}
# Made by one module's examples and taken for granted by another's.
READER = {"name": "Contract Reader"}


def tasks_of(path: Path) -> list[dict[str, t.Any]]:
    """The examples of a module or a filter."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        return t.cast("list[dict[str, t.Any]]", yaml.safe_load(yaml.safe_load(text)["EXAMPLES"]))
    documents = {
        ast.unparse(line.targets[0]): line.value.value
        for line in ast.parse(text).body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
    }
    return t.cast("list[dict[str, t.Any]]", yaml.safe_load(documents["EXAMPLES"]))


@pytest.fixture
def tenant() -> t.Iterator[tuple[Store, str]]:
    store = Store()
    server = Server(create_app(store))
    yield store, server.url
    server.close()
    store.close()


def play(folder: Path, tasks: list[dict[str, t.Any]], **parts: t.Any) -> None:
    book = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        **parts,
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}", **parts.get("vars", {})},
        "tasks": tasks,
    }
    (folder / "playbook.yml").write_text(yaml.safe_dump([book], sort_keys=False), encoding="utf-8")
    run(folder, folder / "playbook.yml", **parts.get("environment", {}))


def run(folder: Path, playbook: Path, *arguments: str, **environment: str) -> str:
    """What ansible-playbook says of a playbook that must succeed."""
    ran = subprocess.run(
        ["ansible-playbook", str(playbook), *arguments],
        cwd=folder,
        env={"ANSIBLE_COLLECTIONS_PATH": os.environ["PYTHONPATH"], **os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.parametrize("path", each(MODULES, in_make_test=["autotask_access_info.py", "autotask_zone_info.py"]))
def test_examples_of_a_module(path: Path, tenant: tuple[Store, str], tmp_path: Path) -> None:
    store, url = tenant
    levels = [*TENANT["levels"], READER] if path.stem == "autotask_resource" else TENANT["levels"]
    # One module makes the vendor's user, which the others find there.
    users = TENANT["api_users"][:1] if path.stem == "autotask_integrations" else TENANT["api_users"]
    sow(store, parse_fleet({"tenants": [{**TENANT, "levels": levels, "api_users": users}]}))
    found = store.find_api_user("api.user@msp.example")
    assert found
    api = {"api_url": f"{url}ATServicesRest/"}
    files = {"console_session": str(tmp_path / "session"), "state_dir": str(tmp_path / "state")}
    console = {"console_url": url, "timeout": 120, **files}
    variables = {
        "console_username": "admin@msp.example",
        "console_password": DEFAULT_PASSWORD,
        "vault_api_user_name": "api.user@msp.example",
        "vault_api_secret": "Secret-9",
        "vault_api_integration_code": found[1].tracking_identifier,
        "vaulted_api_secret": "Secret-of-the-reader-1",
        "vaulted_check_secret": "Secret-of-the-check-1",
        "inventory_dir": str(tmp_path),
    }
    vault_password = tmp_path / "vault_password"
    vault_password.write_text("Correct-Horse-9\n", encoding="utf-8")
    environment = {
        "ANSIBLE_VAULT_PASSWORD_FILE": str(vault_password),
        "AUTOTASK_API_USER_NAME": variables["vault_api_user_name"],
        "AUTOTASK_API_SECRET": variables["vault_api_secret"],
        "AUTOTASK_API_INTEGRATION_CODE": variables["vault_api_integration_code"],
    }
    rest = path.stem in ("autotask_access_info", "autotask_zone_info")
    defaults = {f"msp.autotask.{path.stem}": api if rest else console}
    # Its user may do nothing, so the example that insists on a proof cannot hold here.
    tasks = [task for task in tasks_of(path) if "ansible.builtin.assert" not in task]
    assert [task for task in tasks if f"msp.autotask.{path.stem}" in task]
    play(tmp_path, tasks, module_defaults=defaults, vars=variables, environment=environment)


def test_examples_of_the_filters(tmp_path: Path) -> None:
    tasks = [task for path in FILTERS for task in tasks_of(path)]
    assert len(tasks) >= len(FILTERS)
    play(tmp_path, tasks)


@pytest.mark.long
def test_the_playbook_without_the_role(tenant: tuple[Store, str], tmp_path: Path) -> None:
    store, url = tenant
    sow(store, parse_fleet({"tenants": [{"domain": "msp.example", "two_factor": False}]}))
    secret = tmp_path / "secret.yml"
    secret.write_text("contract_reports_secret: Correct-Horse-9\n", encoding="utf-8")
    environment = {
        "HOME": str(tmp_path),
        "AUTOTASK_CONSOLE_URL": url,
        "AUTOTASK_CONSOLE_USERNAME": "admin@msp.example",
        "AUTOTASK_CONSOLE_PASSWORD": DEFAULT_PASSWORD,
        "AUTOTASK_API_URL": f"{url}ATServicesRest/",
    }
    playbook = ROOT / "playbooks/examples/without-the-role.yml"

    def changes(*arguments: str) -> str:
        said = run(tmp_path, playbook, "--extra-vars", f"@{secret}", *arguments, **environment)
        return re.findall(r"changed=(\d+)", said)[-1]

    assert changes("--check") == "2"
    assert changes() == "2"
    assert changes() == "0"
    assert len(store.tenant("msp.example").events("logged_in")) == 1


@pytest.mark.long
def test_a_tenant_that_was_written_down_is_as_it_is_written(tenant: tuple[Store, str], tmp_path: Path) -> None:
    store, url = tenant
    sow(store, parse_fleet({"tenants": [TENANT]}))
    shutil.copy(ROOT / "playbooks/examples/export.yml", tmp_path)
    reach = {
        "console_url": url,
        "console_username": "admin@msp.example",
        "console_password": DEFAULT_PASSWORD,
    }
    host = {f"work365_integration_{name}": value for name, value in reach.items()}
    inventory = tmp_path / "inventory.yml"
    inventory.write_text(yaml.safe_dump({"autotask": {"hosts": {"msp": host}}}), encoding="utf-8")
    run(tmp_path, tmp_path / "export.yml", "--inventory", str(inventory), HOME=str(tmp_path))
    written = yaml.safe_load((tmp_path / "exported" / "msp.yml").read_text(encoding="utf-8"))
    assert {user["user_name"] for user in written["api_users"]} == {user["user_name"] for user in TENANT["api_users"]}
    level = {"name": "Work 365 API User", "permissions": written["permissions"]["Work 365 API User"]}
    apply = {"msp.autotask.autotask_security_level": {**level, **reach, "timeout": 120}, "register": "applied"}
    unchanged = {"ansible.builtin.assert": {"that": "applied is not changed"}}
    play(tmp_path, [apply, unchanged])
    assert len(store.tenant("msp.example").events("logged_in")) == 2
