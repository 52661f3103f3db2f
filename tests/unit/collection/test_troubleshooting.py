# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/troubleshooting.md knows every reason that a module can fail for, and every refusal of the role."""

from __future__ import annotations

import ast
import re
import typing as t
from pathlib import Path

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8")
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "plugins").rglob("*.py")]


def nodes(kind: type[t.Any]) -> t.Iterator[t.Any]:
    return (node for tree in TREES for node in ast.walk(tree) if isinstance(node, kind))


def error_classes() -> dict[str, str]:
    """The family of AutotaskError by name, each with the reason that it gives by itself."""
    own = {
        node.name: [
            line.value.value
            for line in node.body
            if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "reason"
        ]
        for node in nodes(ast.ClassDef)
    }
    parents = {node.name: [ast.unparse(base) for base in node.bases] for node in nodes(ast.ClassDef)}

    def reason(name: str) -> str | None:
        inherited = (reason(parent) for parent in parents.get(name, ()))
        return next(iter(own.get(name, ())), None) or next(filter(None, inherited), None)

    return {name: found for name in own if (found := reason(name))}


def reasons() -> set[str]:
    """Every reason that the code can give, as its source says."""
    family = error_classes()
    found = set()
    for call in nodes(ast.Call):
        name = ast.unparse(call.func)
        if name in family:
            given = [word.value for word in call.keywords if word.arg == "reason"] or call.args[1:2]
            literal = given and isinstance(given[0], ast.Constant)
            # What is no literal comes from the table below, or is no reason at all but an argument of the class's own.
            found.add(given[0].value if literal else family[name])
        # The last net and the missing libraries, which raise nothing.
        found |= {
            value.value
            for word in call.keywords
            if word.arg == "failure" and isinstance(word.value, ast.Dict)
            for key, value in zip(word.value.keys, word.value.values, strict=True)
            if key and ast.unparse(key) == "'reason'" and isinstance(value, ast.Constant)
        }
    for table in nodes(ast.Assign):
        if ast.unparse(table.targets[0]) == "REFUSALS":
            found |= {row.elts[0].value for row in table.value.elts}
    return found


def explained() -> list[str]:
    """The reasons in the first columns of the guide's tables."""
    rows = re.findall(r"^\| (`[^|]*) \|", GUIDE, flags=re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`(\w+)`", row)]


def test_every_reason_is_explained_once() -> None:
    assert len(reasons()) > 40
    assert sorted(explained()) == sorted(reasons())


def test_what_the_role_refuses_it_refuses_by_a_reason() -> None:
    """In its tasks nobody would find the words, nor could a unit test."""
    tasks = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "roles").rglob("tasks/**/*.yml"))
    assert "ansible.builtin.assert:" not in tasks
    assert "ansible.builtin.fail:" not in tasks
