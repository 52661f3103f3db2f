# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a document to a matrix. Everything that is wrong with it is told in one message."""

from __future__ import annotations

import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest
from ansible_collections.msp.autotask.plugins.plugin_utils._given import misread, without_empty
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import (
    SYSTEM_LEVEL,
    LeftOut,
    Matrix,
    Narrower,
    Start,
    Tracking,
)

Document = t.Mapping[str, t.Any]

COMPLETENESS = ("complete", "partial", "pictures")
CONFIDENCES = ("high", "medium", "low")
PROVENANCE = ("source", "read", "completeness", "confidence")
"""What a shipped matrix says of where it comes from. One of one's own need not."""

_TEXT = {"type": "str"}
_TEXTS = {"type": "list", "elements": "str", "default": []}

SPEC: dict[str, dict[str, t.Any]] = {
    "title": {"type": "str", "required": True},
    "purpose": _TEXT,
    "source": _TEXT,
    "read": _TEXT,
    "completeness": {"type": "str", "choices": list(COMPLETENESS)},
    "confidence": {"type": "str", "choices": list(CONFIDENCES)},
    "level": {
        "type": "dict",
        "default": {},
        "options": {
            "name": _TEXT,
            "copy_from": _TEXT,
            "start": {"type": "str", "choices": [*map(str, Start)], "default": str(Start.NO_PERMISSION)},
        },
    },
    "user": {"type": "dict", "default": {}, "options": {"first_name": _TEXT, "last_name": _TEXT}},
    "tracking": {
        "type": "dict",
        "options": {"vendor": _TEXT, "also": {"type": "list", "elements": "str"}, "custom": _TEXT},
        "mutually_exclusive": [("vendor", "custom")],
        "required_by": {"also": ["vendor"]},
    },
    "full_permission": {**_TEXTS, "choices": [section.key for section in CATALOG.sections if section.has_links]},
    "settings": {"type": "dict", "default": {}},
    "added": {"type": "dict", "default": {}},
    "left_out": {
        "type": "list",
        "elements": "dict",
        "default": [],
        "options": {"what": {"type": "str", "required": True}, "why": {"type": "str", "required": True}},
    },
    "outside": _TEXTS,
    "note": _TEXT,
    "least_privilege": {
        "type": "dict",
        "options": {"like": {"type": "str", "required": True}, "why": {"type": "str", "required": True}},
    },
    "defaults_of": _TEXT,
}


class MatrixMistakes(AutotaskError):
    """Everything that is wrong with a matrix, in one message."""

    reason = "invalid_matrix"

    def __init__(self, name: str, mistakes: t.Sequence[str]) -> None:
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        lines = [f"{count} in the matrix {name}:", *(f"- {mistake}" for mistake in mistakes)]
        super().__init__("\n".join(lines), mistakes=list(mistakes))
        self.mistakes = tuple(mistakes)


def refuse_unknown(name: str, document: Document, **besides: dict[str, t.Any]) -> None:
    """Raise MatrixMistakes for keys that say nothing here, and for what YAML read otherwise than it was meant."""
    if mistakes := misread(document, {**SPEC, **besides}):
        raise MatrixMistakes(name, mistakes)


def matrix_from(name: str, document: Document) -> Matrix:
    """The matrix that *document* describes; raises MatrixMistakes."""
    refuse_unknown(name, document)
    checked = ArgumentSpecValidator(SPEC).validate(without_empty(document))
    if checked.error_messages:
        raise MatrixMistakes(name, checked.error_messages)
    matrix = _matrix(name, checked.validated_parameters)
    if mistakes := [*_contradictions(matrix)]:
        raise MatrixMistakes(name, mistakes)
    return matrix


def _matrix(name: str, says: Document) -> Matrix:
    level, user, tracking = (says[key] or {} for key in ("level", "user", "tracking"))
    narrower = says["least_privilege"]
    return Matrix(
        name=name,
        title=says["title"],
        level_name=level.get("name") or f"{says['title']} API User",
        copy_from=level.get("copy_from") or SYSTEM_LEVEL,
        base_stated=bool(level.get("copy_from")),
        start=Start(level.get("start") or Start.NO_PERMISSION),
        first_name=user.get("first_name") or says["title"],
        last_name=user.get("last_name") or "Integration",
        tracking=Tracking(tracking.get("vendor"), tracking.get("custom"), tuple(tracking.get("also") or ())),
        settings=says["settings"] or {},
        added=says["added"] or {},
        full_permission=tuple(says["full_permission"] or ()),
        left_out=tuple(LeftOut(**item) for item in says["left_out"] or ()),
        outside=tuple(says["outside"] or ()),
        least_privilege=Narrower(**narrower) if narrower else None,
        **{key: says[key] for key in ("purpose", "note", "defaults_of", *PROVENANCE)},
    )


def _contradictions(matrix: Matrix) -> t.Iterator[str]:
    """What is wrong with values, and what does not go together."""
    try:
        permissions = matrix.permissions()
    except PermissionMistakes as mistakes:
        yield from mistakes.mistakes
        return
    if permissions and not matrix.has_level:
        yield f"settings: there is no level to set them in, as level.start is {matrix.start}"
    if not permissions and matrix.purge:
        yield "settings: there are none. Give some, or say in level.start what the level is otherwise"
    if matrix.start is Start.NOT_PUBLISHED and not matrix.left_out:
        yield "left_out: say what is not published"


def unknown_name(name: str, names: t.Iterable[str]) -> MatrixMistakes:
    """That there is no such shipped matrix, with the nearest names."""
    known = sorted(names)
    close = nearest(name, known)
    return MatrixMistakes(
        name, [f"there is no such matrix; {'nearest' if close else 'the matrices are'}: {', '.join(close or known)}"]
    )
