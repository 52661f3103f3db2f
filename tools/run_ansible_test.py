# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs ansible-test on a copy of the collection: run_ansible_test.py sanity|units [options of ansible-test].

ansible-test takes neither a plain checkout nor a link to one, so the files that git knows, or would take, are copied
below build/ansible-test; for sanity only what is shipped, as ruff and mypy look after tests and tools;
for units without the tests of the role, which run playbooks.

It also wants get-pip.py from a host of its own. Where that is not in its cache yet, a stand-in goes there that runs pip
from the wheel of the same version, so that a package index is enough.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import ansible_test  # type: ignore[import-untyped]
from ansible import release as ansible_release

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "build/ansible-test/ansible_collections/msp/autotask"
CACHE = Path("~/.ansible/test/cache").expanduser()

GET_PIP = """\
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).with_name("{wheel}")))
from pip._internal.cli.main import main

unknown_to_pip = ("--no-setuptools", "--no-wheel")
sys.exit(main(["install", "--upgrade", *(option for option in sys.argv[1:] if option not in unknown_to_pip)]))
"""


LEFT_OUT = {
    "sanity": ("tools/", "extensions/", "simulator/", "tests/"),
    # Whole playbooks, each run shared by several tests; ansible-test makes a process for each test, and so a run.
    "units": ("tests/unit/role/",),
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Run ansible-test on a copy of the collection.")
    parser.add_argument("command", choices=LEFT_OUT, help="options after it are ansible-test's own")
    given, options = parser.parse_known_args()
    copy_collection(LEFT_OUT[given.command])
    provide_ignored()
    provide_pip(wanted_pip())
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return subprocess.run(
        [Path(sys.executable).with_name("ansible-test"), given.command, "--python", version, "--color", "no", *options],
        cwd=COPY,
        env={name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")},
        check=False,
    ).returncode


def copy_collection(without: tuple[str, ...]) -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (ROOT / name).exists() and (name == "tests/config.yml" or not name.startswith(without)):
            (COPY / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, COPY / name, follow_symlinks=False)
    # Otherwise ansible-test asks the repository around it, which ignores build/, and is content to see nothing.
    subprocess.run(["git", "init", "--quiet", COPY], check=True)


def provide_ignored() -> None:
    """ansible-test wants a file for each version of ansible-core. What is ignored here, is with all of them."""
    version = ".".join(ansible_release.__version__.split(".")[:2])
    (COPY / "tests/sanity").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "tests/sanity/ignore.txt", COPY / f"tests/sanity/ignore-{version}.txt")


def wanted_pip() -> str:
    """Return the version of pip that the installed ansible-test puts into its environments."""
    source = Path(ansible_test.__file__).parent / "_internal/python_requirements.py"
    found = re.search(r"pip='([\d.]+)'", source.read_text())
    if not found:
        raise SystemExit(f"{source} no longer says which pip it wants; look how ansible-test gets it now.")
    return found[1]


def provide_pip(version: str) -> None:
    script = CACHE / f"get_pip_{version.replace('.', '_')}.py"
    if script.exists():
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(CACHE)]
    subprocess.run([sys.executable, "-m", "pip", "download", *options, f"pip=={version}"], check=True)
    script.write_text(GET_PIP.format(wheel=f"pip-{version}-py3-none-any.whl"))


if __name__ == "__main__":
    sys.exit(main())
