# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What YAML made of what somebody wrote is told in its own place, and never passed on as something else."""

from __future__ import annotations

import typing as t

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.plugin_utils._given import (
    Misread,
    misread,
    mistakes_in,
    without_empty,
)

SPEC: dict[str, dict[str, t.Any]] = {
    "password": {"type": "str"},
    "file": {"type": "path"},
    "timeout": {"type": "int"},
    "names": {"type": "list", "elements": "str"},
    "switch": {"type": "bool"},
    "terms": {"type": "dict", "options": {"asset": {"type": "str"}}},
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
        ("{password: 2026-01-01}", ["password: is a date, not text; put it in quotes"]),
        ("{password: 2026-01-01 08:00:00}", ["password: is a date, not text; put it in quotes"]),
        ("{password: 1.50}", ["password: is a number, not text; put it in quotes"]),
        ("{password: !!binary aGVsbG8=}", ["password: is binary data, not text; put it in quotes"]),
        ("{timeout: yes}", ["timeout: is a truth value, not a number"]),
        ("{timeout: 1.5}", ["timeout: is a number, not a number that is whole"]),
        ("{timeout: '60', names: 'a, b', switch: 'no', terms: '{\"asset\": \"Device\"}'}", []),
        ("{switch: ture}", ["switch: 'ture' is not a valid boolean; write true or false"]),
        ("{terms: 17}", ["terms: is a number, not a dictionary"]),
        ("{names: true}", ["names: is a truth value, not a list"]),
        ("{users: admin}", ["users: is text, not a list of dictionaries"]),
        ("{users: [17, {last_name: x}]}", ["users[0]: is a number, not a dictionary"]),
        (
            "{names: [a, 007, No]}",
            [
                "names[1]: is a number, not text; put it in quotes",
                "names[2]: is a truth value, not text; put it in quotes",
            ],
        ),
        ("{pasword: x}", ["pasword: there is no such option; nearest: password"]),
        (
            "{zz: x}",
            ["zz: there is no such option; the options are: file, names, password, switch, terms, timeout, users"],
        ),
        ("{users: [{name: x}]}", ["users[0].name: there is no such option; nearest: last_name"]),
    ],
)
def test_what_was_misread_is_told_where_it_stands(text: str, mistakes: list[str]) -> None:
    assert misread(yaml.safe_load(text), SPEC) == mistakes


def test_all_mistakes_are_told_at_once() -> None:
    assert Misread(["a", "b"]).message.splitlines() == ["2 mistakes in what was given; nothing was done:", "- a", "- b"]


def test_what_was_left_empty_counts_as_not_given() -> None:
    assert without_empty({"a": "", "b": None, "c": False, "d": 0, "e": " \n"}) == {"c": False, "d": 0}


def test_a_text_of_several_lines_is_told_and_a_vault_password_may_end_in_a_line() -> None:
    given = {"password": "from a file\n", "name": "a\tb", "email": "a@b.example", "vault_password": "x\n", "n": 5}
    mistakes = mistakes_in(given, {name: {"type": "raw"} for name in given})
    assert [mistake.partition(":")[0] for mistake in mistakes] == ["password", "name"]
    assert "from a file" not in str(mistakes)
    assert len(mistakes_in({"timeout": "5\n6"}, SPEC)) == 1
