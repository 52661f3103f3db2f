# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A running simulator, and a fixture that adds tenants to it."""

from __future__ import annotations

import itertools
import sys
import typing as t
from pathlib import Path

import pytest
from flask import g

TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(TESTS / "simulator"), str(TESTS), str(Path(__file__).parent)]

from autotask_simulator.app import create_app  # noqa: E402
from autotask_simulator.fleet import DEFAULT_PASSWORD, DEFAULT_TOTP_SECRET, parse_fleet  # noqa: E402
from autotask_simulator.seed import sow  # noqa: E402
from autotask_simulator.server import Server  # noqa: E402
from autotask_simulator.store import Store  # noqa: E402
from simulated_console import Console  # noqa: E402

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def simulator() -> t.Iterator[tuple[Store, str, dict[str, Console]]]:
    """An empty simulator, its address, and a place for the tenants' consoles."""
    store = Store()
    app = create_app(store)
    consoles: dict[str, Console] = {}

    @app.after_request
    def relabel(response: t.Any) -> t.Any:
        console = consoles.get(g.tenant.domain) if "tenant" in g else None
        if console and console.relabelled and response.mimetype in ("text/html", "application/json"):
            text = response.get_data(as_text=True)
            for word, instead in console.relabelled.items():
                text = text.replace(f">{word}<", f">{instead}<")
            response.set_data(text)
        return response

    server = Server(app)
    yield store, server.url, consoles
    server.close()
    store.close()


@pytest.fixture
def console(simulator: tuple[Store, str, dict[str, Console]], tmp_path: Path) -> t.Iterator[t.Callable[..., Console]]:
    """Return a function that adds a tenant, different in what is named, and gives the way into it."""
    store, url, consoles = simulator
    added: list[Console] = []

    def add(**spec: t.Any) -> Console:
        domain = f"tenant{next(_numbers)}.example"
        spec = {"two_factor": False, **spec}
        sow(store, parse_fleet({"tenants": [{"domain": domain, **spec}]}))
        connection = {
            "console_url": url,
            "console_username": f"admin@{domain}",
            "console_password": spec.get("admin", {}).get("password", DEFAULT_PASSWORD),
            "console_totp_secret": DEFAULT_TOTP_SECRET if spec["two_factor"] else None,
            "console_session": str(tmp_path / f"{domain}.session"),
            "timeout": 120,
        }
        consoles[domain] = Console(store.tenant(domain), tmp_path, connection)
        added.append(consoles[domain])
        return consoles[domain]

    yield add
    store.disarm()
    for one in added:
        assert not one.touched_paid_resources()
