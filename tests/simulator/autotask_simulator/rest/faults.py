# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Things that go wrong on demand (armed through the control API).

Kinds: ``http_429``, ``http_500``, ``http_401`` and ``http_503`` answer so; ``slow`` waits ``seconds`` (default 2) and
then answers, holding the caller's thread place; ``timeout`` waits ``seconds`` (default 120) and then breaks off;
``reset`` breaks off at once; ``truncated`` sends half of the JSON; ``html`` sends a maintenance page with status 200.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
import typing as t

from flask import Response, request

from ..store import Store
from .routes import ID, PARENT_ID, Match

_ANSWERS = ("http_429", "http_500", "http_401", "http_503")
_INSTEAD = (*_ANSWERS, "timeout", "reset", "html")
_MAINTENANCE = (
    "<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Autotask is being updated.</body></html>"
)


def page_of(match: Match) -> str:
    """How fault patterns and the event log name a request, e.g. ``Companies/query`` or ``Companies/5``."""
    text = match.route.template.removeprefix("V1.0/").replace(PARENT_ID, str(match.parent_id))
    return text.replace(ID, str(match.id))


def around(store: Store, domain: str, match: Match, serve: t.Callable[[], Response]) -> Response:
    """The answer, or what an armed fault makes of it."""
    fault = store.take_fault("rest", domain, page_of(match), _INSTEAD)
    if fault is None:
        return _damaged(store, domain, match, serve())
    if fault.kind in _ANSWERS:
        return _answer(int(fault.kind.removeprefix("http_")), fault.options)
    if fault.kind == "html":
        return Response(_MAINTENANCE, int(fault.options.get("status", 200)), content_type="text/html")
    if fault.kind == "timeout":
        time.sleep(float(fault.options.get("seconds", 120)))
    break_connection()
    return Response(status=500)


def _answer(status: int, options: dict[str, t.Any]) -> Response:
    if status == 401:
        return Response(status=401)
    text = options.get(
        "message", {429: "The thread threshold of 3 threads has been exceeded."}.get(status, "Server error.")
    )
    return Response('{"errors":["' + str(text).replace('"', "'") + '"]}', status, content_type="application/json")


def _damaged(store: Store, domain: str, match: Match, response: Response) -> Response:
    if store.take_fault("rest", domain, page_of(match), ("truncated",)):
        response.set_data(response.get_data()[: len(response.get_data()) // 2])
    return response


def delay(store: Store, domain: str, match: Match) -> None:
    fault = store.take_fault("rest", domain, page_of(match), ("slow",))
    if fault:
        time.sleep(float(fault.options.get("seconds", 2)))


def break_connection() -> None:
    """Reset the TCP connection, if the server lets us have it (waitress and Werkzeug do)."""
    channel = getattr(request.environ.get("waitress.client_disconnected"), "__self__", None)
    connection: socket.socket | None = getattr(channel, "socket", None) or request.environ.get("werkzeug.socket")
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RDWR)
