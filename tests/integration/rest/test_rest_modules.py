# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The REST modules as Ansible really runs them: packed, in a process of their own, at the highest verbosity."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import yaml

ENTITIES = [
    {"entity": "Companies", "query": "needed", "delete": "forbidden"},
    {"entity": "Tickets", "create": "needed", "reason": "So that something is missing."},
    {"entity": "Nonsense", "query": "needed"},
]


def play(folder, made, *tasks, secret=None):
    """Run a playbook with the tasks and return the output and the results that it registered."""
    credentials = {
        "api_user_name": made.user.user_name,
        "api_secret": "{{ lookup('ansible.builtin.env', 'SECRET') }}",
        "api_integration_code": "{{ lookup('ansible.builtin.env', 'CODE') }}",
    }
    book = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        "module_defaults": {
            "group/msp.autotask.rest": {"api_url": made.url},
            "msp.autotask.autotask_access_info": credentials,
        },
        "tasks": [{**task, "register": "result", "ignore_errors": True} for task in tasks]
        + [{"ansible.builtin.copy": {"dest": str(folder / "result.json"), "content": "{{ result | to_json }}"}}],
    }
    path = Path(folder / "playbook.yml")
    path.write_text(yaml.safe_dump([book], sort_keys=False))
    environment = {**os.environ, "SECRET": secret or made.user_secret, "CODE": made.user.tracking_identifier}
    environment.setdefault("ANSIBLE_COLLECTIONS_PATH", os.environ["PYTHONPATH"])
    command = ["ansible-playbook", "-vvvv", str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output, json.loads((folder / "result.json").read_text())


def test_the_zone_is_looked_up(subject, tmp_path):
    made = subject()
    _, result = play(tmp_path, made, {"msp.autotask.autotask_zone_info": {"user_name": made.user.user_name}})
    assert result["zone"]["api_url"] == made.url


def test_a_proof_that_fails_is_a_result_without_secrets(subject, tmp_path):
    made = subject()
    output, result = play(tmp_path, made, {"msp.autotask.autotask_access_info": {"expected": ENTITIES}})
    assert not result["proven"] and not result["failed"] and not result["changed"]
    assert result["report"][0] == "error: Tickets create: needed but not granted. So that something is missing."
    assert [item["entity"] for item in result["unread"]] == ["Nonsense"]
    assert made.user_secret not in output and made.user.tracking_identifier not in output


def test_a_refused_secret_is_a_failure_without_secrets(subject, tmp_path):
    made = subject()
    task = {"msp.autotask.autotask_access_info": {"entities": ["Companies"]}}
    output, result = play(tmp_path, made, task, secret="Not-the-secret-1")
    assert result["failed"] and result["failure"] == {"reason": "wrong_credentials"}
    assert "Not-the-secret-1" not in output and made.user.tracking_identifier not in output
    assert made.present.failed_logins == 1
