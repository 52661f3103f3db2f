# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules that Ansible left behind, by a task's C(timeout) or because it was killed: they write nothing more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import yaml
from samples import each
from simulated_console import READER, VENDOR, Console, Hold
from test_processes import of_console, wait_for

Add = t.Callable[..., Console]

HELD_PAGES = {"autotask_security_level": "security_levels", "autotask_resource": "new_api_user"}
"""A page that comes before a module writes anything."""


def options(tenant: Console, module: str) -> dict[str, t.Any]:
    wanted = READER if module == "autotask_security_level" else {**tenant.person, "integration_vendor": VENDOR}
    connection = {name: value for name, value in tenant.connection.items() if value is not None}
    return {**connection, **wanted, "timeout": 240}


def play(tenant: Console, folder: Path, module: str, **keywords: t.Any) -> subprocess.Popen[str]:
    """Start ansible-playbook with one task, which has these *keywords*."""
    tenant.arm("slow", HELD_PAGES[module])
    tasks = [{f"msp.autotask.{module}": options(tenant, module), **keywords}]
    plays = [
        {
            "hosts": "localhost",
            "gather_facts": False,
            "vars": {"ansible_connection": "local", "ansible_python_interpreter": sys.executable},
            "tasks": tasks,
        }
    ]
    playbook = folder / "playbook.yml"
    playbook.write_text(yaml.safe_dump(plays), encoding="utf-8")
    return subprocess.Popen(
        ["ansible-playbook", str(playbook)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": os.environ["PYTHONPATH"].split(":")[0],
            "TMPDIR": str(tenant.temporary),
        },
    )


def end_of(tenant: Console, hold: Hold) -> None:
    """Let the module go on, and wait for its end."""
    assert of_console(tenant), "the module was left behind"
    hold.let_go.set()
    wait_for(lambda: not of_console(tenant))


@pytest.mark.parametrize(
    "keywords", [{}, pytest.param({"async": 300, "poll": 1}, marks=pytest.mark.long)], ids=["", "async"]
)
@pytest.mark.parametrize("module", each(HELD_PAGES, in_make_test=["autotask_resource"]))
def test_after_a_kill_nothing_more_is_written(
    console: Add, hold: Hold, tmp_path: Path, module: str, keywords: dict[str, t.Any]
) -> None:
    tenant = console(copy_stored="at_once")
    playbook = play(tenant, tmp_path, module, **keywords)
    assert hold.reached.wait(240)
    playbook.send_signal(signal.SIGKILL)
    # Not its whole output: the worker has it open still.
    playbook.wait(30)
    end_of(tenant, hold)
    assert not tenant.writes
    playbook.communicate()


@pytest.mark.long
@pytest.mark.parametrize("module", HELD_PAGES)
def test_after_a_time_out_nothing_more_is_written(console: Add, hold: Hold, tmp_path: Path, module: str) -> None:
    tenant = console(copy_stored="at_once")
    playbook = play(tenant, tmp_path, module, timeout=12)
    out, _ = playbook.communicate(timeout=240)
    assert playbook.returncode == 2 and "Timed out" in out, out
    end_of(tenant, hold)
    assert not tenant.writes


@pytest.mark.long
def test_a_run_that_is_there_to_the_end_writes(console: Add, hold: Hold, tmp_path: Path) -> None:
    tenant = console(copy_stored="at_once")
    playbook = play(tenant, tmp_path, "autotask_security_level")
    assert hold.reached.wait(240)
    hold.let_go.set()
    out, _ = playbook.communicate(timeout=240)
    assert playbook.returncode == 0, out
    assert tenant.custom_levels() == ["Reader"]
