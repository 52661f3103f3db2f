# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant has one name in a run: two would make two credentials for one user."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError


class TwoNames(AutotaskError):
    """Another host of the run is the same tenant."""

    reason = "tenant_twice"


def claim(folder: Path, tenant: str, host: str) -> None:
    """Note in *folder*, which lasts as long as the run, that *tenant* is *host*; raises TwoNames if it is another."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / hashlib.sha256(tenant.casefold().encode()).hexdigest()
    whole = folder / secrets.token_hex(16)
    whole.write_text(host, encoding="utf-8")
    try:
        # A link never takes the place of what is there, and brings its content with it.
        with contextlib.suppress(FileExistsError):
            os.link(whole, place)
    finally:
        whole.unlink()
    first = place.read_text(encoding="utf-8")
    if first != host:
        raise TwoNames(
            f"The hosts {first} and {host} of this run are one tenant, {tenant.partition(' ')[0]}. Nothing was done "
            f"for {host}: credentials would be made a second time. Take one of the two out of the inventory, or switch "
            "it off with work365_integration_enabled: false."
        )
