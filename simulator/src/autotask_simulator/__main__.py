# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start the simulator: C(python -m autotask_simulator --fleet FILE)."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import typing as t
from pathlib import Path

import yaml

from .app import create_app
from .control import create_control_app
from .database import StateError, forget
from .fleet import FleetError, load_fleet, parse_fleet
from .generate import varied_fleet
from .seed import sow
from .server import Server
from .store import Store


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="autotask_simulator", description="A local Autotask with many tenants.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--fleet", type=Path, help="YAML file that describes the tenants")
    source.add_argument("--tenants", type=int, help="make up that many tenants, each different")
    parser.add_argument("--seed", type=int, default=1, help="what the made-up tenants depend on (default: %(default)s)")
    parser.add_argument(
        "--print-fleet", action="store_true", help="print the fleet file of the made-up tenants, and end"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=0, type=int, help="port to listen on (default: a free one)")
    parser.add_argument("--state", type=Path, help="SQLite file to keep the state in; continued if it exists")
    parser.add_argument("--reset", action="store_true", help="forget what the state file holds")
    parser.add_argument("--control-port", type=int, help="port of the control API, 0 for a free one (default: none)")
    parser.add_argument("--ready-file", type=Path, help="file to write the addresses to once requests are answered")
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    try:
        made_up = varied_fleet(arguments.tenants, arguments.seed) if arguments.tenants else None
        if made_up and arguments.print_fleet:
            print(yaml.safe_dump(made_up, sort_keys=False, explicit_start=True), end="")
            return 0
        fleet = parse_fleet(made_up) if made_up else load_fleet(arguments.fleet)
    except FleetError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if arguments.state and arguments.reset:
        forget(arguments.state)
    try:
        store = Store(arguments.state or ":memory:")
    except StateError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if not store.tenants():
        sow(store, fleet)

    servers = [Server(create_app(store), arguments.host, arguments.port)]
    if arguments.control_port is not None:
        servers.append(Server(create_control_app(store, fleet), arguments.host, arguments.control_port))
    addresses: dict[str, t.Any] = {
        "url": servers[0].url,
        "control_url": servers[1].url if len(servers) > 1 else None,
        "state": str(arguments.state.resolve()) if arguments.state else None,
        "pid": os.getpid(),
    }
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    _announce(addresses, arguments.ready_file)
    stop.wait()
    for server in servers:
        server.close()
    store.close()
    return 0


def _announce(addresses: dict[str, t.Any], ready_file: Path | None) -> None:
    line = json.dumps(addresses)
    if ready_file:
        draft = ready_file.with_name(ready_file.name + ".part")
        draft.write_text(line + "\n", encoding="utf-8")
        draft.replace(ready_file)
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
