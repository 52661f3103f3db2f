# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The real modules, in processes of their own, with a real browser, against a running simulator."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import typing as t
from dataclasses import dataclass, field
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(TESTS / "simulator"), str(TESTS)]

from autotask_simulator.app import create_app  # noqa: E402
from autotask_simulator.fleet import DEFAULT_PASSWORD, DEFAULT_TOTP_SECRET, parse_fleet  # noqa: E402
from autotask_simulator.seed import sow  # noqa: E402
from autotask_simulator.store import Store, Tenant  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

MODULES = "ansible_collections.msp.autotask.plugins.modules"

Result = dict[str, t.Any]


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open and writes no log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, *args: t.Any) -> None:
        pass


@dataclass
class Console:
    """A tenant of the simulator, and the modules' way into it."""

    tenant: Tenant
    url: str
    folder: Path
    connection: dict[str, t.Any] = field(default_factory=dict)

    def run(self, module: str, check: bool = False, **options: t.Any) -> Result:
        """Run a module and return what it printed."""
        return self.run_process(module, check, **options)[0]

    def run_process(self, module: str, check: bool = False, **options: t.Any) -> tuple[Result, str]:
        """Run a module; return its result and everything it wrote."""
        given = {**self.connection, **options}
        arguments = {name: value for name, value in given.items() if value is not None}
        arguments |= {"_ansible_check_mode": check, "_ansible_diff": True}
        file = self.folder / "arguments.json"
        file.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": arguments}), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", f"{MODULES}.{module}", str(file)],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env={**os.environ, "TMPDIR": str(self.folder)},
        )
        printed = done.stdout + done.stderr
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        assert lines, f"{module} returned no result:\n{printed}"
        return json.loads(lines[-1]), printed

    def level(self, check: bool = False, **options: t.Any) -> Result:
        return self.run("autotask_security_level", check, **options)

    def user(self, check: bool = False, **options: t.Any) -> Result:
        return self.run("autotask_resource", check, **options)

    def writes(self) -> list[str]:
        """What was changed in the tenant, by its event log."""
        return [event.verb for event in self.tenant.events() if event.verb in WRITES]


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


@pytest.fixture(scope="session")
def simulator() -> t.Iterator[tuple[Store, str]]:
    """An empty simulator and its address."""
    store = Store()
    server = make_server("127.0.0.1", 0, create_app(store), threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield store, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()


_numbers = itertools.count(1)


@pytest.fixture
def console(simulator: tuple[Store, str], tmp_path: Path) -> t.Callable[..., Console]:
    """Return a function that adds a tenant, different in what is named, and gives the way into it."""
    store, url = simulator

    def add(**spec: t.Any) -> Console:
        domain = f"tenant{next(_numbers)}.example"
        spec = {"two_factor": False, **spec}
        sow(store, parse_fleet({"tenants": [{"domain": domain, **spec}]}))
        connection = {
            "console_url": url,
            "console_username": f"admin@{domain}",
            "console_password": DEFAULT_PASSWORD,
            "console_session": str(tmp_path / f"{domain}.session"),
            "timeout": 90,
        }
        if spec["two_factor"]:
            connection["console_totp_secret"] = DEFAULT_TOTP_SECRET
        return Console(store.tenant(domain), url, tmp_path, connection)

    return add
