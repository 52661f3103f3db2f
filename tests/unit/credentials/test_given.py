# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What YAML made of what somebody wrote is told in its own place, and never passed on as something else."""

from __future__ import annotations

import typing as t

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread, misread, without_empty

SPEC: dict[str, dict[str, t.Any]] = {
    "password": {"type": "str"},
    "file": {"type": "path"},
    "timeout": {"type": "int"},
    "users": {"type": "list", "elements": "dict", "options": {"last_name": {"type": "str"}}},
}


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("{password: '01234567', timeout: 5}", []),
        ("{password: null}", []),
        ("{password: 01234567}", ["password: is a number, not text; put it in quotes"]),
        ("{password: 12:34:56}", ["password: is a number, not text; put it in quotes"]),
        ("{file: No}", ["file: is a truth value, not text; put it in quotes"]),
        (
            "{users: [{last_name: x}, {last_name: No}]}",
            ["users[1].last_name: is a truth value, not text; put it in quotes"],
        ),
        ("{password: [a, b]}", ["password: is a list, not text; put it in quotes"]),
        ("{pasword: x}", ["pasword: there is no such option; nearest: password"]),
        ("{zz: x}", ["zz: there is no such option; there are: file, password, timeout, users"]),
        ("{users: [{name: x}]}", ["users[0].name: there is no such option; nearest: last_name"]),
    ],
)
def test_what_was_misread_is_told_where_it_stands(text: str, mistakes: list[str]) -> None:
    assert misread(yaml.safe_load(text), SPEC) == mistakes


def test_all_mistakes_are_told_at_once() -> None:
    assert Misread(["a", "b"]).message.splitlines() == ["2 mistakes in what was given; nothing was done:", "- a", "- b"]


def test_what_was_left_empty_counts_as_not_given() -> None:
    assert without_empty({"a": "", "b": None, "c": False, "d": 0}) == {"c": False, "d": 0}
