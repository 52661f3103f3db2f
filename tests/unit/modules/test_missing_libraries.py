# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where Python has neither Playwright nor requests, every module says so in Ansible's usual words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MODULES = sorted(path.stem for path in (Path(__file__).parents[3] / "plugins/modules").glob("autotask_*.py"))

CONSOLE = {"console_username": "admin@msp.example"}
USER = {"user_name": "key", "first_name": "A", "last_name": "B", "internal_integration": "C"}
OPTIONS = {
    "autotask_access_info": {
        "api_user_name": "key@msp.example",
        "api_secret": "any",
        "api_integration_code": "any",
        "entities": ["Companies"],
    },
    "autotask_resource": {**USER, **CONSOLE},
    "autotask_resource_info": CONSOLE,
    "autotask_security_level": {"name": "Reader", **CONSOLE},
    "autotask_security_level_info": CONSOLE,
    "autotask_zone_info": {"user_name": "key@msp.example"},
}

WITHOUT_LIBRARIES = """
import json, runpy, sys
sys.modules.update(playwright=None, requests=None)
from ansible.module_utils.testing import patch_module_args
with patch_module_args(json.loads(sys.argv[2])):
    runpy.run_module("ansible_collections.msp.autotask.plugins.modules." + sys.argv[1], run_name="__main__")
"""


@pytest.mark.parametrize("module", MODULES)
def test_missing_library_is_named(module: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_LIBRARIES, module, json.dumps(OPTIONS[module])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout, ran.stderr
    result = json.loads(ran.stdout)
    library = "playwright" if "console_username" in OPTIONS[module] else "requests"
    assert f"Failed to import the required Python library ({library})" in result["msg"]
    assert result["failure"]["reason"] == "missing_library"
