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
import typing as t

from flask import Flask, request
from waitress.server import create_server  # type: ignore[import-untyped]  # it brings no types
from werkzeug.serving import WSGIRequestHandler, make_server

from .tls import Certificate

Step = t.Callable[[], None]

# Many, for most of them are asleep: slow pages, time-outs asked for.
_THREADS = 32


class Server:
    """Answers requests in the background until it is closed."""

    def __init__(
        self, app: Flask, host: str = "127.0.0.1", port: int = 0, certificate: Certificate | None = None
    ) -> None:
        serve, self._stop = self._tls(app, host, port, certificate) if certificate else self._plain(app, host, port)
        self._stopping = False
        threading.Thread(target=self._run, args=(serve,), daemon=True).start()

    def _run(self, serve: Step) -> None:
        """Stopping takes the loop's sockets away, which it may notice in the middle of something."""
        try:
            serve()
        except Exception:
            if not self._stopping:
                raise

    def close(self) -> None:
        self._stopping = True
        self._stop()

    def _plain(self, app: Flask, host: str, port: int) -> tuple[Step, Step]:
        logging.getLogger("waitress").setLevel(logging.ERROR)
        server = create_server(app, host=host, port=port, threads=_THREADS, ident=None)
        self.url = f"http://{_reachable(server.effective_host)}:{server.effective_port}/"
        return server.run, server.close

    def _tls(self, app: Flask, host: str, port: int, certificate: Certificate) -> tuple[Step, Step]:
        """Waitress leaves TLS to a proxy; Werkzeug's server does it itself."""
        server = make_server(
            host, port, app, threaded=True, ssl_context=certificate.context(), request_handler=_QuietHandler
        )
        self.url = f"https://{_reachable(server.host)}:{server.port}/"
        return server.serve_forever, server.shutdown


class _QuietHandler(WSGIRequestHandler):
    """Says nothing of each request, and keeps connections open as a web server of today does."""

    protocol_version = "HTTP/1.1"

    def log(self, *_arguments: t.Any) -> None:
        pass


def _reachable(host: str) -> str:
    """An address to go to, of one to listen on."""
    return "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host


def break_connection() -> None:
    """Drop the connection of the present request before anything is answered, if there is a real one."""
    channel = getattr(request.environ.get("waitress.client_disconnected"), "__self__", None)
    connection: socket.socket | None = channel.socket if channel else request.environ.get("werkzeug.socket")
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RDWR)
