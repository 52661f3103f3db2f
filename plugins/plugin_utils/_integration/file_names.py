# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of hosts as names of files."""

from __future__ import annotations

import hashlib
import re
import urllib.parse

LONGEST = 160
"""How long a name may be, as 255 bytes are what most file systems take, and more is put around it."""

PLAIN = re.compile(r"[\w-][\w.-]*", re.ASCII)

LONGEST_INTEGRATION = 60
"""The same of the name of an integration, which stands behind that of the host."""

PROVER = "verification"
"""What the user goes by that proves the level of Work 365, and how the names of others end that do so."""


def integration_name_mistake(name: str) -> str:
    """What is wrong with the *name* of an integration, if anything: credentials and pages go by it."""
    if not PLAIN.fullmatch(name) or len(name) > LONGEST_INTEGRATION:
        rule = f"one word of letters, digits, dashes and underscores, {LONGEST_INTEGRATION} at most"
        return f"name: {name[: LONGEST_INTEGRATION + 1]!r} is to be {rule}"
    if name.casefold() == PROVER or name.casefold().endswith(f"_{PROVER}"):
        return f"name: {name!r} is what a user goes by that proves a level; choose another"
    return ""


def file_name(host: str) -> str:
    """A name of a file for *host*, another one for every host, in no other folder than the one it is put into.

    Plain names stay as they are. In others each character that is not plain is written as in an address, C(%2F) for a
    slash, and so is a dot at the beginning. Of a name that is too long for a file the beginning is left.
    """
    quoted = host if PLAIN.fullmatch(host) else urllib.parse.quote(host, safe="").replace("~", "%7E")
    name = re.sub(r"^\.", "%2E", quoted)
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST // 2]}~{hashlib.sha256(host.encode()).hexdigest()[:32]}"
