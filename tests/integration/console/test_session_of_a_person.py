# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant whose log-in only a person can pass, worked in with the session that the person leaves.

The browser of these tests has no window; that one is refused otherwise is tried, too.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import typing as t
from pathlib import Path

import pytest
import yaml
from simulated_console import Console

Add = t.Callable[..., Console]

VAULT_PASSWORD = "Canary-Vault-3"


@pytest.fixture
def endpoint(tmp_path: Path) -> t.Iterator[str]:
    """A browser that somebody else started."""
    executable = os.environ["AUTOTASK_BROWSER_EXECUTABLE"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    log = tmp_path / "browser.log"
    with log.open("wb") as output:
        command = [executable, "--remote-debugging-port=0", "--no-sandbox", "--disable-gpu", profile, "about:blank"]
        browser = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        yield _address(log)
    finally:
        browser.terminate()
        browser.wait(20)


def _address(log: Path) -> str:
    for _ in range(300):
        if found := re.search(r"listening on (ws://\S+)", log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))


def play(tenant: Console, *tasks: dict[str, t.Any]) -> tuple[list[dict[str, t.Any]], str]:
    """Run tasks in a playbook and return what each came to, and all that it printed."""
    book = tenant.folder / "play.yml"
    file = tenant.folder / "vault-password"
    file.write_text(VAULT_PASSWORD)
    rows = [{**task, "register": f"result_{number}", "ignore_errors": True} for number, task in enumerate(tasks)]
    results = "[" + ", ".join(f"result_{number}" for number in range(len(tasks))) + "]"
    copy = {"content": f"{{{{ {results} | to_json }}}}", "dest": str(tenant.folder / "results.json"), "mode": "0600"}
    common = {"hosts": "alder", "gather_facts": False, "connection": "local"}
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    book.write_text(yaml.safe_dump([{**common, "vars": python, "tasks": [*rows, {"ansible.builtin.copy": copy}]}]))
    command = ["ansible-playbook", "-i", "alder,", "--vault-password-file", str(file), str(book), "-vvvv"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((tenant.folder / "results.json").read_text()), done.stdout + done.stderr


@pytest.mark.long
def test_a_tenant_with_single_sign_on_is_worked_in_until_the_session_ends(console: Add, endpoint: str) -> None:
    tenant = console(login="sso", person_ms=3000, levels=[{"name": "Reader"}])
    file = tenant.folder / "alder-session.yml"
    url = tenant.connection["console_url"]
    # A person types who they are; the page goes on by itself then.
    entry = f"{url}/identity-provider/authorize?login_hint={tenant.connection['console_username']}"
    log_in = {"console_url": entry, "path": str(file), "browser_endpoint": endpoint}
    look: dict[str, t.Any] = {
        "console_url": url,
        "console_username": "somebody@idp.example",
        "session": str(file),
        "tenant": tenant.tenant.domain,
        "state_dir": tenant.connection["state_dir"],
    }
    (made, levels, unseen), printed = play(
        tenant,
        {"msp.autotask.session": log_in},
        {"msp.autotask.autotask_security_level_info": look},
        {"msp.autotask.session": {**log_in, "browser_endpoint": "", "browser_executable": "/bin/headless-shell"}},
    )
    assert made.get("path") == str(file), made
    assert "Reader" in [level["name"] for level in levels["security_levels"]], levels
    assert unseen["failure"]["reason"] == "no_window", unseen
    sealed = file.read_bytes()
    assert sealed.startswith(b"$ANSIBLE_VAULT")
    (row,) = tenant.tenant.store.rows("SELECT token FROM sessions")
    assert row["token"] not in printed

    tenant.tenant.store.end_sessions(tenant.tenant.domain)
    (ended,), _printed = play(
        tenant, {"msp.autotask.autotask_security_level_info": {**look, "console_password": "Canary-Pass-5"}}
    )
    assert ended["failure"]["reason"] == "session_ended", ended
    assert "msp.autotask.login --limit alder" in ended["msg"]
    assert file.read_bytes() == sealed
    assert tenant.verbs("logged_in", "login_failed") == ["logged_in sso"], "no password was typed"
