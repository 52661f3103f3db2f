# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers as HTTP: JSON without spaces, with letters of all languages as they are (recorded bodies)."""

from __future__ import annotations

import json
import typing as t
from http import HTTPStatus

from flask import Response


def respond(status: int, body: dict[str, t.Any] | str | None = None) -> Response:
    """JSON, a page, or nothing, with the usual reason phrase: by itself the framework would write it in capitals."""
    phrase = f"{status} {HTTPStatus(status).phrase}"
    if isinstance(body, str):
        return Response(body, phrase, content_type="text/html")
    text = "" if body is None else json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    return Response(text, phrase, content_type="application/json; charset=utf-8")
