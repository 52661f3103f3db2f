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
