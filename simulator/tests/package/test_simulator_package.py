# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator as a package: complete, and on its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import autotask_simulator
import pytest

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


def test_the_command_tells_its_version() -> None:
    command = Path(sys.executable).with_name("autotask-simulator")
    if not command.exists():
        pytest.skip("not installed")
    said = subprocess.check_output([command, "--version"], text=True).split()
    assert said == ["autotask-simulator", autotask_simulator.__version__]
    assert metadata.version("autotask-simulator") == autotask_simulator.__version__
