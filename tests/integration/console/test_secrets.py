# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret reaches output at -vvvv, evidence, session files, command lines or the environment of child processes."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
import typing as t
import urllib.parse
from pathlib import Path

import yaml
from simulated_console import VENDOR, Console

Add = t.Callable[..., Console]

PASSWORD = "Canary-Pass&word'7"
SECRET = "Canary-Secret+8/9%"
TOTP = "KRSXG5CTMVRXEZLUKN2XAZLSKNSWG4TF"


def spellings(secret: str) -> set[str]:
    return {
        secret,
        urllib.parse.quote(secret, safe=""),
        json.dumps(secret)[1:-1],
        base64.b64encode(secret.encode()).decode(),
    }


def around(secret: str, text: str) -> str:
    at = text.index(secret)
    return text[max(0, at - 300) : at + 100]


class Watch(threading.Thread):
    """Notes the command lines and environments of all processes below this one, as long as it runs."""

    def __init__(self, module_variable: str) -> None:
        super().__init__(daemon=True)
        self.command_lines: set[str] = set()
        self.child_environments: set[str] = set()
        self._mark = module_variable.encode()
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.1):
            for folder in Path("/proc").iterdir():
                with contextlib.suppress(OSError):
                    if folder.name.isdecimal() and self._mark in (environment := (folder / "environ").read_bytes()):
                        line = (folder / "cmdline").read_bytes().decode(errors="replace")
                        self.command_lines.add(line)
                        if "playwright" in line or "chrom" in line:
                            self.child_environments.add(environment.decode(errors="replace"))

    def end(self) -> None:
        self._over.set()
        self.join()


def test_no_secret_is_shown_anywhere(console: Add, tmp_path: Path) -> None:
    tenant = console(two_factor=True, admin={"password": PASSWORD, "totp_secret": TOTP}, levels=[{"name": "Reader"}])
    # Says the secret back, as some pages do with what was typed.
    text = f"The password {SECRET} is not good enough."
    tenant.arm("save_refused", "save_api_user", options={"text": text})
    evidence, session = tmp_path / "evidence", Path(tenant.connection["console_session"])
    user = {
        **tenant.person,
        "secret": "{{ the_secret }}",
        "integration_vendor": VENDOR,
        "security_level": "Reader",
    }
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {"ansible_connection": "local", "ansible_python_interpreter": sys.executable},
        "module_defaults": {
            "group/msp.autotask.console": {
                "console_url": tenant.connection["console_url"],
                "console_username": tenant.connection["console_username"],
                "console_session": str(session),
                "evidence_dir": str(evidence),
            }
        },
        "tasks": [
            {"name": "Refused", "msp.autotask.autotask_resource": user, "ignore_errors": True, "register": "refused"},
            {"name": "Created", "msp.autotask.autotask_resource": user},
            {"name": "Shown", "ansible.builtin.debug": {"var": "refused"}},
        ],
    }
    playbook = tmp_path / "playbook.yml"
    playbook.write_text(yaml.safe_dump([play]), encoding="utf-8")
    (tmp_path / "secrets.yml").write_text(yaml.safe_dump({"the_secret": SECRET}), encoding="utf-8")
    mark = f"MSP_AUTOTASK_TEST={tenant.tenant.domain}"
    watch = Watch(mark)
    watch.start()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ansible",
            "playbook",
            "-vvvv",
            "--diff",
            "-e",
            f"@{tmp_path}/secrets.yml",
            str(playbook),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": os.environ["PYTHONPATH"].split(":")[0],
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "AUTOTASK_CONSOLE_PASSWORD": PASSWORD,
            "AUTOTASK_CONSOLE_TOTP_SECRET": TOTP,
            "TMPDIR": str(tenant.temporary),
            mark.partition("=")[0]: mark.partition("=")[2],
        },
    )
    watch.end()
    output = done.stdout + done.stderr
    assert done.returncode == 0, output[-3000:]
    assert not list(tenant.temporary.iterdir()), "left after success or failure"
    assert output.count("save_refused") >= 2 and "********" in output
    assert tenant.tenant.api_user(tenant.user_name).secret_is(SECRET)
    assert any("--type=" in line or "headless" in line for line in watch.command_lines), "the browser was seen"
    assert watch.child_environments

    kept = b"".join(path.read_bytes() for path in evidence.rglob("*") if path.is_file()).decode(errors="replace")
    places = {
        "output": output,
        "evidence": kept,
        "session": session.read_text(),
        "command lines": "\n".join(watch.command_lines),
        "environments": "\n".join(watch.child_environments),
    }
    cookies = [cookie["value"] for cookie in json.loads(session.read_text())["storage_state"]["cookies"]]
    for secret in (PASSWORD, SECRET, TOTP):
        for spelling in spellings(secret):
            shown = {name: around(spelling, text) for name, text in places.items() if spelling in text}
            assert not shown
    for cookie in cookies:
        assert not [name for name, text in places.items() if name != "session" and cookie in text]
