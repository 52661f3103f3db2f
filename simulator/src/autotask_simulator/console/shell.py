# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The frame around everything: header, main menu, and the nameless frame that shows the pages."""

from __future__ import annotations

import base64
import binascii
import json

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from .login import LANDING
from .session import console, page, payload, tenant, user

HOME = "/Mvc/Framework/Dashboard.mvc/Home"
NOT_SIMULATED = "/Mvc/Framework/Module.mvc/Home"

MODULES = ["Home", "CRM", "Contracts", "Projects", "Service Desk", "Timesheets", "Inventory", "Reports", "Admin"]
OLDER_MODULES = [*MODULES[:-1], "Outsource", "Admin"]


@console.get(LANDING["current"])
@console.get(LANDING["older"])
def landing() -> ResponseReturnValue:
    shell = tenant().options["shell"]
    if request.path != LANDING[shell]:
        return redirect(LANDING[shell])
    return page(
        f"shell_{shell}.html",
        modules=OLDER_MODULES if shell == "older" else MODULES,
        inner=_inner_page(),
        menu_folded=_menu_folded(),
    )


def _menu_folded() -> bool:
    return tenant().preferences(user().user_name).get("menu", tenant().options["menu"] == "icons")


def _inner_page() -> str:
    """The page named in the address: C(view-data) is the base64 form of C({"url": ...})."""
    try:
        url = json.loads(base64.b64decode(request.args.get("view-data", "")))["url"]
    except (binascii.Error, ValueError, KeyError, TypeError):
        return HOME
    return str(url) if str(url).startswith("/Mvc/") else HOME


@console.get(HOME)
def home() -> ResponseReturnValue:
    return page("home.html", heading="Home")


@console.get(NOT_SIMULATED)
def module() -> ResponseReturnValue:
    return page("home.html", heading=request.args.get("name", "Home"))


@console.post("/Mvc/Framework/Preferences.mvc/Save")
def save_preference() -> ResponseReturnValue:
    """Menus and sections stay as their user left them."""
    tenant().set_preference(user().user_name, payload()["name"], payload()["folded"])
    return jsonify(ok=True)


@console.get("/AutotaskOnyx/DialogIFrameOverlay")
def overlay() -> ResponseReturnValue:
    """The other frame of the shell, which has nothing to do with the page shown."""
    return "<!DOCTYPE html><title>Autotask</title><body></body>"
