# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The web console: login, shell, Admin pages, security levels, resources."""

from __future__ import annotations

from ..variants import routes
from . import admin, api_user, kaseyaone, level_editor, lists, login, shell
from .session import console

__all__ = ["admin", "api_user", "console", "kaseyaone", "level_editor", "lists", "login", "routes", "shell"]
