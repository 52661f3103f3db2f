# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example playbooks that need a console, with stand-ins for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from .site import ROOT, Site

EXAMPLES = ROOT / "playbooks" / "examples"


def test_what_tenants_have_is_written_down(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    user = {"user_name": "one1@alder.example", "active": False, "security_level": "Level 1"}
    (site.folder / "alder.json").write_text(json.dumps({"one1": user}), encoding="utf-8")
    shutil.copy(EXAMPLES / "export.yml", site.folder)
    run = site.play("export.yml")
    assert run.status == 0, run.output
    assert {call["kind"] for call in run.calls} == {"levels", "users"}
    written = site.folder / "exported" / "alder.yml"
    assert written.stat().st_mode & 0o777 == 0o600 and list(written.parent.iterdir()) == [written]
    found = yaml.safe_load(written.read_text(encoding="utf-8"))
    assert list(found["permissions"]) == ["API User (system)", "Level 0", "Level 1"]
    assert found["permissions"]["Level 1"] == {"crm": {"organizations": {"add": True}}}
    assert found["api_users"] == [{"name": "one1", **user}]
