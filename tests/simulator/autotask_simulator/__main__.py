# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start the simulator: C(python -m autotask_simulator --fleet FILE)."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
import typing as t
from pathlib import Path

from flask import Flask
from waitress.server import create_server  # type: ignore[import-untyped]

from .app import create_app
from .fleet import FleetError, load_fleet
from .seed import sow
from .store import Store


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="autotask_simulator", description="A local Autotask with many tenants.")
    parser.add_argument("--fleet", required=True, type=Path, help="YAML file that describes the tenants")
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
        fleet = load_fleet(arguments.fleet)
    except FleetError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    store = Store(arguments.state or ":memory:")
    if arguments.reset:
        store.clear()
    if not store.tenants():
        sow(store, fleet)

    servers = [_serve(create_app(store), arguments.host, arguments.port)]
    addresses: dict[str, t.Any] = {
        "url": _url(servers[0]),
        "control_url": None,
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


def _serve(app: Flask, host: str, port: int) -> t.Any:
    """Answer requests in the background. Many threads, for many are asleep: slow pages, time-outs asked for."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = create_server(app, host=host, port=port, threads=32, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    return server


def _url(server: t.Any) -> str:
    return f"http://{server.effective_host}:{server.effective_port}/"


def _announce(addresses: dict[str, t.Any], ready_file: Path | None) -> None:
    line = json.dumps(addresses)
    if ready_file:
        draft = ready_file.with_name(ready_file.name + ".part")
        draft.write_text(line + "\n", encoding="utf-8")
        draft.replace(ready_file)
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
