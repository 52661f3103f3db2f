# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nothing that is shipped is without its documentation, its place and its test."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
MODULES = sorted((ROOT / "plugins/modules").glob("autotask_*.py"))
# In two pieces, lest tools take this for the licence of this file.
HEADER = ": ".join(("SPDX-License-Identifier", "GPL-3.0-or-later"))


def documented(path: Path) -> dict[str, str]:
    found = re.search(r'^DOCUMENTATION = r"""(.*?)^"""', path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    return yaml.safe_load(found[1])


def test_every_module_is_in_the_action_group_of_its_way_into_autotask() -> None:
    groups = yaml.safe_load((ROOT / "meta/runtime.yml").read_text(encoding="utf-8"))["action_groups"]
    own = {group: members for group, members in groups.items() if not group.startswith("role_")}
    assert sorted(name for members in own.values() for name in members) == [path.stem for path in MODULES]
    for group, members in own.items():
        # Defaults for the group are for all its modules only if all take the same options.
        fragments = [
            set(documented(path)["extends_documentation_fragment"]) for path in MODULES if path.stem in members
        ]
        of_group = f"msp.autotask.{'console' if group == 'console' else 'api'}"
        assert all({of_group, f"msp.autotask.attributes.{group}_group"} <= fragment for fragment in fragments)


def test_every_playbook_is_in_the_guides() -> None:
    guide = (ROOT / "docs/fleet.md").read_text(encoding="utf-8")
    assert not [path.stem for path in (ROOT / "playbooks").glob("*.yml") if f"msp.autotask.{path.stem}" not in guide]


@pytest.mark.parametrize("contents", ["README.md", "docs/docsite/rst/guides.rst"])
def test_every_guide_is_linked_where_one_looks_for_it(contents: str) -> None:
    text = (ROOT / contents).read_text(encoding="utf-8")
    assert not [path.name for path in (ROOT / "docs").glob("*.md") if not re.search(rf"\bdocs/{path.name}[)>]", text)]


def test_every_source_file_says_its_licence() -> None:
    listed = subprocess.check_output(["git", "ls-files", "*.py", "*.pyi"], cwd=ROOT, text=True).split()
    sources = [ROOT / name for name in listed if (ROOT / name).exists()]
    assert not [path for path in sources if path.read_text(encoding="utf-8") and HEADER not in path.read_text("utf-8")]


def test_every_link_of_the_guides_leads_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("roles/*/README.md")]:
        for target, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)", page.read_text(encoding="utf-8")):
            goal = page.parent / target if target else page
            if not goal.exists() or (anchor and anchor not in anchors(goal)):
                broken.append(f"{page.relative_to(ROOT)}: {target}#{anchor}")
    assert not broken


def anchors(page: Path) -> set[str]:
    """What the headings of a page are linked by, as GitHub makes it of their words."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_nothing_says_that_the_collection_is_on_galaxy() -> None:
    """Whoever takes the name there would get administrators' passwords."""
    by_name = re.compile(r"galaxy collection install (?:-\S+ )*msp\.autotask\b(?!-)")
    listed = subprocess.check_output(["git", "ls-files", "*.md", "*.yml", "*.j2"], cwd=ROOT, text=True).split()
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in listed if (ROOT / name).exists()}
    assert not [name for name, text in texts.items() if by_name.search(text)]
    # Nor as what an execution environment or a list of requirements asks for.
    asked = re.compile(r"^\s*- (?:name: )?msp\.autotask\s*$", re.MULTILINE)
    assert not [name for name, text in texts.items() if asked.search(text)]


def test_actions_are_pinned_by_digest() -> None:
    """A tag can be moved to other code, which would run with the workflow's rights."""
    pinned = re.compile(r"[\w./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+")
    places = (".github/workflows/*.yml", "playbooks/examples/nightly-audit.yml", "simulator/examples/github/*.yml")
    workflows = [path for place in places for path in ROOT.glob(place)]
    used = "\n".join(path.read_text(encoding="utf-8") for path in workflows)
    actions = re.findall(r"uses: (.+)", used)
    assert actions and not [action for action in actions if not pinned.fullmatch(action)]


def test_the_workflow_runs_the_matrix() -> None:
    rows = re.search(r"^MATRIX = (\[.*\])", (ROOT / "noxfile.py").read_text(encoding="utf-8"), re.MULTILINE)
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    assert rows
    runs = workflow["jobs"]["matrix"]["strategy"]["matrix"]["include"]
    assert [(row["python"], row["core"]) for row in runs] == ast.literal_eval(rows[1])


def test_the_picture_of_the_house_is_true() -> None:
    """Every room is in it, and none that is not there."""
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    drawn = set()
    above: list[str] = []
    for line in re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0].splitlines():
        names = [name.rstrip("/") for name in line[:32].split()]
        above = above[: (len(line) - len(line.lstrip())) // 2]
        drawn |= {"/".join([*above, name]) for name in names}
        above.append(names[-1])
    listed = subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
    )
    there = {path for path in listed.splitlines() if (ROOT / path).exists() and not path.endswith("__init__.py")}
    for folder in ("plugins", "plugins/plugin_utils", "plugins/module_utils", "tests"):
        rooms = {path.removeprefix(f"{folder}/").split("/")[0] for path in there if path.startswith(f"{folder}/")}
        in_picture = {path.removeprefix(f"{folder}/") for path in drawn if path.startswith(f"{folder}/")}
        assert {path for path in in_picture if "/" not in path} == rooms - {"config.yml", "conftest.py"}, folder
    assert not [path for path in drawn if not (ROOT / path).exists()]


def test_where_a_line_belongs_there_is_a_place() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").partition("## Where a line belongs")[2]
    named = set(re.findall(r"`([\w.-]+/[\w./-]*)`", page))
    roots = (ROOT, ROOT / "plugins/module_utils")
    assert len(named) > 15 and not [path for path in named if not any((root / path).exists() for root in roots)]
