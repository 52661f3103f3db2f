# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start the simulator: C(autotask-simulator --fleet FILE)."""

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

from . import __version__
from .app import create_app
from .control import create_control_app
from .database import StateError, forget
from .fleet import Fleet, FleetError, TenantSpec, load_fleet, parse_fleet
from .generate import varied_fleet
from .greeting import greeting
from .schema import editor_schema
from .seed import sow
from .server import Server
from .store import Store
from .tls import Certificate, TlsError

DEMO = Path(__file__).parent / "demo.yml"
ENDING = {signal.SIGTERM, signal.SIGINT}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="autotask-simulator", description="A local Autotask with many tenants.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--fleet", type=Path, default=DEMO, help="YAML file that describes the tenants (a demo of one)")
    source.add_argument("--tenants", type=int, help="make up that many tenants, each different")
    parser.add_argument("--seed", type=int, default=1, help="what the made-up tenants depend on (default: %(default)s)")
    parser.add_argument("--print-fleet", action="store_true", help="print the fleet file, and end")
    parser.add_argument(
        "--print-schema", action="store_true", help="print the JSON schema of fleet files, for editors, and end"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=0, type=int, help="port to listen on (default: a free one)")
    parser.add_argument("--tls", action="store_true", help="serve HTTPS, with a certificate made for this run")
    parser.add_argument("--certificate", type=Path, help="serve HTTPS with the certificate chain of this PEM file")
    parser.add_argument("--key", type=Path, help="PEM file of its private key (default: in the certificate's file)")
    parser.add_argument("--state", type=Path, help="SQLite file to keep the state in; continued if it exists")
    parser.add_argument("--reset", action="store_true", help="forget what the state file holds")
    parser.add_argument("--control-port", type=int, help="port of the control API, 0 for a free one (default: none)")
    parser.add_argument("--ready-file", type=Path, help="file to write the addresses to once requests are answered")
    parser.add_argument(
        "--demo",
        action="store_true",
        default=sys.stdout.isatty(),
        help="print who may log in and a first call, not the line of JSON (default on a terminal)",
    )
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    if arguments.print_schema:
        print(json.dumps(editor_schema(Fleet), indent=2))
        return 0
    if arguments.print_fleet:
        print(_fleet_text(arguments), end="")
        return 0
    try:
        return _serve(arguments)
    except (FleetError, StateError, TlsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _fleet_text(arguments: argparse.Namespace) -> str:
    if arguments.tenants:
        return yaml.safe_dump(varied_fleet(arguments.tenants, arguments.seed), sort_keys=False, explicit_start=True)
    return t.cast(Path, arguments.fleet).read_text(encoding="utf-8")


def _fleet(arguments: argparse.Namespace) -> list[TenantSpec]:
    if arguments.tenants:
        return parse_fleet(varied_fleet(arguments.tenants, arguments.seed))
    return load_fleet(arguments.fleet)


def _serve(arguments: argparse.Namespace) -> int:
    """Answer requests until somebody ends it."""
    fleet = _fleet(arguments)
    certificate = Certificate.of(arguments.tls, arguments.certificate, arguments.key, arguments.host)
    if arguments.state and arguments.reset:
        forget(arguments.state)
    store = Store(arguments.state or ":memory:")
    if not store.tenants():
        sow(store, fleet)

    # Waited for below, in every thread: make and timeout each pass the same signal on, and one of them is enough.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    servers = [Server(create_app(store), arguments.host, arguments.port, certificate)]
    if arguments.control_port is not None:
        servers.append(Server(create_control_app(store, fleet), arguments.host, arguments.control_port))
    addresses: dict[str, t.Any] = {
        "url": servers[0].url,
        "control_url": servers[1].url if len(servers) > 1 else None,
        "certificate": str(certificate.path) if certificate else None,
        "state": str(arguments.state.resolve()) if arguments.state else None,
        "pid": os.getpid(),
    }
    if arguments.ready_file:
        _write(arguments.ready_file, addresses)
    print(greeting(store, addresses) if arguments.demo else json.dumps(addresses), flush=True)
    if arguments.demo and sys.stdin.isatty():
        threading.Thread(target=_greet_again, args=(store, addresses), daemon=True).start()
    signal.sigwait(ENDING)
    for server in servers:
        server.close()
    store.close()
    return 0


def _greet_again(store: Store, addresses: dict[str, t.Any]) -> None:
    """Show fresh codes whenever somebody presses Enter."""
    for _ in sys.stdin:
        print(greeting(store, addresses), flush=True)


def _write(ready_file: Path, addresses: dict[str, t.Any]) -> None:
    """In one piece: whoever waits for the file finds all of it."""
    draft = ready_file.with_name(ready_file.name + ".part")
    draft.write_text(json.dumps(addresses) + "\n", encoding="utf-8")
    draft.replace(ready_file)


if __name__ == "__main__":
    sys.exit(main())
