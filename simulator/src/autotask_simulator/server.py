# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server under both surfaces and the control API."""

from __future__ import annotations

import contextlib
import logging
import socket
import struct
import threading

from flask import Flask, request
from waitress.server import create_server  # type: ignore[import-untyped]  # it brings no types

# Many, for most of them are asleep: slow pages, time-outs asked for.
_THREADS = 32


class Server:
    """Answers requests in the background until it is closed."""

    def __init__(self, app: Flask, host: str = "127.0.0.1", port: int = 0) -> None:
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._server = create_server(app, host=host, port=port, threads=_THREADS, ident=None)
        self.url = f"http://{self._server.effective_host}:{self._server.effective_port}/"
        threading.Thread(target=self._server.run, daemon=True).start()

    def close(self) -> None:
        self._server.close()


def break_connection() -> None:
    """Drop the connection of the present request before anything is answered, if there is a real one."""
    channel = getattr(request.environ.get("waitress.client_disconnected"), "__self__", None)
    connection: socket.socket | None = channel.socket if channel else request.environ.get("werkzeug.socket")
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RDWR)
