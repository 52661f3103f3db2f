# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a matrix to what the modules take."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix, Start
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.schema import MatrixMistakes


def options_of(matrix: Matrix) -> dict[str, t.Any]:
    """The options of autotask_security_level and autotask_resource that *matrix* stands for, and what to know of it.

    Raises MatrixMistakes for one that says too little to make a level of it.
    """
    if matrix.start is Start.NOT_PUBLISHED:
        raise MatrixMistakes(matrix.name, [_too_little(matrix)])
    return {
        "name": matrix.name,
        "title": matrix.title,
        "security_level": _level(matrix) if matrix.has_level else None,
        "resource": _user(matrix),
        "other_vendors": list(matrix.tracking.also),
        "completeness": matrix.completeness,
        "confidence": matrix.confidence,
        "source": matrix.source,
        "left_out": [f"{item.what}. {item.why}" for item in matrix.left_out],
        "outside": list(matrix.outside),
    }


def _too_little(matrix: Matrix) -> str:
    reasons = " ".join(f"{item.what}: {item.why}" for item in matrix.left_out)
    look_up = f" The vendor's page: {matrix.source}" if matrix.source else ""
    return f"it says too little to set anything up. {reasons} Give a matrix of your own instead.{look_up}"


def _level(matrix: Matrix) -> dict[str, t.Any]:
    return {
        "name": matrix.level_name,
        "copy_from": matrix.copy_from,
        "active": True,
        "permissions": matrix.permissions(),
        "purge_permissions": matrix.purge,
    }


def _user(matrix: Matrix) -> dict[str, t.Any]:
    """Without a tracking identifier where the vendor names none."""
    tracking = {"integration_vendor": matrix.tracking.vendor, "internal_integration": matrix.tracking.custom}
    return {
        "first_name": matrix.first_name,
        "last_name": matrix.last_name,
        "security_level": matrix.level_name if matrix.has_level else matrix.copy_from,
        **{option: name for option, name in tracking.items() if name},
    }
