# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What several modules return, described once in C(docs/returns.yml): Ansible has fragments for options only."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import yaml

PARTS: dict[str, str] = yaml.safe_load((Path(__file__).parent / "docs/returns.yml").read_text())
PLACE = re.compile(r"^(?P<indent> *)# shared: (?P<name>\w+)\n.*?^(?P=indent)# end\n", re.DOTALL | re.MULTILINE)


def with_shared_returns(module: str) -> str:
    """The source of a module with each place C(# shared: NAME ... # end) filled in."""
    return PLACE.sub(_filled, module)


def _filled(place: re.Match[str]) -> str:
    part = f"# shared: {place['name']}\n{PARTS[place['name']]}# end\n"
    return textwrap.indent(part, place["indent"])
