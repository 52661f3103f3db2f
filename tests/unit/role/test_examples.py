# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Example inventories and playbooks with stand-ins for the console, and the examples of modules that need none."""

from __future__ import annotations

import importlib
import json
import shutil
from pathlib import Path

import pytest
import yaml

from .site import PASSWORD, ROOT, Outcome, Site

EXAMPLES = ROOT / "playbooks" / "examples"


def test_what_tenants_have_is_written_down(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    user = {"user_name": "one1@alder.example", "active": False, "security_level": "Level 1"}
    (site.folder / "alder.json").write_text(json.dumps({"one1": user}), encoding="utf-8")
    shutil.copy(EXAMPLES / "export.yml", site.folder)
    run = site.play("export.yml")
    assert run.status == 0, run.output
    assert [call["kind"] for call in run.calls] == ["users"]
    written = site.folder / "exported" / "alder.yml"
    assert written.stat().st_mode & 0o777 == 0o600 and list(written.parent.iterdir()) == [written]
    found = yaml.safe_load(written.read_text(encoding="utf-8"))
    assert list(found["permissions"]) == ["API User (system)", "Level 0", "Level 1"]
    assert found["permissions"]["Level 1"] == {"crm": {"organizations": {"add": True}}}
    assert found["api_users"] == [{"name": "one1", **user}]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


def make_by_hand(site: Site, tenant: str) -> None:
    """Put the user there that the example takes over."""
    user = {"user_name": f"work365api@{tenant}.example"}
    (site.folder / f"automation@{tenant}.json").write_text(json.dumps({"work365api": user}), encoding="utf-8")


def tenants(run: Outcome) -> set[str]:
    return {call["tenant"].removeprefix("automation@") for call in run.calls}


def test_the_shortest_inventory_is_provisioned(site: Site) -> None:
    shutil.copy(EXAMPLES / "inventory.yml", site.folder)
    make_by_hand(site, "birch")
    secrets = ("--extra-vars", "vault_birch_password=Right-1")
    run = site.play(
        "provision",
        "--check",
        *secrets,
        source="inventory.yml",
        WORK365_VAULT_PASSWORD=PASSWORD,
        ALDER_PASSWORD="Right-1",
        ALDER_TOTP_SECRET="JBSWY3DPEHPK3PXP",
    )
    assert run.status == 0, run.output
    assert tenants(run) == {"alder", "birch"}


def test_the_fleet_is_provisioned_but_for_those_that_are_off_or_done_by_hand(site: Site) -> None:
    shutil.copytree(EXAMPLES / "fleet", site.folder / "fleet")
    make_by_hand(site, "fir")
    here = ("alder", "birch", "cedar", "elm", "fir")
    secrets = ("--extra-vars", json.dumps({"vault_console_passwords": dict.fromkeys(here, "Right-1")}))
    where = {"source": "fleet/inventory.yml", "WORK365_VAULT_PASSWORD": PASSWORD}
    run = site.play("provision", "--check", *secrets, **where)
    assert run.status == 0, run.output
    assert tenants(run) == {*here}
    level = {name: run.calls_of(f"automation@{name}", "level")[0]["params"]["permissions"] for name in here}
    assert level["alder"] == level["birch"] != level["elm"] == level["fir"]
    assert level["cedar"]["crm"]["contacts"]["edit"] is False

    by_hand = "work365_integration_tenants=by_hand work365_integration_enabled=true"
    run = site.play("runbook", "--extra-vars", by_hand, *secrets, **where)
    assert run.status == 0, run.output
    assert "Companies" in (site.folder / "fleet" / "runbook" / "hazel.md").read_text(encoding="utf-8")


def test_the_examples_of_modules_that_need_no_console(site: Site, tmp_path: Path) -> None:
    """Those that are left: a session takes a person, and the plan and the result of a role are called in it alone."""
    names = ("credentials", "pages", "audit_report", "fleet_check")
    modules = [importlib.import_module(f"ansible_collections.msp.autotask.plugins.modules.{name}") for name in names]
    tasks = [task for module in modules for task in yaml.safe_load(module.EXAMPLES)]
    site.add("alder")
    site.keep_vault_password_in_a_file()
    site.environment["HOME"] = str(tmp_path)
    play = {
        "hosts": "autotask",
        "connection": "local",
        "gather_facts": False,
        "vars": {"found": {"seen": 1}},
        "tasks": tasks,
    }
    run = site.play_own(play)
    assert run.status == 0, run.output
    assert (tmp_path / "found.yml").exists() and (tmp_path / "audit" / "audit.html").exists()
    assert (tmp_path / "audit-of-all" / "audit.html").exists()
