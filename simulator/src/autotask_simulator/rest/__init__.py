# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The REST surface: Autotask's REST API, version 1.0, as far as public evidence goes."""

from __future__ import annotations

from flask import Blueprint

from ..store import Store
from .surface import RestSurface, make_blueprint


def blueprint(store: Store) -> Blueprint:
    """The surface as a blueprint; it mounts itself below ``/ATServicesRest`` in any spelling."""
    return make_blueprint(RestSurface(store))
