# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulated tenant's console, asked as its own scripts ask it."""

from __future__ import annotations

import json
import re
import typing as t

from autotask_simulator.fleet import DEFAULT_PASSWORD
from autotask_simulator.store import Tenant
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

DOMAIN = "alder.example"
ADMIN = f"admin@{DOMAIN}"
AUTHENTICATION = "/Mvc/Framework/Authentication.mvc"
SETUP = "/Mvc/AdministrationSetup"

Json = dict[str, t.Any]


class Console:
    """Asks the console as its scripts do."""

    def __init__(self, client: FlaskClient, tenant: Tenant) -> None:
        self.client = client
        self.tenant = tenant

    def post(self, path: str, **values: t.Any) -> Json:
        response = self.client.post(path, json=values, headers={"X-Requested-With": "XMLHttpRequest"})
        assert response.json is not None, response.get_data(as_text=True)
        return t.cast(Json, response.json)

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def log_in(self, password: str = DEFAULT_PASSWORD) -> Json:
        self.post(f"{AUTHENTICATION}/UserName", UserName=ADMIN)
        return self.post(f"{AUTHENTICATION}/Password", UserName=ADMIN, Password=password)

    def form(self, path: str) -> Json:
        """What the script of a page is told; follows redirects."""
        html = self.client.get(path, follow_redirects=True).get_data(as_text=True)
        found = re.search(r'<script type="application/json" id="model">(.*?)</script>', html, re.DOTALL)
        assert found, html
        return t.cast(Json, json.loads(found[1]))

    def verbs(self) -> list[str]:
        return [event.verb for event in self.tenant.events() if event.verb not in ("page", "rows")]


Start = t.Callable[..., Console]
