# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong on the REST surface on demand.

A fault names the requests it hits by a shell pattern over their paths below ``V1.0/``, in Autotask's own spelling:
``Companies/query``, ``Companies/5``, ``Contracts/3001/Services``, ``ZoneInformation``.
"""

from __future__ import annotations

import time
import typing as t

from flask import Response

from ..server import break_connection
from ..store import Store
from .answers import respond
from .errors import TOO_MANY_THREADS
from .routes import ID, PARENT_ID, Match

INSTEAD = {
    "http_401": "status 401 with an empty body",
    "http_429": "status 429 with `text`",
    "http_500": "status 500 with `text`",
    "http_503": "status 503 with `text`",
    "timeout": "nothing is answered for `ms` milliseconds (120000), then the connection breaks",
    "reset": "the connection breaks before anything is answered",
    "html": "a maintenance page with `status` (200) instead of JSON",
}
AFTERWARDS = {
    "lost": "the request is carried out, but the connection breaks before it is answered",
    "truncated": "the second half of the JSON is missing",
}
LATE = {"slow": "the answer takes `ms` milliseconds (2000) and holds a thread place meanwhile"}
REST_FAULTS = {**INSTEAD, **AFTERWARDS, **LATE}

_TEXTS = {429: TOO_MANY_THREADS}
_MAINTENANCE = (
    "<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Autotask is being updated.</body></html>"
)


def page_of(match: Match) -> str:
    """How faults and the event log call a request."""
    text = match.route.template.removeprefix("V1.0/").replace(PARENT_ID, str(match.parent_id))
    return text.replace(ID, str(match.id))


def around(store: Store, domain: str, match: Match, serve: t.Callable[[], Response]) -> Response:
    """The answer, or what an armed fault makes of it."""
    fault = store.take_fault("rest", domain, page_of(match), INSTEAD)
    if fault is None:
        return _damaged(store, domain, match, serve())
    if fault.kind == "html":
        return respond(int(fault.options.get("status", 200)), _MAINTENANCE)
    if fault.kind in ("timeout", "reset"):
        if fault.kind == "timeout":
            time.sleep(int(fault.options.get("ms", 120_000)) / 1000)
        break_connection()
        return respond(500)
    status = int(fault.kind.removeprefix("http_"))
    text = fault.options.get("text", _TEXTS.get(status, "An error has occurred."))
    return respond(status, None if status == 401 else {"errors": [text]})


def _damaged(store: Store, domain: str, match: Match, response: Response) -> Response:
    fault = store.take_fault("rest", domain, page_of(match), AFTERWARDS)
    if fault and fault.kind == "truncated":
        response.set_data(response.get_data()[: len(response.get_data()) // 2])
    elif fault and fault.kind == "lost":
        break_connection()
    return response


def delay(store: Store, domain: str, match: Match) -> None:
    fault = store.take_fault("rest", domain, page_of(match), LATE)
    if fault:
        time.sleep(int(fault.options.get("ms", 2000)) / 1000)
