# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The look-ups that docs/credentials.md offers for the console's password can be pasted, and give one text."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import jinja2
import pytest
import yaml

GUIDE = (Path(__file__).parents[3] / "docs" / "credentials.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| `([a-z_.]+)`[^|]* \| `(\"\{\{.*\}\}\")` \|$", GUIDE, re.MULTILINE)


def test_the_usual_stores_are_there() -> None:
    stores = ["1Password", "Keeper", "Bitwarden", "Azure Key Vault", "AWS Secrets Manager", "HashiCorp Vault"]
    assert [store for store, _collection, _line in ROWS] == stores


@pytest.mark.parametrize(("store", "collection", "line"), ROWS)
def test_a_line_looks_one_password_up(store: str, collection: str, line: str) -> None:
    # In a table of Markdown, what stands between cells is written with a backslash.
    (value,) = yaml.safe_load(f"work365_integration_console_password: {line.replace(chr(92) + '|', '|')}").values()
    asked: list[str] = []

    def lookup(name: str, *_terms: str, **_options: str) -> t.Any:
        """What such a plugin returns."""
        asked.append(name)
        if store == "Bitwarden":
            return ["Right-1"]
        return {"secret": {"password": "Right-1"}} if store == "HashiCorp Vault" else "Right-1"

    found = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(value).render(lookup=lookup)
    assert found == "Right-1"
    (name,) = asked
    assert name.startswith(f"{collection}.") and name.count(".") == 2
