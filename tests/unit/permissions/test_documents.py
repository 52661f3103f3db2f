# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages of docs/ say what the data says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.several import OWN
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import everyone, matrix_of

from .permission_pages import whole_page

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"


def generate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "tools/generate_docs.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_the_generated_pages_are_up_to_date() -> None:
    checked = generate("--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_stale_page_is_noticed_and_renewed(tmp_path: Path) -> None:
    for page in ("permission-matrix.md", "security-level-settings.md"):
        shutil.copy(DOCS / page, tmp_path)
    stale = tmp_path / "permission-matrix.md"
    stale.write_text(stale.read_text().replace("**Full**", "**Limited**"))
    checked = generate("--check", "--folder", tmp_path)
    assert checked.returncode == 1 and str(stale) in checked.stdout
    assert generate("--folder", tmp_path).returncode == 0
    assert stale.read_text() == (DOCS / "permission-matrix.md").read_text()


def test_every_setting_is_on_the_settings_page() -> None:
    page = (DOCS / "security-level-settings.md").read_text()
    for section, setting in CATALOG.places():
        assert f"`{section.key}`" in page and f"`{setting.key}`" in page


def test_every_shipped_matrix_is_on_its_page_with_its_source() -> None:
    page = (DOCS / "matrices.md").read_text()
    for matrix in everyone():
        assert f"`{matrix.name}`" in page and str(matrix.source) in page
        assert all(item.why in page for item in matrix.left_out) and all(item in page for item in matrix.outside)


def test_the_worked_example_of_another_integration_holds() -> None:
    page = (DOCS / "another-integration.md").read_text()
    listed, different = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[:2])
    assert len(page.split("```yaml\n")[1].split("```")[0].splitlines()) == 3, "three lines of YAML"
    assert [matrix_of(name).name for name in listed["autotask_integrations"]] == ["work365", "cow"]
    own = [{name: said for name, said in one.items() if name not in OWN} for one in different["autotask_integrations"]]
    cow, reports = map(matrix_of, own)
    assert (cow.level_name, cow.last_name, reports.tracking.custom) == (
        "COW Warranty Permissions",
        "Warranty",
        "Contract reports",
    )
    changes = plan(whole_page(), parse(cow.permissions())).changes
    assert [(c.control.section, c.control.label, c.control.column, c.value) for c in changes] == [
        ("CRM", "Customer & Cancelation", None, "All"),
        ("CRM", "Configuration Items & Subscriptions", "View", "All"),
        ("CRM", "Configuration Items & Subscriptions", "Edit", "All"),
        ("Admin", "Configuration Items", None, True),
        ("Web Services API", "Can login to Web Services API", None, True),
    ]
