# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What needs an environment of its own: other Pythons and ansible-cores, the documentation's site, Galaxy's checks.

'make matrix', 'make devel', 'make coverage', 'make docs', 'make importer' and 'make clients' call this.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent

# The oldest ansible-core that is supported with the oldest Python, the newest with the newest two, and one between.
MATRIX = [("3.11", "2.19"), ("3.12", "2.20"), ("3.13", "2.21"), ("3.14", "2.21")]

FILES = "https://github.com/msp-autotask/msp.autotask/blob/main/"
ELSEWHERE = ("changelogs/", "CODE_OF_CONDUCT.md", "Makefile", "README.md")
"""What contribution page and changelog link to that is no part of the site."""

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.envdir = "build/nox"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"

# pyenv puts shims on the path that fail for every version but the active one; what it really has goes before them.
PYENV = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
os.environ["PATH"] = os.pathsep.join([*map(str, sorted(PYENV.glob("versions/3.1[1-9]*/bin"))), os.environ["PATH"]])

# A row is skipped where its Python is not installed.
os.environ["UV_PYTHON_DOWNLOADS"] = "never"

# What the Makefile sets.
os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(ROOT / "build/collections")
os.environ["ANSIBLE_CONFIG"] = str(ROOT / "tools/ansible.cfg")
os.environ["PYTHONPATH"] = os.pathsep.join(str(ROOT / path) for path in ("build/collections", "tests"))


@nox.session
@nox.parametrize("python,core", MATRIX)
def matrix(session: nox.Session, core: str) -> None:
    """Unit tests, and the demo through a real browser."""
    session.install("--require-hashes", "--requirement", "requirements-dev.txt")
    session.install("--no-deps", "--no-build-isolation", "--editable", "./simulator")
    session.install(f"ansible-core~={core}.0")
    session.run("ansible", "--version")
    session.run("pytest", "tests/unit", "-m", "not long", "--numprocesses", "auto", "--dist", "loadfile", "--quiet")
    session.run("python", "tools/demo.py")


@nox.session
@nox.parametrize("python,core", MATRIX)
def sanity(session: nox.Session, core: str) -> None:
    """All sanity tests that this ansible-core has."""
    _sanity(session, f"ansible-core~={core}.0")


@nox.session(python="3.13")
def devel(session: nox.Session) -> None:
    """All sanity tests of what ansible-core is going to be: to see early what is coming, so it may fail."""
    _sanity(session, "https://github.com/ansible/ansible/archive/devel.tar.gz")


def _sanity(session: nox.Session, core: str) -> None:
    # ansible-test takes pip along, which uv's environments do not have.
    session.install(core, "pip")
    session.run("ansible", "--version")
    session.run("python", "tools/run_ansible_test.py", "sanity", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """How much of the plugins the unit tests come by; pyproject.toml has the floor."""
    session.install("--require-hashes", "--requirement", "requirements-dev.txt")
    session.install("--no-deps", "--no-build-isolation", "--editable", "./simulator")
    session.install("coverage==7.17.4")
    session.run("coverage", "run", "-m", "pytest", "tests/unit", "-m", "not long", "--quiet")
    session.run("coverage", "report")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation's site below build/docs: the guides, and a page for every module, filter and role."""
    session.install("--requirement", "tools/docs/site/requirements.txt")
    source = ROOT / "build/docs/source"
    shutil.rmtree(source.parent, ignore_errors=True)
    shutil.copytree(ROOT / "tools/docs/site", source)
    shutil.copytree(ROOT / "docs", source / "guides", ignore=shutil.ignore_patterns("docsite"))
    shutil.copytree(ROOT / "simulator/docs", source / "simulator")
    for page in ("CHANGELOG.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / page, source / page.lower())
    # From folder to folder as in the site; what else lies beside the guides in the repository is no part of it.
    moved = {
        "guides": {"](../simulator/docs/": "](/simulator/", "](../": f"]({FILES}"},
        "simulator": {"](../../docs/": "](/guides/", "](../": f"]({FILES}simulator/"},
        "": {
            "](docs/": "](/guides/",
            "](guides/": "](/guides/",
            **{f"]({name}": f"]({FILES}{name}" for name in ELSEWHERE},
        },
    }
    for folder, places in moved.items():
        for guide in (source / folder).glob("*.md"):
            text = guide.read_text(encoding="utf-8")
            for here, there in places.items():
                text = text.replace(here, there)
            guide.write_text(text, encoding="utf-8")
    reference = source / "collections"
    reference.mkdir()
    antsibull = ("antsibull-docs", "--config-file", str(ROOT / "tools/docs/antsibull.cfg"))
    what = ("--use-current", "--squash-hierarchy", "--fail-on-error", "--dest-dir", str(reference), "msp.autotask")
    session.run(*antsibull, "collection", *what)
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-b", "html", str(source), str(source.parent / "html"))
    session.log(f"Open {(source.parent / 'html/index.html').relative_to(ROOT)}")


@nox.session
def importer(session: nox.Session) -> None:
    """Put the built tarball through the checks that Galaxy runs when a collection is uploaded."""
    # Holds old versions of attrs and flake8, hence an environment of its own.
    session.install("galaxy-importer==0.4.44", "ansible-lint==26.10.1")
    (tarball,) = (ROOT / "build/dist").glob("msp-autotask-*.tar.gz")
    settings = ROOT / "tools/galaxy-importer.cfg"
    # It leaves its result in the current folder.
    with session.chdir(tarball.parent):
        session.run("python", "-m", "galaxy_importer.main", str(tarball), env={"GALAXY_IMPORTER_CONFIG": str(settings)})


@nox.session
def simulator(session: nox.Session) -> None:
    """Test the simulator's wheel where neither Ansible nor this repository's environment is."""
    (wheel,) = (ROOT / "build/dist").glob("autotask_simulator-*.whl")
    session.install(f"{wheel}[test]", "--reinstall-package", "autotask-simulator")
    session.run("pytest", "simulator/tests", "-m", "not long", "--quiet", "-o", "pythonpath=", env={"PYTHONPATH": ""})


@nox.session(python="3.13")
def clients(session: nox.Session) -> None:
    """Let clients that other people wrote work against the simulator, as they come from PyPI and npm."""
    tests = ROOT / "simulator/tests/clients"
    session.install("pytest", "--editable", "./simulator", "--requirement", str(tests / "requirements.txt"))
    node = ROOT / "build/clients"
    node.mkdir(parents=True, exist_ok=True)
    shutil.copy(tests / "package.json", node)
    session.run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(node), external=True)
    session.run("pytest", str(tests), "--quiet", env={"AUTOTASK_NODE_CLIENTS": str(node), "PYTHONPATH": ""})


@nox.session
def bare(session: nox.Session) -> None:
    """Let the tests of the tarball use a Python that has nothing but ansible-core and requirements.txt."""
    session.install("ansible-core", "--requirement", "requirements.txt")
    tests = (str(ROOT / ".venv/bin/pytest"), "tests/integration/tarball", "--quiet")
    session.run(*tests, external=True, env={"AUTOTASK_BARE_PYTHON": str(Path(session.bin) / "python")})
