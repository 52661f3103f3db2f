# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator whose requests are watched, and tenants whose modules can be interrupted."""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
import subprocess
import sys
import typing as t
from dataclasses import dataclass
from pathlib import Path

from autotask_simulator.console.session import is_call
from autotask_simulator.faults import page_name
from autotask_simulator.fleet import DEFAULT_PASSWORD, DEFAULT_TOTP_SECRET
from autotask_simulator.records import Fault
from autotask_simulator.testing import RunningSimulator
from flask import Response, request
from simulated_console import SECRET, VENDOR, Console, Result

from campaign.processes import GO_ON, HELD, MARK, adopt_orphans, kill_marked, marked, parts_of_browsers, wait_for


@dataclass(frozen=True)
class Request:
    """A request that the simulator has carried out; the *number*-th of its run, its answer not yet sent."""

    number: int
    page: str
    writes: bool
    document: bool
    """Whether the browser asked, not a script of the page."""

    def __str__(self) -> str:
        return f"after request {self.number}, {self.page}"


@dataclass(frozen=True)
class Interruption:
    """Before which step of its journal a module is killed or held."""

    how: t.Literal["kill", "hold"]
    step: int


class Target(Console):
    """A tenant that things go wrong in."""

    interruption: Interruption | None = None

    @property
    def mark(self) -> str:
        return str(self.folder)

    def command(self, module: str) -> list[str]:
        if self.interruption is None:
            return super().command(module)
        how, step = self.interruption.how, str(self.interruption.step)
        return [sys.executable, "-m", "campaign.interrupted", how, step, *super().command(module)[2:]]

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, MARK: self.mark}

    @staticmethod
    def result(process: subprocess.Popen[str]) -> Result:
        """What a module returned; on a busy machine that takes its time."""
        try:
            out, err = process.communicate(timeout=600)
        finally:
            process.kill()
        lines = [line for line in out.splitlines() if line.startswith("{")]
        assert lines, f"no result:\n{out}{err}"
        return Result(json.loads(lines[-1]))

    def run(self, module: str, check: bool = False, **options: t.Any) -> Result:
        """Run a module to its end, in a process of its own."""
        return self.result(self.start(module, check, **options))

    def killed_before(self, step: int, module: str, **options: t.Any) -> None:
        """Run a module that is killed, and its browser with it, before its step of that number."""
        self.interruption = Interruption("kill", step)
        process = self.start(module, **options)
        self.interruption = None
        process.communicate(timeout=300)
        assert process.returncode == -9, "the run ended before it could be killed"
        kill_marked(self.mark)

    def held_before(self, step: int, module: str, **options: t.Any) -> subprocess.Popen[str]:
        """Start a module that stands still before its step of that number until let_go()."""
        for name in (HELD, GO_ON):
            (self.folder / name).unlink(missing_ok=True)
        self.interruption = Interruption("hold", step)
        process = self.start(module, **options)
        self.interruption = None
        return process

    @property
    def held(self) -> bool:
        return (self.folder / HELD).exists()

    def let_go(self) -> None:
        (self.folder / GO_ON).touch()

    @property
    def processes(self) -> list[int]:
        return marked(self.mark)

    def refuse_leftovers(self) -> None:
        """Nothing of a run may be left: no process, no temporary file, no login that failed because of us."""
        wait_for(lambda: not self.processes and not parts_of_browsers(), 30)
        left = sorted(str(path.relative_to(self.temporary)) for path in self.temporary.rglob("*"))
        assert not left, f"left in the temporary folder: {left[:5]}"
        account = self.tenant.console_user(self.connection["console_username"])
        assert not account.locked and not account.failed_logins, "the account has failed logins"
        assert not self.touched_paid_resources()

    def refuse_wrong_level(self, reference: dict[str, t.Any]) -> None:
        """There must be one level, active, with exactly the settings of *reference*."""
        assert self.custom_levels() == ["Reader"], f"levels: {self.custom_levels()}"
        level = self.tenant.level("Reader")
        assert level.active
        assert level.settings == reference, "the level's settings differ from those of an undisturbed run"

    def refuse_wrong_user(self, secret: str = SECRET) -> None:
        """There must be one API user, and the stored secret must be the one that works."""
        users = self.tenant.api_users()
        assert [user.user_name for user in users] == [self.user_name], f"users: {[u.user_name for u in users]}"
        assert users[0].secret_is(secret), "the stored secret is not the user's"
        assert users[0].active and not users[0].locked and users[0].tracking == "vendor"

    def user_options(self, **options: t.Any) -> dict[str, t.Any]:
        return {**self.person, "integration_vendor": VENDOR, **options}


class Snapshot:
    """A moment that many cases begin from: the simulator's database, and the folder of one tenant."""

    def __init__(self, simulation: Simulation, target: Target) -> None:
        self._simulation, self._target = simulation, target
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._folder = target.folder.with_name(f"{target.folder.name} as it was")
        simulation.copy_database(to=self._database)
        shutil.copytree(target.folder, self._folder, symlinks=True)

    def restore(self) -> None:
        self._simulation.restore_database(self._database)
        shutil.rmtree(self._target.folder)
        shutil.copytree(self._folder, self._target.folder, symlinks=True)


class Simulation(RunningSimulator):
    """A simulator that tells of each request, and can answer otherwise."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        adopt_orphans()
        self.folder = folder
        self.watcher: t.Callable[[Request], None] | None = None
        self.gate: t.Callable[[str], None] | None = None
        """Is told of every request that writes before it is carried out, by the page's name."""
        self.tamper: t.Callable[[str, Response], Response] | None = None
        """Makes another answer of the one to a page of that name."""
        self.struck: list[Fault] = []
        """The faults that have struck."""
        self._count = itertools.count(1)
        self._take_fault = self.store.take_fault
        # The simulator must not know that it is watched.
        self.store.take_fault = self._note_fault  # type: ignore[method-assign]
        self.app.before_request(self._pass_gate)
        self.app.after_request(self._watch)

    def copy_database(self, to: sqlite3.Connection) -> None:
        self.store._db.backup(to)

    def restore_database(self, of: sqlite3.Connection) -> None:
        of.backup(self.store._db)

    def watch(self, watcher: t.Callable[[Request], None] | None) -> None:
        """Tell *watcher* of every request from now on, but for those of pictures, scripts and styles."""
        self._count = itertools.count(1)
        self.watcher = watcher

    def tenant(self, **spec: t.Any) -> Target:
        """Add a tenant that differs from the usual one in what is named."""
        spec = {"two_factor": False, **spec}
        tenant = self.add(**spec)
        folder = self.folder / tenant.domain
        folder.mkdir()
        connection = {
            "console_url": self.url,
            "console_username": f"admin@{tenant.domain}",
            "console_password": spec.get("admin", {}).get("password", DEFAULT_PASSWORD),
            "console_totp_secret": DEFAULT_TOTP_SECRET if spec["two_factor"] else None,
            "console_session": str(folder / "session"),
            "state_dir": str(folder / "state"),
            "timeout": 240,
        }
        return Target(tenant, folder, connection)

    def _note_fault(self, *what: t.Any) -> Fault | None:
        fault = self._take_fault(*what)
        self.struck += [fault] if fault else []
        return fault

    def _pass_gate(self) -> None:
        if self.gate and request.method != "GET" and (page := page_name()):
            self.gate(page)

    def _watch(self, response: Response) -> Response:
        page = page_name()
        if self.tamper:
            response = self.tamper(page, response)
        if self.watcher and page and page != "static":
            self.watcher(Request(next(self._count), page, request.method != "GET", not is_call()))
        return response
