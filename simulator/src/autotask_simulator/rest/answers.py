# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers as HTTP."""

from __future__ import annotations

import json
import typing as t
from http import HTTPStatus

from flask import Response


def respond(status: int, body: dict[str, t.Any] | str | None = None) -> Response:
    """JSON, a page, or nothing, with the usual reason phrase: by itself the framework would write it in capitals."""
    kind = "text/html" if isinstance(body, str) else "application/json; charset=utf-8"
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    return Response(text, f"{status} {HTTPStatus(status).phrase}", content_type=kind)
