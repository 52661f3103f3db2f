# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where Python lacks a library that a module needs, the module says so in Ansible's usual words."""

from __future__ import annotations

import json
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest

MODULES = sorted(path.stem for path in (Path(__file__).parents[3] / "plugins/modules").glob("autotask_*.py"))

CONSOLE = {"console_username": "admin@msp.example"}
USER = {"user_name": "key", "first_name": "A", "last_name": "B", "internal_integration": "C"}
OPTIONS: dict[str, dict[str, t.Any]] = {
    "autotask_access_info": {
        "api_user_name": "key@msp.example",
        "api_secret": "any",
        "api_integration_code": "any",
        "entities": ["Companies"],
    },
    "autotask_integrations": {"integrations": [{"name": "A", "resources": [{"key": "a", **USER}]}], **CONSOLE},
    "autotask_integrations_info": {"integrations": [], **CONSOLE},
    "autotask_resource": {**USER, **CONSOLE},
    "autotask_resource_info": CONSOLE,
    "autotask_security_level": {"name": "Reader", **CONSOLE},
    "autotask_security_level_info": CONSOLE,
    "autotask_zone_info": {"user_name": "key@msp.example"},
}

WITHOUT_LIBRARIES = """
import json, runpy, sys
sys.modules.update(dict.fromkeys(sys.argv[3:]))
from ansible.module_utils.testing import patch_module_args
with patch_module_args(json.loads(sys.argv[2])):
    runpy.run_module("ansible_collections.msp.autotask.plugins.modules." + sys.argv[1], run_name="__main__")
"""


def run_without(libraries: list[str], module: str, **options: str) -> dict[str, t.Any]:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_LIBRARIES, module, json.dumps({**OPTIONS[module], **options}), *libraries],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout, ran.stderr
    result: dict[str, t.Any] = json.loads(ran.stdout)
    return result


@pytest.mark.parametrize("module", MODULES)
def test_missing_library_is_named(module: str) -> None:
    result = run_without(["playwright", "requests"], module)
    library = "playwright" if "console_username" in OPTIONS[module] else "requests"
    assert f"Failed to import the required Python library ({library})" in result["msg"]
    assert result["failure"]["reason"] == "missing_library"


def test_a_library_for_one_time_codes_is_asked_for_where_one_must_be_made() -> None:
    result = run_without(["cryptography"], "autotask_security_level", console_totp_secret="JBSWY3DPEHPK3PXP")
    assert "Failed to import the required Python library (cryptography)" in result["msg"]
    without = run_without(["cryptography"], "autotask_security_level", browser_executable="/nowhere", name="")
    assert "cryptography" not in without["msg"]
