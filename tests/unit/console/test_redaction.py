# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import html
import json
import typing as t
import urllib.parse

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._redaction import MASK, Redactor
from hypothesis import given
from hypothesis import strategies as st

SECRET = "Pa&ss w\"ör'd/1+"


@pytest.mark.parametrize(
    "spelled",
    [
        str,
        urllib.parse.quote,
        urllib.parse.quote_plus,
        lambda text: urllib.parse.quote(text, safe=""),
        json.dumps,
        lambda text: json.dumps(text, ensure_ascii=False),
        repr,
        html.escape,
        lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    ],
)
def test_a_secret_is_masked_however_it_is_spelled(spelled: t.Callable[[str], str]) -> None:
    text = Redactor([SECRET]).text(f"before {spelled(SECRET)} after")
    assert text.startswith("before ") and text.endswith(" after") and MASK in text
    assert "ss" not in text.replace("before", "")


def test_data_is_masked_in_keys_and_values_and_nothing_else() -> None:
    data = {"a": [f"x{SECRET}", 5, None, True], SECRET: {"b": (SECRET,)}}
    assert Redactor([SECRET, None, "", "abc"]).data(data) == {"a": [f"x{MASK}", 5, None, True], MASK: {"b": [MASK]}}


@given(st.text(min_size=4), st.text(), st.text())
def test_no_secret_survives(secret: str, before: str, after: str) -> None:
    masked = Redactor([secret]).text(before + secret + after)
    assert secret not in masked or secret in MASK * 2 or set(secret) <= set(MASK)
