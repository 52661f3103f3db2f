# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of a request goes to the event log: its query or body, without secrets."""

from __future__ import annotations

import functools
import json
import re
import typing as t

from flask import Request

from ..records import Resource
from .errors import ApiError
from .json_text import parse_json

HIDDEN = "(hidden)"
LONGEST = 20_000
"""Characters; attachments are longer."""

# Of fields and keys. A name that merely ends with "code" is none: countryCode, productCode.
_SECRET_NAME = re.compile(
    r"pass(word|phrase)|secret|token|integration_?code|tracking_?identifier|^code$", re.IGNORECASE
)


def sent_body(request: Request, user: Resource) -> dict[str, t.Any]:
    """``{"body": ...}``, the JSON that was sent as body or as ``search``, if any was."""
    search = (value for key, value in request.args.items() if key.lower() == "search")
    text = request.get_data(as_text=True) or next(search, "")
    if not text.strip():
        return {}
    secrets = [user.secret, user.tracking_identifier, request.headers.get("Secret", "")]
    try:
        shown = _without(list(filter(None, secrets)), parse_json(text))
    except ApiError:
        # What cannot be read cannot be searched for secrets either.
        return {"body": f"(not JSON, {len(text)} characters)"}
    return {"body": shown if len(text) <= LONGEST else f"{json.dumps(shown)[:LONGEST]}..."}


def _without(secrets: list[str], value: t.Any) -> t.Any:
    if isinstance(value, str):
        return _hidden(secrets, value)
    if isinstance(value, list):
        return [_without(secrets, each) for each in value]
    if not isinstance(value, dict):
        return value
    # A filter names the field beside the value; so does a user-defined field.
    named = any(_is_secret(each) for key, each in value.items() if key.lower() in ("field", "name"))
    return {
        _hidden(secrets, key): HIDDEN
        if _is_secret(key) or (named and key.lower() == "value")
        else _without(secrets, each)
        for key, each in value.items()
    }


def _hidden(secrets: list[str], text: str) -> str:
    return functools.reduce(lambda rest, secret: rest.replace(secret, HIDDEN), secrets, text)


def _is_secret(name: t.Any) -> bool:
    return isinstance(name, str) and bool(_SECRET_NAME.search(name))
