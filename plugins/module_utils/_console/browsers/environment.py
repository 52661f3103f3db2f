# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Playwright, its driver and the browser get to see of the environment.

They take more from it than anybody knows: what to run in their place, what to log, and where to. All of that is kept
from them, and so are secrets. Everything else stays, since schedulers find a job's processes by marks in it.
"""

from __future__ import annotations

import contextlib
import os
import re
import typing as t
from pathlib import Path

STEERING = re.compile(
    r"(NODE|NPM|PLAYWRIGHT|PW(?!D$)|INTERNAL_PW|DEBUG|SELENIUM|ELECTRON|CHROME|CHROMIUM|SSLKEYLOG|OPENSSL)",
    re.IGNORECASE,
)
"""How the names begin of what steers Node, Playwright and Chromium, or lets them write down what they do."""

SECRET = re.compile("PASS|SECRET|TOKEN|CREDENTIAL|PRIVATE|KEY|INTEGRATION_CODE|ENDPOINT", re.IGNORECASE)
"""In the names of variables that hold secrets: this collection's, Ansible's, the scheduler's."""

PROXY = re.compile(r"\w+_PROXY$", re.IGNORECASE)
"""Addresses of proxies, which may hold a password. A browser that is started here is told of its proxy otherwise."""

KEPT = frozenset({"PLAYWRIGHT_BROWSERS_PATH"})
"""Where Playwright keeps the browsers that it installed."""

KEPT_FOR_REMOTE = frozenset({"NODE_EXTRA_CA_CERTS"})
"""Whose certificates Node trusts when it connects to a browser elsewhere."""


@contextlib.contextmanager
def quiet_environment(remote: bool = False, compiled: str | None = None) -> t.Iterator[None]:
    """Hide meanwhile what is none of the browser's business; a *remote* one may be reached through a proxy.

    The driver starts sooner with what it compiled the last time, which it keeps in the folder *compiled*.
    """
    usual = dict(os.environ)
    try:
        for name in usual:
            if _is_hidden(name, remote):
                del os.environ[name]
        if compiled and (folder := _private(compiled)):
            os.environ["NODE_COMPILE_CACHE"] = str(folder)
        yield
    finally:
        os.environ.clear()
        os.environ.update(usual)


def _private(folder: str) -> Path | None:
    """The folder, made if need be; None if it cannot be, or if others can put code there."""
    with contextlib.suppress(OSError, RuntimeError):
        path = Path(folder).expanduser()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.stat()
        return path if found.st_uid == os.getuid() and not found.st_mode & 0o022 else None
    return None


def _is_hidden(name: str, remote: bool) -> bool:
    if name in KEPT or (remote and (name in KEPT_FOR_REMOTE or PROXY.match(name))):
        return False
    return bool(STEERING.match(name) or SECRET.search(name) or PROXY.match(name))
