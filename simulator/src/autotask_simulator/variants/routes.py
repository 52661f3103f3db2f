# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the drawn pages ask the server for: their script, saving (which may take a while), and to note a harm."""

from __future__ import annotations

import time

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from ..console import api_user, level_editor
from ..console.session import console, log, payload, tenant
from . import rows, script


@console.get("/Variants/<page>.js")
def variant_script(page: str) -> ResponseReturnValue:
    return Response(script(page), content_type="text/javascript", headers={"Cache-Control": "max-age=600"})


@console.get("/Variants/rows/<any(levels, resources):which>")
def rows_of_list(which: str) -> ResponseReturnValue:
    return jsonify(rows={"levels": rows.of_levels, "resources": rows.of_resources}[which](tenant()))


@console.post("/Variants/harm")
def harm() -> ResponseReturnValue:
    """Something was pressed that nobody who is careful would have pressed."""
    log("harmful_press", payload()["what"])
    return jsonify(ok=True)


@console.post("/Variants/SaveSecurityLevel", endpoint="save_level_variant")
def save_level() -> ResponseReturnValue:
    _wait()
    return level_editor.save_level()


@console.post("/Variants/SaveApiUser", endpoint="save_api_user_variant")
def save_api_user() -> ResponseReturnValue:
    _wait()
    return api_user.save_api_user()


def _wait() -> None:
    time.sleep(request.args.get("wait", 0, type=int) / 1000)
