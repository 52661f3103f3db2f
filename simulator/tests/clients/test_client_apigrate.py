# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""npm's @apigrate/autotask-restapi: the tests that it ships, which its author runs against a live tenant."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from client_service import HERE, Service

CLIENT = "@apigrate/autotask-restapi"


def test_its_own_tests(service: Service, node_clients: Path, allowed: dict[str, str], tmp_path: Path) -> None:
    # Jest runs nothing below node_modules.
    shutil.copytree(node_clients / "node_modules" / CLIENT, tmp_path / "client")
    (tmp_path / "node_modules").symlink_to(node_clients / "node_modules")
    environment = {
        **os.environ,
        "AUTOTASK_USER": service.user_name,
        "AUTOTASK_SECRET": service.secret,
        "AUTOTASK_INTEGRATION_CODE": service.code,
        "AUTOTASK_SIMULATOR": service.url.rstrip("/"),
        "NODE_OPTIONS": f"--require {HERE / 'redirect.js'}",
    }
    jest = [
        "node",
        node_clients / "node_modules/jest/bin/jest.js",
        "--runInBand",
        "--json",
        "--outputFile=../told.json",
    ]
    ran = subprocess.run(
        jest, cwd=tmp_path / "client", env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert (tmp_path / "told.json").exists(), ran.stderr
    [suite] = json.loads((tmp_path / "told.json").read_text())["testResults"]
    ended = {test["title"]: test for test in suite["assertionResults"]}
    failed = {title: test["failureMessages"] for title, test in ended.items() if test["status"] != "passed"}
    assert len(ended) > 5 and failed.keys() == allowed.keys(), json.dumps(failed, indent=2)
