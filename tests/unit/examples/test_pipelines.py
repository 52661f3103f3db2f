# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example pipelines are as their build servers take them, and do the same in each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "playbooks" / "examples"
PIPELINES = {
    "nightly-audit.yml": "vendor.github-workflows",
    "nightly-audit.gitlab-ci.yml": "vendor.gitlab-ci",
    "nightly-audit.azure-pipelines.yml": "vendor.azure-pipelines",
}
STEPS = [
    "ansible-galaxy collection install ./msp-autotask-*.tar.gz",
    "playwright install --with-deps chromium-headless-shell",
    "ansible-playbook -i inventory.yml msp.autotask.audit",
    # Where Ansible had nothing to do at all, it ends well and has written nothing.
    'test -n "$(find audit/audit.json -mmin -300)"',
]


@pytest.mark.parametrize(("name", "schema"), PIPELINES.items())
def test_a_pipeline_audits_and_insists_on_a_report_of_tonight(name: str, schema: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    places = [text.find(step) for step in STEPS]
    assert -1 not in places and places == sorted(places)
    checked = subprocess.run(
        [
            Path(sys.executable).parent / "check-jsonschema",
            "--regex-variant",
            "nonunicode",
            "--builtin-schema",
            schema,
            EXAMPLES / name,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
