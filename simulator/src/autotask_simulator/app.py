# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The web application: one process, one port, both surfaces."""

from __future__ import annotations

import importlib

from flask import Flask

from .console import console
from .store import Store


def create_app(store: Store) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["STORE"] = store
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_blueprint(console)
    try:
        rest = importlib.import_module(".rest", __package__)
    except ModuleNotFoundError:
        return app
    app.register_blueprint(rest.blueprint(store), url_prefix="/ATServicesRest")
    return app
