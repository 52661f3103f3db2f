# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator as a package: complete, and on its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import typing as t
import zipfile
from importlib import metadata
from pathlib import Path

import autotask_simulator
import pytest
from autotask_simulator.fleet import AdminSpec, TenantSpec
from autotask_simulator.schema import Options

SIMULATOR = Path(__file__).parents[2]
SOURCE = SIMULATOR / "src"

IMPORT_ALL = """
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("ansible", "ansible_collections", "playwright"):
            raise ImportError(f"{name} was imported")

sys.meta_path.insert(0, Refuse())
import autotask_simulator
modules = list(pkgutil.walk_packages(autotask_simulator.__path__, "autotask_simulator."))
for module in modules:
    importlib.import_module(module.name)
print(len(modules))
"""


def test_it_imports_nothing_of_ansible_nor_a_browser() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    modules = set(Path(autotask_simulator.__path__[0]).rglob("*.py"))
    assert int(done.stdout) == len(modules) - 1, "all but the package itself"


def test_its_wheel_holds_every_file_that_it_needs(tmp_path: Path) -> None:
    pytest.importorskip("setuptools", reason="the build backend")
    shutil.copytree(SIMULATOR, tmp_path / "simulator", ignore=shutil.ignore_patterns("build", "*.egg-info", "tests"))
    build = "from setuptools import build_meta; build_meta.build_wheel('.')"
    subprocess.run([sys.executable, "-c", build], cwd=tmp_path / "simulator", capture_output=True, check=True)
    [wheel] = (tmp_path / "simulator").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    package = SOURCE / "autotask_simulator"
    needed = {str(path.relative_to(SOURCE)) for path in package.rglob("*.*") if "__pycache__" not in path.parts}
    assert {name for name in names if ".dist-info/" not in name} == needed
    assert any(name.endswith("/LICENSE") for name in names)


def models(annotation: t.Any) -> t.Iterator[type[Options]]:
    """The models of a fleet file, from one of them or what a key takes."""
    if isinstance(annotation, type) and issubclass(annotation, Options):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for part in t.get_args(annotation):
        yield from models(part)


def test_each_option_of_autotasks_behaviour_says_how_it_is_known() -> None:
    """What the lists of a tenant hold, and who its administrator is, is its own."""
    within = [field.annotation for field in TenantSpec.model_fields.values() if field.annotation is not AdminSpec]
    of_behaviour: list[type[Options]] = [TenantSpec]
    of_behaviour += [each for each in within if isinstance(each, type) and issubclass(each, Options)]
    for model in of_behaviour:
        for name, field in model.model_fields.items():
            known = str(field.description).rpartition("[")[2]
            assert known in ("evidenced]", "partly]", "assumed]", "set-up]"), f"{model.__name__}.{name}"


def test_the_page_about_the_fleet_file_has_every_option() -> None:
    page = (SIMULATOR / "docs/fleet.md").read_text(encoding="utf-8")
    wanted = [field.alias or name for model in models(TenantSpec) for name, field in model.model_fields.items()]
    assert sorted(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == sorted(wanted)


def test_the_command_tells_its_version() -> None:
    command = Path(sys.executable).with_name("autotask-simulator")
    if not command.exists():
        pytest.skip("not installed")
    said = subprocess.check_output([command, "--version"], text=True).split()
    assert said == ["autotask-simulator", autotask_simulator.__version__]
    assert metadata.version("autotask-simulator") == autotask_simulator.__version__
