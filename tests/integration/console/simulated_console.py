# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant of the simulator, and the real modules let loose on it."""

from __future__ import annotations

import contextlib
import importlib
import io
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import typing as t
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from ansible.module_utils.common import warnings
from ansible.module_utils.testing import patch_module_args
from autotask_simulator.store import Tenant

MODULES = "ansible_collections.msp.autotask.plugins.modules"

BASE = "API User (system)"
VENDOR = "Work 365 Sync"
SECRET = "Correct-Horse-9"

READER = {"name": "Reader", "permissions": {"contracts": {"contracts": {"view": "all"}}}}
"""A small level."""

WRITES = {
    "level_copied",
    "level_saved",
    "level_activated",
    "level_inactivated",
    "level_deleted",
    "api_user_saved",
    "api_user_created",
    "resource_created",
    "resource_activated",
    "resource_inactivated",
}


class Result(dict[str, t.Any]):
    """What a module returned."""

    @property
    def steps(self) -> list[str]:
        """What it did, step by step."""
        return t.cast("list[str]", self["diagnostics"]["steps"])

    def __missing__(self, key: str) -> t.NoReturn:
        raise KeyError(f"{key}; the module says: {self.get('msg')}\n{self.get('exception', '')}")


class Hold:
    """Lets the simulator keep a slow request waiting until it is let go."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.let_go = threading.Event()

    def sleep(self, _seconds: float) -> None:
        self.reached.set()
        assert self.let_go.wait(300)


_numbers = itertools.count(1)


def _result(out: str, err: str) -> Result:
    lines = [line for line in out.splitlines() if line.startswith("{")]
    assert lines, f"no result:\n{out}{err}"
    return Result(json.loads(lines[-1]), printed=out + err)


@dataclass
class Console:
    """A tenant of the simulator, and the modules' way into it."""

    tenant: Tenant
    folder: Path
    connection: dict[str, t.Any]
    opens_people: bool = False
    """Whether ordinary resources are opened here, on the page that also makes new ones."""

    @property
    def temporary(self) -> Path:
        """The temporary folder of the modules, which they must leave empty."""
        folder = self.folder / "tmp"
        folder.mkdir(exist_ok=True)
        return folder

    def arm(self, kind: str, page: str, **settings: t.Any) -> None:
        """Let something go wrong the next time that *page* is asked for."""
        self.tenant.store.arm(kind, domain=self.tenant.domain, page=page, **settings)

    def _arguments(self, check: bool, options: dict[str, t.Any]) -> dict[str, t.Any]:
        given = {**self.connection, "diagnostics": True, **options}
        arguments = {name: value for name, value in given.items() if value is not None}
        return {**arguments, "_ansible_check_mode": check, "_ansible_diff": True}

    def start(self, module: str, check: bool = False, **options: t.Any) -> subprocess.Popen[str]:
        """Start a module in a process of its own, as Ansible does."""
        arguments = self._arguments(check, options)
        file = self.folder / f"arguments-{next(_numbers)}.json"
        file.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": arguments}), encoding="utf-8")
        return subprocess.Popen(
            [*self.command(module), str(file)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )

    def command(self, module: str) -> list[str]:
        """What runs a module, but for the file of its arguments."""
        return [sys.executable, "-m", f"{MODULES}.{module}"]

    @property
    def environment(self) -> dict[str, str]:
        """The environment that modules run in."""
        return {**os.environ, "TMPDIR": str(self.temporary)}

    @staticmethod
    def result(process: subprocess.Popen[str]) -> Result:
        """What a module returned, and everything that it wrote under C(printed)."""
        try:
            out, err = process.communicate(timeout=180)
        finally:
            process.kill()
        return _result(out, err)

    def run(self, module: str, check: bool = False, **options: t.Any) -> Result:
        """Run a module in this process, which is the quicker way, and see that it leaves no temporary file."""
        out, err = io.StringIO(), io.StringIO()
        with (
            # Ansible says each warning once in a process; here, many modules run in one.
            mock.patch.object(warnings, "_global_warnings", {}),
            mock.patch.object(tempfile, "tempdir", None),
            mock.patch.dict(os.environ, TMPDIR=str(self.temporary)),
            patch_module_args(self._arguments(check, options)),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            contextlib.suppress(SystemExit),
        ):
            importlib.import_module(f"{MODULES}.{module}").main()
        assert not list(self.temporary.iterdir())
        return _result(out.getvalue(), err.getvalue())

    def level(self, check: bool = False, **options: t.Any) -> Result:
        return self.run("autotask_security_level", check, **{**READER, **options})

    def user(self, check: bool = False, **options: t.Any) -> Result:
        tracking = {} if "internal_integration" in options else {"integration_vendor": VENDOR}
        return self.run("autotask_resource", check, **{**self.person, **tracking, **options})

    @property
    def person(self) -> dict[str, t.Any]:
        """A user."""
        return {
            "user_name": "reader1",
            "first_name": "Contract",
            "last_name": "Reader",
            "email": "alerts@msp.example",
            "security_level": BASE,
            "secret": SECRET,
        }

    @property
    def user_name(self) -> str:
        return f"reader1@{self.tenant.domain}"

    @property
    def writes(self) -> list[str]:
        """What was changed in the tenant, by its event log."""
        return [event.verb for event in self.tenant.events() if event.verb in WRITES]

    def verbs(self, *verbs: str) -> list[str]:
        """What happened, of these verbs, with what was concerned."""
        return [f"{event.verb} {event.object}".strip() for event in self.tenant.events() if event.verb in verbs]

    def custom_levels(self) -> list[str]:
        return [level.name for level in self.tenant.levels() if not level.system]

    def touched_paid_resources(self) -> list[str]:
        """Whatever a test is about, nobody may make a resource that costs money, or come near it."""
        pages = [] if self.opens_people else [page for page in self.verbs("page") if page == "page resource_form"]
        return pages + self.verbs("resource_created")
