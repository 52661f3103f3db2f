# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matrices that the collection ships, by name."""

from __future__ import annotations

import functools
import typing as t
from pathlib import Path

from ansible.module_utils.common.yaml import yaml_load
from ansible.utils.vars import merge_hash
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix, Start
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.schema import (
    PROVENANCE,
    MatrixMistakes,
    matrix_from,
    refuse_unknown,
    unknown_name,
)

SHIPPED = Path(__file__).parent / "shipped"
ROLES = Path(__file__).parents[3] / "roles"
OWN = "of your own"
"""What a matrix is called in messages that gives itself no title."""


def names() -> list[str]:
    """The names of all shipped matrices."""
    return sorted(path.stem for path in SHIPPED.glob("*.yml"))


@functools.cache
def shipped(name: str) -> Matrix:
    """The shipped matrix of this name; raises MatrixMistakes, with the nearest names where there is none."""
    document = _document(name)
    missing = [
        f"{key}: is missing; a shipped matrix says where it comes from" for key in PROVENANCE if key not in document
    ]
    if missing:
        raise MatrixMistakes(name, missing)
    return matrix_from(name, document)


def everyone() -> list[Matrix]:
    """All shipped matrices, by name."""
    return [shipped(name) for name in names()]


def matrix_of(term: t.Any) -> Matrix:
    """The matrix that a playbook names or describes."""
    if isinstance(term, str):
        return shipped(term)
    if isinstance(term, t.Mapping):
        return own(term)
    raise MatrixMistakes(OWN, [f"{term!r} is not a matrix: give the name of a shipped one, or a dictionary"])


def own(document: t.Mapping[str, t.Any]) -> Matrix:
    """A matrix of one's own, or a shipped one (C(extends)) with what is different about it."""
    given = plain(document)
    called = str(given.get("title") or given.get("extends") or OWN)
    refuse_unknown(called, given, extends={"type": "str"})
    base = given.pop("extends", None)
    if base is None:
        return matrix_from(called, given)
    below = _document(base)
    # One identifier stands in for another, it is not both.
    kept = {key: value for key, value in below.items() if not (key == "tracking" and key in given)}
    return matrix_from(called, merge_hash(kept, given))


def _document(name: str) -> dict[str, t.Any]:
    if name not in names():
        raise unknown_name(name, names())
    document: dict[str, t.Any] = yaml_load((SHIPPED / f"{name}.yml").read_text(encoding="utf-8"))
    role = document.get("defaults_of")
    return merge_hash(_from_defaults(role), document) if role else document


def _from_defaults(role: str) -> dict[str, t.Any]:
    """What a role's defaults say of level, user and settings."""
    variables: dict[str, t.Any] = {}
    for path in sorted((ROLES / role / "defaults" / "main").glob("*.yml")):
        variables |= yaml_load(path.read_text(encoding="utf-8"))
    said = {name.removeprefix(f"{role}_"): value for name, value in variables.items()}
    return {
        "level": {
            "name": said["security_level_name"],
            "copy_from": said["base_security_level"],
            "start": str(Start.NO_PERMISSION if said["purge_permissions"] else Start.FULL),
        },
        "user": {"first_name": said["first_name"], "last_name": said["last_name"]},
        "tracking": {"vendor": said["vendor"]},
        "settings": {section.key: said[section.key] for section in CATALOG.sections if section.key in said},
    }
